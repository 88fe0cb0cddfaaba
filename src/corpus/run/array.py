"""A run as an array of jobs: each does its share, and one merges them into the tables of an ordinary run.

All may write to one folder, which they hold together, or each to its own, from which the merge takes what is finished.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.config import Config, config_of
from corpus.errors import OutputError, UsageError
from corpus.run.context import Run
from corpus.run.finished import MANIFEST, finishing, is_finished
from corpus.run.given import hold, require_given, with_full_paths
from corpus.run.output import open_output
from corpus.run.pipeline import RunResult, key_of, open_run, run_corpus
from corpus.run.progress import Progress
from corpus.run.row_files import link_or_copy
from corpus.run.shards import Shard, current_shard, plan
from corpus.run.shares import NOTE, Share, ShareNote, latest, missing, name_of, notes_in
from corpus.run.stages.amend import amend
from corpus.run.stages.clean import clean
from corpus.run.stages.corrections import ledger_of
from corpus.run.stages.lists import key_texts
from corpus.run.stages.marks import mark
from corpus.run.stages.read import read
from corpus.run.stages.texts import find
from corpus.run.workspace import WORK_FOLDER, code_fingerprint, record_of, write_run_record
from corpus.schemas import STAGES
from corpus.store import write_json
from corpus.version import __version__


@dataclass(frozen=True, slots=True)
class ShareResult:
    """A share that is done: the folder, how many files it is of, whether it was done before, what to know of the folder."""

    folder: Path
    share: Share
    files: int
    unchanged: bool
    warnings: tuple[str, ...] = ()


def run_share(
    raw: Path,
    out: Path,
    share: Share,
    config: Config | None = None,
    *,
    show_progress: bool = False,
    executor: Executor | None = None,
) -> ShareResult:
    """Do the work of `share` that needs no other documents, and leave it in `out`; others may do theirs there meanwhile.

    Raises what `run_corpus` raises. What cannot be read is told by the merge.
    """
    raw, out, config = Path(raw), Path(out), config or Config()
    with open_run(raw, out, config, Progress(show_progress), shared=True, executor=executor) as (made, run):
        key = key_of(config, made.shards, ())
        shards, wanted = share.wanted(made.shards)
        folder = out / WORK_FOLDER / name_of(share, key)
        files = sum(len(shard.files) for shard in shards)
        result = ShareResult(out, share, files, is_finished(folder), tuple(run.warnings))
        if not result.unchanged:
            _begin_record(out)
            _work(run, shards, wanted)
            options = with_full_paths(config).meaning()
            now = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
            note = ShareNote(
                share.number, share.count, key, str(raw.absolute()), options, now, code_fingerprint()
            )
            with finishing(folder) as temporary:
                write_json(temporary / NOTE, note.as_dict())
        return result


def _work(run: Run, shards: Sequence[Shard], wanted: Callable[[Shard, int], bool]) -> None:
    """Read, clean, and find what the texts hold: as far as the run goes, and as one would where these were all documents."""
    run.config = hold(run)
    ledger = ledger_of(run.config)
    documents = read(run, [now for shard in shards for now in current_shard(shard)[0]], wanted)
    pieces = amend(run, documents.pieces, clean(run, documents.pieces), ledger)
    if run.reaches("entities"):
        marked = mark(run, pieces, None)
        find(run, marked, key_texts(run, marked))


def merge_shares(
    out: Path,
    parts: Sequence[Path] = (),
    *,
    workers: int | None = None,
    cluster: str | None = None,
    show_progress: bool = False,
    executor: Executor | None = None,
) -> RunResult:
    """Make the tables in `out` of the shares that were done there, or in `parts`, with the options that they were done with.

    Raises UsageError for shares that are missing, or are of other documents than those that lie there now, and what `run_corpus`
    raises.
    """
    out = Path(out)
    if parts:
        _take_over(out, parts)
    found = notes_in(out)
    if not found:
        raise UsageError(
            f"{out} holds no share that this version of the program has done. Do them first: corpus run RAW OUT --shard 1/8, "
            "2/8 and so on; shares that lie in folders of their own are named after OUT."
        )
    notes = latest(list(found.values()))
    if lacking := missing(notes):
        raise UsageError(_of_missing(lacking, notes[0], out))
    config = replace(config_of(notes[0].config), workers=workers, cluster=cluster)
    raw = Path(notes[0].raw)
    require_given(config)
    if key_of(config, plan(raw, out, opened=False).shards, ()) != notes[0].key:
        raise UsageError(
            f"The documents in {raw}, or your own lists, are no more what the shares in {out} are of. Run the same jobs again: "
            "what has not changed is taken up."
        )
    return run_corpus(raw, out, config, show_progress=show_progress, executor=executor, keep=found)


def _of_missing(lacking: Sequence[Share], note: ShareNote, out: Path) -> str:
    one = f"Share {lacking[0]} is" if len(lacking) == 1 else f"Shares {', '.join(map(str, lacking))} are"
    return (
        f"{one} not done in {out}. Run: corpus run {note.raw} {out} --shard {lacking[0]}, with the options of the others; or "
        "name the folder that it lies in after OUT."
    )


def _begin_record(out: Path) -> None:
    """Say in `run.json` whose folder this is, where no run has yet."""
    if record_of(out) is None:
        write_run_record(out, {"version": __version__, "status": "running"})


def _take_over(out: Path, parts: Sequence[Path]) -> None:
    """Bring the finished work of `parts` into `out`. Raises OutputError for a folder that no run of this program wrote."""
    for part in parts:
        if record_of(part) is None:
            raise OutputError(
                f"{part} holds no work of this program. Name folders that `corpus run --shard` wrote to."
            )
    with open_output(out, STAGES[-1], fresh=False):
        _begin_record(out)
        for part in parts:
            for folder in sorted((part / WORK_FOLDER).glob("[a-z]*-*")):
                if is_finished(folder) and not is_finished(out / WORK_FOLDER / folder.name):
                    _copy(folder, out / WORK_FOLDER / folder.name)


def _copy(folder: Path, copy: Path) -> None:
    with finishing(copy) as temporary:
        shutil.copytree(
            folder,
            temporary,
            copy_function=link_or_copy,
            ignore=shutil.ignore_patterns(MANIFEST),
            dirs_exist_ok=True,
        )
