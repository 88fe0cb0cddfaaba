"""Text folded for matching, and word lists as regular expressions: both keep every offset and take linear time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

# Every sign that the press uses for an apostrophe, a space inside a line, or a hyphen, and what the grammars call it.
_SAME = (
    ("\u2019", "'"), ("\u02bc", "'"), ("\u2032", "'"), ("\u2018", "'"), ("\u00b4", "'"),
    ("\u00a0", " "), ("\u202f", " "), ("\u2009", " "), ("\u2007", " "), ("\u2008", " "), ("\u200a", " "), ("\t", " "),
    ("\u2011", "-"), ("\u2010", "-"), ("\u2013", "-"), ("\u2014", "-"), ("\u2012", "-"), ("\u2212", "-"),
)  # fmt: skip


def fold(text: str) -> str:
    """`text` in lower case with one kind of apostrophe, space and hyphen; the same length, so offsets hold."""
    folded = text.lower()
    if len(folded) != len(text):  # "İ" grows when lowered
        folded = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    if not folded.isascii():
        for written, plain in _SAME:
            folded = folded.replace(written, plain)
    return folded.replace("\t", " ")


def any_of(words: Iterable[str]) -> str:
    """A regular expression for the longest of `words` at a place: a prefix tree, so its cost does not grow with the list.

    `words` must not be empty.
    """
    tree: dict[str, Any] = {}
    for word in sorted(set(words)):
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branch(tree)


def _branch(tree: dict[str, Any]) -> str:
    optional = "" in tree
    leaves = [character for character, below in tree.items() if character and not (below.keys() - {""})]
    branches = [
        re.escape(character) + _branch(below)
        for character, below in tree.items()
        if character and below.keys() - {""}
    ]
    if leaves:
        signs = "".join(re.escape(character) for character in leaves)
        branches.append(re.escape(leaves[0]) if len(leaves) == 1 else f"[{signs}]")
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"
    if not optional:
        return joined
    single = len(branches) > 1 or (len(leaves) == 1 and len(tree) == 2)
    return joined + "?" if single or joined.startswith("[") else f"(?:{joined})?"
