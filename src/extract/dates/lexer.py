"""Text -> tokens with roles: words by the lexicon, digits by their shape. Everything else collapses into one gap."""

from __future__ import annotations

import re

from extract.dates.evidence import at_sentence_start, counted_after, year_is_led, year_is_plausible
from extract.dates.lexicon import DateLexicon, Sense, TrieNode
from extract.dates.numeric import NUMERIC, numeric_roles
from extract.dates.records import Between, Calendar, Node
from extract.dates.tokens import GAP, Token, date_roles
from extract.folding import fold_typography

# Longer inputs of one kind (a million digits) are still one token; the bounds keep `int` away from them.
# How the tables call what is a date without any rule: dates in digits, years.
DIGITS, YEAR = "digits", "year"
_TOKEN = re.compile(
    rf"[^\W\d_]\w*|(?P<numeric>{NUMERIC})|[0-9]+(?:\.?[º°ª]|[^\W_]*)|\n[ \t\r]*\n|[^\w\s']|\w"
)
_MARKS = {",": "comma", "-": "hyphen", "/": "slash", "(": "open", ")": "close", "~": "hyphen", ".": "dot"}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_FORM = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})$")
_LETTER_NUMBER = re.compile(r"([^\W\d_]+)([0-9]{1,2})$")
_NUMBER_LETTERS = re.compile(r"([0-9]{1,4})\.?([^\W\d_]+|°)$")
_CAPITAL_AFTER = re.compile(r"\s[^\W\d_a-zß-öø-ÿ]")
_WORD_BEFORE = re.compile(r"([^\W\d_]+|-)['\s]*\Z")
_LONGEST_PHRASE = 8
_LONGEST_ROMAN = 9  # "xviiième"
# How many words a date can reach to either side of the word that gives it away.
_REACH = 14
_DIGITS = frozenset("0123456789")


def roman(written: str) -> int | None:
    """The value of a Roman numeral up to 39, or None."""
    match = _ROMAN_FORM.match(written)
    if match is None or not written:
        return None
    total, last = 0, 0
    for sign in reversed(written):
        value = _ROMAN[sign]
        total += value if value >= last else -value
        last = max(last, value)
    return total


def _gap(match: re.Match[str]) -> Token:
    return Token(match.start(), match.end(), GAP, {})


# Every shape of a number, for `Lexer.register_numbers`.
_SHAPES = (
    "1 0 3. März 7. 13 14. März 27. 32 00 45 32 € 00 € 500 1990 1500 1er 40e 9e 90s 1990s 90er 3/4 03/04 28.10. 3/4/2025"
    " 2024-25 2024/2025 2025-03 3.4.25 T3 Q3 S1 H1 W5 KW5 XX XXe XIX"
)


