"""Topics as a user wants them: seeded, merged, split, named and dropped after the fit, each wish matched to it by content.

All is done to the memberships of the fitted documents, from which the mixture is then made again, so that new documents, tables
and saved models follow. A wish that cannot be met changes nothing and is answered with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from corpus.topics.curve import Forest
from corpus.topics.engines import Fit, space_of
from corpus.topics.matching import NoMatchError, Words, match_topic
from corpus.topics.matrix import Floats, Sparse
from corpus.topics.mixture import fit_mixture, posterior
from corpus.topics.terms import Integers, documents_with_term
from corpus.topics.tree import ROUNDS, Tree
from corpus.topics.views import WordView, column_range, main_language
from corpus.topics.wishes import DROP, KEEP_WORD, LABEL, MERGE, OF_WORDS, SEED, SPLIT, STOP_WORD, Wish

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
    set its bounds, whether it was dropped. `answers`: of each wish, None where it was met, else why not."""

    memberships: Floats
    names: list[str | None]
    bounded: list[bool]
    dropped: list[bool]
    answers: list[str | None] = field(default_factory=list)

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
        return Steered(memberships[:, order], names, bounded, dropped, self.answers)

    def remove(self, topic: int) -> None:
        """Take a topic out; its weights are elsewhere by now."""
        self.memberships = np.delete(self.memberships, topic, axis=1)
        for column in (self.names, self.bounded, self.dropped):
            del column[topic]


def steer(
    fit: Fit, forest: Forest, presence: Sparse, views: Mapping[str, WordView], wishes: Sequence[Wish]
) -> tuple[Fit, Steered]:
    """The fit as the wishes want it, and its documents' memberships. Dropped topics stay in the mixture, so that what is theirs
    goes to no other."""
    steering = _Steering(fit, forest, presence, views)
    answers = [steering.met(wish) for wish in wishes]
    found = steering.settled()
    found.answers = answers
    return steering.fit, found


class _Steering:
    """One fit while wishes are met one after the other."""

    def __init__(self, fit: Fit, forest: Forest, presence: Sparse, views: Mapping[str, WordView]) -> None:
        self.fit = fit
        self._forest = forest
        self._corpus = forest.grove.corpus
        self._space = space_of(fit, self._corpus)
        self._views = views
        main = main_language(views)
        self._main = main
        first, last = column_range(views, main)
        rows, _ = self._corpus.main_language()
        self._rows, self._first = rows, first
        self._presence = presence[rows][:, first:last]
        lemmas = views[main].vocabulary.lemmas
        self._words = Words({lemma: n for n, lemma in enumerate(lemmas)}, (views[main].reader,))
        self._found = Steered.of(posterior(fit.mixture, self._corpus.words, self._space))
        self._changed = False

    def met(self, wish: Wish) -> str | None:
        """None where the wish is met, else why it is not."""
        if wish.action in OF_WORDS:
            return self._word(wish)
        meet = {
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

    def _word(self, wish: Wish) -> str | None:
        """Words were counted by the wish already: here is only told whether there are any."""
        word = wish.text.strip().lower()
        for view in self._views.values():
            if wish.action == STOP_WORD and view.reader.has_met(word):
                return None
            if wish.action == KEEP_WORD and view.reader.lemma(word) in view.vocabulary.lemmas:
                return None
        return f"no document has the word {wish.text!r}"

    def _seed(self, wish: Wish) -> None:
        """A topic of the documents that hold the seeds, which keeps them; the one that has them already, where there is one."""
        columns = self._words.columns(wish.to)
        if not len(columns):
            raise NoMatchError(f"none of the words {wish.to!r} is a term of these documents")
        hits = np.asarray(self._presence[:, columns].sum(axis=1)).ravel()
        begun = self._rows[hits >= min(SEEDS_IN_DOCUMENT, len(columns))]
        if len(begun) < LEAST_SEEDED:
            raise NoMatchError(
                f"only {len(begun)} documents hold {'two of ' if len(columns) > 1 else ''}the words {wish.to!r}"
            )
        topic = self._topic_made_of(begun)
        if topic is None:
            seeded = np.zeros((len(self._found.memberships), 1))
            seeded[begun] = 1.0
            self._found.memberships = self._found.memberships * (1.0 - seeded)
            self._found.add(seeded)
            topic = len(self._found.names) - 1
        anchors = np.zeros((len(self._found.names), self._corpus.words.shape[1]))
        anchors[topic, self._first + columns] = ANCHOR
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
            raise NoMatchError(f"{wish.text!r} and {wish.to!r} are one topic already")
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
            raise NoMatchError(f"only {len(own)} documents are of {wish.text!r}, too few for {parts} parts")
        grove = self._forest.grove
        _, centres = Tree(grove, own).group(parts)
        nearest = (grove.vectors(grove.documents()) @ centres.T).argmax(axis=1)
        columns = weights[:, [topic]] * np.eye(parts)[nearest]
        self._found.add(columns)
        self._found.remove(topic)
        self._changed = True

    def _label(self, wish: Wish) -> None:
        self._found.names[self._topic(wish.text)] = wish.to.strip()

    def _drop(self, wish: Wish) -> None:
        topic = self._topic(wish.text)
        if self._found.dropped.count(False) < 2:
            raise NoMatchError(f"{wish.text!r} is the only topic")
        self._found.dropped[topic] = True

    def _topic(self, text: str) -> int:
        weights = self._found.memberships[self._rows]
        held = documents_with_term(self._presence, weights)
        # A topic that was dropped is nobody's any more.
        kept = np.flatnonzero(~np.array(self._found.dropped))
        names = [self._found.names[topic] for topic in kept]
        return int(kept[match_topic(text, names, self._words, held[kept], weights.sum(axis=0)[kept])])

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
