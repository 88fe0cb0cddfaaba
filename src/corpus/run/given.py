"""The user's own files that a run is told of (companies, corrections, hosts, a topic model), held as they are when it begins.

They are copied into the workspace and read from there: what is changed or taken away while the run lasts counts in the next one,
and every worker reads the bytes that its work is named by.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from corpus.config import Config
from corpus.errors import ConfigError
from corpus.run.context import Run
from corpus.run.finished import finishing, is_finished
from corpus.run.options import bytes_at

HOSTS = "hosts"
MOST_CHANGES = 3
"""So often is a file copied again that changed meanwhile."""


def require_given(config: Config) -> None:
    """Raise ConfigError for a file that is not there."""
    for path in _paths(config):
        if not Path(path).exists():
            raise ConfigError(f"{path} does not exist. Put it there, or take it out of the options.")


def with_full_paths(config: Config) -> Config:
    """The configuration with every path as one that means the same in any folder."""
    return _with(config, {path: str(Path(path).absolute()) for path in _paths(config)})


def hold(run: Run) -> Config:
    """The configuration of the run with every path that of a copy. Raises ConfigError for a file that never rests."""
    paths = list(_paths(run.config))
    if not paths:
        return run.config
    for _ in range(MOST_CHANGES):
        digests = [bytes_at(path) for path in paths]
        folder = run.work("given", digests)
        copies = [folder / str(number) / Path(path).name for number, path in enumerate(paths)]
        if is_finished(folder) or _copied(paths, digests, folder):
            return _with(run.config, dict(zip(paths, map(str, copies), strict=True)))
        run.used.discard(folder.name)
    raise ConfigError(
        f"{' or '.join(paths)} changed each time it was read. Run again when nobody writes to it."
    )


def _copied(paths: list[str], digests: list[object], folder: Path) -> bool:
    """Copy the files to `folder`; False, and there is no folder, where they are not what their digests say."""
    try:
        with finishing(folder) as temporary:
            for number, (path, digest) in enumerate(zip(paths, digests, strict=True)):
                copy = temporary / str(number) / Path(path).name
                copy.parent.mkdir()
                if Path(path).is_dir():
                    shutil.copytree(path, copy)
                else:
                    shutil.copyfile(path, copy)
                if bytes_at(str(copy)) != digest:
                    raise _ChangedError
    except _ChangedError:
        return False
    return True


class _ChangedError(Exception):
    """A file is not what it was."""


def _paths(config: Config) -> Iterator[str]:
    yield from config.companies
    yield from (path for path in (config.corrections, config.topic_model) if path is not None)
    if HOSTS in config.outlet:
        yield str(config.outlet[HOSTS])


def _with(config: Config, copies: Mapping[str, str]) -> Config:
    return replace(
        config,
        companies=tuple(copies[path] for path in config.companies),
        corrections=config.corrections and copies[config.corrections],
        topic_model=config.topic_model and copies[config.topic_model],
        outlet={key: copies[str(value)] if key == HOSTS else value for key, value in config.outlet.items()},
    )
