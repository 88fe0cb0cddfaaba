"""Tables as people read them: 45 000 000 instead of 4.5e+07, nothing instead of NaN, long texts cut. Knows no pandas."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

THIN = "\u202f"
LONGEST = 140
"""Characters of a text shown in a cell of a page."""
LONGEST_PLAIN = 48
"""The same on a terminal."""
UNBROKEN = 24
"""Characters up to which a column keeps on one line: a date in two pieces is not read; a narrow page scrolls sideways."""

_BLANKS = re.compile(r"[ \t\r\n]+")
"""What is one blank on one line; no-break spaces inside numbers stay."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TABLE = "border-collapse:collapse;font-variant-numeric:tabular-nums"
_HEAD = "text-align:left;border-bottom:1px solid currentColor;padding:2px 10px 2px 0;white-space:nowrap"
_CELL = "padding:2px 10px 2px 0;vertical-align:top"
_WORDS = ";text-align:left"
_LEFT_OF_HIT = ";text-align:right"
"""A concordance line reads towards its hit."""
_ON_ONE_LINE = ";white-space:nowrap"
_LEFT = f"{_CELL};text-align:left"
_NUMBER = ";text-align:right;white-space:nowrap"
_NOTE = "opacity:.75;max-width:46em;margin:.3em 0"


def cell(value: Any) -> str:
    """A value as people write it.

    >>> cell(45000000.0), cell(None), cell(float("nan")), cell(0.25), cell(3.0)
    ('45\u202f000\u202f000', '', '', '0.25', '3')
    """
    if value is None:
        return ""
    if isinstance(value, list | tuple) or type(value).__name__ == "ndarray":
        return ", ".join(cell(item) for item in value)
    if value != value:  # NaN and NaT are the values that do not equal themselves
        return ""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}".replace(",", THIN)
    if isinstance(value, float):
        if value == int(value) or abs(value) >= 1000:
            return f"{value:,.0f}".replace(",", THIN)
        return f"{value:.3g}"
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    return str(value)


def short(text: str, longest: int) -> str:
    """A text on one line, cut at `longest` characters.

    >>> short("one two three", 8)
    'one two…'
    """
    line = _BLANKS.sub(" ", text).strip()
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def table_as_html(
    columns: Sequence[str], rows: Sequence[Mapping[str, Any]], *, caption: str = "", note: str = ""
) -> str:
    """A table for a notebook, with a caption above and what is left out below.

    >>> table_as_html(["n"], [{"n": 1200}]).count("1\u202f200")
    1
    """
    numbers = {name for name in columns if _numeric([row[name] for row in rows])}
    head = "".join(f'<th style="{_HEAD}{_side(name, numbers)}">{escape(str(name))}</th>' for name in columns)
    shown = [{name: short(_shown(name, row[name]), LONGEST) for name in columns} for row in rows]
    width = {name: _ON_ONE_LINE * all(len(one[name]) <= UNBROKEN for one in shown) for name in columns}
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="{_CELL}{_side(name, numbers)}{width[name]}">{escape(texts[name])}</td>'
            for name in columns
        )
        + "</tr>"
        for texts in shown
    )
    above = f'<p style="{_NOTE}">{escape(caption)}</p>' if caption else ""
    below = f'<p style="{_NOTE}">{escape(note)}</p>' if note else ""
    return (
        f'{above}<table style="{_TABLE}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}'
    )


def table_as_text(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """The same for a terminal.

    >>> print(table_as_text(["a", "n"], [{"a": "x", "n": 1200}]))
    a      n
    x  1\u202f200
    """
    if not rows:
        return "  ".join(map(str, columns))
    numbers = {name for name in columns if _numeric([row[name] for row in rows])}
    texts = [[_short_plain(name, _shown(name, row[name])) for name in columns] for row in rows]
    widths = [max(len(str(name)), *(len(line[i]) for line in texts)) for i, name in enumerate(columns)]
    lines = [[str(name) for name in columns], *texts]
    return "\n".join(
        "  ".join(
            value.rjust(width) if name in numbers or name == "left" else value.ljust(width)
            for name, value, width in zip(columns, line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def card_as_html(title: str, lines: Sequence[tuple[str, str]]) -> str:
    """Names and values as a card.

    >>> card_as_html("Corpus x", [("documents", "47")]).count("<tr>")
    1
    """
    rows = "".join(
        f'<tr><th style="{_LEFT}">{escape(name)}</th><td style="{_LEFT}">{escape(value)}</td></tr>'
        for name, value in lines
    )
    caption = f'<caption style="text-align:left"><strong>{escape(title)}</strong></caption>'
    return f'<table style="{_TABLE};max-width:46em">{caption}{rows}</table>'


def _short_plain(name: str, text: str) -> str:
    """The left of a hit is cut where it begins: it reads towards the hit."""
    if name != "left" or len(text) <= LONGEST_PLAIN:
        return short(text, LONGEST_PLAIN)
    return "…" + _BLANKS.sub(" ", text)[1 - LONGEST_PLAIN :].lstrip()


def _side(name: str, numbers: set[str]) -> str:
    if name in numbers:
        return _NUMBER
    return _LEFT_OF_HIT if name == "left" else _WORDS


def _shown(name: str, value: Any) -> str:
    """A year or a topic is a name that happens to be a number: 2024, not 2 024. A period is not its first day: 2024 Q1."""
    text = cell(value)
    if _DAY.fullmatch(text):
        match name:
            case "year":
                return text[:4]
            case "quarter":
                return f"{text[:4]} Q{(int(text[5:7]) + 2) // 3}"
            case "month":
                return text[:7]
    return text.replace(THIN, "") if name in ("year", "topic") else text


def _numeric(values: Sequence[Any]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and all(
        not isinstance(value, bool | str) and (isinstance(value, int | float) or hasattr(value, "__float__"))
        for value in known
    )
