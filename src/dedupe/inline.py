"""Text doubled inside one paragraph: "A. B. A. B. C." holds "A. B." twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dedupe.fold import Token, tokenize

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


def find_doubled(text: str) -> list[tuple[int, int]]:
    """Return the spans of `text` that say again what `text` says before, sorted, as code points, end exclusive.

    What is left without them holds every sentence once. A span begins at its first word's opening quote, if any, and
    ends where the next word begins, so that its own punctuation goes with it.
    """
    tokens = tokenize(text)
    alive = list(range(len(tokens)))
    spans: list[tuple[int, int]] = []
    for _ in range(_MOST_ROUNDS):
        found = _find_copy(text, tokens, alive)
        if found is None:
            break
        first, last = found
        spans.append((_begin(text, tokens, alive[first]), _end(text, tokens, alive[last - 1])))
        del alive[first:last]
    return _merged(spans)


def _find_copy(text: str, tokens: Sequence[Token], alive: list[int]) -> tuple[int, int] | None:
    """Return the first and past-the-last position, in `alive`, of a copy."""
    words = [tokens[i].text for i in alive]
    n = len(words)
    half = n // 2
    if n % 2 == 0 and half >= MIN_WHOLE and words[:half] == words[half:] and len(set(words)) >= MIN_WHOLE:
        return half, n
    seen: dict[tuple[str, str, str], int] = {}
    lags: Counter[int] = Counter()
    for i in range(n - 2):
        shingle = (words[i], words[i + 1], words[i + 2])
        before = seen.get(shingle)
        if before is not None:
            lags[i - before] += 1
        seen[shingle] = i
    likely = [lag for lag, count in lags.items() if lag >= MIN_UNIT and count >= MIN_UNIT - 2]
    likely.sort(key=lambda lag: (-lags[lag], lag))

    def opens(i: int) -> bool:
        return i == 0 or bool(_SENTENCE_END.search(text[tokens[alive[i - 1]].end : tokens[alive[i]].start]))

    for lag in likely[:_MOST_LAGS]:
        for begin, end in _runs(words, lag):
            if end - begin >= lag:
                shift = next((s for s in range(begin, end - lag + 1) if opens(s + lag)), begin)
                return shift + lag, shift + lag + (end - shift) // lag * lag
            first, last = begin, end
            while first < last and not (opens(first) and opens(first + lag)):
                first += 1
            while last > first and last + lag < n and not opens(last + lag):
                last -= 1
            if last - first >= MIN_APART:
                return first + lag, last + lag
    return None


def _runs(words: list[str], lag: int) -> list[tuple[int, int]]:
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


def _begin(text: str, tokens: Sequence[Token], i: int) -> int:
    before = text[tokens[i - 1].end : tokens[i].start] if i else text[: tokens[i].start]
    opening = _OPENING.search(before)
    return tokens[i].start - (len(opening.group()) if opening else 0)


def _end(text: str, tokens: Sequence[Token], i: int) -> int:
    return _begin(text, tokens, i + 1) if i + 1 < len(tokens) else len(text)


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
    for start, end in spans:
        pieces.append(text[position:start])
        position = end
    pieces.append(text[position:])
    return "".join(pieces).rstrip()
