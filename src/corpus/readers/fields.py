"""One record of fields (a JSON object, a table's row) as a document."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from corpus.readers.inputs import problem
from corpus.readers.lexicon import fold, language_code, table
from corpus.readers.options import ReadOptions
from corpus.readers.published import published_from
from corpus.readers.restored import field_line, field_text
from corpus.records import InputDocument, Problem

SLOTS = ("text", "html", "title", "id", "url", "site", "published", "authors", "language", "summary")
BODIES = ("text", "html", "summary")
"""The slots that a document's text may come from, the first with words."""
SUMMARY_FIELD = "summary_field"
"""What stands in the metadata of a document that is a summary: the name of the field it was read from."""
MAX_NESTING = 50
TOO_DEEP = "…"
# Columns that are named where the text is asked for, and rows that are looked at for that.
MOST_ASKED = 3
ROWS_ASKED = 50
PRINTED_LIST = re.compile(r"\[\s*(?:'[^']*'|\"[^\"]*\")(?:\s*,\s*(?:'[^']*'|\"[^\"]*\"))*\s*\]")
PRINTED_ITEM = re.compile(r"'([^']*)'|\"([^\"]*)\"")


def document_of(
    record: Mapping[str, Any],
    source: str,
    format_: str,
    options: ReadOptions,
    *,
    day_first: bool | None = None,
) -> InputDocument | Problem:
    """The document that a record describes, or a `Problem` (`empty`) for one without text.

    `text` is read as plain text; where it is missing or blank, `html` as HTML, then `summary`, whose field `metadata` names.
    Fields that fill no slot are kept in `metadata`, as is a language that could not be understood. `day_first` says how the
    source writes "03/04/2025", if that is known.
    """
    record = _unwrapped(record, options)
    slots = slots_of(tuple(record), options)
    values = {slot: record[name] for slot, name in slots.items()}
    bodies = {slot: nested_text(values.get(slot)) for slot in BODIES}
    used = next((slot for slot in BODIES if bodies[slot].strip()), None)
    if used is None:
        return problem(source, "empty", f"It has no text: {_searched(slots, record)}")
    consumed = {name for slot, name in slots.items() if slot not in BODIES or slot == used}
    metadata = {clean(str(name)): jsonable(value) for name, value in record.items() if name not in consumed}
    language = language_code(as_text(values.get("language")))
    if language is None and as_text(values.get("language")).strip():
        metadata["language"] = jsonable(values["language"])
    if used == "summary":
        metadata[SUMMARY_FIELD] = clean(slots[used])
    content, markup = field_text(bodies[used])
    if used == "html":
        content, markup = bodies[used], "html"
    return InputDocument(
        source=source,
        format=format_,
        markup=markup,
        content=content,
        input_id=_line(values.get("id")),
        url=_line(values.get("url")),
        site=_line(values.get("site")),
        title=_line(values.get("title")),
        authors=_authors(record, slots, options),
        published=published_from(_dateable(values.get("published")), day_first=day_first),
        language=language,
        metadata={name: value for name, value in metadata.items() if value not in (None, "", [], {})},
    )


def _unwrapped(record: Mapping[str, Any], options: ReadOptions) -> Mapping[str, Any]:
    """The record with the fields of the object inside it that holds the text, where it has none itself (`_source`, `fields`)."""
    if has_text(tuple(record), options, summaries=False):
        return record
    for name, value in record.items():
        if isinstance(value, Mapping) and value and has_text(tuple(str(key) for key in value), options):
            rest = {key: other for key, other in record.items() if key != name}
            return {**rest, **{str(key): inner for key, inner in value.items()}}
    return record


def _authors(record: Mapping[str, Any], slots: Mapping[str, str], options: ReadOptions) -> tuple[str, ...]:
    """The authors' names; where their field holds numbers of a database, those that another usual field gives."""
    found = author_list(record.get(slots["authors"])) if "authors" in slots else ()
    if found or "authors" in options.columns:
        return found
    for path in table("columns")["authors_inside"]:
        value: Any = record
        for step in path.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        if found := author_list(value):
            return found
    return ()


