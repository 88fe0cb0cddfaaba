"""Hosts: what their robots.txt allows, and when they may be asked again."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections import deque
from configparser import ConfigParser
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from corpus.collect.link_lists import Target

AGENT = "news-corpus"
# A site may ask for more than this between two requests; it is then asked this seldom, since a collection must end.
MAX_PAUSE = 60.0
TIMEOUT_SECONDS = 30


class Host:
    """One host: its queue of addresses, its robots.txt once read, and its pause."""

    def __init__(self, pause: float, config: ConfigParser) -> None:
        self.queue: deque[tuple[Target, int]] = deque()
        self.ready = 0.0
        self._pause = pause
        self._config = config
        self._robots: RobotFileParser | None = None
        self._refusal: str | None = None

    def refusal(self, url: str) -> str | None:
        """Why an address may not be fetched, by the host's robots.txt (read once, RFC 9309); None if it may."""
        if self._robots is None and self._refusal is None:
            self._read_robots(url)
        if self._refusal:
            return self._refusal
        if self._robots is not None and not self._robots.can_fetch(AGENT, url):
            return "The site's robots.txt asks not to fetch it."
        return None

    def fetch(self, url: str) -> Any:
        """The response for an address once the pause is over; None without one (no answer, too large, a private network)."""
        from trafilatura.downloads import fetch_response

        time.sleep(max(0.0, self.ready - time.monotonic()))
        try:
            return fetch_response(url, config=self._config)
        finally:
            self.ready = time.monotonic() + self._pause

    def _read_robots(self, url: str) -> None:
        parts = urlsplit(url)
        response = self.fetch(urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", "")))
        if response is None or response.status >= 500:
            # RFC 9309: a robots.txt that cannot be had because of the server stands for "nothing is allowed".
            self._refusal = (
                _why_no_answer(parts.hostname or "", self._config) if response is None else None
            ) or "The site's robots.txt could not be read, so nothing was fetched; try again later."
            return
        if response.status in (401, 403):
            self._refusal = "The site does not show its robots.txt, which stands for: do not fetch."
            return
        self._robots = RobotFileParser()
        self._robots.parse(
            response.data.decode("utf-8", "replace").splitlines() if response.status == 200 else []
        )
        delay = self._robots.crawl_delay(AGENT)
        if delay is not None:
            self._pause = min(MAX_PAUSE, max(self._pause, float(delay)))
            self.ready = time.monotonic() + self._pause


def _why_no_answer(host: str, config: ConfigParser) -> str | None:
    """What is wrong with a host that gave no answer, where its name alone tells."""
    try:
        addresses = {str(found[4][0]).partition("%")[0] for found in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return f"There is no host named {host}; check the address and the connection."
    private = any(not ipaddress.ip_address(address).is_global for address in addresses)
    if private and config.getboolean("DEFAULT", "SSRF_PROTECTION"):
        return "It is on this machine or a private network, which is refused; allow it with --allow-private."
    return None


def download_settings(max_page_bytes: int, allow_private: bool) -> ConfigParser:
    """trafilatura's settings for its downloader: our name, a bound, no unverified certificates, no private networks."""
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
