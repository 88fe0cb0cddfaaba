"""Precision, recall and F1 of an output against annotated documents.

Gold is JSON Lines, one document a line: {id, text, title, published, companies: [{start, end, …table columns}], amounts, dates,
facts}. `id` names the output's document by `input_id`, `source` or `doc_id`. Offsets count in the gold `text`; where cleaning
left another text, the output's spans are carried over by aligning the two. An item with `"optional": true` is neither wanted
nor wrong.

What counts as found:
    companies       the same span
    company names   the same span and the same canonical name
    amounts         an overlapping span with the same low, high and currency
    dates           an overlapping span with the same first and last day
    facts           the same kind, company, low, high and currency
"""

from __future__ import annotations

import bisect
import datetime as dt
import difflib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from corpus.store import read_table

Item = Mapping[str, Any]
ALL = "all"
KINDS = ("companies", "company names", "amounts", "dates", "facts")
TOLERANCE = 1e-6
"""Two amounts are the same when they differ by less than this share."""

_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one kind in one language, or in all of them."""

    kind: str
    language: str
    wanted: int
    found: int
    hits: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found; 1 where nothing was wanted."""
        return self.hits / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_dict(self) -> dict[str, Any]:
        """The score as JSON values."""
        shares = {name: round(getattr(self, name), 4) for name in ("precision", "recall", "f1")}
        counts = {name: getattr(self, name) for name in ("wanted", "found", "hits")}
        return {"kind": self.kind, "language": self.language, **shares, **counts}


def evaluate_output(gold: Path, out: Path) -> list[Score]:
    """A score for each kind, over all documents and by language; InputError for gold that cannot be used."""
    documents = read_gold(gold)
    rows = read_table(out, "documents", ["doc_id", "source", "input_id", "language", "text"]).to_pylist()
    known: dict[str, dict[str, Any]] = {}
    for column in ("doc_id", "source", "input_id"):
        known |= {row[column]: row for row in rows if row[column] is not None}
    missing = [document["id"] for document in documents if document["id"] not in known]
    if missing:
        raise InputError(
            f"{out} has no document named {missing[0]!r} ({len(missing)} of {len(documents)} gold documents are missing). "
            "A gold id is an input_id, a source or a doc_id."
        )
    found = {kind: _by_document(out, kind) for kind in ("companies", "amounts", "dates", "facts")}
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for document in documents:
        row = known[document["id"]]
        carry = _carrier(row["text"], document["text"])
        language = document.get("language") or row["language"] or "?"
        for kind in KINDS:
            table = "companies" if kind == "company names" else kind
            items = [carry(item) for item in found[table].get(row["doc_id"], [])]
            tally = _tally(document.get(table, []), items, MATCHES[kind])
            for key in ((kind, ALL), (kind, language)):
                counts[key] = [a + b for a, b in zip(counts[key], tally, strict=True)]
    order = sorted(counts, key=lambda key: (KINDS.index(key[0]), key[1] != ALL, key[1]))
    return [Score(kind, language, *counts[kind, language]) for kind, language in order]


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The documents of a gold file, or of every .jsonl file of a folder; InputError names a line that cannot be used."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path} holds no .jsonl file of annotated documents.")
    documents = []
    for file in files:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{file} cannot be read: {error}.") from None
        for number, line in enumerate(lines, 1):
            if line.strip():
                documents.append(_gold_document(file, number, line))
    return documents


def _gold_document(file: Path, number: int, line: str) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except ValueError as error:
        raise InputError(f"{file}, line {number} is not JSON: {error}.") from None
    if (
        not isinstance(document, dict)
        or not isinstance(document.get("id"), str)
        or not isinstance(document.get("text"), str)
    ):
        raise InputError(f"{file}, line {number} needs an id and a text, both strings.")
    return document


def _by_document(out: Path, table: str) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read_table(out, table).to_pylist():
        rows[row["doc_id"]].append(row)
    return rows


def _carrier(text: str, gold: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A function that carries an item's span from `text` over to `gold`; a token that is not in both keeps no place (-1)."""
    if text == gold:
        return lambda item: item
    ours, theirs = list(_TOKEN.finditer(text)), list(_TOKEN.finditer(gold))
    matcher = difflib.SequenceMatcher(None, [t[0] for t in ours], [t[0] for t in theirs], autojunk=False)
    counterpart = {
        block.a + i: block.b + i for block in matcher.get_matching_blocks() for i in range(block.size)
    }
    starts = [token.start() for token in ours]

    def place(offset: int) -> int:
        """The gold offset of a character inside a token."""
        i = bisect.bisect_right(starts, offset) - 1
        if i < 0 or i not in counterpart:
            return -1
        return theirs[counterpart[i]].start() + offset - starts[i]

    def carry(item: dict[str, Any]) -> dict[str, Any]:
        start, last = place(item["start"]), place(item["end"] - 1)
        return item | {"start": start, "end": last + 1 if last >= 0 else -1}

    return carry


def _tally(wanted: Sequence[Item], found: Iterable[Item], matches: Callable[[Item, Item], bool]) -> list[int]:
    """Numbers of items wanted, found and right. Each wanted item is matched once; optional ones excuse what they match."""
    left = list(wanted)
    hits = excused = total = 0
    for item in found:
        total += 1
        match = next((gold for gold in left if matches(gold, item)), None)
        if match is None:
            continue
        left.remove(match)
        if match.get("optional"):
            excused += 1
        else:
            hits += 1
    return [sum(not gold.get("optional") for gold in wanted), total - excused, hits]


def _same_span(gold: Item, item: Item) -> bool:
    return bool(gold["start"] == item["start"] and gold["end"] == item["end"])


def _overlap(gold: Item, item: Item) -> bool:
    return bool(gold["start"] < item["end"] and item["start"] < gold["end"])


def _same_number(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= TOLERANCE * max(1.0, abs(b))


def _same_money(gold: Item, item: Item) -> bool:
    same = _same_number(gold.get("low"), item["low"]) and _same_number(gold.get("high"), item["high"])
    return same and gold.get("currency") == item["currency"]


def _day(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, dt.date) else value


def _same_days(gold: Item, item: Item) -> bool:
    return all(_day(gold.get(key)) == _day(item[key]) for key in ("start_date", "end_date"))


MATCHES: dict[str, Callable[[Item, Item], bool]] = {
    "companies": _same_span,
    "company names": lambda gold, item: _same_span(gold, item) and gold.get("company") == item["company"],
    "amounts": lambda gold, item: _overlap(gold, item) and _same_money(gold, item),
    "dates": lambda gold, item: _overlap(gold, item) and _same_days(gold, item),
    "facts": lambda gold, item: (
        gold.get("kind") == item["kind"]
        and gold.get("company") == item["company"]
        and _same_money(gold, item)
    ),
}


def print_scores(scores: Sequence[Score]) -> None:
    """Print one line a score to standard output."""
    print(f"{'kind':<14} {'language':<9} {'P':>6} {'R':>6} {'F1':>6} {'wanted':>7} {'found':>6} {'right':>6}")
    for score in scores:
        print(
            f"{score.kind:<14} {score.language:<9} {score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f} "
            f"{score.wanted:7d} {score.found:6d} {score.hits:6d}"
        )
