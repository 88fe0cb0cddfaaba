"""What a run costs as its corpus grows: CPU and memory of all its processes, and what a second worker is worth.

    python benchmarks/scale.py growth --documents 1000 3000 10000 30000 [--workers 2]
    python benchmarks/scale.py workers [--documents 1000] [--files] [--times 2]
    python benchmarks/scale.py wide [--gigabytes 3]

`growth` prints CPU seconds per thousand documents, the peak of what all processes hold together, pages that they share counted
once and as often as they are held, the peak of the process that leads them, and its slope from one size to the next. `workers`
lets one and two workers take turns on one file, or on one file an article: seconds by the clock, and how busy the machine was
besides. `wide` writes one table whose text column holds more than one Arrow array of strings can; `write` is the part of it that
is measured, in a process of its own.

Each run is a process of its own. CPU is that of the run and of all its workers, as the system counts them when they end. Memory
is looked at every TICK seconds: resident memory added up over the processes, in which pages of mapped weights and libraries count
once for each that holds them, and proportional memory, in which they count once.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.large_corpus import write_corpus

TICK = 0.5
TEXT, ROWS = 1_000_000, 4
"""Characters of a row of the wide table, and rows of a piece of it: about what a piece may hold."""
PAGE = os.sysconf("SC_PAGE_SIZE")
MB = 1 << 20


@dataclass(frozen=True)
class Spent:
    """CPU seconds of all processes, seconds by the clock, peak MB of all, proportional and resident, and of the first one,
    average load."""

    cpu: float
    wall: float
    once_mb: float
    all_mb: float
    parent_mb: float
    load: float


def measured(command: list[str]) -> Spent:
    """Run a command to its end. Raises CalledProcessError where it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peaks = _Peaks(process.pid)
    peaks.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    peaks.ended.set()
    peaks.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Spent(
        usage.ru_utime + usage.ru_stime,
        wall,
        peaks.once / MB,
        peaks.all / MB,
        peaks.parent / MB,
        os.getloadavg()[0],
    )


class _Peaks(threading.Thread):
    """Watches the memory of a process and of those it started, in bytes."""

    def __init__(self, parent: int) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.all = self.once = self.parent = 0
        self._parent = parent

    def run(self) -> None:
        while not self.ended.wait(TICK):
            parent = _resident(self._parent)
            self.parent = max(self.parent, parent)
            children = _children(self._parent)
            self.all = max(self.all, parent + sum(map(_resident, children)))
            self.once = max(self.once, sum(map(_proportional, [self._parent, *children])))


