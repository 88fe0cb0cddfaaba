"""A run whose input or output is a URL: copied here, run as ever, published when it ended well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from corpus.config import Config
from corpus.errors import CorpusError, UsageError
from corpus.records import Problem
from corpus.remote.copies import copy_input
from corpus.remote.objects import Store
from corpus.remote.publish import publish, require_place
from corpus.remote.shelf import Shelf, holding_shelf
from corpus.remote.urls import Place, is_url, place_of
from corpus.run.output import open_output
from corpus.run.pipeline import RunResult, check_setup, run_corpus
from corpus.run.progress import Progress


def run_remote(
    raw: str | Path,
    out: str | Path,
    config: Config | None = None,
    *,
    fresh: bool = False,
    refit: bool = False,
    show_progress: bool = False,
    executor: Executor | None = None,
    lean: bool = False,
) -> RunResult:
    """`run_corpus` where `raw`, `out` or both are URLs (`s3://bucket/folder`); the tables are those of a run over folders.

    The result's `folder` is the private folder that the tables were made in, its `url` where they were published. Raises
    what `run_corpus` raises, UsageError for a URL that is not taken, RemoteError for a store that does not answer or refuses,
    SetupError where a package for it is missing. A run that fails publishes nothing.

    >>> import corpus
    >>> from corpus.remote import run_remote
    >>> try:
    ...     run_remote("https://le-fil.example/articles", "tables")
    ... except corpus.CorpusError as error:
    ...     print(error)
    Pages are saved by `corpus collect`; a run reads folders, and s3://bucket/folder.
    """
    source, target = (place_of(str(one)) if is_url(one) else None for one in (raw, out))
    below = _apart(source, target)
    config = config or Config()
    with holding_shelf(str(target or Path(out).absolute())) as shelf:
        check_setup(config)
        to = Store(target) if target is not None else None
        if to is not None:
            require_place(to, config.until, fresh)
        elif not fresh:
            with suppress(OSError), open_output(Path(out), config.until, fresh):
                pass  # what could not be written is not copied for; what the system says, the run tells
        read, beside = _input(source, raw, shelf, below, Progress(show_progress))
        words = {str(read): str(source)} if source is not None else {}
        words |= {str(shelf.output): str(target)} if target is not None else {}
        with _telling(words):
            result = run_corpus(
                read,
                Path(out) if to is None else shelf.output,
                config,
                fresh=fresh,
                refit=refit,
                show_progress=show_progress,
                executor=executor,
                lean=lean,
                beside=beside,
            )
        if to is None:
            return result
        sent = publish(to, shelf, words)
        return replace(result, url=str(target), unchanged=result.unchanged and not sent)


def _apart(source: Place | None, target: Place | None) -> str | None:
    """The key of the output below the input, where it lies there. Raises UsageError for an input that lies in the output."""
    if source is None or target is None:
        return None
    if source.below(target) is not None:
        raise UsageError(
            f"{source} lies in {target}, and what lies in an output is not read as input. Name another place for the tables."
        )
    return target.below(source)


def _input(
    source: Place | None, raw: str | Path, shelf: Shelf, below: str | None, progress: Progress
) -> tuple[Path, Sequence[Problem]]:
    return (Path(raw), ()) if source is None else copy_input(Store(source), shelf, below, progress)


@contextmanager
def _telling(words: Mapping[str, str]) -> Iterator[None]:
    """Have errors of a run name what the user named, not the folders of the shelf."""
    try:
        yield
    except CorpusError as error:
        text = str(error)
        for path, url in words.items():
            text = text.replace(path, url)
        error.args = (text,)
        raise
