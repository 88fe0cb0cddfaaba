"""URLs of places in a store: which are taken, and what is said of those that are not. No refusal shows a part of the URL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UsageError
from corpus.remote.keys import refusal

PROTOCOL = "s3"
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.:-]*)://(.*)", re.DOTALL)
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,62}")
_SECRET = (
    "A URL with a user, a password, a token, or anything after `?` or `#` is not taken: it would stand in logs. "
    "Set the credentials in the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), and give s3://bucket/folder alone."
)
_PAGES = "Pages are saved by `corpus collect`; a run reads folders, and s3://bucket/folder."
_PATHS = "A folder of this machine is given by its path, without `file://` or another word before it."
_OTHERS = {"http": _PAGES, "https": _PAGES, "file": _PATHS, "local": _PATHS}


@dataclass(frozen=True, slots=True)
class Place:
    """A bucket and what stands before the keys of a place in it, as parts; printed as the URL of the place."""

    bucket: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{PROTOCOL}://{self.path}"

    @property
    def path(self) -> str:
        """Bucket and parts with `/` between them, as fsspec names a place."""
        return "/".join((self.bucket, *self.parts))

    def below(self, other: Place) -> str | None:
        """The key of this place from `other`, of which it is a part; empty where both are one, None where it lies elsewhere."""
        if self.bucket != other.bucket or self.parts[: len(other.parts)] != other.parts:
            return None
        return "/".join(self.parts[len(other.parts) :])


def is_url(place: str | Path) -> bool:
    """Whether what the user gave is a URL; a path that looks like one is written with `./` before it.

    >>> is_url("s3://press/articles"), is_url("zip::s3://press/a.zip"), is_url("data/raw"), is_url("C:\\\\press")
    (True, True, False, False)
    """
    return isinstance(place, str) and _URL.match(place) is not None


def place_of(url: str) -> Place:
    """The place that a URL names. Raises UsageError for any that is not `s3://bucket/…` and nothing more.

    >>> str(place_of("s3://press/articles/"))
    's3://press/articles'
    """
    found = _URL.fullmatch(url)
    protocol, rest = (found[1].lower(), found[2]) if found else ("", "")
    if protocol != PROTOCOL:
        raise UsageError(
            _OTHERS.get(protocol)
            or "Of URLs only s3://bucket/folder is taken, and none that leads through another (`::`). Other services that speak "
            "S3 are reached by it when AWS_ENDPOINT_URL names them."
        )
    bucket, _, path = rest.partition("/")
    if "@" in bucket or ":" in bucket or "?" in url or "#" in url:
        raise UsageError(_SECRET)
    path = path.removesuffix("/")
    why = refusal(path) if path else None
    if not _BUCKET.fullmatch(bucket) or why:
        raise UsageError(f"The URL names no place. {why or 'It begins with s3:// and the name of a bucket.'}")
    return Place(bucket, tuple(path.split("/")) if path else ())
