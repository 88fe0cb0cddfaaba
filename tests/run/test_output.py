"""What every output promises, on the sample corpus: schemas, offsets, nothing lost, nothing unexplained."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus.readers import discover, source_of
from corpus.run.pipeline import RunResult
from corpus.schemas import ENTITY_TABLES, TABLES
from tests.conftest import SAMPLE

SPACE = re.compile(r"\s+")


def rows(out: Path, name: str) -> list[dict[str, object]]:
    return pq.read_table(out / f"{name}.parquet").to_pylist()


@pytest.fixture(scope="module")
def documents(sample: Path) -> dict[str, dict[str, object]]:
    return {str(row["doc_id"]): row for row in rows(sample, "documents")}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_its_schema_with_descriptions(sample: Path, name: str) -> None:
    table = pq.read_table(sample / f"{name}.parquet")
    assert table.schema.equals(TABLES[name].arrow(), check_metadata=True)
    assert b"description" in table.schema.metadata
    for field in table.schema:
        assert field.metadata[b"description"]
        column = table[field.name]
        if not field.nullable:
            assert column.null_count == 0
        if pa.types.is_string(field.type):
            assert "" not in column.to_pylist() or field.name in ("text", "raw_text")
        if pa.types.is_floating(field.type):
            values = [value for value in column.to_pylist() if value is not None]
            assert all(value == value for value in values), "NaN is not how unknown is written"


@pytest.mark.parametrize("name", TABLES)
def test_every_column_of_a_set_holds_values_of_the_set(sample: Path, name: str) -> None:
    table = pq.read_table(sample / f"{name}.parquet")
    for column in TABLES[name].columns:
        if column.values:
            assert set(table[column.name].to_pylist()) - {None} <= set(column.values)


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_sorted_and_keys_are_keys(sample: Path, name: str) -> None:
    table = TABLES[name]
    found = rows(sample, name)
    order = [tuple((row[c] is not None, row[c]) for c in table.sorted_by) for row in found]
    assert order == sorted(order)
    if table.key:
        keys = [tuple(row[c] for c in table.key) for row in found]
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", [*(table.name for table in ENTITY_TABLES), "paragraphs"])
def test_every_mention_points_at_its_characters(
    sample: Path, documents: dict[str, dict[str, object]], name: str
) -> None:
    found = rows(sample, name)
    assert found
    bounds = {
        (row["doc_id"], row["paragraph"]): (row["start"], row["end"]) for row in rows(sample, "paragraphs")
    }
    for row in found:
        text = str(documents[str(row["doc_id"])]["text"])
        assert text[row["start"] : row["end"]] == row["text"]
        first, last = bounds[row["doc_id"], row["paragraph"]]
        assert first <= row["start"] < row["end"] <= last


def test_sentences_are_those_that_mentions_are_numbered_by(
    sample: Path, documents: dict[str, dict[str, object]]
) -> None:
    bounds = {
        (row["doc_id"], row["paragraph"]): (row["start"], row["end"]) for row in rows(sample, "paragraphs")
    }
    sentences = {(row["doc_id"], row["sentence"]): row for row in rows(sample, "sentences")}
    assert set(bounds) == {(row["doc_id"], row["paragraph"]) for row in sentences.values()}
    ends: dict[object, int] = {}
    counted: dict[object, int] = {}
    for (doc_id, number), row in sentences.items():
        assert number == counted.get(doc_id, 0), "numbers have no gaps"
        counted[doc_id] = number + 1
        first, last = bounds[doc_id, row["paragraph"]]
        assert max(first, ends.get(doc_id, 0)) <= row["start"] < row["end"] <= last
        # What stands between sentences is white space: no word is lost to them.
        text = str(documents[str(doc_id)]["text"])
        assert not text[ends.get(doc_id, 0) : row["start"]].strip()
        ends[doc_id] = row["end"]
    for doc_id, document in documents.items():
        assert not str(document["text"])[ends.get(doc_id, 0) :].strip()
    for table in ENTITY_TABLES:
        for row in rows(sample, table.name):
            sentence = sentences[row["doc_id"], row["sentence"]]
            assert sentence["paragraph"] == row["paragraph"]
            assert sentence["start"] <= row["start"] < sentence["end"]


def test_variables_are_the_plain_fields_of_the_metadata(
    sample: Path, documents: dict[str, dict[str, object]]
) -> None:
    told = {(row["doc_id"], row["name"]): row["value"] for row in rows(sample, "variables")}
    assert told
    fields = {
        (doc_id, name): value
        for doc_id, document in documents.items()
        for name, value in json.loads(str(document["metadata"] or "{}")).items()
    }
    assert told.keys() == {key for key, value in fields.items() if not isinstance(value, list | dict)}
    for key, value in told.items():
        assert value == (fields[key] if isinstance(fields[key], str) else json.dumps(fields[key]))


def test_raw_text_without_its_removals_is_the_text(
    sample: Path, documents: dict[str, dict[str, object]]
) -> None:
    removed: dict[str, list[tuple[int, int]]] = {}
    for row in rows(sample, "removals"):
        document = documents[str(row["doc_id"])]
        assert str(document["raw_text"])[row["start"] : row["end"]] == row["text"]
        removed.setdefault(str(row["doc_id"]), []).append((row["start"], row["end"]))
    assert len(removed) > 10
    for doc_id, document in documents.items():
        raw, kept, position = str(document["raw_text"]), [], 0
        for start, end in sorted(removed.get(doc_id, [])):
            assert start >= position, "removals of a document do not overlap"
            kept.append(raw[position:start])
            position = end
        kept.append(raw[position:])
        assert SPACE.sub("", "".join(kept)) == SPACE.sub("", str(document["text"]))


def test_paragraphs_are_the_text(sample: Path, documents: dict[str, dict[str, object]]) -> None:
    texts: dict[str, list[str]] = {doc_id: [] for doc_id in documents}
    for row in rows(sample, "paragraphs"):
        assert row["paragraph"] == len(texts[str(row["doc_id"])])
        texts[str(row["doc_id"])].append(str(row["text"]))
    for doc_id, document in documents.items():
        assert "\n\n".join(texts[doc_id]) == document["text"]
        assert document["paragraphs"] == len(texts[doc_id])


def test_every_input_ends_in_documents_or_problems(
    sample: Path, documents: dict[str, dict[str, object]]
) -> None:
    named = {str(row["source"]).rpartition("#")[0] or str(row["source"]) for row in documents.values()}
    named |= {str(row["source"]) for row in rows(sample, "problems")}
    files = {source_of(path, SAMPLE) for path in discover(SAMPLE) if isinstance(path, Path)}
    assert files <= named


def test_facts_point_at_their_companies_amounts_and_dates(sample: Path) -> None:
    keys = {
        name: {(row["doc_id"], row["start"]): row for row in rows(sample, name)}
        for name in ("companies", "amounts", "dates")
    }
    for fact in rows(sample, "facts"):
        amount = keys["amounts"][fact["doc_id"], fact["amount_start"]]
        assert (amount["low"], amount["high"], amount["currency"]) == (
            fact["low"],
            fact["high"],
            fact["currency"],
        )
        if fact["company_start"] is not None:
            assert keys["companies"][fact["doc_id"], fact["company_start"]]["company"] == fact["company"]
        if fact["date_start"] is not None:
            assert keys["dates"][fact["doc_id"], fact["date_start"]]["start_date"] == fact["start_date"]


def test_a_repeat_names_an_earlier_paragraph(sample: Path) -> None:
    paragraphs = {(row["doc_id"], row["paragraph"]): row for row in rows(sample, "paragraphs")}
    repeated = [row for row in paragraphs.values() if row["first_doc_id"] is not None]
    assert repeated
    for row in repeated:
        first = paragraphs[row["first_doc_id"], row["first_paragraph"]]
        assert (first["doc_id"], first["paragraph"]) != (row["doc_id"], row["paragraph"])


def test_the_data_package_describes_the_files(sample: Path) -> None:
    package = json.loads((sample / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["title"] for resource in package["resources"]] == list(TABLES)
    for resource in package["resources"]:
        assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", resource["name"])
        path = sample / resource["path"]
        assert path.stat().st_size == resource["bytes"]
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert names == pq.read_schema(path).names


def test_the_run_record_says_what_ran(sample_result: RunResult) -> None:
    record = json.loads((sample_result.folder / "run.json").read_text(encoding="utf-8"))
    assert record["status"] == "finished"
    assert (
        record["rows"]["documents"] == pq.read_metadata(sample_result.folder / "documents.parquet").num_rows
    )
    assert set(record["seconds"]) >= {"clean", "repeats", "entities", "tables"}
    assert record["unread"] == sample_result.unread == 0
