"""Fuzz every family of readers with mutated samples and random bytes, and print what was found as a Markdown table.

    .venv/bin/python benchmarks/fuzz_readers.py --inputs 10000

Deterministic: the same inputs on every run (hypothesis, derandomised). A fault is an exception, a crash of a reader that only
the last guard caught, invalid Unicode, an empty document, a source used twice, or more than two CPU seconds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.readers.reader_mutations import changes, faults, items_of, mutated
from tests.readers.reader_samples import all_samples

from corpus.records import Problem

FAMILIES = {
    "text, Markdown": ("note.txt", "note.md"),
    "HTML, XHTML": ("page.html", "old.xhtml"),
    "JSON Lines, JSON": ("list.jsonl", "list.json", "one.json"),
    "CSV, Parquet, XLSX": ("list.csv", "list.parquet", "list.xlsx"),
    "WARC": ("pages.warc", "pages.warc.gz"),
    "RSS, Atom": ("rss.xml", "atom.xml"),
    "Europresse": ("europresse.html", "europresse-2015.html", "europresse-2012.html", "europresse.pdf"),
    "Factiva": ("factiva.html", "factiva.xml", "factiva.rtf"),
    "Nexis": ("nexis.txt", "nexis.docx"),
    "PDF": ("report.pdf",),
    "ZIP, gzip": ("all.zip", "list.jsonl.gz"),
}
# One input in so many is random bytes and no mutation.
RANDOM_SHARE = 10


def fuzz(names: tuple[str, ...], inputs: int) -> tuple[Counter[str], Counter[str], float]:
    """The faults, the kinds of what was read, and the CPU seconds of so many inputs."""
    samples = all_samples()
    found: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    begin = time.process_time()

    @settings(
        max_examples=inputs,
        database=None,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(names), changes(), st.integers(1, RANDOM_SHARE), st.binary(max_size=600))
    def one(name: str, steps: list[tuple[str, float, int, bytes]], draw: int, noise: bytes) -> None:
        data = noise if draw == RANDOM_SHARE else mutated(samples[name], steps)
        found.update(faults(data, name))
        kinds["inputs"] += 1
        if kinds["inputs"] % 20 == 0:
            kinds.update(
                item.kind if isinstance(item, Problem) else "document" for item in items_of(data, name)
            )

    one()
    return found, kinds, time.process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000, help="inputs for each family")
    parser.add_argument("--family", help="only families whose name holds this")
    parser.add_argument("--cases", help="not needed: the samples are the tests' own")
    arguments = parser.parse_args()
    print("| family | inputs | CPU s | faults | most frequent outcomes |\n|---|---|---|---|---|")
    for family, names in FAMILIES.items():
        if arguments.family and arguments.family.lower() not in family.lower():
            continue
        found, kinds, seconds = fuzz(names, arguments.inputs)
        outcomes = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common(6) if kind != "inputs")
        told = "; ".join(f"{fault} ({count})" for fault, count in found.most_common(8)) or "none"
        print(f"| {family} | {kinds['inputs']} | {seconds:.0f} | {told} | {outcomes} |", flush=True)


if __name__ == "__main__":
    main()
