"""`corrections.csv` as any spreadsheet saves it, read; what cannot be meant is a problem with a sentence."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from corpus.corrections.actions import ACTIONS, Action, Scope
from corpus.corrections.of_events import ADDRESS
from corpus.corrections.records import Correction, Ledger, problem
from corpus.errors import ConfigError
from corpus.identity import digest
from corpus.readers import decode

COLUMNS: Final = ("action", "scope", "text", "to", "note")
"""The columns of the file, the last of which is the user's own."""
_NEEDED = COLUMNS[:-1]
_KEY_DIGITS = 12
_SCOPE = re.compile(r"(?P<doc_id>[0-9a-f]{16})(?::(?P<start>\d{1,9}))?")
_WRITTEN: Final[dict[Scope, str]] = {
    "corpus": "corpus",
    "document": "its doc_id",
    "place": "its doc_id:start",
}


def read_corrections(path: Path | None) -> Ledger:
    """The corrections of the file, and a problem for each row that cannot be meant. Rows without an action are templates.

    Separators are commas, semicolons or tabs; any encoding that a spreadsheet writes. Raises ConfigError for a file that cannot
    be read or has not the columns.

    >>> from pathlib import Path
    >>> from corpus.corrections import read_corrections
    >>> rows = "action,scope,text,to\\nrename,corpus,Galet,Galet SA\\n"
    >>> _ = Path("my-corrections.csv").write_text(rows, encoding="utf-8")
    >>> [(one.action, one.text, one.to) for one in read_corrections(Path("my-corrections.csv")).corrections]
    [('rename', 'Galet', 'Galet SA')]
    """
    ledger = Ledger()
    if path is None:
        return ledger
    found: list[Correction] = []
    for number, values in _rows(path):
        if not values.get("action"):
            continue
        made = _correction(number, *(values.get(name, "") for name in _NEEDED))
        if isinstance(made, Correction):
            found.append(made)
        else:
            ledger.problems.append(problem(number, *made))
    ledger.corrections = found
    return ledger


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = decode(path.read_bytes()).text.removeprefix("\ufeff")
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from None
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    names = [name.strip().lower() for name in rows[0]] if rows else []
    if lacking := [name for name in _NEEDED if name not in names]:
        raise ConfigError(
            f"{path} has no column {', '.join(lacking)}. Its first line must name {', '.join(COLUMNS)}."
        )
    for number, cells in enumerate(rows[1:], 1):
        yield number, dict(zip(names, (cell.strip() for cell in cells), strict=False))


def _correction(row: int, name: str, scope: str, text: str, to: str) -> Correction | tuple[str, str]:
    """The correction, or the kind of problem and its message."""
    action = ACTIONS.get(name.lower())
    if action is None:
        near = difflib.get_close_matches(name.lower(), ACTIONS, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(ACTIONS)}."
        return "not_meant", f"There is no action {name!r}. {hint}"
    if not action.applied:
        return "not_applied", f"No run applies {action.name} yet. The row may stay for one that does."
    place = _SCOPE.fullmatch(scope)
    if place is None and scope.lower() not in ("corpus", ""):
        return "not_meant", f"The scope {scope!r} is neither corpus, nor a doc_id, nor doc_id:start."
    doc_id, start = (place["doc_id"], place["start"]) if place else (None, None)
    if said := _lacks(action, "place" if start else "document" if doc_id else "corpus", text, to):
        return "not_meant", said
    key = digest(action.name, scope, text, to)[:_KEY_DIGITS]
    return Correction(row, key, action.name, doc_id, int(start) if start else None, text, to)


def _lacks(action: Action, scope: Scope, text: str, to: str) -> str | None:
    """What the row must say and does not."""
    if scope not in action.scopes:
        wanted = " or ".join(_WRITTEN[one] for one in action.scopes)
        return f"{action.name} is about one {action.scopes[0]}: write {wanted} as scope."
    named = bool(text) or scope == action.scopes[0] == "document"
    if not named or (action.to in ("needed", "place") and not to):
        return f"{action.name} needs {'text' if action.to in ('unused', 'optional') else 'text and to'}."
    if action.to == "place" and not ADDRESS.fullmatch(to):
        return f"{action.name} is of two facts: write the doc_id:start of the other as to, and its text behind it."
    return None
