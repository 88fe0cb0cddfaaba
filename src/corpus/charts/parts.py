"""What the kinds of picture are made of: rows as JSON values, channels of numbers and colours, the frame with its heading."""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from corpus.charts.picture import SCHEMA, Picture
from corpus.charts.style import COLOURS, FAINT, REST, WIDTH, WRAP, WRAP_SUB, config, large_numbers, locale

Rows = Iterable[Mapping[str, Any]] | Any

MOST_COLOURS = len(COLOURS)
LEGEND_LETTERS = 20
"""Longest name of a legend in two columns: 20 letters of 7.3 pixels and a sign fill half of 480 pixels less the axis."""

LEGEND_WIDTH = 400
"""Pixels of the longest name of a legend in one column, its sign and the axis beside it."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is dressed: the language of its numbers and dates (`en`, `fr`), its width in pixels.

    >>> Look("fr").width
    480
    """

    language: str = "en"
    width: int = WIDTH


PLAIN = Look()


def picture(
    values: list[dict[str, Any]],
    mark: dict[str, Any] | None,
    encoding: dict[str, Any],
    title: str,
    how: str,
    look: Look,
    room: dict[str, Any],
) -> Picture:
    """The picture of `values`: a mark (None where `room` holds layers), its channels, and title and `how` as its heading."""
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


def amount_channel(field: str, axis: str | None, look: Look, values: list[dict[str, Any]]) -> dict[str, Any]:
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


def same_legend(colour: dict[str, Any]) -> dict[str, Any]:
    """A second sign for what colour says (a dash, a shape), with the same domain, so that the two share one legend."""
    return {**colour, "scale": {"domain": colour["scale"]["domain"]}}


def decades(numbers: Iterable[float]) -> list[float]:
    """The powers of ten that a logarithmic axis names."""
    exponents = [math.log10(number) for number in numbers]
    low, high = math.floor(min(exponents, default=0)), math.ceil(max(exponents, default=0))
    return [10.0**power for power in range(low, high + 1)]


def coloured(
    values: list[dict[str, Any]], colour: str, value: str, look: Look
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Rows and colour channel: the largest values have a colour each, what goes beyond the palette is summed up as the others."""
    ranked = largest(values, colour, value, 10**9)
    named, rest = ranked[:MOST_COLOURS], ranked[MOST_COLOURS:]
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
        "legend": _legend(max(map(len, map(str, domain)), default=0)),
    }


def _legend(longest: int) -> dict[str, Any]:
    """Two columns of short names, or one where a name takes the whole width."""
    return {"columns": 2} if longest <= LEGEND_LETTERS else {"columns": 1, "labelLimit": LEGEND_WIDTH}


def _summed(values: list[dict[str, Any]], value: str) -> list[dict[str, Any]]:
    sums: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in values:
        key = tuple(item for name, item in one.items() if name != value)
        held = sums.setdefault(key, one | {value: 0})
        held[value] += one[value] or 0
    return list(sums.values())


def largest(values: list[dict[str, Any]], name: str, value: str, limit: int) -> list[Any]:
    """The `limit` names whose values sum to most, the largest first."""
    totals: Counter[Any] = Counter()
    for one in values:
        totals[one[name]] += abs(one[value] or 0)
    return [key for key, _ in sorted(totals.items(), key=lambda pair: (-pair[1], str(pair[0])))][:limit]


def plain_rows(rows: Rows, *names: str | None) -> list[dict[str, Any]]:
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
