"""The run, stage by stage: read and clean; repeats across the corpus; companies, amounts, dates, names, facts; topics; tables.

Every stage is a map over shards or pieces on an executor. What a stage leaves is a folder named by what went into it, so a
run that was killed, or that meets a grown input, does only what is not there yet.
"""

from __future__ import annotations

import datetime as dt
import difflib
import errno
import os
import platform
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.config import Config
from corpus.errors import (
    ConfigError,
    CorpusError,
    DiskFullError,
    InputError,
    OutputError,
    UsageError,
    is_full,
)
from corpus.identity import digest
from corpus.plurals import counted
from corpus.records import Problem
from corpus.run.cleaning import CleaningOptions
from corpus.run.context import Run
from corpus.run.decided import decided_by
from corpus.run.executors import open_executor
from corpus.run.given import hold, require_given
from corpus.run.highlights import highlights
from corpus.run.lean import keep_pandas_out
from corpus.run.options import StageOptions
from corpus.run.output import open_output
from corpus.run.pieces import EventPiece, NamedPiece
from corpus.run.progress import Progress
from corpus.run.reading import ReadingOptions
from corpus.run.rows import problem_row
from corpus.run.shards import Plan, Shard, plan, signatures
from corpus.run.stages.amend import amend
from corpus.run.stages.clean import clean
from corpus.run.stages.corrections import CorrectionOptions, correct, ledger_of
from corpus.run.stages.events import find_all
from corpus.run.stages.lists import key_texts
from corpus.run.stages.marks import mark
from corpus.run.stages.mentions import place
from corpus.run.stages.names import name
from corpus.run.stages.outlets import name_outlets
from corpus.run.stages.read import Documents, read
from corpus.run.stages.repeats import compare
from corpus.run.stages.tables import write_tables
from corpus.run.stages.texts import ExtractOptions, check_models, find
from corpus.run.stages.topics import TopicModelOptions, begin_model, check_topics
from corpus.run.together import left_out_problems
from corpus.run.workspace import (
    INPUTS_FILE,
    WORK_FOLDER,
    code_fingerprint,
    output_checksums,
    package_versions,
    record_of,
    seen_inputs,
    sweep,
    sweep_cut_off,
    write_run_record,
)
from corpus.schemas import STAGES, tables_until
from corpus.store import write_json
from corpus.version import __version__

STAGE_OPTIONS: tuple[type[StageOptions], ...] = (
    ReadingOptions,
    CleaningOptions,
    ExtractOptions,
    CorrectionOptions,
    TopicModelOptions,
)
"""The options of every stage that has some."""


GONE = (errno.EIO, errno.EROFS, errno.ESTALE, errno.ENOTCONN, errno.ENODEV)
"""What the system says of a disk or a network folder that went away."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run left: the folder, the record that stands in `run.json`, and how many inputs could not be read.

    `unchanged` says that there was nothing to do: the tables and the record are those of the run before. `url` is where the
    tables were published; the folder is then the private one that they were made in.
    """

    folder: Path
    record: dict[str, Any]
    unread: int
    unchanged: bool = False
    url: str | None = None

    def __repr__(self) -> str:
        rows: dict[str, int] = self.record["rows"]
        told = [
            f"{rows[name]:,} {name}" for name in ("documents", "facts", "events", "topics") if name in rows
        ]
        told += [f"{counted(self.unread, 'input')} unread", *(["unchanged"] if self.unchanged else [])]
        return f"RunResult({self.url or str(self.folder)!r}: {', '.join(told)})"


