"""Legal forms written beside a company's name (SAS, GmbH, Inc.): found at its end, and taken off for its canonical name."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

# "AS" or "SE" alone must not be stripped to nothing, nor what would leave less than this.
_SHORTEST_NAME = 1


@cache
def legal_forms() -> frozenset[str]:
    """Return the legal forms as they are written.

    >>> from extract.companies import legal_forms
    >>> "GmbH" in legal_forms(), "Société" in legal_forms()
    (True, False)
    """
    lines = (files("extract") / "data" / "legal_forms.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def legal_form_pattern() -> re.Pattern[str]:
    """Return a pattern that matches a legal form, longest first, with the space or comma before it."""
    forms = sorted(legal_forms(), key=lambda f: (-len(f), f))
    written = "|".join(re.escape(form) for form in forms)
    return re.compile(rf",?[ \u00a0\u202f](?:{written})(?![\w])")


def legal_form_end(text: str, end: int) -> int:
    """Return the end of the legal form that follows position `end` of `text` ("Brivane| SAS"), or `end` where none does.

    >>> from extract.companies import legal_form_end
    >>> text = "Brivane SAS recrute"
    >>> text[: legal_form_end(text, len("Brivane"))]
    'Brivane SAS'
    """
    found = legal_form_pattern().match(text, end)
    return found.end() if found else end


@lru_cache(maxsize=1 << 14)
def strip_legal_form(name: str) -> str:
    """Return `name` without a legal form at its end, never shortened to nothing.

    >>> strip_legal_form("Velmora S.p.A."), strip_legal_form("AS")
    ('Velmora', 'AS')
    """
    stripped = name
    for found in legal_form_pattern().finditer(name):
        if found.end() == len(name.rstrip()) and found.start() >= _SHORTEST_NAME:
            stripped = name[: found.start()]
            break
    return stripped.rstrip(" ,\u00a0\u202f") or name
