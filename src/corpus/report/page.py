"""What a page is made of: sections of sentences, tables, and pictures with their table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from markupsafe import Markup

from corpus.charts import Picture

LONGEST_QUOTE = 300
"""No run of more characters of any document stands in a report: it quotes, it does not republish."""
LONGEST_TITLE = 120
_ENDS = ".!?…"


@dataclass(frozen=True, slots=True)
class Quote:
    """A few words of a document, and where they stand."""

    text: str
    place: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, what it sorts by where that is not its text, and quotes that unfold."""

    text: str
    sort: str | float | None = None
    quotes: tuple[Quote, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and whether it holds words or numbers."""

    head: str
    kind: Literal["words", "number"] = "words"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `folded`: unfolds on demand, because a picture above it says the same."""

    name: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, drawn, and the table of what it shows."""

    svg: Markup
    grid: Grid


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page with a heading."""

    name: str
    title: str
    lead: Sequence[str] = ()
    parts: Sequence[Figure | Grid] = field(default_factory=list)


def figure(picture: Picture, grid: Grid) -> Figure:
    """A picture with its table. The SVG comes from our own charts, whose words are escaped where they are drawn."""
    return Figure(Markup(picture.svg()), grid)


def cells(values: Iterable[str | Cell]) -> list[Cell]:
    """A row of cells."""
    return [value if isinstance(value, Cell) else Cell(value) for value in values]


def numeric(value: float | None, write: Callable[[Any], str]) -> Cell:
    """A number as a cell that sorts by its value; null sorts last."""
    return Cell(write(value), -1e308 if value is None else float(value))


def dated(day: dt.date | None, written: str) -> Cell:
    """A day as a cell that sorts by time."""
    return Cell(written, day.isoformat() if day else "")


def shortened(text: str, longest: int = LONGEST_TITLE) -> str:
    """The text on one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return (
        line[: longest - 1].rpartition(" ")[0][: longest - 1].rstrip() + "…"
        if " " in line[:longest]
        else line[: longest - 1] + "…"
    )


def excerpt(text: str, start: int, end: int) -> str:
    """The sentence around a stretch of a paragraph, at most LONGEST_QUOTE characters of it, on one line.

    >>> excerpt("Un. Deux trois. Quatre.", 4, 8)
    'Deux trois.'
    """
    left = max((text.rfind(f"{sign} ", 0, start) for sign in _ENDS), default=-1)
    begin = left + 2 if left >= 0 else 0
    stops = [at for sign in _ENDS if (at := text.find(f"{sign} ", end)) >= 0]
    stop = min(stops) + 1 if stops else len(text)
    room = LONGEST_QUOTE - 2
    if stop - begin > room:
        # The stretch itself comes first; what room is left goes to both sides of it.
        end = min(end, start + room)
        spare = (room - (end - start)) // 2
        begin, stop = max(begin, start - spare), min(stop, end + spare)
    said = " ".join(text[begin:stop].split())
    return (
        ("…" if begin > 0 and begin != left + 2 else "")
        + said
        + ("…" if stop < len(text) and text[stop - 1] not in _ENDS else "")
    )
