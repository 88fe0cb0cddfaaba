"""Dates: annotated sentences in five languages, the anchors, the two steps, and what the arguments promise."""

from __future__ import annotations

import pickle
import re
from datetime import date
from pathlib import Path

import pytest

from extract.dates import DateContext, date_context, find_dates, resolve_dates, scan_dates
from extract.dates.rules import LEVELS
from extract.languages import LexiconError, known_languages

SENTENCES = Path(__file__).parent / "sentences"
LANGUAGES = known_languages()
PUBLISHED = date(2025, 2, 12)
_MARK = re.compile(r"\[([^\]|]+)\|([^\]|]+)(?:\|([^\]|]+))?\]")


def _expected(marked: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    """The plain sentence, and the dates that its brackets announce."""
    plain, expected, place = "", [], 0
    for mark in _MARK.finditer(marked):
        plain += marked[place : mark.start()]
        words, days, modifier = mark.groups()
        expected.append((len(plain), len(plain) + len(words), days, modifier or "exact"))
        plain += words
        place = mark.end()
    return plain + marked[place:], expected


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "?"
    return first.isoformat() if first == last else f"{first}..{last}"


def _cases() -> list[tuple[str, str]]:
    cases = []
    for language in LANGUAGES:
        for line in (SENTENCES / f"dates.{language}.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                cases.append((language, line))
    return cases


CASES = _cases()


@pytest.mark.parametrize(("language", "marked"), CASES)
def test_sentence(language: str, marked: str) -> None:
    text, expected = _expected(marked)
    found = find_dates(text, language, PUBLISHED)
    assert [(m.start, m.end, _days(m.start_date, m.end_date), m.modifier) for m in found] == expected
    assert all(text[m.start : m.end] == m.text for m in found)


def test_there_are_enough_sentences_and_enough_of_them_hold_no_date() -> None:
    empty = [marked for _, marked in CASES if "|" not in marked]
    assert len(CASES) >= 300
    assert len(empty) * 3 >= len(CASES)
    assert {language for language, _ in CASES} == set(LANGUAGES)


@pytest.mark.parametrize(
    ("text", "timex", "precision"),
    [
        ("le 9 février 2025", "2025-02-09", "day"),
        ("les 10 et 11 février 2025", "2025-02-10/2025-02-11", "day"),
        ("en février 2025", "2025-02", "month"),
        ("au T3 2025", "2025-Q3", "quarter"),
        ("au second semestre 2025", "2025-H2", "half"),
        ("à l'été 2024", "2024-SU", "season"),
        ("en 2019", "2019", "year"),
        ("dans les années 2010", "201", "decade"),
        ("au XXIe siècle", "20", "century"),
        ("la semaine dernière", "2025-W06", "week"),
        ("le week-end dernier", "2025-W06-WE", "weekend"),
        ("la première quinzaine de juin 2025", "2025-06-01/2025-06-15", "fortnight"),
        ("de 2014 à 2018", "2014/2018", "year"),
        ("le 31 février 2025", "2025-02-31", "day"),
    ],
)
def test_timex_value_and_precision(text: str, timex: str, precision: str) -> None:
    (mention,) = find_dates(text, "fr", PUBLISHED)
    assert (mention.timex, mention.precision) == (timex, precision)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("les 10 et 11 février 2025", "calendar.shared_month_trimmed"),
        ("il y a trois ans", "relative.ago"),
        ("09/02/2025", "digits"),
        ("en 2019", "year"),
        ("du 5 mai au 6 juin", "compound.date_range"),
        ("au T3 2024", "calendar.numbered"),
        ("à Noël 2023", "named.feast"),
    ],
)
def test_each_date_says_which_rule_read_it(text: str, rule: str) -> None:
    (mention,) = find_dates(text, "fr", PUBLISHED)
    assert mention.rule == rule


def test_no_rule_is_without_a_name_of_its_own() -> None:
    names = {rule.name for level in LEVELS for rule in level}
    assert all(re.fullmatch(r"(calendar|named|relative|compound)\.[a-z_]+", name) for name in names), names


@pytest.mark.parametrize(
    ("text", "anchored_to"),
    [
        ("le 3 mars 2024", "none"),
        ("hier", "published"),
        ("en octobre", "published"),
        ("le lendemain du 3 mars 2024", "none"),
        ("31 février 2025", "unresolved"),
        ("29 février 2023", "unresolved"),
    ],
)
def test_anchor(text: str, anchored_to: str) -> None:
    (mention,) = find_dates(text, "fr", PUBLISHED)
    assert mention.anchored_to == anchored_to
    assert (mention.start_date is None) == (anchored_to == "unresolved")


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("lundi", "XXXX-WXX-1"),
        ("le 9 février", "XXXX-02-09"),
        ("en octobre", "XXXX-10"),
        ("hier", "XXXX-XX-XX"),
    ],
)
def test_nothing_is_guessed_without_a_publication_date(text: str, timex: str) -> None:
    (mention,) = find_dates(text, "fr")
    assert (mention.start_date, mention.end_date, mention.anchored_to, mention.timex) == (
        None,
        None,
        "unresolved",
        timex,
    )


def test_a_date_that_does_not_exist_never_moves_to_the_next_month() -> None:
    for text in ("le 31 février 2025", "le 31/02/2025", "le 30 février", "du 29 au 31 février 2025"):
        (mention,) = find_dates(text, "fr", PUBLISHED)
        assert (mention.start_date, mention.end_date, mention.anchored_to) == (None, None, "unresolved")


