"""What a command says at its end, on standard error: data alone goes to standard output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.inert import plain
from corpus.plurals import counted
from corpus.schemas import TABLES
from corpus.store import read_table

if TYPE_CHECKING:
    from corpus.collect import CollectResult
    from corpus.run.array import ShareResult
    from corpus.run.pipeline import RunResult

SHOWN_PROBLEMS = 5


def print_summary(result: RunResult) -> None:
    """Print what a run found and where it lies."""
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    console = Console(stderr=True)
    rows: dict[str, int] = result.record["rows"]
    grid = Grid(
        title=result.url or str(result.folder),
        title_justify="left",
        show_header=False,
        box=None,
        pad_edge=False,
    )
    grid.add_column()
    grid.add_column(justify="right")
    grid.add_column()
    notes: dict[str, str] = result.record["highlights"]
    for name in TABLES:  # a record that was read back has its tables in the order of the alphabet
        if name in rows:
            grid.add_row(name, f"{rows[name]:,}", Text(plain(notes.get(name, ""))))
    console.print(grid)
    seconds = sum(result.record["seconds"].values())
    console.print(f"{counted(result.record['inputs']['files'], 'file')} in {seconds:.1f} s")
    if result.unchanged:
        console.print("Nothing has changed since then; the tables are as they were.")
    elif result.record["notes"].get("topics", "fitted") != "fitted":
        drift = result.record["notes"].get("topic_drift", "")
        console.print(f"Topics: {result.record['notes']['topics']}. {drift}".rstrip(), highlight=False)
    for warning in result.record.get("warnings", []):
        console.print(f"Note: {warning}", highlight=False)
    if rows.get("problems"):
        _print_problems(console, result)


def _print_problems(console: Any, result: RunResult) -> None:
    problems = read_table(result.folder, "problems").to_pylist()
    unread = [row for row in problems if not row["recovered"]]
    unreadable = counted(len(unread), "input")
    outcome = f"{unreadable} could not be read" if unread else "every input was read, in part at least"
    console.print(f"{counted(len(problems), 'problem')}; {outcome}:", style="bold")
    for row in sorted(problems, key=lambda row: row["recovered"])[:SHOWN_PROBLEMS]:
        said = plain(f"  {row['source']}: {row['message']}")
        console.print(said, highlight=False, markup=False)
    if len(problems) > SHOWN_PROBLEMS:
        where = f"{result.url}/problems.parquet" if result.url else f"corpus show {result.folder} problems"
        console.print(f"  … all of them: {where}")


def print_share(result: ShareResult) -> None:
    """Print that a share is done, and what makes the tables of all."""
    import sys

    done = "was done already" if result.unchanged else "is done"
    print(
        f"Share {result.share} {done}: {counted(result.files, 'file')}. When all are: corpus merge {result.folder}",
        file=sys.stderr,
    )
    for warning in result.warnings:
        print(f"Note: {warning}", file=sys.stderr)


def print_collected(result: CollectResult, folder: Path) -> None:
    """Print what `corpus collect` saved."""
    import sys

    print(
        f"{counted(len(result.saved), 'page')} saved in {folder}, {len(result.skipped)} there already, "
        f"{len(result.problems)} not to be had.",
        file=sys.stderr,
    )
    for problem in result.problems:
        print(f"  {problem.source}: {problem.message}", file=sys.stderr)


def print_written(path: Path, counts: dict[str, int], notes: list[str]) -> None:
    """Print where something was written, how many of what it holds, and what it leaves out."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    console.print(f"{path}: " + ", ".join(f"{count:,} {name}" for name, count in counts.items()))
    for note in notes:
        console.print(f"Note: {note}")
