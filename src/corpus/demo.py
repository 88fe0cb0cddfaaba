"""The first steps: the sample corpus that comes with the program, and a notebook to go on with."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from corpus.errors import SetupError

PACKAGED = Path(__file__).parent / "sample"
"""Where the sample corpus lies in an installed package; in a checkout it is `data/raw`."""
CELLS: tuple[tuple[str, str], ...] = (
    (
        "markdown",
        "# A first look\nRun the cells one after another. `c.` and Tab show what else can be asked.",
    ),
    ("code", "import corpus\n\nc = corpus.open({out!r})\nc"),
    ("code", 'c.count("outlet")'),
    ("code", 'c.count("month").plot()'),
    ("code", "c.companies_named()"),
    ("code", "c.copies()"),
    ("code", 'c.money(by="kind")'),
    ("code", "c.topics"),
    (
        "markdown",
        'Only some documents: `c.where(language="fr", since="2024")`. A page to mail: `c.report()`.',
    ),
)


def sample_corpus() -> Path:
    """The folder of the sample corpus; SetupError where this installation has none."""
    checkout = Path(__file__).parents[2] / "data" / "raw"
    for folder in (PACKAGED, checkout):
        if folder.is_dir():
            return folder
    raise SetupError("This installation has no sample corpus: install the package from its wheel.")


def run_demo(folder: Path, *, quiet: bool) -> None:
    """Run the sample corpus into `folder` and write its report."""
    from corpus.notebook import open_corpus
    from corpus.run.pipeline import run_corpus
    from corpus.run.summary import print_summary

    result = run_corpus(sample_corpus(), folder, show_progress=not quiet)
    report = open_corpus(folder).report()
    if not quiet:
        print_summary(result)
        for said in (
            f"One page to read and to mail: {report}",
            f"A table: corpus show {folder} facts",
            f"Words in context: corpus search {folder} 'intelligence artificielle'",
            f"A workbook: corpus export {folder} --to xlsx",
            f"A notebook: corpus notebook {folder}",
        ):
            print(said, file=sys.stderr)


def open_notebook(out: Path, target: Path, *, write_only: bool) -> None:
    """Write a notebook that opens `out`, unless it is there, and open it in JupyterLab.

    Raises TableError where `out` holds no table, SetupError where JupyterLab is not installed.
    """
    from corpus.notebook import open_corpus

    open_corpus(out)
    if not target.exists():
        written = json.dumps(_notebook(out.resolve()), ensure_ascii=False, indent=1) + "\n"
        target.write_text(written, encoding="utf-8", newline="\n")
        print(f"Wrote {target}.", file=sys.stderr)
    if write_only:
        return
    if find_spec("jupyterlab") is None:
        raise SetupError("JupyterLab is not installed. Install it with: pip install 'news-corpus[notebook]'")
    subprocess.run([sys.executable, "-m", "jupyterlab", str(target)], check=False)


def _notebook(out: Path) -> dict[str, Any]:
    cells: list[dict[str, Any]] = []
    for number, (kind, source) in enumerate(CELLS):
        cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}}
        cell["source"] = source.replace("{out!r}", repr(str(out)))
        cells.append(cell | ({"execution_count": None, "outputs": []} if kind == "code" else {}))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
