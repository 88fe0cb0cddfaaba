"""Evidence from the corpus: lines that many documents of one site share are boilerplate, whatever they say.

Each document gives the hashes of its short lines and of its edge lines, each with the hash of its longest line: its body. The
bodies of all documents of a site are put together, in any order, in parts; a line that stands beside enough *different* bodies
is known. Copies of one article share all their lines and are one body: they convict nothing. Hashes are 64 bits of xxh3.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import xxhash

from corpus.clean.lexicon import fold, line_key
from corpus.clean.paragraphs import split_lines
from corpus.records import InputDocument

# Five documents of a site with the same line: fewer is a quotation or a series, more would miss small collections.
FEWEST_DOCUMENTS = 5
# What may be shared furniture: a short line anywhere, or a longer one among the first and last lines (a legal notice). Longer
# paragraphs shared by documents are a syndicated dispatch, and repeats across documents say so without removing them.
_SHORT = 120
_LONG = 600
_EDGE = 8
# Running text is not furniture even when five documents quote it: a line of the inside must be short of this many words or end
# without a stop.
_WORDS_OF_A_SENTENCE = 8

LineStatistics = Mapping[str, Mapping[int, Sequence[int]]]
"""Site to line hash to the bodies the line stands beside: sorted, and no more than it takes to convict."""


def site_of(document: InputDocument) -> str:
    """What the document shares its furniture with: its site, its URL's host, or the folder or file it lies in."""
    if document.site:
        return document.site.lower()
    if document.url:
        from urllib.parse import urlsplit

        try:
            host = urlsplit(document.url).hostname
        except ValueError:
            host = None
        if host:
            return host.removeprefix("www.")
    container, mark, _ = document.source.rpartition("#")
    return container if mark else document.source.rpartition("/")[0] or "."


def has_site(document: InputDocument) -> bool:
    """Whether the site is one, and not just the folder that the document happens to lie in."""
    return bool(document.site or document.url)


def line_statistics(document: InputDocument, raw_text: str) -> dict[str, dict[int, list[int]]]:
    """One document's share of the evidence: its site, and its body beside each line that could be furniture.

    Long lines count only where the document names its site: a folder of saved texts is no site, and its documents may be
    one dispatch in five papers.

    >>> from corpus.clean import line_statistics
    >>> from corpus.records import InputDocument
    >>> document = InputDocument("a.txt", "text", "text", "", site="exemple.fr")
    >>> share = line_statistics(document, "Nos offres\\nLe pont restera fermé jusqu'en septembre, dit la mairie.")
    >>> {site: len(lines) for site, lines in share.items()}
    {'exemple.fr': 1}
    """
    lines = [line.text for line in split_lines(raw_text)]
    if not lines:
        return {}
    length = max(map(len, lines))
    body = max(SharedLines.key(line) for line in lines if len(line) == length)
    last = len(lines) - _EDGE
    longest = _LONG if has_site(document) else _SHORT
    hashes = {
        SharedLines.key(line)
        for i, line in enumerate(lines)
        if _could_be_furniture(line, longest, edge=i < _EDGE or i >= last)
    } - {body}
    return {site_of(document): {key: [body] for key in sorted(hashes)}}


def _could_be_furniture(line: str, longest: int, *, edge: bool) -> bool:
    if len(line) > (longest if edge else _SHORT):
        return False
    return edge or not (line[-1] in ".!?»”" and line.count(" ") >= _WORDS_OF_A_SENTENCE - 1)


