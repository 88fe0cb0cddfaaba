"""Rows of corrections.csv about topics: a run applies them, tells which it cannot, and does without them once they are gone."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from corpus.config import Config
from corpus.corrections import COLUMNS
from corpus.run.stages.asked import Asked
from corpus.topics import Wish
from tests.conftest import run_here, write_files
from tests.topics.articles import THEMES, article

Row = tuple[str, str, str]
ROWS = (
    ("topic_label", "hôpital, patient, médecin", "soins"),
    ("topic_merge", "élève, enseignant, lycée", "soins"),
    ("stop_word", "vaccin", ""),
    ("topic_drop", "girafe, éléphant", ""),
)


def labels(out: Path) -> list[str]:
    found = duckdb.sql(f"select label from '{out / 'topics.parquet'}' where kind = 'topic' order by topic")
    return [label for (label,) in found.fetchall()]


def test_topics_are_corrected_on_every_run(tmp_path: Path) -> None:
    files = {
        f"{theme}-{number}.txt": article(theme, number) for theme in THEMES["fr"] for number in range(12)
    }
    raw = write_files(tmp_path / "raw", files)
    table = tmp_path / "corrections.csv"
    lines = [",".join(COLUMNS[:4]), *(f'{action},corpus,"{text}","{to}"' for action, text, to in ROWS)]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = tmp_path / "out"
    run_here(raw, out, Config(topics=4))
    plain = labels(out)
    assert len(plain) == 4
    run_here(raw, out, Config(topics=4, corrections=str(table)))
    assert len(labels(out)) == 3
    assert "soins" in labels(out)
    terms = duckdb.sql(f"select term from '{out / 'topic_terms.parquet'}'").fetchall()
    assert ("vaccin",) not in terms
    told = duckdb.sql(f"select source, kind, message from '{out / 'problems.parquet'}'").fetchall()
    ((path, kind, message),) = told
    assert (path, kind) == ("corrections.csv#4", "no_match")
    assert "girafe" in message
    run_here(raw, out, Config(topics=4))
    assert labels(out) == plain


BEASTS = (
    "patient",
    "clinique",
    "soin",
    "cheval",
    "élevage",
    "étable",
    "laine",
    "sabot",
    "brebis",
    "foin",
    "vache",
)
CARE = ("topic_label", "patient, clinique, soin", "soins")
CLASSES = ("topic_label", "élève, enseignant, lycée", "classes")


@pytest.mark.parametrize("pause", [False, True], ids=["at once", "in two runs"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([CARE], [CARE]),
        ([CARE], [CLASSES, CARE]),
        ([CLASSES, CARE], [CARE]),
        ([CARE, CLASSES], [(*CARE[:2], "hôpitaux"), CLASSES]),
    ],
    ids=["same rows", "a row added", "a row removed", "a row changed"],
)
def test_a_name_stays_with_its_documents_where_its_words_go_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: list[Row], after: list[Row], pause: bool
) -> None:
    """What was told by words is told to later fits by the documents that these meant, whatever becomes of other rows."""
    themes = {
        f"{theme}-{number}.txt": article(theme, number) for theme in THEMES["fr"] for number in range(12)
    }
    raw, out = write_files(tmp_path / "raw", themes), tmp_path / "out"
    config = Config(corrections=str(tmp_path / "corrections.csv"))
    written(tmp_path, before)
    run_here(raw, out, config)
    assert "soins" in labels(out)
    written(tmp_path, after)
    if pause:
        run_here(raw, out, config)
    monkeypatch.setitem(THEMES["fr"], "bêtes", BEASTS)
    write_files(raw, {f"bêtes-{number}.txt": article("bêtes", number) for number in range(30)})
    run_here(raw, out, config)
    name = next(to for action, text, to in after if text == CARE[1])
    assert documents_of(out, name) == {f"santé-{number}.txt" for number in range(12)}
    run_here(raw, tmp_path / "anew", config)
    assert name not in labels(tmp_path / "anew") or "bêtes-1.txt" in documents_of(tmp_path / "anew", name)


def test_names_stay_where_another_number_of_topics_is_asked_for(tmp_path: Path) -> None:
    themes = {
        f"{theme}-{number}.txt": article(theme, number) for theme in THEMES["fr"] for number in range(12)
    }
    raw, out = write_files(tmp_path / "raw", themes), tmp_path / "out"
    written(tmp_path, [CARE])
    told = []
    for topics in (4, 5):
        run_here(raw, out, Config(topics=topics, corrections=str(tmp_path / "corrections.csv")))
        (folder,) = (path.parent for path in out.rglob("told.json"))
        told.append(Asked.read(folder).told)
    assert told[0] == told[1]
    assert told[0][0].text.count("@") >= 5


def test_of_several_finished_topics_those_that_know_most_rows_are_asked(tmp_path: Path) -> None:
    """A run that was killed leaves its own beside those of the run before."""
    care, classes = (Wish(*row) for row in (CARE, CLASSES))
    known = care._replace(text=f"{care.text} @one"), classes._replace(text=f"{classes.text} @two")
    for name, wishes, told in (("a", (care,), known[:1]), ("b", (care, classes), known)):
        (tmp_path / name).mkdir()
        Asked("any", wishes).write(tmp_path / name, told)
    folders = [tmp_path / name for name in ("a", "b")]
    assert Asked.after("any", (classes, care), folders).told == known[::-1]
    assert Asked.after("any", (classes,), []).told == (classes,)


def written(folder: Path, rows: list[Row]) -> None:
    lines = [f'{action},corpus,"{text}",{to}' for action, text, to in rows]
    (folder / "corrections.csv").write_text("\n".join(["action,scope,text,to", *lines, ""]), encoding="utf-8")


def documents_of(out: Path, label: str) -> set[str]:
    documents, weights, topics = (out / f"{name}.parquet" for name in ("documents", "doc_topics", "topics"))
    found = duckdb.sql(
        f"select source from '{documents}' join '{weights}' using (doc_id) join '{topics}' using (topic) "
        f"where rank = 0 and label = '{label}'"
    )
    return {Path(source).name for (source,) in found.fetchall()}
