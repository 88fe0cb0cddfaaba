"""What a corpus is, on one card: documents, dates, outlets, languages, what is undated, unread, repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.notebook.cells import cell
from corpus.plurals import counted

if TYPE_CHECKING:
    from corpus.notebook.tables import Tables

MOST_NAMED = 5


def card(tables: Tables) -> list[tuple[str, str]]:
    """Names and values, in the order in which they are shown."""
    lines: list[tuple[str, str]] = []
    if tables.selection is not None and tables.parent is not None:
        lines.append(("chosen", tables.selection.words() or "everything"))
    if tables.has("documents"):
        lines += _documents(tables)
    if tables.has("paragraphs"):
        found = tables.rows(
            "select count(*) as n, count(*) filter (first_doc_id is null or changed_facts) as own from paragraphs"
        )[0]
        share = f" ({found['own'] / found['n']:.0%})" if found["n"] else ""
        lines.append(("distinct paragraphs", f"{cell(found['own'])} of {cell(found['n'])}{share}"))
    if tables.has("problems") and tables.selection is None:
        found = tables.rows("select count(*) as n, count(*) filter (not recovered) as lost from problems")[0]
        lines.append(
            (
                "unread",
                f"{counted(found['lost'], 'input')}; {cell(found['n'] - found['lost'])} read with a problem",
            )
        )
    rest = ("companies", "amounts", "dates", "facts", "events", "topics")
    there = [name for name in rest if tables.has(name)]
    lines.append(
        (
            "found",
            ", ".join(
                f"{cell(tables.rows(f'select count(*) as n from {name}')[0]['n'])} {name}" for name in there
            )
            or "nothing",
        )
    )
    lines += [(f"damaged: {name}", reason) for name, reason in sorted(tables.damaged.items())]
    if tables.older:
        said = "; ".join(
            f"{name} lacks {', '.join(columns)}" for name, columns in sorted(tables.older.items())
        )
        lines.append(("written by an older version", f"{said} (empty here; `corpus run` fills them)"))
    return lines


def _documents(tables: Tables) -> list[tuple[str, str]]:
    found = tables.rows(
        """
        select count(*) as n, count(*) filter (duplicate_of is not null) as copies, sum(words) as words,
          min(published) as earliest, max(published) as latest, count(*) filter (published is null) as undated,
          count(distinct outlet) as outlets, count(*) filter (outlet is null) as unnamed from documents
        """
    )[0]
    dated = found["earliest"] is not None
    between = f"{cell(found['earliest'])} to {cell(found['latest'])}" if dated else "none"
    return [
        (
            "documents",
            f"{cell(found['n'])}, {cell(found['copies'])} of them copies; {cell(found['words'] or 0)} words",
        ),
        ("dates", f"{between}; {cell(found['undated'])} undated"),
        (
            "outlets",
            f"{_most(tables, 'outlet') or 'none named'}; {counted(found['unnamed'], 'document')} without a name",
        ),
        ("languages", _most(tables, "language") or "none"),
    ]


def _most(tables: Tables, column: str) -> str:
    found = tables.rows(
        f"select {column} as value, count(*) as n from documents where {column} is not null group by all order by n desc, value"
    )
    named = ", ".join(f"{row['value']} {cell(row['n'])}" for row in found[:MOST_NAMED])
    return named + (", …" if len(found) > MOST_NAMED else "")
