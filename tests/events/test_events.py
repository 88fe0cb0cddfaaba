"""Events: what is told of one thing is one event, what only looks alike is two."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.euros import euro_rates
from corpus.events import Bond, Statement, find_events, touched
from corpus.events.kinds import of_their_kinds
from corpus.events.sums import likeness, steps_of, sum_of

DAY = dt.date(2024, 6, 11)
_PLAIN = Statement(
    doc_id="a", paragraph=0, start=0, amount_start=0, kind="funding_round", company="Ondéva", counterparties=(),
    authority=None, low=45e6, high=45e6, currency="EUR", modifier="exact", eur_low=45e6, eur_high=45e6,
    start_date=None, end_date=None, certainty="stated", score=0.8, relation="statement", in_all=False, published=DAY,
    published_precision="day", outlet=None, repeats_doc=None, repeats_paragraph=None, changed=False, headline=False,
    looks_back=False, corrects=False, round_letter=None, replaces=None, beside=None, converts=False,
    again=False, closes=False,
)  # fmt: skip


def fact(doc: str = "a", at: int = 0, *, money: float | None = 45e6, **given: object) -> Statement:
    """A statement like the plain one; `days` after the first day."""
    day = DAY + dt.timedelta(days=int(given.pop("days", 0)))  # type: ignore[call-overload]
    currency = given.get("currency", "EUR")
    euros = euro_rates().convert(money, currency, day, "day").value  # type: ignore[arg-type]
    given = {"published": day, "low": money, "high": money, "eur_low": euros, "eur_high": euros, **given}
    return replace(_PLAIN, doc_id=doc, start=at, amount_start=at, paragraph=at // 100, **given)  # type: ignore[arg-type]


def events(*facts: Statement) -> list[float | None]:
    """The sums of the events, sorted."""
    return sorted((event.low for event in find_events(facts).events), key=lambda low: low or 0)


ONE = {
    "title and lead": [fact(), fact(at=100)],
    "another paper": [fact(), fact("b", days=2)],
    "rounded": [fact(money=600e6, modifier="about"), fact("b", money=585e6)],
    "rounded without saying so": [fact(money=45e6), fact("b", money=44.7e6)],
    "more than": [fact(money=500e6, modifier="at_least"), fact("b", money=560e6)],
    "about as much in dollars": [fact(money=50e6, modifier="about"), fact("b", money=52e6, currency="USD")],
    "in dollars": [fact(money=400e6), fact("b", money=430e6, currency="USD")],
    "without its currency": [fact(money=220e6, currency=None), fact(at=100, money=220e6, currency="USD")],
    "other investors": [fact(counterparties=("Partech",)), fact("b", counterparties=("Bpifrance",))],
    "looked back at a year later": [fact(), fact("b", days=400, looks_back=True)],
    "looked back at by its date": [fact(), fact("b", days=400, start_date=DAY, end_date=DAY)],
    "planned, then done": [
        fact(kind="acquisition", counterparties=("Lumio",), certainty="planned"),
        fact("b", days=200, kind="acquisition", counterparties=("Lumio",)),
    ],
    "agreed, then closed": [
        fact(kind="acquisition", counterparties=("Lumio",)),
        fact(
            "b",
            days=150,
            kind="acquisition",
            counterparties=("Lumio",),
            start_date=DAY + dt.timedelta(150),
            end_date=DAY + dt.timedelta(150),
        ),
    ],
    "agreed, then closed, the target not read": [
        fact(kind="acquisition", counterparties=("Lumio",)),
        fact("b", days=140, kind="acquisition", closes=True, start_date=DAY + dt.timedelta(140)),
    ],
    "another one, told by two papers": [fact(again=True), fact("b", days=5, again=True), fact("c", days=9)],
    "another one, looked back at": [fact(again=True), fact("b", days=100, looks_back=True, again=True)],
    "another one that was planned": [fact(certainty="planned"), fact("b", days=60, again=True)],
    "a headline that may be of another kind": [fact(kind="other", score=0.4), fact(at=100, kind="fine")],
    "counted in fifties": [fact(money=340e6), fact("b", money=350e6, modifier="about")],
    "told from the target's side": [
        fact(kind="acquisition", company="Nexora", counterparties=("Lumio",)),
        fact("b", kind="acquisition", company="Lumio"),
        fact("c", kind="acquisition", company="Lumio", counterparties=("Nexora",)),
    ],
    "a regulator and its initials": [
        fact(kind="fine", authority="Cnil"),
        fact("b", kind="fine", authority="Commission nationale de l'informatique et des libertés"),
    ],
    "a copy printed a year later": [
        fact(),
        fact("b", days=365, repeats_doc="a", repeats_paragraph=0),
    ],
    "a name with words behind it": [
        fact(kind="acquisition", company="Nexora", counterparties=("Lumio",)),
        fact("b", kind="acquisition", company="Nexora Santé", counterparties=("Lumio Robotics",)),
    ],
    "a headline printed again": [
        fact(headline=True),
        fact("b", days=30, headline=True, repeats_doc="a", repeats_paragraph=0),
    ],
    "no dates at all": [fact(published=None), fact("b", published=None)],
}
TWO = {
    "another fine of the same authority": [
        fact(kind="fine", authority="Cnil"),
        fact("b", days=30, kind="fine", authority="Cnil", again=True),
    ],
    "another round without a letter": [fact(), fact("b", days=100, again=True)],
    "two of one sum in one paragraph": [fact(), fact(at=50, start_date=DAY - dt.timedelta(300))],
    "two kinds told as surely": [fact(kind="profit", score=0.8), fact(at=100, kind="spending", score=0.9)],
    "bought again after years": [
        fact(kind="acquisition", counterparties=("Lumio",), start_date=DAY, end_date=DAY),
        fact(
            "b",
            days=800,
            kind="acquisition",
            counterparties=("Lumio",),
            start_date=DAY + dt.timedelta(800),
            end_date=DAY + dt.timedelta(800),
        ),
    ],
    "another sum": [fact(), fact("b", money=52e6)],
    "one headline a year apart": [
        fact(headline=True),
        fact("b", days=400, headline=True, repeats_doc="a", repeats_paragraph=0),
    ],
    "another kind": [fact(), fact("b", kind="investment")],
    "another company": [fact(), fact("b", company="Lumio")],
    "one size a year apart": [fact(), fact("b", days=400)],
    "one size, two letters": [fact(round_letter="A"), fact("b", days=20, round_letter="B")],
    "two days that are told": [
        fact(start_date=DAY, end_date=DAY),
        fact("b", days=40, start_date=DAY + dt.timedelta(40), end_date=DAY + dt.timedelta(40)),
    ],
    "two authorities": [
        fact(kind="fine", authority="Cnil"),
        fact("b", kind="fine", authority="Autorité de la concurrence"),
    ],
    "two targets": [
        fact(kind="acquisition", counterparties=("Lumio",)),
        fact("b", kind="acquisition", counterparties=("Tessaline",)),
    ],
    "two clients": [
        fact(kind="contract", counterparties=("Lumio",)),
        fact("b", kind="contract", counterparties=("Tessaline",)),
    ],
    "two years of revenue": [
        fact(kind="revenue", start_date=dt.date(2022, 1, 1), end_date=dt.date(2022, 12, 31)),
        fact("b", kind="revenue", start_date=dt.date(2023, 1, 1), end_date=dt.date(2023, 12, 31)),
    ],
    "a quarter and its year": [
        fact(kind="revenue", start_date=dt.date(2023, 1, 1), end_date=dt.date(2023, 3, 31)),
        fact("b", kind="revenue", start_date=dt.date(2023, 1, 1), end_date=dt.date(2023, 12, 31)),
    ],
    "currencies that do not convert": [fact(money=45e6), fact("b", money=45e6, currency="USD")],
    "a buyer that is bought": [
        fact(kind="acquisition", company="Nexora", counterparties=("Lumio",)),
        fact("b", kind="acquisition", company="Tessaline", counterparties=("Nexora",)),
    ],
    "investors of two companies": [
        fact(counterparties=("Partech",)),
        fact("b", company="Lumio", counterparties=("Partech",)),
    ],
}


@pytest.mark.parametrize("name", ONE)
def test_one_event_is_one(name: str) -> None:
    assert len(events(*ONE[name])) == 1


@pytest.mark.parametrize("name", TWO)
def test_what_looks_alike_is_two(name: str) -> None:
    assert len(events(*TWO[name])) == 2


def test_look_alikes_do_not_chain() -> None:
    """A rounded sum fits both exact ones and joins one; a text without names or dates fits both deals and joins one."""
    found = events(fact(money=585e6), fact("b", money=600e6, modifier="about"), fact("c", money=613e6))
    assert found == [585e6, 613e6]
    vague = fact("b", kind="acquisition")
    deals = [
        fact(kind="acquisition", counterparties=("Lumio",)),
        fact("c", kind="acquisition", counterparties=("Tessaline",)),
    ]
    assert len(events(vague, *deals)) == 2
    weekly = [fact(f"d{week:02}", days=90 * week) for week in range(6)]
    assert len(events(*weekly)) == 3


def test_the_exact_sum_counts_and_the_plan_gives_way() -> None:
    rough = fact(money=600e6, modifier="about", certainty="planned")
    exact = fact("b", days=3, money=585e6)
    found = find_events([rough, exact])
    [event] = found.events
    assert (event.low, event.certainty, event.facts, event.documents) == (585e6, "stated", 2, 2)
    assert event.first_doc_id == "a"
    assert found.placed[exact.place].rank == 1
    assert found.placed[exact.place].rule == "rounded_sum"


@pytest.mark.parametrize(("precision", "last"), [("day", (1, 1)), ("month", (1, 31)), ("year", (12, 31))])
def test_an_event_without_a_date_lies_in_the_whole_month_or_year_of_its_article(
    precision: str, last: tuple[int, int]
) -> None:
    [event] = find_events([fact(published=dt.date(2024, 1, 1), published_precision=precision)]).events
    assert (event.start_date, event.end_date) == (dt.date(2024, 1, 1), dt.date(2024, *last))


def test_totals_and_parts_stand_beside_their_event_and_do_not_count() -> None:
    round_ = fact()
    total = fact(at=100, money=64e6, relation="cumulative")
    part = fact(at=50, money=20e6, relation="part", beside=0)
    found = find_events([round_, total, part])
    [event] = found.events
    assert (event.low, event.facts) == (45e6, 1)
    assert found.placed[total.place].event == found.placed[part.place].event == event.event
    assert found.placed[total.place].rank is None
    assert [found.placed[one.place].relation for one in (round_, total, part)] == [
        "statement",
        "cumulative",
        "part",
    ]
    alone = find_events([total])
    assert alone.events == ()
    assert alone.placed[total.place].event is None


def test_in_all_is_a_total_only_beside_a_smaller_sum() -> None:
    in_all = fact(at=100, money=64e6, relation="cumulative", in_all=True)
    assert events(in_all) == [64e6]
    assert events(in_all, fact()) == [45e6]
    assert events(in_all, fact("b")) == [45e6, 64e6]
    assert events(in_all, fact(company="Lumio")) == [45e6, 64e6]


def test_another_sum_in_brackets_is_no_conversion() -> None:
    assert events(fact(money=400e6), fact(at=40, money=137e6, currency="USD", beside=0, converts=True)) == [
        137e6,
        400e6,
    ]
    assert events(fact(at=40, money=137e6, currency="USD", beside=0, converts=True)) == [137e6]


def test_a_conversion_does_not_outrank_its_sum() -> None:
    plan = fact(money=400e6, certainty="planned")
    converted = fact(at=40, money=430e6, currency="USD", beside=0, converts=True)
    [event] = find_events([plan, converted]).events
    assert (event.low, event.currency, event.certainty) == (400e6, "EUR", "planned")


def test_the_debt_of_a_round_is_debt_of_its_own() -> None:
    assert events(fact(), fact(at=50, kind="debt", money=20e6, relation="part", beside=0)) == [20e6, 45e6]


@pytest.mark.parametrize(
    "later",
    [
        fact("b", days=1, replaces=42e6),
        fact("b", days=5, corrects=True),
        fact("b", days=1, changed=True, repeats_doc="a", repeats_paragraph=0),
    ],
    ids=["names the sum", "says that it corrects", "the same words"],
)
def test_a_correction_replaces_the_sum(later: Statement) -> None:
    wrong, copy = fact(money=42e6), fact("c", days=2, money=42e6)
    found = find_events([wrong, copy, later])
    [event] = found.events
    assert event.low == 45e6
    assert [found.placed[one.place].relation for one in (wrong, copy, later)] == [
        "corrected",
        "corrected",
        "statement",
    ]
    assert found.placed[later.place].rank == 1


def test_a_price_that_is_named_gives_way_half_a_year_later() -> None:
    planned = fact(kind="acquisition", counterparties=("Lumio",), money=610e6, certainty="planned")
    closed = replace(
        fact("b", days=190, kind="acquisition", money=560e6, replaces=610e6), counterparties=("Lumio",)
    )
    assert events(planned, closed) == [560e6]
    assert events(planned, replace(closed, replaces=None)) == [560e6, 610e6]


def test_a_recap_joins_the_fine_of_its_month_and_authority() -> None:
    first = fact(kind="fine", authority="Cnil")
    second = fact("b", days=30, kind="fine", again=True)
    month = {"start_date": DAY.replace(day=1), "end_date": DAY.replace(day=30)}
    recap = fact("c", days=200, kind="fine", authority="Cnil", **month)
    found = find_events([first, second, recap])
    assert found.placed[recap.place].event == found.placed[first.place].event


def test_a_row_of_another_kind_does_not_count() -> None:
    headline, lead = fact(kind="other", score=0.4), fact(at=100, kind="fine")
    found = find_events([headline, lead])
    assert [event.kind for event in found.events] == ["fine"]
    assert found.placed[lead.place].rank == 1


def test_the_same_words_a_month_later_correct_nothing() -> None:
    later = fact("b", days=45, changed=True, repeats_doc="a", repeats_paragraph=0)
    assert events(fact(money=42e6), later) == [42e6, 45e6]


def test_a_sum_in_two_currencies_is_one() -> None:
    facts = [fact(money=400e6), fact(at=40, money=430e6, currency="USD", beside=0, converts=True)]
    assert events(*facts) == [400e6]
    undated = [replace(one, published=None, eur_low=None, eur_high=None) for one in facts]
    assert events(*undated) == [400e6]


@given(
    st.floats(1, 1e12),
    st.floats(0.75, 1.35),
    st.sampled_from(["exact", "about", "at_least", "at_most", "range"]),
)
def test_sums_that_agree_are_looked_at_together(low: float, share: float, modifier: str) -> None:
    one = sum_of(fact(money=low, modifier=modifier, high=low * 3 if modifier == "range" else low))
    other = sum_of(fact("b", money=low * share))
    if likeness(one, other):
        assert steps_of(one) & steps_of(other)


_MONEY = st.sampled_from([45e6, 44.7e6, 50e6, None])
_FACTS = st.builds(
    fact,
    st.sampled_from("abcde"),
    st.sampled_from([0, 50, 100, 150]),
    money=_MONEY,
    days=st.integers(0, 500),
    company=st.sampled_from(["Ondéva", "Lumio"]),
    counterparties=st.sampled_from([(), ("Lumio",), ("Nexora",)]),
    kind=st.sampled_from(["acquisition", "fine", "revenue"]),
    modifier=st.sampled_from(["exact", "about"]),
    relation=st.sampled_from(["statement", "statement", "cumulative", "part", "corrected"]),
    certainty=st.sampled_from(["stated", "planned", "denied"]),
    looks_back=st.booleans(),
    changed=st.booleans(),
    repeats_doc=st.sampled_from([None, "a"]),
    repeats_paragraph=st.just(0),
    beside=st.sampled_from([None, 0, 50]),
    score=st.sampled_from([0.4, 0.8, 0.9]),
    again=st.booleans(),
    closes=st.booleans(),
    authority=st.sampled_from([None, "Cnil", "Bafin"]),
)


@given(st.lists(_FACTS, max_size=14, unique_by=lambda one: one.place), st.randoms(use_true_random=False))
def test_every_event_counts_once_whatever_the_order(facts: list[Statement], chance: random.Random) -> None:
    found = find_events(facts)
    shuffled = list(facts)
    chance.shuffle(shuffled)
    assert find_events(shuffled) == found
    assert set(found.placed) == {one.place for one in facts}
    counted = [each.event for each in found.placed.values() if each.rank == 1]
    assert sorted(filter(None, counted)) == [event.event for event in found.events]
    for event in found.events:
        ranks = sorted(each.rank for each in found.placed.values() if each.event == event.event and each.rank)
        assert ranks == list(range(1, event.facts + 1))


@given(st.lists(_FACTS, max_size=10, unique_by=lambda one: one.place))
def test_no_event_holds_two_that_speak_against_each_other(facts: list[Statement]) -> None:
    facts = of_their_kinds(facts)
    found = find_events(facts)
    by_event: dict[str, list[Statement]] = {}
    for one in facts:
        each = found.placed[one.place]
        if each.event and each.rank and each.relation != "corrected":
            by_event.setdefault(each.event, []).append(one)
    for members in by_event.values():
        for one, other in itertools.combinations(members, 2):
            assert one.kind == other.kind
            assert not (one.authority and other.authority and one.authority != other.authority)
            assert (one.low is None) == (other.low is None)
            assert one.low is None or other.low is None or abs(one.low - other.low) <= 0.12 * one.low


@given(st.lists(_FACTS, max_size=12, unique_by=lambda one: one.place))
def test_kinds_that_are_settled_can_be_asked_one_by_one(facts: list[Statement]) -> None:
    settled, whole = of_their_kinds(facts), find_events(facts)
    parted = [
        find_events((one for one in settled if one.kind == kind), settled=True)
        for kind in {one.kind for one in settled}
    ]
    assert sorted((event for part in parted for event in part.events), key=lambda event: event.event) == list(
        whole.events
    )
    assert {place: each for part in parted for place, each in part.placed.items()} == whole.placed


def bond(one: Statement) -> Bond:
    return Bond(*(getattr(one, name) for name in Bond._fields))


_MANY = st.builds(
    lambda one, doc, company, other: replace(one, doc_id=doc, company=company, repeats_doc=other),
    _FACTS,
    st.sampled_from("abcdefgh"),
    st.sampled_from(["Ondéva", "Ondéva SA", "Lumio", "Galet", "Serval"]),
    st.sampled_from([None, None, *"abcdefgh"]),
)


@given(
    st.lists(_MANY, max_size=14, unique_by=lambda one: one.place),
    st.lists(_MANY, max_size=3, unique_by=lambda one: one.place),
    st.sets(st.integers(0, 13), max_size=3),
)
def test_what_a_change_does_not_reach_keeps_its_events(
    facts: list[Statement], more: list[Statement], lost: set[int]
) -> None:
    settled = [replace(one, kind="fine", relation="statement") for one in facts]
    places = {one.place for one in settled}
    gone = [one for number, one in enumerate(settled) if number in lost]
    new = [replace(one, kind="fine") for one in more if one.place not in places]
    now = [one for one in settled if one not in gone] + new
    before, whole = find_events(settled, settled=True), find_events(now, settled=True)
    reached = touched([bond(one) for one in now], map(bond, gone + new))
    again = find_events([now[number] for number in reached], settled=True)
    rest = [one.place for number, one in enumerate(now) if number not in reached]
    assert {place: before.placed[place] for place in rest} | again.placed == whole.placed
    kept = {before.placed[place].event for place in rest}
    events = [one for one in before.events if one.event in kept] + list(again.events)
    assert sorted(events, key=lambda event: event.event) == list(whole.events)
