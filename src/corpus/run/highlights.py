"""What is worth saying of a run's tables beside their numbers of rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corpus.plurals import counted
from corpus.store import read_table

if TYPE_CHECKING:
    import pyarrow as pa

TOP = 5
ROWS_AT_ONCE = 10_000


def highlights(out: Path, rows: dict[str, int]) -> dict[str, str]:
    """What is worth saying beside the number of rows of a table; `run.json` keeps it, so that a run without work opens none."""
    from corpus.events import conversion_note

    notes: dict[str, str] = {}
    documents = read_table(out, "documents", ["language", "duplicate_of", "outlet"])
    copies = documents.num_rows - documents["duplicate_of"].null_count
    said = [_most(documents["language"])]
    if copies:
        said.append(counted(copies, "copy", "copies"))
    if unnamed := documents["outlet"].null_count:
        said.append(f"{unnamed:,} without an outlet")
    notes["documents"] = "; ".join(said)
    notes["removals"] = _most(read_table(out, "removals", ["reason"])["reason"])
    if rows.get("companies"):
        notes["companies"] = _most(read_table(out, "companies", ["company"])["company"])
    if rows.get("amounts"):
        notes["amounts"] = _most(read_table(out, "amounts", ["currency"])["currency"])
    if rows.get("facts"):
        notes["facts"] = _most(read_table(out, "facts", ["kind"])["kind"])
    if rows.get("events"):
        events = read_table(out, "events", ["kind", "low", "eur_low", "start_date"])
        kept = (row for batch in events.to_batches(ROWS_AT_ONCE) for row in batch.to_pylist())
        notes["events"] = f"{_most(events['kind'])}; in euros: {conversion_note(kept)}"
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


def _most(values: pa.ChunkedArray) -> str:
    """The most frequent values with their numbers; equally frequent ones by name."""
    import pyarrow.compute as pc

    found = pc.value_counts(values).flatten()
    pairs = zip(*(column.to_pylist() for column in found), strict=True)
    counted = sorted(
        ((value, count) for value, count in pairs if value is not None), key=lambda item: (-item[1], item[0])
    )
    shown = ", ".join(f"{value} {count}" for value, count in counted[:TOP])
    return shown + (" …" if len(counted) > TOP else "")
