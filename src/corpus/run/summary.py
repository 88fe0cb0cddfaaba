"""What a command says at its end, on standard error: data alone goes to standard output."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.inert import plain
from corpus.store import read_table

if TYPE_CHECKING:
    from corpus.collect import CollectResult
    from corpus.run.pipeline import RunResult

TOP = 5
SHOWN_PROBLEMS = 5


def print_summary(result: RunResult) -> None:
    """Print what a run found and where it lies."""
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    console = Console(stderr=True)
    rows: dict[str, int] = result.record["rows"]
    grid = Grid(title=f"{result.folder}", title_justify="left", show_header=False, box=None, pad_edge=False)
    grid.add_column()
    grid.add_column(justify="right")
    grid.add_column()
    notes: dict[str, str] = result.record["highlights"]
    for name, count in rows.items():
        grid.add_row(name, f"{count:,}", Text(plain(notes.get(name, ""))))
    console.print(grid)
    seconds = sum(result.record["seconds"].values())
    console.print(f"{_counted(result.record['inputs']['files'], 'file')} in {seconds:.1f} s")
    if result.unchanged:
        console.print("Nothing has changed since then; the tables are as they were.")
    elif result.record["notes"].get("topics", "fitted") != "fitted":
        drift = result.record["notes"].get("topic_drift", "")
        console.print(f"Topics: {result.record['notes']['topics']}. {drift}".rstrip(), highlight=False)
    for warning in result.record.get("warnings", []):
        console.print(f"Note: {warning}", highlight=False)
    if rows.get("problems"):
        _print_problems(console, result.folder)


def highlights(out: Path, rows: dict[str, int]) -> dict[str, str]:
    """What is worth saying beside the number of rows of a table; `run.json` keeps it, so that a run without work opens none."""
    from corpus.events import conversion_note

    notes: dict[str, str] = {}
    documents = read_table(out, "documents", ["language", "duplicate_of", "outlet"])
    copies = documents.num_rows - documents["duplicate_of"].null_count
    said = [_most(documents["language"].to_pylist())]
    if copies:
        said.append(_counted(copies, "copy", "copies"))
    if unnamed := documents["outlet"].null_count:
        said.append(f"{unnamed:,} without an outlet")
    notes["documents"] = "; ".join(said)
    notes["removals"] = _most(read_table(out, "removals", ["reason"])["reason"].to_pylist())
    if rows.get("companies"):
        notes["companies"] = _most(read_table(out, "companies", ["company"])["company"].to_pylist())
    if rows.get("amounts"):
        notes["amounts"] = _most(read_table(out, "amounts", ["currency"])["currency"].to_pylist())
    if rows.get("facts"):
        notes["facts"] = _most(read_table(out, "facts", ["kind"])["kind"].to_pylist())
    if rows.get("events"):
        events = read_table(out, "events", ["kind", "low", "eur_low", "start_date"])
        kinds = _most(events["kind"].to_pylist())
        notes["events"] = f"{kinds}; in euros: {conversion_note(events.to_pylist())}"
    if rows.get("topics"):
        notes["topics"] = _topics(out)
    return notes


def _topics(out: Path) -> str:
    """The first labels, and of every language the number chosen with the runner-up."""
    topics = read_table(out, "topics", ["label", "kind", "documents"]).to_pylist()
    labels = [row["label"] for row in topics if row["kind"] == "topic" and row["documents"] is not None]
    found = "; ".join(labels[:TOP]) + (" …" if len(labels) > TOP else "")
    curve = read_table(out, "topic_choices", ["language", "topics", "score", "chosen"]).to_pylist()
    for chosen in (row for row in curve if row["chosen"]):
        others = [row for row in curve if row["language"] == chosen["language"] and not row["chosen"]]
        if others:
            second = max(others, key=lambda row: (row["score"], -row["topics"]))
            language = f" in {chosen['language']}" if chosen["language"] else ""
            found += f" ({chosen['topics']} chosen{language}, runner-up {second['topics']})"
    return found


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _most(values: list[Any]) -> str:
    """The most frequent values with their numbers; equally frequent ones by name."""
    counted = sorted(
        Counter(v for v in values if v is not None).items(), key=lambda item: (-item[1], item[0])
    )
    shown = ", ".join(f"{value} {count}" for value, count in counted[:TOP])
    return shown + (" …" if len(counted) > TOP else "")


def _print_problems(console: Any, out: Path) -> None:
    problems = read_table(out, "problems").to_pylist()
    unread = [row for row in problems if not row["recovered"]]
    unreadable = _counted(len(unread), "input")
    outcome = f"{unreadable} could not be read" if unread else "every input was read, in part at least"
    console.print(f"{_counted(len(problems), 'problem')}; {outcome}:", style="bold")
    for row in sorted(problems, key=lambda row: row["recovered"])[:SHOWN_PROBLEMS]:
        said = plain(f"  {row['source']}: {row['message']}")
        console.print(said, highlight=False, markup=False)
    if len(problems) > SHOWN_PROBLEMS:
        console.print(f"  … all of them: corpus show {out} problems")


def print_collected(result: CollectResult, folder: Path) -> None:
    """Print what `corpus collect` saved."""
    import sys

    print(
        f"{_counted(len(result.saved), 'page')} saved in {folder}, {len(result.skipped)} there already, "
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
