"""Where to look: windows around currency words, so that the grammar reads little of a text and every text in linear time."""

from __future__ import annotations

from decimal import Decimal

from extract.amounts.bare import Decide, add_bare
from extract.amounts.grammar import read_sums
from extract.amounts.records import Amount, Modifier, Sum
from extract.amounts.vocabulary import Unit, Vocabulary, vocabulary
from extract.folding import fold_typography

Trigger = tuple[int, int, Unit | None]

# A sentence of the press rarely has more before or behind its currency word that still belongs to the sum or inherits from it.
REACH_BACK = 160
REACH_ON = 200
# How far a modifier may stand: "de l'ordre de quelque" is the longest that is written.
_MODIFIER_REACH = 48


def find_amounts(text: str, language: str = "fr") -> list[Amount]:
    """The sums of money in `text`, in order, never overlapping.

    A range is one row, a conversion in brackets a row of its own. Numbers without a currency are sums where the evidence around
    them says so ("contre 300 millions", "celui d'Oracle à 7"); they inherit the currency of their sentence or the one before.
    *Billion* follows the language. Percentages, counts, measures, years and versions are left out. Linear in the
    text. Raises LexiconError for a language without a lexicon.

    >>> [(a.low, a.currency) for a in find_amounts("Mistral lève 1,7 milliard d’euros.")]
    [(1700000000.0, 'EUR')]
    """
    words = vocabulary(language)
    folded = fold_typography(text)
    pieces = read_pieces(words, text, folded)
    return [_amount(words, text, folded, piece) for piece in pieces]


def read_pieces(words: Vocabulary, text: str, folded: str, decide: Decide | None = None) -> list[Sum]:
    """The sums of `text` as the grammar holds them; `decide` replaces the scorer of bare numbers, to train it."""
    if not words.may_hold_money(text, folded):
        return []
    triggers = _triggers(words, text, folded)
    if not triggers:
        return []
    named: list[Sum] = []
    for start, end, units in _windows(folded, [trigger for trigger in triggers if trigger[2] is not None]):
        named += read_sums(words, folded, start, end, units)
    return add_bare(words, text, folded, named, triggers, decide)


def _triggers(words: Vocabulary, text: str, folded: str) -> list[Trigger]:
    """Currency words with their unit, and scale words with None."""
    found: list[Trigger] = []
    for match in words.trigger.finditer(folded):
        start, end = match.span()
        unit = words.units.get(match.group())
        if unit is not None and unit.exact and text[start:end] not in unit.exact:
            # "a $ 5 bill": the letter is a word, the sign beside it still is one.
            sign = folded.find("$", start, end)
            if sign < 0:
                continue
            start, end, unit = sign, sign + 1, words.units["$"]
        found.append((start, end, unit))
    return found


def _windows(folded: str, triggers: list[Trigger]) -> list[tuple[int, int, list[Trigger]]]:
    windows: list[tuple[int, int, list[Trigger]]] = []
    for trigger in triggers:
        begin, finish = trigger[0], trigger[1]
        start = max(0, begin - REACH_BACK)
        line = folded.rfind("\n", start, begin) + 1
        if line:
            start = line
        elif start:
            while start < begin and folded[start] != " ":
                start += 1
            while start < begin and (folded[start] == " " or folded[start].isdigit()):
                start += 1
        line = folded.find("\n", finish, finish + REACH_ON)
        end = line if line >= 0 else min(len(folded), finish + REACH_ON)
        if windows and start < windows[-1][1]:
            first, _, units = windows[-1]
            units.append(trigger)
            windows[-1] = (first, max(end, windows[-1][1]), units)
        else:
            windows.append((start, end, [trigger]))
    return windows


def _amount(words: Vocabulary, text: str, folded: str, piece: Sum) -> Amount:
    modifier = _modifier(words, folded, piece)
    per = words.per.match(folded, piece.end)
    return Amount(
        piece.start,
        piece.end,
        text[piece.start : piece.end],
        _plain(piece.low),
        _plain(piece.high),
        piece.unit.code,
        modifier,
        per.lastgroup if per else None,
        piece.rule,
        piece.unit.shared,
    )


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _modifier(words: Vocabulary, folded: str, piece: Sum) -> Modifier:
    if piece.vague:
        return "vague"
    if piece.ranged:
        return "range"
    place = piece.start
    before = words.before.search(folded[max(0, place - _MODIFIER_REACH) : place])
    match = before or words.after.match(folded, piece.end)
    if match is not None:
        if match.lastgroup == "about":
            return "about"
        return "at_least" if match.lastgroup == "at_least" else "at_most"
    return "about" if piece.about else "exact"
