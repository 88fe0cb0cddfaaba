"""A corpus that grows, shrinks and changes: the tables of a run from nothing, for the work that is new."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import pytest

import dedupe
from corpus import events
from corpus.clean import Opened
from corpus.config import Config
from corpus.run import pipeline, shards
from corpus.run.pipeline import run_corpus
from corpus.run.row_files import read_rows
from corpus.schemas import Table
from corpus.store import read_parquet
from extract.facts import syntax
from tests.conftest import run_here, write_files
from tests.run.test_run import TEXT, files_of

ENTITIES = Config(until="entities")


def texts(numbers: range) -> dict[str, str]:
    return {
        f"{i:02}.txt": TEXT.format(i) + "Altiva s’installe à Grenoble, dit sa directrice.\n" for i in numbers
    }


def test_an_unchanged_input_is_not_opened_and_nothing_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = write_files(tmp_path / "raw", texts(range(20)))
    out = tmp_path / "out"
    monkeypatch.setattr(shards, "CLOCK_GRAIN", -3600.0)
    first = run_here(raw, out, ENTITIES)
    before = files_of(out)
    with monkeypatch.context() as patch:
        patch.setattr(shards, "file_digest", None)
        patch.setattr(pipeline, "read", None)
        again = run_here(raw, out, ENTITIES)
    assert (first.unchanged, again.unchanged) == (False, True)
    assert again.record == first.record
    assert files_of(out) == before
    (out / "amounts.parquet").unlink()
    assert not run_here(raw, out, ENTITIES).unchanged
    assert files_of(out) == before


def test_what_was_touched_just_now_is_opened_again(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", texts(range(3)))
    run_here(raw, tmp_path / "out", ENTITIES)
    path = raw / "01.txt"
    status = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("1 millions", "8 millions"), encoding="utf-8")
    assert path.stat().st_size == status.st_size
    assert not run_here(raw, tmp_path / "out", ENTITIES).unchanged


def change(raw: Path, how: str) -> None:
    if how == "added":
        write_files(raw, texts(range(40, 43)))
    elif how == "changed":
        write_files(raw, {"07.txt": TEXT.format(777)})
    elif how == "removed":
        (raw / "05.txt").unlink()
    else:
        (raw / "05.txt").rename(raw / "99.txt")


@pytest.mark.parametrize("how", ["added", "changed", "removed", "renamed"])
def test_a_corpus_that_changed_has_the_tables_of_a_run_from_nothing(tmp_path: Path, how: str) -> None:
    raw = write_files(tmp_path / "raw", texts(range(40)))
    run_here(raw, tmp_path / "out", ENTITIES)
    change(raw, how)
    run_here(raw, tmp_path / "out", ENTITIES)
    run_here(raw, tmp_path / "whole", ENTITIES)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")


def test_texts_are_worked_on_once_over_all_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.run.stages import texts as stage

    raw = write_files(tmp_path / "raw", texts(range(40)))
    run_here(raw, tmp_path / "out", ENTITIES)
    worked: list[str] = []
    real = stage._find

    def counted(wanted: list[stage.Text], *rest: object) -> object:
        worked.extend(text.text for text in wanted)
        return real(wanted, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(stage, "_find", counted)
    write_files(raw, {"00a.txt": TEXT.format(3) + TEXT.format(900)})
    run_here(raw, tmp_path / "out", ENTITIES)
    assert worked == [TEXT.format(900).strip()]


def test_of_a_piece_those_documents_are_compared_anew_that_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lines(texts: Iterable[str]) -> str:
        return "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts))

    config = Config(until="repeats")
    found = list(texts(range(20)).values())
    raw = write_files(tmp_path / "raw", {"all.jsonl": lines(found)})
    run_here(raw, tmp_path / "out", config)
    given: list[int] = []
    real = dedupe.RepeatIndex.update

    def noted(index: dedupe.RepeatIndex, paragraphs: Any, *rest: Any) -> Any:
        given.append(len(set(paragraphs["doc_id"].to_pylist())))
        return real(index, paragraphs, *rest)

    monkeypatch.setattr(dedupe.RepeatIndex, "update", noted)
    for changed in ([*found[:7], TEXT.format(777), *found[8:]], [*found[:7], *found[8:]], found):
        write_files(raw, {"all.jsonl": lines(changed)})
        run_here(raw, tmp_path / "out", config)
        run_here(raw, tmp_path / "whole", config)
        assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")
        shutil.rmtree(tmp_path / "whole")
    assert given[0] == 1


def themes(numbers: range) -> dict[str, str]:
    kinds = (
        "Les laboratoires étudient les puces électroniques et la mémoire des serveurs de calcul numéro {}.",
        "Les musiciens défendent les droits des auteurs devant le tribunal de commerce numéro {}.",
        "Les médecins lisent les radiographies des patients avec un logiciel de diagnostic numéro {}.",
    )
    return {f"{i:03}.txt": "\n".join([kinds[i % 3].format(i * 7 + k) for k in range(3)]) for i in numbers}


@pytest.mark.slow
def test_topics_are_applied_while_little_is_new_and_fitted_when_asked(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", themes(range(60)))
    out, config = tmp_path / "out", Config(topics=3)
    assert run_here(raw, out, config).record["notes"]["topics"] == "fitted"
    model = {name: data for name, data in files_of(out).items() if name.startswith("models/")}
    assert model
    write_files(raw, themes(range(60, 63)))
    record = run_here(raw, out, config).record
    assert record["notes"]["topics"].startswith("applied the model of the run before")
    assert {name: data for name, data in files_of(out).items() if name.startswith("models/")} == model
    # What is new is counted from the fit on, not from the last run.
    write_files(raw, themes(range(63, 67)))
    assert run_here(raw, out, config).record["notes"]["topics"] == "fitted"
    shutil.rmtree(out)
    run_here(raw, out, config)
    whole = files_of(out)
    write_files(raw, themes(range(67, 68)))
    run_here(raw, out, config)
    assert run_here(raw, out, config, refit=True).record["notes"]["topics"] == "fitted"
    run_here(raw, tmp_path / "whole", config)
    assert files_of(out) == files_of(tmp_path / "whole") != whole


LEAD = "La start-up {0} a levé {1} millions d’euros auprès du fonds Partech, a-t-elle annoncé le {2} mars 2024.\n"
AGAIN = "Le tour de table de {0}, de {1} millions d’euros, porte à 90 millions d’euros le total réuni par la société.\n"


def rounds(numbers: range) -> dict[str, str]:
    names = ("Avenio", "Brelane", "Corvatis", "Dorsane", "Elvanor")
    return {
        f"2024-03-{i + 1:02}_{kind}.txt": text.format(names[i % 5], 20 + i % 5, i % 5 + 1)
        for i in numbers
        for kind, text in (("a", LEAD), ("b", AGAIN))
    }


def test_events_of_a_corpus_that_grew_are_those_of_a_run_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work parted by kind, or by three workers, changes nothing either."""
    from corpus.run.stages import events as stage

    doubtful = "Brivalon, 200 millions et des câbles\n\nLe groupe Brivalon mettra 200 millions d'euros dans sa future usine.\n"
    raw = write_files(tmp_path / "raw", rounds(range(12)) | {"2024-03-30_c.txt": doubtful})
    first = run_here(raw, tmp_path / "out", ENTITIES).record["rows"]
    assert (first["events"], first["facts"]) >= (5, 24)
    write_files(raw, rounds(range(12, 20)))
    (raw / "2024-03-01_a.txt").unlink()
    grown = run_here(raw, tmp_path / "out", ENTITIES).record["rows"]
    assert grown["facts"] > first["facts"]
    run_here(raw, tmp_path / "whole", ENTITIES)
    monkeypatch.setattr(stage, "AT_ONCE", 0)
    run_here(raw, tmp_path / "parted", ENTITIES)
    run_corpus(raw, tmp_path / "three", Config(until="entities", workers=3))
    whole = files_of(tmp_path / "whole")
    assert "events.parquet" in whole
    for other in ("out", "parted", "three"):
        assert files_of(tmp_path / other) == whole


