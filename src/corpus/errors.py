"""The tree of errors. Only configuration and environment faults are exceptions; a bad document is a row in `problems`.

CorpusError                     everything below; the command line prints it as one sentence
├── UsageError                  what was asked cannot be meant (exit 2)
│   ├── ConfigError             a key or value of corpus.toml or of an option
│   └── InputError              the input folder cannot be used
├── OutputError                 the output folder cannot be used, or is not ours (exit 2)
├── DiskFullError               there is no room left for what is written (exit 1)
├── RemoteError                 a store of objects does not answer, refuses, or was changed meanwhile (exit 1)
├── WorkerLostError             worker processes die whatever they work on (exit 1)
├── TableError                  a table that was asked for is not there
│   └── UnknownNameError        an attribute of a corpus that it does not have
└── SetupError                  a model or an extra is missing, or a clash of packages (exit 1)
"""

from __future__ import annotations

import errno


class CorpusError(Exception):
    """Anything this project raises on purpose; the message is a sentence that says what to do.

    >>> import corpus
    >>> try:
    ...     corpus.open("no-such-folder")
    ... except corpus.CorpusError as error:
    ...     print(error)
    no-such-folder holds no table. Run `corpus run RAW no-such-folder` first.
    """

    exit_code = 1

    def _render_traceback_(self) -> list[str]:
        """In a notebook, the sentence instead of thirty lines of our own code: IPython asks for it by this name."""
        return [f"{type(self).__name__}: {self}"]


class UsageError(CorpusError):
    """What was asked for cannot be meant."""

    exit_code = 2


class ConfigError(UsageError):
    """A key or a value in corpus.toml or among the options is wrong."""


class InputError(UsageError):
    """The input folder does not exist or cannot be listed."""


class OutputError(UsageError):
    """The output folder cannot be written, or holds files that are not ours."""


class DiskFullError(CorpusError):
    """There is no room left where the output is written."""


class RemoteError(CorpusError):
    """A store of objects does not answer, refuses what is asked of it, or was written to by others meanwhile."""


class WorkerLostError(CorpusError):
    """Worker processes die, and it is no single document that kills them."""


class TableError(CorpusError):
    """A table, a column or a row that was asked for is not there."""


class UnknownNameError(TableError, AttributeError):
    """A corpus has no such table and no such method."""


class SetupError(CorpusError):
    """A model or an optional package is missing, or two packages clash."""


def is_full(error: BaseException) -> bool:
    """Whether an error says that there is no room left: on the disk, in the quota, or for so large a file."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
