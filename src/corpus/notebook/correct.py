"""Corrections that last: rows of corrections.csv, which every later run applies where it can, and what they will change.

The file is any spreadsheet's CSV: action, scope (`corpus`, doc_id or doc_id:start), text, to, note.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.config import CORRECTIONS_FILE
from corpus.corrections import ACTIONS, COLUMNS, EVENT_ACTIONS, Action
from corpus.errors import UsageError
from corpus.notebook.names import one_of
from corpus.plurals import counted

if TYPE_CHECKING:
    from corpus.notebook.tables import Tables

BESIDE = ("corpus.toml", CORRECTIONS_FILE)
"""The file stands beside corpus.toml; a folder that has either is where it goes."""


COUNTED = {"company": ("companies", "facts")}
"""By the column that an action's text comes from, the tables whose rows with that text it reaches."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A row that was written to corrections.csv, and what a re-run will change."""

    action: str
    scope: str
    text: str
    to: str
    note: str
    file: Path
    effect: str

    def __repr__(self) -> str:
        if not ACTIONS[self.action].applied:
            return (
                f"{self.file}: {self.action}, {self.scope}. It is kept there, but no run applies {self.action} yet: "
                "`problems` will tell of it."
            )
        return f"{self.file}: {self.action}, {self.scope}. On the next `corpus run`: {self.effect}."


def correct(
    tables: Tables,
    row: Any,
    action: str,
    to: Any,
    note: str,
    scope: str | None,
    file: str | Path | None,
) -> Correction:
    """Append one correction. Raises UsageError for an unknown action, a row that it does not fit, a lacking `to`."""
    if action not in ACTIONS:
        raise UsageError(f"There is no correction {action!r}. {one_of(action, ACTIONS)}")
    kind = ACTIONS[action]
    if kind.to in ("needed", "place") and isinstance(to, str | None) and not to:
        raise UsageError(f"{action} needs `to`: {kind.effect('this', 'what `to` says')}.")
    values: Mapping[str, Any] = {kind.column: row} if isinstance(row, str) else _mapping(row)
    if action in EVENT_ACTIONS:
        values = _fact(tables, values)
    if kind.to == "place":
        other = _fact(tables, {"text": to} if isinstance(to, str) else _mapping(to))
        to = f"{other['doc_id']}:{int(other['start'])} {other['text']}"
    text = _text(values, kind)
    where = scope or _scope(values, kind)
    path = Path(file) if file is not None else _file()
    effect = kind.effect(text, to or "") + (_reach(tables, kind, text) if where == "corpus" else "")
    made = Correction(action, where, text, to or "", note, path, effect)
    append(path, made)
    return made


def topic_names(file: str | Path | None) -> frozenset[str]:
    """The names that rows of corrections.csv give to topics."""
    path = Path(file) if file is not None else _file()
    if not path.is_file():
        return frozenset()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.reader(lines) if len(row) >= len(COLUMNS) - 1]
    return frozenset(
        row[2] if row[0] == "topic_seed" else row[3]
        for row in rows
        if row[0] in ("topic_seed", "topic_label")
    )


def append(path: Path, row: Correction) -> None:
    """Write the row at the end of the file, which is begun with its head where there is none; a row that stands there is not
    written again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [row.action, row.scope, row.text, row.to, row.note]
    begun = path.exists() and path.stat().st_size > 0
    if begun:
        with path.open(encoding="utf-8-sig", newline="") as file:
            held = list(csv.reader(file))
        if held[:1] != [list(COLUMNS)]:
            raise UsageError(f"{path} does not begin with {','.join(COLUMNS)}: it is no file of corrections.")
        if cells[:4] in [line[:4] for line in held[1:]]:
            return
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if not begun:
            writer.writerow(COLUMNS)
        elif not path.read_bytes().endswith(b"\n"):
            file.write("\n")
        writer.writerow(cells)


def _fact(tables: Tables, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fact that stands for a row: itself, or the one that counts for the event that is named by its row or key."""
    if values.get("start") is not None and values.get("doc_id"):
        return values
    key = values.get("event") or values.get("text")
    found = tables.rows("select doc_id, start, text from facts where event = $key and counted", {"key": key})
    if not found:
        raise UsageError(
            f"No event has the key {key!r}: give a row of facts or events, or the key of an event."
        )
    return found[0]


def _mapping(row: Any) -> Mapping[str, Any]:
    values: Mapping[str, Any] = row._asdict() if hasattr(row, "_asdict") else dict(row)
    return values


def _text(values: Mapping[str, Any], kind: Action) -> str:
    for column in (kind.column, "text", "company", "label"):
        value = values.get(column)
        if isinstance(value, str) and value:
            return value
    if kind.scopes[0] == "document":
        return ""
    raise UsageError(f"{kind.name} needs a row with {kind.column}, or the {kind.column} itself.")


def _scope(values: Mapping[str, Any], kind: Action) -> str:
    usual = kind.scopes[0]
    if usual == "corpus":
        return "corpus"
    doc_id = values.get("doc_id")
    if not isinstance(doc_id, str):
        raise UsageError(f"{kind.name} is about one {usual}: give a row with doc_id.")
    if usual == "document":
        return doc_id
    if values.get("start") is None:
        raise UsageError(f"{kind.name} is about one place: give a row with doc_id and start.")
    return f"{doc_id}:{int(values['start'])}"


def _file() -> Path:
    """Beside corpus.toml: in the working folder or the nearest above it that has either file, else in the working folder."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if any((folder / name).is_file() for name in BESIDE):
            return folder / CORRECTIONS_FILE
    return here / CORRECTIONS_FILE


def _reach(tables: Tables, kind: Action, text: str) -> str:
    """How many rows it touches, as the tables are now."""
    said = []
    for name in COUNTED.get(kind.column, ()):
        if tables.has(name):
            query = (
                f"select count(*) as n, count(distinct doc_id) as d from {name} where {kind.column} = $text"
            )
            row = tables.rows(query, {"text": text})[0]
            said.append(f"{counted(row['n'], 'row')} of {name} in {counted(row['d'], 'document')}")
    return f" ({', '.join(said)})" if said else ""
