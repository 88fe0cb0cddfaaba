"""Where collected pages lie, what stands in their sidecars, and which addresses are there already."""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from corpus.readers import UnreadableError, format_of, from_bytes, head_of, is_sidecar

SLUG_LENGTH = 60


def save_page(folder: Path, url: str, suffix: str, data: bytes, fields: Mapping[str, object]) -> Path:
    """Write a page and its sidecar below `folder`, each atomically; gives the page's path. Fields that are None are left out."""
    path = folder / page_path(url, suffix)
    path.parent.mkdir(parents=True, exist_ok=True)
    stated = {name: value for name, value in fields.items() if value is not None}
    # The page before its sidecar: what has a sidecar counts as saved.
    _write(path, data)
    _write(
        path.with_name(path.name + ".json"),
        (json.dumps(stated, ensure_ascii=False, indent=1) + "\n").encode("utf-8"),
    )
    return path


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
        return format_of(head_of(from_bytes(data, "", ""))).saved_as
    except UnreadableError:
        return None


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


def _write(path: Path, data: bytes) -> None:
    partial = path.with_name(f".{path.name}.part")
    partial.write_bytes(data)
    os.replace(partial, path)
