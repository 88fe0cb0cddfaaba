"""Repeats in a column of a DataFrame."""

from __future__ import annotations

import pandas as pd
import pytest

import dedupe
from dedupe import frames

FIRST = "Ondéva a levé 42 millions d’euros auprès de trois fonds pour surveiller les réseaux d’eau, dit-elle lundi."
OTHER = "Le conseil municipal a voté mardi la fermeture de la piscine, faute de moyens pour la chauffer cet hiver."


def test_what_is_kept_what_it_repeats_and_why() -> None:
    texts = [FIRST, OTHER, FIRST, FIRST.replace("42", "45"), None, ""]
    table = pd.DataFrame({"texte": texts}, index=list("abcdef"))
    found = dedupe.find(table, text="texte")
    assert found.index.tolist() == list("abcdef")
    assert found.kept.tolist() == [True, True, False, True, True, True]
    assert found.repeats["c"] == "a"
    assert (found.kind["c"], found.why["c"]) == ("exact", "the same words")
    assert found.changed_facts.tolist() == [False, False, False, True, False, False]
    assert "42" in found.why["d"]
    assert "45" in found.why["d"]
    assert table[found.kept].texte.tolist()[:2] == [FIRST, OTHER]


def test_the_earlier_date_is_the_original() -> None:
    table = pd.DataFrame({"texte": [FIRST, FIRST, FIRST], "jour": ["2024-03-02", "2024-03-01", None]})
    found = dedupe.find(table, text="texte", published="jour")
    assert found.kept.tolist() == [False, True, False]
    assert found.repeats.tolist()[0] == 1


def test_what_cannot_be_meant_is_one_sentence() -> None:
    table = pd.DataFrame({"texte": [FIRST, OTHER]}, index=[0, 0])
    with pytest.raises(dedupe.ParagraphsError, match="The columns are: texte"):
        dedupe.find(table, text="text")
    with pytest.raises(dedupe.ParagraphsError, match="twice"):
        dedupe.find(table, text="texte")


def test_an_empty_frame_gives_an_empty_frame() -> None:
    assert list(dedupe.find(pd.DataFrame({"texte": []}), text="texte").columns) == list(frames.COLUMNS)
