"""The run, stage by stage: read and clean; repeats across the corpus; companies, amounts, dates, names, facts; topics; tables.

Every stage is a map over shards or pieces on an executor. What a stage leaves is a folder named by what went into it, so a
run that was killed, or that meets a grown input, does only what is not there yet.
"""

from __future__ import annotations

import datetime as dt
import difflib
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import __version__
from corpus.config import Config
from corpus.errors import ConfigError, InputError, UsageError
from corpus.identity import digest
from corpus.run.context import Run
from corpus.run.executors import open_executor
from corpus.run.pieces import NamedPiece
from corpus.run.progress import Progress
from corpus.run.shards import Plan, plan
from corpus.run.stages.clean import clean
from corpus.run.stages.marks import mark
from corpus.run.stages.mentions import place
from corpus.run.stages.names import name
from corpus.run.stages.repeats import compare
from corpus.run.stages.tables import write_tables
from corpus.run.stages.texts import check_models, find
from corpus.run.stages.topics import check_topics, model
from corpus.run.workspace import WORK_FOLDER, open_output, package_versions, sweep, write_run_record
from corpus.schemas import STAGES, tables_until


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run left: the folder, the record that stands in `run.json`, and how many inputs could not be read."""

    folder: Path
    record: dict[str, Any]
    unread: int


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
        check_models(config)
    if STAGES.index(config.until) >= STAGES.index("topics"):
        check_topics(config)


def _stages(run: Run, made: Plan) -> dict[str, int]:
    """The stages in their order; the number of rows of each table they leave."""
    pieces = clean(run, made.shards)
    marked = mark(run, pieces, compare(run, pieces) if run.reaches("repeats") else None)
    named: list[NamedPiece] = []
    if run.reaches("entities"):
        run.warnings.extend(_without_words(run.config))
        named = name(run, place(run, marked, find(run, marked)))
    topics = model(run, marked) if run.reaches("topics") else None
    return write_tables(run, made.problems, marked, named, topics)


def _without_words(config: Config) -> list[str]:
    """A sentence for the languages that are told apart but not read: otherwise their empty tables would look like a finding."""
    from extract import known_languages

    unread = sorted(set(config.languages) - set(known_languages()))
    if not unread:
        return []
    return [
        f"Documents in {', '.join(unread)} are recognised, but there are no word lists to read their amounts, dates and facts "
        "with; see docs/lexicons.md."
    ]


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
