"""IRaMuTeQ and Alceste corpora: texts one after another, each behind a line of starred variables (`**** *journal_x *an_2025`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.readers.fields import clean, document_of
from corpus.readers.inputs import Head, Input, problem
from corpus.readers.options import ReadOptions
from corpus.readers.restored import as_written
from corpus.readers.texts import damage, decoded_text
from corpus.records import InputDocument, Problem

START = re.compile(r"^(?:\*{4}|\d{4,5})((?:[ \t]+\*[^\s*_]{1,60}(?:_[^\s*]{0,200})?)+)[ \t]*\r?$", re.M)
VARIABLE = re.compile(r"\*([^\s*_]{1,60})(?:_([^\s*]{0,200}))?")
# A line that names a theme within a text ("-*intro").
THEME = re.compile(r"^-\*\S{1,60}[ \t]*$", re.M)
DAY = re.compile(r"(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})")
LINE_ENDS = re.compile(r"\r\n?")


def sniff(head: Head) -> bool:
    """The first line with words is a line of starred variables."""
    found = START.match(head.text.lstrip("\ufeff \t\r\n"))
    return found is not None


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """One document a text; the variables fill the slots that their names are known for, the others are metadata."""
    decoded = decoded_text(source, options)
    yield from damage(source.source, decoded)
    text = LINE_ENDS.sub("\n", decoded.text)
    starts = list(START.finditer(text))
    for index, found in enumerate(starts):
        end = starts[index + 1].start() if index + 1 < len(starts) else len(text)
        name = f"{source.source}#{index}"
        body = THEME.sub("", text[found.end() : end]).strip()
        if not body:
            yield problem(name, "empty", "The text has variables and no words.")
            continue
        variables = {key: _value(value) for key, value in VARIABLE.findall(found[1])}
        document = document_of({**variables, "text": "x"}, name, "iramuteq", ReadOptions())
        if isinstance(document, InputDocument):
            yield replace(document, content=clean(as_written(body)))


def _value(written: str) -> str:
    """A variable's value: underscores stand for spaces, but in a day."""
    if day := DAY.fullmatch(written):
        return "-".join(day.groups())
    return written.replace("_", " ").strip()
