"""The words of the amount grammar, compiled: currencies as one pattern, modifiers and periods as patterns at a place.

Words come from `languages/<code>/amounts.toml`; signs and codes, the same everywhere, from `currencies.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from importlib import resources

from extract.folding import fold_typography, without_accents
from extract.languages import (
    BUNDLES,
    CARD,
    CONNECTORS,
    FLAG,
    LISTS,
    NUMBER,
    NUMBERS,
    TEXT,
    WORDS,
    LexiconError,
    Room,
    Section,
    Table,
    Tables,
    optional,
)
from extract.numbers import NUMBER_WORDS, NumberGrammar
from extract.patterns import any_of

CURRENCIES = "currencies.toml"
# A word, or one sign that is neither digit, space nor common punctuation: where a currency can hide.
_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s.,;:!?()'\"«»/\-]")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a currency word stands for. `code` is None where the words leave it open ("francs").

    `kind` is `sign`, `code` or `name`; `before` says whether it may stand before the digits; `factor` is 1, a hundredth for
    cents, a million for "MEUR". `generic` marks hundredths of whatever currency stands beside them. `exact` are the only ways
    it may be written, when capitals matter. `shared` is the name itself where the document tells whose currency it is.
    """

    code: str | None
    kind: str
    factor: Decimal = Decimal(1)
    exact: frozenset[str] = frozenset()
    ambiguous: Ambiguity | None = None
    minor: bool = False
    generic: bool = False
    before: bool = True
    shared: str | None = None


