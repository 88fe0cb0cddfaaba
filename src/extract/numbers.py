"""Numbers in digits and in words, to exact values, in linear time: "3 000" = "3000" = "trois mille".

The words stand in `lexicons/<language>.toml`, table `[numbers]`. `find_numbers` is for callers that compare numbers;
`NumberGrammar.phrases` is what the amount grammar builds on: it also gives what is no number by itself ("des millions", the
article "un").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extract.lexicon import load_lexicon
from extract.patterns import any_of, fold

# A longer run of digits is an identifier, not a quantity; float64 is exact to 15 digits anyway.
MAX_DIGITS = 18
MAX_VALUE = Decimal(10) ** 18
_HUNDRED = 100
_THOUSAND = 1000
# A real number phrase has fewer words; "cent mille milliards de milliards ..." is cut there and starts again.
_MAX_PARTS = 40

_DIGITS = r"\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,']\d+)*[½¼¾]?|(?<![\w.])\.\d+"
_ASCII_DIGITS = _DIGITS.replace(r"\d", "[0-9]")
_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_GROUPED = {mark: re.compile(rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in ".,' "}
_INDIAN = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its exact value; `text[start:end] == number.text`."""

    start: int
    end: int
    text: str
    value: int | float


@dataclass(frozen=True, slots=True)
class NumberPhrase:
    """What the grammar read. `value` is None where a count is vague ("millions") or digits make no number ("1.2.3").

    `scale` is the last scale that was named (1 for none), `article` is true for a lone article, `implied` for a scale
    without a count ("le million"), `digits` where it begins with digits, `short` for a scale of one letter ("20 M").
    `base` is the value before that scale was applied, when nothing else stands in the phrase: what a range shares. `round` is
    true for "une quinzaine", `vague` for a plural without a count ("des millions"), `bare` for a hundred
    or thousand without one ("cent", "mille").
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
class _Atom:
    start: int
    end: int
    kind: str
    value: Decimal | None = None


def read_digits(written: str, decimal: str) -> Decimal | None:
    """The value of a number in digits with any grouping, or None where it is not one ("1.2.3", "01 42 33 44 55").

    `decimal` is the language's decimal mark; the other mark groups when exactly three digits follow it. A space counts as
    a grouping mark, and so does an apostrophe.
    """
    if len(written) > 2 * MAX_DIGITS or sum(character.isdigit() for character in written) > MAX_DIGITS:
        return None
    extra = _VULGAR.get(written[-1])
    if extra is not None:
        whole = read_digits(written[:-1], decimal)
        return None if whole is None else whole + extra
    for mark in " '":
        if mark in written:
            grouped = _GROUPED[mark].match(written)
            rest = written[grouped.end() :] if grouped else ""
            if grouped is None or len(re.findall(r"[.,' ]", rest)) > 1 or (rest and rest[0] not in ".,"):
                return None
            return Decimal(grouped.group().replace(mark, "") + rest.replace(",", "."))
    other = "," if decimal == "." else "."
    if decimal in written and other in written:
        last = decimal if written.rindex(decimal) > written.rindex(other) else other
        grouping = other if last == decimal else decimal
        integer, _, fraction = written.rpartition(last)
        if last in integer or not (_GROUPED[grouping].fullmatch(integer) or _INDIAN.fullmatch(integer)):
            return None
        return Decimal(f"{integer.replace(grouping, '')}.{fraction}")
    mark = decimal if decimal in written else other
    if mark not in written:
        return Decimal(written)
    if written.count(mark) > 1:
        grouped_well = _GROUPED[mark].fullmatch(written) or (mark == "," and _INDIAN.fullmatch(written))
        return Decimal(written.replace(mark, "")) if grouped_well else None
    # One mark. "94.000" is grouped in French, "1.5" is not; no one writes the decimals ",000".
    if _GROUPED[mark].fullmatch(written) and (mark == other or written.endswith("000")):
        return Decimal(written.replace(mark, ""))
    return Decimal(written.replace(mark, "."))


class NumberGrammar:
    """The numbers of one language. `short_scales` are scales of a letter ("M", "k") that only a currency licenses."""

    def __init__(self, language: str, short_scales: Mapping[str, int | float] | None = None) -> None:
        table = load_lexicon(language).table("numbers")
        self.decimal = table.text("decimal")
        self.vigesimal = table.flag("vigesimal")
        self.article_counts = table.flag("article_counts")
        self.of = frozenset(table.words("of"))
        self.joins = frozenset(table.words("and"))
        self.and_after = int(table.numbers_at("and_after"))
        self._entries: dict[str, _Atom] = {}
        compound = table.flag("compound")
        parts: list[str] = []

        def add(word: str, kind: str, value: float, part: bool = False) -> None:
            self._entries.setdefault(fold(word), _Atom(0, 0, kind, Decimal(str(value))))
            if part and compound:
                parts.append(fold(word))

        for word, value in table.numbers("words").items():
            add(word, "word", value, part=True)
        for word, value in table.numbers("hundreds").items():
            add(word, "hundred", value, part=True)
        for word in table.words("articles"):
            add(word, "article", 1, part=not word.endswith("'"))
        for word in table.words("half"):
            add(word, "half", 0.5, part=" " not in word)
        for word, value in table.numbers("fractions").items():
            add(word, "fraction", value)
        for word, value in table.numbers("round").items():
            add(word, "round", value)
        for word, value in table.numbers("rounds").items():
            add(word, "rounds", value)
        for scale in table.tables("scales"):
            value = scale.numbers_at("value")
            for key, kind in (("one", "scale"), ("many", "scales"), ("abbreviated", "scale_short")):
                for word in scale.words(key):
                    add(word, kind, value)
        for word, value in (short_scales or {}).items():
            add(word, "scale_letter", value)
        words = any_of(word for word in self._entries if word not in parts or not compound)
        # A word may touch digits on its left ("5bn") and nothing else.
        pattern = rf"(?<![^\W\d_])(?:{words})(?!\w)"
        if compound:
            inside = any_of([*parts, "und"]) if "und" not in parts else any_of(parts)
            pattern += rf"|(?<![^\W\d_])(?P<compound>(?:{inside})++)(?!\w)"
            self._part = re.compile(inside)
        self._atom = re.compile(rf"(?P<digits>{_ASCII_DIGITS})|{pattern}")
        self._compound = compound

    def _atoms(self, folded: str, start: int, end: int) -> Iterator[_Atom]:
        for match in self._atom.finditer(folded, start, end):
            kind = match.lastgroup
            if kind == "digits":
                yield _Atom(match.start(), match.end(), "digits", read_digits(match.group(), self.decimal))
            elif kind == "compound":
                for part in self._part.finditer(folded, match.start(), match.end()):
                    entry = self._entries.get(part.group())
                    if entry is None:
                        yield _Atom(part.start(), part.end(), "und")
                    else:
                        yield _Atom(part.start(), part.end(), entry.kind, entry.value)
            else:
                entry = self._entries[match.group()]
                yield _Atom(match.start(), match.end(), entry.kind, entry.value)

    def phrases(self, folded: str, start: int = 0, end: int | None = None) -> list[NumberPhrase]:
        """The number phrases of `folded[start:end]`, in order; `folded` is `patterns.fold(text)`."""
        atoms = list(self._atoms(folded, start, len(folded) if end is None else end))
        found: list[NumberPhrase] = []
        place = 0
        while place < len(atoms):
            reader = _PhraseReader(self, folded, atoms, place)
            phrase = reader.read()
            place = max(reader.place, place + 1)
            if phrase is not None:
                found.append(phrase)
        return found


class _PhraseReader:
    """Reads one phrase from a place in the atoms: closed scales, then thousands, then a group below a thousand."""

    def __init__(self, grammar: NumberGrammar, folded: str, atoms: list[_Atom], place: int) -> None:
        self.grammar, self.folded, self.atoms, self.place = grammar, folded, atoms, place
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
            if self.place > self.first and (atom.start - end > 5 or not self._joins(gap, atom)):
                break
            if not self._take(atom, gap):
                break
            self.last_kind = atom.kind
            end = atom.end
            self.place += 1
        if self.place == self.first:
            return None
        return self._phrase(self.atoms[self.first].start, end)

    def _joins(self, gap: str, atom: _Atom) -> bool:
        """Can `gap` stand between the last part and `atom` inside one number?"""
        last = self.last_kind
        if last == "digits" and (
            atom.kind.startswith("scale") or (self.grammar._compound and atom.kind == "hundred")
        ):
            return gap in ("", " ", "-")  # "5bn", "500mila"
        if gap == "":
            return self.grammar._compound and atom.kind != "digits" and last != "digits"
        if last in ("round", "rounds", "scales", "scale"):
            if gap in self.grammar.of and atom.kind in ("scale", "scales", "round", "rounds"):
                return True
            if last in ("round", "rounds"):
                return False
        if last == "fraction":
            return gap in self.grammar.of or gap in (" ", "-")
        if gap not in self.grammar.joins:
            return False
        if gap in (" ", "-"):
            return True
        if atom.kind == "digits":  # "1 milliard et 200 millions"; _take_digits asks what follows
            return last in ("scale", "scales") and self.grammar.article_counts
        if atom.kind not in ("word", "article") or last not in ("word", "hundred", "scale", "scales"):
            return False
        if self.grammar.and_after == _HUNDRED:
            return self.floor >= _HUNDRED
        small = atom.value is not None and (atom.value < 10 or (self.grammar.vigesimal and atom.value == 11))
        return self.floor == 10 and small

    def _take(self, atom: _Atom, gap: str) -> bool:
        taker = getattr(self, "_take_" + atom.kind)
        return bool(taker(atom, gap))

    def _take_digits(self, atom: _Atom, gap: str) -> bool:
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

    def _take_word(self, atom: _Atom, gap: str) -> bool:
        value = atom.value or Decimal(0)
        if self.only_article or self.vague:
            return False
        if self.group is None:
            if self.last_kind in ("round", "rounds", "fraction"):
                return False
            self.group, self.from_digits = value, False
            self.floor = 100 if value and value % 100 == 0 else 10 if value and value % 10 == 0 else 1
            return True
        if self.from_digits:
            return False
        teen = (
            self.grammar.vigesimal and self.floor == 10 and self.group % 100 in (60, 80) and 10 <= value < 20
        )
        tens = self.inverted and 20 <= value < 100 and value % 10 == 0
        if not tens and not teen and not 0 < value < self.floor:
            return False
        self.group += value
        self.floor = 10 if value % 10 == 0 and not tens else 1  # soixante-dix-sept
        self.inverted = False
        return True

    def _take_article(self, atom: _Atom, gap: str) -> bool:
        if self.place == self.first:
            self.group, self.floor, self.only_article = Decimal(1), 1, True
            return True
        if not self.grammar.article_counts:
            # "a hundred and a half" is a half; "twenty a day" is twenty.
            return False
        return self._take_word(atom, gap)

    def _take_und(self, atom: _Atom, gap: str) -> bool:
        if gap or (self.group is None and self.thousands is None):
            return False
        # fünf|und|zwanzig turns the order round; hundert|und|eins does not.
        self.inverted = self.group is not None and self.floor == 1
        self.only_article = False
        return True

    def _take_hundred(self, atom: _Atom, gap: str) -> bool:
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

    def _take_scale(self, atom: _Atom, gap: str) -> bool:
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

    def _take_fraction(self, atom: _Atom, gap: str) -> bool:
        follower = self.atoms[self.place + 1] if self.place + 1 < len(self.atoms) else None
        if self.place != self.first or follower is None or not follower.kind.startswith("scale"):
            return False
        self.group, self.floor = atom.value, 1
        return True

    def _take_half(self, atom: _Atom, gap: str) -> bool:
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

    def _take_round(self, atom: _Atom, gap: str) -> bool:
        value = atom.value or Decimal(1)
        if self.thousands is not None or (self.closed_scale is not None and not self.vague):
            return False
        if self.last_kind in ("round", "rounds"):
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


@lru_cache(maxsize=32)
def number_grammar(language: str) -> NumberGrammar:
    """The grammar of `language`, built once. Raises LexiconError for a language without a lexicon."""
    return NumberGrammar(language)


def plain_number(value: Decimal) -> int | float:
    """`value` as an int where it is whole, else as the nearest float."""
    return int(value) if value == value.to_integral_value() else float(value)


def find_numbers(text: str, language: str = "fr") -> list[Number]:
    """The numbers of `text`, in order, never overlapping, with exact values.

    "3 000 milliards" is one number (3 000 000 000 000), "un milliard et demi" is 1 500 000 000, "une quinzaine" is 15. Left
    out: lone articles ("un"), vague counts ("des millions") and runs of digits that are no quantity ("1.2.3", more than
    18 digits). Raises LexiconError for a language without a lexicon.
    """
    found = []
    for phrase in number_grammar(language).phrases(fold(text)):
        if phrase.value is None or phrase.article:
            continue
        found.append(
            Number(phrase.start, phrase.end, text[phrase.start : phrase.end], plain_number(phrase.value))
        )
    return found
