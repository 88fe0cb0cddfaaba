"""Save pages for a later run: addresses, a feed or a sitemap in; a folder of pages with sidecars out.

Polite: robots.txt is obeyed (RFC 9309), a host is asked once in `pause` seconds, and a page that has a sidecar is not asked for
again, so that a stopped collection goes on where it stood.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
import unicodedata
from collections import deque
from collections.abc import Callable, Sequence
from configparser import ConfigParser
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from corpus.readers.discover import is_sidecar
from corpus.readers.inputs import UnreadableError, from_bytes, head_of, problem
from corpus.readers.link_lists import Target, read_targets, targets_in
from corpus.readers.registry import format_of
from corpus.records import Problem

AGENT = "news-corpus"
PAUSE = 2.0
# A site that asks for more than this between two requests is asked no more often, but a crawl must end.
MAX_PAUSE = 60.0
MAX_PAGE_BYTES = 20_000_000
TIMEOUT_SECONDS = 30
MAX_NESTED_LISTS = 2
MAX_TARGETS = 100_000
SLUG_LENGTH = 60
SUFFIXES = {
    "html": ".html",
    "europresse": ".html",
    "factiva": ".html",
    "text": ".txt",
    "markdown": ".md",
    "pdf": ".pdf",
}


@dataclass(frozen=True, slots=True)
class CollectResult:
    """What a collection did: files saved, addresses already there, and a `Problem` for each that could not be had."""

    saved: tuple[Path, ...]
    skipped: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Host:
    robots: RobotFileParser | None = None
    ready: float = 0.0
    pause: float = PAUSE
    refusal: str | None = None
    queue: deque[tuple[Target, int]] = field(default_factory=deque)


def collect(
    targets: Sequence[str],
    raw_dir: Path,
    *,
    pause: float = PAUSE,
    limit: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    max_page_bytes: int = MAX_PAGE_BYTES,
    allow_private: bool = False,
) -> CollectResult:
    """Save the pages of `targets` below `raw_dir` as `<host>/<slug>-<hash>.html`, each with a `.json` sidecar.

    A target is an address (of a page, an RSS or Atom feed, or a sitemap) or a text file with one address a line. At most `limit`
    pages are saved. `progress` is called with pages done, pages known and the address. Addresses in private networks are refused
    unless `allow_private`. Nothing is raised for what a server does; raises `OSError` if `raw_dir` cannot be written.
    """
    raw_dir.mkdir(parents=True, exist_ok=True)
    work = _Collection(raw_dir, max(0.0, pause), limit, progress, _settings(max_page_bytes, allow_private))
    for item in read_targets(targets):
        if isinstance(item, Problem):
            work.problems.append(item)
        else:
            work.add(item, 0)
    work.run()
    return CollectResult(tuple(work.saved), tuple(work.skipped), tuple(work.problems))


class _Collection:
    """One collection: a queue a host, taken in turn as each host's pause is over."""

    def __init__(
        self,
        folder: Path,
        pause: float,
        limit: int | None,
        progress: Callable[[int, int, str], None] | None,
        config: ConfigParser,
    ) -> None:
        self.folder, self.pause, self.limit, self.progress, self.config = (
            folder,
            pause,
            limit,
            progress,
            config,
        )
        self.hosts: dict[str, _Host] = {}
        self.known = saved_urls(folder)
        self.seen: set[str] = set()
        self.saved: list[Path] = []
        self.skipped: list[str] = []
        self.problems: list[Problem] = []
        self.done = 0

    def add(self, target: Target, depth: int) -> None:
        """Queue an address once, unless its page is there already."""
        url = normal_url(target.url)
        if url is None:
            message = "It is no http or https address; give one, or the path of a text file of addresses."
            self.problems.append(problem(target.url, "address", message))
        elif url in self.seen or len(self.seen) >= MAX_TARGETS:
            return
        elif url in self.known:
            self.seen.add(url)
            self.skipped.append(url)
        else:
            self.seen.add(url)
            host = self.hosts.setdefault(urlsplit(url).netloc, _Host(pause=self.pause))
            host.queue.append((Target(url, target.title, target.date, target.listed_in), depth))

    def run(self) -> None:
        """Take addresses until the queues are empty or the limit is reached."""
        while self.limit is None or len(self.saved) < self.limit:
            waiting = [host for host in self.hosts.values() if host.queue]
            if not waiting:
                return
            # `min` keeps the first of equals, so the order is that in which hosts were met.
            host = min(waiting, key=lambda host: host.ready)
            target, depth = host.queue.popleft()
            self._visit(host, target, depth)
            self.done += 1
            if self.progress:
                self.progress(
                    self.done, self.done + sum(len(host.queue) for host in self.hosts.values()), target.url
                )

    def _visit(self, host: _Host, target: Target, depth: int) -> None:
        if refusal := self._refusal(host, target.url):
            self.problems.append(problem(target.url, "robots", refusal))
            return
        response = self._fetch(host, target.url)
        if response is None:
            self.problems.append(
                problem(target.url, "no_answer", "The server gave no answer, or one that is too large.")
            )
            return
        if response.status != 200 or not response.data:
            self.problems.append(
                problem(target.url, "http", f"The server answered with status {response.status}.")
            )
            return
        address = normal_url(response.url) or target.url
        if address != target.url and self._refused_elsewhere(address):
            self.problems.append(
                problem(target.url, "robots", f"It leads to {address}, which robots.txt asks not to fetch.")
            )
            return
        listed = targets_in(response.data, address)
        if listed is not None:
            if depth >= MAX_NESTED_LISTS:
                self.problems.append(
                    problem(
                        target.url, "too_deep", "It is a list inside a list of lists; it was not followed."
                    )
                )
                return
            for item in listed:
                self.add(item, depth + 1)
            return
        suffix = suffix_of(response.data)
        if suffix is None:
            self.problems.append(
                problem(target.url, "not_a_page", "It is neither a page nor a text that the readers know.")
            )
            return
        self._save(target, address, response, suffix)

    def _save(self, target: Target, address: str, response: Any, suffix: str) -> None:
        path = self.folder / page_path(target.url, suffix)
        path.parent.mkdir(parents=True, exist_ok=True)
        headers = response.headers or {}
        content_type = str(headers.get("content-type", ""))
        charset = content_type.partition("charset=")[2].split(";")[0].strip(" \"'")
        fields = {
            "url": address,
            "requested_url": target.url if target.url != address else None,
            "fetched": datetime.now(UTC).isoformat(timespec="seconds"),
            "status": response.status,
            "charset": charset or None,
            "title": target.title,
            "date": target.date,
            "listed_in": target.listed_in,
        }
        stated = {name: value for name, value in fields.items() if value is not None}
        # The page before its sidecar: what has a sidecar counts as saved.
        _write(path, response.data)
        _write(
            path.with_name(path.name + ".json"),
            (json.dumps(stated, ensure_ascii=False, indent=1) + "\n").encode("utf-8"),
        )
        self.known.update({address, target.url})
        self.saved.append(path)

    def _refusal(self, host: _Host, url: str) -> str | None:
        if host.robots is None and host.refusal is None:
            self._read_robots(host, url)
        if host.refusal:
            return host.refusal
        if host.robots is not None and not host.robots.can_fetch(AGENT, url):
            return "The site's robots.txt asks not to fetch it."
        return None

    def _refused_elsewhere(self, address: str) -> bool:
        host = self.hosts.setdefault(urlsplit(address).netloc, _Host(pause=self.pause))
        return self._refusal(host, address) is not None

    def _read_robots(self, host: _Host, url: str) -> None:
        parts = urlsplit(url)
        robots = RobotFileParser()
        response = self._fetch(host, urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", "")))
        if response is None or response.status >= 500:
            # RFC 9309: a robots.txt that cannot be had because of the server stands for "nothing is allowed".
            host.refusal = "The site's robots.txt could not be read, so nothing was fetched; try again later."
            return
        if response.status in (401, 403):
            host.refusal = "The site does not show its robots.txt, which stands for: do not fetch."
            return
        robots.parse(response.data.decode("utf-8", "replace").splitlines() if response.status == 200 else [])
        host.robots = robots
        delay = robots.crawl_delay(AGENT)
        if delay is not None:
            host.pause = min(MAX_PAUSE, max(host.pause, float(delay)))
            host.ready = time.monotonic() + host.pause

    def _fetch(self, host: _Host, url: str) -> Any:
        from trafilatura.downloads import fetch_response

        time.sleep(max(0.0, host.ready - time.monotonic()))
        try:
            return fetch_response(url, config=self.config)
        finally:
            host.ready = time.monotonic() + host.pause


def page_path(url: str, suffix: str) -> Path:
    """Where a page goes below the folder: `<host>/<slug>-<hash>.html`. The slug is for people, the hash tells pages apart."""
    parts = urlsplit(url)
    host = re.sub("[^a-z0-9.-]", "_", parts.netloc.lower()).strip(".") or "_"
    words = [word for word in parts.path.split("/") if word]
    plain = (
        unicodedata.normalize("NFKD", unquote(words[-1]) if words else "index")
        .encode("ascii", "ignore")
        .decode("ascii")
    )
    slug = re.sub("[^a-z0-9]+", "-", re.sub(r"\.(?:html?|php|aspx?)$", "", plain.lower())).strip("-")[
        :SLUG_LENGTH
    ]
    digest = hashlib.sha256(url.encode("utf-8")).hexdigest()[:10]
    return Path(host) / f"{slug or 'page'}-{digest}{suffix}"


def suffix_of(data: bytes) -> str | None:
    """The suffix for what a server sent, by its content; None for what no reader would make a document of."""
    try:
        name = format_of(head_of(from_bytes(data, "", "")))
    except UnreadableError:
        return None
    return SUFFIXES.get(name)


def saved_urls(folder: Path) -> set[str]:
    """The addresses that the sidecars below a folder were saved from."""
    found: set[str] = set()
    for path in folder.rglob("*.json"):
        if not is_sidecar(path):
            continue
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            continue
        if isinstance(fields, dict):
            found.update(url for name in ("url", "requested_url") if isinstance(url := fields.get(name), str))
    return found


def normal_url(url: str) -> str | None:
    """The address without its fragment, host in lower case; None for what is not http or https."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    netloc = f"[{host}]" if ":" in host else host
    return urlunsplit(
        (parts.scheme.lower(), netloc + (f":{port}" if port else ""), parts.path or "/", parts.query, "")
    )


def _settings(max_page_bytes: int, allow_private: bool) -> ConfigParser:
    from trafilatura.settings import use_config

    config = use_config()
    config["DEFAULT"].update(
        {
            "USER_AGENTS": f"{AGENT} (polite collector of pages for text analysis)",
            "MAX_FILE_SIZE": str(max_page_bytes),
            "DOWNLOAD_TIMEOUT": str(TIMEOUT_SECONDS),
            "SSRF_PROTECTION": "off" if allow_private else "on",
            "INSECURE_SSL_FALLBACK": "off",
        }
    )
    return config


def _write(path: Path, data: bytes) -> None:
    partial = path.with_name(f".{path.name}.part")
    partial.write_bytes(data)
    os.replace(partial, path)
