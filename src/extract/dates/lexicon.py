"""The date words of a language as a trie of words, each with its roles.

A word may play several roles ("mar" is a weekday and a month, "du" is *of* and *from*): the grammar asks for roles, never for
words. Every set of roles gets one character, so a sentence becomes a short string over which the rules of `grammar`
are regular expressions. The slots of the table are described in `docs/lexicons.md`.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from extract.dates.words import DATE_WORDS, MARKS, OPTIONAL_MARKS, OPTIONAL_PLAIN, PLAIN
from extract.folding import fold_typography, without_accents
from extract.languages import CalendarWords, Table, calendar_words
from extract.numbers import NUMBER_WORDS, number_grammar

# Slots whose entries carry a number or a name: role -> is the key a number?
_VALUED = {
    "units": ("unit", False),
    "units_plural": ("units", False),
    "seasons": ("season", True),
    "shifts": ("shift", True),
    "shifts_plural": ("shifts", True),
    "days": ("relative_day", True),
    "days_of_text": ("text_day", True),
    "ordinals": ("ordinal", True),
    "decades": ("decade_name", True),
    "decades_alone": ("decade_alone", True),
    "parts": ("part", False),
    "bounds": ("bound", False),
    "feasts": ("feast", False),
    "periods": ("period", False),
    "weeks_later": ("weeks_later", True),
}
_MINIMUM_FOLDED = 4  # a shorter word without its accents is another word ("à", "été" -> "ete" is a place)


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word can be: its roles with their values, and the character that stands for that set of roles."""

    char: str
    roles: Mapping[str, object]


@dataclass(slots=True)
class TrieNode:
    """A place in the trie: the sense of the words that end here, and the words that may follow."""

    roles: dict[str, object] = field(default_factory=dict)
    next: dict[str, TrieNode] = field(default_factory=dict)
    sense: Sense | None = None
    weak: Sense | None = None


_SYNTAX = frozenset(string.punctuation + "«»·")
_SIGNS = [char for char in map(chr, range(256)) if char not in _SYNTAX and not char.isspace()]
"""Characters without a meaning in a rule; sets of those below 256 take a tenth of the time to compile."""
_PRIVATE = 0xE000  # the private use area holds no syntax of `re` either


class Roles:
    """Gives every set of roles one character; `chars(role)` are those of the sets that hold it."""

    def __init__(self) -> None:
        self._char_of: dict[frozenset[str], str] = {}

    def char(self, roles: Iterable[str]) -> str:
        """The character of a set of roles, a new one when the set is new."""
        key = frozenset(roles)
        if key not in self._char_of:
            number = len(self._char_of)
            self._char_of[key] = _SIGNS[number] if number < len(_SIGNS) else chr(_PRIVATE + number)
        return self._char_of[key]

    def size(self) -> int:
        """How many sets there are."""
        return len(self._char_of)

    def sense(self, roles: Mapping[str, object]) -> Sense:
        """The sense with these roles and values."""
        return Sense(self.char(roles), dict(roles))

    def chars(self, role: str) -> str:
        """Every character whose set holds `role`, in a fixed order; empty when no word plays it."""
        return "".join(sorted(char for roles, char in self._char_of.items() if role in roles))


@dataclass(frozen=True, slots=True)
class DateLexicon:
    """The words, marks and habits of one language, ready for the lexer."""

    language: str
    roles: Roles
    trie: Mapping[str, TrieNode]
    month_first: bool
    ordinal_dot: bool
    ordinal_suffixes: frozenset[str]
    roman_suffixes: frozenset[str]
    decade_suffixes: frozenset[str]
    quarter_letters: frozenset[str]
    half_letters: frozenset[str]
    week_letters: frozenset[str]
    month_capitals: bool
    uncut: frozenset[str]  # short names that are whole words ("terça" of "terça-feira"): no dot is theirs
    capital_only: frozenset[str]
    lower_only: frozenset[str]
    verb_like: frozenset[str]
    scheduled: tuple[str, ...]
    leading: frozenset[str]
    weak: frozenset[str]
    counted: frozenset[str]
    count_before: frozenset[str]
    programmes: frozenset[str]
    function_words: frozenset[str]
    year_before: frozenset[str]
    triggers: frozenset[str]
    dependent: frozenset[str]
    vocabulary: frozenset[str]
    articles: frozenset[str]
    future: frozenset[str]
    future_endings: tuple[str, ...]
    past_endings: tuple[str, ...]
    not_future: frozenset[str]
    past: frozenset[str]
    before_past: frozenset[str]
    participle_endings: tuple[str, ...]
    clause_words: frozenset[str]
    relatives: frozenset[str]
    genitive: frozenset[str]
    named_by: frozenset[str]
    named_by_capital: frozenset[str]


