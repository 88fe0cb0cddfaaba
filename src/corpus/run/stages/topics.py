"""Topics of what is distinct, counted back over everything, and the model that is kept.

In: all marked pieces. Out: the topic tables, and the fitted models beside the tables. Its key: the pieces and the options.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.config import Config
from corpus.run.context import Run
from corpus.run.finished import finishing, is_finished
from corpus.run.options import StageOptions, path_option
from corpus.run.pieces import MarkedPiece, names_of, read_piece
from corpus.run.workspace import MODELS_FOLDER
from corpus.schemas import TOPIC_TABLES
from corpus.store import read_json, remove_folder, replacing_folder, write_json, write_parquet

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.topics.tables import TopicTables

DOCUMENT_COLUMNS = ["doc_id", "language", "published", "published_precision", "duplicate_of", "site"]
PARAGRAPH_COLUMNS = [
    "doc_id",
    "paragraph",
    "text",
    "kind",
    "language",
    "text_id",
    "first_doc_id",
    "first_paragraph",
    "changed_facts",
]
WARNINGS = "warnings.json"


@dataclass(frozen=True, slots=True)
class TopicModelOptions(StageOptions):
    """What topics depend on beside the documents; a model that is applied counts by its files."""

    topics: int | str | None
    topic_engine: str
    embeddings: str | None
    languages: tuple[str, ...]
    topic_model: str | None = path_option()


@dataclass(frozen=True, slots=True)
class Topics:
    """The topic tables by name, and sentences for the user."""

    tables: dict[str, pa.Table]
    warnings: list[str]


def model(run: Run, pieces: Sequence[MarkedPiece]) -> Topics:
    """Topics, fitted or applied, and the fitted models beside the tables."""
    options = TopicModelOptions.of(run.config)
    folder = run.work("topics", names_of(pieces), options.meaning())
    with run.progress.stage("topics", None):
        topics = make_topics(pieces, folder, options)
        publish_models(folder, run.out)
    run.warnings.extend(topics.warnings)
    return topics


def check_topics(config: Config) -> None:
    """Raise now what the last stage would raise: a model folder that is not ours, embeddings that are not installed."""
    from corpus.topics.embeddings import load_encoder
    from corpus.topics.tables import load_models

    if config.topic_model is not None:
        load_models(config.topic_model)
    elif config.embeddings is not None:
        load_encoder(config.embeddings)


def make_topics(pieces: Sequence[MarkedPiece], folder: Path, options: TopicModelOptions) -> Topics:
    """Fit or apply; tables and model are kept in `folder` and read from there when it is whole."""
    import pyarrow.parquet as pq

    if not is_finished(folder):
        found = _fit(pieces, options)
        with finishing(folder) as temporary:
            for name in TOPIC_TABLES:
                write_parquet(temporary / f"{name}.parquet", found.tables[name])
            found.save_models(temporary / MODELS_FOLDER)
            write_json(temporary / WARNINGS, list(found.warnings))
    tables = {name: pq.read_table(folder / f"{name}.parquet") for name in TOPIC_TABLES}
    return Topics(tables, read_json(folder / WARNINGS))


def _fit(pieces: Sequence[MarkedPiece], options: TopicModelOptions) -> TopicTables:
    import pyarrow as pa

    from corpus.topics.tables import TopicOptions, apply_topics, fit_topics

    documents = pa.concat_tables([read_piece(piece, "documents", DOCUMENT_COLUMNS) for piece in pieces])
    paragraphs = pa.concat_tables([read_piece(piece, "paragraphs", PARAGRAPH_COLUMNS) for piece in pieces])
    if options.topic_model is not None:
        return apply_topics(documents, paragraphs, options.topic_model)
    wanted = TopicOptions(options.topics, options.topic_engine, options.embeddings, options.languages)
    return fit_topics(documents, paragraphs, wanted)


def publish_models(folder: Path, out: Path) -> None:
    """Put the fitted models beside the tables; without any the folder is not there."""
    target = out / MODELS_FOLDER
    if (folder / MODELS_FOLDER).is_dir():
        with replacing_folder(target) as temporary:
            shutil.copytree(folder / MODELS_FOLDER, temporary, dirs_exist_ok=True)
    else:
        remove_folder(target)
