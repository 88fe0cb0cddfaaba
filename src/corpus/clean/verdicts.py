"""What becomes of each line of a page: the article's and how surely, furniture and by which rule, or no part of the text.

trafilatura's choice is the first evidence; the second look at the tree takes back what stands inside the article's element and
is no menu, box or list of links, and lets go of what trafilatura took from elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.clean.container import Container, is_prose
from corpus.clean.lexicon import fold, lexicon
from corpus.clean.regions import TOP, region_names
from corpus.clean.walk import PageLine

# How sure it is that a kept line is the article's, in per cent: the share of such lines, by characters, that stand in the human
# reading of 160 pages, rounded to tens.
CHOSEN_PROSE, CHOSEN, CHOSEN_LINK = 95, 80, 60
TAKEN_BACK_PROSE, TAKEN_BACK_ITEM, TAKEN_BACK = 70, 60, 40
HEADLINE, ABOVE = 80, 70
# What trafilatura chose where the second look knows nothing of the page.
ALONE = 70
_LONGEST_THREAD_HEADER = 80
_SHORTEST_LEAD = 25


Thread = Literal["counted", "named"] | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`rule` says why a line goes, None where it stays; `sure` is how sure its keeping is, in per cent."""

    sure: int
    rule: str | None = None


def verdicts(lines: Sequence[PageLine], container: Container) -> list[Verdict | None]:
    """One verdict for each line, None for a line that is no part of what extraction found."""
    first = container.inside.index(True) if True in container.inside else 0
    headline = max((i for i in range(first + 1) if lines[i].element.tag == "h1"), default=None)
    found: list[Verdict | None] = []
    introduced = False
    thread: Thread = None
    for i, (line, inside, region) in enumerate(zip(lines, container.inside, container.regions, strict=True)):
        if inside:
            thread = _thread(line) or thread
            verdict = _inside(line, region, introduced=introduced, thread=thread)
        elif i < first:
            verdict = _above(
                line, region, below_headline=headline is not None and i > headline, headline=i == headline
            )
        else:
            verdict = Verdict(0, "page: below the article") if line.chosen else None
        introduced = line.text[-1] == ":" or (introduced and line.kind == "list_item")
        found.append(verdict)
    return found


def _inside(line: PageLine, region: int, *, introduced: bool, thread: Thread) -> Verdict | None:
    if region & ~TOP:
        return Verdict(0, f"page: {region_names(region & ~TOP)}") if line.chosen else None
    if thread == "counted":
        return Verdict(0, "page: comments") if line.chosen else None
    link = 5 * line.linked >= 4 * len(line.text)
    prose = is_prose(line.text, line.linked)
    if line.chosen:
        return Verdict(CHOSEN_PROSE if prose else CHOSEN_LINK if link else CHOSEN)
    if thread:
        return None
    if link and not (introduced and line.kind == "list_item"):
        return Verdict(0, "page: links")
    if prose:
        return Verdict(TAKEN_BACK_PROSE)
    return Verdict(TAKEN_BACK if line.kind is None else TAKEN_BACK_ITEM)


def _above(line: PageLine, region: int, *, below_headline: bool, headline: bool) -> Verdict | None:
    """What stands above the article's element: its headline, and the lead between the two."""
    if region & ~TOP:
        return Verdict(0, f"page: {region_names(region & ~TOP)}") if line.chosen else None
    if headline:
        return Verdict(HEADLINE)
    if (line.chosen or below_headline) and is_prose(line.text, line.linked):
        return Verdict(ABOVE)
    if (
        line.chosen
        and below_headline
        and len(line.text) >= _SHORTEST_LEAD
        and 5 * line.linked < 2 * len(line.text)
    ):
        return Verdict(TAKEN_BACK)
    return Verdict(0, "page: above the article") if line.chosen else None


def _thread(line: PageLine) -> Thread:
    """Whether readers' comments follow a line: surely below "12 commentaires", while "Réactions" may be the article's heading."""
    if len(line.text) > _LONGEST_THREAD_HEADER:
        return None
    words = lexicon()
    folded = fold(line.text)
    if line.kind == "heading" and words.counts_comments(folded):
        return "counted"
    return "named" if not line.chosen and words.opens_thread(folded) else None
