"""One number from its parts: closed scales, then thousands, then a group below a thousand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

MAX_VALUE = Decimal(10) ** 18
_HUNDRED = 100
_THOUSAND = 1000
# Places behind which a conjunction may stand, as `numbers.toml` names them.
PLACES = {"tens": 10, "hundreds": _HUNDRED, "thousands": _THOUSAND}
# A real number phrase has fewer words; "cent mille milliards de milliards ..." is cut there and starts again.
_MAX_PARTS = 40
_NEXT_WORD = re.compile(r"[ \u00a0][^\W\d_]")
# The longest words between two parts of a number.
_LONGEST_JOIN = 5


@dataclass(frozen=True, slots=True)
class NumberPhrase:
    """What the grammar read. `value` is None where a count is vague ("millions") or digits make no number ("1.2.3").

    `scale` is the last scale that was named (1 for none), `article` is true for a lone article, `implied` for a scale
    without a count ("le million"), `digits` where it begins with digits, `short` for a scale of one letter ("20 M").
    `base` is the value before that scale was applied, when nothing else stands in the phrase: what a range shares. `round` is
    true for "une quinzaine", `vague` for a plural without a count ("des millions"), `bare` for a hundred
    or thousand without one ("cent", "mille").

    >>> from extract.numbers import number_grammar
    >>> [phrase] = number_grammar("fr").phrases("une quinzaine de pays")
    >>> phrase.value, phrase.round
    (Decimal('15'), True)
    """

    start: int
    end: int
    value: Decimal | None
    scale: int = 1
    base: Decimal | None = None
    article: bool = False
    implied: bool = False
    digits: bool = False
    short: bool = False
    round: bool = False
    vague: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Atom:
    """A number in digits, a number word, or a part of a compound one; `kind` names the lexicon's slot."""

    start: int
    end: int
    kind: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NumberSlots:
    """The habits of a language, from its lexicon."""

    vigesimal: bool
    article_counts: bool
    compound: bool
    and_after: frozenset[int]  # of PLACES
    joins: frozenset[str]
    of: frozenset[str]


