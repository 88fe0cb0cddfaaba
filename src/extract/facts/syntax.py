"""The syntax of sentences that hold a sum: which word depends on which, as the parser of the language reads it.

A parser costs more than all other steps together, so only sentences are given to it whose sum could be part of a fact. A
language whose card names no parser has no trees, and its sums are read from words and their order alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.util import find_spec
from typing import Any

from extract.facts.remembered import note, recalled
from extract.folding import fold_in_place
from extract.languages import CARD, known_languages

LONGEST = 2_000
"""Characters of the longest sentence that is parsed: what is longer is a table or has lost its full stops."""
_WORD = re.compile(r"\w+['’]|\w+(?:-\w+)*|[^\w\s]")  # "l'" and "d'" are words, as in the treebanks
_REMEMBERED = 4_096  # sentences: copies of an article come with the same ones
_CLAUSE = frozenset({"ROOT", "acl", "acl:relcl", "advcl", "ccomp", "conj", "csubj", "parataxis", "xcomp"})
"""Universal Dependencies relations of the word that heads a clause."""


@dataclass(frozen=True, slots=True)
class Node:
    """A word of a tree: its characters in the sentence, the number of the word it depends on (its own: the root), how."""

    start: int
    end: int
    head: int
    relation: str
    word: str

    @property
    def heads_clause(self) -> bool:
        """Whether a clause hangs on the word."""
        return self.relation in _CLAUSE


@dataclass(frozen=True)
class Tree:
    """The dependency tree of a sentence (Universal Dependencies); empty where it was not parsed."""

    nodes: tuple[Node, ...] = ()

    def head_of(self, start: int, end: int) -> int | None:
        """The number of the word on which the characters from `start` to `end` hang; None where there is no word."""
        inside = [k for k, node in enumerate(self.nodes) if node.start < end and start < node.end]
        return next((k for k in inside if self._leaves(k, inside)), inside[0] if inside else None)

    def _leaves(self, k: int, inside: Sequence[int]) -> bool:
        head = self.nodes[k].head
        return head == k or not inside[0] <= head <= inside[-1]

    def upwards(self, k: int) -> list[int]:
        """The word `k`, what it depends on, and so on up to the root."""
        path: list[int] = []
        while k not in path:
            path.append(k)
            k = self.nodes[k].head
        return path

    def clause_above(self, path: Sequence[int]) -> int | None:
        """The first word of a way upwards on which a clause hangs."""
        return next((k for k in path if self.nodes[k].heads_clause), None)

    @cached_property
    def dependents(self) -> dict[int, list[int]]:
        """The words that depend on each word, in order."""
        found: dict[int, list[int]] = {}
        for k, node in enumerate(self.nodes):
            if node.head != k:
                found.setdefault(node.head, []).append(k)
        return found

    def dependent(self, k: int, relation: str) -> int | None:
        """The first word that depends on `k` by a relation that begins with `relation`."""
        below = self.dependents.get(k, ())
        return next((n for n in below if self.nodes[n].relation.startswith(relation)), None)

    def is_passive(self, k: int) -> bool:
        """Whether the verb `k` is in the passive voice."""
        return self.dependent(k, "aux:pass") is not None


NO_TREE = Tree()


class MissingParserError(RuntimeError):
    """A parser that is not installed; the message names the command that installs it.

    >>> from extract import MissingParserError, check_parsers
    >>> try:
    ...     check_parsers()
    ... except MissingParserError as error:
    ...     print(error)
    """


@cache
def parser_name(language: str) -> str | None:
    """The spaCy pipeline that parses a language; None where its card names none.

    >>> from extract import parser_name
    >>> parser_name("fr"), parser_name("pt")
    ('fr_core_news_sm', None)
    """
    if language not in known_languages():
        return None
    name = CARD.read(language).content.get("parser")
    return None if name is None else str(name)


def check_parsers() -> None:
    """Raise MissingParserError now where a parser is missing that some sentence may need later.

    >>> from extract import check_parsers
    >>> check_parsers()  # nothing is said where all of them are installed
    """
    for name in sorted(filter(None, map(parser_name, known_languages()))):
        if find_spec(name) is None:
            raise MissingParserError(
                f"The parser {name!r} is not installed; install it with: python -m pip install {name.replace('_', '-')}"
            )


@cache
def _parser(name: str) -> Any:
    """The parser of a pipeline, read once a process."""
    from extract.facts.parsers import load_parser

    return load_parser(name)


def parse(sentences: Sequence[str], language: str) -> Iterator[Tree]:
    """Yield the tree of each sentence, empty ones for a language without a parser.

    Every sentence goes through by itself, so that its tree depends on nothing else.
    """
    name = parser_name(language)
    for sentence in sentences:
        if name is None or len(sentence) > LONGEST:
            yield NO_TREE
            continue
        known = recalled(name, sentence)
        if known is not None:
            yield Tree(tuple(_node(sentence, *values) for values in json.loads(known)))
            continue
        tree = _tree(name, sentence)
        note(name, sentence, _kept(tree))
        yield tree


def _kept(tree: Tree) -> bytes:
    """Of each word its characters, the word it depends on and how."""
    nodes = [(node.start, node.end, node.head, node.relation) for node in tree.nodes]
    return json.dumps(nodes, ensure_ascii=False, separators=(",", ":")).encode()


def _node(sentence: str, start: Any, end: Any, head: Any, relation: Any) -> Node:
    word = fold_in_place(sentence[start:end].lower()).strip()
    return Node(start, end, head, relation, word)


@lru_cache(maxsize=_REMEMBERED)
def _tree(name: str, sentence: str) -> Tree:
    pipeline = _parser(name)
    from spacy.tokens import Doc

    places = [match.span() for match in _WORD.finditer(sentence)]
    words = [sentence[start:end].replace("’", "'") for start, end in places]
    spaces = [sentence[end : end + 1].isspace() for _, end in places]
    parsed = Doc(pipeline.vocab, words=words, spaces=spaces)
    for _, component in pipeline.pipeline:
        parsed = component(parsed)
    return Tree(
        tuple(
            _node(sentence, start, end, token.head.i, token.dep_)
            for token, (start, end) in zip(parsed, places, strict=True)
        )
    )
