"""Collecting pages from a server on this machine: what is saved, what is refused, and how politely."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.collect import collect
from corpus.collect.fetching import Fetcher
from corpus.collect.hosts import UNREAD, Host, rules_of
from corpus.collect.pages import normal_url, page_path
from corpus.readers import discover, read_file, source_of
from corpus.records import InputDocument
from tests.clock import bounded

PAGE = "<!DOCTYPE html><html><head><title>{0}</title></head><body><p>Texte de la page {0}, été.</p></body></html>"
SITEMAPS = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
NEWS = "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'"


class Site(ThreadingHTTPServer):
    """A small site; `asked` holds the paths that were asked for, with the time."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, float]] = []
        self.robots: tuple[int, str] = (200, "User-agent: *\nDisallow: /prive/\n")
        self.elsewhere = ""

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


class Handler(BaseHTTPRequestHandler):
    """The pages of the site."""

    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, time.monotonic()))
        status, kind, body, headers = self.answer()
        data = body if isinstance(body, bytes) else body.encode("utf-8")
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        for part in (data[n : n + 1] for n in range(len(data))) if "X-Slow" in headers else (data,):
            self.wfile.write(part)
            time.sleep(0.02 if "X-Slow" in headers else 0)

    def answer(self) -> tuple[int, str, str | bytes, dict[str, str]]:
        root, html = self.server.root, "text/html; charset=iso-8859-1"
        if self.path == "/robots.txt":
            return self.server.robots[0], "text/plain", self.server.robots[1], {}
        if self.path == "/feed":
            date = "<pubDate>Mon, 0{0} Feb 2025 10:00:00 GMT</pubDate>"
            entry = f"<item><title>Titre {{0}}</title><link>{{1}}/a/{{0}}</link>{date}</item>"
            items = "".join(entry.format(n, root) for n in (1, 2))
            return 200, "application/rss+xml", f"<rss><channel><title>S</title>{items}</channel></rss>", {}
        if self.path == "/sitemap.xml":
            index = f"<sitemapindex {SITEMAPS}><sitemap><loc>{root}/map1.xml</loc></sitemap></sitemapindex>"
            return 200, "text/xml", index, {}
        if self.path == "/map1.xml":
            date = "<n:publication_date>2025-02-03</n:publication_date>"
            news = f"<n:news {NEWS}>{date}<n:title>Du plan</n:title></n:news>"
            return (
                200,
                "text/xml",
                f"<urlset {SITEMAPS}><url><loc>{root}/a/plan</loc>{news}</url></urlset>",
                {},
            )
        if self.path == "/vers":
            return 302, "text/plain", "", {"Location": "/a/1"}
        if self.path == "/vers-prive":
            return 302, "text/plain", "", {"Location": "/prive/x"}
        if self.path == "/goutte":
            return 200, html, b"<html>" + b" " * 600, {"X-Slow": "1"}
        if self.path == "/sans-fin":
            return 200, html, b"<html>" + b"x" * 50_000_000, {}
        if self.path == "/boucle":
            return 302, "text/plain", "", {"Location": "/boucle"}
        if self.path.startswith("/muet"):
            raise ConnectionAbortedError
        if self.path == "/ailleurs":
            return 302, "text/plain", "", {"Location": f"{self.server.elsewhere}/prive/x"}
        if self.path == "/grand":
            return 200, html, "<html><body>" + "x" * 300_000 + "</body></html>", {}
        if self.path == "/image":
            return 200, "image/png", b"\x89PNG\r\n\x1a\n" + bytes(100), {}
        if self.path.startswith(("/a/", "/prive/")):
            return 200, html, PAGE.format(self.path).encode("latin-1"), {}
        return 404, html, "<html><body>rien</body></html>", {}

    def handle(self) -> None:
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def sidecars(folder: Path) -> dict[str, dict[str, object]]:
    found = {}
    for path in sorted(folder.rglob("*.json")):
        fields = json.loads(path.read_text(encoding="utf-8"))
        assert path.with_suffix("").is_file()
        found[fields["url"]] = fields
    return found


def test_pages_are_saved_with_a_sidecar_and_read_by_a_run(site: Site, tmp_path: Path) -> None:
    result = collect([f"{site.root}/a/un%20mot.html#note"], tmp_path, pause=0, allow_private=True)
    assert not result.problems
    (page,) = result.saved
    assert page.parent.name == f"127.0.0.1_{site.server_port}"
    assert page.name.startswith("un-mot-")
    fields = sidecars(tmp_path)[f"{site.root}/a/un%20mot.html"]
    assert (fields["status"], fields["charset"]) == (200, "iso-8859-1")
    (document,) = [
        item
        for found in discover(tmp_path)
        if isinstance(found, Path)
        for item in read_file(found, source_of(found, tmp_path))
    ]
    assert isinstance(document, InputDocument)
    assert document.url == f"{site.root}/a/un%20mot.html"
    assert "été" in document.content