class Lexer:
    """The tokens of texts in one language."""

    def __init__(self, lexicon: DateLexicon) -> None:
        self.lexicon = lexicon
        roles = lexicon.roles
        self.marks = {sign: roles.sense({name: True}) for sign, name in _MARKS.items()}
        self._numbers: dict[tuple[str, ...], Sense] = {}

    def read(self, text: str, folded: str) -> list[Token]:
        """The tokens around every word that can give a date away; gaps stand for all else.

        `folded` is `fold_typography(text)`, of the same length.
        """
        matches = list(_TOKEN.finditer(folded))
        words = [match[0] for match in matches]
        triggers = self.lexicon.triggers
        hits = [place for place, word in enumerate(words) if word in triggers or word[0] in _DIGITS]
        found: list[Token] = []
        done = 0
        for number, hit in enumerate(hits):
            if hit < done or not self._telling(words, hit):
                continue
            first = self._reach(words, hit, max(done, hit - _REACH), -1)
            last = self._reach(words, hit, min(len(words) - 1, hit + _REACH), 1)
            following = number + 1
            while following < len(hits) and hits[following] <= last:
                last = self._reach(words, hits[following], min(len(words) - 1, hits[following] + _REACH), 1)
                following += 1
            if first == last and words[hit] in self.lexicon.dependent:
                continue  # "ans", with nothing beside it that a rule could use
            if found and first > done:
                found.append(_gap(matches[first - 1]))
            done = self._window(text, folded, matches, first, last + 1, found)
        return found

    def register_numbers(self) -> None:
        """Give every set of roles that a number can play its character, so that the rules are compiled once."""
        matches = list(_TOKEN.finditer(fold_typography(_SHAPES)))
        self._window(_SHAPES, fold_typography(_SHAPES), matches, 0, len(matches), [])

    def _telling(self, words: list[str], place: int) -> bool:
        """Is a number more than a count: a year, a date in digits, "le 31"?"""
        word = words[place]
        if word[0] not in _DIGITS or len(word) > 2:
            return True
        return place > 0 and words[place - 1] in self.lexicon.articles

    def _reach(self, words: list[str], place: int, limit: int, step: int) -> int:
        """The last place up to `limit` that known words lead to."""
        known = self.lexicon.vocabulary
        while place != limit:
            word = words[place + step]
            if not (
                word in known
                or word in self.marks
                or word[0] in _DIGITS
                or (word[0] in "xvi" and len(word) < _LONGEST_ROMAN)
            ):
                break
            place += step
        return place

    def _window(
        self, text: str, folded: str, matches: list[re.Match[str]], first: int, last: int, found: list[Token]
    ) -> int:
        """Read the tokens from `first` to `last` into `found`; give the place behind the last one read."""
        place = first
        while place < last:
            match = matches[place]
            word = match[0]
            node = self.lexicon.trie.get(word)
            token: Token | None = None
            used = 1
            if node is not None:
                token, used = self._phrase(text, matches, place, node)
            elif word in self.marks:
                sense = self.marks[word]
                token = Token(match.start(), match.end(), sense.char, sense.roles)
            elif word[0] in _DIGITS:
                token = self._digits(text, folded, match)
                used = 2 if token is not None and token.end > match.end() else 1  # the dot of an ordinal
            elif len(word) < _LONGEST_ROMAN or word[-1] in "1234":
                token = self._letters(text, match)
            if token is not None:
                found.append(token)
            elif not found or found[-1].char != GAP:
                found.append(_gap(match))
            place += used
        return place

    def _phrase(
        self, text: str, matches: list[re.Match[str]], place: int, node: TrieNode
    ) -> tuple[Token | None, int]:
        """The longest phrase of the lexicon from here, over spaces, apostrophes and single hyphens."""
        best, best_place, best_phrase = node, place, matches[place][0]
        if node.next:
            phrase, at = best_phrase, place
            for _ in range(_LONGEST_PHRASE):
                following = at + 1
                if following < len(matches) and matches[following][0] in "-.":
                    following += 1
                if following >= len(matches) or matches[following].start() - matches[at].end() > 3:
                    break
                below = node.next.get(matches[following][0])
                if below is None:
                    break
                phrase = f"{phrase} {matches[following][0]}"
                node, at = below, following
                if node.sense is not None:
                    best, best_place, best_phrase = node, at, phrase
        if best.sense is None:
            return None, 1
        start, end = matches[place].start(), matches[best_place].end()
        sense = self._cased(text, start, best, best_phrase)
        if sense is None:
            return None, 1
        used = best_place - place + 1
        short = "month_short" in sense.roles or "weekday_short" in sense.roles
        whole = best_phrase in self.lexicon.uncut
        if short and not whole and end < len(text) and text[end] == ".":
            end += 1
            used += 1
            sense = sense if best_phrase in self.lexicon.weak or len(best_phrase) < 3 else self._dotted(sense)
        year = sense.roles.get("year_words")
        if isinstance(year, int):
            return self._year_in_words(text, start, end, year, sense), used
        return Token(start, end, sense.char, sense.roles), used

    def _year_in_words(self, text: str, start: int, end: int, year: int, sense: Sense) -> Token | None:
        """A year in words where the words before it say so; a number elsewhere: "deux mille salariés"."""
        if year_is_led(
            fold_typography(text[max(0, start - 60) : end + 60]),
            start - max(0, start - 60),
            end - max(0, start - 60),
            self.lexicon,
        ):
            return Token(start, end, sense.char, sense.roles, Calendar("year", year), rule=YEAR)
        roles = {
            name: value
            for name, value in sense.roles.items()
            if name in ("number", "count", "day", "day_words")
        }
        return self._token(start, end, roles) if roles else None

    def _dotted(self, sense: Sense) -> Sense:
        """The sense of a short name with its dot: "lun." is a weekday by itself; "mar." may be March or Tuesday."""
        roles = dict(sense.roles)
        if ("month" in roles) == ("weekday" in roles):
            return sense
        name = "month" if "month" in roles else "weekday"
        roles.setdefault(name + "_sure", roles[name])
        return Sense(self._sense(roles).char, roles)

    def _cased(self, text: str, start: int, node: TrieNode, phrase: str) -> Sense | None:
        lexicon, capital = self.lexicon, text[start].isupper()
        if capital and phrase in lexicon.lower_only and not at_sentence_start(text, start):
            return None
        if not capital and phrase in lexicon.capital_only:
            return None
        if phrase in lexicon.verb_like and not self._led(text, start):
            return None
        if (
            capital
            and not lexicon.month_capitals
            and "feast" in node.roles
            and self._is_title(text, start, phrase)
        ):
            return None
        if capital and not lexicon.month_capitals and ("month" in node.roles or "weekday" in node.roles):
            named = _CAPITAL_AFTER.match(text, start + len(phrase)) is not None  # Avril Lavigne
            return node.weak if named or not at_sentence_start(text, start) else node.sense
        return node.sense

    def _is_title(self, text: str, start: int, phrase: str) -> bool:
        """ "Vendredi Saint" with its capitals and no article inside a sentence: a firm, a band; not "le Vendredi saint"."""
        opening = self.lexicon.trie.get(phrase.split()[0])
        if opening is None or "weekday" not in opening.roles or at_sentence_start(text, start):
            return False
        return text[start : start + len(phrase)].istitle() and not self._led(text, start)

    def _led(self, text: str, start: int) -> bool:
        """Does a small word stand before it, or a hyphen: "cet été", "mi-été", not "a été passée"?"""
        before = _WORD_BEFORE.search(fold_typography(text[max(0, start - 12) : start]))
        return before is not None and (before[1] == "-" or before[1] in self.lexicon.leading)

    def _sense(self, roles: dict[str, object]) -> Sense:
        key = tuple(roles)
        known = self._numbers.get(key)
        if known is None:
            known = self._numbers[key] = self.lexicon.roles.sense(roles)
        return known

    def _token(
        self, start: int, end: int, roles: dict[str, object], node: Node | None = None, rule: str = ""
    ) -> Token:
        if node is not None:
            roles |= date_roles(node)
        return Token(start, end, self._sense(roles).char, roles, node, rule=rule)

    def _digits(self, text: str, folded: str, match: re.Match[str]) -> Token | None:
        start, end = match.span()
        written = match[0]
        if match.lastgroup == "numeric":
            roles = numeric_roles(written, self.lexicon.month_first, self.lexicon.ordinal_dot)
            if roles is None:
                return None
            node = roles.pop("calendar", None)
            if (
                "calendar_part" in roles
                and self.lexicon.ordinal_dot
                and text[end : end + 1] == "."
                and len(written) == 5
            ):
                roles["padded"] = True
            return self._token(
                start, end, roles, node if isinstance(node, Calendar | Between) else None, DIGITS
            )
        if written.isdigit() and written.isascii():
            return self._plain(text, folded, start, end, written)
        return self._suffixed(start, end, written)

    def _plain(self, text: str, folded: str, start: int, end: int, written: str) -> Token | None:
        if len(written) > 4:
            return None
        value, roles = int(written), dict[str, object]()
        if len(written) == 4:
            if year_is_plausible(folded, text, start, end, value, self.lexicon):
                return self._token(start, end, {"year": value}, Calendar("year", value), YEAR)
            roles = {"count": value}
            return self._token(start, end, roles)
        if len(written) <= 2:
            if 1 <= value <= 31:
                roles = {"number": value, "day": value, "digits": value}
                if self.lexicon.ordinal_dot and text[end : end + 1] == ".":
                    rest = folded[end + 1 : end + 3].strip()
                    if rest and (rest[0].isalpha() or rest[0].isdigit()):
                        end += 1
                        roles["ordinal"] = value
            if self.lexicon.ordinal_dot and 1 <= value <= 12 and text[end - 1 : end + 1].endswith("."):
                roles["ordinal_month"] = value
            if (
                len(written) == 2
                and (value >= 32 or value == 0)
                and not counted_after(folded, end, self.lexicon)
            ):
                roles["short_year"] = value
            if len(written) == 2:
                roles["two_digits"] = value
        roles["count"] = value
        return self._token(start, end, roles)

    def _suffixed(self, start: int, end: int, written: str) -> Token | None:
        """1er, 3e, 2nd, 1990s, 90er."""
        parts = _NUMBER_LETTERS.match(written)
        if parts is None:
            return None
        value, suffix = int(parts[1]), parts[2]
        if len(parts[1]) <= 2 and suffix in self.lexicon.ordinal_suffixes:
            roles: dict[str, object] = {"ordinal": value}
            if 1 <= value <= 31:
                roles["day"] = value
            return self._token(start, end, roles)
        if (
            suffix in self.lexicon.decade_suffixes
            and value % 10 == 0
            and (value >= 1000 or 20 <= value < 100)
        ):
            return self._token(start, end, {"decade_digits": value})
        return None

    def _letters(self, text: str, match: re.Match[str]) -> Token | None:
        """T3, Q3, S1, H1, W23, XXIe, XIX."""
        word = match[0]
        start, end = match.span()
        numbered = _LETTER_NUMBER.match(word)
        if numbered is not None:
            letter, value = numbered[1], int(numbered[2])
            if letter in self.lexicon.quarter_letters and 1 <= value <= 4:
                return self._token(start, end, {"quarter_code": value})
            if letter in self.lexicon.half_letters and 1 <= value <= 2:
                return self._token(start, end, {"half_code": value})
            if letter in self.lexicon.week_letters and 1 <= value <= 53 and text[start].isupper():
                return self._token(start, end, {"week_code": value})
            return None
        if word[0] not in "xvi":
            return None
        for suffix in ("", *sorted(self.lexicon.roman_suffixes)):
            if word.endswith(suffix) and text[start].isupper():
                value_ = roman(word[: len(word) - len(suffix)])
                if value_ is not None and 1 <= value_ <= 21:
                    roles: dict[str, object] = {"roman": value_}
                    if suffix:
                        roles["roman_ordinal"] = value_
                    return self._token(start, end, roles)
        return None