def small_numbers(language: str) -> dict[str, int]:
    """Every way to write 1 to 99 in words in `language`, from its number words: "vingt et un" -> 21."""
    grammar = number_grammar(language)
    table = NUMBER_WORDS.read(language)
    words = {
        word: value
        for word, value in table.numbers("words").items()
        if value == int(value) and 0 < value < 100
    }
    units = [word for word, value in words.items() if value < 20] + list(table.words("articles"))
    joins = [*table.words("and"), *table.words("inverts"), "-", ""]
    tens = [word for word, value in words.items() if value >= 10]
    candidates = dict.fromkeys(words)
    for ten in tens:
        for unit in units:
            for join in joins:
                candidates[f"{ten}{join}{unit}"] = None
                candidates[f"{unit}{join}{ten}"] = None
    found: dict[str, int] = {}
    for candidate in candidates:
        phrases = grammar.phrases(fold_typography(candidate))
        if len(phrases) != 1 or (phrases[0].start, phrases[0].end) != (0, len(candidate)):
            continue
        value = phrases[0].value
        if value is not None and not phrases[0].article and 0 < value < 100:
            found[fold_typography(candidate)] = int(value)
    return found


def words_of(phrase: str) -> tuple[str, ...]:
    """A phrase of the lexicon as the lexer sees it: folded, split at spaces, hyphens and apostrophes."""
    for mark in "-'.":
        phrase = phrase.replace(mark, " ")
    return tuple(fold_typography(phrase.replace("’", " ")).split())


def _entries(table: Table, calendar: CalendarWords) -> Iterator[tuple[str, str, object]]:
    """Every (phrase, role, value) of the date words and of the calendar."""
    for role, words in (
        ("month", calendar.months),
        ("month_short", calendar.months_short),
        ("weekday", calendar.weekdays),
        ("weekday_short", calendar.weekdays_short),
    ):
        for word, number in words.items():
            yield word, role, number
    for slot, (role, numeric) in _VALUED.items():
        for name, phrases in table.lists(slot).items():
            for phrase in phrases:
                yield phrase, role, int(name) if numeric else name
    for role in (*PLAIN, *OPTIONAL_PLAIN):
        for phrase in table.words(role):
            yield phrase, role, True


# Without a word that plays one of these, there is no date to look for.
_TELLING = frozenset({
    "month", "month_short", "weekday", "weekday_short", "unit", "units", "season", "relative_day", "text_day", "feast", "period",
    "decade", "decade_alone", "century", "daypart", "year_words", "weeks_later", "half_word",
})  # fmt: skip


def _triggers(roots: Mapping[str, TrieNode], table: Table) -> Iterator[str]:
    """The words that can give a date away; of a phrase, its longest word."""
    stack: list[tuple[tuple[str, ...], TrieNode]] = [((word,), node) for word, node in roots.items()]
    while stack:
        words, node = stack.pop()
        if node.roles.keys() & _TELLING:
            yield max(words, key=len)
        stack.extend(((*words, word), below) for word, below in node.next.items())
    for slot, largest in (("quarter_letters", 4), ("half_letters", 2), ("week_letters", 53)):
        for letters in table.words(slot):
            for number in range(1, largest + 1):
                yield f"{fold_typography(letters)}{number}"
                yield f"{fold_typography(letters)}{number:02d}"


def _dependent(node: TrieNode) -> bool:
    """Does the word name a date only together with another: a unit, a part of the day?"""
    return not node.next and node.roles.keys() <= {
        "unit",
        "units",
        "decade",
        "century",
        "daypart",
        "half_word",
    }


def _vocabulary(roots: Mapping[str, TrieNode]) -> Iterator[str]:
    """Every word of every phrase."""
    stack = list(roots.items())
    while stack:
        word, node = stack.pop()
        yield word
        stack.extend(node.next.items())


def _ordinal_months(table: Table) -> Iterator[tuple[str, int]]:
    """The ordinals that can stand for a month: "der siebte vierte"."""
    for name, phrases in table.lists("ordinals").items():
        if int(name) <= 12:
            for phrase in phrases:
                yield phrase, int(name)


