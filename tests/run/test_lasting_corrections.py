"""What holds for every correction: it changes something, and without its row the bytes are those of a run without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from corpus.config import Config
from corpus.corrections import ACTIONS, COLUMNS
from corpus.run.pipeline import RunResult, run_corpus
from tests.conftest import run_here, write_files

SHARED = (
    "Le conseil régional doit se prononcer au printemps sur l'extension du site, que les riverains attendent."
)
FILES = {
    "le-quai/2024-03-04-rachat.txt": (
        "Nexora rachète Ombrelune pour 400 millions d'euros\n\n"
        "Nexora SAS rachète l'éditeur Ombrelune pour 400 millions d'euros, a annoncé lundi 4 mars 2024 le groupe nantais.\n\n"
        f"{SHARED}\n\n"
        "Les équipes de Vallombreuse ont conseillé le vendeur, et Vallombreuse a investi 8 millions d'euros dans l'opération.\n"
    ),
    "le-phare/2024-03-05-rachat.txt": (
        "L'éditeur Ombrelune passe sous le contrôle de Nexora\n\n"
        "Le groupe nantais Nexora SAS a acquis Ombrelune pour 400 millions d'euros, selon un communiqué diffusé lundi.\n\n"
        "Abonnez-vous à notre lettre\n\n"
        f"{SHARED}\n"
    ),
    "le-phare/2024-09-12-levee.txt": (
        "Altivera lève 12 millions d'euros\n\n"
        "La société Altivera SA a levé 12 millions d'euros le 12 septembre 2024 auprès de la banque Brivane SA.\n\n"
        "En 2023, Altivera SA avait perdu 2 millions d'euros, selon les comptes que la société a déposés au greffe.\n"
    ),
    "le-quai/2024-12-02-tour.txt": (
        "Altivera SA reprend des forces\n\n"
        "Après un premier tour, la société Altivera SA a levé 12,5 millions d'euros le 2 décembre 2024, dit son fondateur.\n\n"
        "La Ruche a investi 3 millions d'euros dans un entrepôt. Rien n'a filtré de La Ruche Normande depuis.\n"
    ),
}
Row = tuple[str, str, str, str]


def ask(out: Path, query: str) -> list[tuple[Any, ...]]:
    """The answer to a query whose tables are written as {facts}."""
    tables = {path.stem: f"'{path}'" for path in out.glob("*.parquet")}
    return duckdb.sql(query.format(**tables)).fetchall()


def place(out: Path, table: str, where: str) -> tuple[str, str]:
    """Scope and text of the first row of a table."""
    ((doc_id, start, text), *_) = ask(
        out, f"select doc_id, start, text from {{{table}}} where {where} order by doc_id, start"
    )
    return f"{doc_id}:{start}", text


def document(out: Path, source: str) -> str:
    ((doc_id,),) = ask(out, f"select doc_id from {{documents}} where source like '%{source}%'")
    return str(doc_id)


def rounds(out: Path) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two rounds, each at the fact that counts."""
    return (
        place(out, "facts", "kind = 'funding_round' and low = 12e6 and counted"),
        place(out, "facts", "kind = 'funding_round' and low = 12.5e6 and counted"),
    )


CASES: dict[str, Callable[[Path], Row]] = {
    "rename": lambda out: ("rename", "corpus", "Nexora", "Nexora Groupe"),
    "merge": lambda out: ("merge", "corpus", "Altivera", "Nexora"),
    "not_company": lambda out: ("not_company", document(out, "2024-03-05"), "Ombrelune", ""),
    "is_company": lambda out: ("is_company", "corpus", "La Ruche", ""),
    "split": lambda out: (
        "split",
        *place(out, "companies", "company = 'Altivera' and start > 0"),
        "Altivera Conseil",
    ),
    "wrong_mention": lambda out: ("wrong_mention", *place(out, "amounts", "low = 2e6"), ""),
    "wrong_fact": lambda out: ("wrong_fact", *place(out, "facts", "kind = 'acquisition'"), ""),
    "split_event": lambda out: (
        "split_event",
        *place(out, "facts", "kind = 'acquisition' and not counted"),
        "",
    ),
    "merge_events": lambda out: ("merge_events", *rounds(out)[0], " ".join(rounds(out)[1])),
}
CHANGES = {
    "rename": ("companies", "facts", "events"),
    "merge": ("companies", "facts", "events"),
    "not_company": ("companies", "facts"),
    "is_company": ("companies", "facts", "events"),
    "split": ("companies", "facts", "events"),
    "wrong_mention": ("amounts", "facts", "events"),
    "wrong_fact": ("facts", "events"),
    "split_event": ("facts", "events"),
    "merge_events": ("facts", "events"),
}
"""The tables that a correction's case must reach."""
BUILT = [action for action in ACTIONS.values() if action.applied and action.stage != "topics"]


