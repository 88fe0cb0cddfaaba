"""Text as it was written, where the tool that saved it escaped it: markup and entities in fields, quoted-printable, ligatures.

A field of a table or of JSON often holds the article's HTML, whole or as a fragment, escaped once or twice, its line breaks as
the two characters of `\\n`. A text file may be a mail's body as it was sent.
"""

from __future__ import annotations

import html
import quopri
import re
from html.entities import html5
from typing import Literal

from corpus.readers.markup import html_fragment, paragraphs_of, squeeze

MOST_LAYERS = 3
"""Times that a text is unescaped: feeds of feeds escape twice."""

# Elements of a text's body. `<strong>` alone, or "a < b > c", is no sign of them; a page is told by its frame.
TAG = re.compile(
    r"</?(?:p|br|div|span|a|ul|ol|li|h[1-6]|strong|em|b|i|u|blockquote|figure|figcaption|img|table|tr|td|th|section|article|"
    r"sup|sub|hr|iframe|script|style|pre|code|small|mark|cite|font|center|picture|source|video|aside)(?:\s[^<>]{0,2000})?\s*/?>",
    re.I,
)
BREAKING = re.compile(r"</?(?:br|p|div|li|h[1-6]|td|tr)\b", re.I)
PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.I)
ENTITY = re.compile(r"&(?:#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});")
# Those of letters and typography: a text about HTML names `&lt;` and `&amp;`, which alone decide nothing.
LETTER_ENTITY = re.compile(
    r"&(?:[A-Za-z](?:acute|grave|circ|uml|cedil|tilde|ring|lig)|nbsp|[lr][sd]?quo|laquo|raquo|hellip|[mn]dash|euro|#(?:1[3-9]\d|2\d\d|8\d{3}));"
)
# A line break, a tab or a letter written as a JSON string writes it, in a text that has no line break of its own.
ESCAPED_BREAK = re.compile(r"(?:\\r)?\\n|\\r(?![a-z])")
ESCAPED_LETTER = re.compile(r"\\u([0-9a-fA-F]{4})")
SENTENCE_BREAK = re.compile(r"[.!?…»”\"')>](?:\\r)?\\n|\\n\\n|\\n[A-ZÀ-Þ«“\"•–-]")
QUOTED_BYTE = re.compile(r"=[89A-F][0-9A-F]")
SOFT_BREAK = re.compile(r"=[ \t]*\r?\n")
FEWEST_QUOTED = 3
# What typesetting makes of f followed by a letter: one character, which no search for the word finds.
LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
LIGATURE = re.compile("[\ufb00-\ufb06]")


def field_text(text: str) -> tuple[str, Literal["text", "html"]]:
    """What a field that should hold a text holds: plain text, or the source of a whole page."""
    text = without_ligatures(text)
    for _ in range(MOST_LAYERS):
        if "<" in text and PAGE.search(text):
            return text, "html"
        if "<" in text and TAG.search(text):
            tree = html_fragment(f"<div>{_real_breaks(text)}</div>")
            if tree is None:
                return text, "text"
            text = "\n\n".join(paragraphs_of(tree))
            continue
        plain = _real_breaks(text)
        unescaped = with_entities(plain)
        if unescaped == text:
            break
        text = unescaped
    return text, "text"


def as_written(text: str) -> str:
    """A text file's text without the traces of the tool that saved it: quoted-printable, entities, ligatures."""
    text = from_mail_transfer(text)
    if LETTER_ENTITY.search(text):
        text = with_entities(text)
    return without_ligatures(text)


def field_line(text: str) -> str:
    """A title, a name or a publication on one line: without tags, entities as their characters."""
    for _ in range(MOST_LAYERS):
        before = text
        if "<" in text:
            text = TAG.sub(lambda tag: " " if BREAKING.match(tag[0]) else "", text)
        text = with_entities(text)
        if text == before:
            break
    return squeeze(" ".join(without_ligatures(text).split()))


def with_entities(text: str) -> str:
    """The text with the characters that HTML's names and numbers stand for; an "&" of its own stays."""
    return ENTITY.sub(_character, text) if "&" in text else text


def without_ligatures(text: str) -> str:
    """The text with its ligatures as letters ("ﬁn" is "fin")."""
    return text.translate(LIGATURES) if LIGATURE.search(text) else text


def from_mail_transfer(text: str) -> str:
    """A text that is still in quoted-printable, as mails are sent ("soci=C3=A9t=C3=A9"), decoded; any other as it is."""
    if "=" not in text or len(QUOTED_BYTE.findall(text[:100_000])) < FEWEST_QUOTED:
        return text
    if not (SOFT_BREAK.search(text) or text.isascii()):
        return text
    data = quopri.decodestring(text.encode("utf-8"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _real_breaks(text: str) -> str:
    """Line breaks and letters that stand as their escapes of JSON, where the text has none of the real ones."""
    if "\\" not in text:
        return text
    if "\n" not in text and SENTENCE_BREAK.search(text):
        text = ESCAPED_BREAK.sub("\n", text).replace("\\t", "\t")
    if ESCAPED_LETTER.search(text):
        text = ESCAPED_LETTER.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _character(found: re.Match[str]) -> str:
    entity = found[0]
    return html.unescape(entity) if entity[1] == "#" or entity[1:] in html5 else entity
