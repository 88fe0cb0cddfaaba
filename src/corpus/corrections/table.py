"""`corrections.csv` as any spreadsheet saves it, to corrections; what cannot be meant is a problem with a sentence."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from corpus.config import CORRECTIONS_FILE
from corpus.corrections.records import APPLIED, NEEDS_TO, Correction
from corpus.errors import ConfigError
from corpus.identity import digest
from corpus.readers import decode
from corpus.records import Problem

COLUMNS: Final = ("action", "scope", "text", "to")
_KEY_DIGITS = 12
_SCOPE = re.compile(r"(?P<doc_id>[0-9a-f]{16})(?::(?P<start>\d{1,9}))?")


def read_corrections(path: Path) -> tuple[list[Correction], list[Problem]]:
    """The corrections of the file, and a problem for each row that cannot be meant. Rows without an action are templates.

    Separators are commas, semicolons or tabs; any encoding that a spreadsheet writes. Raises ConfigError for a file that cannot
    be read or has not the columns.
    """
    try:
        text = decode(path.read_bytes()).text.removeprefix("\ufeff")
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from None
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    names = [name.strip().lower() for name in rows[0]] if rows else []
    if lacking := [name for name in COLUMNS if name not in names]:
        raise ConfigError(
            f"{path} has no column {', '.join(lacking)}. Its first line must name action, scope, text, to, note."
        )
    found: list[Correction] = []
    problems: list[Problem] = []
    for number, cells in enumerate(rows[1:], 1):
        values = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        if not values.get("action"):
            continue
        made = _correction(number, [values.get(name, "") for name in COLUMNS])
        if isinstance(made, Correction):
            found.append(made)
        else:
            problems.append(problem(number, "not_meant", made))
    return found, problems


def problem(row: int, kind: str, message: str) -> Problem:
    """A row of `problems` about a row of the file; every input is read all the same."""
    return Problem(f"{CORRECTIONS_FILE}#{row}", "corrections", kind, message, recovered=True)


def _correction(row: int, cells: Sequence[str]) -> Correction | str:
    action, scope, text, to = cells
    action = action.lower()
    if action not in APPLIED:
        near = difflib.get_close_matches(action, APPLIED, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Those that it applies are: {', '.join(APPLIED)}."
        return f"A run does not apply the action {action!r}. {hint}"
    place = _SCOPE.fullmatch(scope)
    if place is None and scope.lower() not in ("corpus", ""):
        return f"The scope {scope!r} is neither corpus, nor a doc_id, nor doc_id:start."
    start = int(place["start"]) if place and place["start"] else None
    if APPLIED[action] == "place" and start is None:
        return f"{action} is about one place: write its doc_id:start as scope."
    if not text or (action in NEEDS_TO and not to):
        return f"{action} needs {'text and to' if action in NEEDS_TO else 'text'}."
    return Correction(
        row,
        digest(action, scope, text, to)[:_KEY_DIGITS],
        action,
        place["doc_id"] if place else None,
        start,
        text,
        to,
    )
