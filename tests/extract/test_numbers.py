"""Numbers in digits and words: exact values, one value for one number however it is written, linear time."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.clock import grows

from extract.folding import fold_typography
from extract.languages import known_languages
from extract.numbers import find_numbers, read_digits
from extract.patterns import any_of

LANGUAGES = known_languages()

# language, text, the values that stand in it
EXAMPLES = [
    ("fr", "3 000 puces, soit 3000 ou trois mille", [3000, 3000, 3000]),
    ("fr", "3\u00a0000, 3\u202f000, 3\u2009000, 3’000 et 3.000", [3000] * 5),
    ("fr", "trois cents millions de pages", [300_000_000]),
    ("fr", "un milliard et demi de mots", [1_500_000_000]),
    ("fr", "soixante-dix, soixante et onze, quatre-vingt-dix-neuf", [70, 71, 99]),
    ("fr", "septante-deux, huitante, nonante et un", [72, 80, 91]),
    ("fr", "une quinzaine d'élus et une centaine de maires", [15, 100]),
    ("fr", "3,5 milliards de paramètres", [3_500_000_000]),
    ("fr", "mille neuf cent quatre-vingt-quatre", [1984]),
    ("fr", "deux cent mille, deux mille cinq cents", [200_000, 2500]),
    ("fr", "2 milliards 300 millions", [2_300_000_000]),
    ("fr", "trois quarts de milliard", [750_000_000]),
    ("fr", "dix, vingt et trente", [10, 20, 30]),
    ("fr", "en 2024 300 millions de vues", [2024, 300_000_000]),
    ("fr", "un homme, une femme", []),
    ("fr", "des millions de gens, des dizaines de cas", []),
    ("fr", "la version 1.2.3 et l'adresse 10.0.0.1", []),
    ("fr", "1,25 puis 1.5 puis 10,000", [1.25, 1.5, 10_000]),
    ("fr", "2½ heures", [2.5]),
    ("en", "one hundred and fifty-two thousand", [152_000]),
    ("en", "twelve hundred, two and a half million", [1200, 2_500_000]),
    ("en", "1,234.56 and 1.234,56 and 12,34,567", [1234.56, 1234.56, 1_234_567]),
    ("en", "a million and a half readers, half a billion", [1_500_000, 500_000_000]),
    ("en", "two dozen papers, a dozen labs", [24, 12]),
    ("en", "5bn tokens", [5_000_000_000]),
    ("de", "fünfundzwanzig, zweihundertfünfundzwanzigtausend", [25, 225_000]),
    ("de", "zweieinhalb Millionen, anderthalb Milliarden", [2_500_000, 1_500_000_000]),
    ("de", "eine halbe Milliarde, einundzwanzig, 1.234,5", [500_000_000, 21, 1234.5]),
    ("de", "einst, Achtung, Zweifel", []),
    ("es", "dos mil millones, treinta y cinco", [2_000_000_000, 35]),
    ("es", "dos millones un año antes", [2_000_000]),
    ("pt", "três mil milhões, vinte e cinco, duzentos e cinquenta e um mil", [3_000_000_000, 25, 251_000]),
    (
        "pt",
        "dois bilhões, dois biliões, mil e duzentos, meio milhão",
        [2_000_000_000, 2 * 10**12, 1200, 500_000],
    ),
    (
        "pt",
        "um milhão e meio, dois milhões e trezentos mil, dezasseis, dezesseis",
        [1_500_000, 2_300_000, 16, 16],
    ),
    ("es", "medio millón, dos millones y medio, mil quinientos", [500_000, 2_500_000, 1500]),
    ("it", "duecentocinquantamila, ventitré, centottantacinque", [250_000, 23, 185]),
    ("it", "un miliardo e mezzo, mezzo miliardo", [1_500_000_000, 500_000_000]),
]


@pytest.mark.parametrize(("language", "text", "values"), EXAMPLES)
def test_values(language: str, text: str, values: list[float]) -> None:
    found = find_numbers(text, language)
    assert [number.value for number in found] == values
    assert all(text[number.start : number.end] == number.text for number in found)


@pytest.mark.parametrize(
    ("written", "decimal", "value"),
    [
        ("94.000", ",", "94000"),
        ("94.000", ".", "94000"),
        ("1.234", ".", "1.234"),
        ("0.125", ",", "0.125"),
        ("1'000'000.50", ".", "1000000.50"),
        ("1.234.567,89", ",", "1234567.89"),
        ("01 234", ",", None),
        ("1.2.3", ",", None),
        ("1,23,45", ",", None),
        ("12.34,5", ",", None),
        ("6'2", ",", None),
        ("1" * 19, ",", None),
    ],
)
def test_marks(written: str, decimal: str, value: str | None) -> None:
    assert read_digits(written, decimal) == (None if value is None else Decimal(value))


_UNIT_WORDS = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_UNITS = _UNIT_WORDS.split()
_OTHER_WORDS = (
    "cent cents mille million millions milliard milliards et demi - , . 0 7 12 345 6 789 hundert und zwei"
)
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}


def _french(number: int) -> str:
    """The number in French words, by the book: what the grammar must read back."""
    if number < 17:
        return _UNITS[number]
    if number < 20:
        return "dix-" + _UNITS[number - 10]
    if number < 100:
        tens = number // 10 * 10
        base = tens if tens in _TENS else tens - 10
        rest = number - base
        if rest == 0:
            return _TENS[base] + ("s" if base == 80 else "")
        if rest in (1, 11) and base != 80:
            return f"{_TENS[base]} et {_UNITS[rest]}"
        return f"{_TENS[base]}-{_french(rest)}"
    for value, name in ((1_000_000, "millions"), (1000, "mille"), (100, "cent")):
        if number >= value:
            count, rest = divmod(number, value)
            head = name.rstrip("s") if count == 1 else f"{_french(count)} {name}"
            if count == 1 and value == 1_000_000:
                head = "un million"
            return head + (f" {_french(rest)}" if rest else "")
    raise AssertionError(number)


@settings(max_examples=400, deadline=None)
@given(st.integers(2, 999_999_999))
def test_french_words_give_their_number_back(number: int) -> None:
    assert [found.value for found in find_numbers(_french(number))] == [number]


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, 10**12),
    st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", "."]),
    st.sampled_from(LANGUAGES),
)
def test_grouping_marks_do_not_change_a_number(number: int, mark: str, language: str) -> None:
    if mark == "." and (language == "en" and number < 1_000_000):
        mark = ","
    text = f"{number:,}".replace(",", mark)
    assert [found.value for found in find_numbers(text, language)] == [number]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789., '-\u00a0½٣３unetcmilardz\n", max_size=60), st.sampled_from(LANGUAGES))
def test_numbers_are_ordered_apart_and_exact(text: str, language: str) -> None:
    place = 0
    for found in find_numbers(text, language):
        assert place <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert found.value >= 0
        place = found.end


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold_typography(text)) == len(text)


@settings(max_examples=200, deadline=None)
@given(
    st.sets(st.text(alphabet="ab-. ", min_size=1, max_size=6), min_size=1, max_size=12),
    st.text(alphabet="ab-. ", max_size=8),
)
def test_a_word_pattern_takes_the_longest_word(words: set[str], text: str) -> None:
    import re

    match = re.match(any_of(words), text)
    longest = max((word for word in words if text.startswith(word)), key=len, default=None)
    assert (match.group() if match else None) == longest


@pytest.mark.parametrize(
    "unit", ["milliard ", "9", "1 000 ", "1.", "cent mille ", "un ", "et demi ", "zweihundert", "und"]
)
@pytest.mark.parametrize("language", ["fr", "de"])
def test_time_grows_with_the_text_and_not_faster(unit: str, language: str) -> None:
    find_numbers("1", language)
    size = 15_000 // len(unit)
    assert grows(lambda n: find_numbers(unit * n, language), size, 3 * size) <= 6


def test_long_runs_of_digits_are_no_number() -> None:
    assert find_numbers("7" * 100_000) == []
    assert find_numbers("1 " * 50_000 + "x")[0].value == 1


@pytest.mark.slow
def test_a_hundred_thousand_random_texts() -> None:
    rng = random.Random(7)
    words = [*_UNITS, *_TENS.values(), *_OTHER_WORDS.split()]
    for _ in range(100_000):
        text = rng.choice((" ", "", "-")).join(rng.choices(words, k=rng.randrange(1, 9)))
        for found in find_numbers(text, rng.choice(LANGUAGES)):
            assert text[found.start : found.end] == found.text
            assert 0 <= found.value <= 1e18