def run_corpus(
    raw: str | Path,
    out: str | Path,
    config: Config | None = None,
    *,
    fresh: bool = False,
    refit: bool = False,
    show_progress: bool = False,
    executor: Executor | None = None,
    lean: bool = False,
    keep: Iterable[str] = (),
    beside: Sequence[Problem] = (),
) -> RunResult:
    """Read everything below `raw` and leave the tables in `out`; see docs/tables.md for what they hold.

    `fresh` removes first what earlier runs left in `out`; `refit` fits topics anew where the model of the run before would do.
    `executor` does the work instead of the processes or the cluster that `config` names; `lean` keeps pyarrow from loading
    pandas into a process that does nothing else; `keep` names finished work in `out` that stays though the run has no use for
    it; `beside` is what did not even come to lie in `raw`. Raises UsageError for folders that cannot be used, SetupError for a
    missing model or package, DiskFullError; a document that cannot be read is a row in `problems` and counts in `unread`.

    >>> from pathlib import Path
    >>> import corpus
    >>> Path("articles").mkdir()
    >>> _ = Path("articles", "pont.txt").write_text("Le pont restera fermé jusqu'en mai.", encoding="utf-8")
    >>> done = corpus.run_corpus(Path("articles"), Path("tables"), corpus.Config(until="clean", workers=1))
    >>> done.record["rows"]["documents"], done.unread
    (1, 0)
    """
    config = config or Config()
    progress = Progress(show_progress)
    with open_run(Path(raw), Path(out), config, progress, fresh=fresh, executor=executor, beside=beside) as (
        made,
        run,
    ):
        run.refit = refit
        run.used.update(keep)
        return _run(made, run, lean)


@contextmanager
def open_run(
    raw: Path,
    out: Path,
    config: Config,
    progress: Progress,
    *,
    fresh: bool = False,
    shared: bool = False,
    executor: Executor | None = None,
    beside: Sequence[Problem] = (),
) -> Iterator[tuple[Plan, Run]]:
    """The plan of a run and the run, with `out` and the workers held for it while the block lasts.

    Where `out` is `shared` with others that do a part each, the files of the plan are listed and not opened. Raises what
    `run_corpus` raises.
    """
    made = _plan(raw, out, opened=not shared, beside=beside)
    check_setup(config)
    try:
        with (
            open_output(out, config.until, fresh, shared) as warnings,
            nullcontext(executor) if executor else open_executor(config.workers, config.cluster) as workers,
        ):
            yield made, Run(out, config, workers, progress, warnings=warnings)
    except OSError as error:
        told = _of_the_folder(error, out)
        if told is None:
            raise
        raise told from error


def _of_the_folder(error: OSError, out: Path) -> CorpusError | None:
    """The sentence for an error that comes of where the tables are written; None for any other."""
    reason = os.strerror(error.errno or 0)
    if is_full(error):
        return DiskFullError(
            f"There is no room left for {out} ({reason}). Free some, there or in {tempfile.gettempdir()}, or choose a folder on "
            "another disk; the same command continues where it stood."
        )
    if error.errno in GONE or (error.filename and Path(os.fsdecode(error.filename)).is_relative_to(out)):
        return OutputError(
            f"{out} could not be written or read any more ({reason}). See that it is there and that you may write to it; the "
            "same command continues where it stood."
        )
    return None


def _run(made: Plan, run: Run, lean: bool) -> RunResult:
    key = key_of(run.config, made.shards, made.problems)
    earlier = record_of(run.out) or {}
    if not run.refit and earlier.get("key") == key and earlier["outputs"] == output_checksums(run.out):
        return RunResult(run.out, earlier, earlier["unread"], unchanged=True)
    if lean:
        keep_pandas_out()
    if earlier.get("status") == "finished":
        run.earlier = earlier
    record = _record(run.config, made)
    write_run_record(run.out, record | {"status": "running"})
    run.config = hold(run)
    record["hashes"] = decided_by(run.config)
    began = time.time()
    documents = read(run, made.shards)
    problems = (*made.problems, *documents.problems)
    counts = _stages(run, documents, problems)
    sweep(run.out / WORK_FOLDER, run.used)
    sweep_cut_off(run.out)
    unread = _unread(run.out)
    record |= _inputs(documents.shards) | {
        "status": "finished",
        "finished": _now(),
        "rows": counts,
        "highlights": highlights(run.out, counts),
        "seconds": run.progress.seconds,
        "unread": unread,
        "warnings": run.warnings,
        "notes": run.notes,
        "key": key_of(run.config, documents.shards, problems),
        "sources": run.sources,
        "outputs": output_checksums(run.out),
    }
    write_json(run.out / WORK_FOLDER / INPUTS_FILE, signatures(documents.shards, began))
    write_run_record(run.out, record)
    return RunResult(run.out, record, unread)


