"""Text that does nothing in the program that opens it: no formula, no control character, no markup."""

from __future__ import annotations

import re
import unicodedata

CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
"""What XML 1.0 forbids, what terminals obey, and what turns the direction of a line."""
_FORMULA = re.compile(r"^[\s\u200b\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]")
"""How spreadsheets tell a formula (OWASP, CSV injection), white space before it and full-width signs included."""


def plain(text: str) -> str:
    """The text without control characters; tabs and line ends stay.

    >>> plain("a\\x1b[31mb")
    'a[31mb'
    """
    return CONTROLS.sub("", text)


def cell(text: str) -> str:
    """A cell of a CSV file that no spreadsheet takes for a formula: an apostrophe stands before what looks like one.

    >>> cell("=1+1"), cell("1+1")
    ("'=1+1", '1+1')
    """
    text = plain(text)
    return f"'{text}" if _FORMULA.match(text) else text


def word(text: str, longest: int = 60) -> str:
    """Text as one word of ASCII letters, digits and hyphens, in small letters; empty where nothing is left.

    >>> word("Le Monde – Économie")
    'le-monde-economie'
    """
    letters = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").replace("ß", "ss"))
    ascii_only = "".join(one for one in letters if not unicodedata.combining(one)).lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only)[: longest + 1].strip("-")[:longest].strip("-")
