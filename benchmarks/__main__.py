"""Every benchmark in turn: `python -m benchmarks [--cases DIR]` prints the tables of docs/benchmarks.md.

DIR is a folder of cases; docs/benchmarks.md says what it holds. What is absent is skipped.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOMS: dict[str, str | None] = {
    "cleaning": ".",
    "metadata_language": ".",
    "repeats": None,
    "amounts_dates": "amounts_dates",
    "companies_facts": ".",
    "events": None,
    "retold": None,
    "topics": ".",
    "whole_run": ".",
    "continued": ".",
}
"""Each benchmark, and the folder below DIR that it takes as its cases; None where it makes its own."""


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("rooms", nargs="*", metavar="ROOM", help=f"some of: {', '.join(ROOMS)}")
    options.add_argument("--cases", type=Path, help="the folder of cases")
    args = options.parse_args()
    failed = []
    for room in args.rooms or ROOMS:
        if room not in ROOMS:
            options.error(f"there is no benchmark {room!r}; the benchmarks are: {', '.join(ROOMS)}")
        folder = ROOMS[room]
        if folder is not None and args.cases is None:
            print(f"{room}: skipped, it needs --cases", file=sys.stderr)
            continue
        command = [sys.executable, str(HERE / f"{room}.py")]
        if folder is not None:
            command += ["--cases", str(args.cases / folder)]
        print(f"\n## {room}\n", flush=True)
        if subprocess.run(command, check=False).returncode != 0:
            failed.append(room)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