FINE = "La Cnil a infligé à {0} une amende de {1} millions d’euros, a annoncé l’autorité le {2} mai 2024.\n"


def test_events_that_a_new_document_cannot_reach_are_not_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fines = {f"2024-05-{i:02}.txt": FINE.format(f"Brelane{i}", i + 3, i) for i in range(1, 9)}
    raw = write_files(tmp_path / "raw", rounds(range(8)) | fines)
    first = run_here(raw, tmp_path / "out", ENTITIES).record["rows"]
    write_files(raw, {"2024-05-12.txt": FINE.format("Corvatis", 7, 12)})
    (raw / "2024-05-03.txt").unlink()
    asked: list[events.Statement] = []
    real = events.find_events

    def noted(statements: Iterable[events.Statement], *rest: Any, **more: Any) -> events.Found:
        listed = list(statements)
        asked.extend(listed)
        return real(listed, *rest, **more)

    with monkeypatch.context() as patched:
        patched.setattr(events, "find_events", noted)
        run_here(raw, tmp_path / "out", ENTITIES)
    assert {one.kind for one in asked} == {"fine"}
    assert len(asked) < first["facts"]
    run_here(raw, tmp_path / "whole", ENTITIES)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")


def test_one_more_row_in_the_company_list_reads_the_texts_again_that_name_it(tmp_path: Path) -> None:
    raw = write_files(
        tmp_path / "raw", texts(range(20)) | {"30.txt": "Brivalon a levé 3 millions d’euros en mai.\n"}
    )
    rows = "id,name,aliases\naltivore,Altivore,\n"
    listed = tmp_path / "own.csv"
    config = Config(until="entities", companies=(str(listed),))
    listed.write_text(rows, encoding="utf-8")
    run_here(raw, tmp_path / "out", config)
    before = {path.name for path in (tmp_path / "out" / ".work").glob("findings-*")}
    listed.write_text(rows + "brivalon,Brivalon Robotique,Brivalon\n", encoding="utf-8")
    run_here(raw, tmp_path / "out", config)
    (new,) = {path.name for path in (tmp_path / "out" / ".work").glob("findings-*")} - before
    assert len(read_rows(tmp_path / "out" / ".work" / new / "entities.arrow")) == 1
    run_here(raw, tmp_path / "fresh", config)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "fresh")
    named = read_parquet(tmp_path / "out" / "companies.parquet").to_pylist()
    assert "Brivalon Robotique" in {row["company"] for row in named}


