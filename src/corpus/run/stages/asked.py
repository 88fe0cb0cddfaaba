"""What the user asks of topics, and what the runs before know of that: which topic each wish was found to mean.

A fit finds a topic by documents more surely than by words, so what one fit found by words is told to the next by documents,
wish by wish: rows of `corrections.csv` that come, go or change leave what is known of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from corpus.run.workspace import MODELS_FOLDER
from corpus.store import read_json, write_json

if TYPE_CHECKING:
    from corpus.topics import Wish

TOLD = "told.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of topics: `options`, a digest of what they depend on beside the documents; `wishes` as they are written;
    `told`, the same with documents of those topics that the runs before found them to mean."""

    options: str
    wishes: tuple[Wish, ...] = ()
    told: tuple[Wish, ...] = ()

    @classmethod
    def after(cls, options: str, wishes: tuple[Wish, ...], earlier: Sequence[Path]) -> Self:
        """The wishes as they were understood in `earlier` finished topics: of several, which a killed run leaves, in those that
        know most of them."""
        from corpus.topics import as_told_before

        before = max(map(cls.read, earlier), key=lambda one: one.knows(wishes), default=cls(options))
        return cls(options, wishes, as_told_before(wishes, zip(before.wishes, before.told, strict=True)))

    @classmethod
    def read(cls, folder: Path) -> Self:
        """What `write` left in finished topics."""
        from corpus.topics import Wish

        found = read_json(folder / TOLD)
        wishes, told = (tuple(Wish(*wish) for wish in found[name]) for name in ("wishes", "told"))
        return cls(found["options"], wishes, told)

    def write(self, folder: Path, told: Sequence[Wish]) -> None:
        """Leave in a folder what was asked, and as what the wishes were understood there."""
        write_json(folder / TOLD, {"options": self.options, "wishes": self.wishes, "told": told})

    def knows(self, wishes: Sequence[Wish]) -> int:
        """How many of some wishes are among these."""
        return len(set(self.wishes).intersection(wishes))

    def model_among(self, earlier: Sequence[Path]) -> Path | None:
        """Of earlier finished topics the ones that the same was asked of, whose models can be applied."""
        found = [path for path in earlier if (path / MODELS_FOLDER).is_dir() and self._is_asked_of(path)]
        return found[0] if len(found) == 1 else None

    def _is_asked_of(self, folder: Path) -> bool:
        before = self.read(folder)
        return (before.options, before.wishes) == (self.options, self.wishes)
