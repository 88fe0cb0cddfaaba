"""The typographic form of a paragraph: what is left when quotes, spaces, dashes and letter case no longer count.

Two paragraphs are *exact* copies when their folded tokens are equal. This module is the definition, one text at a time and
with offsets; `dedupe.fingerprint` computes the same over millions of bytes at once.

A token is a run of letters, digits and marks. Between two digits a comma or point stays ("1,5" is not "15"), a single
space before three digits goes ("3 000" is "3000"), and a dash directly before a digit is a minus sign unless a letter
or digit stands before it. Signs of money and percent are tokens of their own. Everything else separates.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Written inside character classes.
DASHES = "\\-\u2010-\u2015\u2212"
SPACES = " \t\n\r\x0b\x0c\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
IGNORED = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
SYMBOLS = "%$€£¥"
_PUNCTUATION = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f!-#&-/:-@\\[-`{-~"
    "\u00a1\u00a2\u00a4\u00a6-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    "\u2010-\u2027\u2030-\u205e\u060c\u061b\u061f\u2212\u3001-\u303f\uff01-\uff0f"
)
_BREAKS = SPACES + _PUNCTUATION + SYMBOLS
_LETTER = f"[^{_BREAKS}]"
_GROUP = f"[{SPACES}](?=[0-9]{{3}}(?![0-9]))"
_TOKEN = re.compile(
    f"(?:(?<!{_LETTER})[{DASHES}](?=[0-9]))?"
    f"(?:(?<!{_LETTER})[0-9]{{1,3}}{_GROUP}(?:[0-9]{{3}}{_GROUP})*)?"
    f"(?:{_LETTER}|(?<=[0-9])[.,](?=[0-9]))+"
    f"|[{SYMBOLS}]+"
)
_UNSTABLE = re.compile(f"[{IGNORED}]|[^\x00-\u02ff\u2000-\u214f]")
_IGNORED = re.compile(f"[{IGNORED}]")
_INSIDE = re.compile(f"[{SPACES}]")
_DASH = re.compile(f"^[{DASHES}]")
# Hangul vowels and finals compose with what stands before them although their combining class is 0.
_JAMO = range(0x1160, 0x1200)


@dataclass(frozen=True, slots=True)
class Token:
    """A folded token and where it stands: `start`, `end` are code points of the original text, end exclusive."""

    text: str
    start: int
    end: int


def composed(text: str) -> str:
    """Return `text` in NFC without soft hyphens, zero-width characters and direction marks."""
    if not _UNSTABLE.search(text):
        return text
    return unicodedata.normalize("NFC", _IGNORED.sub("", text))


def _composed_with_offsets(text: str) -> tuple[str, list[int] | None]:
    """Return the composed text and, for each of its characters and its end, the offset in `text` (None: the same)."""
    whole = composed(text)
    if whole == text:
        return text, None
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    while position < len(text):
        if _IGNORED.match(text[position]):
            position += 1
            continue
        end, cluster = position + 1, [text[position]]
        while end < len(text) and (
            unicodedata.combining(text[end]) or ord(text[end]) in _JAMO or _IGNORED.match(text[end])
        ):
            if not _IGNORED.match(text[end]):
                cluster.append(text[end])
            end += 1
        piece = unicodedata.normalize("NFC", "".join(cluster))
        pieces.append(piece)
        offsets.extend([position] * len(piece))
        position = end
    offsets.append(len(text))
    return "".join(pieces), offsets


def fold_token(written: str) -> str:
    """Return the folded form of one token as it is written in a composed text."""
    if written[0] in "0123456789" or _DASH.match(written):
        written = _INSIDE.sub("", _DASH.sub("-", written))
    # By character: `str.lower` of a whole Greek word looks at its neighbours, and a hash of bytes cannot.
    return written.lower() if written.isascii() else "".join(map(str.lower, written))


def tokenize(text: str) -> list[Token]:
    """Return the tokens of `text` in order, folded, with their offsets."""
    whole, offsets = _composed_with_offsets(text)
    found = [(fold_token(match.group()), match.start(), match.end()) for match in _TOKEN.finditer(whole)]
    if offsets is None:
        return [Token(*token) for token in found]
    return [Token(word, offsets[start], offsets[end]) for word, start, end in found]


_EXOTIC = re.compile("[^\x00-\xff\u0152\u0153\u2000-\u206f\u20ac]")
_EXOTIC_BREAK = re.compile(f"[{_PUNCTUATION}]")


def plain_alphabet(text: str) -> str:
    """Return `text` composed, what lies outside Latin-1 and general punctuation folded: same tokens, less case.

    It lets `dedupe.fingerprint` read bytes with small tables.
    """

    def folded(match: re.Match[str]) -> str:
        character = match.group()
        if _INSIDE.match(character):
            return " "
        if _DASH.match(character):
            return "-"
        return "\x1f" if _EXOTIC_BREAK.match(character) else character.lower()

    return _EXOTIC.sub(folded, composed(text))


def folded_words(text: str) -> list[str]:
    """Return the folded tokens of `text` without offsets."""
    return [fold_token(match.group()) for match in _TOKEN.finditer(composed(text))]