def test_a_document_that_is_placed_again_is_not_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, listed = write_files(tmp_path / "raw", rounds(range(8))), tmp_path / "own.csv"
    config = Config(until="entities", companies=(str(listed),))
    listed.write_text("id,name,aliases\nbrivane,Brivane,\n", encoding="utf-8")
    first = run_here(raw, tmp_path / "out", config).record["rows"]
    (name, *_) = read_parquet(tmp_path / "out" / "facts.parquet", ["company"])["company"].to_pylist()
    listed.write_text(f"id,name,aliases\nbrivane,Brivane,\nlisted,{name},\n", encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(syntax, "_tree", lambda name, sentence: pytest.fail(f"parsed again: {sentence}"))
        then = run_here(raw, tmp_path / "out", config).record["rows"]
    assert then["facts"] == first["facts"] > 0
    run_here(raw, tmp_path / "fresh", config)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "fresh")
    companies = read_parquet(tmp_path / "out" / "companies.parquet").to_pylist()
    assert "listed" in {row["company_id"] for row in companies}


def grown(raw: Path, rng: random.Random, listed: Path, corrections: Path) -> None:
    """One change of a corpus: a file added, changed or removed, a company more, a correction more."""
    there = sorted(raw.glob("*.txt"))
    how = rng.choice(("added", "changed", "removed", "company", "correction"))
    name = rng.choice(("Avenio", "Brelane", "Corvatis", "Dorsane", "Elvanor"))
    text = rng.choice((LEAD, AGAIN)).format(name, rng.randint(20, 24), rng.randint(1, 28))
    if how == "added":
        write_files(raw, {f"2024-04-{len(there):03}.txt": text})
    elif how == "changed":
        rng.choice(there).write_text(text + TEXT.format(rng.randint(0, 40)), encoding="utf-8")
    elif how == "removed" and len(there) > 2:
        rng.choice(there).unlink()
    elif how == "company":
        with listed.open("a", encoding="utf-8") as file:
            file.write(f"{name.lower()}-{len(there)},{name} Groupe,{name}\n")
    else:
        with corrections.open("a", encoding="utf-8") as file:
            file.write(f"rename,corpus,{name},{name} {rng.randint(1, 9)},\n")


