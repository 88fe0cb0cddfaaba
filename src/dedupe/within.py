"""Repeats inside one document, as a function of its paragraphs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from dedupe.candidates import pairs_in_documents
from dedupe.fingerprint import Fingerprints, fingerprint, replaced
from dedupe.inline import find_doubled, without
from dedupe.relations import Rows
from dedupe.resolve import Found, WithinKind, exact_copies, resolve_document

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WithinRepeat:
    """Characters `start` to `end` of paragraph `paragraph` repeat paragraph `of_paragraph` (itself for `inline`).

    Offsets are code points of the paragraph's own text, end exclusive. Everything that is reported may be removed: what
    is left says each thing once. `same_facts` is therefore always true here.

    >>> from dedupe import find_repeats_within
    >>> sentence = "Le pont restera fermé aux voitures jusqu'à la fin du mois de septembre."
    >>> [repeat] = find_repeats_within([sentence, "Les riverains s'y attendaient.", sentence])
    >>> repeat.paragraph, repeat.kind, repeat.of_paragraph
    (2, 'exact', 0)
    """

    paragraph: int
    start: int
    end: int
    kind: WithinKind
    of_paragraph: int
    similarity: float
    same_facts: bool = True


def find_repeats_within(texts: Sequence[str], language: str = "fr") -> list[WithinRepeat]:
    """Return the repeats among the paragraphs of one document, by paragraph and position.

    >>> from dedupe import find_repeats_within
    >>> sentence = "Le pont restera fermé aux voitures jusqu'à la fin du mois de septembre."
    >>> [(repeat.paragraph, repeat.kind) for repeat in find_repeats_within([sentence, sentence])]
    [(1, 'exact')]
    """
    return find_repeats_within_documents([texts], [language])[0]


def find_repeats_within_documents(
    documents: Sequence[Sequence[str]], languages: Sequence[str | None]
) -> list[list[WithinRepeat]]:
    """Return, for each document, what `find_repeats_within` finds in it; one language a document, None is French.

    Many documents share the fixed cost of the arrays: a document of a few paragraphs costs a tenth of what it costs alone.
    No document's result depends on the others.

    >>> from dedupe import find_repeats_within_documents
    >>> sentence = "Le pont restera fermé aux voitures jusqu'à la fin du mois de septembre."
    >>> found = find_repeats_within_documents([[sentence, sentence], [sentence]], ["fr", None])
    >>> [len(repeats) for repeats in found]
    [1, 0]
    """
    found: list[list[WithinRepeat]] = [[] for _ in documents]
    spoken = [language or _DEFAULT_LANGUAGE for language in languages]
    by_language: dict[str, list[int]] = {}
    for number, (texts, language) in enumerate(zip(documents, spoken, strict=True)):
        if texts:
            by_language.setdefault(language, []).append(number)
    for language, numbers in by_language.items():
        repeats = _repeats_of_language([documents[number] for number in numbers], language)
        for number, some in zip(numbers, repeats, strict=True):
            found[number] = some
    return found


_DEFAULT_LANGUAGE = "fr"


def _repeats_of_language(documents: Sequence[Sequence[str]], language: str) -> list[list[WithinRepeat]]:
    texts = [text for document in documents for text in document]
    edges = [0, *accumulate(map(len, documents))]
    owner = np.repeat(np.arange(len(documents)), [len(document) for document in documents])
    prints = fingerprint((text.encode("utf-8", "replace") for text in texts), (language,))
    doubled, pairs = pairs_in_documents(prints, owner)
    found: list[list[WithinRepeat]] = [[] for _ in documents]
    kept_texts: dict[int, str] = {}
    spans_of: dict[int, list[tuple[int, int]]] = {}
    for row in doubled.tolist():
        spans = find_doubled(texts[row], prints.row(row).tolist())
        if spans:
            spans_of[row] = spans
            kept_texts[row] = without(texts[row], spans)
            number = int(owner[row])
            at = row - edges[number]
            found[number].extend(WithinRepeat(at, start, end, "inline", at, 1.0) for start, end in spans)
    if kept_texts:
        prints = replaced(prints, kept_texts, (language,))
    compared = Rows(prints, lambda i: kept_texts.get(i, texts[i]), lambda _: language)
    likely, copies = _likely(prints, pairs, owner)
    for number in sorted(likely):
        begin, end = edges[number], edges[number + 1]
        for one in resolve_document(compared, range(begin, end), likely[number], copies.get(number, ())):
            for start, stop in original_spans(*found_span(compared, one), spans_of.get(one.row, ())):
                found[number].append(
                    WithinRepeat(one.row - begin, start, stop, one.kind, one.of - begin, one.similarity)
                )
    return [
        sorted(some, key=lambda r: (r.paragraph, r.start, r.end, r.of_paragraph)) if some else some
        for some in found
    ]


_Numbered = dict[int, list[tuple[int, int]]]


def _likely(prints: Fingerprints, pairs: Ints, owner: Ints) -> tuple[_Numbered, _Numbered]:
    """Return the documents that may hold a repeat, each with its pairs of rows worth comparing, and the copies in some."""
    copies: _Numbered = {}
    rows, first = exact_copies(prints, owner)
    for number, row, of in zip(owner[rows].tolist(), rows.tolist(), first.tolist(), strict=True):
        copies.setdefault(number, []).append((row, of))
    likely: _Numbered = {number: [] for number in copies}
    # Hashes of two documents may collide.
    pairs = pairs[owner[pairs[:, 0]] == owner[pairs[:, 1]]]
    for number, (i, j) in zip(owner[pairs[:, 0]].tolist(), pairs.tolist(), strict=True):
        likely.setdefault(number, []).append((i, j))
    return likely, copies


def found_span(rows: Rows, one: Found) -> tuple[int, int]:
    """Return the code points of what was found in a paragraph."""
    if one.kind == "contained" and rows.words(one.row)[one.start : one.end] == rows.words(one.of):
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
