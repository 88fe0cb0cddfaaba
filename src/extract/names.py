"""Names that are no companies: persons, institutions, places, laws, products, events, and others such as programmes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NameType = Literal["person", "institution", "place", "law", "product", "event", "other"]
NAME_TYPES: tuple[NameType, ...] = ("person", "institution", "place", "law", "product", "event", "other")


@dataclass(frozen=True, slots=True)
class Name:
    """A mention. `name` is its canonical form as far as its document tells ("Macron" → "Emmanuel Macron")."""

    start: int
    end: int
    text: str
    type: NameType
    name: str
    score: float


def find_names(text: str, language: str = "fr") -> list[Name]:
    """Return the names in `text` that are no companies, in order, none overlapping another."""
    from extract.companies import default_extractor
    from extract.documents import settle_document

    [settled] = settle_document([text], default_extractor().read([text], [language]))
    return list(settled.names)
