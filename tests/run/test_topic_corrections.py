"""Rows of corrections.csv about topics: a run applies them, tells which it cannot, and does without them once they are gone."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from corpus.config import Config
from corpus.corrections import COLUMNS
from tests.conftest import run_here, write_files
from tests.topics.articles import THEMES, article

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


def test_a_name_stays_with_its_documents_where_its_words_go_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was told by words is told to the next fit by the documents that these meant."""
    raw = write_files(
        tmp_path / "raw",
        {f"{theme}-{number}.txt": article(theme, number) for theme in THEMES["fr"] for number in range(12)},
    )
    table = tmp_path / "corrections.csv"
    table.write_text(
        'action,scope,text,to\ntopic_label,corpus,"patient, clinique, soin",soins\n', encoding="utf-8"
    )
    config, out = Config(corrections=str(table)), tmp_path / "out"
    run_here(raw, out, config)
    assert "soins" in labels(out)
    words = (
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
    monkeypatch.setitem(THEMES["fr"], "bêtes", words)
    write_files(raw, {f"bêtes-{number}.txt": article("bêtes", number) for number in range(30)})
    run_here(raw, out, config)
    assert documents_of(out, "soins") == {f"santé-{number}.txt" for number in range(12)}
    run_here(raw, tmp_path / "anew", config)
    assert "soins" not in labels(tmp_path / "anew") or "bêtes-1.txt" in documents_of(
        tmp_path / "anew", "soins"
    )


def documents_of(out: Path, label: str) -> set[str]:
    documents, weights, topics = (out / f"{name}.parquet" for name in ("documents", "doc_topics", "topics"))
    found = duckdb.sql(
        f"select source from '{documents}' join '{weights}' using (doc_id) join '{topics}' using (topic) "
        f"where rank = 0 and label = '{label}'"
    )
    return {Path(source).name for (source,) in found.fetchall()}