def test_a_feed_and_a_sitemap_give_their_pages_and_dates(site: Site, tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    result = collect(
        [f"{site.root}/feed", f"{site.root}/sitemap.xml"],
        tmp_path,
        pause=0,
        allow_private=True,
        progress=lambda *step: seen.append(step),
    )
    assert not result.problems
    found = sidecars(tmp_path)
    assert sorted(found) == [f"{site.root}/a/1", f"{site.root}/a/2", f"{site.root}/a/plan"]
    assert found[f"{site.root}/a/1"]["title"] == "Titre 1"
    assert found[f"{site.root}/a/plan"]["date"] == "2025-02-03"
    documents = [
        item
        for path in result.saved
        for item in read_file(path, path.name)
        if isinstance(item, InputDocument)
    ]
    assert [str(item.published and item.published.date) for item in documents] == [
        "2025-02-01",
        "2025-02-02",
        "2025-02-03",
    ]
    assert [done for done, _, _ in seen] == list(range(1, len(seen) + 1))
    assert seen[-1][0] == seen[-1][1]


def test_a_text_file_of_addresses(site: Site, tmp_path: Path) -> None:
    listing = tmp_path / "adresses.txt"
    listing.write_text(
        f"# les pages\n{site.root}/a/1\n\n{site.root}/a/2\nftp://a.example/x\n{site.root}/a/1\n",
        encoding="utf-8",
    )
    result = collect([str(listing)], tmp_path / "raw", pause=0, allow_private=True)
    assert len(result.saved) == 2
    assert [(problem.source, problem.kind) for problem in result.problems] == [
        ("ftp://a.example/x", "address")
    ]
    missing = collect([str(tmp_path / "non.txt")], tmp_path / "raw", pause=0)
    assert [problem.kind for problem in missing.problems] == ["missing"]


def test_a_second_collection_asks_only_for_what_is_missing(site: Site, tmp_path: Path) -> None:
    pages = [f"{site.root}/a/{n}" for n in range(4)]
    first = collect(pages, tmp_path, pause=0, limit=2, allow_private=True)
    assert len(first.saved) == 2
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    second = collect([*pages, f"{site.root}/vers"], tmp_path, pause=0, allow_private=True)
    assert (len(second.saved), second.skipped) == (3, tuple(pages[:2]))
    assert site.paths().count("/a/0") == 1
    assert all(path.read_bytes() == data for path, data in before.items())
    third = collect([f"{site.root}/vers"], tmp_path, pause=0, allow_private=True)
    assert third.skipped == (f"{site.root}/vers",)


def test_robots_txt_is_obeyed(site: Site, tmp_path: Path) -> None:
    result = collect(
        [f"{site.root}/prive/x", f"{site.root}/a/1", f"{site.root}/vers-prive"],
        tmp_path,
        pause=0,
        allow_private=True,
    )
    assert [path.name.split("-")[0] for path in result.saved] == ["1"]
    assert [problem.kind for problem in result.problems] == ["robots", "robots"]
    assert [path for path, _ in site.asked].count("/robots.txt") == 1


@pytest.mark.parametrize(("status", "saved"), [(404, 1), (403, 0), (429, 0), (503, 0)])
def test_a_missing_robots_txt_allows_and_a_failing_one_forbids(
    site: Site, tmp_path: Path, status: int, saved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A failing server is asked again after a while; the test does not wait for that.
    monkeypatch.setattr("urllib3.util.retry.Retry.sleep", lambda *_: None)
    site.robots = (status, "")
    result = collect([f"{site.root}/a/1"], tmp_path, pause=0, allow_private=True)
    assert len(result.saved) == saved
    assert len(result.problems) == 1 - saved


def test_robots_txt_is_read_as_rfc_9309_says() -> None:
    text = """\ufeffUser-agent: *
    Disallow: /a/
    Allow: /a/ouvert
    Disallow: /*?id=
    Disallow: /*.pdf$
    Disallow: /caf%C3%A9

    User-agent: News-Corpus-Autre
    Disallow: /
    """
    rules = rules_of(text.encode("utf-8"))
    asked = ("/a/x", "/a/ouvert/x", "/b?id=3", "/b.pdf", "/b.pdf?n=1", "/café", "/b", "/robots.txt")
    allowed = [rules.can_fetch(f"https://a.example{path}", "news-corpus") for path in asked]
    assert allowed == [False, True, False, False, True, False, True, True]
    named = rules_of(b"User-agent: *\nDisallow: /\n\nUser-agent: NEWS-CORPUS\nDisallow: /x\n")
    assert named.can_fetch("https://a.example/y", "news-corpus")


TWO_GROUPS = "User-agent: news-corpus\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: news-corpus\nDisallow: /b"


@pytest.mark.parametrize(
    ("lines", "path", "allowed"),
    [
        # The product token must be ours, in whatever case and whatever follows; then the group of all does not count.
        ("User-agent: news\nDisallow: /", "/x", True),
        ("User-agent: news\nAllow: /\n\nUser-agent: *\nDisallow: /", "/x", False),
        ("User-agent: News-Corpus/1.0 (x)\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", True),
        ("User-agent: other\nUser-agent: NEWS-CORPUS\nDisallow: /a", "/a", False),
        # Groups for us are put together, wherever they stand.
        (TWO_GROUPS, "/b", False),
        (TWO_GROUPS, "/c", True),
        # The longest match counts, in whatever order; of equals, what allows.
        ("User-agent: *\nAllow: /a/\nDisallow: /a/b", "/a/b", False),
        ("User-agent: *\nDisallow: /a/b\nAllow: /a/", "/a/c", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nAllow: /*.html\nDisallow: /a", "/a.html", True),
        # Wildcards, the end, and escapes of both.
        ("User-agent: *\nDisallow: /*/b$", "/a/b", False),
        ("User-agent: *\nDisallow: /*/b$", "/a/b/c", True),
        ("User-agent: *\nDisallow: /a%2A", "/ab", True),
        ("User-agent: *\nDisallow: /a%2A", "/a*", False),
        ("User-agent: *\nDisallow: /a%24", "/a$", False),
        # Escapes that say the same.
        ("User-agent: *\nDisallow: /%62%61%7A", "/baz", False),
        ("User-agent: *\nDisallow: /été", "/%c3%A9t%C3%a9", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        # Comments, lines of other kinds, ends of lines; rules before any group, and none at all.
        ("User-agent: * # all\nSitemap: https://a.example/s\nDisallow: /a # no", "/a", False),
        ("User-agent: *\rDisallow: /a\r", "/a", False),
        ("User-agent: *\nDisallow: /a\u2028b", "/a", True),
        ("Disallow: /", "/a", True),
        ("User-agent: news-corpus\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("<html>404</html>", "/a", True),
    ],
)  # fmt: skip
def test_rules_of_rfc_9309(lines: str, path: str, allowed: bool) -> None:
    for data in (lines.encode(), b"\xef\xbb\xbf" + lines.encode(), lines.replace("\n", "\r\n").encode()):
        assert rules_of(data).can_fetch(f"https://a.example{path}", "news-corpus") == allowed


def test_hostile_rules_cost_no_time() -> None:
    with bounded(1):
        rules = rules_of(b"User-agent: *\nDisallow: /" + b"*a" * 2000 + b"*b$\n")
        assert rules.can_fetch("https://a.example/" + "a" * 5000, "news-corpus")


def test_the_robots_txt_of_another_host_is_read_before_its_page(site: Site, tmp_path: Path) -> None:
    other = Site()
    thread = threading.Thread(target=other.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    site.elsewhere = other.root
    result = collect([f"{site.root}/ailleurs"], tmp_path, pause=0, allow_private=True)
    other.shutdown()
    other.server_close()
    thread.join()
    assert [problem.kind for problem in result.problems] == ["robots"]
    assert [path for path, _ in other.asked] == ["/robots.txt"]


def test_a_circle_of_redirects_ends(site: Site, tmp_path: Path) -> None:
    result = collect([f"{site.root}/boucle"], tmp_path, pause=0, allow_private=True)
    assert [problem.kind for problem in result.problems] == ["http"]
    assert len(site.paths()) == 6


def test_a_body_that_comes_byte_by_byte_is_given_up(site: Site) -> None:
    began = time.monotonic()
    assert Fetcher(allow_private=True, total_seconds=0.5).fetch(f"{site.root}/goutte", 100_000) is None
    assert time.monotonic() - began < 20


def test_headers_that_come_byte_by_byte_are_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=drip, args=(server,), daemon=True).start()
        began = time.monotonic()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        assert Fetcher(allow_private=True, total_seconds=0.5).fetch(address, 1000) is None
        assert time.monotonic() - began < 20


def drip(server: socket.socket) -> None:
    """Answer one request with a header that never ends."""
    connection, _ = server.accept()
    with connection, suppress(OSError):
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while True:
            connection.sendall(b"x")
            time.sleep(0.02)


def test_a_body_without_end_is_cut_at_the_bound(site: Site, tmp_path: Path) -> None:
    result = collect([f"{site.root}/sans-fin"], tmp_path, pause=0, max_page_bytes=200_000, allow_private=True)
    assert [problem.kind for problem in result.problems] == ["too_large"]


def test_the_robots_txt_of_a_scheme_is_that_schemes_and_is_read_anew_after_a_day(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = Host(0, Fetcher(allow_private=True))
    assert [host.refusal(f"{site.root}/{path}") is None for path in ("a/1", "prive/x", "a/2")] == [
        True,
        False,
        True,
    ]
    assert [path for path, _ in site.asked] == ["/robots.txt"]
    assert host.refusal(site.root.replace("http:", "https:")) == UNREAD
    site.robots = (200, "User-agent: *\nDisallow: /a/\n")
    now = time.monotonic()
    monkeypatch.setattr("corpus.collect.hosts.time.monotonic", lambda: now + 25 * 3600)
    assert host.refusal(f"{site.root}/a/1") is not None


def test_a_host_that_has_fallen_silent_is_asked_no_more(site: Site, tmp_path: Path) -> None:
    addresses = [f"{site.root}/muet?{n}" for n in range(8)]
    result = collect(addresses, tmp_path, pause=0, allow_private=True)
    assert [problem.kind for problem in result.problems] == ["no_answer"] * 8
    assert len(site.paths()) == 3


def test_a_pause_lies_between_two_requests(site: Site, tmp_path: Path) -> None:
    collect([f"{site.root}/a/{n}" for n in range(3)], tmp_path, pause=0.2, allow_private=True)
    times = [moment for _, moment in site.asked]
    assert len(times) == 4
    assert all(after - before >= 0.19 for before, after in pairwise(times))


def test_a_crawl_delay_is_kept(site: Site, tmp_path: Path) -> None:
    site.robots = (200, "User-agent: *\nCrawl-delay: 1\n")
    collect([f"{site.root}/a/1"], tmp_path, pause=0, allow_private=True)
    assert site.asked[1][1] - site.asked[0][1] >= 0.99


def test_what_cannot_be_had_is_a_problem(site: Site, tmp_path: Path) -> None:
    addresses = [
        f"{site.root}/nulle-part",
        f"{site.root}/image",
        f"{site.root}/grand",
        "http://127.0.0.1:9/x",
        "file:///etc/passwd",
        "http://",
    ]
    result = collect(addresses, tmp_path, pause=0, max_page_bytes=100_000, allow_private=True)
    assert not result.saved
    kinds = {problem.source.rpartition("/")[2] or problem.source: problem.kind for problem in result.problems}
    assert kinds["nulle-part"] == "http"
    assert kinds["image"] == "not_a_page"
    assert kinds["grand"] == "too_large"
    assert kinds["x"] == "robots"
    assert kinds["passwd"] == "address"
    assert len(result.problems) == len(addresses)
    assert not list(tmp_path.iterdir())


def test_private_addresses_are_refused_unless_asked_for(site: Site, tmp_path: Path) -> None:
    result = collect([f"{site.root}/a/1"], tmp_path, pause=0)
    assert not result.saved
    assert not site.asked
    assert ["--allow-private" in found.message for found in result.problems] == [True]


def test_addresses_are_normalised_and_paths_are_safe() -> None:
    assert normal_url(" HTTP://A.Example:80#x") == "http://a.example:80/"
    assert normal_url("https://u:p@a.example/x?y=1") == "https://a.example/x?y=1"
    for address in ("javascript:alert(1)", "//a.example", "http://[", "mailto:a@b.example", ""):
        assert normal_url(address) is None
    for address in (
        "https://a.example/../../etc/passwd",
        "https://a.example/%2e%2e%2f",
        "https://é.example/\u202e/ß",
        "https://../x",
    ):
        path = page_path(address, ".html")
        assert len(path.parts) == 2
        assert ".." not in path.parts
        assert not path.is_absolute()
    assert page_path("https://a.example/x", ".html") != page_path("https://a.example/x?y=1", ".html")
