"""The run, stage by stage: read and clean; repeats across the corpus; companies, amounts, dates, names, facts; topics; tables.

Every stage is a map over shards or pieces on an executor. What a stage leaves is a folder named by what went into it, so a
run that was killed, or that meets a grown input, does only what is not there yet.
"""

from __future__ import annotations

import datetime as dt
import difflib
import platform
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import __version__
from corpus.config import Config
from corpus.errors import ConfigError, InputError, UsageError
from corpus.identity import digest, joint_digest
from corpus.run.executors import open_executor, run_tasks
from corpus.run.parts import pieces_of
from corpus.run.progress import Progress
from corpus.run.shards import Plan, plan
from corpus.run.workspace import (
    WORK_FOLDER,
    code_fingerprint,
    open_output,
    package_versions,
    remove_tables,
    sweep,
    write_run_record,
)
from corpus.schemas import STAGE_TABLES, STAGES, TABLES, TOPIC_TABLES, tables_until

if TYPE_CHECKING:
    from corpus.run.repeats import Repeats
    from corpus.run.topics import Topics


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run left: the folder, the record that stands in `run.json`, and how many inputs could not be read."""

    folder: Path
    record: dict[str, Any]
    unread: int


@dataclass(slots=True)
class Run:
    """What the stages share while a run lasts; `used` names the finished work they took up."""

    out: Path
    config: Config
    executor: Executor
    progress: Progress
    used: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)

    def work(self, kind: str, *key: Any) -> Path:
        """The folder of the finished work of that kind and key, there already or not."""
        name = f"{kind}-{digest(code_fingerprint(), key)}"
        self.used.add(name)
        return self.out / WORK_FOLDER / name

    def reaches(self, stage: str) -> bool:
        """Whether the run goes as far as `stage`."""
        return STAGES.index(self.config.until) >= STAGES.index(stage)


def run_corpus(
    raw: Path, out: Path, config: Config | None = None, *, show_progress: bool = False
) -> RunResult:
    """Read everything below `raw` and leave the tables in `out`; see docs/tables.md for what they hold.

    Raises UsageError for folders that cannot be used, SetupError for a missing model or package; a document that cannot be
    read is a row in `problems` and counts in `unread`.
    """
    raw, out, config = Path(raw), Path(out), config or Config()
    made = _plan(raw, out)
    _check_setup(config)
    open_output(out)
    progress = Progress(show_progress)
    record = _record(config, made)
    write_run_record(out, record | {"status": "running"})
    with open_executor(config.workers, config.cluster) as executor:
        run = Run(out, config, executor, progress)
        counts = _stages(run, made)
    sweep(out / WORK_FOLDER, run.used)
    unread = _unread(out)
    record |= {
        "status": "finished",
        "finished": _now(),
        "rows": counts,
        "seconds": progress.seconds,
        "unread": unread,
        "warnings": run.warnings,
    }
    write_run_record(out, record)
    return RunResult(out, record, unread)


def describe_plan(raw: Path, out: Path, config: Config) -> str:
    """What `run_corpus` would do, in a few lines; nothing is written."""
    made = _plan(raw, out)
    size = sum(file.size for shard in made.shards for file in shard.files)
    lines = [
        f"{made.files} files, {size / 1e6:.1f} MB, in {len(made.shards)} shards; {len(made.problems)} problems so far.",
        f"Stages: {', '.join(STAGES[: STAGES.index(config.until) + 1])}.",
        f"Tables: {', '.join(tables_until(config.until))}.",
        f"To: {out}",
    ]
    return "\n".join(lines)


def _plan(raw: Path, out: Path) -> Plan:
    if raw.is_dir() and out.is_dir() and out.samefile(raw):
        raise UsageError(
            f"{out} is the folder to read. Name another one for the tables, such as {raw}-tables."
        )
    made = plan(raw, skip=out)
    if not made.shards and not made.problems:
        raise InputError(f"{raw} holds no file. Put your documents there, or name another folder.")
    return made


def _check_setup(config: Config) -> None:
    """Refuse before anything is written what would fail after an hour, or fail on every document."""
    from corpus.language.profiles import require_known
    from corpus.readers.fields import SLOTS

    try:
        require_known(config.languages)
    except ValueError as error:
        raise ConfigError(f"languages: {error}.") from None
    for slot in config.columns:
        if slot not in SLOTS:
            near = difflib.get_close_matches(slot, SLOTS, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"The names are: {', '.join(SLOTS)}."
            raise ConfigError(f"[columns] names {slot!r}, which is none of ours. {hint}")
    if STAGES.index(config.until) >= STAGES.index("entities"):
        from corpus.run.entities import check_models

        check_models(config)
    if STAGES.index(config.until) >= STAGES.index("topics"):
        from corpus.run.topics import check_topics

        check_topics(config)


def _stages(run: Run, made: Plan) -> dict[str, int]:
    pieces = clean(run, made)
    repeats = compare(run, pieces) if run.reaches("repeats") else None
    settled = settle(run, pieces, repeats)
    mentions = extract(run, settled) if run.reaches("entities") else []
    topics = model_topics(run, settled) if run.reaches("topics") else None
    return write_tables(run, made, settled, mentions, topics)


def clean(run: Run, made: Plan) -> list[Path]:
    """The first stage over all shards; the pieces it leaves, in the order of the input."""
    from corpus.readers import ReadOptions
    from corpus.run.lines import shared_lines
    from corpus.run.reading import ReadingOptions

    config = run.config
    options = ReadingOptions(
        config.languages,
        config.document_seconds,
        ReadOptions(columns=config.columns, max_document_bytes=config.max_document_bytes),
    )
    meaning = (config.languages, config.document_seconds, dict(config.columns), config.max_document_bytes)
    alone = [(shard, run.work("clean", shard.key, meaning), options, None) for shard in made.shards]
    _clean_shards(run, alone, "clean")
    convicted = shared_lines([task[1] for task in alone])
    again = [
        (shard, run.work("recleaned", shard.key, meaning, lines.digest()), options, lines)
        for (shard, *_), lines in zip(alone, convicted, strict=True)
        if lines.sites
    ]
    _clean_shards(run, again, "shared lines")
    final = {task[0].key: task[1] for task in [*alone, *again]}
    return [piece for shard in made.shards for piece in pieces_of(final[shard.key])]


def _clean_shards(run: Run, tasks: Sequence[tuple[Any, ...]], name: str) -> None:
    from corpus.run.reading import clean_shard, lost_shard

    missing = [task for task in tasks if not task[1].is_dir()]
    with run.progress.stage(name, len(missing)) as done:
        run_tasks(run.executor, clean_shard, missing, done, lost_shard)


def compare(run: Run, pieces: Sequence[Path]) -> Repeats:
    """The second stage: repeats across documents."""
    from corpus.run.repeats import find_corpus_repeats

    with run.progress.stage("repeats", None):
        return find_corpus_repeats(pieces, run.work("repeats", _names(pieces)), run.work("index"))


def settle(run: Run, pieces: Sequence[Path], repeats: Repeats | None) -> list[Path]:
    """The pieces again, with what their documents and paragraphs repeat."""
    from corpus.run.repeats import by_piece
    from corpus.run.settling import settle_repeats

    tasks = []
    folders = []
    split = by_piece(repeats, pieces) if repeats is not None else [None] * len(pieces)
    for piece, own in zip(pieces, split, strict=True):
        folder = run.work("settled", _names([piece]), own.key() if own is not None else None)
        folders.append(folder)
        tasks.append((piece, folder, own))
    _run_missing(run, "settle", settle_repeats, tasks)
    return folders


def extract(run: Run, pieces: Sequence[Path]) -> list[Path]:
    """The third stage: what every distinct paragraph holds, settled in its documents, under canonical names."""
    from corpus.run.entities import ExtractOptions, own_texts, read_texts
    from corpus.run.mentions import canonical_names, rename, settle_mentions

    run.warnings.extend(_without_words(run.config))
    options = ExtractOptions.of(run.config)
    meaning = options.meaning()
    owned, needed = own_texts(pieces)
    read = [
        run.work("read", _names([piece]), joint_digest(keys), meaning)
        for piece, keys in zip(pieces, owned, strict=True)
    ]
    tasks = [(piece, folder, keys, options) for piece, folder, keys in zip(pieces, read, owned, strict=True)]
    _run_missing(run, "entities", read_texts, tasks)
    sources = [[read[number] for number in numbers] for numbers in needed]
    settled = [
        run.work("mentions", _names([piece, *folders]))
        for piece, folders in zip(pieces, sources, strict=True)
    ]
    _run_missing(run, "mentions", settle_mentions, list(zip(pieces, settled, sources, strict=True)))
    names = canonical_names(settled)
    renamed = [run.work("named", _names([folder]), names) for folder in settled]
    _run_missing(run, "names", rename, [(a, b, names) for a, b in zip(settled, renamed, strict=True)])
    return renamed


def _without_words(config: Config) -> list[str]:
    """A sentence for the languages that are told apart but not read: otherwise their empty tables would look like a finding."""
    from extract.lexicon import languages

    unread = sorted(set(config.languages) - set(languages()))
    if not unread:
        return []
    return [
        f"Documents in {', '.join(unread)} are recognised, but there are no word lists to read their amounts, dates and facts "
        "with; see docs/lexicons.md."
    ]


def model_topics(run: Run, pieces: Sequence[Path]) -> Topics:
    """The fourth stage: topics, fitted or applied, and the fitted models beside the tables."""
    from corpus.run.topics import make_topics, model_key, publish_models

    config = run.config
    options = (config.topics, config.topic_engine, config.embeddings, config.languages, model_key(config))
    folder = run.work("topics", _names(pieces), options)
    with run.progress.stage("topics", None):
        topics = make_topics(pieces, folder, config)
        publish_models(folder, run.out)
    run.warnings.extend(topics.warnings)
    return topics


def _run_missing(run: Run, name: str, function: Any, tasks: Sequence[tuple[Any, ...]]) -> None:
    """Run those tasks whose folder, their second argument, is not there yet."""
    missing = [task for task in tasks if not task[1].is_dir()]
    with run.progress.stage(name, len(missing)) as done:
        run_tasks(run.executor, function, missing, done)


def write_tables(
    run: Run, made: Plan, pieces: Sequence[Path], mentions: Sequence[Path], topics: Topics | None
) -> dict[str, int]:
    """Every table of the run from its pieces; the number of rows of each."""
    from corpus.run.assembly import assemble, write_data_package
    from corpus.run.reading import problem_row
    from corpus.store import from_rows

    unlisted = from_rows(TABLES["problems"], [problem_row(problem) for problem in made.problems])
    names = tables_until(run.config.until)
    counts: dict[str, int] = {}
    with run.progress.stage("tables", len(names)) as done:
        remove_tables(run.out, names)
        for name in names:
            if topics is not None and name in TOPIC_TABLES:
                counts[name] = assemble(TABLES[name], [], run.out, topics.tables[name])
            else:
                folders = mentions if name in STAGE_TABLES["entities"] else pieces
                sources = [folder / f"{name}.parquet" for folder in folders]
                counts[name] = assemble(
                    TABLES[name], sources, run.out, unlisted if name == "problems" else None
                )
            done(1)
        write_data_package(run.out, names)
    return counts


def _names(pieces: Sequence[Path]) -> list[str]:
    return [f"{piece.parent.name}/{piece.name}" for piece in pieces]


def _record(config: Config, made: Plan) -> dict[str, Any]:
    return {
        "version": __version__,
        "python": platform.python_version(),
        "packages": package_versions(),
        "options": config.meaning(),
        "started": _now(),
        "inputs": {
            "files": made.files,
            "bytes": sum(file.size for shard in made.shards for file in shard.files),
            "fingerprint": digest([shard.key for shard in made.shards]),
        },
        "input_fingerprints": {
            file.source: file.fingerprint for shard in made.shards for file in shard.files
        },
    }


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _unread(out: Path) -> int:
    """Problems whose input is not in `documents`."""
    import pyarrow.compute as pc

    from corpus.store import read_table

    recovered = read_table(out, "problems", ["recovered"])["recovered"]
    return int(pc.sum(pc.invert(recovered)).as_py() or 0)
