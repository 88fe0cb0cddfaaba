"""The metadata beside a saved page: `page.html.json`, as `corpus collect` writes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.readers.fields import as_text, author_list, jsonable
from corpus.readers.inputs import Input, problem
from corpus.readers.lexicon import language_code
from corpus.readers.options import ReadOptions
from corpus.readers.published import published_from
from corpus.records import InputDocument, Problem

SUFFIX = ".json"
MAX_BYTES = 1_000_000
# When a page was fetched says nothing about the page, and would make equal pages differ.
OF_THE_FETCH = frozenset({"fetched", "charset", "status"})


def sidecar_fields(source: Input) -> dict[str, Any] | Problem:
    """The fields of the sidecar beside `source`; empty if there is none, a recovered `Problem` if it cannot be read."""
    try:
        data = source.sidecar if source.path is None else _beside(source.path)
        if data is None:
            return {}
        fields = json.loads(data.decode("utf-8-sig")) if len(data) <= MAX_BYTES else None
    except (OSError, ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        message = f"Its sidecar {source.name}{SUFFIX} is not a readable JSON object of metadata; it was read without."
        return problem(source.source, "sidecar", message, recovered=True)
    return fields


def _beside(path: Path) -> bytes | None:
    """The bytes of the file beside a page that bears its name and `.json` (one more than allowed at most), if there is one."""
    beside = path.with_name(path.name + SUFFIX)
    if not beside.is_file():
        return None
    with beside.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def with_sidecar(
    document: InputDocument, source: Input, options: ReadOptions
) -> Iterator[InputDocument | Problem]:
    """The document with what its sidecar says added where the document itself says nothing."""
    fields = sidecar_fields(source)
    if isinstance(fields, Problem):
        yield fields
        yield document
        return
    yield filled(document, fields) if fields else document


def filled(document: InputDocument, fields: dict[str, Any]) -> InputDocument:
    """The document with the fields of a sidecar (`url`, `title`, `site`, `date`, `authors`, `language`; others in metadata)."""
    known = {"url", "title", "site", "hostname", "date", "published", "author", "authors", "language", "id"}
    stated = {name: value for name, value in fields.items() if value not in (None, "", [])}
    rest = {
        name: jsonable(value)
        for name, value in stated.items()
        if name not in known and name not in OF_THE_FETCH
    }

    def line(*names: str) -> str | None:
        return next((words for name in names if (words := " ".join(as_text(stated.get(name)).split()))), None)

    return replace(
        document,
        input_id=document.input_id or line("id"),
        url=document.url or line("url"),
        site=document.site or line("site", "hostname"),
        title=document.title or line("title"),
        authors=document.authors or author_list(stated.get("authors", stated.get("author"))),
        published=document.published or published_from(line("published", "date"), "sidecar"),
        language=document.language or language_code(line("language")),
        metadata={**rest, **document.metadata},
    )
