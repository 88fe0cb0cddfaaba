"""Hosts: what their robots.txt allows, when they may be asked again, and when they are given up."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections import deque
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from corpus.collect.fetching import AGENT, Fetcher, Response
from corpus.collect.link_lists import Target

if TYPE_CHECKING:
    from protego import Protego

# A site may ask for more than this between two requests; it is then asked this seldom, since a collection must end.
MAX_PAUSE = 60.0
# RFC 9309: at least this much of a robots.txt is read, and at least so many redirects to it are followed.
MAX_ROBOTS_BYTES = 512_000
MAX_ROBOTS_REDIRECTS = 5
# So many requests in a row without an answer, half a minute each, and the host is asked no more.
MAX_SILENCES = 3


class Host:
    """One host: its queue of addresses, its robots.txt once read, and its pause."""

    def __init__(self, pause: float, fetcher: Fetcher) -> None:
        self.queue: deque[tuple[Target, int]] = deque()
        self.ready = 0.0
        self._pause = pause
        self._fetcher = fetcher
        self._robots: Protego | None = None
        self._refusal: str | None = None
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
        """Why an address may not be fetched, by the host's robots.txt (read once, RFC 9309); None if it may."""
        if self._robots is None and self._refusal is None:
            self._read_robots(url)
        if self._refusal:
            return self._refusal
        if self._robots is not None and not self._robots.can_fetch(url, AGENT):
            return "The site's robots.txt asks not to fetch it."
        return None

    def fetch(self, url: str, limit: int) -> Response | None:
        """The answer of one request once the pause is over; None without one."""
        time.sleep(max(0.0, self.ready - time.monotonic()))
        try:
            response = self._fetcher.fetch(url, limit)
        finally:
            self.ready = time.monotonic() + self._pause
        self._silences = self._silences + 1 if response is None else 0
        return response

    def _read_robots(self, url: str) -> None:
        parts = urlsplit(url)
        address = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        response = self.fetch(address, MAX_ROBOTS_BYTES)
        for _ in range(MAX_ROBOTS_REDIRECTS):
            if response is None or response.location is None:
                break
            response = self.fetch(response.location, MAX_ROBOTS_BYTES)
        if response is None or response.status >= 500:
            # RFC 9309: a robots.txt that cannot be had because of the server stands for "nothing is allowed".
            self._refusal = (
                _why_no_answer(parts.hostname or "", self._fetcher.allow_private)
                if response is None
                else None
            ) or "The site's robots.txt could not be read, so nothing was fetched; try again later."
            return
        if response.status in (401, 403):
            self._refusal = "The site does not show its robots.txt, which stands for: do not fetch."
            return
        self._robots = rules_of(response.data if response.status == 200 else b"")
        delay = self._robots.crawl_delay(AGENT)
        if delay is not None:
            self._pause = min(MAX_PAUSE, max(self._pause, float(delay)))
            self.ready = time.monotonic() + self._pause


def rules_of(data: bytes) -> Protego:
    """The rules of a robots.txt; wildcards and the longest match as RFC 9309 has them."""
    from protego import Protego

    return Protego.parse(data.decode("utf-8-sig", "replace"))


def _why_no_answer(host: str, allow_private: bool) -> str | None:
    """What is wrong with a host that gave no answer, where its name alone tells."""
    try:
        addresses = {str(found[4][0]).partition("%")[0] for found in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return f"There is no host named {host}; check the address and the connection."
    if not allow_private and any(not ipaddress.ip_address(address).is_global for address in addresses):
        return "It is on this machine or a private network, which is refused; allow it with --allow-private."
    return None
