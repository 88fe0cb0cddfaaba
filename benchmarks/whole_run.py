"""The whole run on the sample corpus: CPU seconds by stage, the scores against its gold, the same bytes twice.

    python benchmarks/whole_run.py [--cases DIR]

DIR/seeds, where it is there, is run as well.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import tempfile
import time
from pathlib import Path

from corpus.config import Config
from corpus.evaluate import evaluate_output
from corpus.run.pipeline import RunResult, run_corpus

ROOT = Path(__file__).resolve().parent.parent


def cpu_seconds() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def fingerprint(out: Path) -> str:
    """Hash of every file of an output but `run.json` and the finished work."""
    state = hashlib.blake2b(digest_size=8)
    for path in sorted(out.rglob("*")):
        if path.is_file() and path.name != "run.json" and ".work" not in path.parts:
            state.update(str(path.relative_to(out)).encode() + path.read_bytes())
    return state.hexdigest()


def run(raw: Path, out: Path, workers: int) -> tuple[RunResult, float, float]:
    before, began = cpu_seconds(), time.perf_counter()
    result = run_corpus(raw, out, Config(workers=workers))
    return result, cpu_seconds() - before, time.perf_counter() - began


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--cases", type=Path)
    args = options.parse_args()
    raw = ROOT / "data" / "raw"
    with tempfile.TemporaryDirectory() as folder:
        print("| run | workers | documents | unread | CPU s | s | bytes |")
        print("|---|---|---|---|---|---|---|")
        for workers in (1, 3):
            out = Path(folder) / f"sample-{workers}"
            result, cpu, seconds = run(raw, out, workers)
            count = result.record["rows"]["documents"]
            # The processes of a pool are the fork server's children, whose time their grandparent is not told.
            spent = f"{cpu:.1f}" if workers == 1 else "–"
            print(
                f"| sample | {workers} | {count} | {result.unread} | {spent} | {seconds:.1f} | {fingerprint(out)} |"
            )
        seeds = args.cases / "seeds" if args.cases is not None else None
        if seeds is not None and seeds.is_dir():
            result, cpu, seconds = run(seeds, Path(folder) / "seeds", 1)
            count = result.record["rows"]["documents"]
            mark = fingerprint(Path(folder) / "seeds")
            print(f"| seeds | 1 | {count} | {result.unread} | {cpu:.1f} | {seconds:.1f} | {mark} |")
        print("\n| sample, against its gold | language | P | R | F1 | wanted |")
        print("|---|---|---|---|---|---|")
        for score in evaluate_output(ROOT / "data" / "gold", Path(folder) / "sample-1"):
            print(
                f"| {score.kind} | {score.language} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} "
                f"| {score.wanted} |"
            )


if __name__ == "__main__":
    main()
