"""Corrections that last: rows of corrections.csv, which every later run applies where it can, and what they will change.

The file is any spreadsheet's CSV: action, scope (`corpus`, doc_id or doc_id:start), text, to, note.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.corrections import APPLIED
from corpus.errors import UsageError
from corpus.notebook.names import did_you_mean

if TYPE_CHECKING:
    from corpus.notebook.tables import Tables

FILE = "corrections.csv"
COLUMNS = ("action", "scope", "text", "to", "note")
BESIDE = ("corpus.toml", FILE)
"""The file stands beside corpus.toml; a folder that has either is where it goes."""


@dataclass(frozen=True, slots=True)
class Action:
    """What a correction does: where it holds, which column of a row is its text, whether it needs `to`, and its effect."""

    scope: str
    text: str
    needs_to: bool
    effect: str
    count: str | None = None


_COMPANY = "companies where company = $text"
_FACTS = "facts where company = $text"
ACTIONS: dict[str, Action] = {
    "merge": Action("corpus", "company", True, "{text} and {to} become one company", _COMPANY),
    "rename": Action("corpus", "company", True, "{text} is called {to}", _COMPANY),
    "split": Action("place", "text", True, "this mention of {text} is {to}"),
    "not_company": Action("corpus", "company", False, "{text} is no company", _COMPANY),
    "is_company": Action("corpus", "text", False, "{text} is a company"),
    "wrong_mention": Action("place", "text", False, "{text} is not read here"),
    "wrong_fact": Action("place", "text", False, "this fact is taken out"),
    "merge_events": Action(
        "corpus", "event", True, "events {text} and {to} become one", "facts where event = $text"
    ),
    "split_event": Action("place", "text", False, "this fact tells of an event of its own"),
    "outlet": Action("document", "outlet", True, "the document is of {to}"),
    "residue": Action("place", "text", False, "this paragraph is taken out of its document"),
    "keep": Action("place", "text", False, "what cleaning took out here comes back"),
    "topic_label": Action("corpus", "label", True, "topic {text} is called {to}"),
    "topic_merge": Action("corpus", "label", True, "topic {text} becomes part of {to}"),
    "topic_seed": Action("corpus", "label", True, "a topic {text} grows from {to}"),
    "stop_word": Action("corpus", "text", False, "{text} stands for no topic"),
}


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
        if self.action not in APPLIED:
            return (
                f"{self.file}: {self.action}, {self.scope}. It is kept there, but no run applies {self.action} yet: "
                "`problems` will tell of it."
            )
        return f"{self.file}: {self.action}, {self.scope}. On the next `corpus run`: {self.effect}."


def correct(
    tables: Tables,
    row: Any,
    action: str,
    to: str | None,
    note: str,
    scope: str | None,
    file: str | Path | None,
) -> Correction:
    """Append one correction. Raises UsageError for an unknown action, a row that it does not fit, a lacking `to`."""
    if action not in ACTIONS:
        raise UsageError(
            f"There is no correction {action!r}. {did_you_mean(action, ACTIONS)} There are: {', '.join(ACTIONS)}."
        )
    kind = ACTIONS[action]
    if kind.needs_to and not to:
        raise UsageError(f"{action} needs `to`: {kind.effect.format(text='this', to='what `to` says')}.")
    values: Mapping[str, Any] = {kind.text: row} if isinstance(row, str) else _mapping(row)
    text = _text(values, kind, action)
    where = scope or _scope(values, kind, action)
    path = Path(file) if file is not None else _file()
    effect = kind.effect.format(text=text, to=to or "")
    effect += _reach(tables, kind, text) if where == "corpus" else ""
    made = Correction(action, where, text, to or "", note, path, effect)
    append(path, made)
    return made


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


def _mapping(row: Any) -> Mapping[str, Any]:
    values: Mapping[str, Any] = row._asdict() if hasattr(row, "_asdict") else dict(row)
    return values


def _text(values: Mapping[str, Any], kind: Action, action: str) -> str:
    for column in (kind.text, "text", "company", "label"):
        value = values.get(column)
        if isinstance(value, str) and value:
            return value
    if kind.scope == "document":
        return ""
    raise UsageError(f"{action} needs a row with {kind.text}, or the {kind.text} itself.")


def _scope(values: Mapping[str, Any], kind: Action, action: str) -> str:
    if kind.scope == "corpus":
        return "corpus"
    doc_id = values.get("doc_id")
    if not isinstance(doc_id, str):
        raise UsageError(f"{action} is about one place: give a row with doc_id.")
    if kind.scope == "document":
        return doc_id
    if values.get("start") is None:
        raise UsageError(f"{action} is about one place: give a row with doc_id and start.")
    return f"{doc_id}:{int(values['start'])}"


def _file() -> Path:
    """Beside corpus.toml: in the working folder or the nearest above it that has either file, else in the working folder."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if any((folder / name).is_file() for name in BESIDE):
            return folder / FILE
    return here / FILE


def _reach(tables: Tables, kind: Action, text: str) -> str:
    """How many rows it touches, as the tables are now."""
    if kind.count is None:
        return ""
    name = kind.count.partition(" ")[0]
    if not tables.has(name):
        return ""
    rows = tables.rows(
        f"select count(*) as n, count(distinct doc_id) as d from {kind.count}", {"text": text}
    )[0]
    said = f" ({rows['n']:,} rows of {name} in {rows['d']:,} documents"
    if kind.count == _COMPANY and tables.has("facts"):
        said += f", {tables.rows(f'select count(*) as n from {_FACTS}', {'text': text})[0]['n']:,} facts"
    return said + ")"
