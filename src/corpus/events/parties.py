"""Whether two statements can speak of one deal: who pays, who is on the other side, which institution, which round."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from corpus.events.records import Statement
from extract import fold_name

ONE_OTHER_SIDE = frozenset({"acquisition", "contract", "investment"})
"""Kinds with one company on the other side: another target or client is another deal. A round has many investors."""
_TELLING_WORD = 5
"""Letters from which a word of an institution's name tells which one it is: "concurrence", not "de la"."""


@dataclass(frozen=True, slots=True)
class Face:
    """Who stands in a statement, names as they are compared: its company, the other sides, the institution, the round."""

    kind: str
    company: str
    others: frozenset[str]
    authority: str | None
    round_letter: str | None

    @property
    def named(self) -> frozenset[str]:
        """Every company it names."""
        return self.others | {self.company}

    @property
    def keys(self) -> frozenset[str]:
        """The first words of those names: what two faces that are linked have in common."""
        return frozenset(map(first_word, self.named))


def face_of(statement: Statement) -> Face:
    """Who stands in `statement`."""
    company = party(statement.company)
    others = frozenset(party(name) for name in statement.counterparties) - {company}
    return Face(statement.kind, company, others, statement.authority, statement.round_letter)


@lru_cache(maxsize=65_536)
def party(name: str) -> str:
    """A company's name as it is compared."""
    return fold_name(name)


def first_word(name: str) -> str:
    """The word that two names share which are alike."""
    return name.partition(" ")[0]


def alike(one: str, other: str) -> bool:
    """Whether two names can be of one company: the same, or the same with words behind it ("Ophelys Therapeutics")."""
    return one == other or one.startswith(f"{other} ") or other.startswith(f"{one} ")


def among(name: str, others: frozenset[str]) -> bool:
    """Whether `others` has a name like `name`."""
    return name in others or any(alike(name, other) for other in others)


def linked(one: Face, other: Face) -> bool:
    """Whether they are of one company, or one is on the other's side: a purchase told by the buyer's name and by the target's."""
    return (
        alike(one.company, other.company)
        or among(one.company, other.others)
        or among(other.company, one.others)
    )


def conflicting(one: Face, other: Face) -> bool:
    """Whether what both name makes them two deals: other sides, institutions or rounds that differ."""
    if one.round_letter and other.round_letter and one.round_letter != other.round_letter:
        return True
    if one.authority and other.authority and not same_authority(one.authority, other.authority):
        return True
    if one.kind not in ONE_OTHER_SIDE or not one.others or not other.others:
        return False
    if alike(one.company, other.company):
        return not any(among(name, other.others) for name in one.others)
    return not among(other.company, one.others) or not among(one.company, other.others)


@lru_cache(maxsize=65_536)
def same_authority(one: str, other: str) -> bool:
    """Whether two names can be of one institution: one within the other, the initials of it, or a paraphrase of it.

    A paraphrase begins with a small letter and shares a telling word: "gendarme de la concurrence".
    """
    mine, theirs = fold_name(one).split(), fold_name(other).split()
    if set(mine) <= set(theirs) or set(theirs) <= set(mine):
        return True
    if one[:1].islower() or other[:1].islower():
        return any(len(word) >= _TELLING_WORD for word in set(mine) & set(theirs))
    return _are_initials(mine, theirs) or _are_initials(theirs, mine)


def _are_initials(short: list[str], long: list[str]) -> bool:
    if len(short) != 1 or len(short[0]) < 2 or len(long) < 2 or short[0][0] != long[0][0]:
        return False
    letters = iter("".join(word[0] for word in long))
    return all(letter in letters for letter in short[0])
