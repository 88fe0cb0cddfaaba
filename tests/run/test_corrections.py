"""What a user put right is applied on every run, whatever the offsets are then; what matches nothing any more is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from corpus.config import Config, load_config
from corpus.corrections import ACTIONS, Action, read_corrections
from corpus.corrections.actions import as_markdown
from corpus.errors import ConfigError
from corpus.run.pipeline import RunResult
from tests.conftest import ROOT, run_here

TEXT = (
    "Nexora SAS rachète l'éditeur Ombrelune pour 400 millions d'euros, a annoncé mardi le groupe nantais.\n\n"
    "La société Altivera SA a levé 12 millions d'euros en mars 2024, et Nexora SAS a signé un contrat de 3 millions d'euros.\n\n"
    "En 2023, Altivera SA avait perdu 2 millions d'euros, selon les comptes que la société a déposés au greffe.\n"
)
HEAD = "action,scope,text,to,note\n"


def run(
    folder: Path, corrections: str | bytes | None, text: str = TEXT, until: str = "entities"
) -> RunResult:
    raw = folder / "raw"
    raw.mkdir(exist_ok=True)
    (raw / "article.txt").write_text(text, encoding="utf-8")
    config = Config(until=until, workers=1)
    if corrections is not None:
        path = folder / "corrections.csv"
        path.write_bytes(corrections.encode() if isinstance(corrections, str) else corrections)
        config = Config(until=until, workers=1, corrections=str(path))
    return run_here(raw, folder / "out", config)


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(folder / "out" / f"{table}.parquet").to_pylist()
    return found


def names(folder: Path) -> set[str]:
    return {row["company"] for row in rows(folder, "companies")}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plain")
    run(folder, None)
    assert {"Nexora", "Altivera"} <= names(folder)
    assert {row["company"] for row in rows(folder, "facts")} & {"Nexora", "Altivera"}
    return folder


def test_the_page_lists_the_actions_as_the_program_has_them() -> None:
    page = (ROOT / "docs" / "corrections.md").read_text(encoding="utf-8")
    assert as_markdown() in page, "run: make docs"


@pytest.mark.parametrize(
    "action", [one for one in ACTIONS.values() if not one.applied], ids=lambda one: one.name
)
def test_what_no_run_applies_is_told_as_that(tmp_path: Path, action: Action) -> None:
    run(tmp_path, HEAD + f"{action.name},corpus,Nexora,Altivera,\n")
    (problem,) = rows(tmp_path, "problems")
    assert (problem["source"], problem["kind"]) == ("corrections.csv#1", "not_applied")
    assert action.name in problem["message"]


def test_what_a_later_stage_applies_is_no_problem_before_it(tmp_path: Path) -> None:
    result = run(tmp_path, HEAD + "rename,corpus,Brumaire,Brumaire SA,\n", until="clean")
    assert not rows(tmp_path, "problems")
    assert result.record["hashes"]["corrections"]


@pytest.mark.parametrize("action", ["merge", "rename"])
def test_a_company_is_renamed_in_mentions_and_facts(plain: Path, tmp_path: Path, action: str) -> None:
    run(tmp_path, HEAD + f"{action},corpus,Altivera,Altivera Groupe,\n")
    assert "Altivera" not in names(tmp_path)
    assert "Altivera Groupe" in names(tmp_path)
    before = [row["company"].replace("Altivera", "Altivera Groupe") for row in rows(plain, "facts")]
    assert [row["company"] for row in rows(tmp_path, "facts")] == before
    for row in rows(tmp_path, "companies"):
        assert (row["corrected_by"] is not None) == (row["company"] == "Altivera Groupe")


def test_what_is_no_company_has_no_mention_and_no_fact(tmp_path: Path) -> None:
    run(tmp_path, HEAD + "not_company,corpus,Altivera,,\n")
    assert "Altivera" not in names(tmp_path)
    assert "Nexora" in names(tmp_path)
    assert all(row["company"] != "Altivera" for row in rows(tmp_path, "facts"))
    assert not rows(tmp_path, "problems")


def test_one_place_is_found_again_when_the_text_has_moved(plain: Path, tmp_path: Path) -> None:
    last = max(
        (row for row in rows(plain, "companies") if row["company"] == "Altivera"), key=lambda r: r["start"]
    )
    place = f"{last['doc_id']}:{last['start']}"
    moved = "Le marché des logiciels médicaux se resserre autour de quelques groupes.\n\n" + TEXT
    run(tmp_path, HEAD + f"split,{place},{last['text']},Altivera Conseil,\n", moved)
    changed = [row for row in rows(tmp_path, "companies") if row["corrected_by"]]
    assert [(row["company"], row["text"]) for row in changed] == [("Altivera Conseil", last["text"])]
    assert "Altivera" in names(tmp_path)


def test_a_wrong_mention_takes_its_facts_along_and_a_wrong_fact_goes_alone(
    plain: Path, tmp_path: Path
) -> None:
    facts = rows(plain, "facts")
    fact = facts[0]
    amount = next(row for row in rows(plain, "amounts") if row["start"] == fact["amount_start"])
    for name, row in (("wrong_mention", amount), ("wrong_fact", fact)):
        folder = tmp_path / name
        folder.mkdir()
        run(folder, HEAD + f'{name},{row["doc_id"]}:{row["start"]},"{row["text"]}",,\n')
        assert len(rows(folder, "facts")) == len(facts) - 1
        lost = len(rows(plain, "amounts")) - len(rows(folder, "amounts"))
        assert lost == (1 if name == "wrong_mention" else 0)


def test_what_matches_nothing_or_cannot_be_meant_is_a_problem_with_its_row(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        HEAD
        + "rename,corpus,Brumaire,Brumaire SA,\nrenamed,corpus,a,b,\nsplit,corpus,Nexora,b,\n,corpus,template,,\n"
        + "rename,ici,a,b,\nmerge,corpus,Nexora,,\n",
    )
    found = {row["source"]: row["kind"] for row in rows(tmp_path, "problems")}
    assert found == {
        "corrections.csv#1": "no_match",
        **{f"corrections.csv#{n}": "not_meant" for n in (2, 3, 5, 6)},
    }
    assert all(row["recovered"] and row["message"].endswith((".", "?")) for row in rows(tmp_path, "problems"))
    assert result.unread == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_spreadsheet_s_file_is_read(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = [
        ["Action", "Scope", "Text", "To", "Note"],
        ["rename", "corpus", "Société Éclair", "Éclair à réaction", "vérifié par la rédaction"],
    ]
    path = tmp_path / "corrections.csv"
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    ledger = read_corrections(path)
    (found,) = ledger.corrections
    assert (found.action, found.text, found.to) == ("rename", "Société Éclair", "Éclair à réaction")
    assert ledger.problems == []


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no column scope, to"):
        run(tmp_path, "action,text\nrename,a\n")


def test_corrections_are_taken_from_beside_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "corpus.toml").write_text("workers = 1\n")
    assert load_config(tmp_path / "corpus.toml").corrections is None
    (tmp_path / "corrections.csv").write_text(HEAD)
    assert load_config(tmp_path / "corpus.toml").corrections == str(tmp_path / "corrections.csv")
    monkeypatch.chdir(tmp_path)
    assert load_config(None).corrections == "corrections.csv"


def test_a_rerun_with_corrections_extracts_nothing_again_and_gives_the_same_bytes(tmp_path: Path) -> None:
    first = run(tmp_path, None)
    assert first.record["hashes"]["corrections"] is None
    kept = {path.name for path in (tmp_path / "out" / ".work").iterdir() if path.is_dir()}
    corrected = run(tmp_path, HEAD + "rename,corpus,Altivera,Altivera Groupe,\n")
    now = {path.name for path in (tmp_path / "out" / ".work").iterdir() if path.is_dir()}
    assert {name.partition("-")[0] for name in now - kept} <= {"given", "corrected", "events"}
    assert corrected.record["hashes"]["corrections"]
    assert run(tmp_path, HEAD + "rename,corpus,Altivera,Altivera Groupe,\n").unchanged
    again = tmp_path / "again"
    again.mkdir()
    fresh = run(again, HEAD + "rename,corpus,Altivera,Altivera Groupe,\n")
    assert fresh.record["outputs"] == corrected.record["outputs"]
