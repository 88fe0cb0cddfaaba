"""The one guard of a document: whatever goes wrong in working on it, or takes too long, is a problem and costs no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from corpus.records import Problem
from corpus.run.timelimit import TimeLimitExceeded, time_limit

_T = TypeVar("_T")


def guarded(
    work: Callable[[], _T], source: str, stage: str, seconds: float, limit: float, recovered: bool = False
) -> _T | Problem:
    """What `work` gives; a problem of `source` where it fails or takes more than `seconds` of CPU, what is left of `limit`.

    `recovered` says whether the document is in `documents` all the same.
    """
    from corpus.clean import NoContent

    try:
        with time_limit(seconds):
            return work()
    except NoContent as error:
        return Problem(source, stage, "no_content", str(error))
    except TimeLimitExceeded:
        message = (
            f"It took more than {limit:g} seconds of work. "
            "Raise document_seconds in corpus.toml if the document is worth it."
        )
        return Problem(source, stage, "time_limit", message, recovered)
    except Exception as error:  # noqa: BLE001 - a bad document is a row, never a crash
        message = f"It could not be worked on: {type(error).__name__}: {str(error)[:300]}"
        return Problem(source, stage, "failed", message, recovered)
