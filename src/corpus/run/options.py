"""What the options of a stage are: the part of the configuration that its finished work depends on, and nothing else.

A stage's options are a frozen dataclass whose fields bear the names of `Config`'s. `meaning()` is made from the fields, so a
field that is added counts by itself; tests hold that every option of `Config` belongs to a stage or is known to change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from corpus.identity import file_digest, joint_digest

if TYPE_CHECKING:
    from corpus.config import Config

_BYTES = "by its bytes"


def path_option() -> Any:
    """A field that holds a path, a tuple of paths or None: what counts is the bytes that lie there, not where."""
    return field(metadata={_BYTES: True})


class StageOptions:
    """The base of every stage's options."""

    __slots__ = ()

    @classmethod
    def of(cls, config: Config) -> Self:
        """The stage's part of the configuration; mappings become sorted pairs, so that options are hashable."""
        return cls(**{f.name: _hashable(getattr(config, f.name)) for f in fields(cls)})  # type: ignore[arg-type]

    def meaning(self) -> dict[str, Any]:
        """What finished work depends on, as JSON values: every field, and of a path the bytes that lie there."""
        return {
            f.name: bytes_at(getattr(self, f.name)) if f.metadata.get(_BYTES) else getattr(self, f.name)
            for f in fields(self)  # type: ignore[arg-type]
        }


def _hashable(value: Any) -> Any:
    return tuple(sorted(value.items())) if isinstance(value, Mapping) else value


def bytes_at(value: str | tuple[str, ...] | None) -> Any:
    """A hash of the bytes of a file, or of all files of a folder with their names; for each of several paths."""
    if value is None:
        return None
    if isinstance(value, tuple):
        return [bytes_at(path) for path in value]
    place = Path(value)
    if place.is_dir():
        files = sorted(path for path in place.rglob("*") if path.is_file())
        return joint_digest(f"{path.relative_to(place).as_posix()} {file_digest(path)}" for path in files)
    return file_digest(place)
