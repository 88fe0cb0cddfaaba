"""The notebook's door: tables as attributes, SQL, places."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import corpus
from corpus.config import Config
from corpus.errors import TableError, UsageError
from corpus.schemas import TABLES
from tests.conftest import run_here, write_files


@pytest.fixture(scope="module")
def c(sample: Path) -> corpus.Corpus:
    return corpus.open(sample)


def test_every_table_is_an_attribute_in_three_forms(c: corpus.Corpus) -> None:
    assert set(c.tables) == set(TABLES)
    for name in c.tables:
        view = getattr(c, name)
        assert len(view) == len(view.to_pandas()) == len(view.to_polars()) == view.to_arrow().num_rows
        named = [column.name for column in TABLES[name].columns]
        assert view.columns[: len(named)] == named
        assert name in repr(view)
        assert "<table" in view._repr_html_()


def test_dates_and_sums_come_as_pandas_expects_them(c: corpus.Corpus) -> None:
    assert pd.api.types.is_datetime64_any_dtype(c.documents["published"])
    sums = c.sql(
        "select language, sum(words) as words, avg(removed_share) as share from documents group by all"
    )
    assert pd.api.types.is_integer_dtype(sums["words"])
    assert pd.api.types.is_float_dtype(sums["share"])


def test_a_trace_prints_the_paragraph(c: corpus.Corpus) -> None:
    row = c.amounts.to_pandas().iloc[0]
    place = c.trace(row.doc_id, int(row.start))
    assert row.text in repr(place).replace("\n", " ") or row.text in place.paragraph["text"]
    assert any(mention["start"] == row.start for mention in place.mentions)


@pytest.mark.parametrize(
    "query",
    [
        "selec 1",
        "select * from nowhere",
        "select * from read_csv('/etc/passwd')",
        "copy documents to '{folder}/x.csv'",
    ],
)
def test_a_query_that_cannot_be_is_a_sentence(c: corpus.Corpus, tmp_path: Path, query: str) -> None:
    with pytest.raises(TableError):
        c.sql(query.format(folder=tmp_path))
    assert not any(tmp_path.iterdir())


def test_what_is_not_there_is_a_sentence(c: corpus.Corpus, tmp_path: Path) -> None:
    with pytest.raises(TableError, match="Its columns are"):
        c.amounts["euros"]
    with pytest.raises(AttributeError, match="Its tables are"):
        c.amount  # noqa: B018 - the attribute is the test
    with pytest.raises(TableError, match="corpus run"):
        corpus.open(tmp_path)


def test_the_public_names_are_there() -> None:
    for name in corpus.__all__:
        assert getattr(corpus, name) is not None


def test_a_concordance_cuts_no_word_and_reads_towards_its_hit(sample: Path) -> None:
    c = corpus.open(sample)
    hits = c.search("intelligence artificielle", context=25)
    texts = {row.doc_id: row.text for row in c.sql("select doc_id, text from documents").itertuples()}
    for hit in hits.itertuples():
        text, start = texts[hit.doc_id], hit.start
        assert text[start - len(hit.left) : start] == hit.left
        assert len(hit.left) <= 25
        before = text[: start - len(hit.left)]
        assert not before or before[-1].isspace()
    lines = repr(c.search("intelligence artificielle")).splitlines()
    places = {line.index("intelligence artificielle") for line in lines[1:7]}
    assert len(places) == 1


def test_periods_are_shown_by_their_names(sample: Path) -> None:
    c = corpus.open(sample)
    assert "2024 Q2" in repr(c.money("funding_round", by="quarter"))
    assert "2024-06" in repr(c.count("month"))
    assert "2024-06-01" not in repr(c.count("month"))


def test_a_table_takes_what_pandas_does(sample: Path) -> None:
    c = corpus.open(sample)
    fines = c.events.query("kind == 'fine'")
    assert len(fines) == 7
    assert "250\u202f000\u202f000" in repr(fines)
    assert len(c.facts[c.facts["kind"] == "fine"]) == len(c.facts.query("kind == 'fine'"))
    assert list(c.facts[["kind", "low"]].columns) == ["kind", "low"]
    with pytest.raises(AttributeError, match="Did you mean sort_values"):
        assert c.facts.sort_value


def test_an_event_leads_to_the_statement_that_counts(sample: Path) -> None:
    c = corpus.open(sample)
    for event in c.events.head(5).to_dict("records"):
        place = c.trace(event)
        counted = c.sql(f"select doc_id, start from facts where event = '{event['event']}' and counted").iloc[
            0
        ]
        assert (place.doc_id, place.start) == (counted.doc_id, counted.start)
        assert c.trace(event["event"]).start == place.start


def test_what_is_denied_is_told_of_the_events_asked_for(tmp_path: Path) -> None:
    texts = {
        "offre.txt": "Le 3 mars 2025, Kalistor a démenti vouloir racheter Ondalys pour 40 millions d'euros.",
        "amende.txt": "Le 4 mars 2025, la CNIL a condamné Brivane à une amende de 2 millions d'euros.",
    }
    run_here(write_files(tmp_path / "raw", texts), tmp_path / "out", Config())
    c = corpus.open(tmp_path / "out")
    assert "1 denied, left out" in c.money("acquisition").note
    assert "denied" not in c.money("fine").note


def test_questions_that_cannot_be_meant_say_so(sample: Path) -> None:
    c = corpus.open(sample)
    with pytest.raises(UsageError, match="pattern=True"):
        c.search(["amende", "fine"])  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="two languages"):
        c.compare("language", "fr", "en")
    with pytest.raises(UsageError, match="with words in fr"):
        c.compare("outlet", "revue-boreale.example.org", "harbour-review.example.net")
    with pytest.raises(UsageError, match="not chosen by 'published'"):
        c.where(published=None)
