"""Markdown, with or without front matter between lines of dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from corpus.readers.fields import author_list, document_of
from corpus.readers.inputs import Head, Input
from corpus.readers.options import ReadOptions
from corpus.readers.sidecar import with_sidecar
from corpus.readers.texts import damage, decoded_text
from corpus.records import InputDocument, Problem

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
FRONT_MATTER = re.compile(r"---[ \t]*\r?\n((?:[^\n]{0,2000}\n){1,200}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
FIELD = re.compile(r"([A-Za-z_][\w -]{0,60}):(?:[ \t]+(.*))?$")
ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
# Signs of Markdown in a file that is not named as such. A heading asks for another sign; what plain text has only by chance
# (a link with its text, words in bold) asks for a second one, of its kind or of another.
HEADING = re.compile(r"^#{1,6} \S", re.M)
LINK = re.compile(r"\[[^\]\n]{1,300}\]\(https?://[^)\s]{1,500}\)")
STRONG_SIGNS = (
    LINK,
    re.compile(r"\*\*[^*\s][^*\n]{0,200}\*\*"),
    re.compile(r"^[^\W_][^\n]{0,120}\n={4,}[ \t]*$", re.M),
)
WEAK_SIGNS = tuple(re.compile(pattern, re.M) for pattern in (r"^```", r"^> \S", r"^(?:=|-){4,}[ \t]*$"))
_LINKS = 2  # with their text and address in one file


def sniff(head: Head) -> bool:
    """A Markdown name, front matter, two kinds of Markdown signs, or two links."""
    if head.suffix in SUFFIXES:
        return True
    matter = FRONT_MATTER.match(head.text)
    if matter and len(front_matter(matter[1])) > 1:
        return True
    strong = sum(1 for sign in STRONG_SIGNS if sign.search(head.text))
    if HEADING.search(head.text):
        return strong > 0 or any(sign.search(head.text) for sign in WEAK_SIGNS)
    return strong > 1 or sum(1 for _ in islice(LINK.finditer(head.text), _LINKS)) == _LINKS


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """The file as one document; front matter fills its metadata and is no part of its content."""
    decoded = decoded_text(source, options)
    yield from damage(source.source, decoded)
    text, fields = decoded.text, {}
    if (
        (matter := FRONT_MATTER.match(text))
        and (fields := front_matter(matter[1]))
        and text[matter.end() :].strip()
    ):
        text = text[matter.end() :]
    else:
        fields = {}
    document = document_of({**fields, "text": text}, source.source, "markdown", options)
    if isinstance(document, InputDocument):
        yield from with_sidecar(_as_markdown(document, text), source, options)
    else:
        yield document


def front_matter(block: str) -> dict[str, Any]:
    """The fields of front matter: `key: value` lines, `[a, b]` lists and `- item` lists; deeper YAML is not read."""
    fields: dict[str, Any] = {}
    key = ""
    for line in block.splitlines():
        if found := FIELD.match(line):
            key = found[1].strip().lower()
            fields[key] = _value(found[2] or "")
        elif key and (item := ITEM.match(line)):
            previous = fields[key]
            fields[key] = [*(previous if isinstance(previous, list) else []), _unquote(item[1])]
    fields.pop("text", None)
    if isinstance(authors := fields.get("author", fields.get("authors")), str):
        fields["author" if "author" in fields else "authors"] = list(author_list(authors))
    return fields


def _value(words: str) -> Any:
    words = words.strip()
    if words.startswith("[") and words.endswith("]"):
        return [_unquote(part) for part in words[1:-1].split(",") if part.strip()]
    return _unquote(words)


def _unquote(words: str) -> str:
    words = words.strip()
    return words[1:-1] if len(words) > 1 and words[0] == words[-1] and words[0] in "\"'" else words


def _as_markdown(document: InputDocument, text: str) -> InputDocument:
    return replace(document, markup="markdown", content=text)
