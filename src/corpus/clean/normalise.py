"""From decoded text to `raw_text`: one line break, one Unicode form, no ligature, nothing invisible.

No-break spaces and curly quotes stay: they are French typography, and every reader of the text treats them as what they are.
"""

from __future__ import annotations

import re
import unicodedata

# Mojibake of UTF-8 read as Latin-1 or Windows-1252 always has one of these letters before a character of the upper half. The
# search runs at some 300 MB/s, ftfy's own test at 7 MB/s, its repair at 2 MB/s: each is asked only where the one before says so.
_MOJIBAKE = re.compile(
    "[ÂÃâÅÄÐÑÎÏð]"
    "[\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]"
)
# What typesetting makes of f followed by a letter: one character, which no search for the word finds.
_LIGATURES = str.maketrans(
    dict(
        zip(
            "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06",
            ("ff", "fi", "fl", "ffi", "ffl", "st", "st"),
            strict=True,
        )
    )
)
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")

# A repair is asked of one line at a time, and of no more of a line than this: ftfy's search for badness is linear, its repair
# of a line is not meant for megabytes.
_LONGEST_REPAIR = 20_000


def normalise(text: str) -> str:
    r"""The text in Unicode NFC with `\n` as its only line break, mojibake repaired, ligatures as letters, nothing invisible.

    Soft hyphens, zero-width characters, direction marks and control characters are dropped; a lone surrogate becomes U+FFFD.
    No-break spaces, narrow no-break spaces, tabs and curly quotes are left alone. Repair of mojibake is ftfy's
    (https://ftfy.readthedocs.io).

    >>> normalise("L\u2019IA co\u00ad\u00fbte 3\u00a0Md\u20ac.\r\n")
    'L’IA coûte 3\xa0Md€.\n'
    """
    if _MOJIBAKE.search(text):
        text = "\n".join(_repaired(line) for line in text.split("\n"))
    text = _LINE_BREAKS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    if _LIGATURE.search(text):
        text = text.translate(_LIGATURES)
    if _LONE_SURROGATES.search(text):
        text = _LONE_SURROGATES.sub("\ufffd", text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text


def _repaired(line: str) -> str:
    if len(line) > _LONGEST_REPAIR or not _MOJIBAKE.search(line):
        return line
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    return str(fix_encoding(line)) if is_bad(line) else line
