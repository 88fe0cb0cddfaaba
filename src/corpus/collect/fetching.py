"""One HTTP request: a bounded answer, no redirect followed, no private network unless allowed."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

AGENT = "news-corpus"
# Between two bytes, and for the whole of an answer: a server that sends a byte a second is given up.
TIMEOUT_SECONDS = 30
TOTAL_SECONDS = 120
PART_BYTES = 1 << 16
# A server that is busy is asked again this often, after the pause that it asks for but no longer than this.
RETRIES = 2
MAX_RETRY_PAUSE = 30
BUSY = frozenset({429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered to one request: `location` is where it sends on to, absolute; `cut` that more would have come."""

    status: int
    data: bytes
    headers: Mapping[str, str]
    location: str | None = None
    cut: bool = False


class Fetcher:
    """Requests under our name, over connections that are kept; certificates are checked."""

    def __init__(self, *, allow_private: bool, total_seconds: float = TOTAL_SECONDS) -> None:
        self.allow_private = allow_private
        self._total_seconds = total_seconds
        self._pool: Any = None

    def fetch(self, url: str, limit: int) -> Response | None:
        """The answer with at most `limit` bytes of its body, unpacked; None without an answer in time.

        The time counts for all of it: a name that is not found, a server that sends its headers byte by byte, a body without end.
        """
        answer: Future[Response | None] = Future()
        # What waits for a socket cannot be interrupted, only left alone: its thread ends with the connection.
        threading.Thread(target=self._answer, args=(answer, url, limit), name="fetch", daemon=True).start()
        try:
            return answer.result(self._total_seconds)
        except TimeoutError:
            return None

    def _answer(self, answer: Future[Response | None], url: str, limit: int) -> None:
        try:
            answer.set_result(self._asked(url, limit))
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is waited for
            answer.set_exception(error)

    def _asked(self, url: str, limit: int) -> Response | None:
        import urllib3

        deadline = time.monotonic() + self._total_seconds
        retries = urllib3.Retry(
            total=RETRIES,
            connect=0,
            read=0,
            redirect=False,
            status_forcelist=BUSY,
            backoff_factor=1,
            backoff_max=MAX_RETRY_PAUSE,
            retry_after_max=MAX_RETRY_PAUSE,
            raise_on_status=False,
        )
        headers = {
            "User-Agent": f"{AGENT} (polite collector of pages for text analysis)",
            "Accept-Encoding": "gzip",
        }
        try:
            response = self._connections().request(
                "GET",
                url,
                headers=headers,
                retries=retries,
                redirect=False,
                timeout=TIMEOUT_SECONDS,
                preload_content=False,
            )
            try:
                data = _body(response, limit, deadline)
            finally:
                # What was not read to its end is no connection to keep.
                response.close()
        except (urllib3.exceptions.HTTPError, OSError, ValueError):
            return None
        if data is None:
            return None
        location = response.headers.get("location") if response.status in REDIRECTS else None
        return Response(
            status=response.status,
            data=data[:limit],
            headers={name.lower(): value for name, value in response.headers.items()},
            location=urljoin(url, location) if location else None,
            cut=len(data) > limit,
        )

    def _connections(self) -> Any:
        if self._pool is None:
            import certifi
            from trafilatura.downloads import create_pool

            # Its connections look at the address they have reached: a name cannot lead into a private network.
            self._pool = create_pool(
                ssrf_protection=not self.allow_private,
                ca_certs=certifi.where(),
                cert_reqs="CERT_REQUIRED",
            )
        return self._pool


def _body(response: Any, limit: int, deadline: float) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    # `read1` gives what has come: `read` would wait for a whole part from a server that sends it byte by byte.
    while size <= limit and (part := response.read1(PART_BYTES)):
        if time.monotonic() > deadline:
            return None
        parts.append(part)
        size += len(part)
    return b"".join(parts)
