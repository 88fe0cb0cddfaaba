"""A report says what the tables say, quotes little, and obeys nothing that stands in a text."""

from __future__ import annotations

import os
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus
from corpus.config import Config
from corpus.errors import TableError, UsageError
from corpus.report.page import LONGEST_QUOTE, excerpt, shortened
from corpus.report.sections.method import error_rates
from corpus.report.words import LANGUAGES, words_of
from tests.clock import bounded
from tests.conftest import ROOT, SAMPLE, run_here
from tests.export.hostile import TITLE, hostile_corpus

WORDS = ROOT / "src" / "corpus" / "report" / "words"


class Page(HTMLParser):
    """The elements of a page, and the rows of its tables."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.texts: list[str] = []
        self._table: list[list[str]] | None = None
        self._cell: list[str] | None = None
        self._inside: list[str] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append((tag, named))
        self._inside.append(tag)
        if tag == "table":
            self._table = self.tables.setdefault(str(named.get("id")), [])
        elif tag == "tr" and self._table is not None:
            self._table.append([])
        elif tag in ("td", "th"):
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None and self._table:
            self._table[-1].append("".join(self._cell))
            self._cell = None
        elif tag == "table":
            self._table = None

    def handle_data(self, data: str) -> None:
        if self._inside[-1:] not in (["script"], ["style"]):
            self.texts.append(data)
        if self._cell is not None:
            self._cell.append(data)


@pytest.fixture(scope="module")
def c(sample: Path) -> corpus.Corpus:
    return corpus.open(sample)


@pytest.fixture(scope="module")
def page(c: corpus.Corpus, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = c.report(tmp_path_factory.mktemp("report") / "report.html")
    return str(path.read_text(encoding="utf-8"))


def test_every_event_stands_in_it_with_its_sentence(c: corpus.Corpus, page: str) -> None:
    rows = Page(page).tables["all-events"][1:]
    events = c.table("events").to_arrow().to_pylist()
    assert sorted(row[1] for row in rows) == sorted(event["company"] for event in events)
    quoted = page.count("<blockquote")
    assert quoted >= len(events)


def test_its_counts_are_those_of_the_tables(c: corpus.Corpus, page: str) -> None:
    read = Page(page)
    languages = {row[0]: int(row[1]) for row in read.tables["languages"][1:]}
    counted = c.sql("select language, count(*) as n from documents group by language")
    assert sorted(languages.values()) == sorted(counted.n)
    kinds = {row[0]: int(row[1]) for row in read.tables["kinds"][1:]}
    assert sum(kinds.values()) == len(c.sql("select 1 from events where certainty <> 'denied'"))
    named = {row[0]: int(row[1]) for row in read.tables["named"][1:]}
    asked = c.sql(
        "select company, count(distinct (doc_id, paragraph)) as n from companies "
        "where first and role <> 'source' group by company"
    )
    assert (
        named.items() <= {**dict.fromkeys(named, 0), **dict(zip(asked.company, asked.n, strict=True))}.items()
    )


def test_nothing_in_it_points_outside(page: str) -> None:
    read = Page(page)
    for tag, named in read.tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form", "video", "audio")
        assert not [name for name in named if name.startswith("on") or name == "style"]
        for name in ("src", "href", "xlink:href", "action", "data"):
            assert str(named.get(name, "#")).startswith("#"), (tag, named)
    policies = [
        named["content"] for tag, named in read.tags if named.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policies) == 1
    assert str(policies[0]).startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in str(policies[0])


def test_hostile_titles_and_companies_are_words(tmp_path: Path) -> None:
    hostile = hostile_corpus(tmp_path)
    path = hostile.report(tmp_path / "r.html")
    content = path.read_text(encoding="utf-8")
    read = Page(content)
    assert [tag for tag, _ in read.tags].count("script") == 1
    assert not [tag for tag, _ in read.tags if tag in ("img", "b", "iframe")]
    assert "\x1b" not in content
    assert "\x07" not in content
    assert TITLE not in re.findall(r'href="([^"]*)"', content)
    assert any("<b>empty.txt" in text for text in read.texts)


@pytest.mark.parametrize("with_text", [True, False])
def test_no_long_run_of_any_document_is_in_it(c: corpus.Corpus, tmp_path: Path, with_text: bool) -> None:
    content = c.report(tmp_path / "r.html", with_text=with_text).read_text(encoding="utf-8")
    shown = " ".join(" ".join(Page(content).texts).split())
    texts = c.table("documents").to_arrow()["text"].to_pylist()
    longest = 300 if with_text else 80
    for text in texts:
        plain = " ".join(text.split())
        runs = {plain[at : at + longest + 1] for at in range(0, max(len(plain) - longest, 0), 20)}
        assert not [run for run in runs if run in shown]
    assert ("<blockquote" in content) == with_text


@given(st.text(alphabet="ab .!…\n", max_size=900), st.data())
def test_an_excerpt_is_short_and_holds_the_beginning_of_what_it_is_about(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    said = excerpt(text, start, end)
    assert len(said) <= LONGEST_QUOTE
    assert " ".join(text[start : min(end, start + 100)].split()) in said


@given(st.text(max_size=400))
def test_a_shortened_line_is_short(text: str) -> None:
    assert len(shortened(text)) <= 120


def test_the_languages_have_the_same_words() -> None:
    def keys(value: object, path: str = "") -> set[str]:
        if isinstance(value, dict):
            return {key for name, one in value.items() for key in keys(one, f"{path}.{name}")}
        held = sorted(re.findall(r"{(\w+)}", value)) if isinstance(value, str) else []
        return {f"{path} {held}"}

    files = {
        language: tomllib.loads((WORDS / f"{language}.toml").read_text("utf-8")) for language in LANGUAGES
    }
    assert set(LANGUAGES) >= {"en", "fr"}
    for found in files.values():
        assert keys(found) == keys(files["en"])
        assert len(found["form"]["months"]) == 12


def test_every_kind_and_reason_of_the_tables_has_its_words() -> None:
    from corpus.schemas import TABLES

    sets = {
        "kinds": TABLES["events"].column("kind"),
        "certainties": TABLES["events"].column("certainty"),
        "reasons": TABLES["removals"].column("reason"),
    }
    for language in LANGUAGES:
        strings = words_of(language).strings
        for name, column in sets.items():
            assert set(column.values) <= set(strings[name]), (language, name)


def test_error_rates_are_those_of_the_benchmarks_page() -> None:
    page = " ".join((ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8").split())
    rates = error_rates()
    assert len(rates) >= 6
    for rate in rates:
        assert set(rate["what"]) == set(rate["on"]) == set(rate["figure"]) == set(LANGUAGES)
        for quote in rate["quote"]:
            assert quote in page, (
                f"src/corpus/report/error_rates.toml quotes what the page no longer says: {quote}"
            )


@pytest.mark.parametrize(
    ("low", "high", "english", "french"),
    [
        (45e6, 45e6, "45\u202fM EUR", "45\u202fM EUR"),
        (1.25e9, 1.25e9, "1.25\u202fbn EUR", "1,25\u202fMd EUR"),
        (37e9, 40e9, "37\u202fbn–40\u202fbn EUR", "37\u202fMd–40\u202fMd EUR"),
        (1500.0, 1500.0, "1,500 EUR", "1\u202f500 EUR"),
        (1.5e12, 1.5e12, "1.5\u202ftn EUR", "1\u202f500\u202fMd EUR"),
        (None, None, "? EUR", "? EUR"),
    ],
)
def test_sums_are_written_as_the_language_does(
    low: float | None, high: float | None, english: str, french: str
) -> None:
    assert words_of("en").money(low, high, "EUR") == english
    assert words_of("fr").money(low, high, "EUR") == french


def test_a_choice_of_documents_has_a_report_of_its_own(c: corpus.Corpus, tmp_path: Path) -> None:
    chosen = c.where(language="de")
    content = chosen.report(tmp_path / "r.html").read_text(encoding="utf-8")
    assert chosen.note in content.replace("&#39;", "'")
    rows = Page(content).tables["languages"][1:]
    assert [(row[0], int(row[1])) for row in rows] == [("German", len(chosen.table("documents")))]


def test_the_same_tables_give_the_same_page(c: corpus.Corpus, page: str, tmp_path: Path) -> None:
    assert c.report(tmp_path / "r.html").read_text(encoding="utf-8") == page


def test_a_run_that_stopped_early_has_a_report_that_says_so(tmp_path: Path) -> None:
    run_here(SAMPLE / "agences", tmp_path / "out", Config(until="clean"))
    content = corpus.open(tmp_path / "out").report().read_text(encoding="utf-8")
    assert "Events, Companies, Topics" in content
    assert (tmp_path / "out" / "report.html").is_file()


def test_what_cannot_be_meant_is_one_sentence(c: corpus.Corpus, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="The languages are: en, fr"):
        c.report(tmp_path / "r.html", language="tlh")
    with pytest.raises(UsageError, match="is a folder"):
        c.report(tmp_path)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("")
    run_here(tmp_path / "raw", tmp_path / "out")
    with pytest.raises(TableError, match="no document"):
        corpus.open(tmp_path / "out").report()


def test_size_and_time_keep_their_bounds(c: corpus.Corpus, tmp_path: Path) -> None:
    with bounded(4):
        path = c.report(tmp_path / "r.html")
    assert os.path.getsize(path) < 400_000
