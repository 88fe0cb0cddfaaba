"""A choice of documents: its tables are what a run over those documents alone would say of firsts, originals and counts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus
from corpus.errors import UsageError
from corpus.notebook.own_columns import with_own_columns
from corpus.notebook.selection import Selection, make_selection
from corpus.notebook.tables import Tables
from corpus.schemas import TABLES

SUMMED = {"topics": ("share",), "topic_trends": ("weight",)}


@pytest.fixture(scope="module")
def c(sample: Path) -> corpus.Corpus:
    return corpus.open(sample)


def chosen(c: corpus.Corpus, doc_ids: list[str]) -> corpus.Corpus:
    selection = Selection(values=(("doc_id", tuple(doc_ids)),))
    return corpus.Corpus(c.folder, Tables(c.folder, selection, Tables(c.folder)))


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"problems"}))
def test_all_documents_chosen_are_the_corpus(c: corpus.Corpus, name: str) -> None:
    """What is worked out anew for every document is what the run stored."""
    everything = chosen(c, sorted(c.documents["doc_id"]))
    stored, anew = c.table(name).to_pandas(), everything.table(name).to_pandas()
    # Of a document's weights the smallest are not stored, so that sums over them come out a little off.
    loose = {column: 0.0 for column in stored if column in SUMMED.get(name, ())}
    pd.testing.assert_frame_equal(stored.assign(**loose), anew.assign(**loose), check_categorical=False)
    for column in loose:
        assert (stored[column] - anew[column]).abs().max() < 0.02


@pytest.mark.parametrize("name", sorted(TABLES))
def test_no_table_speaks_of_documents_left_out(c: corpus.Corpus, name: str) -> None:
    some = sorted(c.documents["doc_id"])[::3]
    part = chosen(c, some).table(name).to_pandas()
    assert set(part.columns) == set(c.table(name).columns)
    if "doc_id" in part:
        assert set(part["doc_id"]) <= set(some)
        assert len(part) == c.table(name)["doc_id"].isin(some).sum()
    for column in ("first_doc_id", "duplicate_of"):
        if column in part:
            assert set(part[column].dropna()) <= set(some)


@settings(max_examples=25)
@given(data=st.data())
def test_firsts_of_any_choice(c: corpus.Corpus, data: st.DataObject) -> None:
    """Of each wording one document is the first; what is left of a copy whose original is not chosen counts."""
    known = sorted(c.documents["doc_id"])
    part = chosen(c, sorted(data.draw(st.sets(st.sampled_from(known), min_size=1))))
    paragraphs = part.paragraphs.to_pandas()
    own = paragraphs[paragraphs["first_doc_id"].isna()]
    assert set(own["text_id"]) | set(paragraphs[paragraphs["first_doc_id"].notna()]["text_id"]) == set(
        paragraphs["text_id"]
    )
    # An exact repeat is never counted in two documents.
    assert own.groupby("text_id")["doc_id"].nunique().max() in (1, float("nan")) or own.empty
    firsts = set(zip(own["doc_id"], own["paragraph"], strict=True))
    changed = paragraphs[paragraphs["changed_facts"].fillna(False).astype(bool)]
    firsts |= set(zip(changed["doc_id"], changed["paragraph"], strict=True))
    for name in ("companies", "amounts", "facts"):
        rows = part.table(name).to_pandas()
        for row in rows.itertuples():
            if row.first:
                assert (row.doc_id, row.paragraph) in firsts


def test_a_copy_alone_is_an_original(c: corpus.Corpus) -> None:
    copies = c.documents.to_pandas().dropna(subset=["duplicate_of"])
    alone = chosen(c, [copies.doc_id.iloc[0]])
    assert alone.documents["duplicate_of"].isna().all()
    assert alone.companies["first"].all()
    assert alone.count("language").distinct_documents.sum() == 1


def test_conditions_meet(c: corpus.Corpus) -> None:
    french = c.where(language="fr", since="2025-02", until="2025")
    days = french.documents.to_pandas()["published"]
    assert days.min() >= pd.Timestamp(2025, 2, 1)
    assert days.max() <= pd.Timestamp(2025, 12, 31)
    assert set(french.documents["language"]) == {"fr"}
    assert len(french.where(until="2025-02").documents) < len(french.documents)
    both = c.where(language=["de", "EN"])
    assert set(both.documents["language"]) == {"de", "en"}
    assert "7 of 47 documents: language de or en." in both.note
    named = c.where(company="ondeva")
    assert len(named.documents) == 2
    assert len(c.where(distinct=True).documents) == c.documents["duplicate_of"].isna().sum()
    topic = int(c.topics["topic"][0])
    assert (
        len(c.where(topic=topic).documents)
        == c.sql(f"select count(*) as n from doc_topics where rank = 0 and topic = {topic}").n[0]
    )


def test_undated_documents_are_named(c: corpus.Corpus) -> None:
    undated = c.documents["published"].isna().sum()
    assert f"{undated} undated left out" in c.where(since="2000").note


def test_nothing_chosen_is_an_empty_corpus(c: corpus.Corpus) -> None:
    empty = c.where(since="2099")
    assert len(empty.documents) == len(empty.facts) == len(empty.paragraphs) == 0
    assert "0" in repr(empty)
    assert len(empty.companies_named()) == len(empty.count("language")) == 0
    assert "∅" in empty.companies_named().plot().svg()


@pytest.mark.parametrize(
    ("conditions", "sentence"),
    [
        ({"languag": "fr"}, "Did you mean language"),
        ({"language": "xx"}, "No document has language 'xx'"),
        ({"company": "Mistrl AI"}, "Did you mean Mistral AI"),
        ({"since": "last year"}, "2024-03"),
        ({"topic": 999}, "The topics are"),
    ],
)
def test_what_is_not_there_is_a_sentence(
    c: corpus.Corpus, conditions: dict[str, object], sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        c.where(**conditions)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        (2024, dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2024-12", dt.date(2024, 12, 1), dt.date(2024, 12, 31)),
        ("2024-02-03", dt.date(2024, 2, 3), dt.date(2024, 2, 3)),
        (dt.date(2024, 5, 6), dt.date(2024, 5, 6), dt.date(2024, 5, 6)),
        (dt.datetime(2024, 5, 6, 12), dt.date(2024, 5, 6), dt.date(2024, 5, 6)),
    ],
)
def test_bounds_of_time(c: corpus.Corpus, asked: object, first: dt.date, last: dt.date) -> None:
    selection = make_selection(Tables(c.folder), since=asked, until=asked)
    assert (selection.since, selection.until) == (first, last)


def test_own_variables_choose_and_group(c: corpus.Corpus) -> None:
    """Columns that came with the documents (a heading of an export) are conditions and groups by their names."""
    assert len(c.where(rubrique="marchés").documents) == 3
    counted = c.count("rubrique")
    assert counted.set_index("rubrique").documents["Marchés"] == 3
    assert "35 without rubrique left out" in counted.note
    assert len(c.where(language="fr").where(rubrique=["Marchés", "Société"]).documents) == 5
    with pytest.raises(UsageError, match="Did you mean rubrique"):
        c.where(rubriqe="Marchés")


@pytest.mark.parametrize(("by", "behind"), [("company", ""), ("quarter", " and left out")])
def test_a_sum_says_what_has_no_euros_and_no_date(c: corpus.Corpus, by: str, behind: str) -> None:
    query = (
        "select count(*) filter (eur_low is null) as lost, count(*) as n, "
        "count(*) filter (start_date is null) as undated from events where certainty <> 'denied'"
    )
    [said] = c.sql(query).itertuples()
    assert (
        f"{said.lost} of {said.n} not converted into euros, {said.undated} undated{behind}"
        in c.money(by=by).note
    )


def test_own_variables_are_columns_of_documents_too(c: corpus.Corpus) -> None:
    assert "rubrique" in c.documents.columns
    [row] = c.sql("select count(*) as n from documents where rubrique = 'Marchés'").itertuples()
    assert row.n == 3 == int((c.documents["rubrique"] == "Marchés").sum())
    assert set(c.where(rubrique="Marchés").documents["rubrique"]) == {"Marchés"}


def test_own_columns_have_the_type_that_all_their_values_have() -> None:
    values = {
        "note": ("3", "-5"), "share": ("0.5", "2"), "day": ("2024-05-01", "2024-02-29"), "paid": ("true", "false"),
        "code": ("07100", "13001"), "no day": ("2024-05-01", "2024-02-30"), "O'Neil \"x\"": ("a", "b"), "Title": ("x", "y"),
        "Note": ("z", "z"),
    }  # fmt: skip
    connection = duckdb.connect()
    connection.execute("create table variables (doc_id varchar, name varchar, value varchar)")
    for name, both in values.items():
        connection.executemany(
            "insert into variables values (?, ?, ?)",
            [[doc, name, each] for doc, each in zip("ab", both, strict=True)],
        )
    query = with_own_columns(
        connection, "select unnest(['a', 'b', 'c']) as doc_id, '' as title", "variables", ["doc_id", "title"]
    )
    found = {name: kind for name, kind, *_ in connection.execute(f"describe {query}").fetchall()}
    assert found == {
        "doc_id": "VARCHAR", "title": "VARCHAR", "Note": "VARCHAR", "share": "DOUBLE", "day": "DATE", "paid": "BOOLEAN",
        "code": "VARCHAR", "no day": "VARCHAR", "O'Neil \"x\"": "VARCHAR",
    }  # fmt: skip
    assert connection.execute(f"select share, day from ({query}) order by doc_id").fetchall()[2] == (
        None,
        None,
    )
