"""Every month, weekday and date format of the Unicode Common Locale Data Repository parses, in every language."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dates import find_dates
from extract.languages import known_languages

LANGUAGES = known_languages()
DAY_OF = {
    language: Locale(language)
    .date_formats["long"]
    .pattern.replace("MMMM", "{month}")
    .replace("d", "12", 1)
    .replace("y", "2024")
    .replace("'", "")
    for language in LANGUAGES
}
PUBLISHED = date(2025, 2, 12)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
@pytest.mark.parametrize("context", ["format", "stand-alone"])
def test_months(language: str, width: str, context: str) -> None:
    for number, name in Locale(language).months[context][width].items():
        (mention,) = find_dates(DAY_OF[language].format(month=name), language)
        assert mention.start_date == date(2024, number, 12), name
        (mention,) = find_dates(f"{name} 2024", language)
        assert (mention.timex, mention.precision) == (f"2024-{number:02d}", "month"), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_weekdays(language: str) -> None:
    for number, name in Locale(language).days["format"]["wide"].items():
        (mention,) = find_dates(name, language, PUBLISHED)
        assert mention.start_date is not None
        assert mention.start_date.weekday() == number, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_weekdays_beside_a_date(language: str) -> None:
    for name in Locale(language).days["format"]["abbreviated"].values():
        text = f"{name} {DAY_OF[language].format(month=Locale(language).months['format']['wide'][2])}"
        (mention,) = find_dates(text, language)
        assert (mention.start, mention.start_date) == (0, date(2024, 2, 12)), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", ["short", "medium", "long", "full"])
@settings(max_examples=60, deadline=None)
@given(day=st.dates(date(1980, 1, 1), date(2045, 12, 31)))
def test_every_style_of_a_date_gives_the_day_back(language: str, style: str, day: date) -> None:
    text = format_date(day, style, Locale(language))
    (mention,) = find_dates(text, language)
    if style != "short" or 1975 <= day.year < 2050:
        assert (mention.start_date, mention.end_date, mention.text) == (day, day, text)
