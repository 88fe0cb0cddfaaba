"""What services answer when they do not do what they are asked, in few words and then in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from corpus.errors import CorpusError, DiskFullError, RemoteError, SetupError, UsageError, is_full
from corpus.places import shown

Reason = Literal["missing", "refused", "no_key", "no_name", "lost"]
_SAID: dict[Reason, tuple[str, ...]] = {
    "missing": ("NoSuchBucket", "NoSuchKey", "NotFoundError", "FileNotFoundError"),
    "no_key": (
        "MissingAccessKeyId",
        "NoCredentials",
        "InvalidAccessKeyId",
        "SignatureDoesNotMatch",
        "UnauthenticatedError",
    ),
    "refused": ("PermissionDenied", "PermissionError", "AccessDenied", "403 Forbidden"),
    "no_name": ("InvalidPath", "Could not parse path", "empty path segment"),
}
"""Words by which each reason is known in what the clients of the services raise: they share no classes of errors."""


class FarError(Exception):
    """Why a service did not do what it was asked.

    What the client said is left out: it may hold a key.
    """

    def __init__(self, reason: Reason, kind: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = kind


@contextmanager
def asking(cache: Path | None = None) -> Iterator[None]:
    """Raise FarError for whatever a client raises; DiskFullError where it is this machine that has no room, in `cache`."""
    try:
        yield
    except (FarError, CorpusError):
        raise
    except Exception as error:  # noqa: BLE001 - the clients of the services share no classes of errors
        if is_full(error):
            raise DiskFullError(
                f"There is no room left for copies in {cache}. Free some, or name a folder on another disk with --cache; the "
                "same command continues where it stood."
            ) from None
        raise FarError(_reason(error), type(error).__name__) from None


def _reason(error: Exception) -> Reason:
    words = f"{type(error).__name__} {error}"
    return next((reason for reason, said in _SAID.items() if any(word in words for word in said)), "lost")


def told(error: FarError, url: str, doing: Literal["read", "write"]) -> CorpusError:
    """A failure of a whole place as the sentence that says what to do."""
    place = shown(url)
    if error.reason == "missing":
        return UsageError(
            f"{place} does not exist. See that the bucket or folder is there and the name is right."
        )
    if error.reason == "no_key":
        return SetupError(
            f"{place} asks for credentials, and those at hand are missing or wrong. Set them in the environment, such as "
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (docs/remote.md)."
        )
    if error.reason == "refused":
        verb = "listed and read" if doing == "read" else "written"
        return UsageError(
            f"{place} may not be {verb} with the credentials at hand. Ask for the right to, or use others."
        )
    if error.reason == "no_name":
        return UsageError(
            f"{place} is no name that the service understands. Write it without empty parts, . and .. in it."
        )
    return RemoteError(
        f"{place} does not answer, or the connection was lost ({error.kind}). See that the network and the address of the "
        "service are right; the same command continues where it stood."
    )


def without_extra(url: str) -> SetupError:
    """The error where the packages are missing that URLs need."""
    return SetupError(
        f"{shown(url)} is a URL, and those need an extra. Install it with: pip install 'news-corpus[remote]'."
    )
