"""Which roles can begin a rule: what spares trying every rule at every token."""

from __future__ import annotations

import re

_PIECE = re.compile(
    r"(?:[a-z_0-9]+=)?<(?P<slot>[a-z_0-9|]+)>|(?P<group>\(\?:)|(?P<look>\(\?[!=])|(?P<close>\))|(?P<either>\|)"
    r"|(?P<optional>\?|\{0,[0-9]+\})|\{[0-9,]+\}"
)


def leading_roles(pattern: str) -> frozenset[str]:
    """The roles that the first token of a match of `pattern` can play."""
    return frozenset(_Reader(pattern).alternatives()[0])


class _Reader:
    """Reads a pattern from left to right, group by group."""

    def __init__(self, pattern: str) -> None:
        self.pieces = list(_PIECE.finditer(pattern))
        self.place = 0

    def alternatives(self) -> tuple[set[str], bool]:
        """The leading roles of what stands here up to a closing bracket, and whether it can be empty."""
        roles: set[str] = set()
        empty = False
        while True:
            found, can_be_empty = self._sequence()
            roles |= found
            empty = empty or can_be_empty
            if self.place >= len(self.pieces) or not self.pieces[self.place]["either"]:
                return roles, empty
            self.place += 1

    def _sequence(self) -> tuple[set[str], bool]:
        roles: set[str] = set()
        empty = True
        while self.place < len(self.pieces):
            piece = self.pieces[self.place]
            if piece["close"] or piece["either"]:
                break
            self.place += 1
            found, can_be_empty = set(), True
            if piece["slot"]:
                found, can_be_empty = set(piece["slot"].split("|")), False
            elif piece["group"] or piece["look"]:
                found, can_be_empty = self.alternatives()
                self.place += 1
                if piece["look"]:
                    continue
            if self.place < len(self.pieces) and self.pieces[self.place]["optional"]:
                self.place += 1
                can_be_empty = True
            if empty:
                roles |= found
            empty = empty and can_be_empty
        return roles, empty
