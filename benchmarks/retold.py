"""Measure events on re-tellings written by hand: whether each is found once, and whether its money is counted once.

    python benchmarks/retold.py [FILE …] [--misses]

Reads retold*.toml beside it, or the files named. The whole program runs, so what the facts miss counts: in the second B-cubed F
each sum that is no fact is an event of its own, and a cell (company, kind, currency) is right where the counted rows of that
company, as company or, of a contract, on the other side, sum up to what its events were.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.companies_facts import b_cubed
from benchmarks.events import Article, rows_of, write
from corpus.config import Config
from corpus.run.pipeline import run_corpus

BESIDE = ("total", "part")
"""What `told` says of a sum that is no event of its own."""
Key = tuple[str, float, str]
"""Kind, sum and currency of a fact."""
Cell = tuple[str, str, str]
"""Company, kind and currency."""


@dataclass(frozen=True)
class Retold:
    """A file: articles, the event of each of their sums, and the cell and the right sum of each event."""

    articles: list[Article]
    told: list[dict[Key, str]]
    events: dict[str, tuple[Cell, float]]

    @property
    def wanted(self) -> dict[Cell, float]:
        """What the events of each cell sum up to."""
        sums: Counter[Cell] = Counter()
        for cell, money in self.events.values():
            sums[cell] += money  # type: ignore[assignment]
        return dict(sums)


def read_retold(path: Path) -> Retold:
    """What a file of re-tellings holds."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    articles, told = [], []
    for row in table["article"]:
        title, _, text = row["text"].strip().partition("\n\n")
        articles.append(Article(title, text, row["date"], row["outlet"]))
        told.append({_key(said): event for said, event in row["told"].items()})
    events = {}
    for event, said in table["events"].items():
        company, kind, money = said.split("; ")
        _, low, currency = _key(f"{kind} {money}")
        events[event] = ((company, kind, currency), low)
    return Retold(articles, told, events)


def _key(said: str) -> Key:
    kind, millions, currency = said.split()
    return kind, round(float(millions) * 1e6), currency


def run(retold: Retold, folder: Path) -> list[dict[str, object]]:
    """The rows of facts that the program makes of the articles."""
    raw = folder / "raw"
    raw.mkdir()
    write(retold.articles, raw / "articles.jsonl")
    run_corpus(raw, folder / "out", Config(until="entities", workers=1))
    return rows_of(folder / "out")


def key_of(row: dict[str, object]) -> Key:
    return str(row["kind"]), round(float(row["low"] or 0)), str(row["currency"])  # type: ignore[arg-type]


def score(name: str, retold: Retold, rows: list[dict[str, object]], misses: bool) -> None:
    """Print the rows of a table: B-cubed, events merged and split, cells."""
    gold: list[tuple[str, str]] = []
    seen = set()
    said = defaultdict(
        deque,
        {
            (number, key): deque(event.split(", "))
            for number, told in enumerate(retold.told)
            for key, event in told.items()
        },
    )
    for row in rows:
        number, key = int(str(row["number"])), key_of(row)
        event = (
            said[number, key].popleft() if len(said[number, key]) > 1 else (said[number, key] or [None])[0]
        )
        if event is None:
            if misses:
                print(f"  {number} no such fact: {key} {row['company']} {row['text']!r}", file=sys.stderr)
            continue
        seen.add((number, key))
        if event not in BESIDE:
            gold.append((event, str(row["event"])))
        elif misses and row["counted"]:
            print(f"  {number} counted, but a {event}: {key}", file=sys.stderr)
    wanted = {(number, key): event for number, told in enumerate(retold.told) for key, event in told.items()}
    lost = [place for place in wanted if place not in seen and wanted[place] not in BESIDE]
    if misses:
        for number, key in sorted(lost):
            print(f"  {number} not found: {key}", file=sys.stderr)
    alone = [(wanted[place].split(", ")[0], f"{place}") for place in lost]
    merged, split = pairs_off(gold, misses)
    print(
        f"| {name}: {len(retold.events)} events in {len(retold.articles)} articles: B-cubed F of {len(gold)} facts "
        f"/ with {len(lost)} not found as alone | {b_cubed(gold):.3f} / {b_cubed(gold + alone):.3f} | |"
    )
    print(f"| {name}: merged / split wrongly | {merged} / {split} | 0 / 1 |")
    score_cells(name, retold, rows, misses)


def pairs_off(gold: list[tuple[str, str]], misses: bool) -> tuple[int, int]:
    """How many events hold two things, and how many things are in two events."""
    found: dict[str, set[str]] = defaultdict(set)
    parts: dict[str, set[str]] = defaultdict(set)
    for event, row in gold:
        found[row].add(event)
        parts[event].add(row)
    merged = [sorted(each) for each in found.values() if len(each) > 1]
    split = sorted(event for event, each in parts.items() if len(each) > 1)
    if misses:
        print("  merged", merged, "split", split, file=sys.stderr)
    return len(merged), len(split)


def score_cells(name: str, retold: Retold, rows: list[dict[str, object]], misses: bool) -> None:
    """Print in how many cells the counted rows sum up to what happened, and how many more cells they fill."""
    wanted = retold.wanted
    got: Counter[Cell] = Counter()
    for row in rows:
        if row["counted"] and row["low"] is not None:
            sides = [str(row["company"]), *(row["counterparties"] or ())]  # type: ignore[misc]
            cells = [(side, str(row["kind"]), str(row["currency"])) for side in sides]
            turned = cells if row["kind"] == "contract" else cells[:1]
            got[next((one for one in turned if one in wanted), cells[0])] += float(row["low"])  # type: ignore[arg-type, assignment]
    right = [cell for cell, money in wanted.items() if abs(got[cell] - money) <= 0.001 * money]
    if misses:
        for cell in sorted({*wanted, *got} - set(right)):
            if got[cell] or cell in wanted:
                print(f"  {cell}: {got[cell] / 1e6} for {wanted.get(cell, 0) / 1e6}", file=sys.stderr)
    more = sum(cell not in wanted for cell in got)
    print(
        f"| {name}: cells with the right sum / cells that should not be | {len(right)} of {len(wanted)} / {more} | |"
    )


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--misses", action="store_true")
    args = options.parse_args()
    print("| measure | figure | floor |\n|---|---|---|")
    for path in args.files or sorted(Path(__file__).parent.glob("retold*.toml")):
        retold = read_retold(path)
        with tempfile.TemporaryDirectory() as temporary:
            score(path.stem, retold, run(retold, Path(temporary)), args.misses)


if __name__ == "__main__":
    main()
