"""What finished work depends on comes from the options themselves: nothing that changes the output can be forgotten."""

from __future__ import annotations

import dataclasses
import typing
from pathlib import Path
from typing import Any

import pytest

from corpus.config import NOT_MEANING, Config
from corpus.run.options import StageOptions
from corpus.run.pipeline import STAGE_OPTIONS
from corpus.run.rows import ROWS
from corpus.run.stages.texts import ExtractOptions
from corpus.run.stages.topics import TopicModelOptions
from corpus.schemas import TABLES

# `until` decides which stages there are, not what one of them leaves.
ELSEWHERE = NOT_MEANING | {"until"}
OTHER: dict[str, Any] = {
    "languages": ("fr",),
    "models": {"fr": "fr_core_news_sm"},
    "hide_companies": 0.5,
    "hide_seed": 7,
    "columns": {"text": "Texte"},
    "outlet": {"folder": 1},
    "max_document_bytes": 5,
    "document_seconds": 5,
    "topics": 12,
    "topic_engine": "cluster",
    "embeddings": "use",
}
PATHS = {"companies", "corrections", "topic_model"}


def test_every_option_that_changes_the_output_belongs_to_a_stage() -> None:
    """A new field of Config is named by the options of the stage that it steers, or among those that change nothing."""
    named = {field.name for stage in STAGE_OPTIONS for field in dataclasses.fields(stage)}  # type: ignore[arg-type]
    assert named == {field.name for field in dataclasses.fields(Config)} - ELSEWHERE
    assert named == OTHER.keys() | PATHS


@pytest.mark.parametrize("stage", STAGE_OPTIONS)
def test_every_option_of_a_stage_changes_what_its_work_depends_on(stage: type[StageOptions]) -> None:
    plain = stage.of(Config()).meaning()
    assert hash(stage.of(Config(models={"fr": "a"}, columns={"text": "b"}, outlet={"folder": 1})))
    for field in dataclasses.fields(stage):  # type: ignore[arg-type]
        if field.name not in PATHS:
            changed = stage.of(dataclasses.replace(Config(), **{field.name: OTHER[field.name]}))
            assert changed.meaning() != plain, field.name


def test_a_path_counts_by_what_lies_there(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("name\nAltiva\n")
    two.write_text("name\nAltiva\n")

    def meaning(*paths: Path) -> dict[str, Any]:
        return ExtractOptions.of(Config(companies=tuple(map(str, paths)))).meaning()

    assert meaning(one) == meaning(two) != meaning()
    two.write_text("name\nBrivane\n")
    assert meaning(one) != meaning(two)
    model = tmp_path / "models"
    model.mkdir()
    (model / "a.json").write_text("1")
    first = TopicModelOptions.of(Config(topic_model=str(model))).meaning()
    (model / "a.json").write_text("2")
    assert TopicModelOptions.of(Config(topic_model=str(model))).meaning() != first


@pytest.mark.parametrize("table", ROWS)
def test_a_row_has_the_columns_of_its_table(table: str) -> None:
    assert set(typing.get_type_hints(ROWS[table])) == {column.name for column in TABLES[table].columns}
