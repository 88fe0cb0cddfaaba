"""Specific words: what a part of the corpus says more often, or less often, than chance would have it.

The hypergeometric model of Lafon (Sur la variabilité de la fréquence des formes dans un corpus, Mots 1, 1980), as in
TXM and Lexico: of T words of the corpus, F are the form and t stand in the part; the score is the order of magnitude,
log10, of the chance of f or more (positive), or of f or fewer (negative).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from corpus.errors import UsageError
from corpus.notebook.counts import values_of
from corpus.notebook.names import did_you_mean, resolve
from corpus.topics import read_stop_words, tokens

if TYPE_CHECKING:
    from corpus.charts import Picture
    from corpus.notebook.frame import Frame
    from corpus.notebook.tables import Tables

LEAST_COUNT = 3
"""A form met less often in all has no score beyond chance in a part of a usual size."""


def specific(
    tables: Tables, by: str, value: str | None, language: str | None, function_words: bool, least: float
) -> Frame:
    """The specific words of each part, or of the part `value`."""
    counts, language, left_out = _counted(tables, by, language)
    parts = [_meant(by, value, counts, language)] if value is not None else sorted(counts)
    stop = frozenset() if function_words else read_stop_words(language).dropped
    rows = [row for part in parts for row in _scores(part, counts[part], _sum(counts.values()), stop, least)]
    title = f"Specific words by {by}" if value is None else f"Specific words of {parts[0]}"
    return _frame(rows, by, title, _base(counts, language, left_out, function_words))


def compare(tables: Tables, by: str, one: str, other: str, language: str | None, least: float) -> Frame:
    """Two parts against each other: the corpus is those two alone."""
    counts, language, left_out = _counted(tables, by, language)
    names = [_meant(by, name, counts, language) for name in (one, other)]
    if names[0] == names[1]:
        raise UsageError(f"{names[0]} is compared with itself: name two different values of {by}.")
    two = {name: counts[name] for name in names}
    stop = read_stop_words(language).dropped
    rows = _scores(names[0], two[names[0]], _sum(two.values()), stop, least)
    for row in rows:
        row["elsewhere"] = row["total"] - row["count"]
    note = _base(two, language, left_out, False)
    return _frame(
        rows, by, f"{names[0]} against {names[1]}", f"Above zero {names[0]}, below {names[1]}. {note}"
    )


def _counted(
    tables: Tables, by: str, language: str | None
) -> tuple[dict[str, Counter[str]], str, dict[str, int]]:
    """Words of the distinct paragraphs of one language for each value of `by`, the language, and what was left out."""
    if by == "language":
        raise UsageError(
            "Words of two languages are not compared: they are all different. Group by something else."
        )
    tables.need("paragraphs.first_doc_id", "paragraphs.changed_facts", "documents")
    found = tables.rows(
        f"""
        select {_named(by)} as value, p.language, p.text, p.first_doc_id is not null and not p.changed_facts as repeated
        from paragraphs p join ({values_of(tables, by)}) v using (doc_id)
        order by p.doc_id, p.paragraph
        """
    )
    languages = Counter(row["language"] for row in found if row["language"])
    if not languages:
        raise UsageError("These documents have no words to compare.")
    chosen = language or min(languages, key=lambda name: (-languages[name], name))
    if chosen not in languages:
        raise UsageError(f"No paragraph is in {chosen!r}. {did_you_mean(chosen, languages)}".strip())
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    left_out: Counter[str] = Counter()
    for row in found:
        if row["repeated"]:
            left_out["that repeat an earlier one"] += 1
        elif row["language"] != chosen:
            left_out["in another language"] += 1
        elif row["value"] is None:
            left_out[f"without {by}"] += 1
        else:
            counts[row["value"]].update(tokens(row["text"]))
    if len(counts) < 2:
        raise UsageError(
            f"There is nothing to compare: in {chosen}, {len(counts)} value of {by} has words. Group by something else."
        )
    return dict(counts), chosen, dict(left_out)


def _named(by: str) -> str:
    """The value of a part as a name: "2024" of a year, "2024-03" of a month, "2024-Q1" of a quarter."""
    match by:
        case "year":
            return "strftime(v.value, '%Y')"
        case "month":
            return "strftime(v.value, '%Y-%m')"
        case "quarter":
            return "strftime(v.value, '%Y-Q') || quarter(v.value)"
        case _:
            return "v.value::varchar"


def _meant(by: str, asked: str, counts: dict[str, Counter[str]], language: str) -> str:
    found = resolve(str(asked), counts)
    if found is None:
        raise UsageError(
            f"There is no {by} {str(asked)!r} with words in {language}. {did_you_mean(str(asked), counts)}".strip()
        )
    return found


def _sum(parts: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return total


def _scores(
    part: str, counts: Counter[str], corpus: Counter[str], stop: frozenset[str], least: float
) -> list[dict[str, Any]]:
    import numpy as np
    from scipy.stats import hypergeom

    forms = sorted(form for form, number in corpus.items() if number >= LEAST_COUNT and form not in stop)
    if not forms:
        return []
    here = np.array([counts[form] for form in forms])
    total = np.array([corpus[form] for form in forms])
    size, whole = counts.total(), corpus.total()
    expected = total * size / whole
    more = -hypergeom.logsf(here - 1, whole, total, size) / np.log(10)
    less = hypergeom.logcdf(here, whole, total, size) / np.log(10)
    score = np.where(here >= expected, more, less)
    rows = [
        {
            "part": part,
            "word": form,
            "score": round(float(value), 2),
            "count": int(own),
            "total": int(everywhere),
            "expected": round(float(chance), 1),
            "words_in_part": size,
            "words_in_all": whole,
        }
        for form, value, own, everywhere, chance in zip(forms, score, here, total, expected, strict=True)
        if abs(value) >= least
    ]
    return sorted(rows, key=lambda row: (-row["score"], row["word"]))


def _base(
    counts: dict[str, Counter[str]], language: str, left_out: dict[str, int], function_words: bool
) -> str:
    total = sum(part.total() for part in counts.values())
    note = f"Base: {total:,} words of distinct {language} paragraphs in {len(counts):,} parts"
    note += "" if function_words else ", function words not listed"
    note += "".join(f"; {number:,} paragraphs {why} left out" for why, number in sorted(left_out.items()))
    return f"{note}. Score: log10 of the chance (hypergeometric); 2 is 1 in 100. Forms met {LEAST_COUNT} times and more."


def _frame(rows: list[dict[str, Any]], by: str, title: str, note: str) -> Frame:
    import pandas as pd

    from corpus.notebook.frame import frame_of

    columns = ["part", "word", "score", "count", "total", "expected", "words_in_part", "words_in_all"]
    columns += ["elsewhere"] if rows and "elsewhere" in rows[0] else []
    frame = pd.DataFrame(rows, columns=columns)

    def draw(frame: Frame, limit: int = 10, **options: Any) -> Picture:
        from corpus.charts import differences

        said: dict[str, Any] = {"title": title, "how": note, "axis": "score"} | options
        parts = frame["part"].nunique()
        return differences(
            frame,
            label="word",
            value="score",
            group="part" if parts > 1 else None,
            limit=limit if parts < 2 else min(limit, 6),
            **said,
        )

    return frame_of(
        frame,
        title=title,
        note=note,
        drawing=draw,
        shown=("part", "word", "score", "count", "total", "expected"),
    )
