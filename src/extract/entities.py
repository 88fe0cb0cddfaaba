"""Companies, names, amounts, dates and facts: each distinct paragraph is read once, each document settled once.

    extractor = Extractor()
    paragraphs = extractor.read(texts, languages)        # the costly step, one entry a distinct paragraph
    settled = settle_document(texts_of_one_document, paragraphs_of_one_document)

What `read` leaves is picklable and holds offsets in its paragraph, so a paragraph that stands in a hundred documents is read
once and settled in each. `settle_document` brings the document to bear: one name, one reading; a pronoun, its company.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from extract.amounts import find_amounts
from extract.companies import CompanyList
from extract.compounds import weighed_compounds
from extract.cue_words import FALLBACK_LANGUAGE, cue_words
from extract.dates import scan_dates
from extract.languages import known_languages
from extract.names import (
    NONE,
    TYPES,
    TypingModel,
    business_words,
    describe,
    model_spans,
    share_in_enumerations,
    shipped_model,
    with_label,
)
from extract.names.records import Candidate
from extract.records import ParagraphEntities
from extract.tokens import tokenize

_NONE = TYPES.index(NONE)
# A candidate less likely a name than this cannot become one by its document; it is left out to keep paragraphs small.
KEPT_GAIN = -8.0


class Extractor:
    """Reads paragraphs. Holds the company list, the typing weights and, where the user named some, spaCy pipelines.

    `language_models` maps a language to a loaded spaCy pipeline (`extract.names.spacy_spans.load_pipeline`); its spans become
    candidates beside the extractor's own. A language without one is read by lists, cues and typing alone.

    >>> from extract import Extractor, settle_document
    >>> texts = ["La start-up Brivane lève 12 millions d'euros.", "Brivane emploie 40 personnes."]
    >>> read = Extractor().read(texts, ["fr", "fr"])
    >>> [paragraph.companies[0].company for paragraph in settle_document(texts, read)]
    ['Brivane', 'Brivane']
    """

    def __init__(
        self,
        language_models: Mapping[str, Any] | None = None,
        companies: CompanyList | None = None,
        typing_model: TypingModel | None = None,
    ) -> None:
        self.language_models = dict(language_models or {})
        self.companies = companies if companies is not None else CompanyList.load()
        self.typing_model = typing_model if typing_model is not None else shipped_model()

    def read(self, texts: Sequence[str], languages: Sequence[str | None]) -> list[ParagraphEntities]:
        """Return what each paragraph of `texts` holds; `languages` gives each its ISO 639-1 code (None reads as French).

        A paragraph's result depends on its own text and language only, not on the others nor on their order.
        """
        known = known_languages()
        codes = [language or "fr" for language in languages]
        spans = model_spans(self.language_models, texts, codes)
        tokens = [tokenize(text) for text in texts]
        dates_of_all = [
            scan_dates(text, language if language in known else FALLBACK_LANGUAGE)
            for text, language in zip(texts, codes, strict=True)
        ]
        described_texts = [
            describe(
                text, words, language, self.companies, labelled, [(date.start, date.end) for date in dates]
            )
            for text, words, language, labelled, dates in zip(
                texts, tokens, codes, spans, dates_of_all, strict=True
            )
        ]
        typed_all = iter(
            self.typing_model.score([one.groups for _, described in described_texts for one in described])
        )
        results = []
        for text, words, language, dates, (sentences, described) in zip(
            texts, tokens, codes, dates_of_all, described_texts, strict=True
        ):
            scores = list(itertools.islice(typed_all, len(described)))
            kept = tuple(
                Candidate(
                    one.start,
                    one.end,
                    text[one.start : one.end],
                    with_label(typed.scores, one.label),
                    one.match,
                    one.label,
                    typed.source,
                    typed.evidence,
                )
                for one, typed in zip(described, scores, strict=True)
                if one.match is not None or max(typed.scores[:_NONE]) - typed.scores[_NONE] > KEPT_GAIN
            )
            grammar = language if language in known else FALLBACK_LANGUAGE
            amounts = find_amounts(text, grammar)
            kept = _outside(kept, [(amount.start, amount.end) for amount in amounts])
            kept = _no_date(text, kept, [(date.start, date.end) for date in dates])
            kept = weighed_compounds(kept, cue_words(language))
            kept = share_in_enumerations(text, kept, cue_words(language))
            results.append(
                ParagraphEntities(
                    language,
                    tuple(sentences),
                    kept,
                    tuple(amounts),
                    tuple(dates),
                    *business_words(words, language),
                )
            )
        return results


def _outside(candidates: Sequence[Candidate], spans: Sequence[tuple[int, int]]) -> tuple[Candidate, ...]:
    """The candidates that share no character with an amount ("Milliarde Dollar" is no name); `spans` are in order."""
    starts = [start for start, _ in spans]

    def free(candidate: Candidate) -> bool:
        k = bisect.bisect_left(starts, candidate.end)
        return k == 0 or spans[k - 1][1] <= candidate.start

    return tuple(filter(free, candidates))


def _no_date(
    text: str, candidates: Sequence[Candidate], spans: Sequence[tuple[int, int]]
) -> tuple[Candidate, ...]:
    """The candidates that neither lie inside a date ("Sonntagnachmittag") nor begin with one that has a number ("Avril 2021
    Bubble"), but for those a list knows; `spans` are in order."""
    starts = [start for start, _ in spans]

    def free(candidate: Candidate) -> bool:
        k = bisect.bisect_right(starts, candidate.start)
        if k == 0 or candidate.match is not None:
            return True
        start, end = spans[k - 1]
        within = candidate.start < end and any(map(str.isdecimal, text[start:end]))
        return end < candidate.end and not within

    return tuple(filter(free, candidates))
