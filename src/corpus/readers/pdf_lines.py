"""The lines of a PDF's pages with their places, and how they join to paragraphs."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

from corpus.readers.lexicon import READER_WORDS, any_word, fold
from corpus.readers.lexicon import words as lexicon_words
from corpus.readers.markup import squeeze
from corpus.readers.pdf_columns import WIDE_GAP, Line, in_reading_order
from extract.languages import known_languages

# Left, bottom, right, top, in points.
Box = tuple[float, float, float, float]
SPACE = re.compile(" +")
# pdfium writes a hyphen that it takes for one of a broken word as U+0002 (older ones as U+FFFE).
SOFT_HYPHENS = "\x02\ufffe"
LINE = re.compile(f"[^\n{SOFT_HYPHENS}]*[\n{SOFT_HYPHENS}]|[^\n{SOFT_HYPHENS}]+$")
WORD_START = re.compile(r"^[^\W\d_]+(?:['’-][^\W\d_]+)*")
WORD_END = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*$")
MAX_WORD = 60
# A line at the top or the bottom that so many pages share (digits aside) is a running head.
RUNNING_PAGES = 3
# A gap larger than this many usual line distances, or an indent of this many character widths, begins a paragraph.
GAP = 1.35
INDENT = 1.2
# A line that ends a sentence before this share of the usual width is the last of its paragraph.
SHORT = 0.85


def paragraphs(lines: list[Line]) -> list[str]:
    """Lines joined to paragraphs: a wide gap, an indent, another letter size or a short last line parts them."""
    if not lines:
        return []
    width = (
        statistics.quantiles([line.right - line.left for line in lines], n=10)[-1] if len(lines) > 1 else 0.0
    )
    gaps = Counter(
        round(2 * (a.top - b.top)) / 2
        for a, b in pairwise(lines)
        if 0 < a.top - b.top < 5 * max(a.height, 1.0)
    )
    # The commonest distance of two lines; of equally common ones the smaller.
    usual = min(gaps, key=lambda gap: (-gaps[gap], gap), default=0.0)
    known = Counter(fold(word) for line in lines for word in line.text.split())
    out: list[list[Line]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if _begins(before, line, usual, width):
            out.append([])
        out[-1].append(line)
    return [text for group in out if (text := joined([line.text for line in group], known))]


def joined(lines: list[str], known: Counter[str]) -> str:
    """Lines as one: a word broken at a line's end is mended, a hyphen of its own is kept."""
    parts: list[str] = []
    for line in lines:
        line = squeeze(line)
        before = parts[-1] if parts else ""
        if before.endswith("-") and before[-2:-1].isalpha() and line[:1].isalpha():
            parts[-1] = before if _keeps_hyphen(before[:-1], line, known) else before[:-1]
            parts.append(line)
        elif line:
            parts.extend([" ", line] if parts else [line])
    return "".join(parts)


def _keeps_hyphen(stem: str, line: str, known: Counter[str]) -> bool:
    """Whether the hyphen at a line's end belongs to the word: so it is written elsewhere in the text, or in the lexicon."""
    left, right = WORD_END.search(stem[-MAX_WORD:]), WORD_START.match(line)
    if left is None or right is None or not line[0].islower():
        return True
    hyphenated = fold(f"{left[0]}-{right[0]}")
    solid = fold(f"{left[0]}{right[0]}")
    after, before = _hyphened()
    first, last = fold(left[0]).split("-")[-1], fold(right[0]).split("-")[0]
    return known[hyphenated] > known[solid] or (not known[solid] and (first in after or last in before))


@cache
def _hyphened() -> tuple[frozenset[str], frozenset[str]]:
    """Words that keep the hyphen after them, and words that keep the hyphen before them."""
    tables = [READER_WORDS.read(language).table("hyphens") for language in known_languages()]
    after, before = (
        frozenset(fold(word) for item in tables for word in item.words(side)) for side in ("after", "before")
    )
    return after, before


