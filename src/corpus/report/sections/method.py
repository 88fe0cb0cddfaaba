"""How all this was made, how often it is wrong, and how to cite it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from corpus.report.ask import Telling
from corpus.report.page import Cell, Column, Grid, Section, cells
from corpus.store import read_json
from corpus.version import __version__

RATES = Path(__file__).parent.parent / "error_rates.toml"
SECTIONS = {"events": ("events", "facts"), "companies": ("companies",), "topics": ("topics", "doc_topics")}


def error_rates() -> list[dict[str, Any]]:
    """The measured error rates, each with the words of docs/benchmarks.md that it is from."""
    rates: list[dict[str, Any]] = tomllib.loads(RATES.read_text(encoding="utf-8"))["rate"]
    return rates


def section(telling: Telling) -> Section:
    """Rules of counting, error rates, versions, how to cite."""
    w, record = telling.words, _record(telling)
    cite = w("method.cite", version=__version__, year=str(record.get("finished", ""))[:4] or "n.d.")
    lead = [*w.strings["method"]["rules"], cite, w("method.rates_lead")]
    absent = [w(f"{name}.title") for name, needed in SECTIONS.items() if not telling.tables.has(*needed)]
    if absent:
        lead.insert(0, w("method.absent", sections=", ".join(absent)))
    rates = [
        cells((rate["what"][w.language], rate["on"][w.language], rate["figure"][w.language]))
        for rate in error_rates()
    ]
    columns = [Column(w("method.what")), Column(w("method.on")), Column(w("method.figure"))]
    parts = [Grid("rates", w("method.rates"), columns, rates)]
    lines = [
        [Cell(w("method.program")), Cell(f"news-corpus {__version__}")],
        [Cell(w("method.folder")), Cell(telling.tables.folder.resolve().name)],
    ]
    if record:
        inputs, options = record.get("inputs", {}), record.get("options", {})
        lines += [
            [Cell(w("method.files")), Cell(w.number(inputs.get("files")))],
            [Cell(w("method.fingerprint")), Cell(str(inputs.get("fingerprint", "")))],
            [Cell(w("method.finished")), Cell(str(record.get("finished", "")))],
        ]
        said = ", ".join(
            f"{name} = {value}" for name, value in sorted(options.items()) if value not in (None, [], {})
        )
        lines.append([Cell(w("method.options")), Cell(said)])
    parts.append(Grid("made", w("method.made"), [Column(w("method.item")), Column(w("method.value"))], lines))
    return Section("method", w("method.title"), lead, parts)


def _record(telling: Telling) -> dict[str, Any]:
    try:
        found = read_json(telling.tables.folder / "run.json")
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
