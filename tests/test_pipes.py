"""The extractors in a spaCy pipeline, found by their entry points."""

from __future__ import annotations

import datetime as dt

import pytest
import spacy

import extract

TEXT = (
    "La start-up nantaise Sylvaro a levé 12 millions d’euros auprès de Bpifrance, a-t-elle annoncé lundi.\n\n"
    "Sylvaro vise un chiffre d’affaires de 30 millions d’euros en 2027."
)
NAMES = ("corpus_amounts", "corpus_dates", "corpus_companies", "corpus_facts")


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    pipeline = spacy.blank("fr")
    for name in NAMES:
        pipeline.add_pipe(name)
    return pipeline


def test_spans_bear_what_the_tables_have(nlp: spacy.language.Language) -> None:
    doc = nlp(TEXT)
    assert [span.text for span in doc.spans["amounts"]] == ["12 millions d’euros", "30 millions d’euros"]
    assert [(span._.low, span._.currency) for span in doc.spans["amounts"]] == [(12e6, "EUR"), (30e6, "EUR")]
    assert {span._.company for span in doc.spans["companies"]} >= {"Sylvaro", "Bpifrance"}
    assert [span._.start_date for span in doc.spans["dates"]][-1] == dt.date(2027, 1, 1)
    assert {(span._.kind, span._.low) for span in doc.spans["facts"]} >= {("funding_round", 12e6)}


def test_the_date_of_the_document_resolves_weekdays(nlp: spacy.language.Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.published = dt.date(2025, 3, 5)
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    assert doc.spans["dates"][0]._.start_date == dt.date(2025, 3, 3)


def test_offsets_are_those_of_the_whole_document(nlp: spacy.language.Language) -> None:
    doc = nlp(TEXT)
    for paragraph in TEXT.split("\n\n"):
        at = TEXT.index(paragraph)
        own = [(at + one.start, at + one.end) for one in extract.find_amounts(paragraph)]
        assert set(own) <= {(span.start_char, span.end_char) for span in doc.spans["amounts"]}


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "Rien.", "a\n \nb"])
def test_texts_with_nothing_in_them_are_no_trouble(nlp: spacy.language.Language, text: str) -> None:
    assert all(len(nlp(text).spans[group]) == 0 for group in ("amounts", "dates", "companies", "facts"))


def test_a_language_without_words_is_read_as_french() -> None:
    pipeline = spacy.blank("xx")
    pipeline.add_pipe("corpus_amounts")
    assert len(pipeline(TEXT).spans["amounts"]) == 2
