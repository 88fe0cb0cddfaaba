"""Hosts: what their robots.txt allows, when they may be asked again, and when they are given up."""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from corpus.collect.fetching import AGENT, Fetcher, Response
from corpus.collect.link_lists import Target

if TYPE_CHECKING:
    from protego import Protego

# A site may ask for more than this between two requests; it is then asked this seldom, since a collection must end.
MAX_PAUSE = 60.0
# RFC 9309: at least this much of a robots.txt is read, and at least so many redirects to it are followed.
MAX_ROBOTS_BYTES = 512_000
MAX_ROBOTS_REDIRECTS = 5
# RFC 9309: a robots.txt is read anew when it is older than a day.
MAX_ROBOTS_SECONDS = 24 * 3600.0
# A group is for us if its product token is ours, whatever follows it; of a token that ours begins with, it is not.
_GROUP = re.compile(r"(\s*user[ -]?agent\s*:\s*)(\*|[a-z_-]+|)", re.IGNORECASE)
_LINE_ENDS = re.compile("\r\n|\r|\n")
_NO_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What `str.splitlines` takes for the end of a line, and RFC 9309 does not."""
# So many requests in a row without an answer, half a minute each, and the host is asked no more.
MAX_SILENCES = 3


UNREAD = "The site's robots.txt could not be read, so nothing was fetched; try again later."


@dataclass(frozen=True, slots=True)
class _Robots:
    """A robots.txt as it was found: why nothing may be fetched, or the rules; `read` is when, on the monotonic clock."""

    refusal: str | None = None
    rules: Protego | None = None
    read: float = field(default_factory=time.monotonic)


class Host:
    """One host: its queue of addresses, its robots.txt once read, and its pause."""

    def __init__(self, pause: float, fetcher: Fetcher) -> None:
        self.queue: deque[tuple[Target, int]] = deque()
        self.ready = 0.0
        self._pause = pause
        self._fetcher = fetcher
        self._robots: dict[str, _Robots] = {}
        self._silences = 0

    @property
    def silence(self) -> str | None:
        """Why the host is asked no more, once it has given no answer several times in a row."""
        if self._silences < MAX_SILENCES:
            return None
        return (
            f"The host gave no answer {MAX_SILENCES} times in a row and was asked no more; try again later."
        )

    def refusal(self, url: str) -> str | None:
        """Why an address may not be fetched, by the robots.txt of its scheme and host (RFC 9309); None if it may."""
        scheme = urlsplit(url).scheme
        robots = self._robots.get(scheme)
        if robots is None or time.monotonic() > robots.read + MAX_ROBOTS_SECONDS:
            robots = self._robots[scheme] = self._read_robots(url)
        if robots.rules is not None and not robots.rules.can_fetch(url, AGENT):
            return "The site's robots.txt asks not to fetch it."
        return robots.refusal

    def fetch(self, url: str, limit: int) -> Response | None:
        """The answer of one request once the pause is over; None without one."""
        time.sleep(max(0.0, self.ready - time.monotonic()))
        try:
            response = self._fetcher.fetch(url, limit)
        finally:
            self.ready = time.monotonic() + self._pause
        self._silences = self._silences + 1 if response is None else 0
        return response

    def _read_robots(self, url: str) -> _Robots:
        parts = urlsplit(url)
        address = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        response = self.fetch(address, MAX_ROBOTS_BYTES)
        for _ in range(MAX_ROBOTS_REDIRECTS):
            if response is None or response.location is None:
                break
            response = self.fetch(response.location, MAX_ROBOTS_BYTES)
        if response is None:
            why = _why_no_answer(parts.hostname or "", self._fetcher.allow_private)
            return _Robots(refusal=why or UNREAD)
        if response.status >= 500 or response.status == 429:
            # RFC 9309: a robots.txt that cannot be had because of the server stands for "nothing is allowed".
            return _Robots(refusal=UNREAD)
        if response.status in (401, 403):
            return _Robots("The site does not show its robots.txt, which stands for: do not fetch.")
        rules = rules_of(response.data if response.status == 200 else b"")
        delay = rules.crawl_delay(AGENT)
        if delay is not None:
            self._pause = min(MAX_PAUSE, max(self._pause, float(delay)))
            self.ready = time.monotonic() + self._pause
        return _Robots(rules=rules)


def rules_of(data: bytes) -> Protego:
    """The rules of a robots.txt for us and for all; wildcards, escapes and the longest match as RFC 9309 has them."""
    from protego import Protego

    lines = _LINE_ENDS.split(data.decode("utf-8-sig", "replace"))
    return Protego.parse("\n".join(_GROUP.sub(_group, _NO_LINE_ENDS.sub(_escaped, line)) for line in lines))


def _group(line: re.Match[str]) -> str:
    """The first line of a group; Protego takes any beginning of our name for ours, so all others get one that it is not."""
    token = line[2].lower()
    return f"{line[1]}{token if token in (AGENT, '*') else 'another'} #"


def _escaped(found: re.Match[str]) -> str:
    return quote(found[0])


def _why_no_answer(host: str, allow_private: bool) -> str | None:
    """What is wrong with a host that gave no answer, where its name alone tells."""
    try:
        addresses = {str(found[4][0]).partition("%")[0] for found in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return f"There is no host named {host}; check the address and the connection."
    if not allow_private and any(not ipaddress.ip_address(address).is_global for address in addresses):
        return "It is on this machine or a private network, which is refused; allow it with --allow-private."
    return None
