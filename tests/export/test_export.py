"""Exports, read back by programs that know nothing of this one."""

from __future__ import annotations

import csv
import importlib
import io
import json
import sqlite3
from collections import Counter
from pathlib import Path

import catalogue
import networkx
import openpyxl
import pyarrow.parquet as pq
import pytest
import spacy
import srsly
from spacy.tokens import DocBin
from srsly.msgpack import msgpack_encoders

import corpus
from corpus.errors import OutputError, TableError, UsageError
from corpus.export import ExportOptions, describe, export, format_names
from tests.conftest import ROOT
from tests.export.hostile import TITLE, hostile_corpus
from tests.export.iramuteq_rules import parse

EXPECTED = {
    *(
        "activetigger",
        "corrections",
        "csv",
        "docbin",
        "gexf",
        "iramuteq",
        "jsonl",
        "labelstudio",
        "sqlite",
        "txm",
        "xlsx",
    )
}
ALL = ExportOptions(every=True)


@pytest.fixture(scope="module")
def c(sample: Path) -> corpus.Corpus:
    return corpus.open(sample)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> corpus.Corpus:
    return hostile_corpus(tmp_path_factory.mktemp("hostile"))


def distinct(c: corpus.Corpus) -> dict[tuple[str, int], str]:
    rows = c.sql("select doc_id, paragraph, text from paragraphs where first_doc_id is null or changed_facts")
    return {
        (doc_id, int(paragraph)): text
        for doc_id, paragraph, text in zip(rows.doc_id, rows.paragraph, rows.text, strict=True)
    }


def test_a_format_is_a_module_and_nothing_else_has_to_know() -> None:
    assert set(format_names()) >= EXPECTED
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    for name in format_names():
        module = importlib.import_module(f"corpus.export.formats.{name}")
        assert module.ENDING == "" or module.ENDING.startswith(".")
        assert describe(name).endswith(".")
        assert f"`{name}`" in page, f"docs/export.md says nothing of {name}"