def _begins(before: Line, line: Line, usual: float, width: float) -> bool:
    gap = before.top - line.top
    size = max(before.height, line.height, 1.0)
    if gap <= 0:
        # A new page or column: the paragraph goes on unless the line before it ended a sentence.
        return (
            before.text.rstrip().endswith((".", "!", "?", "…", "»", "”", ":")) and not line.text[:1].islower()
        )
    if usual and gap > GAP * usual and gap > GAP * size:
        return True
    if abs(before.height - line.height) > 0.2 * size and not line.text[:1].islower():
        return True
    if (
        line.left - before.left > INDENT * size * 0.5
        and not line.text[:1].islower()
        and before.text.rstrip().endswith((".", "!", "?", "…", "»", ":"))
    ):
        return True
    ends = before.text.rstrip().endswith((".", "!", "?", "…", "»", "”"))
    return bool(width) and ends and before.right - before.left < SHORT * width and not line.text[:1].islower()


def without_running_heads(pages: list[list[Line]]) -> tuple[list[list[Line]], list[str]]:
    """The pages without page numbers and running heads, and what was taken out (each wording once)."""
    edges = Counter(_shape(line.text) for page in pages for line in dict.fromkeys(page[:2] + page[-2:]))
    taken: list[str] = []
    kept: list[list[Line]] = []
    for page in pages:
        border = {*page[:2], *page[-2:]}
        out = []
        for line in page:
            words = squeeze(line.text)
            running = edges[_shape(line.text)] >= RUNNING_PAGES and len(pages) >= RUNNING_PAGES
            if line in border and (_page_number().match(words) or running):
                taken.append(words)
            else:
                out.append(line)
        kept.append(out)
    return kept, list(dict.fromkeys(taken))


@cache
def _page_number() -> re.Pattern[str]:
    """A page's number alone: "3", "- 3 -", "page 3 sur 12"."""
    page, of = any_word(lexicon_words("page_numbers", "page")), any_word(lexicon_words("page_numbers", "of"))
    return re.compile(rf"^(?:(?:{page}) ?|- ?)?\d{{1,4}}(?: ?(?:/|{of}) ?\d{{1,4}})?(?: ?-)?$", re.I)


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", fold(text))


def lines_of(text_page: Any) -> list[Line]:
    """The lines of a page of pdfium, in the order in which they are read."""
    text = text_page.get_text_range()
    rows: list[list[Line]] = []
    count = text_page.count_chars()
    at = 0
    # A broken word's mark stands in the place of the line's end; both count as characters of the page.
    for raw in LINE.findall(text):
        line = raw.rstrip("\r\n" + SOFT_HYPHENS)
        if line.strip():
            row = _pieces(text_page, line, at, count)
            if raw[-1] in SOFT_HYPHENS:
                row[-1] = replace(row[-1], text=row[-1].text + "-")
            rows.append(row)
        at += len(raw)
    return in_reading_order(rows)


def _pieces(text_page: Any, line: str, at: int, count: int) -> list[Line]:
    """A line cut where the gap between two words is wider than a space, or the next word stands on another height."""
    pieces: list[Line] = []
    first = at + len(line) - len(line.lstrip())
    last = at + len(line.rstrip()) - 1
    begin, left = first, _box(text_page, first, count)
    for found in SPACE.finditer(line.rstrip()):
        if at + found.start() <= first:
            continue
        before = _box(text_page, at + found.start() - 1, count)
        after = _box(text_page, at + found.end(), count)
        height = max(before[3] - before[1], after[3] - after[1], 1.0)
        if not -height < after[0] - before[2] < WIDE_GAP * height or abs(after[1] - before[1]) > height:
            pieces.append(_line(line[begin - at : found.start()], left, before))
            begin, left = at + found.end(), after
    pieces.append(_line(line[begin - at :].rstrip(), left, _box(text_page, last, count)))
    return pieces


def _line(words: str, first: Box, last: Box) -> Line:
    height = max(first[3] - first[1], last[3] - last[1])
    return Line(words, first[0], last[2], first[3], height)


def _box(text_page: Any, index: int, count: int) -> Box:
    """Left, bottom, right, top of a character; zeros for one beyond the last (pdfium counts some marks differently)."""
    import pypdfium2 as pdfium

    if not 0 <= index < count:
        return 0.0, 0.0, 0.0, 0.0
    try:
        left, bottom, right, top = text_page.get_charbox(index, loose=True)
    except pdfium.PdfiumError:
        return 0.0, 0.0, 0.0, 0.0
    return float(left), float(bottom), float(right), float(top)
