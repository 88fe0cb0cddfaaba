"""From a row back to its file: the paragraph, what it repeats and where the two differ, what was removed beside it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import TableError
from corpus.inert import plain
from corpus.schemas import ENTITY_TABLES, TABLES
from corpus.store import table_files, telling_damage

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

SHOWN_REMOVAL = 160


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of two paragraphs: `equal`, `changed`, `only here` or `only there`, with the words on each side.

    `facts` are the kinds of fact that it changes: number, date, name, negation.
    """

    kind: str
    here: str
    there: str
    facts: list[str]


@dataclass(frozen=True, slots=True)
class Repeated:
    """The earlier paragraph that a paragraph repeats."""

    doc_id: str
    source: str
    paragraph: int
    kind: str
    similarity: float | None
    changed_facts: bool
    text: str
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class Place:
    """A document, or one place in it, and everything the tables say about it."""

    doc_id: str
    source: str
    title: str | None
    published: str | None
    duplicate_of: str | None
    start: int | None
    paragraph: dict[str, Any] | None
    repeats: Repeated | None
    mentions: list[dict[str, Any]] = field(default_factory=list)
    removals: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The place as JSON values."""
        return asdict(self)

    def __repr__(self) -> str:
        from rich.console import Console

        # In a notebook too these are words: rich would show a box of its own for what is only captured.
        console = Console(width=100, force_terminal=False, color_system=None, force_jupyter=False)
        with console.capture() as captured:
            render(console, self)
        return captured.get()


def trace_place(out: Path, where: str) -> Place:
    """The place `where` (DOC_ID or DOC_ID:START) of an output folder.

    Raises TableError when there is no such document, or the document has no such character.
    """
    doc_id, _, offset = where.partition(":")
    if offset and not offset.isdecimal():
        raise TableError(
            f"{where!r} is no place. Write DOC_ID, or DOC_ID:START with the number of a character."
        )
    document = _document(out, doc_id)
    start = int(offset) if offset else None
    if start is not None and start >= len(document["text"]):
        raise TableError(
            f"The text of {doc_id} has {len(document['text'])} characters; there is none at {start}."
        )
    paragraph = _paragraph(out, doc_id, start) if start is not None else None
    return Place(
        doc_id=doc_id,
        source=document["source"],
        title=document["title"],
        published=str(document["published"]) if document["published"] else None,
        duplicate_of=document["duplicate_of"],
        start=start,
        paragraph=paragraph,
        repeats=_repeated(out, paragraph) if paragraph is not None else None,
        mentions=_mentions(out, doc_id, paragraph) if paragraph is not None else [],
        removals=_removals(out, doc_id, paragraph["paragraph"] if paragraph is not None else None),
    )


def _rows(out: Path, name: str, doc_id: str) -> list[dict[str, Any]]:
    """The rows of a table that belong to a document, read without the rest of the table."""
    import pyarrow.dataset as ds

    files = [str(path) for path in table_files(out, name)]
    if not files:
        return []
    with telling_damage(out, name):
        rows = ds.dataset(files).to_table(filter=ds.field("doc_id") == doc_id).to_pylist()
    unwritten = {column.name: None for column in TABLES[name].columns}  # by an older version, if any
    return [unwritten | row for row in rows]


def _document(out: Path, doc_id: str) -> dict[str, Any]:
    if not table_files(out, "documents"):
        raise TableError(f"{out} holds no table. Run `corpus run` first.")
    rows = _rows(out, "documents", doc_id)
    if not rows:
        raise TableError(f"{out} has no document {doc_id!r}. `corpus show {out} documents` lists them.")
    return rows[0]


def _paragraph(out: Path, doc_id: str, start: int) -> dict[str, Any] | None:
    """The paragraph that holds the character, or the one before the blank line it stands in."""
    before = [row for row in _rows(out, "paragraphs", doc_id) if row["start"] <= start]
    return max(before, key=lambda row: row["start"]) if before else None


def _repeated(out: Path, paragraph: dict[str, Any]) -> Repeated | None:
    doc_id = paragraph["first_doc_id"]
    if doc_id is None:
        return None
    other = next(
        row for row in _rows(out, "paragraphs", doc_id) if row["paragraph"] == paragraph["first_paragraph"]
    )
    return Repeated(
        doc_id=doc_id,
        source=_document(out, doc_id)["source"],
        paragraph=other["paragraph"],
        kind=paragraph["repeat_kind"],
        similarity=paragraph["similarity"],
        changed_facts=bool(paragraph["changed_facts"]),
        text=other["text"],
        differences=_differences(paragraph, other),
    )


def _differences(paragraph: dict[str, Any], other: dict[str, Any]) -> list[Difference]:
    from dedupe import explain

    segments = explain(paragraph["text"], other["text"], paragraph["language"] or "fr")
    return [
        Difference(
            segment.kind,
            paragraph["text"][segment.start : segment.end],
            other["text"][segment.of_start : segment.of_end],
            sorted({fact.kind for fact in segment.facts}),
        )
        for segment in segments
    ]


def _mentions(out: Path, doc_id: str, paragraph: dict[str, Any]) -> list[dict[str, Any]]:
    """Every mention in the paragraph, in order, with the table it stands in."""
    found = [
        {"table": name} | row
        for name in (table.name for table in ENTITY_TABLES)
        for row in _rows(out, name, doc_id)
        if row["paragraph"] == paragraph["paragraph"]
    ]
    return sorted(found, key=lambda row: (row["start"], row["end"], row["table"]))


def _removals(out: Path, doc_id: str, paragraph: int | None) -> list[dict[str, Any]]:
    """The removals of the document, or those that repeat one paragraph of it."""
    rows = _rows(out, "removals", doc_id)
    return [row for row in rows if paragraph is None or row["kept_paragraph"] == paragraph]


def print_trace(place: Place) -> None:
    """Print a place to standard output."""
    from rich.console import Console

    render(Console(), place)


def render(console: Console, place: Place) -> None:
    """Write a place to a console."""
    console.print(_text(f"{place.source}  ({place.doc_id})", style="bold"))
    for name, value in (
        ("title", place.title),
        ("published", place.published),
        ("copy of", place.duplicate_of),
    ):
        if value:
            console.print(_text(f"  {name}: {value}"))
    if place.paragraph is not None:
        console.print(
            _text(f"\nparagraph {place.paragraph['paragraph']} ({place.paragraph['kind']})", style="bold")
        )
        console.print(_text(place.paragraph["text"]))
    if place.repeats is not None:
        _render_repeat(console, place.repeats)
    if place.mentions:
        console.print(_text("\nmentions", style="bold"))
        for row in place.mentions:
            console.print(
                _text(f"  {row['start']:>6}–{row['end']:<6} {row['table']:<10} {row['text']}  {_said(row)}")
            )
    if place.removals:
        console.print(_text("\nremoved", style="bold"))
        for row in place.removals:
            text = " ".join(row["text"].split())
            short = text if len(text) <= SHOWN_REMOVAL else text[: SHOWN_REMOVAL - 1] + "…"
            console.print(
                _text(f"  raw {row['start']}–{row['end']}  {row['reason']} ({row['rule']}): {short}")
            )


def _text(said: str, style: str = "") -> Text:
    """What is written to a terminal: no markup, and nothing that a terminal would obey."""
    from rich.text import Text

    return Text(plain(said), style=style)


def _said(row: dict[str, Any]) -> str:
    """What a mention was read as, in a few words."""
    match row["table"]:
        case "companies":
            return str(row["company"])
        case "amounts":
            return (
                f"{row['low']}–{row['high']} {row['currency']}"
                if row["low"] != row["high"]
                else f"{row['low']} {row['currency']}"
            )
        case "dates":
            return f"{row['start_date']}–{row['end_date']} ({row['modifier']})"
        case "names":
            return f"{row['type']}: {row['name']}"
        case _:
            return f"{row['kind']}: {row['company']}, {row['low']} {row['currency']} ({row['certainty']})"


def _render_repeat(console: Console, repeated: Repeated) -> None:
    how = "with other facts" if repeated.changed_facts else "with the same facts"
    share = f", similarity {repeated.similarity:.2f}" if repeated.similarity is not None else ""
    console.print(
        _text(
            f"\nrepeats paragraph {repeated.paragraph} of {repeated.source} ({repeated.doc_id})", style="bold"
        )
    )
    console.print(_text(f"  {repeated.kind} {how}{share}"))
    if all(difference.kind == "equal" for difference in repeated.differences):
        return
    line = _text("  ")
    for difference in repeated.differences:
        if difference.kind == "equal":
            line.append(plain(difference.here))
        else:
            line.append(plain(f"[-{difference.there}-]") if difference.there else "", style="red")
            line.append(plain(f"{{+{difference.here}+}}") if difference.here else "", style="green")
    console.print(line)
    facts = sorted({fact for difference in repeated.differences for fact in difference.facts})
    named = f"; changed: {', '.join(facts)}" if facts else ""
    console.print(_text(f"  [-there-] {{+here+}}{named}", style="dim"))
