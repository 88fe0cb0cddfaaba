"""The fourth stage: topics of what is distinct, counted back over everything, and the model that is kept."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.config import Config
from corpus.identity import file_digest, joint_digest
from corpus.run.parts import read_piece
from corpus.run.workspace import MODELS_FOLDER
from corpus.schemas import TOPIC_TABLES
from corpus.store import read_json, replacing_folder, write_json, write_parquet

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.topics.tables import TopicTables

DOCUMENT_COLUMNS = ["doc_id", "language", "published", "published_precision", "duplicate_of"]
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
class Topics:
    """The topic tables by name, and sentences for the user."""

    tables: dict[str, pa.Table]
    warnings: list[str]


def check_topics(config: Config) -> None:
    """Raise now what the last stage would raise: a model folder that is not ours, embeddings that are not installed."""
    from corpus.topics.embeddings import load_encoder
    from corpus.topics.tables import load_models

    if config.topic_model is not None:
        load_models(config.topic_model)
    elif config.embeddings is not None:
        load_encoder(config.embeddings)


def model_key(config: Config) -> str | None:
    """Hash of the files of the fitted model that is to be applied; None where one is to be fitted."""
    if config.topic_model is None:
        return None
    folder = Path(config.topic_model)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return joint_digest(f"{path.relative_to(folder)} {file_digest(path)}" for path in files)


def make_topics(pieces: Sequence[Path], folder: Path, config: Config) -> Topics:
    """Fit or apply; tables and model are kept in `folder` and read from there when it is whole."""
    import pyarrow.parquet as pq

    if not folder.is_dir():
        found = _fit(pieces, config)
        with replacing_folder(folder) as temporary:
            for name in TOPIC_TABLES:
                write_parquet(temporary / f"{name}.parquet", found.tables[name])
            found.save_models(temporary / MODELS_FOLDER)
            write_json(temporary / WARNINGS, list(found.warnings))
    tables = {name: pq.read_table(folder / f"{name}.parquet") for name in TOPIC_TABLES}
    return Topics(tables, read_json(folder / WARNINGS))


def _fit(pieces: Sequence[Path], config: Config) -> TopicTables:
    import pyarrow as pa

    from corpus.topics.tables import TopicOptions, apply_topics, fit_topics

    documents = pa.concat_tables([read_piece(piece, "documents", DOCUMENT_COLUMNS) for piece in pieces])
    paragraphs = pa.concat_tables([read_piece(piece, "paragraphs", PARAGRAPH_COLUMNS) for piece in pieces])
    if config.topic_model is not None:
        return apply_topics(documents, paragraphs, config.topic_model)
    options = TopicOptions(config.topics, config.topic_engine, config.embeddings, config.languages)
    return fit_topics(documents, paragraphs, options)


def publish_models(folder: Path, out: Path) -> None:
    """Put the fitted models beside the tables; without any the folder is not there."""
    target = out / MODELS_FOLDER
    if (folder / MODELS_FOLDER).is_dir():
        with replacing_folder(target) as temporary:
            shutil.copytree(folder / MODELS_FOLDER, temporary, dirs_exist_ok=True)
    else:
        shutil.rmtree(target, ignore_errors=True)
