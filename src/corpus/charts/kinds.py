"""The kinds of picture: bars, time, matrix, differences, dots. Each takes rows (mappings, or a DataFrame) and gives a `Picture`.

Every one of them is told its `title` and `how` (what is counted, and how), which stand above the marks.
"""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from corpus.charts.picture import SCHEMA, Picture
from corpus.charts.style import (
    COLOURS,
    FAINT,
    FALL,
    REST,
    RISE,
    SHADES,
    WIDTH,
    WRAP,
    WRAP_SUB,
    config,
    label_axis,
    large_numbers,
    locale,
)

Rows = Iterable[Mapping[str, Any]] | Any
Step = Literal["day", "month", "quarter", "year"]

MOST_BARS = 25
MOST_SIDE = 18
"""Most rows and columns of a matrix: 18 labels of 13 pixels stand beside each other at 480 pixels."""
MOST_COLOURS = len(COLOURS)
LEGEND_LETTERS = 20
"""Longest name of a legend in two columns: 20 letters of 7.3 pixels and a sign fill half of 480 pixels less the axis."""
BAR = 22
"""Pixels of a bar and its gap: a label of 13 pixels with air."""
STEPS: dict[Step, str] = {
    "day": "yearmonthdate",
    "month": "yearmonth",
    "quarter": "yearquarter",
    "year": "year",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is dressed: the language of its numbers and dates (`en`, `fr`), its width in pixels.

    >>> Look("fr").width
    480
    """

    language: str = "en"
    width: int = WIDTH


PLAIN = Look()


def bars(
    rows: Rows,
    *,
    label: str,
    value: str,
    title: str,
    how: str,
    colour: str | None = None,
    axis: str | None = None,
    limit: int = MOST_BARS,
    look: Look = PLAIN,
) -> Picture:
    """One bar a row, the longest on top, `limit` at most; with `colour`, bars stacked by that column.

    >>> bars([{"who": "A", "n": 3}], label="who", value="n", title="Who", how="documents").spec["mark"]["type"]
    'bar'
    """
    values = _plain(rows, label, value, colour)
    totals: Counter[str] = Counter()
    for row in values:
        totals[row[label]] += row[value] or 0
    order = [name for name, _ in sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))][:limit]
    shown = [row for row in values if row[label] in set(order)]
    encoding: dict[str, Any] = {
        "y": {"field": label, "type": "nominal", "sort": order, "title": None, "axis": label_axis(order)},
        "x": _amount(value, axis, look, shown),
        "tooltip": [{"field": name} for name in (label, colour, value) if name],
    }
    if colour:
        shown, encoding["color"] = _coloured(shown, colour, value, look)
        encoding["color"]["legend"] = {"columns": 1}
    mark: dict[str, Any] = {"type": "bar", "height": {"band": 0.72}}
    if not colour:
        mark["color"] = COLOURS[0]
    return _picture(shown, mark, encoding, title, how, look, {"height": {"step": BAR}})


def over_time(
    rows: Rows,
    *,
    time: str,
    value: str,
    title: str,
    how: str,
    colour: str | None = None,
    axis: str | None = None,
    step: Step = "month",
    mark: Literal["line", "column"] = "line",
    look: Look = PLAIN,
) -> Picture:
    """A value by period, as lines with points (also dashed, one pattern a colour) or as columns, stacked by `colour`.

    `time` holds dates or ISO strings, the first day of each period; a period without a row is a gap, not a zero.

    >>> rows = [{"month": "2025-01-01", "n": 3}, {"month": "2025-02-01", "n": 5}]
    >>> over_time(rows, time="month", value="n", title="N", how="documents").spec["mark"]["type"]
    'line'
    """
    values = _plain(rows, time, value, colour)
    unit, form = STEPS[step], locale(look.language)[step]
    encoding: dict[str, Any] = {
        "x": {
            "field": time,
            "type": "temporal",
            "timeUnit": f"utc{unit}",
            "title": None,
            "axis": {"format": form, "tickCount": 5, "grid": False},
        },
        "y": _amount(value, axis, look, values),
        "tooltip": [
            {"field": time, "type": "temporal", "timeUnit": f"utc{unit}", "format": form},
            *({"field": name} for name in (colour, value) if name),
        ],
    }
    dressed: dict[str, Any] = (
        {"type": "bar", "width": {"band": 0.8}}
        if mark == "column"
        else {"type": "line", "point": {"size": 45}}
    )
    if colour:
        values, encoding["color"] = _coloured(values, colour, value, look)
        if mark == "line":
            encoding["strokeDash"] = _beside(encoding["color"])
    else:
        dressed["color"] = COLOURS[0]
        if mark == "line":
            dressed["point"] = {"size": 45, "color": COLOURS[0]}
    return _picture(values, dressed, encoding, title, how, look, {"height": 240})


def matrix(
    rows: Rows,
    *,
    row: str,
    column: str,
    value: str,
    title: str,
    how: str,
    row_title: str | None = None,
    column_title: str | None = None,
    limit: int = MOST_SIDE,
    look: Look = PLAIN,
) -> Picture:
    """Two sets crossed: a square a pair, darker for more, its number in it; the `limit` largest of each side.

    >>> pair = [{"from": "A", "to": "B", "n": 4}]
    >>> matrix(pair, row="from", column="to", value="n", title="T", how="H").spec["layer"][0]["mark"]["type"]
    'rect'
    """
    values = _plain(rows, row, column, value)
    sides = [_largest(values, name, value, limit) for name in (row, column)]
    shown = [one for one in values if one[row] in set(sides[0]) and one[column] in set(sides[1])]
    half = max((one[value] or 0 for one in shown), default=0) / 2
    left = label_axis(sides[0])
    place = {
        "y": {"field": row, "type": "nominal", "sort": sides[0], "title": row_title, "axis": left},
        "x": {
            "field": column,
            "type": "nominal",
            "sort": sides[1],
            "title": column_title,
            "axis": label_axis(sides[1]) | {"labelAngle": -40, "minExtent": 0},
        },
    }
    layers = [
        {
            "mark": {"type": "rect", "stroke": "white"},
            "encoding": {
                "color": {
                    "field": value,
                    "type": "quantitative",
                    "scale": {"scheme": SHADES, "zero": True},
                    "legend": None,
                },
                "tooltip": [{"field": name} for name in (row, column, value)],
            },
        },
        {
            "mark": {"type": "text", "fontSize": 12},
            "encoding": {
                "text": {"field": value, "type": "quantitative", "format": ",~g"},
                "color": {
                    "condition": {"test": f"datum[{value!r}] > {half}", "value": "white"},
                    "value": "black",
                },
            },
        },
    ]
    return _picture(
        shown,
        None,
        place,
        title,
        how,
        look,
        {"height": {"step": 24}, "layer": layers, "width": max(60, look.width - left["minExtent"] - 60)},
    )


def differences(
    rows: Rows,
    *,
    label: str,
    value: str,
    title: str,
    how: str,
    axis: str | None = None,
    group: str | None = None,
    limit: int = MOST_BARS,
    look: Look = PLAIN,
) -> Picture:
    """Bars to both sides of zero: blue for more, orange for less; the `limit` farthest from zero (of each `group`).

    >>> rows = [{"term": "euro", "score": 2.5}, {"term": "loi", "score": -3.1}]
    >>> [row["side"] for row in differences(rows, label="term", value="score", title="T", how="H").spec["data"]["values"]]
    ['more than expected', 'less than expected']
    """
    words = locale(look.language)
    values = _plain(rows, label, value, group)
    kept: list[dict[str, Any]] = []
    for name in dict.fromkeys(one.get(group) if group else None for one in values):
        of_group = [one for one in values if not group or one[group] == name]
        far = sorted(of_group, key=lambda one: (-abs(one[value] or 0), one[label]))[:limit]
        kept += sorted(far, key=lambda one: (-(one[value] or 0), one[label]))
    for one in kept:
        one["side"] = words["more"] if (one[value] or 0) > 0 else words["less"]
    left = label_axis(one[label] for one in kept)
    encoding: dict[str, Any] = {
        "y": {"field": label, "type": "nominal", "sort": None, "title": None, "axis": left},
        "x": {"field": value, "type": "quantitative", "title": axis, "axis": {"tickCount": 5}},
        "color": {
            "field": "side",
            "type": "nominal",
            "scale": {"domain": [words["more"], words["less"]], "range": [RISE, FALL]},
            "legend": {"columns": 1},
        },
        "tooltip": [{"field": name} for name in (group, label, value) if name],
    }
    room: dict[str, Any] = {"height": {"step": BAR}}
    if group:
        encoding["row"] = {
            "field": group,
            "type": "nominal",
            "sort": None,
            "title": None,
            "header": {
                "labelAngle": 0,
                "labelAlign": "left",
                "labelAnchor": "start",
                "labelOrient": "top",
                "labelFontSize": 13,
            },
        }
        room |= {"resolve": {"scale": {"y": "independent"}}, "width": look.width - left["minExtent"] - 20}
    return _picture(kept, {"type": "bar", "height": {"band": 0.72}}, encoding, title, how, look, room)


def dots(
    rows: Rows,
    *,
    time: str,
    value: str,
    title: str,
    how: str,
    label: str | None = None,
    colour: str | None = None,
    axis: str | None = None,
    look: Look = PLAIN,
) -> Picture:
    """One mark a row at its date, sums on a logarithmic axis; shape and colour by `colour`.

    Rows without a date or a positive value are not drawn.

    >>> rows = [{"day": "2025-01-01", "eur": 4.5e7, "company": "Sylvaro"}]
    >>> dots(rows, time="day", value="eur", label="company", title="T", how="H").spec["mark"]["type"]
    'point'
    """
    values = [
        one for one in _plain(rows, time, value, label, colour) if one[value] and one[value] > 0 and one[time]
    ]
    amount = _amount(value, axis, look, values)
    amount["scale"] = {"type": "log", "nice": True}
    amount["axis"] |= {
        "values": _decades(one[value] for one in values),
        "labelOverlap": False,
        "tickCount": 30,
    }
    encoding: dict[str, Any] = {
        "x": {
            "field": time,
            "type": "temporal",
            "title": None,
            "axis": {"tickCount": 5, "grid": False, "format": locale(look.language)["month"]},
        },
        "y": amount,
        "tooltip": [{"field": time, "type": "temporal", "format": "%d %b %Y"}]
        + [{"field": name} for name in (label, colour, value) if name],
    }
    mark: dict[str, Any] = {"type": "point", "filled": True, "size": 80, "opacity": 0.85}
    if colour:
        values, encoding["color"] = _coloured(values, colour, value, look)
        encoding["shape"] = _beside(encoding["color"])
    else:
        mark["color"] = COLOURS[0]
    return _picture(values, mark, encoding, title, how, look, {"height": 260})


def _picture(
    values: list[dict[str, Any]],
    mark: dict[str, Any] | None,
    encoding: dict[str, Any],
    title: str,
    how: str,
    look: Look,
    room: dict[str, Any],
) -> Picture:
    heading: dict[str, Any] = {
        "text": textwrap.wrap(title, WRAP) or [""],
        "subtitle": textwrap.wrap(how, WRAP_SUB),
    }
    spec: dict[str, Any] = {
        "$schema": SCHEMA,
        "data": {"values": values},
        "title": heading,
        "encoding": encoding,
        "config": config(look.language),
        "width": look.width,
        "padding": 6,
        # Of the menu beside a chart only saving stays: the rest opens a page of the network.
        "usermeta": {
            "embedOptions": {"actions": {"export": True, "source": False, "compiled": False, "editor": False}}
        },
    } | room
    # The width is that of the whole picture, labels included, where Vega-Lite can do that: not for facets and layers with steps.
    if "width" not in room:
        spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    if not values:
        # An empty picture says so: a frame without marks would look like a fault.
        spec = {key: spec[key] for key in ("$schema", "title", "config", "padding")} | {
            "data": {"values": [{}]},
            "width": look.width,
            "height": 40,
            "mark": {"type": "text", "text": "∅", "fontSize": 20, "color": FAINT},
        }
    if mark is not None and values:
        spec["mark"] = mark
    return Picture(spec, title, how)


def _amount(field: str, axis: str | None, look: Look, values: list[dict[str, Any]]) -> dict[str, Any]:
    """The channel of a number: whole ticks for counts, "45 M" for large sums."""
    channel: dict[str, Any] = {
        "field": field,
        "type": "quantitative",
        "title": axis if axis is not None else field,
    }
    numbers = [one[field] for one in values if one[field] is not None]
    channel["axis"] = {"labelExpr": large_numbers(look.language), "tickCount": 4}
    if all(float(number).is_integer() for number in numbers):
        # Half a document is no tick. (Vega's tickMinStep does not hold on a short axis.)
        channel["axis"]["labelExpr"] = f"datum.value % 1 ? '' : {channel['axis']['labelExpr']}"
    return channel


def _beside(colour: dict[str, Any]) -> dict[str, Any]:
    """A second sign for what colour says (a dash, a shape), with the same domain, so that the two share one legend."""
    return {**colour, "scale": {"domain": colour["scale"]["domain"]}}


def _decades(numbers: Iterable[float]) -> list[float]:
    """The powers of ten that a logarithmic axis names."""
    exponents = [math.log10(number) for number in numbers]
    low, high = math.floor(min(exponents, default=0)), math.ceil(max(exponents, default=0))
    return [10.0**power for power in range(low, high + 1)]


def _coloured(
    values: list[dict[str, Any]], colour: str, value: str, look: Look
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Rows and colour channel: the largest values have a colour each, what goes beyond the palette is summed up as the others."""
    largest = _largest(values, colour, value, 10**9)
    named, rest = largest[:MOST_COLOURS], largest[MOST_COLOURS:]
    others = locale(look.language)["others"]
    if rest:
        values = [one | {colour: others} if one[colour] in set(rest) else one for one in values]
        values = _summed(values, value)
    domain = [*named, others] if rest else named
    palette = [*COLOURS[: len(named)], REST] if rest else list(COLOURS[: len(named)])
    return values, {
        "field": colour,
        "type": "nominal",
        "sort": domain,
        "scale": {"domain": domain, "range": palette},
        "legend": {"columns": 1 if max(map(len, map(str, domain)), default=0) > LEGEND_LETTERS else 2},
    }


def _summed(values: list[dict[str, Any]], value: str) -> list[dict[str, Any]]:
    sums: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in values:
        key = tuple(item for name, item in one.items() if name != value)
        held = sums.setdefault(key, one | {value: 0})
        held[value] += one[value] or 0
    return list(sums.values())


def _largest(values: list[dict[str, Any]], name: str, value: str, limit: int) -> list[Any]:
    totals: Counter[Any] = Counter()
    for one in values:
        totals[one[name]] += abs(one[value] or 0)
    return [key for key, _ in sorted(totals.items(), key=lambda pair: (-pair[1], str(pair[0])))][:limit]


def _plain(rows: Rows, *names: str | None) -> list[dict[str, Any]]:
    """The named columns of each row as JSON values; a missing number is null."""
    records = rows.to_dict("records") if hasattr(rows, "to_dict") and hasattr(rows, "columns") else rows
    wanted = [name for name in dict.fromkeys(names) if name is not None]
    return [{name: _json(row[name]) for name in wanted} for row in records]


def _json(value: Any) -> Any:
    if value is None or value != value:  # NaN and NaT are the values that do not equal themselves
        return None
    if isinstance(value, date | datetime):
        return value.isoformat()[:10]
    if hasattr(value, "item"):
        return value.item()
    return value
