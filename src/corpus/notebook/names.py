"""Names that a person types: found whatever their case and accents, and told the nearest where there is none."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

SUGGESTED = 3


def folded(text: str) -> str:
    """A text without case, accents and curled apostrophes, of the same length for composed (NFC) letters.

    >>> folded("L’Élysée")
    "l'elysee"
    """
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    if letter in "’ʼ‘":
        return "'"
    if letter.isspace():
        return " "
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def resolve(asked: str, known: Iterable[str]) -> str | None:
    """The one of `known` that is meant: as written, or the only one that differs by case and accents; None for none.

    >>> resolve("ondeva", ["Ondéva", "Helsing"])
    'Ondéva'
    """
    names = list(known)
    if asked in names:
        return asked
    alike = [name for name in names if folded(name) == folded(asked)]
    return alike[0] if len(alike) == 1 else None


def did_you_mean(asked: str, known: Iterable[str]) -> str:
    """A sentence with the nearest of the known names, or with all of them where they are few; empty where there are none.

    >>> did_you_mean("Mistrl AI", ["Mistral AI", "Helsing"])
    'Did you mean Mistral AI?'
    """
    names = sorted(known)
    if near := _nearest(asked, names):
        return near
    return f"There are: {', '.join(names)}." if 0 < len(names) <= 12 else ""


def one_of(asked: str, known: Iterable[str]) -> str:
    """The nearest of a list of names, if one is near, and the list.

    >>> one_of("compny", ["company", "kind"])
    'Did you mean company? There are: company, kind.'
    """
    names = list(known)
    return f"{_nearest(asked, names)} There are: {', '.join(names)}.".lstrip()


def _nearest(asked: str, known: Iterable[str]) -> str:
    by_fold = {folded(name): name for name in sorted(known, reverse=True)}
    near = difflib.get_close_matches(folded(asked), by_fold, n=SUGGESTED, cutoff=0.6)
    near = near or [fold for fold in sorted(by_fold) if folded(asked) in fold][:SUGGESTED]
    return f"Did you mean {' or '.join(by_fold[fold] for fold in near)}?" if near else ""