@pytest.mark.parametrize("seed", [1, 2, pytest.param(3, marks=pytest.mark.slow)])
def test_after_many_changes_the_bytes_are_those_of_a_run_from_nothing(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    raw = write_files(tmp_path / "raw", rounds(range(6)) | texts(range(6)))
    listed, corrections = tmp_path / "own.csv", tmp_path / "corrections.csv"
    listed.write_text("id,name,aliases\naltivore,Altivore,\n", encoding="utf-8")
    corrections.write_text("action,scope,text,to,note\n", encoding="utf-8")
    config = Config(until="entities", companies=(str(listed),), corrections=str(corrections))
    run_here(raw, tmp_path / "out", config)
    for _ in range(4):
        for _ in range(rng.randint(1, 3)):
            grown(raw, rng, listed, corrections)
        run_here(raw, tmp_path / "out", config)
    run_here(raw, tmp_path / "whole", config)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")


def test_of_a_file_of_many_documents_those_that_changed_are_cleaned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Documents with nothing but furniture, which are problems, are cleaned each time and stand in the tables once."""
    from corpus.run.stages import clean as stage

    def lines(changed: Collection[int]) -> str:
        texts = [TEXT.format(n + 500 * (n in changed)) for n in range(130)] + ["Partager cet article"] * 2
        rows = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts)]
        return "".join(f"{row}\n" for row in rows)

    raw = write_files(tmp_path / "raw", {"all.jsonl": lines(())})
    run_here(raw, tmp_path / "out", ENTITIES)
    cleaned, real = list[str](), stage.clean_documents

    def counted(documents: Iterable[Opened], *rest: Any) -> Any:
        listed = list(documents)
        cleaned.extend(one.document.input_id or "" for one in listed)
        return real(listed, *rest)

    write_files(raw, {"all.jsonl": lines((3, 120))})
    with monkeypatch.context() as patch:
        patch.setattr(stage, "clean_documents", counted)
        run_here(raw, tmp_path / "out", ENTITIES)
    assert {"3", "120"} <= set(cleaned) <= {"3", "120", "130", "131"}
    run_here(raw, tmp_path / "whole", ENTITIES)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")


def test_tables_that_would_be_the_same_are_not_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus.run.stages import tables as stage

    raw = write_files(tmp_path / "raw", rounds(range(6)))
    out, listed = tmp_path / "out", tmp_path / "own.csv"
    listed.write_text("id,name,aliases\naltivore,Altivore,\n", encoding="utf-8")
    config = Config(until="entities", companies=(str(listed),))
    first = run_here(raw, out, config).record
    before, written, real = files_of(out), list[str](), stage.assemble

    def counted(table: Table, *rest: Any) -> int:
        written.append(table.name)
        return real(table, *rest)

    monkeypatch.setattr(stage, "assemble", counted)
    with listed.open("a", encoding="utf-8") as file:
        file.write("nobody,Nobody Names It,\n")
    again = run_here(raw, out, config)
    assert (again.unchanged, written, again.record["rows"]) == (False, [], first["rows"])
    assert files_of(out) == before
    (out / "facts.parquet").write_bytes(b"not what a run wrote")
    with listed.open("a", encoding="utf-8") as file:
        file.write("nothing,Nothing Of It,\n")
    run_here(raw, out, config)
    assert written == ["facts"]
    assert files_of(out) == before
