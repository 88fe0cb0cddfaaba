"""What an ambiguous currency word means where it stands: which country, or no money at all."""

from __future__ import annotations

from extract.amounts.vocabulary import Unit
from extract.amounts.window import MILLION, Window
from extract.numbers import NumberPhrase

# How far words that forbid a reading, and words that name a country, may stand.
_UNLESS_REACH = 40
_CONTEXT_REACH = 250


def resolve(window: Window, unit: Unit, phrase: NumberPhrase, begin: int, end: int) -> Unit | None:
    """The unit with its country known as far as the window tells, or None where the word means something else."""
    ambiguity = unit.ambiguous
    if ambiguity is None:
        return unit
    near = max(window.start, begin - _UNLESS_REACH), min(window.end, end + _UNLESS_REACH)
    around = max(window.start, begin - _CONTEXT_REACH), min(window.end, end + _CONTEXT_REACH)
    if ambiguity.unless is not None and ambiguity.unless.search(window.folded, *near):
        return None
    if ambiguity.scaled_only and phrase.scale < MILLION:
        cue = ambiguity.cues is not None and ambiguity.cues.search(window.folded, *around)
        if not cue and not _alone(window, begin, end):
            return None
    for code, pattern in ambiguity.contexts:
        if pattern.search(window.folded, *around):
            return Unit(code, unit.kind)
    return Unit(ambiguity.default, unit.kind, shared=unit.shared)


def _alone(window: Window, begin: int, end: int) -> bool:
    """Is the sum the whole text, as in the cell of a table? Looks no further than the window."""
    return (window.start == 0 and window.end >= len(window.folded)) and not (
        window.folded[window.start : begin].strip() or window.folded[end : window.end].strip()
    )
