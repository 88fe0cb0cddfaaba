"""The lines of a document on their way to its clean text: what is cut out of each, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.clean.assemble import Rendered, merged, render
from corpus.clean.paragraphs import Line
from corpus.records import ParagraphKind, Removal, RemovalReason

# In per cent: how sure it is that what describes a picture is the article's.
_SURE_CAPTION = 50


@dataclass(slots=True)
class Draft:
    """A line of the source on its way: what is cut out of it, and what is left.

    Of a page's line, `sure` says in per cent how sure it is the article's and `rule` why it is not.
    """

    start: int
    end: int
    marked: ParagraphKind | None
    cuts: list[Removal]
    rendered: Rendered
    sure: int = 100
    rule: str | None = None


def drafts_of(
    raw_text: str, lines: Sequence[Line], kinds: Sequence[ParagraphKind | None], cuts: Sequence[Removal]
) -> list[Draft]:
    """A source's lines with the cuts that fall into each; a line that is cut whole is left out."""
    drafts = []
    at = 0
    for line, marked in zip(lines, kinds, strict=True):
        while at < len(cuts) and cuts[at].end <= line.start:
            at += 1
        inside = []
        upto = at
        while upto < len(cuts) and cuts[upto].start < line.end:
            inside.append(cuts[upto])
            upto += 1
        if inside or "\n" in line.text:
            rendered = render(raw_text, line.start, line.end, inside)
        else:
            rendered = Rendered(line.text, ((0, line.start, len(line.text)),))
        if rendered.text:
            drafts.append(Draft(line.start, line.end, marked, inside, rendered, line.sure, line.rule))
    return drafts


def without_credit(raw_text: str, draft: Draft, at: int) -> Iterator[Removal]:
    """Cut what signs a picture off the words that describe it, which may be the article's: the removal, where there is one."""
    draft.sure = _SURE_CAPTION
    if at == len(draft.rendered.text):
        return
    end = draft.rendered.raw_end(len(draft.rendered.text))
    removal = Removal(draft.rendered.raw_start(at), end, "residue", "credit")
    draft.cuts = merged([*draft.cuts, removal])
    draft.rendered = render(raw_text, draft.start, draft.end, draft.cuts)
    yield removal


def removed(draft: Draft, reason: RemovalReason, rule: str) -> list[Removal]:
    """The removals of all that is left of a line."""
    return [Removal(raw, raw + length, reason, rule) for _, raw, length in draft.rendered.pieces]


def cut_out(
    raw_text: str, drafts: list[Draft], removals: Sequence[tuple[int, Removal]]
) -> tuple[list[Draft], dict[int, int]]:
    """The drafts without `removals`, each with its draft's number, and for those of which something is left their new numbers."""
    by_draft: dict[int, list[Removal]] = {}
    for number, removal in removals:
        by_draft.setdefault(number, []).append(removal)
    stay: list[Draft] = []
    numbers: dict[int, int] = {}
    for number, draft in enumerate(drafts):
        if number in by_draft:
            draft.cuts = merged([*draft.cuts, *by_draft[number]])
            draft.rendered = render(raw_text, draft.start, draft.end, draft.cuts)
        if draft.rendered.text:
            numbers[number] = len(stay)
            stay.append(draft)
    return stay, numbers