def config(folder: Path, rows: list[Row] | None, workers: int = 1) -> Config:
    """Without rows: no file of corrections."""
    if rows is None:
        return Config(until="entities", workers=workers)
    path = folder / "corrections.csv"
    with path.open("w", encoding="utf-8") as file:
        for row in (COLUMNS[:4], *rows):
            file.write(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n")
    return Config(until="entities", workers=workers, corrections=str(path))


def run(folder: Path, raw: Path, rows: list[Row] | None) -> RunResult:
    return run_here(raw, folder / "out", config(folder, rows))


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_files(tmp_path_factory.mktemp("corpus") / "raw", FILES)


@pytest.fixture(scope="module")
def plain(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RunResult]:
    folder = tmp_path_factory.mktemp("plain")
    return folder / "out", run(folder, raw, None)


def test_every_action_has_its_case() -> None:
    assert CASES.keys() == CHANGES.keys() == {action.name for action in BUILT}


@pytest.mark.parametrize("action", CASES)
def test_a_correction_changes_something_and_nothing_once_its_row_is_gone(
    raw: Path, plain: tuple[Path, RunResult], tmp_path: Path, action: str
) -> None:
    before, result = plain
    row = CASES[action](before)
    corrected = run(tmp_path, raw, [row])
    assert not ask(tmp_path / "out", "select * from {problems} where stage = 'corrections'")
    outputs = corrected.record["outputs"]
    changed = {name for name, mark in outputs.items() if result.record["outputs"][name] != mark}
    assert {f"{name}.parquet" for name in CHANGES[action]} <= changed
    again = run(tmp_path, raw, [])
    assert again.record["outputs"] == result.record["outputs"]


def test_all_together_give_the_same_bytes_from_nothing_and_with_any_number_of_workers(
    raw: Path, plain: tuple[Path, RunResult], tmp_path: Path
) -> None:
    rows = [case(plain[0]) for case in CASES.values()]
    run(tmp_path, raw, None)
    grown = run(tmp_path, raw, rows)
    for name, workers in (("one", 1), ("two", 2)):
        folder = tmp_path / name
        folder.mkdir()
        fresh = run_corpus(raw, folder / "out", config(folder, rows, workers))
        assert fresh.record["outputs"] == grown.record["outputs"]


def test_two_rounds_become_one_event_and_one_becomes_two(
    raw: Path, plain: tuple[Path, RunResult], tmp_path: Path
) -> None:
    def events(out: Path) -> list[tuple[Any, ...]]:
        return ask(out, "select kind, low, facts from {events} order by kind, low, facts")

    out = tmp_path / "out"
    run(tmp_path, raw, [CASES["merge_events"](plain[0])])
    assert len(events(out)) == len(events(plain[0])) - 1
    assert ask(out, "select distinct event_rule from {facts} where corrected_by is not null order by 1") == [
        ("first",),
        ("user",),
    ]
    run(tmp_path, raw, [CASES["split_event"](plain[0])])
    assert len(events(out)) == len(events(plain[0])) + 1
    ((rule, rank),) = ask(out, "select event_rule, event_rank from {facts} where corrected_by is not null")
    assert (rule, rank) == ("user", 1)


def test_a_wrong_mention_is_no_counterparty(raw: Path, plain: tuple[Path, RunResult], tmp_path: Path) -> None:
    wanted = "company = 'Brivane'"
    assert ask(plain[0], "select * from {facts} where counterparty = 'Brivane'")
    run(tmp_path, raw, [("wrong_mention", *place(plain[0], "companies", wanted), "")])
    assert not ask(tmp_path / "out", "select * from {facts} where list_contains(counterparties, 'Brivane')")
    ((low, party),) = ask(
        tmp_path / "out", "select low, counterparty from {facts} where corrected_by is not null"
    )
    assert (low, party) == (12e6, None)


def test_who_says_that_a_name_is_a_company_has_its_mentions_and_facts(
    raw: Path, plain: tuple[Path, RunResult], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert not ask(plain[0], "select * from {companies} where text = 'La Ruche'")
    run(tmp_path, raw, [("is_company", "corpus", "La Ruche", "Ruche et Cie")])
    told = ask(out, "select start, text, found_by from {companies} where corrected_by is not null")
    assert [(text, found_by) for _, text, found_by in told] == [("La Ruche", "user")]
    assert ask(out, "select company from {facts} where low = 3e6") == [("Ruche et Cie",)]
    run(tmp_path, raw, [("is_company", f"{document(out, 'tour')}:{told[0][0] + 40}", "La Ruche", "")])
    assert len(ask(out, "select * from {companies} where company = 'La Ruche' and found_by = 'user'")) == 1
    run(tmp_path, raw, [("is_company", "corpus", "La Roche", "")])
    assert ask(out, "select kind from {problems}") == [("no_match",)]