def convicted_lines(parts: Iterable[LineStatistics]) -> list[SharedLines]:
    """For each part those of its lines that stand, in all parts together, beside `FEWEST_DOCUMENTS` different bodies of a site.

    The order of the parts does not matter. They are taken up one at a time; what is kept of a line is 20 bytes a body.

    >>> from corpus.clean import SharedLines, convicted_lines
    >>> parts = [{"exemple.fr": {SharedLines.key("Nos offres"): [body]}} for body in range(9)]
    >>> [len(found.sites) for found in convicted_lines(parts)]
    [1, 1, 1, 1, 1, 1, 1, 1, 1]
    """
    import numpy as np

    numbers: dict[str, int] = {}
    sites, keys, bodies = array("i"), array("Q"), array("Q")
    ends = [0]
    for part in parts:
        for site, lines in sorted(part.items()):
            number = numbers.setdefault(site, len(numbers))
            for key, beside in lines.items():
                for body in beside:
                    sites.append(number)
                    keys.append(key)
                    bodies.append(body)
        ends.append(len(keys))
    names = list(numbers)
    convicted = _convicted(np.asarray(sites), np.asarray(keys), np.asarray(bodies))
    found = []
    for begin, end in pairwise(ends):
        own: dict[str, set[int]] = {}
        for row in (begin + np.flatnonzero(convicted[begin:end])).tolist():
            own.setdefault(names[sites[row]], set()).add(keys[row])
        found.append(SharedLines({site: frozenset(own[site]) for site in sorted(own)}))
    return found


def _convicted(sites: Any, keys: Any, bodies: Any) -> Any:
    """Which rows are of a line of a site that stands beside enough different bodies; one array each, a row a body."""
    import numpy as np

    if not len(keys):
        return np.zeros(0, bool)
    order = np.lexsort((bodies, keys, sites))
    sites, keys, bodies = sites[order], keys[order], bodies[order]
    begins = np.concatenate([[True], (sites[1:] != sites[:-1]) | (keys[1:] != keys[:-1])])
    differs = begins | np.concatenate([[True], bodies[1:] != bodies[:-1]])
    line = np.cumsum(begins) - 1
    enough = np.bincount(line[differs]) >= FEWEST_DOCUMENTS
    convicted = np.empty(len(order), bool)
    convicted[order] = enough[line]
    return convicted


def add_statistics(parts: Iterable[LineStatistics]) -> dict[str, dict[int, list[int]]]:
    """Several documents' or shards' statistics as one, so that a shard can write a single compact record.

    >>> from corpus.clean import add_statistics
    >>> add_statistics([{"exemple.fr": {7: [1]}}, {"exemple.fr": {7: [2], 8: [1]}}])
    {'exemple.fr': {7: [1, 2], 8: [1]}}
    """
    sites: dict[str, dict[int, set[int]]] = {}
    for part in parts:
        for site, lines in part.items():
            known = sites.setdefault(site, {})
            for key, bodies in lines.items():
                known.setdefault(key, set()).update(bodies)
    # The smallest few of all bodies are the smallest few of the parts' smallest few: nothing is lost by cutting early.
    return {
        site: {key: sorted(bodies)[:FEWEST_DOCUMENTS] for key, bodies in sorted(lines.items())}
        for site, lines in sorted(sites.items())
    }


@dataclass(frozen=True, slots=True)
class SharedLines:
    """What the corpus knows: for each site the hashes of the lines that its documents share.

    >>> from corpus.clean import SharedLines
    >>> from corpus.records import InputDocument
    >>> shared = SharedLines({"exemple.fr": frozenset({SharedLines.key("Nos offres")})})
    >>> document = InputDocument("a.txt", "text", "text", "", site="exemple.fr")
    >>> SharedLines.key("nos offres") in shared.of(document)
    True
    """

    sites: Mapping[str, frozenset[int]]

    @staticmethod
    def key(line: str) -> int:
        """The hash of a line, equal for the same button with another number on it."""
        return xxhash.xxh3_64_intdigest(line_key(fold(line)).encode("utf-8", "replace"))

    def of(self, document: InputDocument) -> frozenset[int]:
        """The hashes of the lines that the document's site shares; empty when nothing is known."""
        return self.sites.get(site_of(document), frozenset())

    def digest(self) -> str:
        """A hash of the evidence, equal for equal evidence on every machine."""
        state = hashlib.blake2b(digest_size=16)
        for site in sorted(self.sites):
            state.update(site.encode("utf-8", "replace") + b"\0")
            for key in sorted(self.sites[site]):
                state.update(key.to_bytes(8, "big"))
        return state.hexdigest()
