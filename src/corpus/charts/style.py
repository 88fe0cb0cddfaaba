"""What all pictures share: colours that the colour-blind tell apart, sizes that are read at 400 pixels, languages of numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from corpus.errors import ConfigError

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#000000")
"""Okabe and Ito (2008), Color Universal Design, without the yellow, which is too pale for a line on white."""
REST = "#C8C8C8"
"""The colour of what is summed up as the others."""
RISE, FALL = "#0072B2", "#D55E00"
"""More and less than elsewhere: the two of the palette that stay apart in every kind of colour blindness."""
SHADES = "blues"
INK, FAINT, GRID = "#222222", "#555555", "#E3E3E3"

WIDTH = 480
"""Width of a picture in pixels: shown at 400, letters of 13 pixels are still 10.8."""
LETTERS = 13
TITLE_LETTERS = 15
WRAP, WRAP_SUB = 48, 64
"""Characters of a line of title and subtitle that fit into WIDTH in DejaVu Sans, the widest font that `FONT` comes down to."""
FONT = "Arial, Liberation Sans, Helvetica, sans-serif"
LETTER = 7.3
"""Pixels of a letter of size LETTERS in that widest font, on average over names (Liberation Sans: 6.3)."""
LABEL_LETTERS = 26
"""Longest label beside a mark; a longer one ends in an ellipsis and stands whole in the tooltip and the table."""

LOCALES = Path(__file__).parent / "locales"


@cache
def locale(language: str) -> dict[str, Any]:
    """The words of a language (`locales/<code>.json`): Vega's formats of numbers and dates, large numbers, "others".

    Raises ConfigError with the languages there are.
    """
    file = LOCALES / f"{language}.json"
    known = sorted(path.stem for path in LOCALES.glob("*.json"))
    if language not in known:
        raise ConfigError(f"Pictures know no language {language!r}. They know: {', '.join(known)}.")
    words: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return words


def config(language: str) -> dict[str, Any]:
    """The `config` of a Vega-Lite specification."""
    words = locale(language)
    return {
        "aria": False,
        "background": "white",
        "font": FONT,
        "locale": {"number": words["number"], "time": words["time"]},
        "range": {"category": list(COLOURS), "heatmap": {"scheme": SHADES}, "ramp": {"scheme": SHADES}},
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "color": INK,
            "fontSize": TITLE_LETTERS,
            "fontWeight": 600,
            "subtitleColor": FAINT,
            "subtitleFontSize": 12,
            "subtitlePadding": 4,
            "offset": 10,
        },
        "axis": {
            "labelColor": INK,
            "titleColor": FAINT,
            "labelFontSize": LETTERS,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "gridColor": GRID,
            "domainColor": "#888888",
            "tickColor": "#888888",
            "labelOverlap": "greedy",
            "labelSeparation": 14,
        },
        "legend": {
            "orient": "bottom",
            "columns": 2,
            "columnPadding": 24,
            "title": None,
            "labelColor": INK,
            "labelFontSize": LETTERS,
            "labelLimit": 180,
            "symbolStrokeWidth": 3,
        },
    }


def large_numbers(language: str) -> str:
    """A Vega expression that writes the value of an axis as people do: 45 M, 1.2 bn; French 45 M, 1,2 Md."""
    words = locale(language)
    cases = "".join(
        f"abs(datum.value) >= {size} ? format(datum.value / {size}, '~g') + '\u202f{unit}' : "
        for size, unit in words["large"]
    )
    return cases + "format(datum.value, ',~g')"


def label_axis(names: Iterable[object]) -> dict[str, Any]:
    """The axis of names beside marks: room for the longest, whatever font it is drawn in; one that is too long is cut."""
    longest = max((len(str(name)) for name in names), default=0)
    begin, end = (
        f"slice(datum.label, 0, {LABEL_LETTERS - 1}) + '…'",
        f"'…' + slice(datum.label, {1 - LABEL_LETTERS})",
    )
    # Paths are alike where they begin, and told apart by how they end.
    cut = f"indexof(datum.label, '/') < 0 ? {begin} : {end}"
    return {
        "labelExpr": f"length(datum.label) > {LABEL_LETTERS} ? ({cut}) : datum.label",
        "labelLimit": 0,
        "labelOverlap": False,
        "minExtent": round(min(longest, LABEL_LETTERS) * LETTER) + 8,
    }
