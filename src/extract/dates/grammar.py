"""A cascade of rules over roles: each level turns runs of tokens into dates that the next level can use.

After Abney, *Partial parsing via finite-state cascades* (1996). A rule is a regular expression over roles, written with
`<role>` or `<role|role>` for a token, `name=<role>` to name it, and `« »` around what becomes the date when that is less than
the whole. All rules of a level are tried at once, leftmost first, then in their order; every rule has a bounded length,
so a level takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.dates.leading import leading_roles
from extract.dates.lexicon import Roles
from extract.dates.records import Node
from extract.dates.tokens import GAP, Token, date_token

_SLOT = re.compile(r"(?:(?P<name>[a-z_0-9]+)=)?<(?P<roles>[a-z_0-9|]+)>")
_NAME = re.compile(r"\(\?P<[a-z_0-9]+>")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule read: a node, perhaps a modifier, and perhaps other first and last tokens than the match."""

    node: Node | None
    modifier: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The tokens that a rule matched, by name."""

    tokens: Sequence[Token]
    match: re.Match[str]
    folded: str
    text: str

    def has(self, name: str) -> bool:
        """Did the named slot match a token?"""
        return name in self.match.re.groupindex and self.match.start(name) >= 0

    def place(self, name: str) -> int:
        """The index of the named token."""
        return self.match.start(name)

    def token(self, name: str) -> Token:
        """The named token."""
        return self.tokens[self.match.start(name)]

    def role(self, name: str, *roles: str) -> object:
        """The value of the first of `roles` that the named token plays, or None."""
        if self.has(name):
            played = self.token(name).roles
            for role in roles:
                if role in played:
                    return played[role]
        return None

    def number(self, name: str, *roles: str) -> int:
        """The same as an integer; 0 where there is none."""
        value = self.role(name, *roles)
        return value if isinstance(value, int) else 0

    def word(self, name: str, *roles: str) -> str:
        """The same as a string; empty where there is none."""
        value = self.role(name, *roles)
        return value if isinstance(value, str) else ""

    def node(self, name: str) -> Node:
        """The date that stands in the named token."""
        node = self.token(name).node
        if node is None:
            raise LookupError(f"the token '{name}' holds no date")
        return node

    def after(self) -> str:
        """The text behind the match, to its first 40 characters."""
        end = self.tokens[self.match.end() - 1].end
        return self.folded[end : end + 40]


Result = Reading | Node | None
Builder = Callable[[Match], Result]


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern and what it means."""

    pattern: str
    build: Builder
    month_first_only: bool = False

    @property
    def name(self) -> str:
        """What the tables call it: the family of readings and the reading, "relative.ago"."""
        family = self.build.__module__.rpartition("readings_")[2]
        return f"{family}.{self.build.__qualname__.split('.')[0].strip('_')}"


@dataclass(slots=True)
class _Compiled:
    """The rules, and for every character that can begin one the expression that tells which of them matches first."""

    starts: re.Pattern[str]
    first: _WhenMet
    rules: list[tuple[str, Rule]]


class _WhenMet(dict[str, re.Pattern[str]]):
    """Expressions by the character they begin with, compiled when it is met: most texts meet few of them."""

    def __init__(self, sources: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._sources = sources

    def __missing__(self, char: str) -> re.Pattern[str]:
        self[char] = compiled = _pattern("|".join(self._sources[char]))
        return compiled


@lru_cache(maxsize=4096)
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


class Level:
    """A list of rules for one language. The patterns are compiled again when new sets of roles have appeared."""

    def __init__(self, rules: Sequence[Rule], roles: Roles, month_first: bool) -> None:
        self._rules = [rule for rule in rules if month_first or not rule.month_first_only]
        self._leading = [leading_roles(rule.pattern) for rule in self._rules]
        self._roles = roles
        self._known = -1
        self._compiled: _Compiled | None = None

    def _ready(self) -> _Compiled:
        if self._compiled is None or self._known != self._roles.size():
            self._compiled = self._compile()
            self._known = self._roles.size()
        return self._compiled

    def _compile(self) -> _Compiled:
        sources = [self._translate(rule.pattern) for rule in self._rules]
        beginning: dict[str, list[str]] = {}
        for number, (source, leading) in enumerate(zip(sources, self._leading, strict=True)):
            for char in sorted({char for role in leading for char in self._roles.chars(role)}):
                beginning.setdefault(char, []).append(f"(?P<r{number}>{_NAME.sub('(?:', source)})")
        starts = re.compile(f"[{''.join(sorted(beginning))}]" if beginning else "(?!)")
        return _Compiled(starts, _WhenMet(beginning), list(zip(sources, self._rules, strict=True)))

    def _translate(self, pattern: str) -> str:
        def slot(match: re.Match[str]) -> str:
            chars = "".join(
                sorted({char for role in match["roles"].split("|") for char in self._roles.chars(role)})
            )
            body = f"[{chars}]" if chars else "(?!)"
            return f"(?P<{match['name']}>{body})" if match["name"] else body

        spaced = _SLOT.sub(slot, pattern)
        return re.sub(r"\s+", "", spaced).replace("«", "(?P<span>").replace("»", ")")

    def apply(self, tokens: list[Token], folded: str, text: str) -> list[Token]:
        """The tokens with every date that this level reads in place of the tokens it was read from."""
        ready = self._ready()
        chars = "".join([token.char for token in tokens])
        result: list[Token] = []
        done = 0
        for start in ready.starts.finditer(chars):
            place = start.start()
            if place < done:
                continue
            found = ready.first[start[0]].match(chars, place)
            if found is None:
                continue
            read = self._read(ready, int((found.lastgroup or "r0")[1:]), tokens, chars, place, folded, text)
            if read is None:
                continue
            first, last, token = read
            result.extend(tokens[done:first])
            result.append(token)
            done = last
        if not done:
            return tokens
        result.extend(tokens[done:])
        return result

    def _read(
        self,
        ready: _Compiled,
        first_rule: int,
        tokens: list[Token],
        chars: str,
        place: int,
        folded: str,
        text: str,
    ) -> tuple[int, int, Token] | None:
        for source, rule in ready.rules[first_rule:]:
            pattern = _pattern(source)
            match = pattern.match(chars, place)
            if match is None:
                continue
            built = rule.build(Match(tokens, match, folded, text))
            if built is None:
                continue
            reading = built if isinstance(built, Reading) else Reading(built)
            first, last = match.span("span") if "span" in pattern.groupindex else match.span()
            first = first if reading.start is None else reading.start
            last = last if reading.end is None else reading.end
            start, end = tokens[first].start, tokens[last - 1].end
            if reading.node is None:
                return first, last, Token(start, end, GAP, {})
            return first, last, date_token(start, end, reading.node, reading.modifier, self._roles, rule.name)
        return None
