"""What registers know of a word: how big a place bears it, whether it is a given name or a surname.

A name in a register is a hint for the typing step and never a verdict: Orange is a town, Mercedes a given name. `data/README.md`
says where the registers come from.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_PLACES = ("communes", "cities", "countries")


def _lines(name: str) -> list[str]:
    packed = (files("extract") / "data" / "gazetteers" / f"{name}.txt.gz").read_bytes()
    return gzip.decompress(packed).decode().splitlines()


@cache
def place_sizes() -> Mapping[str, str]:
    """Folded names of places, and the size of the largest that bears it: 1 to 3 for towns, 4 for a country or region.

    >>> from extract.names import place_sizes
    >>> place_sizes()["lyon"], place_sizes()["france"]
    ('3', '4')
    """
    sizes: dict[str, str] = {}
    for register in _PLACES:
        for line in _lines(register):
            name, _, size = line.partition("\t")
            if size > sizes.get(name, ""):
                sizes[name] = size
    return sizes


@cache
def given_names() -> frozenset[str]:
    """Folded given names.

    >>> from extract.names import given_names
    >>> "helene" in given_names()
    True
    """
    return frozenset(_lines("given_names"))


@cache
def surnames() -> frozenset[str]:
    """Folded surnames."""
    return frozenset(_lines("surnames"))
