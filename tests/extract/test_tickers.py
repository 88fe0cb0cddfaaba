"""Codes of stocks are no names, and take none from the firm beside them."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.clock import grows

from extract import find_companies
from extract.find import default_extractor
from extract.tickers import tickers
from extract.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Meta (META.O), Exor (EXOR.AS) et <ALSO.PA> montent.", ["META.O", "EXOR.AS", "ALSO.PA"]),
        ("Les puces de GigaDevice 603986.SS se vendent.", ["603986.SS"]),
        (
            "Nvidia (NASDAQ: NVDA), Atos (Euronext Paris : ATO), Alimentation (TSX : ATD.B).",
            ["NVDA", "ATO", "ATD.B"],
        ),
        ("Ovalis (ISIN FR0000123456, mnémo ALOVA) publie.", ["ISIN FR0000123456", "mnémo ALOVA"]),
        ("Le géant (NYSE IBM) recule.", ["IBM"]),
        ("La SNCF.L'entreprise, IBM.A noter, U.S.A. et S.A., J.P. Morgan, WWW.EXEMPLE.FR", []),
        ("Le symbole IA, une société (SA) et le Nasdaq : rien de neuf.", []),
    ],
)
def test_codes_of_stocks(text: str, codes: list[str]) -> None:
    assert [text[start:end] for start, end in tickers(text)] == codes


def test_the_firm_beside_its_code_is_found_and_the_code_is_not() -> None:
    text = "Orange (ORAN.PA), Meta (META.O) et Nvidia (NASDAQ : NVDA) reculent, Apple AAPL.O monte."
    assert [one.text for one in find_companies(text)] == ["Orange", "Meta", "Nvidia", "Apple"]


@given(st.text(alphabet="AB.1(:) NASDQ\n", max_size=60))
def test_words_are_the_runs_that_lie_outside_of_codes(text: str) -> None:
    codes = list(tickers(text))
    assert all(a < b for a, b in codes)
    assert all(x[1] <= y[0] for x, y in itertools.pairwise(codes))
    words = [found.span() for found in re.finditer(r"[^\W_]+", text)]
    outside = [(a, b) for a, b in words if all(b <= first or last <= a for first, last in codes)]
    found = tokenize(text)
    assert list(zip(found.starts, found.ends, strict=True)) == outside


@pytest.mark.parametrize(
    "text", ["Orange recule. ORAN.PA", "ISIN FR0000123456, mnémo ALOVA", "META.O recule."]
)
def test_a_code_stays_in_its_sentence(text: str) -> None:
    [read] = default_extractor().read([text], ["fr"])
    covered = set().union(*(range(a, b) for a, b in read.sentences))
    assert all(k in covered for k, letter in enumerate(text) if not letter.isspace())


@pytest.mark.parametrize("unit", ["(AB.PA) ", "(A ", "(", "NASDAQ: ", "ISIN ", "AB.PA", "Mnémo : A"])
def test_time_is_linear(unit: str) -> None:
    assert grows(lambda n: tokenize(unit * n), 5_000, 20_000) <= 8
