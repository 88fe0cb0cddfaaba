"""The extractors as spaCy components: `nlp.add_pipe("corpus_amounts")` fills `doc.spans["amounts"]`.

spaCy finds them by entry points. Each fills one group of spans and leaves the rest of the document alone; a span bears what the
table of that name has, as `span._.low`, `span._.start_date`, `span._.company`, `span._.kind`. Texts are read in the language of
the pipeline, paragraph by paragraph (parted by blank lines); `doc._.published`, a date, resolves "hier" and "lundi".

>>> import spacy
>>> nlp = spacy.blank("fr")
>>> _ = nlp.add_pipe("corpus_amounts")
>>> doc = nlp("Sylvaro lève 12 millions d’euros.")
>>> [(span.text, span._.low, span._.currency) for span in doc.spans["amounts"]]
[('12 millions d’euros', 12000000.0, 'EUR')]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

import extract
from extract.records import SettledParagraph

FIELDS: dict[str, tuple[str, ...]] = {
    "amounts": ("low", "high", "currency", "modifier", "per"),
    "dates": ("timex", "start_date", "end_date", "precision", "modifier", "anchored_to"),
    "companies": ("company", "company_id", "country", "sector", "role", "score"),
    "facts": (
        "kind",
        "company",
        "counterparties",
        "authority",
        "low",
        "high",
        "currency",
        "certainty",
        "score",
    ),
}
"""What a span of each group bears."""
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")


def _register() -> None:
    for name in sorted({name for names in FIELDS.values() for name in names}):
        if not Span.has_extension(name):
            Span.set_extension(name, default=None)
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)


def _paragraphs(doc: Doc) -> list[tuple[int, str]]:
    """Start and text of each paragraph."""
    return [(found.start(), found[0].rstrip()) for found in _PARAGRAPH.finditer(doc.text)]


def _language(nlp: Language) -> str:
    """The language of a pipeline; French where this project has no words for it, as for `xx`."""
    return nlp.lang if nlp.lang in extract.known_languages() else "fr"


def _fill(doc: Doc, group: str, found: Iterable[tuple[int, Any, dict[str, Any]]]) -> Doc:
    """Put mentions into a group of spans; a span covers whole tokens."""
    spans = []
    for offset, mention, further in found:
        span = doc.char_span(
            offset + mention.start, offset + mention.end, label=group, alignment_mode="expand"
        )
        if span is None:
            continue
        for name in FIELDS[group]:
            span._.set(name, further[name] if name in further else getattr(mention, name, None))
        spans.append(span)
    doc.spans[group] = spans
    return doc


@cache
def _extractor() -> extract.Extractor:
    """The extractor with the shipped list and weights, made once a process."""
    return extract.Extractor()


def _settled(doc: Doc, language: str) -> list[tuple[int, SettledParagraph]]:
    """Companies and facts of each paragraph, read as one document."""
    paragraphs = _paragraphs(doc)
    texts = [text for _, text in paragraphs]
    read = _extractor().read(texts, [language] * len(texts))
    settled = extract.settle_document(texts, read)
    return [(start, one) for (start, _), one in zip(paragraphs, settled, strict=True)]


def _factory(
    name: str, group: str, read: Callable[[Doc, str], Iterable[tuple[int, Any, dict[str, Any]]]]
) -> Any:
    """A spaCy factory of a component that fills `group` with what `read` finds."""

    def make(nlp: Language, name: str) -> Callable[[Doc], Doc]:
        _register()
        language = _language(nlp)
        return lambda doc: _fill(doc, group, read(doc, language))

    _register()
    Language.factory(name, func=make)
    return make


def _amounts(doc: Doc, language: str) -> Iterable[tuple[int, Any, dict[str, Any]]]:
    return (
        (start, one, {}) for start, text in _paragraphs(doc) for one in extract.find_amounts(text, language)
    )


def _dates(doc: Doc, language: str) -> Iterable[tuple[int, Any, dict[str, Any]]]:
    published = doc._.published
    return (
        (start, one, {})
        for start, text in _paragraphs(doc)
        for one in extract.find_dates(text, language, published)
    )


def _companies(doc: Doc, language: str) -> Iterable[tuple[int, Any, dict[str, Any]]]:
    return ((start, one, {}) for start, settled in _settled(doc, language) for one in settled.companies)


def _facts(doc: Doc, language: str) -> Iterable[tuple[int, Any, dict[str, Any]]]:
    for start, settled in _settled(doc, language):
        sums = {one.start: one for one in settled.amounts}
        for fact in settled.facts:
            amount = sums[fact.amount_start]
            yield start, fact, {"low": amount.low, "high": amount.high, "currency": amount.currency}


amounts = _factory("corpus_amounts", "amounts", _amounts)
dates = _factory("corpus_dates", "dates", _dates)
companies = _factory("corpus_companies", "companies", _companies)
facts = _factory("corpus_facts", "facts", _facts)
