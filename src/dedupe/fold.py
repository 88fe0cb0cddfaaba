"""The typographic form of a paragraph: what is left when quotes, spaces, dashes and letter case no longer count.

Two paragraphs are *exact* copies when their folded tokens are equal. This module is the definition, one text at a time and
with offsets; `dedupe.fingerprint` computes the same over millions of bytes at once.

A token is a run of letters, digits and marks. Between two digits a comma or point stays ("1,5" is not "15"), a single
space before three digits goes ("3 000" is "3000"), and a dash directly before a digit is a minus sign unless a letter
or digit stands before it. A sign of money or percent belongs to the number before it ("5 %" is "5%"). Everything else
separates.
"""

from __future__ import annotations

import re
import unicodedata
from typing import cast

# Written inside character classes.
DASHES = "\\-\u2010-\u2015\u2212"
SPACES = " \t\n\r\x0b\x0c\x1c-\x1e\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
IGNORED = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
SYMBOLS = "%$€£¥"
_PUNCTUATION = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f!-#&-/:-@\\[-`{-~"
    "\u00a1\u00a2\u00a4\u00a6-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    "\u2010-\u2027\u2030-\u205e\u060c\u061b\u061f\u2212\u3001-\u303f\uff01-\uff0f"
)
# A letter, digit or mark: what is neither a break nor a symbol.
_LETTER = f"[^{SPACES}{_PUNCTUATION}{SYMBOLS}]"
_GROUP = f"[{SPACES}](?=[0-9]{{3}}(?![0-9]))"
# Most tokens are words of letters alone. Any other is a run of pieces that touch; the look-ahead passes over what begins none.
_TOKEN = re.compile(
    f"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]++(?![^{SPACES}{_PUNCTUATION}])"
    f"|(?=[^{SPACES}{_PUNCTUATION}]|[{DASHES}][0-9])(?:"
    f"(?![0-9]){_LETTER}++"
    f"|(?<!{_LETTER})(?<![0-9][.,])[0-9]{{1,3}}{_GROUP}(?:[0-9]{{3}}{_GROUP})*"
    f"|{_LETTER}++"
    f"|[{SYMBOLS}]"
    "|(?<=[0-9])[.,](?=[0-9])"
    f"|(?<=[0-9])[{SPACES}](?=[{SYMBOLS}])"
    f"|(?<!{_LETTER})[{DASHES}](?=[0-9])"
    ")+"
)
_UNSTABLE = re.compile(f"[{IGNORED}]|[^\x00-\u02ff\u2000-\u214f]")
_IGNORED = re.compile(f"[{IGNORED}]")
# A character with the marks that compose with it, and whatever is ignored.
_CLUSTER = re.compile(f"[{IGNORED}]|.[\u0300-\u036f\u1160-\u11ff{IGNORED}]+", re.DOTALL)
_INSIDE = re.compile(f"[{SPACES}]")
_DASH = re.compile(f"[{DASHES}]")
# Hangul vowels and finals compose with what stands before them although their combining class is 0.
_JAMO = range(0x1160, 0x1200)


class Tokens:
    """The tokens of one text: token i is folded `word(i)` and stands at `text[start(i):end(i)]` (code points)."""

    __slots__ = ("_offsets", "_spans", "_whole", "_words", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._whole, self._offsets = _composed_with_offsets(text)
        self._spans = _token_spans(self._whole)
        self._words: list[str | None] = [None] * len(self._spans)

    def __len__(self) -> int:
        return len(self._spans)

    def word(self, i: int) -> str:
        """Return token `i`, folded."""
        found = self._words[i]
        if found is None:
            start, end = self._spans[i]
            found = self._words[i] = fold_token(self._whole[start:end])
        return found

    def words(self, start: int = 0, end: int | None = None) -> list[str]:
        """Return tokens `start` to `end`, folded."""
        found = self._words[start:end]
        if None in found:
            for i, (a, b) in enumerate(self._spans[start:end], start):
                if self._words[i] is None:
                    self._words[i] = fold_token(self._whole[a:b])
            found = self._words[start:end]
        return cast("list[str]", found)

    def start(self, i: int) -> int:
        """Return where token `i` begins."""
        start = self._spans[i][0]
        return start if self._offsets is None else self._offsets[start]

    def end(self, i: int) -> int:
        """Return where token `i` ends, exclusive."""
        end = self._spans[i][1]
        return end if self._offsets is None else self._offsets[end]

    def before(self, i: int) -> str:
        """Return what stands between token `i` and the one before it, or the text's edges."""
        start = self.end(i - 1) if i else 0
        return self.text[start : self.start(i) if i < len(self) else len(self.text)]


def _token_spans(whole: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each token of a composed text."""
    return [match.span() for match in _TOKEN.finditer(whole)]


def composed(text: str) -> str:
    """Return `text` in NFC without soft hyphens, zero-width characters and direction marks."""
    if text.isascii() or not _UNSTABLE.search(text):
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
    for match in _CLUSTER.finditer(text):
        start, end = match.span()
        offsets.extend(range(position, start))
        piece = unicodedata.normalize("NFC", _IGNORED.sub("", match.group()))
        pieces += (text[position:start], piece)
        offsets.extend([start] * len(piece))
        position = end
    pieces.append(text[position:])
    offsets.extend(range(position, len(text) + 1))
    found = "".join(pieces)
    if found != whole:
        return _composed_by_character(text)
    return whole, offsets


def _composed_by_character(text: str) -> tuple[str, list[int]]:
    """Return the same for texts whose characters compose across what `_CLUSTER` sees (rare scripts)."""
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    while position < len(text):
        end = position + 1
        while end < len(text) and (
            unicodedata.combining(text[end]) or ord(text[end]) in _JAMO or _IGNORED.match(text[end])
        ):
            end += 1
        piece = unicodedata.normalize("NFC", _IGNORED.sub("", text[position:end]))
        pieces.append(piece)
        offsets.extend([position] * len(piece))
        position = end
    offsets.append(len(text))
    return "".join(pieces), offsets


def fold_token(written: str) -> str:
    """Return the folded form of one token as it is written in a composed text."""
    if not written.isalpha():
        written = _DASH.sub("-", _INSIDE.sub("", written))
    # `str.lower` looks at the neighbours of a capital sigma, and a hash of bytes cannot.
    return "".join(map(str.lower, written)) if "Σ" in written else written.lower()


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
    whole = composed(text)
    return [fold_token(whole[start:end]) for start, end in _token_spans(whole)]
