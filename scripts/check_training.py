"""Check annotated texts: `python scripts/check_training.py [FILE …]`; without files, all of `data/training/texts`.

Prints what is wrong with each line and what each file holds; ends with 1 when something is wrong.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.training_texts import hands, places

from extract.facts.records import CERTAINTIES, KINDS
from extract.names.records import NAME_TYPES

REASONS = frozenset(
    [
        "price",
        "wage",
        "market",
        "public",
        "definition",
        "wish",
        "person",
        "household",
        "unclear",
        "sport",
        "other",
    ]
)
KEYS = (
    "id",
    "lang",
    "style",
    "published",
    "text",
    "companies",
    "names",
    "amounts",
    "dates",
    "facts",
    "no_fact",
)


def problems(row: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a line, a sentence each."""
    missing = [key for key in KEYS if key not in row]
    if missing:
        yield f"the key {missing[0]!r} is missing; write all of {', '.join(KEYS)}"
        return
    yield from _mentions(row)
    yield from _values(row)
    yield from _facts(row)


def _mentions(row: dict[str, Any]) -> Iterator[str]:
    surfaces = {
        "companies": [entry[0] for entry in row["companies"]],
        "names": [entry[0] for entry in row["names"]],
        "amounts": [entry["text"] for entry in row["amounts"]],
        "dates": [entry["text"] for entry in row["dates"]],
    }
    for key, wanted in surfaces.items():
        for place, surface in zip(places(row["text"], wanted), wanted, strict=True):
            if place is None:
                yield f"{key}: {surface!r} does not stand in the text behind the one before it; write all in order"
    for name in row["names"]:
        if name[1] not in NAME_TYPES:
            yield f"names: the type {name[1]!r} is none of {', '.join(NAME_TYPES)}"


def _values(row: dict[str, Any]) -> Iterator[str]:
    days = [row["published"], *(date[key] for date in row["dates"] for key in ("start", "end"))]
    for day in days:
        try:
            datetime.date.fromisoformat(day or "2000-01-01")
        except ValueError:
            yield f"{day!r} is no date; write YYYY-MM-DD or null"
    for amount in row["amounts"]:
        low, high = amount["low"], amount["high"]
        if (low is None) != (high is None) or (low is not None and low > high):
            yield f"amounts: low and high of {amount['text']!r} do not fit; write both or null for both"


def _facts(row: dict[str, Any]) -> Iterator[str]:
    companies = {entry[1] for entry in row["companies"]}
    explained = set(map(int, row["no_fact"]))
    for fact in row["facts"]:
        explained.add(fact["amount"])
        if fact["kind"] not in KINDS or fact["certainty"] not in CERTAINTIES:
            yield f"facts: {fact['kind']!r} or {fact['certainty']!r} is no kind or certainty of the facts table"
        for name in [fact["company"], *(fact.get("counterparty") or [])]:
            if name not in companies:
                yield f"facts: {name!r} is no canonical name in companies"
        if not 0 <= fact["amount"] < len(row["amounts"]):
            yield f"facts: there is no amount {fact['amount']}"
        if fact.get("date") is not None and not 0 <= fact["date"] < len(row["dates"]):
            yield f"facts: there is no date {fact['date']}"
    for reason in row["no_fact"].values():
        if reason not in REASONS:
            yield f"no_fact: the reason {reason!r} is none of {', '.join(sorted(REASONS))}"
    for number in set(range(len(row["amounts"]))) - explained:
        yield f"amount {number} is in no fact and has no reason in no_fact"


def check(path: Path) -> tuple[list[str], int, Counter[str]]:
    """What is wrong with a file, how many texts it holds, and how many facts of each kind."""
    wrong: list[str] = []
    kinds: Counter[str] = Counter()
    ids: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            wrong += [f"{path.name}, line {number}: {problem}" for problem in problems(row)]
            if row.get("id") in ids:
                wrong.append(f"{path.name}, line {number}: the id {row['id']!r} stands twice")
            ids.add(row.get("id"))
            kinds.update(fact["kind"] for fact in row.get("facts", []))
        except (json.JSONDecodeError, TypeError, KeyError, IndexError, ValueError) as error:
            wrong.append(f"{path.name}, line {number}: not written as the README says ({error!r})")
    return wrong, len(ids), kinds


def main() -> int:
    files = [Path(name) for name in sys.argv[1:]] or hands()
    faults = 0
    for path in files:
        wrong, texts, kinds = check(path)
        faults += len(wrong)
        print(*wrong, sep="\n", end="\n" if wrong else "")
        print(f"{path.stem}: {texts} texts, {sum(kinds.values())} facts", dict(sorted(kinds.items())))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
