"""The page: its sections asked for, put into the template, its own style and script let in by their hashes and nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.charts import Look
from corpus.errors import TableError, UsageError
from corpus.report.ask import Asked, Telling
from corpus.report.page import Section
from corpus.report.sections import companies, events, method, read, repeats, topics
from corpus.report.words import words_of
from corpus.store import read_json, replacing
from corpus.version import __version__

FILE = "report.html"
HERE = Path(__file__).parent
SECTIONS: tuple[Callable[[Telling], Section | None], ...] = (
    read.section,
    repeats.section,
    events.section,
    companies.section,
    topics.section,
    method.section,
)
"""In the order of the page; a section whose tables the run did not leave is left out and named at the end."""

_DECIDING = (
    "documents.duplicate_of",
    "documents.published_precision",
    "paragraphs.first_doc_id",
    "paragraphs.changed_facts",
)
"""Columns without which, where an older version wrote the tables, every repeat would count as new."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How to report. `language` of the page; `with_text`: quote the sentence behind an event, and titles.

    >>> from pathlib import Path
    >>> from corpus.notebook.tables import Tables
    >>> from corpus.report import ReportOptions, write_report
    >>> options = ReportOptions(language="fr", with_text=False)
    >>> page = write_report(Tables(Path("data/processed")), "rapport.html", options)
    >>> 'lang="fr"' in page.read_text(encoding="utf-8")
    True
    """

    language: str = "en"
    with_text: bool = True


def write_report(
    tables: Asked,
    target: str | Path | None = None,
    options: ReportOptions | None = None,
    choice: str = "",
) -> Path:
    """Write the page, by default `report.html` in the output folder; `choice` says which documents it is about.

    Raises TableError where there are no documents, UsageError for a language without words or a target that is a folder.

    >>> from pathlib import Path
    >>> from corpus.notebook.tables import Tables
    >>> from corpus.report import write_report
    >>> write_report(Tables(Path("data/processed")), "my-report.html").name
    'my-report.html'
    """
    asked = options or ReportOptions()
    path = Path(target) if target is not None else tables.folder / FILE
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name a file, for example {path / FILE}.")
    page = render(tables, asked, choice)
    with replacing(path) as temporary:
        temporary.write_text(page, encoding="utf-8", newline="\n")
    return path


def render(tables: Asked, options: ReportOptions, choice: str = "") -> str:
    """The page as HTML."""
    if not {"documents", "paragraphs"} <= set(tables.names()):
        raise TableError(f"{tables.folder} holds no documents to report on. Run `corpus run` first.")
    tables.need(*tables.names(), *_DECIDING)
    words = words_of(options.language)
    telling = Telling(tables, words, Look(options.language), options.with_text)
    if telling.one("select count(*) as n from documents")["n"] == 0:
        raise TableError(f"{tables.folder} holds no document, so that there is nothing to report.")
    sections = [section for make in SECTIONS if (section := make(telling)) is not None]
    style, script = _asset("style.css"), _asset("script.js").replace("%FILTER%", words("page.filter"))
    return str(
        _template().render(
            w=words,
            title=words("page.title", name=_name(tables)),
            choice=choice,
            sections=sections,
            style=style,
            script=script,
            policy=_policy(style, script),
            version=__version__,
            finished=_finished(tables),
        )
    )


def _name(tables: Asked) -> str:
    return tables.folder.resolve().name


def _finished(tables: Asked) -> str:
    """The day of the run, as `run.json` says; empty where it does not. Not today: the same tables give the same page."""
    try:
        record = read_json(tables.folder / "run.json")
        return str(record["finished"])[:10]
    except (OSError, ValueError, KeyError, TypeError):
        return ""


@cache
def _asset(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


@cache
def _template() -> Any:
    import jinja2

    loader = jinja2.FileSystemLoader(HERE)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("page.html")


def _policy(style: str, script: str) -> str:
    """The content security policy: nothing is loaded from anywhere, and only this style and this script are obeyed."""

    def digest(content: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"

    return (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
