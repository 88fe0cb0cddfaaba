"""The output of a run, copied to a store: `run.json` says first that tables are on their way, and last what they are.

A store has no locks and no renaming. Who reads `run.json` before the tables knows whether they are those of one run.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.errors import OutputError, RemoteError
from corpus.identity import file_digest
from corpus.readers import PROJECT, RUN_FILE, UnreadableError
from corpus.remote.objects import Listed, Store
from corpus.remote.shelf import Shelf, telling_disk
from corpus.run.workspace import MODELS_FOLDER, PACKAGE_FILE, output_checksums
from corpus.schemas import TABLES, tables_until
from corpus.store import read_json, replacing, write_json
from corpus.version import __version__

PUBLISHING = "publishing"
"""The `status` in `run.json` while tables are on their way."""
PROBE = ".news-corpus-may-write"
LARGEST_RECORD = 1 << 28
_TABLE = re.compile(rf"({'|'.join(TABLES)})(\.parquet|/part-[0-9a-f]\.parquet)")
_OURS = re.compile(rf"{_TABLE.pattern}|{MODELS_FOLDER}/.+\.(json|npy)|{re.escape(PACKAGE_FILE)}|{RUN_FILE}")


def require_place(store: Store, until: str, fresh: bool) -> None:
    """Raise OutputError, before any work, where publishing would fail or take away what is not to be made again.

    That is a place that may not be written, somebody else's files under our names, tables of another version or of more stages.
    """
    there = {one.key: one for one in store.listing() if _OURS.fullmatch(one.key)}
    record = _record_at(store, there.get(RUN_FILE))
    if there and record is None:
        raise OutputError(
            f"{store.place} already holds {', '.join(sorted(there))}, which no run of this program wrote (there is no {RUN_FILE} "
            "of ours). Choose another place, or move them away."
        )
    if not fresh:
        _refuse_losses(store, record or {}, list(there), until)
    store.try_writing(PROBE)


def _refuse_losses(store: Store, record: Mapping[str, Any], there: list[str], until: str) -> None:
    version = record.get("version", __version__)
    if version != __version__:
        raise OutputError(
            f"{store.place} was written by another version of this program than {__version__}. Add --fresh to have everything in "
            "it made anew, or choose another place."
        )
    kept = tables_until(until)
    lost = sorted({found[1] for key in there if (found := _TABLE.fullmatch(key)) and found[1] not in kept})
    if lost:
        raise OutputError(
            f"{store.place} holds {', '.join(lost)}, which a run until {until} does not make. Leave out --until, choose another "
            "place, or add --fresh to have them removed."
        )


def _record_at(store: Store, one: Listed | None) -> dict[str, Any] | None:
    """What a `run.json` in a store says; None where it is not there, or none of ours."""
    if one is None or one.size > LARGEST_RECORD:
        return None
    try:
        record = json.loads(b"".join(store.read(one)))
    except (ValueError, RecursionError, UnreadableError):
        return None
    return record if isinstance(record, dict) and record.get("project") == PROJECT else None


def publish(store: Store, shelf: Shelf, words: Mapping[str, str]) -> bool:
    """Make the place hold the output of the shelf; whether anything had to be sent.

    What lies there as it was sent stays. `words` are replaced in `run.json`: paths of the shelf, which mean nothing elsewhere.
    Raises RemoteError where another run published there meanwhile; `run.json` then says that tables are on their way.
    """
    with telling_disk():
        record = _record_to_send(shelf, words)
        digests = output_checksums(shelf.output) | {RUN_FILE: file_digest(record)}
    there = {one.key: one for one in store.listing()}
    sent = {
        name: told for name, told in _sent(shelf).items() if name in there and told[1:] == _told(there[name])
    }
    changed = [name for name, digest in digests.items() if sent.get(name, [""])[0] != digest]
    stale = [key for key in there if _OURS.fullmatch(key) and key not in digests]
    if not changed and not stale:
        return False
    store.send(_note(shelf), RUN_FILE)
    for name in changed:
        if name != RUN_FILE:
            sent[name] = [digests[name], *_told(store.send(shelf.output / name, name))]
    for key in stale:
        store.remove(key)
    _require_alone(store, {name: told for name, told in sent.items() if name in digests and name != RUN_FILE})
    sent[RUN_FILE] = [digests[RUN_FILE], *_told(store.send(record, RUN_FILE))]
    with telling_disk():
        write_json(shelf.published, {name: told for name, told in sent.items() if name in digests})
    return True


def _told(one: Listed) -> list[Any]:
    return [one.size, one.mark]


def _record_to_send(shelf: Shelf, words: Mapping[str, str]) -> Path:
    text = (shelf.output / RUN_FILE).read_text(encoding="utf-8")
    for path, url in words.items():
        text = text.replace(_in_json(path), _in_json(url))
    target = shelf.folder / RUN_FILE
    with replacing(target) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
    return target


def _in_json(text: str) -> str:
    """How `run.json` writes a text within others: a path of Windows with its `\\` twice."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _note(shelf: Shelf) -> Path:
    """A file that says that tables are on their way."""
    path = shelf.folder / f"{PUBLISHING}.json"
    with telling_disk():
        write_json(
            path, {"project": PROJECT, "version": __version__, "status": PUBLISHING, "by": os.getpid()}
        )
    return path


def _sent(shelf: Shelf) -> dict[str, list[Any]]:
    """What the last run published from this shelf: hash, size and mark of each file."""
    try:
        found = read_json(shelf.published)
    except (OSError, ValueError):
        return {}
    whole = isinstance(found, dict) and all(
        isinstance(told, list) and len(told) == 3 for told in found.values()
    )
    return found if whole else {}


def _require_alone(store: Store, sent: Mapping[str, list[Any]]) -> None:
    """Raise RemoteError where what lies in the place is not what was just sent."""
    there = {one.key: _told(one) for one in store.listing()}
    if any(there.get(name) != told[1:] for name, told in sent.items()):
        raise RemoteError(
            f"Another run published to {store.place} meanwhile, and the tables are mixed. Run again when no other does."
        )
