"""Save pages for a later run: addresses, a feed or a sitemap in; a folder of pages with sidecars out.

Polite: robots.txt is obeyed (RFC 9309), a host is asked once in `pause` seconds, and a page that has a sidecar is not asked for
again, so that a stopped collection goes on where it stood.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from corpus.collect.fetching import Fetcher, Response
from corpus.collect.hosts import Host
from corpus.collect.link_lists import Target, read_targets, targets_in
from corpus.collect.pages import normal_url, save_page, saved_urls, suffix_of
from corpus.readers import problem
from corpus.records import Problem

__all__ = ["CollectResult", "collect"]

PAUSE = 2.0
MAX_PAGE_BYTES = 20_000_000
MAX_NESTED_LISTS = 2
MAX_TARGETS = 100_000
MAX_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class CollectResult:
    """What a collection did: files saved, addresses already there, and a `Problem` for each that could not be had.

    >>> from pathlib import Path
    >>> from corpus.collect import collect
    >>> result = collect(["ftp://exemple.fr/a"], Path("pages"))
    >>> len(result.saved), [problem.kind for problem in result.problems]
    (0, ['address'])
    """

    saved: tuple[Path, ...]
    skipped: tuple[str, ...]
    problems: tuple[Problem, ...]


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

    >>> from pathlib import Path
    >>> from corpus.collect import collect
    >>> collect(["http://127.0.0.1/"], Path("pages")).problems[0].message[:46]
    'It is on this machine or a private network, wh'
    """
    raw_dir.mkdir(parents=True, exist_ok=True)
    fetcher = Fetcher(allow_private=allow_private)
    work = _Collection(raw_dir, max(0.0, pause), limit, progress, fetcher, max_page_bytes)
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
        fetcher: Fetcher,
        max_page_bytes: int,
    ) -> None:
        self.folder, self.pause, self.limit, self.progress = folder, pause, limit, progress
        self.fetcher, self.max_page_bytes = fetcher, max_page_bytes
        self.hosts: dict[str, Host] = {}
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
            self._host(url).queue.append((Target(url, target.title, target.date, target.listed_in), depth))

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

    def _host(self, url: str) -> Host:
        return self.hosts.setdefault(urlsplit(url).netloc, Host(self.pause, self.fetcher))

    def _visit(self, host: Host, target: Target, depth: int) -> None:
        found = self._fetched(host, target.url)
        if isinstance(found, Problem):
            self.problems.append(found)
            return
        address, response = found
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

    def _fetched(self, host: Host, url: str) -> tuple[str, Response] | Problem:
        """The page of an address and where it was found at last; each host on the way is asked by its robots.txt first."""
        address = url
        for _ in range(MAX_REDIRECTS + 1):
            if silence := host.silence:
                return problem(url, "no_answer", silence)
            if refusal := host.refusal(address):
                led = "" if address == url else f"It leads to {address}. "
                return problem(url, "robots", f"{led}{refusal}")
            response = host.fetch(address, self.max_page_bytes)
            if response is None:
                return problem(url, "no_answer", "The server gave no answer in time; try again later.")
            if response.location is None:
                if response.cut:
                    message = f"The page is larger than {self.max_page_bytes:,} bytes; it was not saved."
                    return problem(url, "too_large", message)
                if response.status != 200 or not response.data:
                    return problem(url, "http", f"The server answered with status {response.status}.")
                return address, response
            following = normal_url(response.location)
            if following is None:
                return problem(url, "http", f"It leads to {response.location[:200]!r}, which is no address.")
            address, host = following, self._host(following)
        return problem(url, "http", f"It leads from page to page, more than {MAX_REDIRECTS} times.")

    def _save(self, target: Target, address: str, response: Response, suffix: str) -> None:
        content_type = response.headers.get("content-type", "")
        fields = {
            "url": address,
            "requested_url": target.url if target.url != address else None,
            "fetched": datetime.now(UTC).isoformat(timespec="seconds"),
            "status": response.status,
            "charset": content_type.partition("charset=")[2].split(";")[0].strip(" \"'") or None,
            "title": target.title,
            "date": target.date,
            "listed_in": target.listed_in,
        }
        self.saved.append(save_page(self.folder, target.url, suffix, response.data, fields))
        self.known.update({address, target.url})
