"""What the words around a date say about its direction: "sera présenté lundi" lies ahead, "a été présenté lundi" behind."""

from __future__ import annotations

import re

from extract.dates.lexicon import DateLexicon

# A verb further away than this belongs to another clause more often than not.
_REACH = 90
# "a levé 10 millions en mars et lancera ...": a verb of the same clause decides before a nearer one of the next.
_CLAUSE_COST = 45
# "will be passed", "will have been raised": a past form so soon behind a future one belongs to it.
_AUXILIARY_WORDS = 4
_SENTENCE_END = re.compile(r"[.!?;\n](?=\s|$)")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_VERB = 4


def tense_near(folded: str, start: int, end: int, lexicon: DateLexicon) -> str | None:
    """`future` or `past` by the nearest verb form of the same sentence that tells, or None."""
    low, high = max(0, start - _REACH), min(len(folded), end + _REACH)
    if folded[low:start].rstrip().endswith(lexicon.scheduled):
        return "future"  # "fixée au 9 mars"
    for mark in _SENTENCE_END.finditer(folded, low, start):
        low = mark.end()
    mark_after = _SENTENCE_END.search(folded, end, high)
    if mark_after is not None:
        high = mark_after.start()
    best, nearest = None, _REACH + 1
    since_future = _AUXILIARY_WORDS
    for word in _WORD.finditer(folded, low, high):
        tense = _tense(word[0], lexicon)
        since_future = 0 if tense == "future" else since_future + 1
        if tense is None or (tense == "past" and since_future < _AUXILIARY_WORDS):
            continue
        between = (word.end(), start) if word.end() <= start else (end, word.start())
        distance = between[1] - between[0]
        if 0 <= distance < nearest and _another_clause(folded[slice(*between)], lexicon):
            distance += _CLAUSE_COST
        if 0 <= distance < nearest:
            best, nearest = tense, distance
    return best


def _another_clause(between: str, lexicon: DateLexicon) -> bool:
    return any(mark in between for mark in ",(:") or not lexicon.clause_words.isdisjoint(between.split())


def _tense(word: str, lexicon: DateLexicon) -> str | None:
    if word in lexicon.future:
        return "future"
    if word in lexicon.past:
        return "past"
    if (
        len(word) > _SHORTEST_VERB
        and word.endswith(lexicon.future_endings)
        and word not in lexicon.not_future
    ):
        return "future"
    if len(word) > _SHORTEST_VERB and word.endswith(lexicon.past_endings):
        return "past"
    return None