def key_of(config: Config, shards: Sequence[Shard], problems: Sequence[Problem]) -> str:
    """What the output depends on: a run with the key of the one before has nothing to do."""
    options = [kind.of(config).meaning() for kind in STAGE_OPTIONS]
    files = [shard.key for shard in shards]
    return digest(code_fingerprint(), config.until, options, files, [problem_row(one) for one in problems])


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


def _plan(raw: Path, out: Path, opened: bool = True, beside: Sequence[Problem] = ()) -> Plan:
    if raw.is_dir() and out.is_dir() and out.samefile(raw):
        raise UsageError(
            f"{out} is the folder to read. Name another one for the tables, such as {raw}-tables."
        )
    if raw.exists() and raw.resolve().is_relative_to(out.resolve()):
        raise UsageError(
            f"{raw} lies inside {out}, and what lies in an output folder is not read as input. Name a folder for the tables "
            f"that does not hold the documents, such as {raw}-tables."
        )
    made = plan(raw, out, seen_inputs(out) if opened else None, opened)
    made = replace(made, problems=(*made.problems, *beside))
    if not made.shards and not made.problems:
        raise InputError(f"{raw} holds no file. Put your documents there, or name another folder.")
    return made


def check_setup(config: Config) -> None:
    """Refuse before anything is written what would fail after an hour, or fail on every document."""
    from corpus.language import profiled_languages, require_known
    from corpus.readers import SLOTS

    # The model that knows the others takes a second to load.
    if not set(config.languages) <= profiled_languages().intersection(Config().languages):
        try:
            require_known(config.languages)
        except ValueError as error:
            raise ConfigError(f"languages: {error}.") from None
    for slot in config.columns:
        if slot not in SLOTS:
            near = difflib.get_close_matches(slot, SLOTS, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"The names are: {', '.join(SLOTS)}."
            raise ConfigError(f"[columns] names {slot!r}, which is none of ours. {hint}")
    CleaningOptions.of(config).outlet_rules()
    ledger_of(config)
    require_given(config)
    if STAGES.index(config.until) >= STAGES.index("entities"):
        check_models(config)
    if STAGES.index(config.until) >= STAGES.index("topics"):
        check_topics(config)


def _stages(run: Run, documents: Documents, problems: Sequence[Problem]) -> dict[str, int]:
    """The stages after reading, in their order; the number of rows of each table they leave."""
    ledger = ledger_of(run.config)
    pieces = amend(run, documents.pieces, clean(run, documents.pieces), ledger)
    marked = mark(run, pieces, compare(run, pieces) if run.reaches("repeats") else None)
    shown, outlets = name_outlets(run, marked, ledger)
    named: list[NamedPiece] = []
    events: list[EventPiece] = []
    topics = begin_model(run, shown, ledger) if run.reaches("topics") and run.has_room else None
    if run.reaches("entities"):
        run.warnings.extend(_without_words(run.config))
        findings = find(run, marked, key_texts(run, marked))
        named = correct(run, name(run, place(run, marked, findings, ledger)), ledger, outlets)
        events = find_all(run, named, ledger)
    if run.reaches("topics") and topics is None:
        topics = begin_model(run, shown, ledger)
    modelled = topics() if topics is not None else None
    left_out = left_out_problems((run.out / WORK_FOLDER / name for name in run.used), pieces)
    problems = (*problems, *ledger.told(run.reaches), *left_out)
    return write_tables(run, problems, shown, named, events, modelled)


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
    } | _inputs(made.shards)


def _inputs(shards: Sequence[Shard]) -> dict[str, Any]:
    files = [file for shard in shards for file in shard.files]
    return {
        "inputs": {
            "files": len(files),
            "bytes": sum(file.size for file in files),
            "fingerprint": digest([shard.key for shard in shards]),
        },
        "input_fingerprints": {file.source: file.fingerprint for file in files},
    }


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _unread(out: Path) -> int:
    """Problems whose input is not in `documents`."""
    import pyarrow.compute as pc

    from corpus.store import read_table

    recovered = read_table(out, "problems", ["recovered"])["recovered"]
    return int(pc.sum(pc.invert(recovered)).as_py() or 0)
