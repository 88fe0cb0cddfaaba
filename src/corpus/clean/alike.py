"""Short lines that answer to others of the document: rows with the same label, questions and answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

# "Pour : ...", "Q: ...": a word or a few before a colon, on at least so many lines of the document.
_LABELLED = re.compile(r"\W{0,3}(\w[^:]{0,23}?)[ \u00a0\u202f]?: \S")
_FEWEST_LABELLED = 3
_LONGEST_ROW = 120


# Dates of one form ("Mars 2025"): so many words at most, on at least so many lines.
_LONGEST_DATE = 4
_FEWEST_ALIKE = 3
_WORDS = re.compile(r"[^\W\d]+")
_DIGIT = re.compile(r"\d")


# An interview or a list of questions: so many, each with an answer of so many lines at most below it.
FEWEST_QUESTIONS = 3
_LONGEST_ANSWER = 6
_QUESTION = "?？"
_ANSWERED = '.!…»”"'


def exchanges(
    lines: Sequence[str], named: Collection[int], fewest: int = FEWEST_QUESTIONS
) -> Iterator[range]:
    """Where `fewest` questions and more, and answers, follow one another, from the first question to the last answer; no `named`
    line is one."""
    asked = [
        i
        for i in range(len(lines) - 1)
        if lines[i][-1] in _QUESTION
        and lines[i + 1][-1] in _ANSWERED
        and i not in named
        and i + 1 not in named
    ]
    start = 0
    while start < len(asked):
        end = start + 1
        while end < len(asked) and asked[end] - asked[end - 1] <= _LONGEST_ANSWER + 1:
            end += 1
        if end - start >= fewest:
            yield range(asked[start], asked[end - 1] + 2)
        start = end


def rows_by_label(lines: Sequence[str], open_lines: Sequence[int]) -> Iterator[list[int]]:
    """The lines whose label before a colon stands on `_FEWEST_LABELLED` short lines, label by label: an interview, a record."""
    labels: dict[str, list[int]] = {}
    for i in open_lines:
        if ":" in lines[i] and len(lines[i]) <= _LONGEST_ROW and (match := _LABELLED.match(lines[i])):
            labels.setdefault(match[1].lower(), []).append(i)
    yield from (places for places in labels.values() if len(places) >= _FEWEST_LABELLED)


def rows_alike(lines: Sequence[str], places: Sequence[int]) -> Iterator[list[int]]:
    """Those of the lines at `places` that are a few words and numbers of one form, form by form: dates, years, hours."""
    forms: dict[str, list[int]] = {}
    for i in places:
        if _DIGIT.search(lines[i]) and len(lines[i].split()) <= _LONGEST_DATE:
            forms.setdefault(_DIGIT.sub("#", _WORDS.sub("a", lines[i])), []).append(i)
    yield from (rows for rows in forms.values() if len(rows) >= _FEWEST_ALIKE)
