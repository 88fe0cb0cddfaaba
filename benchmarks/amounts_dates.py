"""Score amounts and dates on case files, and time both; prints Markdown tables.

    python benchmarks/amounts_dates.py --cases DIR [--news FILE]

DIR holds `*.<language>.jsonl` with one case a line: `text`, `kind` ("amount" or "date"), `lang`, `expect` (spans with `value` and
`currency`, or `start_iso` and half-open `end_iso`), `news`, `reference_time`. FILE is running text (`.txt`, or JSON lines
with `text`, also gzipped). What is absent is skipped.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extract.amounts import find_amounts
from extract.dates import find_dates

FLOORS = {
    ("amount", "fr"): 0.96,
    ("date", "fr"): 0.70,
    **{("amount", language): 0.85 for language in ("en", "de", "es", "it")},
    **{("date", language): 0.55 for language in ("en", "de", "es", "it")},
}
SENTENCES_PER_SECOND = 4_000
MEGABYTES_PER_SECOND = 2.0
_REPEATS = 5


def usable(case: dict[str, Any]) -> bool:
    """Is it a press case with a value that can be told?"""
    return bool(
        case["kind"] in ("amount", "date")
        and case.get("news")
        and case.get("level", "model") in ("model", "span", "timex")
        and case.get("value_checkable", True)
    )


def day(value: str | None) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(value[:10])


def same(found: float | None, value: float | None) -> bool:
    if found is None or value is None:
        return found is value
    return abs(found - value) <= 1e-6 * max(1.0, abs(value))


def amount_hit(found: Any, expect: dict[str, Any]) -> bool:
    if expect.get("currency") is not None and found.currency != expect["currency"]:
        return False
    for value in expect.get("accept") or [expect["value"]]:
        low, high = value if isinstance(value, list) else (value, value)
        if same(found.low, low) and same(found.high, high):
            return True
    return False


def date_hit(found: Any, expect: dict[str, Any]) -> bool:
    for each in expect.get("alternatives") or [expect]:
        start, end = day(each.get("start_iso")), day(each.get("end_iso"))
        ends = {end - dt.timedelta(days=1) if end else None}
        if start and end and expect.get("type", "daterange") == "daterange" and (end - start).days > 1:
            ends.add(end)  # some suites leave the last day out
        if (start, end) != (None, None) and found.start_date == start and found.end_date in ends:
            return True
    return False


def read(case: dict[str, Any]) -> list[Any]:
    if case["kind"] == "amount":
        return list(find_amounts(case["text"], language=case["lang"]))
    return list(find_dates(case["text"], language=case["lang"], published=day(case.get("reference_time"))))


def score(
    cases: list[dict[str, Any]], hit: Callable[[Any, dict[str, Any]], bool]
) -> tuple[float, float, float]:
    """Precision, recall and F1 of values: a hit overlaps the expected span and has exactly its value."""
    count: collections.Counter[str] = collections.Counter()
    for case in cases:
        left = read(case)
        count["found"] += len(left)
        count["expected"] += len(case["expect"])
        for expect in case["expect"]:
            near = (f for f in left if f.start < expect["end"] and expect["start"] < f.end and hit(f, expect))
            match = next(near, None)
            if match is not None:
                count["hits"] += 1
                left.remove(match)
    precision = count["hits"] / count["found"] if count["found"] else 0.0
    recall = count["hits"] / count["expected"] if count["expected"] else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def seconds(run: Callable[[], object]) -> float:
    """CPU seconds of the best of three runs."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        run()
        best = min(best, time.process_time() - began)
    return best


def both(texts: list[str], language: str) -> None:
    for text in texts:
        find_amounts(text, language=language)
        find_dates(text, language=language, published=dt.date(2025, 3, 3))


def running_text(path: Path) -> list[str]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [
        json.loads(line)["text"] if line.startswith("{") else line
        for line in raw.decode("utf-8").splitlines()
    ]


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--cases", type=Path, required=True)
    options.add_argument("--news", type=Path)
    given = options.parse_args()
    print("| cases | language | number | precision | recall | value F1 | floor |")
    print("|---|---|---|---|---|---|---|")
    speed = []
    for path in sorted(given.cases.glob("*.jsonl")):
        cases = [case for case in map(json.loads, path.open(encoding="utf-8")) if usable(case)]
        for kind, hit in (("amount", amount_hit), ("date", date_hit)):
            chosen = [case for case in cases if case["kind"] == kind]
            if not chosen:
                continue
            language = chosen[0]["lang"]
            precision, recall, f1 = score(chosen, hit)
            floor = FLOORS.get((kind, language), 0.0)
            print(
                f"| {kind}s | {language} | {len(chosen)} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {floor:.2f} |"
            )
        texts = [case["text"] for case in cases] * _REPEATS
        if texts:
            language = cases[0]["lang"]
            speed.append(
                (language, len(texts) / seconds(lambda texts=texts, language=language: both(texts, language)))
            )
    print("\n| speed, amounts and dates together, one core | figure | floor |\n|---|---|---|")
    for language, rate in speed:
        print(f"| sentences that hold a mention, {language} | {rate:,.0f}/s | {SENTENCES_PER_SECOND:,}/s |")
    if given.news is not None and given.news.exists():
        news = running_text(given.news)
        size = sum(len(text.encode()) for text in news) / 1e6
        rate = size / seconds(lambda: both(news, "fr"))
        alone = size / seconds(lambda: [find_amounts(text) for text in news])
        print(f"| running French news, {size:.1f} MB, amounts alone | {alone:.1f} MB/s | |")
        print(f"| running French news, {size:.1f} MB | {rate:.1f} MB/s | {MEGABYTES_PER_SECOND} MB/s |")


if __name__ == "__main__":
    main()
