from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus.identity import digest, doc_id, file_digest, text_id, text_key


def test_doc_id_is_a_promise() -> None:
    """Users join tables over years by this value: it may never change."""
    assert doc_id("presse/2024-06_mistral-600.txt") == "92c0d12cf36ac074"


def test_typography_does_not_change_the_wording() -> None:
    assert text_id("L’IA coûte  3\u202f000 € !") == text_id("l'IA coûte 3 000 € !")
    assert text_id("L’IA coûte 3 000 €") != text_id("L’IA coûte 3 001 €")


@given(st.text(), st.text())
def test_exact_keys_tell_exact_texts_apart(a: str, b: str) -> None:
    assert (text_key(a, "fr") == text_key(b, "fr")) == (a == b)
    assert text_key(a, "fr") != text_key(a, None)


def test_digest_ignores_the_order_of_keys() -> None:
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1}) != digest({"a": 2, "b": 1})


def test_file_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 3_000_000)
    (tmp_path / "b").write_bytes(b"x" * 3_000_000)
    (tmp_path / "c").write_bytes(b"x" * 2_999_999 + b"y")
    assert file_digest(tmp_path / "a") == file_digest(tmp_path / "b") != file_digest(tmp_path / "c")
