"""What it costs to continue, against the first run: a file more, documents changed, corrections, a company more, nothing at all.

    python benchmarks/continued.py [--cases DIR] [--only CORPUS ...] [--way WAY]

Each case is run from the command line with one worker, whose process is counted with the one that leads, and again with all work
in one process, where nothing is loaded twice. The articles are those of `speed.py`; the 3,300 are those of
DIR/topics/orangesum_11x300.parquet where that is there. Every second run starts from a copy of the first one's output.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
from corrections import COLUMNS, corrections_of
from speed import article, measured, write_articles

from corpus.config import Config
from corpus.run.executors import InProcess
from corpus.run.pipeline import run_corpus

LISTED = "id,name,aliases\nbrivane-conseil,Brivane Conseil,\n"
MORE = "more.txt"
CHANGED = 30
"""Documents that change in a file of 400."""


@dataclass(frozen=True, slots=True)
class Place:
    """A corpus in a folder of its own: what is read, what the first run left, and the user's list and corrections."""

    folder: Path

    @property
    def raw(self) -> Path:
        return self.folder / "raw"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def companies(self) -> Path:
        return self.folder / "companies.csv"

    @property
    def corrections(self) -> Path:
        return self.folder / "corrections.csv"


def nothing(place: Place) -> None:
    """The corpus stays as it is."""


def one_file_more(place: Place) -> None:
    text = article(100_000, random.Random(2), [])["text"]
    (place.raw / MORE).write_text(f"{text}\n", encoding="utf-8")


def documents_changed(place: Place) -> None:
    (path,) = place.raw.glob("*.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rng = random.Random(3)
    for number in sorted(rng.sample(range(len(rows)), CHANGED)):
        rows[number]["text"] = article(number, rng, [])["text"]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def ten_corrections(place: Place) -> None:
    with place.corrections.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *((*one, "") for one in corrections_of(place.out, False))])


def one_row_more(place: Place) -> None:
    """A company that no list knows and that three documents name."""
    table = f"'{place.out}/companies.parquet'"
    query = f"select company from {table} where company_id is null group by 1 having count(distinct doc_id) = 3 order by 1"
    ((name,), *_) = duckdb.sql(query).fetchall()
    with place.companies.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["one-more", name, ""])


def files(count: int, apart: bool = True) -> Callable[[Place, Path | None], None]:
    """Makes a corpus of so many articles, in a file each or in one of JSON Lines."""
    return lambda place, cases: write_articles(place.raw, count, files=apart)


def press(place: Place, cases: Path | None) -> None:
    """3,300 articles in one file of JSON Lines."""
    source = cases / "topics" / "orangesum_11x300.parquet" if cases is not None else None
    if source is None or not source.is_file():
        write_articles(place.raw, 3_300, files=False)
        return
    place.raw.mkdir()
    query = f"copy (select id, url, title, date, text from '{source}') to '{place.raw}/articles.jsonl' (format json)"
    duckdb.sql(query)


@dataclass(frozen=True, slots=True)
class Case:
    """A corpus, how it changes, and the share of the first run's CPU that the second may take."""

    name: str
    corpus: str
    change: Callable[[Place], None]
    wanted: float


CORPORA: dict[str, Callable[[Place, Path | None], None]] = {
    "1,000 files": files(1_000),
    "26 files": files(26),
    "400 documents in one file": files(400, apart=False),
    "3,300 documents in one file": press,
}
CASES = (
    Case("unchanged", "1,000 files", nothing, 0.02),
    Case("one file more", "1,000 files", one_file_more, 0.04),
    Case("one file more", "26 files", one_file_more, 0.04),
    Case(f"{CHANGED} documents changed", "400 documents in one file", documents_changed, 0.04),
    Case("unchanged", "3,300 documents in one file", nothing, 0.02),
    Case("ten corrections", "3,300 documents in one file", ten_corrections, 0.05),
    Case("one row more in the company list", "3,300 documents in one file", one_row_more, 0.05),
)


def by_command(place: Place, out: Path) -> float:
    """CPU seconds of `corpus run` and its worker."""
    config = place.folder / "corpus.toml"
    config.write_text(f'companies = ["{place.companies}"]\n', encoding="utf-8")
    return measured(place.raw, out, "--workers", "1", "--config", str(config))[0]


def in_process(place: Place, out: Path) -> float:
    """CPU seconds of a run all of whose work is done in this process."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    corrections = str(place.corrections) if place.corrections.is_file() else None
    config = Config(workers=1, companies=(str(place.companies),), corrections=corrections)
    run_corpus(place.raw, out, config, executor=InProcess())
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


WAYS: dict[str, Callable[[Place, Path], float]] = {"command": by_command, "one process": in_process}


def then(case: Case, place: Place, run: Callable[[Place, Path], float]) -> float:
    """CPU seconds of the second run, over a copy of the first one's output."""
    copy = place.folder / "then"
    shutil.copytree(place.out, copy)
    case.change(place)
    spent = run(place, copy)
    shutil.rmtree(copy)
    (place.raw / MORE).unlink(missing_ok=True)
    place.corrections.unlink(missing_ok=True)
    place.companies.write_text(LISTED, encoding="utf-8")
    return spent


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--cases", type=Path, help="a folder that holds topics/orangesum_11x300.parquet")
    options.add_argument("--only", nargs="*", choices=CORPORA, help="some of the corpora alone")
    options.add_argument("--way", choices=WAYS, help="one of the two ways alone")
    args = options.parse_args()
    ways = {name: run for name, run in WAYS.items() if args.way in (None, name)}
    print(
        "| corpus | what is new | way | first, CPU s | then, CPU s | share | wanted |\n|---|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as temporary:
        for number, name in enumerate(args.only or CORPORA):
            for way, run in ways.items():
                place = Place(Path(temporary) / f"{number}-{way.replace(' ', '-')}")
                place.folder.mkdir()
                place.companies.write_text(LISTED, encoding="utf-8")
                CORPORA[name](place, args.cases)
                first = run(place, place.out)
                for case in (case for case in CASES if case.corpus == name):
                    spent = then(case, place, run)
                    cells = f"{first:.1f} | {spent:.2f} | {spent / first:.3f}"
                    print(f"| {name} | {case.name} | {way} | {cells} | {case.wanted:.2f} |", flush=True)
                shutil.rmtree(place.folder)


if __name__ == "__main__":
    main()
