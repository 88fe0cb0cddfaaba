"""Numbers in digits and in words, to exact values, in linear time: "3 000" = "3000" = "trois mille".

The words stand in `languages/<code>/numbers.toml`. `find_numbers` is for callers that compare numbers;
`NumberGrammar.phrases` is what the amount grammar builds on: it also gives what is no number by itself ("des millions", the
article "un").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from extract.folding import fold_typography
from extract.languages import FLAG, NUMBER, NUMBERS, TEXT, WORDS, Room, Table, Tables, optional, some_of
from extract.numbers.digits import DIGITS, read_digits
from extract.numbers.phrases import PLACES, Atom, NumberPhrase, NumberSlots, PhraseReader
from extract.numbers.records import Number
from extract.patterns import any_of

NUMBER_WORDS = Room(
    "extract",
    "numbers.toml",
    {
        "decimal": TEXT,
        "zero_groups": optional(FLAG),
        "compound": FLAG,
        "articles": WORDS,
        "article_counts": FLAG,
        "and": WORDS,
        "and_after": some_of(*PLACES),
        "of": WORDS,
        "half": WORDS,
        "inverts": WORDS,
        "vigesimal": FLAG,
        "words": NUMBERS,
        "hundreds": NUMBERS,
        "fractions": NUMBERS,
        "round": NUMBERS,
        "rounds": NUMBERS,
        "scales": Tables({"value": NUMBER, "one": WORDS, "many": WORDS, "abbreviated": WORDS}),
    },
)


_WRITTEN_SCALES = frozenset({"scale", "scales", "scale_short"})


class NumberGrammar:
    """The numbers of one language. `short_scales` are scales of a letter ("M", "k") that only a currency licenses.

    >>> from extract.numbers import NumberGrammar
    >>> [phrase.value for phrase in NumberGrammar("es").phrases("treinta y cinco mil")]
    [Decimal('35000')]
    """

    def __init__(self, language: str, short_scales: Mapping[str, int | float] | None = None) -> None:
        table = NUMBER_WORDS.read(language)
        self.decimal = table.text("decimal")
        self.zero_groups = table.flag("zero_groups")
        self.slots = NumberSlots(
            vigesimal=table.flag("vigesimal"),
            article_counts=table.flag("article_counts"),
            compound=table.flag("compound"),
            and_after=frozenset(PLACES[place] for place in table.words("and_after")),
            joins=frozenset(table.words("and")),
            of=frozenset(table.words("of")),
        )
        self._entries: dict[str, tuple[str, Decimal]] = {}
        self._parts: set[str] = set()
        self._add_words(table, short_scales or {})
        words = any_of(word for word in self._entries if word not in self._parts)
        # A word may touch digits on its left ("5bn") and nothing else.
        pattern = rf"(?<![^\W\d_])(?:{words})(?!\w)"
        if self._parts:
            inside = any_of(self._parts)
            # The look-ahead takes the parts once and gives none back: a long word is read in linear time.
            pattern += rf"|(?<![^\W\d_])(?P<compound>(?=(?P<parts>(?:{inside})+))(?P=parts))(?!\w)"
            self._part = re.compile(inside)
        self._atom = re.compile(rf"(?P<digits>{self._digits()})|{pattern}")

    def _digits(self) -> str:
        """Digits, and those whose decimals stand apart, before a scale and behind no other number: "2, 5 milliards".

        Behind a decimal point a space ends a sentence: "Area 51. 5 million came".
        """
        if self.decimal != ",":
            return DIGITS
        scales = any_of(word for word, (kind, _) in self._entries.items() if kind in _WRITTEN_SCALES)
        apart = rf", (?=[0-9]{{1,3}} (?:{scales})(?!\w))"
        return rf"(?<![\w.,])(?<![0-9] )(?<![0-9], )[0-9]{{1,3}}{apart}[0-9]{{1,3}}|{DIGITS}"

    def _add(self, word: str, kind: str, value: float, part: bool = False) -> None:
        self._entries.setdefault(fold_typography(word), (kind, Decimal(str(value))))
        if part and self.slots.compound:
            self._parts.add(fold_typography(word))

    def _add_words(self, table: Table, short_scales: Mapping[str, int | float]) -> None:
        for word, value in table.numbers("words").items():
            self._add(word, "word", value, part=True)
        for word, value in table.numbers("hundreds").items():
            self._add(word, "hundred", value, part=True)
        for word in table.words("articles"):
            self._add(word, "article", 1, part=not word.endswith("'"))
        for word in table.words("half"):
            self._add(word, "half", 0.5, part=" " not in word)
        for word in table.words("inverts"):
            self._add(word, "inverts", 0, part=True)
        for word, value in table.numbers("fractions").items():
            self._add(word, "fraction", value)
        for word, value in table.numbers("round").items():
            self._add(word, "round", value)
        for word, value in table.numbers("rounds").items():
            self._add(word, "rounds", value)
        for scale in table.tables("scales"):
            value = scale.number("value")
            for key, kind in (("one", "scale"), ("many", "scales"), ("abbreviated", "scale_short")):
                for word in scale.words(key):
                    self._add(word, kind, value)
        for word, value in short_scales.items():
            self._add(word, "scale_letter", value)

    def _atoms(self, folded: str, start: int, end: int) -> Iterator[Atom]:
        for match in self._atom.finditer(folded, start, end):
            kind = match.lastgroup
            if kind == "digits":
                written = match.group().replace(", ", ",")
                value = read_digits(written, self.decimal, self.zero_groups)
                yield Atom(match.start(), match.end(), "digits", value)
            elif kind == "compound":
                if self._entries.get(match.group(), ("", 0))[0] == "inverts":
                    continue  # a conjunction by itself
                for part in self._part.finditer(folded, match.start(), match.end()):
                    yield Atom(part.start(), part.end(), *self._entries[part.group()])
            else:
                yield Atom(match.start(), match.end(), *self._entries[match.group()])

    def phrases(self, folded: str, start: int = 0, end: int | None = None) -> list[NumberPhrase]:
        """The number phrases of `folded[start:end]`, in order; `folded` is `fold_typography(text)`."""
        atoms = list(self._atoms(folded, start, len(folded) if end is None else end))
        found: list[NumberPhrase] = []
        place = 0
        while place < len(atoms):
            reader = PhraseReader(self.slots, folded, atoms, place)
            phrase = reader.read()
            place = max(reader.place, place + 1)
            if phrase is not None:
                found.append(phrase)
        return found


@lru_cache(maxsize=32)
def number_grammar(language: str) -> NumberGrammar:
    """The grammar of `language`, built once. Raises LexiconError for a language without a lexicon.

    >>> from extract.numbers import number_grammar
    >>> number_grammar("fr") is number_grammar("fr")
    True
    """
    return NumberGrammar(language)


def plain_number(value: Decimal) -> int | float:
    """`value` as an int where it is whole, else as the nearest float.

    >>> from decimal import Decimal
    >>> from extract.numbers import plain_number
    >>> plain_number(Decimal("3.0")), plain_number(Decimal("3.5"))
    (3, 3.5)
    """
    return int(value) if value == value.to_integral_value() else float(value)


def find_numbers(text: str, language: str = "fr") -> list[Number]:
    """The numbers of `text`, in order, never overlapping, with exact values.

    "3 000 milliards" is one number (3 000 000 000 000), "un milliard et demi" is 1 500 000 000, "une quinzaine" is 15. Left
    out: lone articles ("un"), vague counts ("des millions") and runs of digits that are no quantity ("1.2.3", more than
    18 digits). Raises LexiconError for a language without a lexicon.

    >>> from extract import find_numbers
    >>> [number.value for number in find_numbers("deux mille trois cents, soit 12,5 %")]
    [2300, 12.5]
    """
    found = []
    for phrase in number_grammar(language).phrases(fold_typography(text)):
        if phrase.value is None or phrase.article:
            continue
        found.append(
            Number(phrase.start, phrase.end, text[phrase.start : phrase.end], plain_number(phrase.value))
        )
    return found
