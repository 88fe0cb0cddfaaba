"""URLs as they are written and as they are shown: nothing here opens one."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from corpus.errors import UsageError

_URL = re.compile(r"[a-z][a-z0-9+.-]+:(//|:)", re.IGNORECASE)
"""A scheme of two letters or more: `C:` is a drive. `zip::s3://…` is an archive inside."""
PAGES = ("http", "https")
CHAIN = "::"


def is_url(written: object) -> bool:
    """Whether an argument is a URL and no path.

    >>> is_url("s3://bucket/press"), is_url("data/raw"), is_url("C:\\\\press")
    (True, False, False)
    """
    return isinstance(written, str) and _URL.match(written) is not None


def local_place(written: str | Path) -> str | Path:
    """An argument as a path of this machine, or as the URL of another place. Raises UsageError for a URL that is not taken.

    >>> local_place("file:///srv/press").as_posix(), local_place("s3://bucket/press/")
    ('/srv/press', 's3://bucket/press')
    """
    if not isinstance(written, str) or not is_url(written):
        return Path(written)
    for link in written.split(CHAIN):
        _refuse(link, written)
    if written.lower().startswith("file:"):
        return Path(unquote(urlsplit(written).path))
    return written.rstrip("/") if not written.endswith("://") else written


def _refuse(link: str, written: str) -> None:
    """Raise UsageError for a URL of pages, and for one that carries what must stay secret."""
    parts = urlsplit(link)
    if parts.scheme.lower() in PAGES:
        raise UsageError(
            f"{shown(written)} is the address of a page. Save pages with `corpus collect` first, and run the folder."
        )
    if parts.password is not None or parts.query:
        raise UsageError(
            f"{shown(written)} carries a password or a token, which would stay in histories and logs. Leave it out, and give it "
            "where the service's own tools look for it: environment variables or their configuration (docs/remote.md)."
        )


def shown(url: str) -> str:
    """A URL without what may be secret in it: user, password, query.

    >>> shown("sftp://ann:secret@host/press"), shown("s3://press/in?token=abc")
    ('sftp://…@host/press', 's3://press/in?…')
    """
    hidden = re.sub(r"(://)[^/@]*@", r"\1…@", url)
    return re.sub(r"\?[^:]*", "?…", hidden)


def only_folders(command: str, *written: object) -> None:
    """Raise UsageError for a URL among the arguments of a command that takes folders alone."""
    for one in written:
        if isinstance(one, str) and is_url(one):
            raise UsageError(
                f"`corpus {command}` takes folders of this machine and no URL ({shown(one)}). Copy what lies there, or use "
                "`corpus run URL URL` without it."
            )


def lies_in(url: str, folder: str) -> str | None:
    """The path of `url` below the URL `folder`; None where it lies elsewhere."""
    inside = url.startswith(folder + "/") and CHAIN not in url
    return url[len(folder) + 1 :] if inside else None
