"""Names: the stretches of a text that may be one, what each most likely is, and the form it is known under."""

from __future__ import annotations

from extract.names.abbreviations import abbreviated_names
from extract.names.canonical import canonical_forms, match_key
from extract.names.decoding import decode
from extract.names.enumerations import enumerated, share_in_enumerations
from extract.names.gazetteers import given_names, place_sizes
from extract.names.passages import business_words, describe
from extract.names.records import NAME_TYPES, Candidate, Chosen, Name, NameType
from extract.names.spacy_spans import MissingModelError, load_pipeline, model_spans, with_label
from extract.names.types import NONE, TYPES, TypingModel, normalised, shipped_model
from extract.names.words import COMMON_WORDS, is_common_word

__all__ = [
    "COMMON_WORDS",
    "NAME_TYPES",
    "NONE",
    "TYPES",
    "Candidate",
    "Chosen",
    "MissingModelError",
    "Name",
    "NameType",
    "TypingModel",
    "abbreviated_names",
    "business_words",
    "canonical_forms",
    "decode",
    "describe",
    "enumerated",
    "given_names",
    "is_common_word",
    "load_pipeline",
    "match_key",
    "model_spans",
    "normalised",
    "place_sizes",
    "share_in_enumerations",
    "shipped_model",
    "with_label",
]
