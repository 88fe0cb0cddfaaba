"""A word in its context: concordance lines (KWIC), and their course over time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from corpus.errors import UsageError
from corpus.notebook.names import folded
from corpus.plurals import counted

if TYPE_CHECKING:
    from corpus.charts import Picture
    from corpus.notebook.frame import Frame
    from corpus.notebook.tables import Tables

CONTEXT = 60
"""Characters on each side of a hit."""
NEAR_WORDS = 10
"""Words within which another word is near: about a line on each side."""
LONGEST_PATTERN = 300
_WORD = re.compile(r"\w+")
_BLANK = re.compile(r"\s+")


def search(
    tables: Tables, words: str, near: str | None, pattern: bool, context: int, copies: bool, within: int
) -> Frame:
    """One row a hit, in distinct paragraphs or in all."""
    import pandas as pd

    from corpus.notebook.frame import frame_of

    tables.need("paragraphs", "documents.published_precision")
    if not copies:
        tables.need("paragraphs.first_doc_id", "paragraphs.changed_facts")
    wanted = _expression(words, pattern)
    beside = _expression(near, pattern) if near is not None else None
    distinct = "" if copies else "where p.first_doc_id is null or p.changed_facts"
    rows = tables.rows(
        f"""
        select p.doc_id, p.paragraph, p.start, p.text, d.outlet, d.published, d.published_precision, d.source
        from paragraphs p join documents d using (doc_id) {distinct} order by d.published nulls last, p.doc_id, p.paragraph
        """
    )
    hits = []
    for row in rows:
        text = row["text"]
        plain = folded(text)
        spans = [found.span() for found in wanted.finditer(plain) if found.end() > found.start()]
        if beside is not None:
            spans = _beside(plain, spans, [found.span() for found in beside.finditer(plain)], within)
        for start, end in spans:
            hits.append(
                {
                    "left": text[_from_a_word(text, start - context, start) : start],
                    "hit": text[start:end],
                    "right": text[end : _to_a_word(text, end, end + context)],
                    "outlet": row["outlet"],
                    "published": row["published"],
                    "source": row["source"],
                    "doc_id": row["doc_id"],
                    "start": row["start"] + start,
                    "precision": row["published_precision"],
                }
            )
    columns = ["left", "hit", "right", "outlet", "published", "source", "doc_id", "start", "precision"]
    frame = pd.DataFrame(hits, columns=columns)
    frame["published"] = pd.to_datetime(frame["published"])
    undated = int(frame["published"].isna().sum())
    said = f"“{words}”" + (f" within {within} words of “{near}”" if near else "")
    note = f"{counted(len(frame), 'hit')} of {said} in {counted(frame['doc_id'].nunique(), 'document')}"
    note += (
        "" if copies else "; paragraphs that repeat an earlier one are not searched again (copies=True does)"
    )
    note += f"; without a date: {undated:,}" if undated else ""
    note += ". Case and accents do not matter." if not pattern else "."
    title = f"Hits of {said}"
    named = ["outlet"] if frame["outlet"].notna().any() else ["source"]
    shown = ("left", "hit", "right", *named, "published")
    return frame_of(frame, title=title, note=note, drawing=_drawing(title, note), shown=shown)


def _expression(words: str, pattern: bool) -> re.Pattern[str]:
    """A word, a phrase, or with `pattern` a regular expression; over folded text. `invest*` is every word that begins so."""
    if not isinstance(words, str):
        raise UsageError(
            'Search for one word or phrase, or for several with pattern=True: "amende|sanction".'
        )
    asked = words.strip()
    if not asked or len(asked) > LONGEST_PATTERN:
        raise UsageError(f"Search for something between 1 and {LONGEST_PATTERN} characters.")
    if pattern:
        try:
            return re.compile(asked, re.IGNORECASE)
        except re.error as error:
            raise UsageError(f"{asked!r} is no regular expression: {error}.") from None
    parts = []
    for word in folded(asked).split():
        parts.append(re.escape(word).replace(r"\*", r"\w*"))
    joined = r"[\s\-]+".join(parts)
    return re.compile(rf"(?<!\w){joined}(?!\w)")


def _from_a_word(text: str, wanted: int, hit: int) -> int:
    """Where the left context begins: where wanted, or at the next word where that would cut one."""
    if wanted <= 0 or text[wanted - 1].isspace():
        return max(wanted, 0)
    blank = _BLANK.search(text, wanted, hit)
    return blank.end() if blank else wanted


def _to_a_word(text: str, hit: int, wanted: int) -> int:
    """Where the right context ends: where wanted, or behind the word before where that would cut one."""
    if wanted >= len(text) or text[wanted].isspace():
        return wanted
    blank = max(text.rfind(sign, hit, wanted) for sign in " \n\u00a0\u202f")
    return blank if blank > hit else wanted


def _beside(
    text: str, spans: list[tuple[int, int]], others: list[tuple[int, int]], within: int
) -> list[tuple[int, int]]:
    """The spans with one of the others at most `within` words away."""
    starts = [word.start() for word in _WORD.finditer(text)]

    def place(at: int) -> int:
        return sum(1 for start in starts if start < at)

    where = [place(start) for start, _ in others]
    return [(start, end) for start, end in spans if any(abs(place(start) - one) <= within for one in where)]


def _drawing(title: str, note: str) -> Any:
    def draw(frame: Frame, by: str = "month", **options: Any) -> Picture:
        """The hits over time, by `month`, `quarter` or `year`; by `outlet` as bars."""
        from corpus.charts import bars, over_time

        said: dict[str, Any] = {"title": f"{title} by {by}", "how": note, "axis": "hits"} | options
        if by == "outlet":
            counted = frame.groupby("outlet", as_index=False).size().rename(columns={"size": "hits"})
            return bars(counted, label="outlet", value="hits", **said)
        if by not in ("month", "quarter", "year"):
            raise UsageError(f"Hits are not drawn by {by!r}: by month, quarter, year or outlet.")
        dated = frame[frame["published"].notna()]
        if by != "year":
            dated = dated[dated["precision"] != "year"]
        period = (
            dated["published"].dt.to_period({"month": "M", "quarter": "Q", "year": "Y"}[by]).dt.start_time
        )
        counted = period.value_counts().sort_index().rename_axis("period").reset_index(name="hits")
        return over_time(counted, time="period", value="hits", step=by, mark="column", **said)  # type: ignore[arg-type]

    return draw