def test_a_workbook_holds_what_the_tables_hold(c: corpus.Corpus, tmp_path: Path) -> None:
    written = export(c, "xlsx", tmp_path / "all.xlsx", ALL)
    book = openpyxl.load_workbook(written.path)
    assert book.sheetnames == ["about", *c.tables]
    for name in c.tables:
        table, sheet = c.table(name).to_arrow(), book[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.max_row == table.num_rows + 1
        header = [cell.value for cell in sheet[1]]
        if "doc_id" in header:
            at = header.index("doc_id")
            assert [row[at].value for row in sheet.iter_rows(min_row=2)] == table["doc_id"].to_pylist()
    header = [cell.value for cell in book["events"][1]]
    at = header.index("eur_low")
    euros = [row[at].value for row in book["events"].iter_rows(min_row=2)]
    total = sum(value for value in c.table("events").to_arrow()["eur_low"].to_pylist() if value is not None)
    assert sum(value for value in euros if value is not None) == pytest.approx(total)
    day = book["documents"].cell(2, [cell.value for cell in book["documents"][1]].index("published") + 1)
    assert day.is_date


def test_repeats_are_left_out_unless_asked_for(c: corpus.Corpus, tmp_path: Path) -> None:
    kept = distinct(c)
    assert len(kept) < len(c.table("paragraphs"))
    book = openpyxl.load_workbook(export(c, "xlsx", tmp_path / "a.xlsx").path)
    rows = [[cell.value for cell in row[:5]] for row in book["paragraphs"].iter_rows(min_row=2)]
    assert {(row[0], row[1]): row[4] for row in rows} == kept


def test_no_cell_is_a_formula(hostile: corpus.Corpus, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(export(hostile, "xlsx", tmp_path / "h.xlsx", ALL).path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if cell.hyperlink] == []
    assert TITLE in [cell.value for cell in cells]


@pytest.mark.parametrize("french", [False, True])
def test_csv_files_are_read_back_and_start_no_program(
    hostile: corpus.Corpus, tmp_path: Path, french: bool
) -> None:
    written = export(hostile, "csv", tmp_path / "csv", ExportOptions(every=True, excel_fr=french))
    for name in hostile.tables:
        content = (written.path / f"{name}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") == french
        lines = list(
            csv.DictReader(
                io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";" if french else ","
            )
        )
        table = hostile.table(name).to_arrow()
        assert len(lines) == table.num_rows
        texts = [field for field in table.schema if str(field.type).startswith(("string", "dictionary"))]
        texts = [field for field in texts if field.name in lines[0]] if lines else []
        for line in lines:
            for field in texts:
                assert not line[field.name].lstrip(" ").startswith(("=", "+", "-", "@", "\t"))
        if name == "companies":
            assert lines
            read = [float(line["score"].replace(",", ".")) for line in lines if line["score"]]
            assert read == pytest.approx([score for score in table["score"].to_pylist() if score is not None])
            assert french == any("," in line["score"] for line in lines)


def test_iramuteq_reads_the_texts_and_no_accident(hostile: corpus.Corpus, tmp_path: Path) -> None:
    written = export(hostile, "iramuteq", tmp_path / "i.txt", ALL)
    texts = parse(written.path.read_text(encoding="utf-8"))
    assert [text.variables["doc"] for text in texts] == hostile.table("documents").to_arrow()[
        "doc_id"
    ].to_pylist()
    assert {text.variables["year"] for text in texts} == {"2024"}
    # Two outlets that differ by an accent stay two.
    outlets = Counter(text.variables.get("outlet") for text in texts)
    assert len(outlets) == len({*hostile.table("documents").to_pandas()["outlet"].dropna()}) >= 4
    assert all(text.lines for text in texts)


def test_iramuteq_holds_each_distinct_paragraph_once(c: corpus.Corpus, tmp_path: Path) -> None:
    written = export(c, "iramuteq", tmp_path / "i.txt")
    texts = parse(written.path.read_text(encoding="utf-8"))
    per_document = Counter(doc_id for doc_id, _ in distinct(c))
    assert {text.variables["doc"]: len(text.lines) for text in texts} == dict(per_document)
    assert written.counts["texts"] == len(texts)


def test_this_program_reads_its_own_iramuteq_corpus(c: corpus.Corpus, tmp_path: Path) -> None:
    from corpus.readers.formats import iramuteq

    content = export(c, "iramuteq", tmp_path / "i.txt").path.read_text(encoding="utf-8")
    assert len(iramuteq.START.findall(content)) == len(parse(content))


def test_txm_has_a_row_and_a_file_a_text(hostile: corpus.Corpus, tmp_path: Path) -> None:
    written = export(hostile, "txm", tmp_path / "txm", ALL)
    with (written.path / "metadata.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    files = {path.stem for path in written.path.glob("*.txt")}
    assert (
        {row["id"] for row in rows}
        == files
        == set(hostile.table("documents").to_arrow()["doc_id"].to_pylist())
    )
    assert all(name.isascii() and name.isalnum() and name.islower() for name in rows[0])
    assert "themecle" in rows[0]
    assert not any(value.startswith(("=", "+", "@", "-")) for row in rows for value in row.values())
    text = (written.path / f"{rows[0]['id']}.txt").read_text(encoding="utf-8")
    assert "\x1b" not in text
    assert "Sylvaro" in text


def test_networkx_reads_both_networks(c: corpus.Corpus, tmp_path: Path) -> None:
    written = export(c, "gexf", tmp_path / "g")
    graph = networkx.read_gexf(written.path / "companies.gexf")
    pairs = c.sql(
        "with n as (select distinct doc_id, paragraph, company from companies where first and role <> 'source') "
        "select a.company one, b.company other, count(*) n from n a join n b using (doc_id, paragraph) "
        "where a.company < b.company group by all"
    )
    labels = networkx.get_node_attributes(graph, "label")
    found = {
        tuple(sorted((labels[one], labels[other]))): data["paragraphs"]
        for one, other, data in graph.edges(data=True)
    }
    assert found == {
        tuple(sorted((one, other))): n for one, other, n in zip(pairs.one, pairs.other, pairs.n, strict=True)
    }
    assert all(data["weight"] == data["paragraphs"] for _, _, data in graph.edges(data=True))
    assert any(data.get("first_day", "").startswith("20") for _, _, data in graph.edges(data=True))
    copies = networkx.read_gexf(written.path / "copies.gexf")
    assert copies.is_directed()


def test_sqlite_gives_the_same_sums(c: corpus.Corpus, tmp_path: Path) -> None:
    written = export(c, "sqlite", tmp_path / "c.sqlite", ALL)
    connection = sqlite3.connect(written.path)
    for name in c.tables:
        assert connection.execute(f"select count(*) from {name}").fetchone()[0] == len(c.table(name))
    query = "select kind, count(*) as n, sum(eur_low) as euros from events group by kind order by kind"
    mine = [tuple(row) for row in connection.execute(query)]
    theirs = c.sql(query)
    assert [row[:2] for row in mine] == list(zip(theirs.kind, theirs.n, strict=True))
    assert sum(row[2] or 0 for row in mine) == pytest.approx(theirs.euros.sum())
    hits = connection.execute("select count(*) from paragraphs_fts where paragraphs_fts match 'millions'")
    assert hits.fetchone()[0] > 5
    connection.close()


def test_jsonl_holds_everything_of_a_document(c: corpus.Corpus, tmp_path: Path) -> None:
    path = export(c, "jsonl", tmp_path / "c.jsonl", ALL).path
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["doc_id"] for line in lines] == c.table("documents").to_arrow()["doc_id"].to_pylist()
    for name in ("paragraphs", "companies", "amounts", "facts"):
        assert sum(len(line[name]) for line in lines) == len(c.table(name))
    assert any(line["variables"] for line in lines)


def test_activetigger_gets_distinct_texts_with_unique_ids(c: corpus.Corpus, tmp_path: Path) -> None:
    rows = pq.read_table(export(c, "activetigger", tmp_path / "a.parquet").path).to_pylist()
    kept = {f"{doc_id}-{paragraph}": text for (doc_id, paragraph), text in distinct(c).items()}
    assert {row["id"]: row["text"] for row in rows} == {
        name: text for name, text in kept.items() if len(text) >= 20
    }


def test_the_template_of_corrections_changes_nothing_until_it_is_filled_in(
    c: corpus.Corpus, tmp_path: Path
) -> None:
    path = export(c, "corrections", tmp_path / "c.csv", ExportOptions(rows=30)).path
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 30
    assert list(rows[0]) == ["action", "scope", "text", "to", "note"]
    assert {row["action"] for row in rows} == {""}
    least = c.sql("select min(score) as least from facts where first").least[0]
    assert any(f"{least:.2f}" in row["note"] for row in rows[:5])


def test_spacy_reads_the_docbin(c: corpus.Corpus, tmp_path: Path) -> None:
    written = export(c, "docbin", tmp_path / "c.spacy", ALL)
    docs = list(DocBin().from_disk(written.path).get_docs(spacy.blank("fr").vocab))
    assert len(docs) == len(c.table("paragraphs"))
    for group in ("companies", "amounts", "dates", "names"):
        assert sum(len(doc.spans[group]) for doc in docs) == len(c.table(group))
    mentions = set(c.sql("select text from amounts").text)
    covered = [span.text for doc in docs for span in doc.spans["amounts"]]
    assert sum(text in mentions for text in covered) > 0.9 * len(covered)


def test_a_docbin_looks_for_encoders_once(
    c: corpus.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """srsly does so for every dictionary it packs, which took three quarters of the time."""
    looked = []
    look = catalogue.Registry.get_entry_points
    monkeypatch.setattr(
        catalogue.Registry,
        "get_entry_points",
        lambda self: (self is msgpack_encoders and looked.append(self)) or look(self),
    )
    export(c, "docbin", tmp_path / "c.spacy")
    assert len(looked) == 1
    srsly.msgpack_dumps({})
    assert len(looked) == 2


def test_label_studio_gets_offsets_into_its_own_text(c: corpus.Corpus, tmp_path: Path) -> None:
    path = export(c, "labelstudio", tmp_path / "t.json", ALL).path
    tasks = json.loads(path.read_text(encoding="utf-8"))
    assert len(tasks) == len(c.table("paragraphs"))
    values = [
        (task["data"]["text"], result["value"])
        for task in tasks
        for prediction in task["predictions"]
        for result in prediction["result"]
    ]
    assert len(values) == sum(len(c.table(name)) for name in ("companies", "amounts", "dates", "names"))
    assert all(text[value["start"] : value["end"]] == value["text"] for text, value in values)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_same_corpus_gives_the_same_bytes(c: corpus.Corpus, tmp_path: Path, name: str) -> None:
    def content(target: Path) -> dict[str, bytes]:
        path = export(c, name, target).path
        files = [path] if path.is_file() else sorted(path.iterdir())
        return {file.name if path.is_dir() else "": file.read_bytes() for file in files}

    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_an_export_replaces_its_own_and_nothing_else(c: corpus.Corpus, tmp_path: Path) -> None:
    export(c, "txm", tmp_path / "mine")
    export(c, "txm", tmp_path / "mine")
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "thesis.docx").write_text("precious")
    with pytest.raises(OutputError, match="no export wrote"):
        export(c, "txm", theirs)
    assert (theirs / "thesis.docx").read_text() == "precious"
    with pytest.raises(OutputError, match="is a folder"):
        export(c, "jsonl", theirs)
    with pytest.raises(UsageError, match="The formats are"):
        export(c, "docx")


def test_a_run_that_stopped_early_is_exported_as_far_as_it_went(tmp_path: Path) -> None:
    from corpus.config import Config
    from tests.conftest import SAMPLE, run_here

    run_here(SAMPLE / "agences", tmp_path / "out", Config(until="clean"))
    c = corpus.open(tmp_path / "out")
    for name in sorted(EXPECTED - {"corrections"}):
        assert export(c, name, tmp_path / name).counts
    with pytest.raises(TableError, match="without --until"):
        export(c, "corrections", tmp_path / "corrections")
