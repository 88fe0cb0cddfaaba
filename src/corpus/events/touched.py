"""Which statements a change of others can reach: the events of the rest stay as they were, and need not be found again.

Two statements are looked at together only where they are of one kind and one document tells both, the paragraph of one repeats
the other's document, or both name a company that begins with the same word (`Face.keys`). What no such steps lead to is not
reached.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from corpus.events.parties import first_word, party


class Bond(NamedTuple):
    """What binds a statement to others; named as in `Statement`.

    >>> from corpus.events import Bond
    >>> Bond("fine", "a", None, "Galet", ()).doc_id
    'a'
    """

    kind: str
    doc_id: str
    repeats_doc: str | None
    company: str
    counterparties: Sequence[str] | None


def touched(bonds: Sequence[Bond], changed: Iterable[Bond]) -> list[int]:
    """The numbers of those of `bonds`, in order, to which something leads from `changed`, which are new or gone. All are of the
    kind that they are for their event.

    >>> from corpus.events import Bond, touched
    >>> bonds = [Bond("fine", doc, None, name, ()) for doc, name in (("a", "Galet"), ("b", "Galet SA"), ("c", "Lumio"))]
    >>> touched(bonds, bonds[:1])
    [0, 1]
    """
    held: dict[Hashable, list[int]] = defaultdict(list)
    for number, one in enumerate(bonds):
        for knot in _knots(one):
            held[knot].append(number)
    waiting = [knot for one in changed for knot in _knots(one)]
    met, found = set(waiting), set[int]()
    while waiting:
        for number in held.get(waiting.pop(), ()):
            if number not in found:
                found.add(number)
                further = _knots(bonds[number]) - met
                met |= further
                waiting += further
    return sorted(found)


def _knots(one: Bond) -> set[Hashable]:
    knots: set[Hashable] = {(one.kind, "in", one.doc_id)}
    if one.repeats_doc is not None:
        knots.add((one.kind, "in", one.repeats_doc))
    return knots | {
        (one.kind, "of", first_word(party(name))) for name in (one.company, *(one.counterparties or ()))
    }
