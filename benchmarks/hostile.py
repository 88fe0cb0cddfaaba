"""What one hostile file costs: CPU and memory of a run over it alone, in all stages, and what becomes of it.

    python benchmarks/hostile.py [--each 3] [--kinds KIND ...]

The files are those of `tests/hostile_files.py` (CORPUS_TEST_LARGE says how large the first of each kind is). One worker that has
loaded what it needs does them all; where a file kills it, the next one is warmed before it is measured. CPU is that of the
leading process and of the workers; memory is the peak of the worker that held most, over what it held before. Linux alone.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyarrow.parquet as pq
from tests.hostile_files import write_hostile

from corpus.run.pipeline import run_corpus
from corpus.run.pool import WorkerPool

SOUND = "Le groupe Orvelane, installé à Nantes, a levé 40 millions d’euros le 3 mars 2024 auprès du fonds Ombrelor.\n"
TICKS = os.sysconf("SC_CLK_TCK")
KB, MB = 1 << 10, 1 << 20


@dataclass(frozen=True)
class Cost:
    """CPU seconds, MB over what the worker held before, whether a worker died, and the kinds of problems."""

    name: str
    cpu: float
    mb: float
    died: bool
    told: tuple[str, ...]


def workers() -> list[int]:
    """The processes that this one started and that run."""
    return [int(n) for n in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()] + [
        int(number)
        for thread in Path("/proc/self/task").iterdir()
        if thread.name != str(os.getpid())
        for number in (thread / "children").read_text().split()
    ]


def spent() -> float:
    """CPU seconds of this process and of all workers, ended or not."""
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
    for worker in workers():
        fields = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
        seconds += (int(fields[11]) + int(fields[12])) / TICKS
    return seconds


def memory(worker: int, field: str) -> float:
    """MB that `/proc` tells of a process: VmRSS, or VmHWM since its peak was forgotten."""
    lines = Path(f"/proc/{worker}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:")) * KB / MB


def cost_of(path: Path, folder: Path, pool: WorkerPool) -> Cost:
    """A run over one file."""
    raw, out = folder / "raw", folder / "out"
    raw.mkdir(parents=True)
    path.rename(raw / path.name)
    before, began = workers(), spent()
    for worker in before:
        Path(f"/proc/{worker}/clear_refs").write_text("5")
    held = max((memory(worker, "VmRSS") for worker in before), default=0.0)
    done = run_corpus(raw, out, executor=pool)
    after = workers()
    peak = max((memory(worker, "VmHWM") for worker in after), default=0.0)
    told = Counter(row["kind"] for row in pq.read_table(done.folder / "problems.parquet").to_pylist())
    return Cost(path.name, spent() - began, peak - held, after != before, tuple(sorted(told)))


@contextmanager
def warm_pool(folder: Path) -> Iterator[WorkerPool]:
    """One worker that has loaded what a sound document needs."""
    with WorkerPool(1) as pool:
        warm(folder, pool)
        yield pool


def warm(folder: Path, pool: WorkerPool) -> None:
    """Have the worker read a sound document."""
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        raw = Path(temporary) / "raw"
        raw.mkdir()
        (raw / "sound.txt").write_text(SOUND * 3, encoding="utf-8")
        run_corpus(raw, Path(temporary) / "out", executor=pool)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--each", type=int, default=3, help="files of each kind")
    options.add_argument("--kinds", nargs="*", help="some kinds alone")
    args = options.parse_args()
    print(
        "| kind | files | CPU s, all | CPU s, most | MB, most | killed a worker | told |\n|---|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as temporary, warm_pool(Path(temporary)) as pool:
        folder = Path(temporary)
        costs: dict[str, list[Cost]] = defaultdict(list)
        written = [
            one for one in write_hostile(folder / "bad", args.each) if not args.kinds or one[0] in args.kinds
        ]
        for number, (kind, path) in enumerate(written):
            costs[kind].append(cost_of(path, folder / str(number), pool))
            if costs[kind][-1].died:
                warm(folder, pool)
            if number + 1 == len(written) or written[number + 1][0] != kind:
                row(kind, costs[kind])


def row(kind: str, costs: list[Cost]) -> None:
    """Print the row of a kind."""
    most = max(costs, key=lambda one: one.cpu)
    told = ", ".join(
        f"{name} {count}" for name, count in Counter(name for one in costs for name in one.told).most_common()
    )
    cells = (
        f"{len(costs)} | {sum(one.cpu for one in costs):.1f} | {most.cpu:.1f} ({most.name}) "
        f"| {max(one.mb for one in costs):.0f} | {sum(one.died for one in costs)} | {told}"
    )
    print(f"| {kind} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
