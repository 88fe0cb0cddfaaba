"""Text -> date expressions, without knowing when the text was published."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extract.dates.evidence import named_by, word_before
from extract.dates.grammar import Level
from extract.dates.lexer import Lexer
from extract.dates.lexicon import DateLexicon, date_lexicon
from extract.dates.records import (
    Between,
    Calendar,
    Containing,
    DateExpression,
    Feast,
    Node,
    Nth,
    Offset,
    Relative,
)
from extract.dates.rules import LEVELS
from extract.dates.shared_years import share_years
from extract.dates.tense import is_embedded, tense_near
from extract.dates.tokens import Token, register_dates, unit_of
from extract.folding import fold_typography

# "à partir de mars" begins a period as "depuis mars" does, but does not say that it has begun.
_MODIFIER_OF_BOUND = {"from": "since"}


class Scanner:
    """The date grammar of one language."""

    def __init__(self, lexicon: DateLexicon) -> None:
        self.lexicon = lexicon
        self.lexer = Lexer(lexicon)
        self.levels = [Level(rules, lexicon.roles, lexicon.month_first) for rules in LEVELS]
        register_dates(lexicon.roles)
        self.lexer.register_numbers()

    def scan(self, text: str) -> list[DateExpression]:
        """The date expressions of a text, in order, never overlapping."""
        folded = fold_typography(text)
        tokens = self.lexer.read(text, folded)
        if not tokens:
            return []
        for level in self.levels:
            tokens = level.apply(tokens, folded, text)
        tokens = share_years(tokens, self.lexicon.roles)
        found: list[DateExpression] = []
        for place, token in enumerate(tokens):
            if token.node is None or self._in_name(folded, text, token):
                continue
            bound = self._bound(tokens, place)
            modifier = token.modifier or _MODIFIER_OF_BOUND.get(bound, bound) or "exact"
            tense = (
                self._tense(folded, token, bound, found[-1].end if found else 0)
                if _open(token.node)
                else None
            )
            found.append(
                DateExpression(
                    token.start,
                    token.end,
                    text[token.start : token.end],
                    token.node,
                    modifier,
                    tense,
                    token.rule,
                    is_embedded(folded, token.start, self.lexicon),
                )
            )
        return found

    def _in_name(self, folded: str, text: str, token: Token) -> bool:
        """Is a day part of a name, "rue du 4 septembre"? "mis en place début 2019" names no day."""
        if token.node is None or token.modifier or unit_of(token.node) != "day":
            return False
        return named_by(folded, text, token.start, self.lexicon)

    def _tense(self, folded: str, token: Token, bound: str, floor: int) -> str | None:
        if bound == "since":
            return "past"
        attached = not bound and word_before(folded, token.start) in self.lexicon.genitive
        near = tense_near(folded, token.start, token.end, self.lexicon, floor, attached)
        return "future" if near is None and bound == "by" else near

    def _bound(self, tokens: Sequence[Token], place: int) -> str:
        """The modifier of a word before the date that stays outside it: depuis, d'ici, avant, vers."""
        for token in reversed(tokens[max(0, place - 4) : place]):
            bound = token.roles.get("bound")
            if isinstance(bound, str):
                return bound
            if (
                not token.roles.keys() & {"the", "of", "on", "on_day", "unit_month", "unit_year"}
                or token.node is not None
            ):
                break
        return ""


def _open(node: Node) -> bool:
    """Can the tense around change what the date means?"""
    match node:
        case Calendar(year=year, direction=direction):
            return year is None and direction in (None, 0)
        case Feast(year=year, direction=direction):
            return year is None and direction is None
        case Between(first=first, last=last):
            return _open(first) or _open(last)
        case Nth(inside=inside) | Containing(inside=inside):
            return _open(inside)
        case Offset(origin=origin):
            return _open(origin)
        case Relative(unit=unit, low=low, high=high):
            return unit == "weekend" and low == high == 0
    return unit_of(node) == "weekend"


@lru_cache(maxsize=32)
def _scanner(language: str) -> Scanner:
    return Scanner(date_lexicon(language))


def scan_dates(text: str, language: str = "fr") -> list[DateExpression]:
    """The dates that `text` writes, in order, never overlapping, before any publication date is known.

    Offsets are code points of `text`, the end exclusive. Raises LexiconError for a language without a lexicon.

    >>> from extract import scan_dates
    >>> [date.text for date in scan_dates("Né en 1984, élu le 3 mai, parti hier.")]
    ['1984', '3 mai', 'hier']
    """
    return _scanner(language).scan(text)
