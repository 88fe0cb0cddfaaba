"""Names: the stretches of a text that may be one, what each most likely is, and the form it is known under."""

from __future__ import annotations

from extract.names.canonical import canonical_forms, match_key
from extract.names.records import NAME_TYPES, Candidate, Chosen, Name, NameType
from extract.names.spacy_spans import MissingModelError, load_pipeline

__all__ = [
    "NAME_TYPES",
    "Candidate",
    "Chosen",
    "MissingModelError",
    "Name",
    "NameType",
    "canonical_forms",
    "load_pipeline",
    "match_key",
]
