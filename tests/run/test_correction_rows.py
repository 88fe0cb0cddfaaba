"""What corrections make of rows by themselves: keys stay keys, and what a list knows is not lost."""

from __future__ import annotations

from typing import Any

from corpus.corrections import Correction, correct_rows

MERGE = Correction(1, "k", "merge", None, None, "Brastel Labs", "Brastel")


def fact(company: str, score: float) -> dict[str, Any]:
    place = {"doc_id": "d", "start": 0, "amount_start": 9, "company_start": None, "text": "dit"}
    party = {"company": company, "counterparty": None, "counterparties": None, "corrected_by": None}
    return place | party | {"score": score}


def test_facts_that_two_names_made_of_one_statement_become_one() -> None:
    facts = [fact("Brastel", 0.4), fact("Brastel Labs", 0.8)]
    rows: dict[str, list[dict[str, Any]]] = {"companies": [], "facts": facts}
    assert correct_rows(rows, [MERGE], {}) == {"k"}
    assert [(row["company"], row["score"]) for row in rows["facts"]] == [("Brastel", 0.8)]


def test_a_name_that_no_list_knows_takes_nothing_away() -> None:
    mention = {
        "doc_id": "d",
        "start": 0,
        "text": "Brastel Labs",
        "company": "Brastel Labs",
        "company_id": "Q1",
        "country": "FR",
        "sector": None,
        "corrected_by": None,
    }
    rows: dict[str, list[dict[str, Any]]] = {"companies": [mention], "facts": []}
    correct_rows(rows, [MERGE], {})
    assert [(row["company"], row["company_id"]) for row in rows["companies"]] == [("Brastel", "Q1")]
