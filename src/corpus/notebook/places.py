"""A place in a document as HTML: what stands there, what it repeats and where the two differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from html import escape
from pathlib import Path
from typing import Any

from corpus.notebook.cells import cell
from corpus.notebook.pages import FRAME, KINDS, SMALL, head, legend, marked, removed
from corpus.trace import Difference, Place, trace_place

_GONE = "background:#FBE3D6;color:#222;text-decoration:line-through"
_NEW = "background:#D6E9F8;color:#222;font-weight:600"


class ShownPlace(Place):
    """A place that a notebook shows as HTML and a terminal as words."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return as_html(self)


def trace_row(folder: Path, doc_id: str, start: int | None) -> ShownPlace:
    """The place of a document, or of a character in it; TableError where there is none."""
    place = trace_place(folder, doc_id if start is None else f"{doc_id}:{start}")
    return ShownPlace(**{each.name: getattr(place, each.name) for each in fields(place)})


def as_html(place: Place) -> str:
    """A place: its paragraph with its mentions, beside the paragraph that it repeats with what differs marked."""
    document = {
        "title": place.title,
        "source": place.source,
        "published": place.published,
        "language": None,
        "doc_id": place.doc_id,
    }
    parts = [head(document)]
    if place.duplicate_of:
        parts.append(f'<p style="{SMALL}">a copy of {escape(place.duplicate_of)}</p>')
    if place.paragraph is not None:
        inside = [one for one in place.mentions if one["table"] in KINDS]
        text = marked(place.paragraph["text"], inside, place.paragraph["start"], place.start)
        facts = [one for one in place.mentions if one["table"] not in KINDS]
        parts += [legend(), f"<blockquote>{text}</blockquote>", *map(_fact, facts)]
    if place.repeats is not None:
        how = "with other facts" if place.repeats.changed_facts else "with the same facts"
        parts.append(
            f'<p style="{SMALL}">repeats paragraph {place.repeats.paragraph} of {escape(place.repeats.source)} '
            f"({escape(place.repeats.doc_id)}), {escape(place.repeats.kind)} {how}: "
            f'<span style="{_GONE}">only there</span> <span style="{_NEW}">only here</span></p>'
            f"<blockquote>{''.join(map(_difference, place.repeats.differences))}</blockquote>"
        )
    parts.append(removed(place.removals))
    return f'<article style="{FRAME}">{"".join(parts)}</article>'


def _fact(row: Mapping[str, Any]) -> str:
    sum_ = f"{cell(row.get('low'))} {row.get('currency') or ''}".strip()
    said = f"{row.get('kind')}: {row.get('company')}, {sum_} ({row.get('certainty')})"
    return f'<p style="{SMALL}">{escape(said)}</p>'


def _difference(difference: Difference) -> str:
    if difference.kind == "equal":
        return escape(difference.here)
    there = f'<span style="{_GONE}">{escape(difference.there)}</span>' if difference.there else ""
    here = f'<span style="{_NEW}">{escape(difference.here)}</span>' if difference.here else ""
    return there + here
