"""Commands that hand a run's output on: files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

OutArgument = Annotated[Path, typer.Argument(help="The folder that a run wrote.", show_default=False)]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


def export(
    out: OutArgument,
    to: Annotated[
        str,
        typer.Option(
            help="The format: xlsx, csv, sqlite, jsonl, iramuteq, txm, gexf, activetigger, corrections."
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where to write it; OUT/exports/FORMAT when left out."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Keep repeated paragraphs, and what is found in them, too.")
    ] = False,
    excel_fr: Annotated[
        bool,
        typer.Option("--excel-fr", help="CSV with semicolons, decimal commas and a byte-order mark."),
    ] = False,
    rows: Annotated[int, typer.Option(min=1, help="Most rows of a template of corrections.")] = 200,
    quiet: QuietOption = False,
) -> None:
    """Write the tables as files that other programs open."""
    from corpus.export import ExportOptions
    from corpus.export import export as write
    from corpus.notebook import open_corpus
    from corpus.run.summary import print_written

    written = write(open_corpus(out), to, output, ExportOptions(every, excel_fr, rows))
    if not quiet:
        print_written(written.path, written.counts, written.notes)
