"""From a group of statements to its event: which one tells it best, what it sums up to, when it was, how certain it is."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.events.cluster import Cluster
from corpus.events.records import Event, Placed, Relation, Statement
from corpus.events.sums import digits
from corpus.events.times import STATED_YEARLY, looks_back
from corpus.identity import DOC_ID_DIGITS, digest


def ranked(one: Cluster) -> list[Statement]:
    """The statements of an event, the one that counts first: as certain as the event, not looked back at, its sum the exact
    one in the currency it was first told in, the earliest. Last come those that tell it as another kind, then wrong sums.
    """
    if len(one.members) == 1:
        return list(one.members)
    certainty = certainty_of(one)
    standing = [each for each in one.members if each.place not in one.wrong] or one.members
    currency = _currency(standing)

    def key(each: Statement) -> tuple[object, ...]:
        return (
            each.place in one.wrong,
            each.converts,
            each.yields,
            each.certainty != certainty,
            looks_back(each),
            each.low is None,
            each.currency != currency,
            each.modifier not in ("exact", "range"),
            -digits(each.low),
            each.order,
        )

    return sorted(one.members, key=key)


def certainty_of(one: Cluster) -> str:
    """Of what is stated anywhere: stated, unless a later document denies it. Else what the latest document says."""
    own = [each for each in one.members if not each.converts] or one.members
    told = [each for each in own if not looks_back(each)] or own
    latest = max(told, key=lambda each: (each.published or dt.date.min, each.doc_id, -each.start))
    if latest.certainty == "denied":
        return "denied"
    return "stated" if any(each.certainty == "stated" for each in told) else latest.certainty


def event_of(one: Cluster, best: Sequence[Statement]) -> Event:
    """The row of `events`; `best` are its statements as they are `ranked`."""
    first, chief = min(one.members, key=lambda each: each.order), best[0]
    converted = next(
        (
            each
            for each in best
            if (each.low, each.high, each.currency) == (chief.low, chief.high, chief.currency)
            and each.eur_low is not None
        ),
        chief,
    )
    start, end = _dates(one)
    company = _company(best)
    return Event(
        event=digest(*first.place)[:DOC_ID_DIGITS],
        kind=one.kind,
        company=company,
        counterparty=_most(name for each in best for name in _other_sides(each, company)[:1]),
        authority=_most(each.authority for each in best if each.authority),
        low=chief.low,
        high=chief.high,
        currency=chief.currency,
        eur_low=converted.eur_low,
        eur_high=converted.eur_high,
        start_date=start,
        end_date=end,
        certainty=certainty_of(one),
        facts=len(one.members),
        documents=len(one.documents),
        outlets=len({each.outlet for each in one.members if each.outlet}),
        first_doc_id=first.doc_id,
        score=max(each.score for each in one.members),
    )


def placed(one: Cluster, event: str, best: Sequence[Statement]) -> Iterable[tuple[Statement, Placed]]:
    """What becomes of each statement of an event, of its totals and parts too; `best` are its statements as they are `ranked`."""
    seen: set[str] = set()
    ranks = {each.place: rank for rank, each in enumerate(best, 1)}
    for each in sorted(
        one.members, key=lambda each: (each.doc_id, each.start, each.amount_start, each.company)
    ):
        relation: Relation = "restated"
        if each.place in one.wrong:
            relation = "corrected"
        elif each.doc_id not in seen and not looks_back(each):
            relation = "statement"
            seen.add(each.doc_id)
        yield each, Placed(relation, event, one.rules[each.place], ranks[each.place])
    for each, rule in one.drawn:
        yield each, Placed(each.relation, event, rule)


def _currency(standing: Sequence[Statement]) -> str | None:
    """The currency that most documents tell it in without converting; of equals the one it was first told in."""
    told = {(each.doc_id, each.currency) for each in standing if each.currency and not each.converts}
    counted = Counter(currency for _, currency in told)
    ordered = [each.currency for each in sorted(standing, key=lambda each: each.order)]
    known = [currency for currency in ordered if currency is not None and currency in counted]
    return max(known, key=lambda currency: counted[currency], default=None)


def _company(best: Sequence[Statement]) -> str:
    """The company that most documents make the one who pays, raises or earns; of equals that of the better statement."""
    told = Counter(company for _, company in {(each.doc_id, each.company) for each in best})
    return max((each.company for each in best), key=lambda company: told[company])


def _other_sides(each: Statement, company: str) -> list[str]:
    return [name for name in (*each.counterparties, each.company) if name != company]


def _most(names: Iterable[str]) -> str | None:
    """The most frequent name; of equals the first."""
    counted = Counter(names)
    return max(counted, key=lambda name: counted[name], default=None)


def _dates(one: Cluster) -> tuple[dt.date | None, dt.date | None]:
    """The shortest date told, of a period the one most told; else that of the earliest document that does not look back."""
    standing = [each for each in one.members if each.place not in one.wrong] or one.members
    firm = [each for each in standing if each.certainty == "stated"] or standing
    named = Counter(
        (each.start_date, each.end_date or each.start_date) for each in firm if each.start_date is not None
    )
    if named:
        yearly = one.kind in STATED_YEARLY

        def key(days: tuple[dt.date, dt.date]) -> tuple[int, int, tuple[dt.date, dt.date]]:
            length, often = (days[1] - days[0]).days, -named[days]
            return (often, length, days) if yearly else (length, often, days)

        return min(named, key=key)
    told = [each for each in one.members if each.published and not looks_back(each)]
    if not told:
        return None, None
    earliest = min(told, key=lambda each: each.order)
    published = earliest.published
    assert published is not None
    return published, _last_day(published, earliest.published_precision or "day")


def _last_day(published: dt.date, precision: str) -> dt.date:
    """The last day of a publication date that is known to the day, the month or the year."""
    if precision == "year":
        return published.replace(month=12, day=31)
    if precision == "month":
        return published.replace(day=monthrange(published.year, published.month)[1])
    return published
