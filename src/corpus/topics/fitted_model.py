"""A fitted model as the tables of a run hold it: with its languages and the numbers of its topics."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.topics.memory import TextMemory

if TYPE_CHECKING:
    from corpus.topics.applied import AppliedModel

SHARED = "shared"
GROUPS = "groups.json"
Groups = list[tuple[tuple[int, ...], str]]
"""Near topics, each group with its label, as `AppliedModel.groups` gives them."""


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
    it lie in its topics (None before they are counted). `known` are its groups by language, once they were asked for."""

    model: AppliedModel
    languages: tuple[str, ...]
    first_topic: int
    spread: Spread | None = None
    known: dict[str, Groups] = field(default_factory=dict)

    @property
    def numbers(self) -> int:
        """How many topic numbers it takes: its topics, the residue, the groups."""
        return self.model.n_topics_ + 1 + len(self.groups(None))

    def groups(self, language: str | None) -> Groups:
        """The groups above its topics, labelled in a language (None: its first)."""
        language = language or next(iter(self.model.state_.views))
        if language not in self.known:
            self.known[language] = self.model.groups(language)
        return self.known[language]

    @property
    def name(self) -> str:
        """What its folder is called: its language, or "shared"."""
        return self.languages[0] if isinstance(self.model.language, str) else SHARED

    def remember(self, earlier: Path | None) -> None:
        """From here on no paragraph is read twice; nor is one that stands in the folder `earlier`, where a memory was saved, and
        the groups are those that stand there."""
        views = {}
        if earlier is not None:
            self._recall(earlier / f"{self.name}.{GROUPS}")
        for language, view in self.model.state_.views.items():
            memory = TextMemory(view.reader)
            if earlier is not None:
                memory.load(earlier, f"{self.name}.{language}")
            views[language] = replace(view, memory=memory)
        self.model.state_ = replace(self.model.state_, views=views)

    def _recall(self, path: Path) -> None:
        """Take up groups that were found before: what finds them takes longer to load than to do it."""
        if path.is_file():
            told = json.loads(path.read_text(encoding="utf-8"))
            for language, groups in told.items():
                self.known[language] = [(tuple(topics), label) for topics, label in groups]

    def save_memory(self, folder: Path) -> None:
        """Write what was read of the texts that were asked for, and the groups."""
        text = json.dumps(self.known, ensure_ascii=False, sort_keys=True)
        (folder / f"{self.name}.{GROUPS}").write_text(text, encoding="utf-8", newline="\n")
        for language, view in self.model.state_.views.items():
            if view.memory is not None:
                view.memory.save(folder, f"{self.name}.{language}")