def _children(parent: int) -> list[int]:
    """The processes that a process started, and those that they did."""
    found = []
    for thread in Path(f"/proc/{parent}/task").glob("*/children"):
        try:
            own = [int(number) for number in thread.read_text().split()]
        except OSError:  # it ended meanwhile
            continue
        found += [*own, *(below for child in own for below in _children(child))]
    return found


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def _proportional(process: int) -> int:
    """Bytes that a process holds, its share of those that others hold too."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:")), 0)


def run(raw: Path, out: Path, workers: int) -> Spent:
    """A whole run from nothing."""
    corpus = [sys.executable, "-m", "corpus", "run", str(raw), str(out), "--quiet"]
    return measured([*corpus, "--workers", str(workers)])


def growth(args: argparse.Namespace, folder: Path) -> None:
    print(
        "| documents | words | CPU s | CPU s per 1,000 | all processes, MB | shared pages twice, MB | parent, MB "
        "| kB a document | load |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    before: tuple[int, float] | None = None
    for number in args.documents:
        raw = folder / f"raw-{number}"
        words = write_corpus(raw, number)
        spent = run(raw, folder / f"out-{number}", args.workers)
        slope = "" if before is None else f"{(spent.parent_mb - before[1]) * 1024 / (number - before[0]):.1f}"
        before = number, spent.parent_mb
        print(
            f"| {number:,} | {words:,} | {spent.cpu:.0f} | {spent.cpu / number * 1000:.1f} "
            f"| {spent.once_mb:,.0f} | {spent.all_mb:,.0f} | {spent.parent_mb:.0f} | {slope} | {spent.load:.0f} |",
            flush=True,
        )


def workers(args: argparse.Namespace, folder: Path) -> None:
    print(
        "| documents | input | 1 worker, s | 2 workers, s | ratio | CPU s, 1 / 2 | load |\n|---|---|---|---|---|---|---|"
    )
    for number in args.documents:
        raw = folder / f"raw-{number}"
        write_corpus(raw, number, args.files)
        kind = "a file an article" if args.files else "one file"
        for turn in range(args.times):
            one, two = (run(raw, folder / f"out-{number}-{turn}-{n}", n) for n in (1, 2))
            print(
                f"| {number:,} | {kind} | {one.wall:.1f} | {two.wall:.1f} | {one.wall / two.wall:.2f} "
                f"| {one.cpu:.1f} / {two.cpu:.1f} | {one.load:.1f} / {two.load:.1f} |",
                flush=True,
            )


def wide_sources(folder: Path, size: int) -> list[Path]:
    """Pieces of a table of paragraphs whose texts are of so many bytes together, a million each."""
    from corpus.run.row_files import write_rows
    from corpus.schemas import PARAGRAPHS
    from corpus.store import from_rows

    rng = random.Random(1)
    paths = []
    for number in range(0, size // TEXT, ROWS):
        rows = []
        for _ in range(min(ROWS, size // TEXT - number)):
            doc_id = f"{rng.getrandbits(64):016x}"
            text = (doc_id * (TEXT // len(doc_id) + 1))[:TEXT]
            rows.append(
                {"doc_id": doc_id, "paragraph": 0, "start": 0, "end": TEXT, "text": text}
                | {"kind": "body", "text_id": doc_id, "score": 1.0}
            )
        paths.append(folder / f"{number}.arrow")
        write_rows(paths[-1], from_rows(PARAGRAPHS, rows))
    return paths


def write_wide(folder: Path) -> None:
    """Write the table of the pieces in `folder` beside them."""
    from corpus.run.stages.tables import assemble
    from corpus.schemas import PARAGRAPHS

    assemble(PARAGRAPHS, sorted(folder.glob("[0-9]*.arrow")), folder, folder)


def wide(args: argparse.Namespace, folder: Path) -> None:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    wide_sources(folder, int(args.gigabytes * 1e9))
    spent = measured([sys.executable, __file__, "write", "--keep", str(folder)])
    with pq.ParquetFile(folder / "paragraphs.parquet") as file:
        ids, size = [], 0
        for number in range(file.num_row_groups):
            group = file.read_row_group(number, ["doc_id", "text"])
            ids += group["doc_id"].to_pylist()
            size += pc.sum(pc.binary_length(group["text"])).as_py()
    assert ids == sorted(ids)
    print("| text in one column, bytes | rows | CPU s | s | memory, MB |\n|---|---|---|---|---|")
    print(f"| {size:,} | {len(ids):,} | {spent.cpu:.0f} | {spent.wall:.0f} | {spent.once_mb:.0f} |")


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("what", choices=("growth", "workers", "wide", "write"))
    options.add_argument("--documents", type=int, nargs="+", default=[1000])
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--files", action="store_true", help="one file an article")
    options.add_argument("--times", type=int, default=2)
    options.add_argument("--keep", type=Path, help="a folder to leave input and output in")
    options.add_argument("--gigabytes", type=float, default=3)
    args = options.parse_args()
    if args.what == "write":
        write_wide(args.keep)
        return
    kinds = {"growth": growth, "workers": workers, "wide": wide}
    with tempfile.TemporaryDirectory() as temporary:
        kinds[args.what](args, args.keep or Path(temporary))


if __name__ == "__main__":
    main()
