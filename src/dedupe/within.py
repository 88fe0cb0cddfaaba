"""Repeats inside one document, as a function of its paragraphs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dedupe.candidates import pairs_in_documents
from dedupe.document import Found, WithinKind, resolve_document
from dedupe.fingerprint import Fingerprints, fingerprint, replaced
from dedupe.inline import find_doubled, without
from dedupe.relations import Rows


@dataclass(frozen=True, slots=True)
class WithinRepeat:
    """Characters `start` to `end` of paragraph `paragraph` repeat paragraph `of_paragraph` (itself for `inline`).

    Offsets are code points of the paragraph's own text, end exclusive. Everything that is reported may be removed: what
    is left says each thing once. `same_facts` is therefore always true here.
    """

    paragraph: int
    start: int
    end: int
    kind: WithinKind
    of_paragraph: int
    similarity: float
    same_facts: bool = True


def find_repeats_within(texts: Sequence[str], language: str = "fr") -> list[WithinRepeat]:
    """Return the repeats among the paragraphs of one document, by paragraph and position."""
    if not texts:
        return []
    rows = [text.encode("utf-8", "replace") for text in texts]
    prints = fingerprint(rows, (language,))
    doubled, pairs = pairs_in_documents(prints, np.zeros(len(texts), np.int64))
    found: list[WithinRepeat] = []
    kept_texts: dict[int, str] = {}
    spans_of: dict[int, list[tuple[int, int]]] = {}
    for row in doubled.tolist():
        spans = find_doubled(texts[row], prints.row(row).tolist())
        if spans:
            spans_of[row] = spans
            kept_texts[row] = without(texts[row], spans)
            found.extend(WithinRepeat(row, start, end, "inline", row, 1.0) for start, end in spans)
    if kept_texts:
        prints = replaced(prints, kept_texts, (language,))
    if len(pairs) or _equal_keys(prints):
        compared = Rows(prints, lambda i: kept_texts.get(i, texts[i]), lambda _: language)
        for one in resolve_document(compared, range(len(texts)), map(tuple, pairs.tolist())):
            for start, end in original_spans(*found_span(compared, one), spans_of.get(one.row, ())):
                found.append(WithinRepeat(one.row, start, end, one.kind, one.of, one.similarity))
    return sorted(found, key=lambda r: (r.paragraph, r.start, r.end, r.of_paragraph))


def _equal_keys(prints: Fingerprints) -> bool:
    keys = [tuple(key) for key in prints.keys.tolist() if key != [0, 0]]
    return len(set(keys)) < len(keys)


def found_span(rows: Rows, one: Found) -> tuple[int, int]:
    """Return the code points of what was found in a paragraph."""
    words = rows.words(one.row)[one.start : one.end]
    if one.kind == "contained" and words == rows.words(one.of):
        # Covering paragraphs are mostly written as they stand alone; then their lengths tell where they meet.
        text, of_text = rows.text(one.row), rows.text(one.of)
        if one.start and one.end is None and text.endswith(of_text):
            return len(text) - len(of_text), len(text)
        after = len(of_text) + 1
        if not one.start and one.end and text.startswith(of_text + " ") and text[after : after + 1].isalnum():
            return 0, after
    return word_span(rows, one.row, one.start, one.end)


def word_span(rows: Rows, row: int, first: int, last: int | None) -> tuple[int, int]:
    """Return the code points of words `first` to `last` of a paragraph; to its edges where the words reach them."""
    if first == 0 and last is None:
        return 0, len(rows.text(row))
    tokens = rows.tokens(row)
    start = 0 if first == 0 else tokens.start(first)
    return start, len(tokens.text) if last is None else tokens.start(last)


def original_spans(start: int, end: int, removed: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where a span of what `removed` left of a text stands in that text: one span for each piece of it."""
    spans: list[tuple[int, int]] = []
    shift = 0
    for gone_start, gone_end in [*removed, (sys.maxsize, sys.maxsize)]:
        piece = start + shift, min(end + shift, gone_start)
        if piece[0] < piece[1]:
            spans.append(piece)
            start = piece[1] - shift
        shift += gone_end - gone_start
    return spans
