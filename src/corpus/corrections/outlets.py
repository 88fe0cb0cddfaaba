"""Who published a document, where a user knows better: by document, or by what is known of many (outlet, host, path)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final

from corpus.corrections.records import Correction
from corpus.metadata import publication_host

OUTLET_COLUMNS: Final = ["doc_id", "source", "site", "outlet", "url"]


@dataclass(frozen=True, slots=True)
class Outlets:
    """By document the outlet that it has now, with the key of the correction that says so; and the keys that were of any."""

    named: dict[str, tuple[str, str]]
    matched: set[str]


def outlets_of(documents: Iterable[Mapping[str, Any]], corrections: Sequence[Correction]) -> Outlets:
    """What the corrections make of the outlets of documents, rows with OUTLET_COLUMNS; each sees what those before it made.

    >>> from corpus.corrections import Correction, outlets_of
    >>> document = {"doc_id": "a", "source": "x/a.txt", "site": "exemple.fr", "outlet": None, "url": None}
    >>> outlets_of([document], [Correction(1, "k1", "outlet", None, None, "exemple.fr", "L'Exemple")]).named
    {'a': ("L'Exemple", 'k1')}
    """
    found = Outlets({}, set())
    for row in documents:
        now = row["outlet"]
        for one in corrections:
            if not _is_about(one, row, now):
                continue
            found.matched.add(one.key)
            if now != one.to:
                now = one.to
                found.named[row["doc_id"]] = (now, one.key)
    return found


def _is_about(one: Correction, row: Mapping[str, Any], outlet: str | None) -> bool:
    """Of a document by its id; of the corpus where the text, in which * stands for anything, is its outlet, host or path."""
    if one.doc_id is not None:
        return bool(one.doc_id == row["doc_id"])
    known = (outlet, row["site"], publication_host(row["url"]), row["source"])
    return any(fnmatchcase(name, one.text) for name in known if name is not None)
