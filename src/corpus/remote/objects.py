"""A place in a store, reached by fsspec: the one module that asks a store, and the one guard for all that it may answer."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError, RemoteError, SetupError
from corpus.readers import UnreadableError
from corpus.remote.keys import source_of
from corpus.remote.urls import PROTOCOL, Place

MOST_OBJECTS = 500_000
"""So many are listed at most: half a gigabyte of names."""
PIECE_BYTES = 8 << 20
MOST_PIECES = 9_000
"""A store takes an object in 10,000 at most."""
CHANGING = "changing"
"""The kind of problem of an object that is another one than when it was listed."""
_AGAIN = "The same command continues where it stood."
_EXPIRED = "FileExpired"
"""What s3fs raises for an object that changed; its number is that of a service that is too busy."""
_NO_CREDENTIALS = (
    "NoCredentialsError",
    "PartialCredentialsError",
    "CredentialRetrievalError",
    "ProfileNotFound",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """An object as the store tells of it: its key from the place on, its size in bytes, and a mark that changes with it."""

    key: str
    size: int
    mark: str


class Store:
    """The objects of a place. Every method raises RemoteError, a sentence without secrets, where it does not serve."""

    def __init__(self, place: Place) -> None:
        self.place = place
        with _asking(place):
            self._files = _connect()

    def listing(self) -> list[Listed]:
        """Every object below the place, placeholders of folders left out; the object itself, under an empty key, if it is one."""
        with _asking(self.place):
            found = self._files.find(self.place.path, detail=True, max_items=MOST_OBJECTS + 1)
        if len(found) > MOST_OBJECTS:
            raise RemoteError(
                f"{self.place} holds more than {MOST_OBJECTS:,} objects. Give a folder further down, and run once for each."
            )
        listed = [self._listed(name, told) for name, told in found.items()]
        return [one for one in listed if one.size or not (one.key.endswith("/") or one.key == "")]

    def look(self, key: str) -> Listed | None:
        """What the store tells of one object now, without a mark where it refuses to; None where it has none."""
        try:
            with self._asking_for(key):
                told = self._files.info(self._name(key), refresh=True)
            return self._listed(self._name(key), told) if told["type"] == "file" else None
        except _GoneError:
            self.require()
            return None
        except _RefusedError:
            self.require()
            return Listed(key, 0, "")

    def try_writing(self, key: str) -> None:
        """Write an empty object and remove it."""
        with _asking(self.place):
            self._files.pipe_file(self._name(key), b"")
        self.remove(key)

    def require(self) -> None:
        """Raise RemoteError where the store does not even list: it is not one object that it refuses."""
        with _asking(self.place):
            self._files.find(self.place.path, max_items=1)

    def read(self, one: Listed) -> Iterator[bytes]:
        """The bytes of an object, in pieces. Raises UnreadableError where it is gone, refused, or not what was listed."""
        try:
            with (
                self._asking_for(one.key),
                self._files.open(self._name(one.key), "rb", cache_type="none") as stream,
            ):
                if _mark(stream.details) != one.mark:
                    raise _changed()
                left = one.size
                while left:
                    piece = bytes(stream.read(min(PIECE_BYTES, left)))
                    if not piece:
                        raise _changed()
                    left -= len(piece)
                    yield piece
        except RemoteError as error:
            raise self._of_one(error) from None

    def _of_one(self, error: RemoteError) -> Exception:
        """What an error means that came while one object was read: that it cannot be had, or that nothing can."""
        if isinstance(error, _GoneError):
            self.require()
            return UnreadableError("missing", "It was removed from the store before it could be copied.")
        if isinstance(error, _RefusedError):
            self.require()
            return UnreadableError("permission", "The store does not give it; see that you may read it.")
        return _changed() if isinstance(error, _ExpiredError) else error

    def send(self, path: Path, key: str) -> Listed:
        """Copy a file to the store; what the store then tells of it."""
        with _asking(self.place):
            piece = max(PIECE_BYTES, path.stat().st_size // MOST_PIECES)
            self._files.put_file(str(path), self._name(key), chunksize=piece, max_concurrency=2)
            return self._listed(self._name(key), self._files.info(self._name(key), refresh=True))

    def remove(self, key: str) -> None:
        """Remove an object."""
        with _asking(self.place):
            self._files.rm_file(self._name(key))

    def _asking_for(self, key: str) -> AbstractContextManager[None]:
        """As `_asking`, with the object in the sentence: it may be the only one that is not given."""
        return _asking(f"{self.place}/{source_of(key)}" if key else self.place)

    def _name(self, key: str) -> str:
        return f"{self.place.path}/{key}" if key else self.place.path

    def _listed(self, name: str, told: Mapping[str, Any]) -> Listed:
        key = name.removeprefix(self.place.path).removeprefix("/")
        return Listed(key, int(told.get("size") or 0), _mark(told))


class _GoneError(RemoteError):
    """What was asked for is not there."""


class _RefusedError(RemoteError):
    """The store refuses."""


class _ExpiredError(RemoteError):
    """An object is another one than when it was opened."""


def _changed() -> UnreadableError:
    return UnreadableError(
        CHANGING, "It changed each time it was copied. Run again when nobody writes to it."
    )


def _mark(told: Mapping[str, Any]) -> str:
    return str(told.get("ETag") or told.get("LastModified") or "")


def _connect() -> Any:
    """The file system of the store; credentials, region and endpoint are its own business, and come from the environment."""
    import fsspec

    return fsspec.filesystem(PROTOCOL, skip_instance_cache=True, use_listings_cache=False)


@contextmanager
def _asking(place: Place | str) -> Iterator[None]:
    """Turn whatever a store, or the packages between, answer into one sentence: by the kind of error, never by its words."""
    try:
        yield
    except (CorpusError, UnreadableError):
        raise
    except ImportError:
        raise SetupError(f"{place} needs packages that are not installed: pip install '.[remote]'.") from None
    except PermissionError:
        raise _RefusedError(
            f"{place} refuses what is asked of it. See that the credentials in the environment are those, and that they may list "
            f"and read there, and write and remove where tables go. {_AGAIN}"
        ) from None
    except FileNotFoundError:
        raise _GoneError(f"{place} is not there. See that its bucket exists and is spelled so.") from None
    except Exception as error:  # noqa: BLE001 - the one guard for stores: each package between has a tree of errors of its own
        raise _sentence(place, error) from None


def _sentence(place: Place | str, error: Exception) -> RemoteError:
    if type(error).__name__ == _EXPIRED:
        return _ExpiredError(f"{place} was written to meanwhile. {_AGAIN}")
    if isinstance(error, OSError) and error.errno == errno.EBUSY:
        return RemoteError(f"The service of {place} is too busy to answer. Wait a while. {_AGAIN}")
    if type(error).__name__ in _NO_CREDENTIALS:
        return RemoteError(
            f"{place} is not given without credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE."
        )
    return RemoteError(
        f"{place} does not answer as it should ({type(error).__name__}). See that the network is there and that "
        f"AWS_ENDPOINT_URL, where it is set, names the service. {_AGAIN}"
    )
