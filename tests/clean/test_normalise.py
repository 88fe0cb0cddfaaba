from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clean.normalise import normalise


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("L\u2019IA co\u00ad\u00fbte 3\u00a0Md\u20ac.", "L’IA coûte 3\xa0Md€."),
        ("l\u00e2\u20ac\u2122IntÃ©gralitÃ©", "l’Intégralité"),
        ("3\u202f000\u00a0euros", "3\u202f000\u00a0euros"),
        ("« oui » “non” l’un", "« oui » “non” l’un"),
        ("e\u0301te\u0301", "été"),
        ("un\r\ndeux\rtrois\u2028quatre", "un\ndeux\ntrois\nquatre"),
        ("zéro\u200bwidth\ufeff\u2060", "zérowidth"),
        ("bip\x07 nul\x00", "bip nul"),
        ("PÂTÉ À LA CARTE", "PÂTÉ À LA CARTE"),
        ("un ﬂux eﬃcace et ﬁn", "un flux efficace et fin"),
        ("seul \ud800 ici", "seul \ufffd ici"),
    ],
)
def test_each_defect_is_repaired_and_typography_stays(raw: str, expected: str) -> None:
    assert normalise(raw) == expected


@given(st.text())
def test_what_comes_out_is_composed_visible_and_encodable(raw: str) -> None:
    text = normalise(raw)
    text.encode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in text)


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"])))
def test_plain_text_is_left_alone(raw: str) -> None:
    assert normalise(raw) == raw
