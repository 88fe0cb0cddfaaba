"""Rows of corrections.csv about topics: a run applies them, tells which it cannot, and does without them once they are gone."""

from __future__ import annotations

from pathlib import Path

import duckdb

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
