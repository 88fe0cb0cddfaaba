"""Which element of a page holds its article, and which of the names around its lines are to be believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from corpus.clean.regions import COMMENTS, FOOT, MENU, NO_REGION, SHARE, TOP
from corpus.clean.walk import PageLine

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

# Shares in per cent, set on one half of 320 pages with a human reading and checked on the other.
# An element that holds this share of the page's sentences is the article's, whatever its name says ("page has-sidebar").
_DISBELIEVED = 40
# A part whose text is this much sentences is no menu (`<section id="menu-planning">`); where trafilatura chose them, it is no
# box of any other kind either.
_SENTENCES = 50
# The article's element is the deepest that holds this share of what the one around it holds: 70 and 75 are alike, from 80 on
# what stands below the article comes in.
_HELD = 75

# Elements around a line that are looked at: no page of 320 nests deeper than 70, and work stays linear in the page.
_DEEPEST = 200

_SHORTEST_SENTENCE = 50
_FEWEST_SPACES = 7
_STOPS = ".!?…»”\"')。！？"


def is_prose(text: str, linked: int = 0) -> bool:
    """Whether a line is a sentence or more, and no link to another page: `linked` of its characters are links' text."""
    return (
        len(text) >= _SHORTEST_SENTENCE
        and text[-1] in _STOPS
        and 5 * linked < 2 * len(text)
        and text.count(" ") >= _FEWEST_SPACES
    )


@dataclass(frozen=True, slots=True)
class Container:
    """The article's element; for each line whether it stands inside, and the regions around it that are believed."""

    element: _Element
    inside: list[bool]
    regions: list[int]


@dataclass(slots=True)
class _Held:
    """How many characters of text, of sentences and of sentences that trafilatura chose an element holds."""

    text: int = 0
    prose: int = 0
    chosen: int = 0


def find_container(tree: HtmlElement, lines: Sequence[PageLine], told: Mapping[_Element, int]) -> Container:
    """Look for the article's element among those that hold the page's sentences. Linear in lines times their depth.

    `told` is what each element says it is.
    """
    chains = _chains(lines)
    prose = [is_prose(line.text, line.linked) for line in lines]
    regions = _believed(lines, chains, prose, told)
    weights: dict[_Element, int] = {}
    for line, chain, region, sentence in zip(lines, chains, regions, prose, strict=True):
        weight = 0 if region & ~TOP else 2 * len(line.text) if line.chosen else sentence * len(line.text)
        if weight:
            for around in chain:
                weights[around] = weights.get(around, 0) + weight
    element: _Element = tree
    while True:
        best = max((child for child in element if child in weights), key=weights.__getitem__, default=None)
        if best is None or 100 * weights[best] < _HELD * weights[element]:
            break
        element = best
    return Container(element, [element in chain for chain in chains], regions)


def _chains(lines: Sequence[PageLine]) -> list[list[_Element]]:
    """Each line's element and all around it; the lines of one element share the list."""
    known: dict[_Element, list[_Element]] = {}
    chains = []
    for line in lines:
        chain = known.get(line.element)
        if chain is None:
            around = islice(line.element.iterancestors(), _DEEPEST)
            chain = known[line.element] = [line.element, *around]
        chains.append(chain)
    return chains


def _believed(
    lines: Sequence[PageLine],
    chains: Sequence[list[_Element]],
    prose: Sequence[bool],
    told: Mapping[_Element, int],
) -> list[int]:
    """The regions around each line, without those that their own text refutes."""
    held: dict[_Element, _Held] = {}
    for line, chain, sentence in zip(lines, chains, prose, strict=True):
        size = len(line.text)
        for element in chain:
            holds = held.get(element)
            if holds is None:
                holds = held[element] = _Held()
            holds.text += size
            if sentence:
                holds.prose += size
                holds.chosen += size * line.chosen
    total = sum(len(line.text) for line, sentence in zip(lines, prose, strict=True) if sentence)
    own: dict[_Element, int] = {}
    regions = []
    for chain in chains:
        region = NO_REGION
        for element in chain:
            if element not in own:
                flags = told.get(element, NO_REGION)
                own[element] = _unrefuted(flags, held[element], total) if flags else NO_REGION
            region |= own[element]
        regions.append(region)
    return regions


def _unrefuted(flags: int, holds: _Held, total: int) -> int:
    if total and 100 * holds.prose >= _DISBELIEVED * total:
        return NO_REGION
    if 100 * holds.chosen >= _SENTENCES * holds.text:
        return flags & (COMMENTS | FOOT)
    if 100 * holds.prose >= _SENTENCES * holds.text:
        return flags & ~(MENU | SHARE | TOP)
    return flags
