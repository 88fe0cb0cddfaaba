"""What the date grammar exchanges: expressions as written, periods as resolved, and the context between paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date of the calendar, complete or not: "3 mars 2025", "mars", "T3 2024", "années 1990", "XXIe siècle".

    `unit` is the precision. `index` is the month, quarter, half, season (1 spring to 4 winter), ISO week, or, for a
    century, its number. `year` may be another expression ("juin de cette année"). `direction` is -1 in "octobre dernier",
    1 in "octobre prochain", 0 in "ce lundi", None where nothing is said.
    """

    unit: str
    year: int | Node | None = None
    index: int | None = None
    day: int | None = None
    weekday: int | None = None
    direction: int | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """The unit that lies `low` to `high` units from an anchor: "l'an dernier", "il y a dix jours", "d'ici deux à trois ans".

    `anchor` is `published`, `text`, `either`, or `unknown` for a fiscal year: nobody said when it begins.
    """

    unit: str
    low: int
    high: int
    anchor: str = "published"


@dataclass(frozen=True, slots=True)
class Rolling:
    """A stretch of `count` units that ends or begins at the publication date: "les cinq dernières années"."""

    unit: str
    count: int
    direction: int


@dataclass(frozen=True, slots=True)
class Nth:
    """The `ordinal`-th `unit` (-1 for the last, `count` of them) of a period: "la dernière semaine de juillet"."""

    ordinal: int
    unit: str
    inside: Node
    count: int = 1
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Containing:
    """The `unit` around a date: "la semaine du 6 octobre"; or its `weekday`: "le jeudi de la semaine prochaine"."""

    unit: str
    inside: Node
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """A date `count` units after (before: negative) another: "deux semaines avant le 13 mai 1999"."""

    unit: str
    count: int
    origin: Node


@dataclass(frozen=True, slots=True)
class Between:
    """From one date to another, both counted in: "du 5 mai au 6 juin"."""

    first: Node
    last: Node


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast by its rule (`12-25`, `easter+1`, `11-thu4`), in a year or in the nearest one."""

    rule: str
    year: int | Node | None = None
    direction: int | None = None


Node = Calendar | Relative | Rolling | Nth | Containing | Offset | Between | Feast


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date as the text writes it, before the publication date is known.

    `tense` is `future`, `past` or `earlier` (the past before a past) where the words around it say so, and `None` elsewhere.
    `rule` is what read it: a family of readings and a reading ("relative.ago"), "digits" or "year". `embedded` dates stand in a
    relative clause and tell nothing of the dates behind it.

    >>> from extract import scan_dates
    >>> [found] = scan_dates("Fin mai, l'usine a fermé.")
    >>> found.text, found.modifier, found.rule
    ('Fin mai', 'end', 'compound.part')
    """

    start: int
    end: int
    text: str
    node: Node
    modifier: str
    tense: str | None
    rule: str
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date found in a text. `text[start:end]` is `text`; the days are inclusive and cover the whole named period.

    `timex` is a TIMEX3 value (`2025-02-09`, `2025-Q3`, `2024-SU`, `201`, `2025-02-10/2025-02-11`; `XXXX-02-09` where the
    year is unknown). `anchored_to`: `none`, `published`, `text`, or `unresolved`, which alone has null days.

    >>> from datetime import date
    >>> from extract import find_dates
    >>> [found] = find_dates("Fin mai, l'usine a fermé.", published=date(2024, 9, 2))
    >>> found.timex, found.start_date.isoformat(), found.end_date.isoformat(), found.modifier
    ('2024-05', '2024-05-01', '2024-05-31', 'end')
    """

    start: int
    end: int
    text: str
    timex: str
    start_date: date | None
    end_date: date | None
    precision: str
    modifier: str
    anchored_to: str
    rule: str


@dataclass(frozen=True, slots=True)
class DateContext:
    """The last date that earlier text named: its first day and its precision; empty at the start of a document.

    >>> from datetime import date
    >>> from extract import DateContext
    >>> DateContext(date(2023, 5, 1), "month")
    DateContext(last=datetime.date(2023, 5, 1), precision='month', explicit=False)
    """

    last: date | None = None
    precision: str = ""
    explicit: bool = False
