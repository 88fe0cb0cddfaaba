"""Date expressions + publication date -> first and last day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extract.dates import calendar as cal
from extract.dates.calendar import Period
from extract.dates.choose import Reference, nearest
from extract.dates.neighbours import day_alone, in_year, just_before, needs_year, next_after, shifted
from extract.dates.nth import nth_in
from extract.dates.numeric import valid_day
from extract.dates.partial import partial_timex
from extract.dates.records import (
    Between,
    Calendar,
    Containing,
    DateContext,
    DateExpression,
    DateMention,
    Feast,
    Node,
    Nth,
    Offset,
    Relative,
    Rolling,
)
from extract.dates.tokens import unit_of

_RANK = {
    unit: rank
    for rank, unit in enumerate(
        (
            "day",
            "week",
            "weekend",
            "fortnight",
            "month",
            "quarter",
            "season",
            "half",
            "year",
            "decade",
            "century",
        )
    )
}
_EMPTY = DateContext()
_SATURDAY = 5
# "Le 12 décembre 2019 …, le 15 décembre": a date without a year follows the date just named when it is this near to it.
_NARRATIVE_DAYS = 62
_A_YEAR = timedelta(days=367)


@dataclass(slots=True)
class _Resolver:
    """Resolves the nodes of one expression. `anchor` says at the end what was needed besides the words."""

    published: Reference | None
    context: DateContext
    near: bool
    prefer: str
    tense: str | None
    anchor: str = "none"

    # -- anchors

    def _reference(self, unit: str) -> Reference | None:
        """The publication date, where it is known well enough for `unit`."""
        if self.published is None or _RANK[unit] < _RANK[self.published.unit]:
            return None
        self.anchor = "published"
        return self.published

    def _text_anchor(self, unit: str) -> date | None:
        """The last date of the text, where it is known well enough for `unit`."""
        last = self.context.last
        if last is None or _RANK[self.context.precision] > _RANK[unit]:
            return None
        self.anchor = "text"
        return last

    def _year(self, year: int | Node | None) -> int | None:
        if year is None or isinstance(year, int):
            return year
        whole = self.resolve(year)
        return None if whole is None else whole.first.year

    # -- nodes

    def resolve(self, node: Node) -> Period | None:
        """First and last day of a node, or None where nothing tells them."""
        match node:
            case Calendar():
                return self._calendar(node)
            case Relative():
                return self._relative(node)
            case Rolling():
                return self._rolling(node)
            case Between():
                return self._between(node)
            case Nth():
                inside = self.resolve(node.inside)
                return None if inside is None else nth_in(node, inside)
            case Containing():
                return self._containing(node)
            case Offset():
                return self._offset(node)
            case Feast():
                return self._feast(node)

    def _calendar(self, node: Calendar) -> Period | None:
        if node.unit == "year" and isinstance(node.year, int):
            return cal.year(node.year)
        if node.unit == "decade" and isinstance(node.year, int):
            return cal.decade(node.year)
        if node.unit == "century" and node.index is not None:
            return cal.century(node.index)
        if node.index is None:
            return self._weekday(node) if node.weekday is not None else self._day_only(node)
        year = self._year(node.year)
        if year is None and node.year is not None:
            return None
        if year is not None:
            return in_year(node, year)
        if node.weekday is not None:
            found = self._yearless(
                lambda value: in_year(node, value, checked=True), node.unit, node.direction
            )
            if found is None or self.published is None or abs(found.first - self.published.first) < _A_YEAR:
                return found
            # The weekday contradicts every year around: the number of the day is the surer of the two.
        return self._yearless(lambda value: in_year(node, value), node.unit, node.direction)

    def _yearless(self, make: cal.InYear, unit: str, direction: int | None) -> Period | None:
        follows = self._narrative(make, unit) if direction is None and self.tense != "future" else None
        reference = self._reference(unit) if self._dated_well(unit) else None
        if reference is None:
            if follows is not None:
                self.anchor = "text"
            return follows
        chosen = nearest(make, reference, direction, self._preference(), unit, self.tense is None)
        if follows is not None and chosen is not None:
            assert self.context.last is not None
            told = self.tense == "earlier"
            if told or abs(follows.first - self.context.last) < abs(chosen.first - reference.first):
                self.anchor = "text"
                return follows
        return chosen

    def _dated_well(self, unit: str) -> bool:
        """Without a year, even a month needs a publication date known to the month."""
        return self.published is not None and self.published.unit != "year"

    def _narrative(self, make: cal.InYear, unit: str) -> Period | None:
        """The first such date from the last explicit date of the text on."""
        last = self.context.last
        if last is None or not (self.context.explicit and (self.near or self.published is None)):
            return None
        if self.tense == "earlier":  # "L'affaire remonte à 2019. En mars, la société avait déposé plainte"
            period = make(last.year)
            return period if period is not None and period.last >= last else None
        if self.context.precision not in ("day", "month"):
            return None
        for year in (last.year, last.year + 1):
            period = make(year)
            if period is not None and period.last >= last and (period.first - last).days <= _NARRATIVE_DAYS:
                return period
        return None

    def _preference(self) -> str:
        if self.tense is not None:
            return "past" if self.tense == "earlier" else self.tense
        return self.prefer

    def _weekday(self, node: Calendar) -> Period | None:
        if node.day is not None:
            return self._day_only(node)
        reference = self._reference("day")
        if reference is None or node.weekday is None:
            return None
        today = reference.first
        ahead = (node.weekday - 1 - today.weekday()) % 7
        if node.direction == 1:
            return cal.day(today + timedelta(days=ahead or 7))
        if node.direction == -1:
            return cal.day(today - timedelta(days=(-ahead) % 7 or 7))
        future = self._preference() == "future"
        if node.direction == 0 and not future:
            return cal.day(today - timedelta(days=today.weekday()) + timedelta(days=node.weekday - 1))
        if future:
            strict = self.prefer == "future" and self.tense is None
            return cal.day(today + timedelta(days=(ahead or 7) if strict else ahead))
        return cal.day(today - timedelta(days=(-ahead) % 7))

    def _day_only(self, node: Calendar) -> Period | None:
        """le 31; jeudi 12: the month comes from the last date of the text, else from the publication date."""
        if node.day is None:
            return None
        last = self._text_anchor("month") if node.weekday is None else None
        if last is not None and valid_day(last.year, last.month, node.day):
            return cal.day(date(last.year, last.month, node.day))
        reference = self._reference("day")
        if reference is None:
            return None
        today = reference.first
        found: list[date] = []
        for months in range(-24, 25):
            first = cal.shift(today.replace(day=1), "month", months)
            if valid_day(first.year, first.month, node.day):
                day = first.replace(day=node.day)
                if node.weekday is None or day.isoweekday() == node.weekday:
                    found.append(day)
        past = [day for day in found if day <= today]
        future = [day for day in found if day >= today]
        if node.weekday is not None and self.tense is None and found:
            return cal.day(min(found, key=lambda day: (abs(day - today), day)))
        if self._preference() == "future":
            return cal.day(future[0]) if future else None
        return cal.day(past[-1]) if past else None

    def _relative(self, node: Relative) -> Period | None:
        base: date | None = None
        if node.anchor == "unknown":
            return None
        if node.anchor == "either" and (self.near or self.published is None):
            base = self._text_anchor(node.unit)
        elif node.anchor == "text":
            base = self._text_anchor(node.unit)
            if base is None and (node.unit != "day" or abs(node.low) > 2):
                return None
        if base is None:
            reference = self._reference(node.unit)
            if reference is None:
                return None
            base = reference.first
        if node.unit == "weekend" and node.low == node.high:
            return self._weekend(base, node.low)
        if node.low == node.high:
            return shifted(base, node.unit, node.low)
        first, last = shifted(base, node.unit, node.low), shifted(base, node.unit, node.high)
        return Period(first.first, last.last, node.unit, f"{first.timex}/{last.timex}")

    def _weekend(self, base: date, count: int) -> Period:
        """ce week-end, le week-end dernier: at the start of the week "this" one is the one just over."""
        monday = base.weekday() <= 1 and self._preference() == "past"
        past = monday or (base.weekday() < _SATURDAY and self.tense == "past")
        if count == 0:
            return cal.weekend(base - timedelta(days=7 if past else 0))
        if count == 1 and base.weekday() < _SATURDAY:
            count = 0  # on a Wednesday, the next weekend is the coming one
        return cal.weekend(base + timedelta(days=7 * count))

    def _rolling(self, node: Rolling) -> Period | None:
        reference = self._reference(node.unit)
        if reference is None:
            return None
        if node.direction < 0:
            return cal.stretch(cal.shift(reference.first, node.unit, -node.count), reference.last, node.unit)
        first = reference.last + timedelta(days=1)
        return cal.stretch(first, cal.shift(reference.last, node.unit, node.count), node.unit)

    def _containing(self, node: Containing) -> Period | None:
        inside = self.resolve(node.inside)
        if inside is None:
            return None
        if node.weekday is not None:
            return cal.day(cal.week(inside.first).first + timedelta(days=node.weekday - 1))
        return cal.period(node.unit, inside.first)

    def _offset(self, node: Offset) -> Period | None:
        origin = self.resolve(node.origin)
        if origin is None:
            return None
        if origin.unit == "day":
            return cal.day(cal.shift(origin.first, node.unit, node.count))
        if _RANK[node.unit] < _RANK[origin.unit]:
            edge = origin.last if node.count > 0 else origin.first
            return cal.period(node.unit, cal.shift(edge, node.unit, node.count))
        return cal.period(origin.unit, cal.shift(origin.first, node.unit, node.count))

    def _feast(self, node: Feast) -> Period | None:
        year = self._year(node.year)
        if year is not None:
            return cal.day(cal.feast(node.rule, year))
        if node.year is not None:
            return None
        return self._yearless(lambda value: cal.day(cal.feast(node.rule, value)), "day", node.direction)

    def _between(self, node: Between) -> Period | None:
        first, last = node.first, node.last
        if needs_year(last) and not needs_year(first) and not day_alone(first):
            begin = self.resolve(first)
            end = None if begin is None else next_after(last, begin)
        elif (
            needs_year(last)
            and self._preference() == "future"
            and not (isinstance(first, Calendar) and first.index is None)
        ):
            end = self.resolve(last)
            begin = None if end is None else just_before(first, end)
        elif needs_year(last):
            begin = self.resolve(first)
            if day_alone(first):
                end = self.resolve(last)
                begin = None if end is None else just_before(first, end)
            else:
                end = None if begin is None else next_after(last, begin)
        else:
            end = self.resolve(last)
            if end is not None and (needs_year(first) or day_alone(first)):
                begin = just_before(first, end)
            else:
                begin = self.resolve(first)
        if begin is None or end is None or begin.first > end.last:
            return None
        unit = begin.unit if _RANK[begin.unit] < _RANK[end.unit] else end.unit
        return Period(begin.first, end.last, unit, f"{begin.timex}/{end.timex}")


def date_context(mentions: Iterable[DateMention], previous: DateContext | None = None) -> DateContext:
    """What the mentions of a paragraph leave for the next one: their last resolved date that is no interval.

    A date that was told from an explicit one is as good as it.

    >>> from datetime import date
    >>> from extract import date_context, find_dates
    >>> date_context(find_dates("En mai 2023, tout a changé.", published=date(2024, 9, 2)))
    DateContext(last=datetime.date(2023, 5, 1), precision='month', explicit=True)
    """
    context = previous or _EMPTY
    for mention in mentions:
        if mention.start_date is not None and "/" not in mention.timex and mention.precision in _RANK:
            told = mention.anchored_to == "text" and context.explicit
            explicit = mention.anchored_to == "none" or told
            context = DateContext(mention.start_date, mention.precision, explicit)
    return context


def resolve_dates(
    expressions: Sequence[DateExpression],
    published: date | None = None,
    prefer: str = "past",
    context: DateContext | None = None,
    published_precision: str = "day",
) -> list[DateMention]:
    """The mentions of one paragraph, each with its days, from what `scan_dates` found there.

    `published` is trusted to its `published_precision` (`day`, `month`, `year`): a document that is known to be of
    February 2024 resolves "le mois dernier" and "l'an dernier", not "lundi". `context` is what `date_context` made of
    the paragraphs before. What nothing resolves has null days and `anchored_to` `unresolved`.

    >>> from datetime import date
    >>> from extract import resolve_dates, scan_dates
    >>> [found] = resolve_dates(scan_dates("Le contrat date de mardi dernier."), date(2024, 9, 6))
    >>> found.start_date.isoformat(), found.anchored_to
    ('2024-09-03', 'published')
    """
    if prefer not in ("past", "future"):
        raise ValueError(f"prefer should be 'past' or 'future', not {prefer!r}.")
    if published_precision not in ("day", "month", "year"):
        raise ValueError(
            f"published_precision should be 'day', 'month' or 'year', not {published_precision!r}."
        )
    reference = None if published is None else Reference.of(published, published_precision)
    state, near, found = context or _EMPTY, False, []
    for expression in expressions:
        resolver = _Resolver(reference, state, near, prefer, expression.tense)
        try:
            period = resolver.resolve(expression.node)
        except (ValueError, OverflowError):  # beyond the years 1 to 9999 that a date can hold
            period = None
        mention = DateMention(
            start=expression.start,
            end=expression.end,
            text=expression.text,
            timex=partial_timex(expression.node) if period is None else period.timex,
            start_date=None if period is None else period.first,
            end_date=None if period is None else period.last,
            precision=unit_of(expression.node) if period is None else period.unit,
            modifier=expression.modifier,
            anchored_to="unresolved" if period is None else resolver.anchor,
            rule=expression.rule,
        )
        found.append(mention)
        after = date_context((mention,), state)
        near = near or after is not state
        state = replace(after, explicit=False) if expression.embedded and after is not state else after
    return found
