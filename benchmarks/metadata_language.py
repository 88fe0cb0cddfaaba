"""Language identification and metadata, measured: prints a Markdown table.

    .venv/bin/python benchmarks/metadata_language.py --cases DIR

DIR holds `language/windows.jsonl.gz` ({"lang", "n", "text"} a line), `pages_fr/pages/*.html` and `lines/dev.jsonl.gz` ({"doc",
"mode", "label", "text"} a line); what is absent is skipped. The bylines are the project's own, from its tests.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import logging
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("fr", "en", "de", "es", "it", "pt", "nl")
FLOORS = {5: "98 %", 10: "99.5 %", 20: "99.9 %", 50: ""}
Row = tuple[str, str, str, str]


def seconds(task: Callable[[], object]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


def lines_of(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def language(path: Path) -> Iterator[Row]:
    from corpus.language import identify, identify_paragraphs

    rows = list(lines_of(path))
    texts = [str(row["text"]) for row in rows]
    identify(texts[0], LANGUAGES)
    documents: list[str | None] = []
    paragraphs: list[str | None] = []
    spent = seconds(lambda: documents.extend(identify(text, LANGUAGES).language for text in texts))
    spent_paragraphs = seconds(lambda: paragraphs.extend(identify_paragraphs(texts, LANGUAGES)))
    for name, found in (("documents", documents), ("paragraphs", paragraphs)):
        right = collections.defaultdict(list)
        for row, answer in zip(rows, found, strict=True):
            right[int(row["n"])].append(answer == row["lang"])
        for size, hits in sorted(right.items()):
            share = sum(hits) / len(hits)
            floor = FLOORS.get(size, "") if name == "documents" else ""
            yield (
                f"language, {name}, windows of {size} words",
                f"{share:.2%}",
                floor,
                f"{len(hits)} windows, {len(LANGUAGES)} languages",
            )
    again = [identify(text, LANGUAGES).language for text in texts]
    yield "language, same answers in a second pass", str(again == documents).lower(), "true", ""
    yield "language, documents a second", f"{len(texts) / spent:,.0f}", "1,600", "the same windows, CPU time"
    yield (
        "language, paragraphs a second",
        f"{len(texts) / spent_paragraphs:,.0f}",
        "",
        "the same windows, CPU time",
    )


def bylines() -> Iterator[Row]:
    sys.path.insert(0, str(ROOT))
    from tests.metadata.reading import day, read_lines
    from tests.metadata.test_french_bylines import BYLINES
    from tests.metadata.test_other_bylines import CASES

    def right(line: str, authors: tuple[str, ...], published: str | None, language: str) -> bool:
        found = read_lines(line, language)
        return found.authors == authors and day(found.published) == published

    hits = sum(right(line, authors, published, "fr") for line, authors, published in BYLINES)
    yield (
        "French bylines: authors and date right",
        f"{hits} of {len(BYLINES)}",
        "all of 40 or more",
        "tests/metadata",
    )
    hits = sum(right(line, authors, published, language) for language, line, authors, published in CASES)
    yield "bylines in English, German, Spanish, Italian", f"{hits} of {len(CASES)}", "", "tests/metadata"


def pages(folder: Path) -> Iterator[Row]:
    import trafilatura

    from corpus.metadata import parse_tree, read_metadata
    from corpus.records import InputDocument

    logging.disable(logging.CRITICAL)
    sources = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("*.html"))]
    texts = [trafilatura.extract(source) or "" for source in sources]
    # In a run cleaning parses the page, and metadata are read from its tree.
    trees = [parse_tree(source) for source in sources]
    found = []

    def ours() -> None:
        for number, (source, text, tree) in enumerate(zip(sources, texts, trees, strict=True)):
            document = InputDocument(f"{number}.html", "html", "html", source)
            found.append(read_metadata(document, text, tree=tree))

    # Both are warmed up, htmldate's date parser (1.7 s for its first free-form date) included; then every page is met once, as
    # in a run, and once more with all caches full.
    trafilatura.bare_extraction(
        "<html><body><time>12 otto 2020 truc</time></body></html>", with_metadata=True
    )
    trafilatura.bare_extraction(sources[0], with_metadata=True)
    read_metadata(InputDocument("0.html", "html", "html", sources[0]), texts[0])
    passes = []
    for _ in range(2):
        with_metadata = seconds(
            lambda: [trafilatura.bare_extraction(source, with_metadata=True) for source in sources]
        )
        plain = seconds(lambda: [trafilatura.bare_extraction(source) for source in sources])
        found.clear()
        passes.append((with_metadata, plain, seconds(ours)))
    dated = [
        item.published for item in found if item.published is not None and item.published.date is not None
    ]
    january = sum((item.date.month, item.date.day) == (1, 1) for item in dated if item.date is not None)
    how = f"{len(sources)} pages, CPU time"
    yield "pages with a date", f"{len(dated)} of {len(sources)}", "", ""
    yield "pages dated a first of January", str(january), "0", ""
    yield "pages with authors", f"{sum(bool(item.authors) for item in found)} of {len(sources)}", "", ""
    yield "pages with a title", f"{sum(bool(item.title) for item in found)} of {len(sources)}", "", ""
    for name, (with_metadata, plain, spent) in zip(
        ("pages met once", "pages met again"), passes, strict=True
    ):
        yield f"metadata alone, milliseconds a page, {name}", f"{1000 * spent / len(sources):.1f}", "", how
        theirs = 1000 * (with_metadata - plain) / len(sources)
        yield f"the same by trafilatura, {name}", f"{theirs:.1f}", "", how
        ratio = with_metadata / (plain + spent)
        yield f"speed of content with metadata relative to trafilatura's, {name}", f"{ratio:.2f}", "1.2", how


def header_lines(path: Path) -> Iterator[Row]:
    from corpus.metadata import read_metadata
    from corpus.records import InputDocument

    documents: dict[tuple[str, str], list[dict[str, str]]] = collections.defaultdict(list)
    for row in lines_of(path):
        documents[row["doc"], row["mode"]].append(row)
    count: collections.Counter[bool] = collections.Counter()
    characters, spent = 0, 0.0
    for rows in documents.values():
        text = "\n".join(row["text"] for row in rows)
        document = InputDocument("a.txt", "text", "text", text)
        start = time.process_time()
        found = read_metadata(document, text, rows[0].get("lang"))
        spent += time.process_time() - start
        characters += len(text)
        position, labels = 0, []
        for row in rows:
            labels.append((position, position + len(row["text"]), row["label"]))
            position += len(row["text"]) + 1
        for span in found.spans:
            count[
                next(label for start_, end, label in labels if start_ <= span.start < end).startswith(
                    "boiler"
                )
            ] += 1
    total = count[True] + count[False]
    yield (
        "header spans that lie in lines labelled boilerplate",
        f"{count[True]} of {total}",
        "",
        f"{len(documents)} scraped texts",
    )
    yield (
        "header reading of plain text, million characters a second",
        f"{characters / spent / 1e6:.0f}",
        "",
        "CPU time",
    )


def main() -> None:
    options = argparse.ArgumentParser(description="Measure language identification and metadata.")
    options.add_argument(
        "--cases", type=Path, default=None, help="folder of cases; what is absent is skipped"
    )
    cases: Path | None = options.parse_args().cases
    parts: list[tuple[str, Callable[[Path], Iterator[Row]]]] = [
        ("language/windows.jsonl.gz", language),
        ("pages_fr/pages", pages),
        ("lines/dev.jsonl.gz", header_lines),
    ]
    print("| measure | figure | floor | how |\n|---|---|---|---|")
    for row in bylines():
        print("| " + " | ".join(row) + " |")
    for name, part in parts:
        if cases is not None and (cases / name).exists():
            for row in part(cases / name):
                print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
