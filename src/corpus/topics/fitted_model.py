"""A fitted model as the tables of a run hold it: with its languages and the numbers of its topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.topics.drift import Spread
    from corpus.topics.model import TopicModel

SHARED = "shared"


@dataclass(frozen=True, slots=True)
class FittedModel:
    """A model of a run: its languages, the number of its first topic in the tables, and how the documents of the run that fitted
    it lie in its topics (None before they are counted)."""

    model: TopicModel
    languages: tuple[str, ...]
    first_topic: int
    spread: Spread | None = None

    @property
    def numbers(self) -> int:
        """How many topic numbers it takes: its topics, the residue, the groups."""
        return self.model.n_topics_ + 1 + len(self.model.groups())

    @property
    def name(self) -> str:
        """What its folder is called: its language, or "shared"."""
        return self.languages[0] if isinstance(self.model.language, str) else SHARED
