"""A document and a place in it as HTML: mentions marked by kind, words that differ marked, removed text unfoldable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from corpus.notebook.cells import cell, short

if TYPE_CHECKING:
    from corpus.notebook.tables import Tables

KINDS: dict[str, tuple[str, str]] = {
    "companies": ("#0072B2", "solid"),
    "amounts": ("#D55E00", "double"),
    "dates": ("#009E73", "dashed"),
    "names": ("#CC79A7", "dotted"),
}
"""Colour and line of each kind of mention: told apart without colour too."""
FRAME = "max-width:46em;line-height:1.5"
SMALL = "opacity:.75;margin:.2em 0"
REMOVAL = 2000
"""Characters shown of one removed text."""


@dataclass(frozen=True, slots=True)
class Page:
    """HTML for a notebook, and the same in plain words for a terminal.

    >>> str(c.text(c.documents["doc_id"][0]))[:1] != "<"
    True
    """

    html: str
    plain: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.plain


def marked(text: str, mentions: Iterable[Mapping[str, Any]], offset: int = 0, at: int | None = None) -> str:
    """A text with its mentions marked by kind; of two that overlap the one that begins first, then the longer.

    `offset` is where `text` begins in its document; the mention that begins at `at` is set off.
    """
    order = sorted(mentions, key=lambda one: (one["start"], -one["end"]))
    parts, here = [], 0
    for one in order:
        start, end = one["start"] - offset, one["end"] - offset
        if start < here or end > len(text):
            continue
        colour, line = KINDS[one["table"]]
        strong = ";font-weight:700" if one["start"] == at else ""
        said = escape(f"{one['table']}: {read_as(one)}", quote=True)
        parts.append(escape(text[here:start]))
        parts.append(
            f'<span title="{said}" style="border-bottom:3px {line} {colour}{strong}">{escape(text[start:end])}</span>'
        )
        here = end
    parts.append(escape(text[here:]))
    return "".join(parts)


def read_as(row: Mapping[str, Any]) -> str:
    """What a mention was read as, in a few words."""
    match row["table"]:
        case "companies":
            return str(row["company"])
        case "amounts":
            low, high = cell(row["low"]), cell(row["high"])
            return f"{low if low == high else f'{low} to {high}'} {row['currency'] or ''}".strip()
        case "dates":
            start, end = cell(row["start_date"]), cell(row["end_date"])
            return f"{start if start == end else f'{start} to {end}'} {row['modifier'] or ''}".strip()
        case _:
            return f"{row['type']}: {row['name']}"


def legend() -> str:
    """What the lines under words mean."""
    signs = " · ".join(
        f'<span style="border-bottom:3px {line} {colour}">{name}</span>'
        for name, (colour, line) in KINDS.items()
    )
    return f'<p style="{SMALL}">{signs}</p>'


def text_page(tables: Tables, doc_id: str) -> Page:
    """A whole document: head, paragraphs with their mentions, what they repeat, and what was removed."""
    document = _document(tables, doc_id)
    paragraphs = tables.rows("select * from paragraphs where doc_id = ? order by paragraph", [doc_id])
    found = [
        row | {"table": name}
        for name in KINDS
        if tables.has(name)
        for row in tables.rows(f"select * from {name} where doc_id = ?", [doc_id])
    ]
    parts = [head(document), legend()]
    for paragraph in paragraphs:
        own = [one for one in found if one["paragraph"] == paragraph["paragraph"]]
        tag = "h4" if paragraph["kind"] in ("title", "heading") else "p"
        parts.append(
            f'<{tag} style="margin:.6em 0">{marked(paragraph["text"], own, paragraph["start"])}</{tag}>'
        )
        if paragraph["first_doc_id"] is not None:
            facts = "with other facts" if paragraph["changed_facts"] else "with the same facts"
            earlier = f"{escape(paragraph['first_doc_id'])}, paragraph {paragraph['first_paragraph']}"
            parts.append(f'<p style="{SMALL}">repeats {earlier}, {facts}</p>')
    removals = (
        tables.rows("select * from removals where doc_id = ? order by start", [doc_id])
        if tables.has("removals")
        else []
    )
    parts.append(removed(removals))
    plain = "\n\n".join([f"{document['title'] or document['source']}", *(one["text"] for one in paragraphs)])
    return Page(f'<article style="{FRAME}">{"".join(parts)}</article>', plain)


def _document(tables: Tables, doc_id: str) -> dict[str, Any]:
    from corpus.errors import TableError
    from corpus.notebook.names import did_you_mean

    tables.need("documents", "paragraphs")
    found = tables.rows("select * from documents where doc_id = $id or source = $id", {"id": doc_id})
    if found:
        return found[0]
    known = [row["doc_id"] for row in tables.rows("select doc_id from documents limit 100000")]
    near = did_you_mean(doc_id, known) if len(known) > 12 else ""
    raise TableError(f"There is no document {doc_id!r} among the {len(known):,} here. {near}".strip())


def head(document: Mapping[str, Any]) -> str:
    """Title, outlet, date, language, source and id of a document."""
    said = [
        document.get("outlet"),
        cell(document["published"]),
        document["language"],
        document["source"],
        document["doc_id"],
    ]
    return (
        f"<h3>{escape(document['title'] or document['source'])}</h3>"
        f'<p style="{SMALL}">{escape(" · ".join(str(one) for one in said if one))}</p>'
    )


def removed(removals: Sequence[Mapping[str, Any]]) -> str:
    """The removed texts of a document, folded away, each with its reason and rule."""
    if not removals:
        return ""
    rows = "".join(
        f"<li><em>{escape(row['reason'])}</em> ({escape(row['rule'])}): {escape(short(row['text'], REMOVAL))}</li>"
        for row in removals
    )
    return f"<details><summary>{len(removals):,} removed</summary><ul>{rows}</ul></details>"
