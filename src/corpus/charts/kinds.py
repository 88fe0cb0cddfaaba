"""The kinds of picture: bars, time, matrix, differences, dots. Each takes rows (mappings, or a DataFrame) and gives a `Picture`.

Every one of them is told its `title` and `how` (what is counted, and how), which stand above the marks.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal

from corpus.charts.parts import (
    PLAIN,
    Look,
    Rows,
    amount_channel,
    coloured,
    decades,
    largest,
    picture,
    plain_rows,
    same_legend,
)
from corpus.charts.periods import Step, axis_of, period_name, place_of, places
from corpus.charts.picture import Picture
from corpus.charts.style import (
    COLOURS,
    FALL,
    RISE,
    SHADES,
    label_axis,
    locale,
)

MOST_BARS = 25
MOST_SIDE = 18
"""Most rows and columns of a matrix: 18 labels of 13 pixels stand beside each other at 480 pixels."""
BAR = 22
"""Pixels of a bar and its gap: a label of 13 pixels with air."""
STEPS: dict[Step, str] = {
    "day": "yearmonthdate",
    "month": "yearmonth",
    "quarter": "yearquarter",
    "year": "year",
}


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
    values = plain_rows(rows, label, value, colour)
    totals: Counter[str] = Counter()
    for row in values:
        totals[row[label]] += row[value] or 0
    order = [name for name, _ in sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))][:limit]
    shown = [row for row in values if row[label] in set(order)]
    encoding: dict[str, Any] = {
        "y": {"field": label, "type": "nominal", "sort": order, "title": None, "axis": label_axis(order)},
        "x": amount_channel(value, axis, look, shown),
        "tooltip": [{"field": name} for name in (label, colour, value) if name],
    }
    if colour:
        shown, encoding["color"] = coloured(shown, colour, value, look)
        encoding["color"]["legend"] = {"columns": 1}
    mark: dict[str, Any] = {"type": "bar", "height": {"band": 0.72}}
    if not colour:
        mark["color"] = COLOURS[0]
    return picture(shown, mark, encoding, title, how, look, {"height": {"step": BAR}})


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
    values = plain_rows(rows, time, value, colour)
    unit, form = STEPS[step], locale(look.language)[step]
    period = {"field": time, "type": "temporal", "timeUnit": f"utc{unit}"}
    room: dict[str, Any] = {"height": 240}
    encoding: dict[str, Any] = {
        "x": period | {"title": None, "axis": {"format": form, "tickCount": 5, "grid": False}},
        "y": amount_channel(value, axis, look, values),
        "tooltip": [
            period | {"format": form},
            *({"field": name} for name in (colour, value) if name),
        ],
    }
    dressed: dict[str, Any] = (
        {"type": "bar", "width": {"band": 0.8}}
        if mark == "column"
        else {"type": "line", "point": {"size": 45}}
    )
    if mark == "column" and (held := places((one[time] for one in values), step)):
        values = [one | {time: place_of(one[time], step)} for one in values if one[time]]
        # A place a period: below a continuous axis it is not clear of which of two columns a name at their border is.
        encoding["x"] = {
            "field": time,
            "type": "ordinal",
            "scale": {"domain": held, "paddingInner": 0.2, "paddingOuter": 0.1},
            "title": None,
            "axis": axis_of(held, step, form),
        }
        room["transform"] = [{"calculate": period_name(time, form), "as": f"name of {time}"}]
        encoding["tooltip"][0] = {"field": f"name of {time}", "title": time}
        dressed = {"type": "bar"}
    if colour:
        values, encoding["color"] = coloured(values, colour, value, look)
        if mark == "line":
            encoding["color"]["legend"] |= {"symbolType": "stroke", "symbolSize": 400}
            encoding["strokeDash"] = same_legend(encoding["color"])
    else:
        dressed["color"] = COLOURS[0]
        if mark == "line":
            dressed["point"] = {"size": 45, "color": COLOURS[0]}
    return picture(values, dressed, encoding, title, how, look, room)


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
    values = plain_rows(rows, row, column, value)
    sides = [largest(values, name, value, limit) for name in (row, column)]
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
    return picture(
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
    values = plain_rows(rows, label, value, group)
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
    return picture(kept, {"type": "bar", "height": {"band": 0.72}}, encoding, title, how, look, room)


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
        one
        for one in plain_rows(rows, time, value, label, colour)
        if one[value] and one[value] > 0 and one[time]
    ]
    amount = amount_channel(value, axis, look, values)
    amount["scale"] = {"type": "log", "nice": True}
    amount["axis"] |= {
        "values": decades(one[value] for one in values),
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
        values, encoding["color"] = coloured(values, colour, value, look)
        encoding["shape"] = same_legend(encoding["color"])
    else:
        mark["color"] = COLOURS[0]
    return picture(values, mark, encoding, title, how, look, {"height": 260})
