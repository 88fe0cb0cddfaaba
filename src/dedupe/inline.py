"""Text doubled inside one paragraph: "A. B. A. B. C." holds "A. B." twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence

from dedupe.fold import Tokens

# A run said twice in a row is a copy from so many words on; less may be rhetoric ("Jamais, jamais").
MIN_UNIT = 6
# A paragraph that is nothing but its own double is one from here on: a heading printed twice on one line.
MIN_WHOLE = 3
# Copies that do not touch are whole sentences of at least so many words, or they are citations.
MIN_APART = 12
_MOST_LAGS = 8
_MOST_ROUNDS = 16
_SENTENCE_END = re.compile(r"[.!?…]")
_OPENING = re.compile(r"(?:[\"']|(?:[«“‘(\[]\s*)+)$")


def find_doubled(text: str, words: Sequence[Hashable] | None = None) -> list[tuple[int, int]]:
    """Return the spans of `text` that say again what `text` says before, sorted, as code points, end exclusive.

    What is left without them holds every sentence once. A span begins at its first word's opening quote, if any, and
    ends where the next word begins, so that its own punctuation goes with it. `words` are the folded words or hashes of
    them, where they are known already.
    """
    half = (len(text) + 1) // 2
    if (
        text[half - 1 : half].isspace()
        and text[half:] == text[: half - 1]
        and len(text.split()) >= 2 * MIN_WHOLE
    ):
        # Said twice letter by letter: what is left may be doubled again.
        left = find_doubled(text[: half - 1], _half(words))
        return [*left, (half, len(text))]
    reader = _Reader(text, words)
    spans: list[tuple[int, int]] = []
    for _ in range(_MOST_ROUNDS):
        found = _find_copy(reader)
        if found is None:
            break
        first, last = found
        spans.append((reader.begin(reader.alive[first]), reader.end(reader.alive[last - 1])))
        del reader.alive[first:last]
    return _merged(spans)


def _half(words: Sequence[Hashable] | None) -> Sequence[Hashable] | None:
    """Return the words of the first half of a text said twice; None where no word ends between the halves ("1 | 000")."""
    if words is None or len(words) % 2:
        return None
    half = words[: len(words) // 2]
    return half if half == words[len(words) // 2 :] else None


class _Reader:
    """The words of a text that are not removed yet; the text itself is read only once something repeats."""

    def __init__(self, text: str, words: Sequence[Hashable] | None) -> None:
        self.text = text
        self._tokens: Tokens | None = None
        self.words: Sequence[Hashable] = self.tokens.words() if words is None else words
        self.alive = list(range(len(self.words)))

    @property
    def tokens(self) -> Tokens:
        if self._tokens is None:
            self._tokens = Tokens(self.text)
        return self._tokens

    def opens(self, place: int) -> bool:
        """Return whether a sentence begins at `place` of what is alive."""
        if place == 0:
            return True
        tokens = self.tokens
        between = self.text[tokens.end(self.alive[place - 1]) : tokens.start(self.alive[place])]
        return bool(_SENTENCE_END.search(between))

    def begin(self, i: int) -> int:
        opening = _OPENING.search(self.tokens.before(i))
        return self.tokens.start(i) - (len(opening.group()) if opening else 0)

    def end(self, i: int) -> int:
        return self.begin(i + 1) if i + 1 < len(self.words) else len(self.text)


def _find_copy(reader: _Reader) -> tuple[int, int] | None:
    """Return the first and past-the-last place of a copy among the words that are alive."""
    words = [reader.words[i] for i in reader.alive]
    n = len(words)
    half = n // 2
    if n % 2 == 0 and half >= MIN_WHOLE and words[:half] == words[half:] and len(set(words)) >= MIN_WHOLE:
        return half, n
    shingles = list(zip(words, words[1:], words[2:], strict=False))
    if len(shingles) - len(set(shingles)) < MIN_UNIT - 2:
        return None
    seen: dict[tuple[Hashable, ...], int] = {}
    lags: Counter[int] = Counter()
    for i, shingle in enumerate(shingles):
        before = seen.get(shingle)
        if before is not None:
            lags[i - before] += 1
        seen[shingle] = i
    likely = [lag for lag, count in lags.items() if lag >= MIN_UNIT and count >= MIN_UNIT - 2]
    likely.sort(key=lambda lag: (-lags[lag], lag))
    for lag in likely[:_MOST_LAGS]:
        for begin, end in _runs(words, lag):
            if end - begin >= lag:
                shift = next((s for s in range(begin, end - lag + 1) if reader.opens(s + lag)), begin)
                return shift + lag, shift + lag + (end - shift) // lag * lag
            if end - begin < MIN_APART:
                continue
            first, last = begin, end
            while first < last and not (reader.opens(first) and reader.opens(first + lag)):
                first += 1
            while last > first and last + lag < n and not reader.opens(last + lag):
                last -= 1
            if last - first >= MIN_APART:
                return first + lag, last + lag
    return None


def _runs(words: Sequence[Hashable], lag: int) -> list[tuple[int, int]]:
    """Return the maximal [begin, end) where `words[i] == words[i + lag]`."""
    runs: list[tuple[int, int]] = []
    begin = None
    for i in range(len(words) - lag):
        if words[i] == words[i + lag]:
            begin = i if begin is None else begin
        elif begin is not None:
            runs.append((begin, i))
            begin = None
    if begin is not None:
        runs.append((begin, len(words) - lag))
    return runs


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return `text` without the spans, white space at its end trimmed."""
    pieces, position = [], 0
    for start, end in sorted(spans):
        pieces.append(text[position : max(start, position)])
        position = max(position, end)
    pieces.append(text[position:])
    return "".join(pieces).rstrip()
