"""A fitted model as the tables of a run hold it: with its languages and the numbers of its topics."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.topics.memory import TextMemory

if TYPE_CHECKING:
    from corpus.topics.applied import AppliedModel

SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Spread:
    """Of some documents: how many there are, the mean share of them that is in no topic, the share of their words (stop words
    left out) that are no terms of the model, the mean share of each of its topics, and the words that are no terms but stand in
    many documents, with the share of these."""

    documents: int
    no_topic: float
    unseen: float
    topics: tuple[float, ...]
    words: dict[str, float]

    @classmethod
    def read(cls, values: dict[str, Any]) -> Spread:
        """What `as_json` wrote."""
        topics = tuple(float(share) for share in values["topics"])
        words = {str(word): float(share) for word, share in values["words"].items()}
        return cls(
            int(values["documents"]), float(values["no_topic"]), float(values["unseen"]), topics, words
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self) | {"topics": list(self.topics)}


@dataclass(frozen=True, slots=True)
class FittedModel:
    """A model of a run: its languages, the number of its first topic in the tables, and how the documents of the run that fitted
    it lie in its topics (None before they are counted)."""

    model: AppliedModel
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

    def remember(self, earlier: Path | None) -> None:
        """From here on no paragraph is read twice; nor is one that stands in the folder `earlier`, where a memory was saved."""
        views = {}
        for language, view in self.model.state_.views.items():
            memory = TextMemory(view.reader)
            if earlier is not None:
                memory.load(earlier, f"{self.name}.{language}")
            views[language] = replace(view, memory=memory)
        self.model.state_ = replace(self.model.state_, views=views)

    def save_memory(self, folder: Path) -> None:
        """Write what was read of the texts that were asked for."""
        for language, view in self.model.state_.views.items():
            if view.memory is not None:
                view.memory.save(folder, f"{self.name}.{language}")
