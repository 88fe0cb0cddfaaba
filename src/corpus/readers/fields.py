"""One record of fields (a JSON object, a table's row) as a document."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from corpus.readers.inputs import problem
from corpus.readers.lexicon import fold, language_code, table
from corpus.readers.options import ReadOptions
from corpus.readers.published import published_from
from corpus.records import InputDocument, Problem

SLOTS = ("text", "html", "title", "id", "url", "site", "published", "authors", "language")
MAX_NESTING = 50
TOO_DEEP = "…"


def document_of(
    record: Mapping[str, Any],
    source: str,
    format_: str,
    options: ReadOptions,
    *,
    day_first: bool | None = None,
) -> InputDocument | Problem:
    """The document that a record describes, or a `Problem` (`empty`) for one without text.

    `text` is read as plain text; where it is missing or blank, `html` as HTML. Fields that fill no slot are kept in `metadata`,
    as is a language that could not be understood. `day_first` says how the source writes "03/04/2025", if that is known.
    """
    slots = slots_of(tuple(record), options)
    values = {slot: record[name] for slot, name in slots.items()}
    text, html = as_text(values.get("text")), as_text(values.get("html"))
    if not text.strip() and not html.strip():
        return problem(source, "empty", f"It has no text: {_searched(slots, options)}.")
    used = "text" if text.strip() else "html"
    consumed = {name for slot, name in slots.items() if slot not in ("text", "html") or slot == used}
    metadata = {clean(str(name)): jsonable(value) for name, value in record.items() if name not in consumed}
    language = language_code(as_text(values.get("language")))
    if language is None and as_text(values.get("language")).strip():
        metadata["language"] = jsonable(values["language"])
    published = published_from(_dateable(values.get("published")), day_first=day_first)
    return InputDocument(
        source=source,
        format=format_,
        markup="text" if used == "text" else "html",
        content=text if used == "text" else html,
        input_id=_line(values.get("id")),
        url=_line(values.get("url")),
        site=_line(values.get("site")),
        title=_line(values.get("title")),
        authors=author_list(values.get("authors")),
        published=published,
        language=language,
        metadata={name: value for name, value in metadata.items() if value not in (None, "", [], {})},
    )


def slots_of(names: tuple[str, ...], options: ReadOptions) -> dict[str, str]:
    """Which field fills which slot: the mapping first, then the slot's own name, then the usual names in their order."""
    return dict(_slots(tuple(str(name) for name in names), tuple(sorted(options.columns.items()))))


def has_text(names: tuple[str, ...], options: ReadOptions) -> bool:
    """Whether a record with these fields can hold a text."""
    slots = slots_of(names, options)
    return "text" in slots or "html" in slots


@cache
def _usual() -> dict[str, tuple[str, ...]]:
    return {slot: tuple(_key(name) for name in names) for slot, names in table("columns").items()}


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return "".join(c for c in fold(name) if c.isalnum())


@lru_cache(maxsize=1024)
def _slots(names: tuple[str, ...], columns: tuple[tuple[str, str], ...]) -> dict[str, str]:
    chosen = {slot: name for slot, name in columns if name in names and slot in SLOTS}
    taken = set(chosen.values())
    keys: dict[str, str] = {}
    for name in names:
        keys.setdefault(_key(name), name)
    for slot in SLOTS:
        for usual in () if slot in chosen else _usual()[slot]:
            found = keys.get(_key(usual))
            if found is not None and found not in taken:
                chosen[slot] = found
                taken.add(found)
                break
    return chosen


def author_list(value: Any) -> tuple[str, ...]:
    """Authors from a list, a list of objects with a `name`, or a string of names parted by `;` or `|`."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, list | tuple):
        parts = [part for item in value for part in author_list(item)]
    else:
        parts = [part for piece in as_text(value).split("\n") for part in piece.replace("|", ";").split(";")]
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def as_text(value: Any) -> str:
    """A field's value as text; lists of strings (paragraphs) are joined by a blank line."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bytes):
        return clean(value.decode("utf-8", "replace"))
    if isinstance(value, list | tuple):
        return "\n\n".join(clean(part) for part in value if isinstance(part, str))
    if isinstance(value, float) and (math.isnan(value) or math.isinf(value)):
        return ""
    return clean(str(value)) if isinstance(value, int | float | dt.date) else ""


def clean(text: str) -> str:
    """The text as valid Unicode: surrogate pairs joined, lone surrogates (which no UTF-8 file can hold) replaced."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def jsonable(value: Any, depth: int = 0) -> Any:
    """A value that `json.dumps` takes: unknown is None, dates are ISO, anything else its text."""
    if depth > MAX_NESTING:
        return TOO_DEEP
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {clean(str(name)): jsonable(item, depth + 1) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = value if isinstance(value, list | tuple) else sorted(value, key=repr)
        return [jsonable(item, depth + 1) for item in items]
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else clean(str(value))


def _line(value: Any) -> str | None:
    return " ".join(as_text(value).split()) or None


def _dateable(value: Any) -> Any:
    return value if isinstance(value, dt.date) else as_text(value)


def _searched(slots: Mapping[str, str], options: ReadOptions) -> str:
    if name := slots.get("text") or slots.get("html"):
        return f"the field {clean(name)!r} is empty"
    return "none of its fields is called text, html or one of their usual names; name it with columns"
