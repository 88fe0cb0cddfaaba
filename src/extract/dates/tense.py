"""What the words around a date say about its direction: "sera présenté lundi" lies ahead, "a été présenté lundi" behind."""

from __future__ import annotations

import re

from extract.dates.lexicon import DateLexicon

# A verb further away than this belongs to another clause more often than not.
_REACH = 90
# What a mark or a conjunction between them costs of that reach.
_CLAUSE_COST = 45
# "will be passed", "will have been raised": a past form so soon behind a future one belongs to it.
_AUXILIARY_WORDS = 4
# The next sentence may begin without a space, or with a quotation mark: 'le 22 juillet."Nous avons'.
_SENTENCE_END = re.compile(r"(?<=[^\W\d_][^\W_])[.!?;](?![0-9])|(?<=[0-9])[.!?;](?![0-9])|\n|[.!?;](?=\s|$)")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_VERB = 4
_SHORTEST_PARTICIPLE = 4


def tense_near(
    folded: str, start: int, end: int, lexicon: DateLexicon, floor: int = 0, attached: bool = False
) -> str | None:
    """`future`, `past` or `earlier` (the past before a past: "avait levé") by the verb form of the same sentence that tells,
    or None.

    A verb of the date's own clause decides before a nearer one of another: "va fermer Mixer le 22 juillet, a indiqué". Verbs
    before `floor`, the end of the date before, have theirs: "a annoncé jeudi la sortie le 17 novembre". A date that is `attached`
    to a noun ("le scrutin du 3 novembre") is told by a future of its own clause only.
    """
    low, high = max(0, floor, start - _REACH), min(len(folded), end + _REACH)
    if folded[low:start].rstrip().endswith(lexicon.scheduled):
        return "future"  # "fixée au 9 mars"
    for mark in _SENTENCE_END.finditer(folded, low, start):
        low = mark.end()
    mark_after = _SENTENCE_END.search(folded, end, high)
    if mark_after is not None:
        high = mark_after.start()
    best, nearest = None, (True, _REACH + 1)
    since_future = _AUXILIARY_WORDS
    for word in _WORD.finditer(folded, low, high):
        tense = _tense(word[0], lexicon)
        if tense is None and word.end() < start and _participle_beside(folded, word, start, lexicon):
            tense = "past"
            if since_future + 1 >= _AUXILIARY_WORDS:
                return tense
        since_future = 0 if tense == "future" else since_future + 1
        if tense is None or (tense != "future" and since_future < _AUXILIARY_WORDS):
            continue
        between = folded[word.end() : start] if word.end() <= start else folded[end : word.start()]
        elsewhere = _another_clause(between, lexicon)
        place = (elsewhere, len(between) + _CLAUSE_COST * elsewhere)
        if attached and (elsewhere or tense != "future"):
            continue
        if place < nearest and place[1] <= _REACH and (word.end() <= start or word.start() >= end):
            best, nearest = tense, place
    return "past" if best == "earlier" and not _opens(folded[low:start], lexicon) else best


def _opens(before: str, lexicon: DateLexicon) -> bool:
    """Does the date open its sentence, with nothing but small words before it: "En mars, …"?"""
    return all(word in lexicon.leading for word in _WORD.findall(before))


def is_embedded(folded: str, start: int, lexicon: DateLexicon) -> bool:
    """Does the date stand in a relative clause, which says something of a thing and not when the rest happened?"""
    low = max(0, start - _REACH)
    for mark in re.finditer(r"[.,!?;:()\n]", folded[low:start]):
        low = max(low, start - _REACH + mark.end()) if start > _REACH else mark.end()
    return any(word in lexicon.relatives for word in _WORD.findall(folded[low:start]))


def _participle_beside(folded: str, word: re.Match[str], start: int, lexicon: DateLexicon) -> bool:
    """ "annoncées en mars", "signé vendredi": a participle with nothing but small words between it and the date."""
    written = word[0]
    if len(written) < _SHORTEST_PARTICIPLE or written in lexicon.vocabulary:
        return False
    if not written.endswith(lexicon.participle_endings):
        return False
    return all(small in lexicon.leading for small in re.findall(r"[^\s']+", folded[word.end() : start]))


def _another_clause(between: str, lexicon: DateLexicon) -> bool:
    return any(mark in between for mark in ",(:") or not lexicon.clause_words.isdisjoint(between.split())


def _tense(word: str, lexicon: DateLexicon) -> str | None:
    if word in lexicon.future:
        return "future"
    if word in lexicon.before_past:
        return "earlier"
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
