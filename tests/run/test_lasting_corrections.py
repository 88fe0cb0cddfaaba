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
    "outlet": lambda out: ("outlet", "corpus", "le-quai/*", "Le Quai"),
    "residue": lambda out: ("residue", *place(out, "paragraphs", "text like 'En 2023%'"), ""),
    "keep": lambda out: ("keep", *place(out, "removals", "text like 'Abonnez%'"), ""),
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
    "outlet": ("documents",),
    "residue": ("documents", "paragraphs", "removals", "facts", "events"),
    "keep": ("documents", "paragraphs", "removals"),
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


def bare(text: str) -> str:
    return "".join(text.split())


def assert_nothing_is_lost(out: Path) -> None:
    """`raw_text` without the spans of `removals` is `text`, whatever the white space; each paragraph stands where it says."""
    for doc_id, raw_text, text in ask(out, "select doc_id, raw_text, text from {documents}"):
        spans = ask(
            out, f"select start, \"end\", text from {{removals}} where doc_id = '{doc_id}' order by start"
        )
        assert all(raw_text[start:end] == removed for start, end, removed in spans)
        edges = [0, *(edge for start, end, _ in spans for edge in (start, end)), len(raw_text)]
        kept = "".join(raw_text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
        assert bare(kept) == bare(text)
        for start, end, paragraph in ask(
            out, f"select start, \"end\", text from {{paragraphs}} where doc_id = '{doc_id}'"
        ):
            assert text[start:end] == paragraph


def texts(out: Path) -> str:
    assert_nothing_is_lost(out)
    return "\n\n".join(text for (text,) in ask(out, "select text from {documents} order by source"))


@pytest.mark.parametrize("scope", ["corpus", "document", "place"])
def test_residue_goes_everywhere_or_where_it_is_said(
    raw: Path, plain: tuple[Path, RunResult], tmp_path: Path, scope: str
) -> None:
    out, home = tmp_path / "out", document(plain[0], "levee")
    at, text = place(plain[0], "paragraphs", f"text = '{SHARED.replace(chr(39), chr(39) * 2)}'")
    where = {"corpus": "corpus", "document": at.partition(":")[0], "place": at}[scope]
    run(tmp_path, raw, [("residue", where, text.replace(" ", "  "), "")])
    assert texts(out).count(SHARED) == (0 if scope == "corpus" else 1)
    gone = ask(out, "select text, reason, rule from {removals} where rule = 'corrections.csv'")
    assert gone == [(SHARED, "residue", "corrections.csv")] * (2 if scope == "corpus" else 1)
    run(tmp_path, raw, [("residue", home, "que la société a déposés au greffe", "")])
    assert "selon les comptes." in texts(out)
    run(tmp_path, raw, [("residue", "corpus", "que la société a déposés au greffe", "")])
    assert ask(out, "select kind from {problems}") == [("no_match",)]
    assert texts(out) == texts(plain[0])


def test_what_was_removed_comes_back_where_it_stood(
    raw: Path, plain: tuple[Path, RunResult], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for scope in ("corpus", CASES["keep"](plain[0])[1]):
        run(tmp_path, raw, [("keep", scope, "Abonnez-vous à notre lettre", "")])
        ((before, after),) = ask(
            out,
            "select p.text, n.text from {paragraphs} k join {paragraphs} p on p.doc_id = k.doc_id and p.paragraph = "
            "k.paragraph - 1 join {paragraphs} n on n.doc_id = k.doc_id and n.paragraph = k.paragraph + 1 "
            "where k.text = 'Abonnez-vous à notre lettre'",
        )
        assert (before[:9], after) == ("Le groupe", SHARED)
    assert not ask(out, "select * from {removals}")
    assert_nothing_is_lost(out)


def test_an_outlet_is_that_of_its_documents_facts_and_events(
    raw: Path, plain: tuple[Path, RunResult], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    rows = [
        ("outlet", "corpus", "le-*", "Presse"),
        ("outlet", document(plain[0], "2024-03-05"), "", "Le Phare"),
    ]
    run(tmp_path, raw, rows)
    named = "select outlet, count(*) from {documents} where corrected_by is not null group by 1 order by 1"
    assert ask(out, named) == [("Le Phare", 1), ("Presse", 3)]
    assert ask(out, "select outlets from {events} where kind = 'acquisition'") == [(2,)]
