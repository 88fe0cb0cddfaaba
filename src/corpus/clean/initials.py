"""Drop caps: the large first letter of a text, which saving parts from the rest of its word ("L" above "e conseil a voté")."""

from __future__ import annotations

import re

from corpus.clean.lexicon import fold, lexicon

# Letters that are no word in French: what follows one in lower case is the rest of its word. X is the name of a network.
_NO_WORDS = frozenset("BCDEFGHJKLMNPQRSTUVWZÉÈÊÎÇ")
# What a line has in its second place where it begins with a letter alone; "" is its end.
_BESIDE = frozenset(("", " ", "\t"))
_ELISIONS = frozenset("'’")
_MARGIN = frozenset(" \t")
# At the head of a text or of a paragraph; "L'" stands above the whole of its noun.
_INITIAL = re.compile(
    r"(?:\A|(?<=\n\n)|(?<=[.!?»”:]\n))(?P<margin>[ \t]*)(?P<initial>[A-ZÀ-ÖØ-Þ])"
    r"(?:(?P<elision>['’])[ \t]*\n\s{0,80}(?=\w)|[ \t]*\n\s{0,80}(?=(?P<below>[a-zß-öø-ÿœ]+))| (?=(?P<beside>[a-zß-öø-ÿœ]+)))"
)


def with_initials(text: str) -> str:
    """The text with its drop caps where they belong: at the head of their word. Linear.

    >>> with_initials("L\\ne conseil a voté."), with_initials("À\\nquoi bon voter ?"), with_initials("C\\ncloud : un nuage.")
    ('Le conseil a voté.', 'À quoi bon voter ?', 'C\\ncloud : un nuage.')
    """
    return _INITIAL.sub(_joined, text) if any(map(_may_be, text.split("\n"))) else text


def _may_be(line: str) -> bool:
    """Whether a line is a letter alone, or begins with one: most texts have none and need no search."""
    if line[:1] in _MARGIN:
        line = line.lstrip()
    second = line[1:2]
    return line[:1].isupper() and (second in _BESIDE or (second in _ELISIONS and not line[2:3].strip()))


def _joined(found: re.Match[str]) -> str:
    initial, below, beside = found["initial"], found["below"], found["beside"]
    if found["elision"]:
        return f"{found['margin']}{initial}{found['elision']}"
    rest = fold(below or beside)
    known = lexicon().stopwords
    whole = fold(initial) + rest in known
    if beside:
        return found["margin"] + initial if whole and initial in _NO_WORDS else found[0]
    if rest[0] == fold(initial):  # a glossary's letter above its first word
        return found[0]
    if whole or initial in _NO_WORDS:
        return found["margin"] + initial
    return f"{found['margin']}{initial} " if rest in known else found[0]