@dataclass(frozen=True, slots=True)
class SharedName:
    """The currencies that a name or sign may stand for beside its own, and how many more words than any rival decide for one.

    `behind` is what the sign behind a word ("3 millions $") weighs, in such words, for a country that is named at all; where
    `named`, the text itself has to name the country: an address in it does not do.
    """

    currencies: tuple[str, ...]
    lead: int
    behind: int
    named: bool


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A currency word with other meanings, or of several countries: what decides, as patterns over folded text."""

    default: str | None
    scaled_only: bool
    cues: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    contexts: tuple[tuple[str, re.Pattern[str]], ...]


def _word_pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    listed = [fold_typography(word) for word in words]
    return re.compile(rf"(?<!\w){any_of(listed)}(?!\w)") if listed else None


def _grouped(groups: dict[str, tuple[str, ...]]) -> str:
    """One named group for each list of words; the name of the group that matched is `match.lastgroup`."""
    return "|".join(f"(?P<{name}>{any_of(map(fold_typography, words))})" for name, words in groups.items())


_PERIODS = ("year", "quarter", "month", "week", "day", "hour", "share", "person")
_CLASSES = (
    "contrast", "part", "to", "of", "purpose", "joined", "definite", "inside", "negated", "pronoun",
)  # fmt: skip
AMOUNT_WORDS = Room(
    "extract",
    "amounts.toml",
    {
        "link": CONNECTORS,
        "names_before": WORDS,
        "vague": WORDS,
        "vague_alone": WORDS,
        "definite": WORDS,
        "range": WORDS,
        "range_or": WORDS,
        "range_open": WORDS,
        "range_and": WORDS,
        "change": WORDS,
        "change_to": WORDS,
        "spread": optional(WORDS),
        "cents_join": WORDS,
        "count_of": WORDS,
        "not_counted": WORDS,
        "percent": WORDS,
        "each": WORDS,
        "things": WORDS,
        "verb_endings": WORDS,
        "plural_endings": WORDS,
        "inherit_follow": WORDS,
        "money": WORDS,
        "before": Section(dict.fromkeys(_CLASSES, WORDS)),
        "skip": WORDS,
        "per_not_before": WORDS,
        "modifiers": Section({"about": WORDS, "at_least": WORDS, "at_most": WORDS}),
        "modifiers_after": Section({"about": WORDS, "at_least": WORDS, "at_most": WORDS}),
        "per": Section(dict.fromkeys(_PERIODS, WORDS)),
        "short_scales": NUMBERS,
        "bundles": BUNDLES,
        "minor": LISTS,
        "minor_default": LISTS,
        "ambiguous": Tables(
            {
                "names": WORDS,
                "default": TEXT,
                "scaled_only": FLAG,
                "cues": WORDS,
                "unless": optional(WORDS),
                "contexts": LISTS,
            }
        ),
        "currencies": LISTS,
        "shared": Tables(
            {
                "names": WORDS,
                "currencies": WORDS,
                "lead": NUMBER,
                "behind": optional(NUMBER),
                "named": optional(FLAG),
            }
        ),
        "places": LISTS,
    },
)


class Vocabulary:
    """One language's amount words. Attributes are patterns over folded text, and sets of folded connectors."""

    def __init__(self, language: str) -> None:
        self.language = language
        table = AMOUNT_WORDS.read(language)
        numbers = NUMBER_WORDS.read(language)
        short = table.numbers("short_scales")
        self.numbers = NumberGrammar(language, short)
        shared_text = resources.files(__package__).joinpath(CURRENCIES).read_text(encoding="utf-8")
        shared = Table(tomllib.loads(shared_text))
        self.units: dict[str, Unit] = {}
        self._add_ambiguous(table)
        self._add_names(table)
        self._add_shared(shared)
        self.shared: dict[str, SharedName] = {}
        self._mark_shared(table)
        for form in list(self.units):
            self.units.setdefault(without_accents(form), self.units[form])
        self.trigger = self._trigger(numbers)
        self.heads = self._heads(numbers)
        self.capital_heads = {
            form: unit.exact
            for form, unit in self.units.items()
            if unit.exact and unit.kind == "code" and form.isalpha()
        }

        def either(slot: str) -> str:
            return any_of(map(fold_typography, table.words(slot)))

        def folded(slot: str) -> frozenset[str]:
            return frozenset(map(fold_typography, table.words(slot)))

        self.link = frozenset(table.words("link"))
        self.range = folded("range")
        halves = numbers.words("half")
        self.half = re.compile(rf" {any_of(map(fold_typography, halves))}(?!\w)")
        self.range_or = folded("range_or")
        self.range_and = folded("range_and")
        self.change_to = folded("change_to")
        self.cents_join = folded("cents_join")
        self.range_open = re.compile(rf"(?<!\w){either('range_open')}\W*\Z")
        self.money = re.compile(rf"(?<!\w){either('money')}(?!\w)")
        self.percent = re.compile(rf" ?(?:%|{either('percent')}(?!\w))")
        self.each = re.compile(rf"(?<!\w){either('each')}(?!\w)")
        self.change = re.compile(rf"(?<!\w){either('change')}\W*\Z")
        self.spread = re.compile(rf"(?<!\w){either('spread')}\W*\Z") if table.words("spread") else None
        self.vague = re.compile(rf"(?<!\w)({either('vague')})[ -](?:d')?\Z")
        self.vague_alone = re.compile(rf"(?<!\w)({either('vague_alone')}) \Z")
        self.definite = re.compile(rf"(?<!\w){either('definite')} \Z")
        self.follow = re.compile(
            rf"(?: ?(?:\Z|\n|[.,;:!?)»\"”\]]|- )| (?:{either('inherit_follow')})(?:(?<=')|(?!\w)))"
        )
        closed = either("not_counted")
        # What "millions de" counts: the next noun, behind an adjective or not.
        self.count_of = (
            re.compile(
                rf" {either('count_of')}(?:(?<=')|(?<=’)| )(?!(?:{closed})(?!\w)|[0-9])(?P<noun>[^\W\d_][\w²³]*)"
            )
            if table.words("count_of")
            else None
        )
        self.plural_endings = table.words("plural_endings")
        self.noun_capitals = CARD.read(language).flag("noun_capitals")
        self.things = re.compile(rf"(?<!\w){either('things')}(?!\w)")
        self.verb_endings = tuple(map(fold_typography, table.words("verb_endings")))
        classes = table.lists("before").items()
        self.classes = {fold_typography(word): name for name, words in classes for word in words}
        skip = either("skip")
        self.before = re.compile(
            rf"(?:(?<!\w)|(?<=[>~≈<]))(?:{_grouped(table.lists('modifiers'))})[ ]?(?:{skip}[ ]?)?\(?\Z"
        )
        self.after = re.compile(rf",? \(?(?:{_grouped(table.lists('modifiers_after'))})(?!\w)")
        other = either("per_not_before")
        self.per = re.compile(rf" ?(?:{_grouped(table.lists('per'))})(?!\w)(?! (?:{other}(?!\w)|[0-9]))")

    def _add_ambiguous(self, table: Table) -> None:
        for entry in table.tables("ambiguous"):
            contexts = tuple(
                (code, pattern)
                for code, words in entry.lists("contexts").items()
                if (pattern := _word_pattern(words)) is not None
            )
            ambiguity = Ambiguity(
                entry.text("default") or None,
                entry.flag("scaled_only"),
                _word_pattern(entry.words("cues")),
                _word_pattern(entry.words("unless")),
                contexts,
            )
            for word in entry.words("names"):
                self.units[fold_typography(word)] = Unit(
                    ambiguity.default, "name", ambiguous=ambiguity, before=False
                )

    def _add_names(self, table: Table) -> None:
        before = {fold_typography(word) for word in table.words("names_before")}
        for code, words in table.lists("currencies").items():
            for word in words:
                self.units.setdefault(
                    fold_typography(word), Unit(code, "name", before=fold_typography(word) in before)
                )
        bundles = table.table("bundles")
        for word in bundles.content:
            bundle = bundles.table(word)
            self.units[fold_typography(word)] = Unit(
                bundle.text("code"), "name", Decimal(bundle.number("value")), before=False
            )
        for code, words in table.lists("minor").items():
            for word in words:
                self.units.setdefault(
                    fold_typography(word),
                    Unit(code or None, "name", Decimal("0.01"), minor=True, generic=not code),
                )
        for code, words in table.lists("minor_default").items():
            for word in words:
                self.units[fold_typography(word)] = Unit(
                    code, "name", Decimal("0.01"), minor=True, generic=True
                )

    def _add_shared(self, shared: Table) -> None:
        small = set(shared.words("small_codes"))
        behind = set(shared.words("only_behind"))
        for code in shared.words("codes"):
            written = frozenset((code, code.lower()) if code.lower() in small else (code,))
            known = fold_typography(code) in self.units  # a lexicon that lists it allows small letters
            self.units[fold_typography(code)] = Unit(
                code, "code", exact=frozenset() if known else written, before=code not in behind
            )
        for word, code in shared.codes("other_codes").items():
            known = fold_typography(word) in self.units
            written = frozenset() if known else frozenset({word})
            before = word.upper() not in behind
            self.units[fold_typography(word)] = Unit(code, "code", exact=written, before=before)
        for letter, factor in shared.numbers("multiples").items():
            for code in shared.words("multiple_codes"):
                written = frozenset({letter + code})
                self.units.setdefault(
                    fold_typography(letter + code), Unit(code, "code", Decimal(factor), exact=written)
                )
        bundles = shared.table("bundles")
        for word in bundles.content:
            bundle = bundles.table(word)
            twin = self.units.get(fold_typography(word))  # the same in other capitals
            self.units[fold_typography(word)] = Unit(
                bundle.text("code"),
                "code",
                Decimal(bundle.number("value")),
                exact=frozenset({word}) | (twin.exact if twin else frozenset()),
                before=False,
            )
        for sign, code in shared.codes("signs").items():
            self.units[fold_typography(sign)] = Unit(code, "sign")
        for letters, code in shared.codes("dollars").items():
            for form in (f"{letters}$", f"{letters} $", f"${letters}", f"$ {letters}"):
                self.units[fold_typography(form)] = Unit(code, "sign", exact=_dollar_forms(form, letters))
            self.units[fold_typography(f"{letters}$d")] = Unit(code, "sign")

    def _mark_shared(self, table: Table) -> None:
        for entry in table.tables("shared"):
            name = SharedName(
                entry.words("currencies"),
                int(entry.number("lead")),
                int(entry.number("behind")),
                entry.flag("named"),
            )
            for form in map(fold_typography, entry.words("names")):
                if form not in self.units:
                    raise LexiconError(
                        f"The shared name '{form}' is no currency word of '{self.language}'; list it as one."
                    )
                self.shared[form] = name
                self.units[form] = replace(self.units[form], shared=form)

    def may_hold_money(self, text: str, folded: str) -> bool:
        """Does any word or sign of a currency, or any scale, stand in `text`? Much cheaper than looking where."""
        heads = self.heads.intersection(_TOKEN.findall(folded))
        # "ils" is a word and ILS a code: what is money in capitals only is looked for in the text as it is written.
        return any(
            head not in self.capital_heads or any(form in text for form in self.capital_heads[head])
            for head in heads
        )

    def _heads(self, numbers: Table) -> frozenset[str]:
        """One token of every currency form, so that a text without any of them holds none of the forms."""
        tokens = {form: _TOKEN.findall(form) for form in self.units}
        single = {words[0] for words in tokens.values() if len(words) == 1}
        heads = set()
        for form, words in tokens.items():
            signs = [word for word in words if not word.isalpha()]
            known = [word for word in words if word in single]
            if not words:
                raise LexiconError(f"The currency word '{form}' holds neither a letter nor a currency sign.")
            heads.add(signs[0] if signs else known[0] if known else max(words, key=len))
        scales = [
            word for scale in numbers.tables("scales") for key in ("one", "many") for word in scale.words(key)
        ]
        return frozenset(heads.union(*(_TOKEN.findall(fold_typography(word)) for word in scales)))

    def _trigger(self, numbers: Table) -> re.Pattern[str]:
        """Currency words, and scale words: a scaled number beside a cue for money is a sum without a currency."""
        scales = [
            word for scale in numbers.tables("scales") for key in ("one", "many") for word in scale.words(key)
        ]
        worded = [form for form in self.units if form[0].isalpha()]
        signed = [form for form in self.units if not form[0].isalpha()]
        # A form that ends in a letter must end a word; after digits a word may begin ("42euros").
        return re.compile(
            rf"(?<![^\W\d_]){any_of(worded)}(?:(?<!\w)|(?![^\W\d_]))|{any_of(signed)}(?:(?<!\w)|(?!\w|'))"
            rf"|(?<=[\w.,] )(?:{any_of(map(fold_typography, scales))})(?!\w)"
        )


# Letters that may stand small and apart before a dollar sign: no word of the six languages ("a $", "au $") is among them.
_APART = frozenset({"us", "u.s", "u.s.", "usd", "c", "hk", "cad", "aud", "nzd", "hkd", "mxn", "brl", "nz"})


def _dollar_forms(form: str, letters: str) -> frozenset[str]:
    """The ways to write letters and a dollar sign apart: as they are, in capitals, and small where that is no word."""
    if " " not in form:
        return frozenset()
    if len(letters) == 1 and letters != "C":  # "A $100m round"
        return frozenset({""})
    written = {form, form.upper()}
    return frozenset(written | {form.lower()} if letters.lower() in _APART else written)


@lru_cache(maxsize=32)
def vocabulary(language: str) -> Vocabulary:
    """The vocabulary of `language`, built once. Raises LexiconError for a language without a lexicon."""
    return Vocabulary(language)
