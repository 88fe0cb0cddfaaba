"""Whole documents, line by line: `+` stays, `-` goes. A linguist adds one by adding a file to `annotated/`."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.clean import CleanOptions, clean_document
from corpus.records import InputDocument
from extract.languages import known_languages

ANNOTATED = sorted((Path(__file__).parent / "annotated").glob("*.txt"))


@pytest.mark.parametrize("path", ANNOTATED, ids=lambda path: path.stem)
@pytest.mark.parametrize("separator", ["\n", "\n\n"], ids=["lines", "blank lines"])
def test_every_line_goes_where_it_is_marked(path: Path, separator: str) -> None:
    marked = [(line[0], line[2:]) for line in path.read_text(encoding="utf-8").splitlines()]
    source = separator.join(text for _, text in marked)
    cleaned = clean_document(
        InputDocument(path.name, "text", "text", source), CleanOptions(identify_language=False)
    )
    assert cleaned.text.split("\n\n") == [text for mark, text in marked if mark == "+"]


def test_the_annotated_documents_cover_the_languages() -> None:
    assert {path.stem[:2] for path in ANNOTATED} == set(known_languages())