def nested_text(value: Any, depth: int = 0) -> str:
    """A text field's value as text: a string, or the strings of the blocks that an editor's JSON is made of, in their order."""
    if isinstance(value, Mapping) and depth < MAX_NESTING:
        parts = [
            nested_text(inner, depth + 1) for name, inner in value.items() if _key(str(name)) in _blocks()
        ]
        return "\n\n".join(part for part in parts if part.strip())
    if isinstance(value, list | tuple) and any(isinstance(item, Mapping | list) for item in value):
        if depth >= MAX_NESTING:
            return ""
        parts = [nested_text(item, depth + 1) for item in value]
        return "\n\n".join(part for part in parts if part.strip())
    return as_text(value)


@cache
def _blocks() -> frozenset[str]:
    return frozenset(_key(name) for name in table("columns")["text_inside"])


def slots_of(names: tuple[str, ...], options: ReadOptions) -> dict[str, str]:
    """Which field fills which slot: the mapping first, then the slot's own name, then the usual names in their order."""
    return dict(_slots(tuple(str(name) for name in names), tuple(sorted(options.columns.items()))))


def has_text(names: tuple[str, ...], options: ReadOptions, *, summaries: bool = True) -> bool:
    """Whether a record with these fields can hold a text, its summary too unless `summaries` says that none counts."""
    slots = slots_of(names, options)
    return any(slot in slots for slot in BODIES if summaries or slot != "summary")


def summary_problem(document: InputDocument) -> Problem | None:
    """What is said of a document that is only a summary of an article, None of any other."""
    if (name := document.metadata.get(SUMMARY_FIELD)) is None:
        return None
    message = f"It has no text but a summary in the field {name!r}, which was read."
    return problem(document.source, "summary", message, recovered=True)


@cache
def _usual() -> dict[str, tuple[str, ...]]:
    return {slot: tuple(_key(name) for name in table("columns")[slot]) for slot in SLOTS}


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
        value = next((value[name] for name in table("columns")["name_inside"] if value.get(name)), None)
    if isinstance(value, list | tuple):
        parts = [part for item in value for part in author_list(item)]
    else:
        words = _printed_list(as_text(value))
        parts = [part for piece in words.split("\n") for part in piece.replace("|", ";").split(";")]
    names = (field_line(part) for part in parts)
    return tuple(dict.fromkeys(name for name in names if name and not name.isdecimal()))


def _printed_list(words: str) -> str:
    """A list as Python or JSON prints it (`['Ana Roux', "Paul Ney"]`), its items parted by `;`; any other words as they are."""
    if not PRINTED_LIST.fullmatch(words.strip()):
        return words
    return ";".join(found[1] or found[2] for found in PRINTED_ITEM.finditer(words))


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
    """A field on one line; of an object its name (`{"rendered": …}`, `{"title": …}`)."""
    if isinstance(value, Mapping):
        value = next((value[name] for name in table("columns")["name_inside"] if value.get(name)), None)
    return field_line(as_text(value)) or None


def _dateable(value: Any) -> Any:
    if isinstance(value, Mapping):
        value = next((inner for inner in value.values() if inner), None)
    return value if isinstance(value, dt.date) else as_text(value)


def _searched(slots: Mapping[str, str], record: Mapping[str, Any]) -> str:
    if name := next((slots[slot] for slot in BODIES if slot in slots), None):
        return f"the field {clean(name)!r} is empty."
    return f"none of its fields is called text, html, summary or one of their usual names. {ask_for_text([record])}"


def ask_for_text(records: Iterable[Mapping[str, Any]]) -> str:
    """What to write into corpus.toml for a table whose text column is not known: the columns with the longest texts first."""
    sizes: dict[str, list[int]] = {}
    for record in records:
        for name, value in record.items():
            if text := nested_text(value):
                sizes.setdefault(clean(str(name)), []).append(len(text))
    means = {name: sum(found) / len(found) for name, found in sizes.items()}
    likeliest = sorted(means, key=lambda name: (-means[name], name))[:MOST_ASKED]
    if not likeliest:
        return "All of them are empty."
    found = ", ".join(f"{name!r} ({means[name]:,.0f} characters on average)" for name in likeliest)
    return (
        f"The longest are {found}. If the first is the text, write in corpus.toml: [columns] text = "
        f"{json.dumps(likeliest[0], ensure_ascii=False)}."
    )
