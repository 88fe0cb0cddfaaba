"""Codes of stocks are no names, and take none from the firm beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import find_companies
from extract.tickers import tickers, without_tickers


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
def test_a_text_without_codes_is_as_long_as_it_was(text: str) -> None:
    assert len(without_tickers(text)) == len(text)
