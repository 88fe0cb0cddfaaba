"""What holds for dates in any text: exact offsets, order, linear time, no exception, nothing guessed."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.clock import grows

from extract.dates import DateMention, find_dates, scan_dates
from extract.dates.calendar import easter, feast, period, shift
from extract.dates.lexicon import date_lexicon
from extract.languages import known_languages

LANGUAGES = known_languages()
PUBLISHED = date(2025, 2, 12)
MODIFIERS = {"exact", "about", "start", "mid", "end", "before", "by", "since", "after"}
ANCHORS = {"none", "published", "text", "unresolved"}
_SIGNS = [*"0123456789.,/-–' ’()\n\u00a0\u202f", "٣", "３", "🎉", "İ", "\u200b", "ß", "²"]


def _words(language: str) -> list[str]:
    return sorted(date_lexicon(language).vocabulary)


def check(text: str, found: list[DateMention]) -> None:
    """The promises of `DateMention`."""
    end = 0
    for mention in found:
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.modifier in MODIFIERS
        assert mention.anchored_to in ANCHORS
        assert mention.timex
        assert (
            (mention.start_date is None)
            == (mention.end_date is None)
            == (mention.anchored_to == "unresolved")
        )
        if mention.start_date is not None and mention.end_date is not None:
            assert mention.start_date <= mention.end_date
        end = mention.end


def random_text(source: random.Random, words: list[str]) -> str:
    """Words of the lexicon, numbers and signs in any order: closer to a date than any real text."""
    parts = []
    for _ in range(source.randint(1, 14)):
        kind = source.random()
        if kind < 0.55:
            word = source.choice(words)
            parts.append(source.choice((word, word, word.capitalize(), word.upper())))
        elif kind < 0.8:
            parts.append(
                str(
                    source.choice(
                        (source.randint(0, 40), source.randint(1900, 2100), source.randint(0, 10**9))
                    )
                )
            )
        else:
            parts.append(source.choice(_SIGNS))
    return source.choice((" ", " ", "", "-", "/")).join(parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_words_in_any_order(language: str) -> None:
    source, words = random.Random(20250212), _words(language)
    for _ in range(400):
        text = random_text(source, words)
        check(text, find_dates(text, language, source.choice((None, PUBLISHED, date.min, date.max))))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_any_words_in_any_order_many_times(language: str) -> None:
    source, words = random.Random(1), _words(language)
    for _ in range(20_000):
        text = random_text(source, words)
        check(
            text,
            find_dates(text, language, source.choice((None, PUBLISHED)), source.choice(("past", "future"))),
        )


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=80), language=st.sampled_from(LANGUAGES))
def test_any_text(text: str, language: str) -> None:
    check(text, find_dates(text, language, PUBLISHED))


@settings(max_examples=100, deadline=None)
@given(
    day=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    before=st.sampled_from(["", "Paris. ", "🎉 ", "« ", "x" * 50 + " "]),
)
def test_words_around_a_date_do_not_change_it(day: date, before: str) -> None:
    text = f"{before}Le {day.day}/{day.month:02d}/{day.year}, il signa."
    (mention,) = find_dates(text, "fr")
    assert (mention.start_date, mention.end_date, mention.anchored_to) == (day, day, "none")


@settings(max_examples=100, deadline=None)
@given(published=st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_relative_dates_follow_the_publication_date(published: date) -> None:
    found = find_dates("hier, demain, lundi, la semaine dernière, l'an dernier", "fr", published)
    yesterday, tomorrow, monday, week, year = (mention.start_date for mention in found)
    assert yesterday == published - timedelta(days=1)
    assert tomorrow == published + timedelta(days=1)
    assert monday is not None
    assert 0 <= (published - monday).days < 7
    assert week is not None
    assert week.weekday() == 0
    assert 7 <= (published - week).days < 14
    assert year == date(published.year - 1, 1, 1)


BAD = {
    "digits": lambda n: "1" * n,
    "slashes": lambda n: "1/" * n,
    "dots": lambda n: "12.12." * n,
    "weekdays": lambda n: "lundi " * n,
    "years": lambda n: "2024 " * n,
    "ranges": lambda n: "du 3 au " * n,
    "links": lambda n: "mars et " * n,
    "parts": lambda n: "fin de " * n,
    "numbers in words": lambda n: "quatre vingt " * n,
    "apostrophes": lambda n: "l'" * n,
    "spaces": lambda n: "3" + " " * n + "mars",
    "mixed digits": lambda n: "٣３3² " * n,
    "article and number": lambda n: "le 31 " * n,
}


@pytest.mark.parametrize("make", BAD.values(), ids=BAD.keys())
def test_time_is_linear(make: Callable[[int], str]) -> None:
    scan_dates(make(100), "fr")
    # Four times the text takes four times as long; quadratic work would take sixteen.
    assert grows(lambda n: scan_dates(make(n), "fr"), 2_000, 8_000) <= 8


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "9" * 5_000 + "/" + "9" * 5_000,
        "le 0 mars 2025",
        "le 00/00/0000",
        "en 0000",
        "l'an 0",
        "il y a 999 siècles",
        "dans 999 décennies",
        "il y a 99999999999 ans",
        "۳ مارس ۲۰۲۵",
        "３ mars ２０２５",
        "le 3 mars 99999",
        "32/13/2025",
        "2025-13-45",
    ],
)
def test_hostile_dates_give_no_wrong_day(text: str) -> None:
    for mention in find_dates(text, "fr", PUBLISHED):
        check(text, [mention])
        assert mention.start_date is None or "mars" in text


def test_arabic_digits_and_full_width_digits_are_not_guessed() -> None:
    assert [m.text for m in find_dates("le ３ mars 2025", "fr")] == ["mars 2025"]
    assert [m.text for m in find_dates("le 3 mars ２０２５", "fr", PUBLISHED)] == ["3 mars"]


def test_a_capital_that_grows_when_lowered_does_not_move_offsets() -> None:
    (mention,) = find_dates("İİİ le 9 février 2025", "fr")
    assert mention.text == "9 février 2025"


def test_easter_and_feasts() -> None:
    assert [easter(year) for year in (1961, 2000, 2024, 2025, 2038)] == [
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2038, 4, 25),
    ]
    assert feast("11-thu4 +1", 2025) == date(2025, 11, 28)
    assert feast("05-mon-1", 2025) == date(2025, 5, 26)
    assert feast("easter+39", 2024) == date(2024, 5, 9)


@given(
    day=st.dates(date(1000, 1, 1), date(2199, 1, 1)),
    unit=st.sampled_from(
        ["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"]
    ),
)
def test_a_period_holds_its_day_and_touches_the_next(day: date, unit: str) -> None:
    here = period(unit, day)
    if unit != "weekend":
        assert here.first <= day <= here.last
        following = period(unit, here.last + timedelta(days=1))
        assert following.first == here.last + timedelta(days=1)


def test_shifting_a_month_end_stays_in_the_month() -> None:
    assert shift(date(2024, 1, 31), "month", 1) == date(2024, 2, 29)
    assert shift(date(2024, 2, 29), "year", -1) == date(2023, 2, 28)
    with pytest.raises((ValueError, OverflowError)):
        shift(date(2024, 1, 1), "century", 999)
