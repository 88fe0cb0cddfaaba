"""Topics as a user wants them: seeded, merged, split, named and dropped after the fit, each wish matched to it by content.

All is done to the memberships of the fitted documents, from which the mixture is then made again, so that new documents, tables
and saved models follow. A wish that cannot be met changes nothing and is answered with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import numpy as np

from corpus.plurals import counted
from corpus.topics.curve import Forest
from corpus.topics.engines import Fit, space_of
from corpus.topics.matching import Matcher, NoMatchError
from corpus.topics.matrix import Floats
from corpus.topics.mixture import fit_mixture, posterior
from corpus.topics.terms import Integers
from corpus.topics.tree import ROUNDS, Tree
from corpus.topics.wishes import (
    DROP,
    KEEP_WORD,
    LABEL,
    MERGE,
    SEED,
    SPLIT,
    STOP_WORD,
    Wish,
    meaning,
    told_by,
    topics_of,
)

# A document begins in a seeded topic when it holds two of its words, or the only one.
SEEDS_IN_DOCUMENT = 2
# What a seeded topic has of each of its words beside what its documents hold: this share of all occurrences.
ANCHOR = 0.5
# A seeded topic needs so many documents to begin with.
LEAST_SEEDED = 3
MOST_PARTS = 9
# A part of a split topic has at least so many documents.
LEAST_IN_PART = 3


@dataclass(slots=True)
class Steered:
    """Memberships as the wishes left them (documents, topics), and of each topic: the name that a wish gave it, whether a wish
    set its bounds, whether it was dropped. `answers`: of each wish, None where it was met, else why not; `told`: the wishes, with
    documents of the topics that they were found to mean."""

    memberships: Floats
    names: list[str | None]
    bounded: list[bool]
    dropped: list[bool]
    answers: list[str | None] = field(default_factory=list)
    told: list[Wish] = field(default_factory=list)

    @classmethod
    def of(cls, memberships: Floats) -> Steered:
        """Topics as a fit left them."""
        topics = memberships.shape[1]
        return cls(memberships, [None] * topics, [False] * topics, [False] * topics)

    def add(self, columns: Floats, name: str | None = None) -> None:
        """Append topics."""
        added = columns.shape[1]
        self.memberships = np.hstack([self.memberships, columns])
        self.names += [name] * added
        self.bounded += [True] * added
        self.dropped += [False] * added

    def taken(self, memberships: Floats, order: Integers) -> Steered:
        """The same topics in another order, with the memberships that a mixture of the old order gives."""
        names, bounded, dropped = (
            [column[n] for n in order] for column in (self.names, self.bounded, self.dropped)
        )
        return Steered(memberships[:, order], names, bounded, dropped, self.answers, self.told)

    def remove(self, topic: int) -> None:
        """Take a topic out; its weights are elsewhere by now."""
        self.memberships = np.delete(self.memberships, topic, axis=1)
        for column in (self.names, self.bounded, self.dropped):
            del column[topic]


def topics_meant(wishes: Sequence[Wish], matcher: Matcher, memberships: Floats) -> int:
    """How many topics of a fit are each meant by some wish: what a fit that is to be steered should have."""
    given = {wish.text if wish.action == SEED else wish.to for wish in wishes if wish.action in (SEED, LABEL)}
    texts = {text for wish in wishes for text in topics_of(wish)}
    found = set()
    for text in sorted(texts - given):
        with suppress(NoMatchError):
            found.add(matcher.find(text, (), memberships))
    return len(found)


def steer(fit: Fit, forest: Forest, matcher: Matcher, wishes: Sequence[Wish]) -> tuple[Fit, Steered]:
    """The fit as the wishes want it, and its documents' memberships. Dropped topics stay in the mixture, so that what is theirs
    goes to no other."""
    steering = _Steering(fit, forest, matcher)
    answers = [steering.met(wish) for wish in wishes]
    found = steering.settled()
    found.answers, found.told = answers, steering.told
    return steering.fit, found


class _Steering:
    """One fit while wishes are met one after the other."""

    def __init__(self, fit: Fit, forest: Forest, matcher: Matcher) -> None:
        self.fit = fit
        self._grove = forest.grove
        self._corpus = forest.grove.corpus
        self._space = space_of(fit, self._corpus)
        self._matcher = matcher
        self._found = Steered.of(posterior(fit.mixture, self._corpus.words, self._space))
        self._changed = False
        # What was written in the wish that named a topic: another wish with the same words may name it anew.
        self._named_by: dict[str, str] = {}
        self.told: list[Wish] = []
        """The wishes so far, with documents of the topics that they were found to mean."""
        # What the wish that is being met means topics by, with documents of them.
        self._meant: dict[str, str] = {}

    def met(self, wish: Wish) -> str | None:
        """None where the wish is met, else why it is not."""
        self._meant = {}
        answer = self._answered(wish)
        self.told.append(meaning(wish, self._meant))
        return answer

    def _answered(self, wish: Wish) -> str | None:
        meet = {
            STOP_WORD: self._drop_word,
            KEEP_WORD: self._keep_word,
            SEED: self._seed,
            MERGE: self._merge,
            SPLIT: self._split,
            LABEL: self._label,
            DROP: self._drop,
        }
        try:
            meet[wish.action](wish)
        except NoMatchError as error:
            return str(error)
        return None

    def settled(self) -> Steered:
        """The memberships that the mixture gives once all wishes are met."""
        if self._changed:
            self._fit_again(0, None)
            self._found.memberships = posterior(self.fit.mixture, self._corpus.words, self._space)
        return self._found

    # Words were left out or kept when they were counted: here is only told whether there are any.
    def _drop_word(self, wish: Wish) -> None:
        if not self._matcher.has_met(wish.text):
            raise NoMatchError(f"no document has the word {wish.text!r}")

    def _keep_word(self, wish: Wish) -> None:
        self._matcher.columns(wish.text)

    def _seed(self, wish: Wish) -> None:
        """A topic of the documents that hold the seeds, which keeps them; the one that has them already, where there is one."""
        columns = self._matcher.columns(wish.to)
        hits = np.asarray(self._matcher.presence[:, columns].sum(axis=1)).ravel()
        begun = self._matcher.rows[hits >= min(SEEDS_IN_DOCUMENT, len(columns))]
        if len(begun) < LEAST_SEEDED:
            held = counted(len(begun), "document holds", "documents hold")
            raise NoMatchError(f"only {held} {'two of ' if len(columns) > 1 else ''}the words {wish.to!r}")
        topic = self._topic_made_of(begun)
        if topic is None:
            seeded = np.zeros((len(self._found.memberships), 1))
            seeded[begun] = 1.0
            self._found.memberships = self._found.memberships * (1.0 - seeded)
            self._found.add(seeded)
            topic = len(self._found.names) - 1
        anchors = np.zeros((len(self._found.names), self._corpus.words.shape[1]))
        anchors[topic, self._matcher.first + columns] = ANCHOR
        self._fit_again(ROUNDS, anchors)
        self._found.memberships = posterior(self.fit.mixture, self._corpus.words, self._space)
        self._found.names[topic] = wish.text.strip()
        self._found.bounded[topic] = True

    def _topic_made_of(self, documents: np.ndarray) -> int | None:
        """The topic that most of these documents are of, if most of its documents are these."""
        inside = self._found.memberships[documents].sum(axis=0)
        best = int(inside.argmax())
        whole = float(self._found.memberships[:, best].sum())
        return best if inside[best] > 0.5 * max(len(documents), whole) else None

    def _merge(self, wish: Wish) -> None:
        one, other = self._topic(wish.text), self._topic(wish.to)
        if one == other:
            raise NoMatchError(f"{told_by(wish.text)[0]!r} and {told_by(wish.to)[0]!r} are one topic already")
        self._found.memberships[:, other] += self._found.memberships[:, one]
        self._found.bounded[other] = True
        self._found.remove(one)
        self._changed = True

    def _split(self, wish: Wish) -> None:
        """The cut of the Ward tree of the topic's own documents; each document's weight goes to its nearest part."""
        topic = self._topic(wish.text)
        parts = int(wish.to) if wish.to.strip().isdigit() else 2 if not wish.to.strip() else 0
        if not 2 <= parts <= MOST_PARTS:
            raise NoMatchError(f"a topic is split into 2 to {MOST_PARTS} parts, not {wish.to!r}")
        weights = self._found.memberships
        own = np.flatnonzero(weights.argmax(axis=1) == topic)
        if len(own) < parts * LEAST_IN_PART:
            are = counted(len(own), "document is", "documents are")
            raise NoMatchError(f"only {are} of {told_by(wish.text)[0]!r}, too few for {parts} parts")
        _, centres = Tree(self._grove, own).group(parts)
        nearest = (self._grove.vectors(self._grove.documents()) @ centres.T).argmax(axis=1)
        columns = weights[:, [topic]] * np.eye(parts)[nearest]
        self._found.add(columns)
        self._found.remove(topic)
        self._changed = True

    def _label(self, wish: Wish) -> None:
        topic, asked = self._topic(wish.text), told_by(wish.text)[0].casefold()
        name = self._found.names[topic]
        if name is not None and asked not in (name.casefold(), self._named_by.get(name)):
            raise NoMatchError(
                f"the words {told_by(wish.text)[0]!r} are now of the topic that is called {name!r}"
            )
        self._found.names[topic] = wish.to.strip()
        self._named_by[wish.to.strip()] = asked

    def _drop(self, wish: Wish) -> None:
        topic = self._topic(wish.text)
        if self._found.dropped.count(False) < 2:
            raise NoMatchError(f"{told_by(wish.text)[0]!r} is the only topic")
        self._found.dropped[topic] = True

    def _topic(self, text: str) -> int:
        # A topic that was dropped is nobody's any more.
        kept = [topic for topic, dropped in enumerate(self._found.dropped) if not dropped]
        names, own = [self._found.names[topic] for topic in kept], self._found.memberships[:, kept]
        found = self._matcher.find(text, names, own)
        self._meant[text] = self._matcher.told(text, names, own, found)
        return kept[found]

    def _fit_again(self, rounds: int, anchors: Floats | None) -> None:
        before = self.fit.mixture
        mixture = fit_mixture(
            self._corpus.words,
            self._found.memberships,
            self._space,
            before.words_heard,
            self._corpus.term_languages,
            0 if before.across else rounds,
            anchors,
        )
        self.fit = replace(self.fit, mixture=mixture)
