"""A run over folders of this machine or URLs: documents are copied here first, tables there last."""

from __future__ import annotations

from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from corpus.config import Config
from corpus.errors import UsageError
from corpus.places import lies_in, local_place, shown
from corpus.remote.cache import shelf_for
from corpus.remote.mirror import Mirror, mirror
from corpus.remote.outputs import FarOutput
from corpus.run import pipeline
from corpus.run.pipeline import RunResult
from corpus.run.progress import Progress

Place = str | Path


def run_corpus(
    raw: Place,
    out: Place,
    config: Config | None = None,
    *,
    cache: Path | None = None,
    fresh: bool = False,
    refit: bool = False,
    show_progress: bool = False,
    executor: Executor | None = None,
    lean: bool = False,
) -> RunResult:
    """Read everything below `raw` and leave the tables in `out`; see docs/tables.md for what they hold.

    Both may be folders or URLs (docs/remote.md); copies of what lies elsewhere are kept in `cache`, by default where the system
    keeps caches. `fresh` removes first what earlier runs left in `out`; `refit` fits topics anew where the model of the run
    before would do. `executor` does the work instead of the processes or the cluster that `config` names; `lean` keeps pyarrow
    from loading pandas into a process that does nothing else. Raises UsageError for folders that cannot be used, SetupError for
    a missing model or package, DiskFullError, RemoteError where a place does not answer; a document that cannot be read is a row
    in `problems` and counts in `unread`.

    >>> from pathlib import Path
    >>> import corpus
    >>> Path("articles").mkdir()
    >>> _ = Path("articles", "pont.txt").write_text("Le pont restera fermé jusqu'en mai.", encoding="utf-8")
    >>> done = corpus.run_corpus("articles", "tables", corpus.Config(until="clean", workers=1))
    >>> done.record["rows"]["documents"], done.unread
    (1, 0)
    """
    raw, out = local_place(raw), local_place(out)
    with ExitStack() as held:
        there = _Output(out, cache, held)
        there.bring(fresh)
        documents = _documents(raw, out, cache, Progress(show_progress))
        result = pipeline.run_corpus(
            documents.path,
            there.here,
            config,
            fresh=fresh,
            refit=refit,
            show_progress=show_progress,
            executor=executor,
            lean=lean,
            known=documents.problems,
        )
        return there.send(result)


def _documents(raw: Place, out: Place, cache: Path | None, progress: Progress) -> Mirror:
    """The folder to read, and what of it could not be copied."""
    if isinstance(raw, Path):
        return Mirror(raw, ())
    below = None
    if isinstance(out, str):
        if raw == out or lies_in(raw, out) is not None:
            raise UsageError(
                f"{shown(raw)} lies in {shown(out)}, and what lies in an output folder is not read as input. Name a folder for "
                "the tables that does not hold the documents."
            )
        below = lies_in(out, raw)
    return mirror(raw, shelf_for(raw, "input", cache), progress, below)


class _Output:
    """The folder here that a run writes to, and the place elsewhere that it stands for, if any."""

    def __init__(self, out: Place, cache: Path | None, held: ExitStack) -> None:
        self.out = out
        self._far: FarOutput | None = None
        if isinstance(out, Path):
            self.here = out
            return
        shelf = shelf_for(out, "output", cache)
        held.enter_context(shelf.held(wait=False))
        self.here = shelf.path / "out"
        self._far = FarOutput(out, shelf.path)

    def bring(self, fresh: bool) -> None:
        """Take up what lies there; what is to be made afresh is only looked at."""
        if self._far is not None:
            self._far.look() if fresh else self._far.bring(self.here)

    def send(self, result: RunResult) -> RunResult:
        """Copy what the run left to where it belongs."""
        if self._far is None:
            return result
        self._far.send(self.here)
        return replace(result, place=shown(str(self.out)))