@lru_cache(maxsize=32)
def date_lexicon(language: str) -> DateLexicon:
    """The date words of `language`, built once. Raises LexiconError for a language without a lexicon."""
    table = DATE_WORDS.read(language)
    calendar = calendar_words(language)
    roots: dict[str, TrieNode] = {}

    def put(phrase: str, role: str, value: object) -> None:
        words = words_of(phrase)
        node = roots.setdefault(words[0], TrieNode())
        for word in words[1:]:
            node = node.next.setdefault(word, TrieNode())
        node.roles.setdefault(role, value)

    def add(phrase: str, role: str, value: object) -> None:
        put(phrase, role, value)
        plain = without_accents(phrase)
        if plain != phrase and len(plain) >= _MINIMUM_FOLDED:
            put(plain, role, value)

    for phrase, role, value in _entries(table, calendar):
        add(phrase, role, value)
    weekday_suffixes = table.words("weekday_suffixes")
    for weekday, number in calendar.weekdays.items():
        for suffix in weekday_suffixes:
            put(weekday + suffix, "weekday", number)
    numbers = small_numbers(language)
    for phrase, number in numbers.items():
        put(phrase, "number", number)
    for suffix in table.words("ordinal_endings"):
        for phrase, number in numbers.items():
            put(phrase + suffix, "ordinal", number)
    for phrase, round_count in NUMBER_WORDS.read(language).numbers("round").items():
        put(phrase, "round_count", int(round_count))
    for prefix, base in table.numbers("year_prefixes").items():
        glue = "" if prefix.endswith("_") else " "
        stem = prefix.removesuffix("_")
        # "two thousand" is a year and goes on with any number; "twenty" only begins one: twenty twenty-five, not twenty-five.
        whole = glue == "" or (base % 1000 == 0 and " " in stem)
        if whole:
            put(stem, "year_words", int(base))
        for phrase, number in numbers.items():
            if number >= 10 or whole:
                put(f"{stem}{glue}{phrase}", "year_words", int(base) + number)

    marks = {
        name: frozenset(fold_typography(word) for word in table.words(name))
        for name in (*MARKS, *OPTIONAL_MARKS)
    }
    marks["year_before"] |= frozenset(map(fold_typography, calendar.months))
    roles = Roles()
    lexicon = DateLexicon(
        language=language,
        roles=roles,
        trie=roots,
        month_first=calendar.month_first,
        ordinal_dot=calendar.ordinal_dot,
        month_capitals=calendar.capitals,
        uncut=frozenset(word for name in calendar.weekdays for word in words_of(name) if word != name),
        future_endings=table.words("future_endings"),
        past_endings=table.words("past_endings"),
        participle_endings=table.words("participle_endings"),
        genitive=frozenset(map(fold_typography, set(table.words("of")) - set(table.words("in")))),
        named_by=frozenset(fold_typography(word) for word in table.words("named_by") if word.islower()),
        named_by_capital=frozenset(
            fold_typography(word) for word in table.words("named_by") if not word.islower()
        ),
        scheduled=tuple(f" {fold_typography(phrase)}" for phrase in table.words("scheduled")),
        leading=frozenset(
            fold_typography(word) for slot in ("the", "on", "this", "of", "in") for word in table.words(slot)
        ),
        articles=frozenset(fold_typography(word) for slot in ("the", "on") for word in table.words(slot)),
        triggers=frozenset(_triggers(roots, table)),
        dependent=frozenset(word for word, node in roots.items() if _dependent(node)),
        vocabulary=frozenset(_vocabulary(roots)),
        **marks,
    )
    if lexicon.ordinal_dot:
        for phrase, number in _ordinal_months(table):
            put(phrase, "ordinal_month", number)
    for word, root in roots.items():
        _settle(root, word, lexicon)
    return lexicon


def _settle(node: TrieNode, phrase: str, lexicon: DateLexicon) -> None:
    """Turn the roles gathered at a place of the trie into senses."""
    roles = dict(node.roles)
    if roles:
        weak = _weakened(roles, phrase in lexicon.weak, capital=False)
        if phrase not in lexicon.weak:
            roles |= _strong(roles)
            node.sense = lexicon.roles.sense(_widened(roles))
        else:
            node.sense = lexicon.roles.sense(_widened(weak))
        node.weak = lexicon.roles.sense(_widened(_weakened(dict(node.roles), True, capital=True)))
    for word, below in node.next.items():
        _settle(below, f"{phrase} {word}", lexicon)


def _strong(roles: Mapping[str, object]) -> dict[str, object]:
    strong = {
        name + "_sure": roles[name] for name in ("month", "weekday", "season", "feast") if name in roles
    }
    if "month_short" in roles:
        strong["month_clear"] = roles["month_short"]
    for name in ("weekday", "weekday_short"):
        if name in roles:
            strong.setdefault("weekday_clear", roles[name])
    return strong


def _weakened(roles: dict[str, object], ambiguous: bool, capital: bool) -> dict[str, object]:
    """The roles of a word that needs evidence around it: "mars", "May", a month with a capital inside a sentence."""
    if ambiguous and "month" in roles:
        roles["month_capital" if capital else "month_weak"] = roles["month"]
    return roles


def _widened(roles: Mapping[str, object]) -> dict[str, object]:
    """The roles with those that follow from them, so that rules can ask for the general one."""
    wide = dict(roles)
    if "month_short" in wide:
        wide.setdefault("month", wide["month_short"])
    if "weekday_short" in wide:
        wide.setdefault("weekday", wide["weekday_short"])
    for name in ("number", "ordinal"):
        value = wide.get(name)
        if isinstance(value, int) and 1 <= value <= 31:
            wide.setdefault("day", value)
            wide.setdefault("day_words", value)
    if "number" in wide:
        wide["count"] = wide["number"]
    if "two" in wide:
        wide.setdefault("count", 2)
    if "one" in wide:
        wide.setdefault("count", 1)
    if "unit" in wide:
        wide["units"] = wide["unit"]
    if "units" in roles:
        wide["plural"] = True
    for source in ("unit", "units"):
        if source in wide:
            wide[f"{source}_{wide[source]}"] = wide[source]
    if "shift" in wide:
        wide["shifts"] = wide["shift"]
    if "year_words" in wide:
        wide["year"] = wide["date"] = wide["year_date"] = wide["year_words"]
    return wide