class PhraseReader:
    """Reads one phrase from a place in the atoms: closed scales, then thousands, then a group below a thousand."""

    def __init__(self, slots: NumberSlots, folded: str, atoms: list[Atom], place: int) -> None:
        self.slots, self.folded, self.atoms, self.place = slots, folded, atoms, place
        self.first = place
        self.closed = Decimal(0)
        self.closed_scale: Decimal | None = None
        self.thousands: Decimal | None = None
        self.group: Decimal | None = None
        self.floor = _THOUSAND  # the smallest place that the group has filled; only smaller words may follow
        self.from_digits = self.inverted = self.vague = False
        self.only_article = self.implied = self.short = self.round = False
        self.base: Decimal | None = None
        self.bare = False
        self.last_kind = ""

    def read(self) -> NumberPhrase | None:
        """The phrase that begins at the place, or None; `place` is then behind what was read."""
        end = self.atoms[self.place].start
        while self.place < len(self.atoms) and self.place - self.first < _MAX_PARTS:
            atom = self.atoms[self.place]
            gap = self.folded[end : atom.start] if self.place > self.first else ""
            if self.place > self.first and (atom.start - end > _LONGEST_JOIN or not self._joins(gap, atom)):
                break
            if not self._take(atom, gap):
                break
            self.last_kind = atom.kind
            end = atom.end
            self.place += 1
        if self.place == self.first:
            return None
        return self._phrase(self.atoms[self.first].start, end)

    def _joins(self, gap: str, atom: Atom) -> bool:
        """Can `gap` stand between the last part and `atom` inside one number?"""
        last = self.last_kind
        if last == "digits" and (
            atom.kind.startswith("scale") or (self.slots.compound and atom.kind == "hundred")
        ):
            return gap in ("", " ", "-")  # "5bn", "500mila"
        if gap == "":
            return self.slots.compound and atom.kind != "digits" and last != "digits"
        if last in ("round", "rounds", "scales", "scale"):
            if gap in self.slots.of and atom.kind in ("scale", "scales", "round", "rounds"):
                return True
            if last in ("round", "rounds"):
                return False
        if last == "fraction":
            return gap in self.slots.of or gap in (" ", "-")
        if gap not in self.slots.joins:
            return False
        if gap in (" ", "-"):
            return True
        if atom.kind == "digits":  # "1 milliard et 200 millions"; _take_digits asks what follows
            return last in ("scale", "scales") and self.slots.article_counts
        if atom.kind not in ("word", "article") or last not in ("word", "hundred", "scale", "scales"):
            return False
        if atom.kind == "article" and self.last_kind == "hundred" and self.floor == _THOUSAND:
            return self.slots.article_counts  # "mille et un"
        if self.floor not in self.slots.and_after:
            return False
        if self.floor >= _HUNDRED:
            return True
        return atom.value is not None and (atom.value < 10 or (self.slots.vigesimal and atom.value == 11))

    def _take(self, atom: Atom, gap: str) -> bool:
        taker = getattr(self, "_take_" + atom.kind)
        return bool(taker(atom, gap))

    def _take_digits(self, atom: Atom, gap: str) -> bool:
        if self.place == self.first:
            self.group, self.floor, self.from_digits = atom.value, 1, True
            return True
        # "2 milliards 300 millions", "deux millions 500 000": the next number must be smaller and look like a part.
        limit = _THOUSAND if self.thousands is not None else self.closed_scale
        if self.group is not None or limit is None or atom.value is None or self.vague:
            return False
        if atom.value >= limit or atom.value != int(atom.value):
            return False
        grouped = " " in self.folded[atom.start : atom.end]
        follower = self.atoms[self.place + 1] if self.place + 1 < len(self.atoms) else None
        near = follower is not None and self.folded[atom.end : follower.start] in ("", " ")
        smaller = (
            near and follower is not None and follower.kind in ("scale", "scales", "scale_short", "hundred")
        )
        # "mil 500 millones": below a thousand the scale that follows may be any.
        below = follower is not None and (self.thousands is not None or (follower.value or 0) < limit)
        if not (smaller and below) and not (grouped and gap == " "):
            return False
        self.group, self.floor, self.from_digits = atom.value, 1, True
        return True

    def _take_word(self, atom: Atom, gap: str) -> bool:
        value = atom.value or Decimal(0)
        if self.only_article or self.vague:
            return False
        if self.group is None:
            if self.last_kind in ("round", "rounds", "fraction") or self._counts_apart(gap):
                return False
            self.group, self.from_digits = value, False
            self.floor = 100 if value and value % 100 == 0 else 10 if value and value % 10 == 0 else 1
            return True
        if self.from_digits:
            return False
        teen = self.slots.vigesimal and self.floor == 10 and self.group % 100 in (60, 80) and 10 <= value < 20
        tens = self.inverted and 20 <= value < 100 and value % 10 == 0
        if not tens and not teen and not 0 < value < self.floor:
            return False
        self.group += value
        self.floor = 10 if value % 10 == 0 and not tens else 1  # soixante-dix-sept
        self.inverted = False
        return True

    def _counts_apart(self, gap: str) -> bool:
        """ "2 millions deux ans plus tôt": behind digits and their scale a small number in words is another one.

        So is an article behind words that counts what follows without an "and": "dois milhões um ano antes".
        """
        if self.closed_scale is None:
            return False
        atom = self.atoms[self.place]
        counts = gap == " " and atom.kind == "article" and _NEXT_WORD.match(self.folded, atom.end) is not None
        if self.atoms[self.first].kind != "digits" and not counts:
            return False
        follower = self.atoms[self.place + 1] if self.place + 1 < len(self.atoms) else None
        return follower is None or follower.kind not in ("hundred", "scale", "scales", "word")

    def _take_article(self, atom: Atom, gap: str) -> bool:
        if self.place == self.first:
            self.group, self.floor, self.only_article = Decimal(1), 1, True
            return True
        if not self.slots.article_counts:
            # "a hundred and a half" is a half; "twenty a day" is twenty.
            return False
        return self._take_word(atom, gap)

    def _take_inverts(self, atom: Atom, gap: str) -> bool:
        if gap or (self.group is None and self.thousands is None):
            return False
        # fünf|und|zwanzig turns the order round; hundert|und|eins does not.
        self.inverted = self.group is not None and self.floor == 1
        self.only_article = False
        return True

    def _take_hundred(self, atom: Atom, gap: str) -> bool:
        value = atom.value or Decimal(1)
        if self.vague:
            return False
        self.bare = self.bare or self.place == self.first
        if value >= _THOUSAND:
            if self.thousands is not None or self.last_kind in ("round", "rounds"):
                return False
            self.thousands = (self.group if self.group is not None else Decimal(1)) * value
            self.group, self.floor = None, _THOUSAND
        elif self.group is None:
            self.group, self.floor = value, _HUNDRED
        elif (
            self.from_digits or not 0 < self.group < _HUNDRED or self.group % 10 == 0
        ):  # "dix cents" is money
            return False
        else:
            self.group, self.floor = self.group * value, _HUNDRED
        self.only_article = self.from_digits = False
        return True

    def _take_scale(self, atom: Atom, gap: str) -> bool:
        value = atom.value or Decimal(1)
        if self.closed_scale is not None and value >= self.closed_scale:
            return False
        current = self._current()
        if current is None and (self.closed_scale is not None or (self.from_digits and self.group is None)):
            return False
        if current is None:
            if atom.kind in ("scale_short", "scale_letter"):
                return False
            self.vague = atom.kind == "scales"
            self.implied = not self.vague
            current = Decimal(1)
        if self.closed_scale is None:
            self.base = current
        else:
            self.base = None
        self.closed += current * value
        self.closed_scale = value
        self.group = self.thousands = None
        self.floor = _THOUSAND
        self.only_article = False
        self.short = atom.kind == "scale_letter"
        return True

    _take_scales = _take_scale_short = _take_scale_letter = _take_scale

    def _take_fraction(self, atom: Atom, gap: str) -> bool:
        follower = self.atoms[self.place + 1] if self.place + 1 < len(self.atoms) else None
        if self.place != self.first or follower is None or not follower.kind.startswith("scale"):
            return False
        self.group, self.floor = atom.value, 1
        return True

    def _take_half(self, atom: Atom, gap: str) -> bool:
        half = atom.value or Decimal(0)
        if self.place == self.first:
            return False
        if self.group is not None:
            self.group += half
            self.floor = 1
        elif self.thousands is not None:
            self.thousands += half * _THOUSAND
        elif self.closed_scale is not None and self.last_kind.startswith("scale"):
            self.closed += half * self.closed_scale
            self.base = None
        else:
            return False
        self.only_article = False
        return True

    def _take_round(self, atom: Atom, gap: str) -> bool:
        value = atom.value or Decimal(1)
        if self.thousands is not None or (self.closed_scale is not None and not self.vague):
            return False
        if atom.kind == "rounds" and self.group is None:
            self.vague = True
        self.group = value * (self.group if self.group is not None else 1)
        self.floor, self.round, self.only_article = 1, True, False
        return True

    _take_rounds = _take_round

    def _current(self) -> Decimal | None:
        if self.group is None and self.thousands is None:
            return None
        return (self.group or Decimal(0)) + (self.thousands or Decimal(0))

    def _phrase(self, start: int, end: int) -> NumberPhrase | None:
        current = self._current()
        value: Decimal | None = self.closed + (current or Decimal(0))
        bad = current is None and self.closed_scale is None
        if self.vague or bad or (value is not None and value > MAX_VALUE):
            value = None
        return NumberPhrase(
            start,
            end,
            value,
            scale=int(self.closed_scale or 1),
            base=self.base if current is None else None,
            article=self.only_article,
            implied=self.implied,
            digits=self.atoms[self.first].kind == "digits",
            short=self.short,
            round=self.round,
            vague=self.vague,
            bare=self.bare,
        )
