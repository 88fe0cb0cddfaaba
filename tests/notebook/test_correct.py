"""Corrections written from a notebook: one row each, in any spreadsheet's CSV, never twice."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import corpus
from corpus.corrections import ACTIONS
from corpus.errors import UsageError
from corpus.notebook.correct import Correction


@pytest.fixture(scope="module")
def c(sample: Path) -> corpus.Corpus:
    return corpus.open(sample)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_rows_of_every_table_are_corrected(c: corpus.Corpus, tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    mention = c.companies.to_pandas().iloc[0]
    fact = c.facts.to_pandas().iloc[0]
    document = c.documents.to_pandas().iloc[0]
    said = c.correct(mention, "rename", "Un autre, SA", file=file)
    assert f"{(c.companies['company'] == mention.company).sum()} rows of companies" in repr(said)
    c.correct(mention, "wrong_mention", file=file)
    c.correct(fact, "wrong_fact", note="a wish", file=file)
    c.correct(document, "outlet", "Le Quai", file=file)
    found = rows(file)
    assert [(row["action"], row["scope"], row["to"]) for row in found] == [
        ("rename", "corpus", "Un autre, SA"),
        ("wrong_mention", f"{mention.doc_id}:{mention.start}", ""),
        ("wrong_fact", f"{fact.doc_id}:{fact.start}", ""),
        ("outlet", document.doc_id, "Le Quai"),
    ]
    assert found[0]["text"] == mention.company
    assert found[2]["note"] == "a wish"


def test_what_no_run_applies_is_not_promised(c: corpus.Corpus, tmp_path: Path) -> None:
    for name, action in ACTIONS.items():
        said = repr(Correction(name, "corpus", "a", "b", "", tmp_path / "corrections.csv", "it changes"))
        assert ("it changes" in said) == action.applied
        assert (f"no run applies {name} yet" in said) != action.applied


def test_the_same_correction_is_one_row(c: corpus.Corpus, tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    for note in ("", "again"):
        c.correct("Sirocco Cloud", "not_company", note=note, file=file)
    assert len(rows(file)) == 1


def test_a_file_of_a_spreadsheet_is_continued(c: corpus.Corpus, tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    file.write_bytes(b"\xef\xbb\xbfaction,scope,text,to,note\r\nstop_word,corpus,annonce,,")
    c.correct("lundi", "stop_word", file=file)
    assert [row["text"] for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())] == [
        "annonce",
        "lundi",
    ]


def test_it_stands_beside_the_configuration(
    c: corpus.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "corpus.toml").touch()
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert c.correct("lundi", "stop_word").file == tmp_path / "corrections.csv"


@pytest.mark.parametrize(
    ("row", "action", "to", "sentence"),
    [
        ("Sirocco Cloud", "not_a_company", None, "Did you mean not_company"),
        ("Sirocco Cloud", "rename", None, "needs `to`"),
        ("Sirocco Cloud", "wrong_mention", None, "give a row with doc_id"),
        ({"doc_id": "x"}, "not_company", None, "needs a row with company"),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(
    c: corpus.Corpus, tmp_path: Path, row: object, action: str, to: str | None, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        c.correct(row, action, to, file=tmp_path / "corrections.csv")
    assert not (tmp_path / "corrections.csv").exists()


def test_another_file_is_not_written_to(c: corpus.Corpus, tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    file.write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no file of corrections"):
        c.correct("lundi", "stop_word", file=file)
    assert file.read_text(encoding="utf-8") == "a;b\n1;2\n"


def test_events_are_named_by_their_rows_or_keys(c: corpus.Corpus, tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    one, other = (row for _, row in c.events.to_pandas().head(2).iterrows())
    for row, to in ((one, other), (one.event, other.event)):
        c.correct(row, "merge_events", to, file=file)
    (row,) = rows(file)  # the same correction twice
    counted = c.facts.to_pandas().query("counted").set_index("event")
    mine, theirs = counted.loc[one.event], counted.loc[other.event]
    assert (row["scope"], row["text"]) == (f"{mine.doc_id}:{mine.start}", mine.text)
    assert row["to"] == f"{theirs.doc_id}:{theirs.start} {theirs.text}"
    with pytest.raises(UsageError, match="No event has the key"):
        c.correct("nothing", "split_event", file=file)
