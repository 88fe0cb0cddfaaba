"""Saved pages of sixty kinds in six languages, line by line: what is the article's stays, whatever its shape.

`kinds.txt`: `###` names a page, `+` stays, `-` goes, `?` may do either: a heading as menus have, a label that no list names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.clean import CleanOptions, clean_document
from corpus.records import InputDocument
from extract.languages import known_languages

_NO_LETTER = re.compile(r"\W+")


def pages() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    text = (Path(__file__).parent / "kinds.txt").read_text(encoding="utf-8")
    for page in text.removeprefix("### ").split("\n### "):
        name, *lines = page.strip().split("\n")
        yield name, [(line[0], line[2:]) for line in lines]


PAGES = dict(pages())


def letters(text: str) -> str:
    return _NO_LETTER.sub("", text)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("separator", ["\n", "\n\n"], ids=["lines", "blank lines"])
def test_every_line_goes_where_it_is_marked(name: str, separator: str) -> None:
    source = separator.join(text for _, text in PAGES[name])
    cleaned = clean_document(
        InputDocument("page.txt", "text", "text", source), CleanOptions(identify_language=False)
    )
    kept = {letters(text) for text in cleaned.text.split("\n\n")}
    lost = [text for mark, text in PAGES[name] if mark == "+" and letters(text) not in letters(cleaned.text)]
    assert lost == []
    assert [text for mark, text in PAGES[name] if mark == "-" and letters(text) in kept] == []


def test_the_kinds_are_many_and_the_languages_all() -> None:
    assert len(PAGES) >= 60
    assert {name[:2] for name in PAGES} == set(known_languages())
