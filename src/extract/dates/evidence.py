"""What stands around a number or a month and says whether it is a date: "2025 emplois", "France 2030", "Mars"."""

from __future__ import annotations

import re

from extract.dates.lexicon import DateLexicon

_WORD_AFTER = re.compile(r"[\s']{0,2}([^\W_]+|[^\w\s])")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[\s'-]{1,2}$")
_NUMBER_BEFORE = re.compile(r"[0-9][.,:]?$")
_NUMBER_AFTER = re.compile(r"[\s.,]?[0-9]{3}(?![0-9])")
# The number of a law: 2018-493.
_SERIAL_AFTER = re.compile(r"[-/][0-9]{3}(?![0-9])")
# M. Avril, Dr. August, J. Mai: what follows is a name.
_TITLE = re.compile(r"(?<![^\W\d_])[^\W\d_a-z][a-z]{0,2}\.$")
_RANGE_AFTER = re.compile(r"\s?(?:[^\W\d_]{1,3}|-)\s?[0-9]{4}(?![0-9])")
_YEARS_AFTER = re.compile(r"-[12][0-9]{3}(?![0-9])")
_CURRENCY = frozenset("€$£¥%°")
_LOOK = 40  # longer words than this do not decide anything
_SENTENCE_MARKS = frozenset('.!?:;\n«"“”(—–-•|')
# A year written as a plain number with nothing around it is read as one only in this span.
_BARE_FIRST, _BARE_LAST = 1800, 2100


def at_sentence_start(text: str, start: int) -> bool:
    """Is the word at `start` the first of a sentence, a title, a quotation or a list item?"""
    place = start - 1
    limit = max(0, start - 4)
    while place >= limit and text[place] in "  \u202f\t":
        place -= 1
    if place >= 0 and text[place] == "." and _TITLE.search(text, max(0, place - 4), place + 1):
        return False
    return place < 0 or text[place] in _SENTENCE_MARKS


def word_before(text: str, start: int) -> str:
    """The word just before a place, or an empty string."""
    match = _WORD_BEFORE.search(text, max(0, start - _LOOK), start)
    return match[1] if match else ""


def word_after(text: str, end: int) -> str:
    """The word or sign just after a place, or an empty string."""
    match = _WORD_AFTER.match(text, end, end + _LOOK)
    return match[1] if match else ""


def capital_beside(text: str, start: int, end: int) -> bool:
    """Does a word with a capital stand right before or behind, without a mark between?"""
    before = re.search(r"([^\W\d_]+)\s$", text[max(0, start - _LOOK) : start])
    after = re.match(r"[\s-]([^\W\d_])", text[end : end + 2])
    return bool((before and before[1][0].isupper()) or (after and after[1].isupper()))


def year_is_plausible(folded: str, text: str, start: int, end: int, value: int, lexicon: DateLexicon) -> bool:
    """Can the four digits at a place be a year, rather than a count, an amount, a name or a part of a number?"""
    if not 1000 <= value <= 2199:
        return False
    before, after = word_before(folded, start), word_after(folded, end)
    strong = before in lexicon.year_before or _behind_month(folded, start, before, lexicon)
    if not strong and not _BARE_FIRST <= value <= _BARE_LAST and not _YEARS_AFTER.match(folded, end):
        return False
    if after and (after in _CURRENCY or after in lexicon.counted):
        return False
    if before in lexicon.count_before:
        return False
    if after in lexicon.programmes and text[folded.index(after, end)].isupper():
        return False  # the 2030 Agenda
    if before and text[start - len(before) - 1].isupper() and _programme(before, value, lexicon):
        return False
    if start and text[start - 1] in "$€£¥#@_+.,:":
        return False
    if _NUMBER_BEFORE.search(folded, max(0, start - 2), start) or _NUMBER_AFTER.match(folded, end):
        return False
    if end < len(text) and (text[end] in "%°_@" or _SERIAL_AFTER.match(folded, end)):
        return False
    upper = _RANGE_AFTER.match(folded, end)
    if not strong and upper and counted_after(folded, upper.end(), lexicon):
        return False  # de 1900 à 2100 points
    if not strong and after.isalpha() and folded[end : end + 1] in " \n":
        return not _counts(after, lexicon)
    return True


def year_is_led(folded: str, start: int, end: int, lexicon: DateLexicon) -> bool:
    """Does a preposition, a month or the like lead to a year in words, and nothing follow that it counts?"""
    before = word_before(folded, start)
    led = before in lexicon.year_before or _behind_month(folded, start, before, lexicon)
    return led and not counted_after(folded, end, lexicon)


def _behind_month(folded: str, start: int, before: str, lexicon: DateLexicon) -> bool:
    """Do the words before a number end a date: "4 de julio de 1776"?"""
    if len(before) > 3:
        return False
    node = lexicon.trie.get(word_before(folded, start - len(before) - 1)) if before else None
    return node is not None and "month" in node.roles


def _programme(word: str, year: int, lexicon: DateLexicon) -> bool:
    """France 2030, Horizon 2020: the lexicon has the name with its year, or alone for any year."""
    return word in lexicon.programmes or f"{word} {year}" in lexicon.programmes


def named_by(folded: str, text: str, start: int, lexicon: DateLexicon) -> bool:
    """Is the date part of a name: "rue du 4 septembre", "via 25 Aprile", "le Journal du dimanche"?

    A word that the lexicon has with a capital needs it in the text too.
    """
    place = start
    while (word := word_before(folded, place)) in lexicon.genitive and word:
        place = folded.rindex(word, 0, place)
    if not word or word in lexicon.named_by:
        return bool(word)
    return word in lexicon.named_by_capital and text[folded.rindex(word, 0, place)].isupper()


def counted_after(folded: str, end: int, lexicon: DateLexicon) -> bool:
    """Is what follows a number something that it counts?"""
    after = word_after(folded, end)
    return after in _CURRENCY or after in lexicon.counted or (after.isalpha() and _counts(after, lexicon))


def _counts(word: str, lexicon: DateLexicon) -> bool:
    """Does the word after a number look like what is counted: a plural that is no function word?"""
    return len(word) > 3 and word[-1] in "sx" and word not in lexicon.function_words
