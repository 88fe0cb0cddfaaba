"""Commands that hand a run's output on: files for other programs, a page to mail, lines of words, a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

OutArgument = Annotated[Path, typer.Argument(help="The folder that a run wrote.", show_default=False)]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
DEMO = Path("corpus-demo")


def complete_format(beginning: str) -> list[str]:
    """Names of export formats, for the shell."""
    from corpus.export import format_names

    return [name for name in format_names() if name.startswith(beginning)]


def complete_table(beginning: str) -> list[str]:
    """Names of tables, for the shell."""
    from corpus.schemas import TABLES

    return [name for name in TABLES if name.startswith(beginning)]


def report(
    out: OutArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write it; OUT/report.html when left out.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the page: en or fr.")] = "en",
    without_text: Annotated[
        bool, typer.Option("--without-text", help="Quote no sentence of any document, for a deposit.")
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Write one HTML page about a run, to be sent by mail: nothing in it is fetched, and it needs no JavaScript."""
    from corpus.notebook import open_corpus
    from corpus.run.summary import print_written

    path = open_corpus(out).report(output, language=language, with_text=not without_text)
    if not quiet:
        print_written(path, {"kB": round(path.stat().st_size / 1000)}, [])


def export(
    out: OutArgument,
    to: Annotated[
        str,
        typer.Option(
            help="The format: xlsx, csv, sqlite, jsonl, iramuteq, txm, gexf, activetigger, docbin, labelstudio, corrections.",
            autocompletion=complete_format,
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


def search(
    out: OutArgument,
    words: Annotated[str, typer.Argument(help="A word or phrase; invest* is a beginning.")],
    near: Annotated[str | None, typer.Option(help="Only hits with this word nearby.")] = None,
    within: Annotated[int, typer.Option(min=1, help="How many words away nearby is.")] = 10,
    pattern: Annotated[
        bool, typer.Option("--pattern", help="Take WORDS as a regular expression over text without accents.")
    ] = False,
    copies: Annotated[
        bool, typer.Option("--copies", help="Search paragraphs that repeat an earlier one, too.")
    ] = False,
    rows: Annotated[int, typer.Option("--rows", "-n", min=1, help="Lines to print.")] = 50,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a hit, all of them.")
    ] = False,
) -> None:
    """Find words in their context, the oldest first. Case and accents do not matter."""
    from corpus.notebook import open_corpus
    from corpus.show import print_hits

    found = open_corpus(out).search(words, near=near, within=within, pattern=pattern, copies=copies)
    hits = [{str(name): value for name, value in hit.items()} for hit in found.to_dict("records")]
    print_hits(hits, found.note, rows, as_json)


def demo(
    folder: Annotated[Path, typer.Argument(help="The folder to write to.")] = DEMO,
    quiet: QuietOption = False,
) -> None:
    """Run the sample corpus that comes with the program, and write its report: a first look in a minute."""
    from corpus.demo import run_demo

    run_demo(folder, quiet=quiet)


def notebook(
    out: OutArgument,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The notebook to write; one that is there is kept.")
    ] = Path("corpus.ipynb"),
    write_only: Annotated[
        bool, typer.Option("--write-only", help="Write the notebook and open nothing.")
    ] = False,
) -> None:
    """Write a notebook that opens OUT, and open it in JupyterLab."""
    from corpus.demo import open_notebook

    open_notebook(out, output, write_only=write_only)
