"""The sums of the sample, by hand; `first` and `counted` for any set of documents, in Python and in the SQL of docs/events.md."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pandas as pd
import pytest
from tests.conftest import ROOT

from corpus.events import conversion_note, counted_in, first_in
from corpus.notebook import query_tables
from corpus.run.pipeline import RunResult
from corpus.run.summary import print_summary

BLOCK = re.compile(r"^```sql\n(.*?)^```", re.MULTILINE | re.DOTALL)


def ask(sample: Path, query: str) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in query_tables(sample, query).to_pylist()]


def frame(sample: Path, name: str) -> pd.DataFrame:
    return query_tables(sample, f"select * from {name}").to_pandas()


HAND = {
    "Mistral AI, second quarter of 2024": (
        "kind = 'funding_round' and company = 'Mistral AI' and start_date between '2024-04-01' and '2024-06-30'",
        [(600e6, "EUR")],
    ),
    "Poolside, fourth quarter of 2024": (
        "kind = 'funding_round' and company = 'Poolside' and start_date between '2024-10-01' and '2024-12-31'",
        [(500e6, "USD")],
    ),
    "fines of Google, all years": ("kind = 'fine' and company = 'Google'", [(250e6, "EUR"), (500e6, "EUR")]),
    "Ondéva, corrected the day after": ("kind = 'funding_round' and company = 'Ondéva'", [(45e6, "EUR")]),
    "Clearview AI: a fine, an earlier one, a penalty": (
        "kind = 'fine' and company = 'Clearview AI'",
        [(5.1e6, "EUR"), (20e6, "EUR"), (30.5e6, "EUR")],
    ),
}


@pytest.mark.parametrize("name", HAND)
def test_the_sums_of_the_sample_are_those_of_the_articles(sample: Path, name: str) -> None:
    where, wanted = HAND[name]
    assert ask(sample, f"select low, currency from events where {where} order by low") == wanted


def test_the_queries_of_the_readme_have_these_answers(sample: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [rounds] = BLOCK.findall(readme)
    assert ask(sample, rounds) == [("H Company", 220e6, "USD", 2, 1), ("Mistral AI", 600e6, "EUR", 2, 1)]
    [fines] = re.findall(r'c\.sql\(\s*"(.+?)"\s*\)', readme)
    first, *others = ask(sample, fines)
    # What it pays to settle: 1.5 billion dollars, in euros of that day.
    assert (first[0], round(first[1] / 1e6)) == ("Anthropic", 1288)
    assert others == [("Google", 750e6), ("Clearview AI", 55.6e6), ("OpenAI", 15e6)]


def test_every_event_counts_one_fact_and_has_its_sum(sample: Path) -> None:
    facts, events = frame(sample, "facts"), frame(sample, "events").set_index("event")
    counted = facts[facts["counted"]].set_index("event")
    assert sorted(counted.index) == sorted(events.index)
    assert (counted["low"].fillna(0) == events["low"].reindex(counted.index).fillna(0)).all()
    told = facts[facts["event_rank"].notna()].groupby("event")
    assert (told.size() == events["facts"].reindex(told.size().index)).all()
    assert set(facts["relation"]) == {"statement", "restated", "corrected", "cumulative", "part"}


@pytest.mark.parametrize("folder", ["presse", "agences", "blogs", "%"])
def test_the_sql_of_the_documentation_says_what_python_says(sample: Path, folder: str) -> None:
    read_back, counted, first = (
        block.replace("presse/", f"{folder}/")
        for block in BLOCK.findall((ROOT / "docs" / "events.md").read_text("utf-8"))
    )
    assert ask(sample, read_back)
    documents, facts, paragraphs = (frame(sample, name) for name in ("documents", "facts", "paragraphs"))
    chosen = documents[documents["source"].str.startswith(folder.strip("%"))]["doc_id"]
    key = ["doc_id", "start", "amount_start", "company"]
    in_sql = query_tables(sample, counted).to_pandas()[key]
    in_python = facts[counted_in(facts, chosen)][key]
    assert sorted(map(tuple, in_sql.values)) == sorted(map(tuple, in_python.values))
    assert len(in_sql)
    firsts = paragraphs[first_in(paragraphs, paragraphs, documents, chosen)]
    assert sorted(ask(sample, first)) == sorted(zip(firsts["doc_id"], firsts["paragraph"], strict=True))


def test_what_one_paper_copied_is_first_there(sample: Path) -> None:
    documents, facts, paragraphs = (frame(sample, name) for name in ("documents", "facts", "paragraphs"))
    copy = documents[documents["source"] == "agences/gazette-ouest.txt"]["doc_id"]
    mine = facts[facts["doc_id"].isin(copy)]
    assert not mine["counted"].any()
    assert sorted(mine[counted_in(mine, copy)]["low"]) == [250e6, 500e6]
    assert first_in(mine, paragraphs, documents, copy).all()
    everything = documents["doc_id"]
    assert (counted_in(facts, everything) == facts["counted"]).all()


def test_a_sum_says_what_it_leaves_out() -> None:
    sums = [(1.0, 1.0, "document"), (2.0, None, "none"), (3.0, None, "document"), (None, None, "none")]
    facts = [{"low": low, "eur_low": euros, "eur_basis": basis} for low, euros, basis in sums]
    assert conversion_note(facts) == "2 of 3 not converted, 1 undated"
    events = [
        {"low": low, "eur_low": euros, "start_date": None if basis == "none" else dt.date(2024, 1, 1)}
        for low, euros, basis in sums
    ]
    assert conversion_note(events) == "2 of 3 not converted, 1 undated"


def test_the_summary_of_a_run_says_it_too(
    sample_result: RunResult, capsys: pytest.CaptureFixture[str]
) -> None:
    print_summary(sample_result)
    said = " ".join(capsys.readouterr().err.split())
    assert re.search(r"\d+ of \d+ not converted, \d+ undated", said)
