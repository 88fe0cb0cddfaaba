"""Topics of what is distinct, counted back over everything, and the model that is kept.

In: all marked pieces. Out: the topic tables, and the fitted models beside the tables. Its key: the pieces and the options.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.config import Config
from corpus.corrections import Correction, Ledger, problem
from corpus.identity import digest
from corpus.run.beacon import NO_CARE, Care, beacon
from corpus.run.context import Run
from corpus.run.finished import finishing
from corpus.run.options import StageOptions, path_option
from corpus.run.pieces import MarkedPiece, names_of, rows_file, write_piece
from corpus.run.row_files import SUFFIX, read_rows, write_rows
from corpus.run.stages.asked import Asked
from corpus.run.together import Chosen, choose, ids_of
from corpus.run.workspace import MODELS_FOLDER
from corpus.schemas import DOCUMENTS, PARAGRAPHS, TOPIC_TABLES, VARIABLES, Table
from corpus.store import from_rows, read_json, remove_folder, replacing_folder, write_json

if TYPE_CHECKING:
    import pyarrow as pa


DOCUMENT_COLUMNS = [
    "doc_id",
    "content_hash",
    "language",
    "published",
    "published_precision",
    "duplicate_of",
    "outlet",
]
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
NOTES = "notes.json"
FITTED_ON = f"fitted_on{SUFFIX}"
MEMORY = "memory"
"""What the texts held, so that the next run reads those alone that are new."""
NEW_SHARE = 0.1
"""From this share of new, changed or removed documents on, topics are fitted anew."""
FITTED = "fitted"
KEPT = "applied the model of the run before; --refit-topics fits anew"
APPLIED = "applied the model that was given"
GIVEN = "the model that was given is applied as it was fitted"
Topics = dict[str, Path]
"""The files of the topic tables, by name."""


@dataclass(frozen=True, slots=True)
class TopicModelOptions(StageOptions):
    """What topics depend on beside the documents; a model that is applied counts by its files."""

    topics: int | str | None
    topic_engine: str
    embeddings: str | None
    languages: tuple[str, ...]
    topic_model: str | None = path_option()


def begin_model(run: Run, pieces: Sequence[MarkedPiece], ledger: Ledger) -> Callable[[], Topics]:
    """Topics, fitted or applied, and the fitted models beside the tables: what is returned waits for them.

    They are one long task, made from the texts alone, so that the executor can do it beside what else is made from those.
    What the user's corrections ask of topics is asked of each fit; the model that is kept meets it as it did.
    The model of the run before is applied where fewer than NEW_SHARE of the documents are others than those it was fitted
    on, unless the run is asked to fit anew: topics keep their numbers and names while a corpus grows.
    """
    from corpus.topics import STEERING, Wish

    options = TopicModelOptions.of(run.config)
    rows = ledger.of(*STEERING)
    wishes = tuple(Wish(one.action, one.text, one.to) for one in rows)
    kind = run.kind("topics")
    folder = run.work(kind, options.meaning(), wishes, names_of(pieces), run.refit)
    earlier = [path for path in run.finished(kind) if path != folder]
    asked = Asked.after(digest(options.meaning()), wishes, earlier)
    model = None if run.refit else asked.model_among(earlier)
    finish = run.begin("topics", make_topics, [(pieces, folder, options, asked, model)])

    def finished() -> Topics:
        finish()
        publish_models(folder, run.out)
        notes = read_json(folder / NOTES)
        run.warnings.extend(notes["warnings"])
        run.notes["topics"] = notes["how"]
        if notes["drift"]:
            run.notes["topic_drift"] = " ".join(notes["drift"])
        for one, answer in zip(rows, notes["answers"], strict=True):
            if answer is not None:
                ledger.problems.append(problem(one.row, "no_match", _not_met(one, answer)))
        ledger.matched(one.key for one in rows)
        return {name: rows_file(folder, name) for name in TOPIC_TABLES}

    return finished


def _not_met(one: Correction, answer: str) -> str:
    from corpus.topics import told_by

    meant = told_by(one.text)[0]
    return f"{one.action} of {meant!r} is not met: {answer}. Write the label or some terms of the topic as they are now."


def check_topics(config: Config) -> None:
    """Raise now what the last stage would raise: a model folder that is not ours, embeddings that are not installed."""
    if config.topic_model is not None:
        from corpus.topics import load_models

        load_models(config.topic_model)
    elif config.embeddings is not None:
        from corpus.topics import load_encoder

        load_encoder(config.embeddings)


def make_topics(
    pieces: Sequence[MarkedPiece],
    folder: Path,
    options: TopicModelOptions,
    asked: Asked,
    earlier: Path | None = None,
    care: Care = NO_CARE,
) -> None:
    """Fit, or apply the models of the user's or those in the folder of an `earlier` run; tables and models are written to
    `folder`."""
    home = {doc_id: piece for piece in pieces for doc_id in ids_of([piece])} if care.alone else {}
    with beacon(folder) as light:
        chosen = choose(home, care, light, lambda one: _read_words(home[str(one.only)], one, options))
        with finishing(folder) as temporary:
            _write_topics(temporary, pieces, options, asked, earlier, chosen)
            chosen.note(temporary, "topics")


def _read_words(piece: MarkedPiece, chosen: Chosen, options: TopicModelOptions) -> None:
    """Read the words of a document, and its meaning where that is asked for: what topics do with each text by itself."""
    from corpus.topics import CHARACTERS_READ, load_encoder, number_words

    texts = chosen.read(piece, "paragraphs", PARAGRAPH_COLUMNS)["text"].to_pylist()
    number_words(text[:CHARACTERS_READ] for text in texts)
    if options.embeddings is not None:
        load_encoder(options.embeddings).encode(texts)


def _write_topics(
    folder: Path,
    pieces: Sequence[MarkedPiece],
    options: TopicModelOptions,
    asked: Asked,
    earlier: Path | None,
    chosen: Chosen,
) -> None:
    from corpus.topics import TopicOptions, apply_topics, fit_topics

    documents = _all_rows(DOCUMENTS, pieces, chosen, DOCUMENT_COLUMNS)
    paragraphs = _all_rows(PARAGRAPHS, pieces, chosen, PARAGRAPH_COLUMNS)
    variables = _all_rows(VARIABLES, pieces, chosen, [column.name for column in VARIABLES.columns])
    fitted_on = documents.select(["doc_id", "content_hash"])
    told = asked.told
    if options.topic_model is not None:
        found = apply_topics(documents, paragraphs, options.topic_model, variables=variables)
        how = APPLIED
    elif earlier is not None and _new_share(fitted_on, read_rows(earlier / FITTED_ON)) < NEW_SHARE:
        found = apply_topics(
            documents, paragraphs, earlier / MODELS_FOLDER, len(told), earlier / MEMORY, variables
        )
        how = KEPT
        fitted_on = read_rows(earlier / FITTED_ON)
    else:
        wanted = TopicOptions(
            options.topics, options.topic_engine, options.embeddings, options.languages, told
        )
        found, how = fit_topics(documents, paragraphs, wanted, variables), FITTED
        told = found.told
    write_piece(folder, {name: found.tables[name] for name in TOPIC_TABLES})
    found.save_models(folder / MODELS_FOLDER)
    write_rows(folder / FITTED_ON, fitted_on)
    asked.write(folder, told)
    (folder / MEMORY).mkdir()
    found.save_memory(folder / MEMORY)
    answers = list(found.answers or [GIVEN] * len(told))
    said = {
        "warnings": list(found.warnings),
        "how": how,
        "answers": answers,
        "drift": list(found.drift),
    }
    write_json(folder / NOTES, said)


def _all_rows(table: Table, pieces: Sequence[MarkedPiece], chosen: Chosen, columns: list[str]) -> pa.Table:
    """The rows of all pieces; none where no file of the input could be read."""
    import pyarrow as pa

    rows = [chosen.read(piece, table.name, columns) for piece in pieces]
    return pa.concat_tables(rows or [from_rows(table, []).select(columns)])


def _new_share(now: pa.Table, then: pa.Table) -> float:
    """Which share of the documents that there are now, or were then, is not the same in both."""
    hashes: list[dict[str, str]] = [
        dict(zip(*table.to_pydict().values(), strict=True)) for table in (now, then)
    ]
    current, fitted = hashes
    every = current.keys() | fitted.keys()
    return sum(current.get(one) != fitted.get(one) for one in every) / max(len(every), 1)


def publish_models(folder: Path, out: Path) -> None:
    """Put the fitted models beside the tables; without any the folder is not there."""
    target = out / MODELS_FOLDER
    if (folder / MODELS_FOLDER).is_dir():
        with replacing_folder(target) as temporary:
            shutil.copytree(folder / MODELS_FOLDER, temporary, dirs_exist_ok=True)
    else:
        remove_folder(target)
