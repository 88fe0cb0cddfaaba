"""How two paragraphs relate: the same, nearly the same, one cut short, or the same wording with another fact.

The answer depends on the two texts alone. Similarity is 2 M / (a + b), where a and b count the words of both paragraphs and M
the words of their longest common subsequence (Ratcliff and Metzener's ratio over the subsequence that Hunt and McIlroy's
diff finds); the subsequence is counted bit by bit (Hyyrö 2004, "Bit-parallel LCS-length computation revisited").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np

from dedupe.dateline import Dateline, dateline_of, datelines, shifted
from dedupe.fact_guard import Stretch, facts_differ, shared_ends
from dedupe.fingerprint import FACT, Fingerprints
from dedupe.fold import Tokens
from dedupe.marked import OTHER, UNSURE, told

# With a fifth of the words replaced, four fifths stay in order; elisions count as words of their own and cost a little more.
NEAR = 0.7
# Below this many words one edit is most of what the paragraph says; two headings that share words are two headings.
MIN_NEAR = 8
# What does not end like a sentence may be a heading or an item of a list, and needs more words to be compared at all.
MIN_NEAR_UNFINISHED = 20
# A shorter beginning may be a heading that its paragraph takes up.
MIN_CUT = 8
# A longer paragraph with this share of further words has been extended, not edited.
MIN_LENGTH_RATIO = 0.7
# An edited cut copy ends on so many words of the full version, beside its last, which may be cut itself.
TAIL = 2
CUT_SIMILARITY = 0.8
# Beyond this many words on both sides the common subsequence is counted over runs between shared words only.
_LONG = 4000

# Paragraphs whose words are kept at hand; a pair's own are read anew in microseconds.
MOST_CACHED = 4096

RelationKind = Literal["same", "near", "cut"]


class Relation(NamedTuple):
    """How paragraph `i` relates to paragraph `j`. `cut` means that `shorter` is a beginning of the other.

    `skip` counts the words of a dateline at the front of `i` and `j`.
    """

    kind: RelationKind
    similarity: float
    same_facts: bool
    shorter: int = -1
    skip: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Rows:
    """Paragraphs to compare: fingerprints, and texts that are read only where the fact guard needs them."""

    fingerprints: Fingerprints
    text: Callable[[int], str]
    language: Callable[[int], str] = lambda _: "fr"
    known: dict[tuple[int, int], Relation | None] = field(default_factory=dict)
    _words: dict[int, list[int]] = field(default_factory=dict)
    _vocabularies: dict[int, frozenset[int]] = field(default_factory=dict)
    _tokens: dict[int, Tokens] = field(default_factory=dict)
    _datelines: dict[int, Dateline | None] = field(default_factory=dict)

    def words(self, i: int) -> list[int]:
        """Return the token hashes of paragraph `i`."""
        found = self._words.get(i)
        if found is None:
            if len(self._words) >= MOST_CACHED:
                self._words.clear()
            found = self._words[i] = self.fingerprints.row(i).tolist()
        return found

    def length(self, i: int) -> int:
        """Return the number of words of paragraph `i`."""
        starts = self.fingerprints.starts
        return int(starts[i + 1] - starts[i])

    def vocabulary(self, i: int) -> frozenset[int]:
        """Return the distinct words of paragraph `i`."""
        found = self._vocabularies.get(i)
        if found is None:
            if len(self._vocabularies) >= MOST_CACHED:
                self._vocabularies.clear()
            found = self._vocabularies[i] = frozenset(self.words(i))
        return found

    def marked(self, i: int, mark: int) -> list[int]:
        """Return the hashes of the words of paragraph `i` that have one of the marks in `mark`, in order."""
        found: list[int] = self.fingerprints.marked(i, mark).tolist()
        return found

    def tokens(self, i: int) -> Tokens:
        """Return the tokens of paragraph `i` with their offsets."""
        found = self._tokens.get(i)
        if found is None:
            if len(self._tokens) >= MOST_CACHED:
                self._tokens.clear()
            found = self._tokens[i] = Tokens(self.text(i))
        return found

    def dateline(self, i: int) -> Dateline | None:
        """Return the dateline that paragraph `i` begins with; None without one."""
        if i not in self._datelines:
            if len(self._datelines) >= MOST_CACHED:
                self._datelines.clear()
            self._datelines[i] = dateline_of(self.text(i), self.language(i))
        return self._datelines[i]

    def finished(self, i: int) -> bool:
        """Return whether paragraph `i` ends like a sentence."""
        return ends_sentence(self.text(i))


def ends_sentence(text: str) -> bool:
    """Return whether `text` ends with a mark that ends a sentence, closing quotes and brackets aside."""
    end = text.rstrip(" \t\n\r\u00a0\u202f»”\"')]’")
    return end.endswith((".", "!", "?", "。")) and not end.endswith(("...", "…"))


def cut_short(rows: Rows, i: int) -> bool:
    """Return whether paragraph `i` is long enough for a cut copy and ends inside a sentence."""
    prints = rows.fingerprints
    return bool(prints.starts[i + 1] - prints.starts[i] >= MIN_CUT) and not rows.finished(i)


def common_words(a: Sequence[int], b: Sequence[int]) -> int:
    """Return the length of the longest common subsequence of two sequences of hashes."""
    front, back = shared_ends(a, b)
    a, b = a[front : len(a) - back], b[front : len(b) - back]
    if not a or not b:
        return front + back
    if len(a) * len(b) > _LONG * _LONG:
        # An upper bound in linear time; paragraphs of this size are whole documents without line breaks.
        return front + back + (Counter(a) & Counter(b)).total()
    places: dict[int, int] = {}
    for i, word in enumerate(a):
        places[word] = places.get(word, 0) | 1 << i
    full = (1 << len(a)) - 1
    state = full
    for word in b:
        place = places.get(word)
        if place:
            shared = state & place
            state = ((state + shared) | (state - shared)) & full
    return front + back + len(a) - state.bit_count()


def relate(rows: Rows, i: int, j: int) -> Relation | None:
    """Return how paragraph `i` relates to `j`, or None when neither repeats the other."""
    if (i, j) not in rows.known:
        rows.known[i, j] = _relate(rows, i, j)
    return rows.known[i, j]


def _relate(rows: Rows, i: int, j: int) -> Relation | None:
    a, b = rows.words(i), rows.words(j)
    if a == b:
        return Relation("same", 1.0, True)
    skip = dateline_words(rows, i, j, a, b)
    if skip != (0, 0):
        a, b = a[skip[0] :], b[skip[1] :]
    n, m = len(a), len(b)
    shorter, longer = (n, m) if n <= m else (m, n)
    if shorter >= MIN_CUT and shorter < longer:
        cut = _cut(rows, i, j, a, b, skip)
        if cut is not None:
            return cut
    if shorter < MIN_NEAR or shorter < MIN_LENGTH_RATIO * longer:
        return None
    if shorter < MIN_NEAR_UNFINISHED and not (rows.finished(i) and rows.finished(j)):
        return _numbered(rows, i, j, a, b, skip)
    shared = shared_ends(a, b)
    if skip == (0, 0) and 2 * sum(shared) < NEAR * (n + m):
        # What one side alone has cannot be common: a bound that spares most pairs the count.
        here, there = rows.vocabulary(i), rows.vocabulary(j)
        if 2 * min(n - len(here - there), m - len(there - here)) < NEAR * (n + m):
            return None
    similarity = 2 * common_words(a, b) / (n + m)
    if similarity < NEAR:
        return None
    return Relation("near", similarity, not changed(rows, i, j, shared, skip), skip=skip)


def _numbered(
    rows: Rows, i: int, j: int, a: list[int], b: list[int], skip: tuple[int, int]
) -> Relation | None:
    """Return the relation of two short lines that differ in facts only, which makes one a variant of the other."""
    if len(a) != len(b):
        return None
    facts = {*rows.marked(i, FACT), *rows.marked(j, FACT)}
    if any(x != y and not (x in facts and y in facts) for x, y in zip(a, b, strict=True)):
        return None
    similarity = 2 * common_words(a, b) / (len(a) + len(b))
    if similarity < NEAR or not changed(rows, i, j, shared_ends(a, b), skip):
        return None
    return Relation("near", similarity, False, skip=skip)


def _cut(rows: Rows, i: int, j: int, a: list[int], b: list[int], skip: tuple[int, int]) -> Relation | None:
    short, short_words, long_words = (i, a, b) if len(a) < len(b) else (j, b, a)
    n = len(short_words)
    # The last word may be cut itself, so it need not be equal.
    if long_words[: n - 1] == short_words[:-1]:
        similarity, same_facts = (1.0 if long_words[n - 1] == short_words[-1] else (n - 1) / n), True
        if rows.finished(short):
            return None
    else:
        if n > MIN_LENGTH_RATIO * len(long_words) or rows.finished(short):
            return None
        head = long_words[:n]
        similarity = common_words(short_words, head) / n
        if similarity < CUT_SIMILARITY or not _breaks_off(short_words, head):
            return None
        other = j if short == i else i
        here = _stretch(rows, short, skip[0 if short == i else 1], n - 1)
        there = _stretch(rows, other, skip[1 if short == i else 0], n - 1)
        same_facts = not facts_differ(here, there, rows.language(short))
    return Relation("cut", similarity, same_facts, shorter=short, skip=skip)


def _breaks_off(short: list[int], head: list[int]) -> bool:
    """Return whether an edited copy ends on words of `head`, the last of which may be cut: else it goes on with its own."""
    tail = short[-1 - TAIL : -1]
    return any(head[k : k + TAIL] == tail for k in range(len(head) - TAIL, -1, -1))


def _stretch(rows: Rows, i: int, skip: int, count: int | None = None) -> Stretch:
    tokens = rows.tokens(i)
    return Stretch(tokens, skip, len(tokens) if count is None else min(skip + count, len(tokens)))


def changed(rows: Rows, i: int, j: int, shared: tuple[int, int], skip: tuple[int, int]) -> bool:
    """Return whether a fact differs; texts are read only when words that may carry one do.

    `shared` is how many words the two share at both ends, once the `skip` words of a dateline are gone.
    """
    if skip == (0, 0):
        said = told(rows.fingerprints, np.array([[i, j]]), rows.language)[0]
        if said != UNSURE:
            return bool(said == OTHER)
    return read_changed(rows, i, j, shared, skip)


def read_changed(rows: Rows, i: int, j: int, shared: tuple[int, int], skip: tuple[int, int] = (0, 0)) -> bool:
    """Return the same by the texts alone."""
    here, there = _stretch(rows, i, skip[0]), _stretch(rows, j, skip[1])
    return facts_differ(here, there, rows.language(i), shared)


def dateline_words(rows: Rows, i: int, j: int, a: list[int], b: list[int]) -> tuple[int, int]:
    """Return how many of the words `a` and `b` with which the paragraphs begin are datelines."""
    first, second = rows.dateline(i), rows.dateline(j)
    if (first is None and second is None) or not shifted(a, b):
        return 0, 0
    return datelines(first, second)