def test_prefer_future_turns_bare_dates_round() -> None:
    text = "lundi, en octobre, le 9 février"
    past = [m.start_date for m in find_dates(text, "fr", PUBLISHED)]
    future = [m.start_date for m in find_dates(text, "fr", PUBLISHED, prefer="future")]
    assert past == [date(2025, 2, 10), date(2024, 10, 1), date(2025, 2, 9)]
    assert future == [date(2025, 2, 17), date(2025, 10, 1), date(2026, 2, 9)]


@pytest.mark.parametrize(
    ("language", "past", "future"),
    [
        ("fr", "Le texte a été adopté en mars.", "Le texte sera adopté en mars."),
        ("en", "The bill was passed in March.", "The bill will be passed in March."),
        ("de", "Das Gesetz wurde im März beschlossen.", "Das Gesetz wird im März beschlossen."),
        ("es", "La ley fue aprobada en marzo.", "La ley será aprobada en marzo."),
        ("it", "La legge è stata approvata a marzo.", "La legge sarà approvata a marzo."),
    ],
)
def test_the_tense_decides_for_a_bare_month(language: str, past: str, future: str) -> None:
    (before,) = find_dates(past, language, PUBLISHED)
    (after,) = find_dates(future, language, PUBLISHED)
    assert (before.start_date, after.start_date) == (date(2024, 3, 1), date(2025, 3, 1))


def test_a_day_shortly_ahead_is_not_a_year_ago() -> None:
    (mention,) = find_dates("Sommet de Paris, les 10 et 11 février", "fr", date(2025, 2, 8))
    assert (mention.start_date, mention.end_date) == (date(2025, 2, 10), date(2025, 2, 11))


def test_a_range_around_the_publication_date_stays_in_one_piece() -> None:
    (mention,) = find_dates("du 10 au 14 février", "fr", PUBLISHED)
    assert (mention.start_date, mention.end_date) == (date(2025, 2, 10), date(2025, 2, 14))


def test_a_publication_date_known_to_the_month_resolves_months_and_years_only() -> None:
    text = "le mois dernier, l'an dernier, en octobre, hier, lundi, la semaine dernière"
    found = find_dates(text, "fr", date(2024, 2, 1), published_precision="month")
    assert [_days(m.start_date, m.end_date) for m in found] == [
        "2024-01-01..2024-01-31",
        "2023-01-01..2023-12-31",
        "2023-10-01..2023-10-31",
        "?",
        "?",
        "?",
    ]


def test_a_publication_date_known_to_the_year_resolves_years_only() -> None:
    found = find_dates(
        "l'an dernier, le mois dernier, en octobre", "fr", date(2024, 1, 1), published_precision="year"
    )
    assert [_days(m.start_date, m.end_date) for m in found] == ["2023-01-01..2023-12-31", "?", "?"]


def test_two_steps_are_one() -> None:
    text = "Signé le 3 mars 2024, publié le lendemain, oublié lundi."
    expressions = scan_dates(text, "fr")
    assert resolve_dates(expressions, PUBLISHED) == find_dates(text, "fr", PUBLISHED)
    assert pickle.loads(pickle.dumps(expressions)) == expressions


def test_one_scan_serves_documents_of_different_days() -> None:
    expressions = scan_dates("Le vote a eu lieu lundi.", "fr")
    days = [
        resolve_dates(expressions, published)[0].start_date for published in (PUBLISHED, date(2024, 5, 8))
    ]
    assert days == [date(2025, 2, 10), date(2024, 5, 6)]


def test_the_context_carries_the_last_date_from_paragraph_to_paragraph() -> None:
    first = find_dates("Le décret du 3 mars 2024 est paru.", "fr", PUBLISHED)
    context = date_context(first)
    (mention,) = find_dates("La veille, rien n'était sûr.", "fr", PUBLISHED, context=context)
    assert (mention.start_date, mention.anchored_to) == (date(2024, 3, 2), "text")
    (mention,) = find_dates("La suite est venue le 31.", "fr", PUBLISHED, context=context)
    assert (mention.start_date, mention.anchored_to) == (date(2024, 3, 31), "text")
    assert date_context([], context) == context
    assert date_context([]) == DateContext()


def test_the_weekday_helps_to_find_the_year() -> None:
    (mention,) = find_dates("mardi 25 septembre", "fr", date(2018, 12, 1))
    assert mention.start_date == date(2018, 9, 25)


def test_offsets_count_code_points() -> None:
    text = "🎉🎉 le 9 février 2025 🎉"
    (mention,) = find_dates(text, "fr")
    assert (mention.start, mention.end, mention.text) == (6, 20, "9 février 2025")


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009"])
@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_any_space_and_any_apostrophe(space: str, apostrophe: str) -> None:
    found = find_dates(f"l{apostrophe}an{space}dernier, le 9{space}février{space}2025", "fr", PUBLISHED)
    assert [m.timex for m in found] == ["2024", "2025-02-09"]


def test_wrong_arguments_say_what_to_write() -> None:
    with pytest.raises(LexiconError, match="There are no words of the language 'xx'"):
        find_dates("hier", "xx")
    with pytest.raises(ValueError, match="prefer should be 'past' or 'future', not 'never'"):
        find_dates("hier", "fr", PUBLISHED, prefer="never")
    with pytest.raises(ValueError, match="published_precision should be 'day', 'month' or 'year'"):
        find_dates("hier", "fr", PUBLISHED, published_precision="hour")
