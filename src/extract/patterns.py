"""Word lists as regular expressions that take linear time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


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
