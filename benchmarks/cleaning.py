"""Measure cleaning: pages, scraped lines, articles as scraped, speed.

    .venv/bin/python benchmarks/cleaning.py --cases DIR [--wide]

DIR may hold `pages_fr/` (truth.jsonl and pages), `lines/*.jsonl.gz` and `seeds/`; what is absent is skipped. The table goes to
standard output as Markdown. Times are CPU seconds of this process; where two programs are compared they take turns page by page.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.clean import CleanOptions, NoContent, clean_document, find_repeats, finish, open_document, prepare
from corpus.records import InputDocument, Markup

WITHOUT_LANGUAGE = CleanOptions(identify_language=False)
WITHOUT_METADATA = CleanOptions(identify_language=False, read_metadata=False)
WITHOUT_REPEATS = CleanOptions(identify_language=False, remove_repeats=False)
# A line this short must stand as a line of its own to count as kept; a longer one anywhere.
SHORT = 30

# As many documents as a run cleans together.
GROUP = 64

Row = tuple[str, str, str, str]


def folded(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower().replace("\u00ad", "")).strip()


def document(source: str, content: str, markup: Markup = "text", url: str | None = None) -> InputDocument:
    return InputDocument(source, markup, markup, content, url=url)


def clean_text(case: InputDocument, options: CleanOptions) -> str:
    try:
        return clean_document(case, options).text
    except NoContent:
        return ""


def decoded(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        declared = re.search(rb"charset=[\"']?([\w-]+)", content[:4000])
        return content.decode(declared[1].decode("ascii") if declared else "windows-1252", "replace")


def scores(true: int, false: int, missed: int) -> tuple[float, float, float]:
    precision = true / (true + false) if true + false else 0.0
    recall = true / (true + missed) if true + missed else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def measure_pages(folder: Path) -> Iterator[Row]:
    import trafilatura

    rows = [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    pages = [(row, decoded(folder / row["file"])) for row in rows if row.get("kind") == "segments"]

    def tools(html: str, url: str | None) -> Iterator[tuple[str, str]]:
        yield "this project", clean_text(document("page", html, "html", url), WITHOUT_LANGUAGE)
        yield "trafilatura", trafilatura.extract(html, include_comments=False) or ""
        precise = trafilatura.extract(html, include_comments=False, favor_precision=True)
        yield "trafilatura, favor_precision", precise or ""

    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row, html in pages:
        for tool, text in tools(html, row.get("url")):
            whole = folded(text)
            kept = sum(folded(segment) in whole for segment in row["with"])
            counts[tool] += Counter(
                true=kept,
                missed=len(row["with"]) - kept,
                false=sum(folded(segment) in whole for segment in row["without"]),
            )
    for tool, count in counts.items():
        precision, recall, f1 = scores(count["true"], count["false"], count["missed"])
        floor = "0.955" if tool == "this project" else ""
        yield (
            f"{len(pages)} pages, segment F1, {tool}",
            f"{f1:.3f}",
            floor,
            f"P {precision:.3f}, R {recall:.3f}",
        )


def measure_lines(path: Path, *, wide: bool) -> Iterator[Row]:
    documents: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            documents[str(row["doc"]), row.get("mode", "")].append(row)
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for (_, mode), rows in sorted(documents.items()):
        text = clean_text(document("lines.txt", "\n".join(row["text"] for row in rows)), WITHOUT_LANGUAGE)
        whole, single = folded(text), {folded(line) for line in text.splitlines()}
        for row in rows:
            key = folded(row["text"])
            if not key:
                continue
            kept = key in single if len(key) < SHORT else key in whole
            boiler = row["label"].startswith("boiler")
            outcome = f"{'boiler' if boiler else 'content'} {'kept' if kept else 'removed'}"
            for group in (mode, f"{mode}, {row['lang']}") if wide else (mode,):
                groups[group][outcome] += 1
                groups[group]["characters"] += 0 if boiler else len(key)
                groups[group]["characters lost"] += 0 if boiler or kept else len(key)
    floors = {"article": ("0.92", "0.90", "3 %"), "dump": ("0.98", "0.88", "4 %")}
    for group, n in sorted(groups.items()):
        boiler_f1 = scores(n["boiler removed"], n["content removed"], n["boiler kept"])[2]
        precision, recall, content_f1 = scores(n["content kept"], n["boiler kept"], n["content removed"])
        lost = n["characters lost"] / max(n["characters"], 1)
        floor = floors.get(group, ("", "", ""))
        yield f"lines, {group}: boilerplate F1", f"{boiler_f1:.3f}", floor[0], ""
        yield (
            f"lines, {group}: content F1",
            f"{content_f1:.3f}",
            floor[1],
            f"P {precision:.3f}, R {recall:.3f}",
        )
        yield f"lines, {group}: content characters lost", f"{100 * lost:.1f} %", floor[2], ""


def clean_group(cases: list[InputDocument], options: CleanOptions) -> None:
    """Clean documents as a run does: repeats are looked for in all of them at once."""
    prepared = [prepare(open_document(case, options), options) for case in cases]
    repeats = find_repeats(prepared) if options.remove_repeats else [[] for _ in prepared]
    for one, found in zip(prepared, repeats, strict=True):
        finish(one, found)


def measure_text_speed(texts: list[str]) -> Iterator[Row]:
    cases = [document(f"{i}.txt", text) for i, text in enumerate(texts)]
    size = sum(len(text.encode()) for text in texts)
    group = (cases * GROUP)[:GROUP]
    group_size = sum(len(str(case.content).encode()) for case in group)
    how = f"{len(cases)} documents of {size // len(cases) // 1000} kB on average"
    for name, floor, options, together in (
        ("plain text", "5 MB/s", WITHOUT_REPEATS, True),
        ("plain text with repeats inside documents", "5 MB/s", WITHOUT_LANGUAGE, True),
        ("plain text with repeats inside documents, one by one", "", WITHOUT_LANGUAGE, False),
        ("plain text with repeats and language", "", CleanOptions(), True),
    ):
        fastest = float("inf")
        for _ in range(5):
            began = time.process_time()
            if together:
                clean_group(group, options)
            else:
                for case in group:
                    clean_text(case, options)
            fastest = min(fastest, time.process_time() - began)
        yield (
            f"speed, {name}",
            f"{group_size / 1e6 / fastest:.1f} MB/s",
            floor,
            f"{how}, {GROUP} {'in one group' if together else 'in turn'}, best of 5",
        )


def measure_page_speed(folder: Path) -> Iterator[Row]:
    import trafilatura

    pages = [decoded(path) for path in sorted(folder.glob("*.html"))]
    spent: Counter[str] = Counter()
    for turn in range(3):
        for html in pages:
            for name, run in (
                ("ours", lambda h=html: clean_text(document("p", h, "html"), WITHOUT_METADATA)),
                ("theirs", lambda h=html: trafilatura.extract(h, include_comments=False)),
                ("ours, metadata", lambda h=html: clean_text(document("p", h, "html"), WITHOUT_LANGUAGE)),
                (
                    "theirs, metadata",
                    lambda h=html: trafilatura.extract(h, include_comments=False, with_metadata=True),
                ),
            ):
                began = time.process_time()
                run()
                if turn:
                    spent[name] += time.process_time() - began
    how = f"{len(pages)} pages, twice, taking turns"
    yield (
        "speed relative to trafilatura, pages without metadata",
        f"{spent['theirs'] / spent['ours']:.2f}",
        "0.9",
        how,
    )
    both = spent["theirs, metadata"] / spent["ours, metadata"]
    yield "speed relative to trafilatura, pages with metadata", f"{both:.2f}", "1.2", how


def measurements(cases: Path, *, wide: bool) -> Iterator[Row]:
    if (cases / "pages_fr" / "truth.jsonl").exists():
        yield from measure_pages(cases / "pages_fr")
        yield from measure_page_speed(cases / "pages_fr" / "pages")
    for path in sorted((cases / "lines").glob("*.jsonl.gz")):
        yield from measure_lines(path, wide=wide)
    if texts := [path.read_text(encoding="utf-8") for path in sorted((cases / "seeds").glob("*.txt"))]:
        yield from measure_text_speed(texts)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--cases", type=Path, required=True, help="the folder that holds the cases")
    options.add_argument("--wide", action="store_true", help="lines by language as well")
    arguments = options.parse_args()
    print("| measure | figure | floor | how |\n|---|---|---|---|")
    for row in measurements(arguments.cases, wide=arguments.wide):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
