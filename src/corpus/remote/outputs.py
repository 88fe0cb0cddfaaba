"""The output of a run that lies elsewhere: brought here before a run continues it or somebody opens it, sent there after a run.

`run.json` goes first, saying that the tables are being copied, and last, saying that they are all there with their checksums. So
a copy that was cut off is told from a whole one, by whoever opens it and by the next run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.errors import OutputError, TableError
from corpus.identity import file_digest
from corpus.places import shown
from corpus.readers import PROJECT, RUN_FILE
from corpus.remote.failures import FarError, told
from corpus.remote.folder import FarFolder, doing_all
from corpus.run.workspace import MODELS_FOLDER, PACKAGE_FILE, record_of, write_run_record
from corpus.schemas import TABLES
from corpus.store import replacing

FINISHED = "finished"
COPYING = "copying"
_OURS = re.compile(
    rf"({'|'.join(TABLES)})(\.parquet|/part-[0-9a-f]\.parquet)|{MODELS_FOLDER}/(?!\.)[\w.-]+(/(?!\.)[\w.-]+)?|{re.escape(PACKAGE_FILE)}"
)
"""Names of what a run leaves: no others are fetched, sent or removed, whatever a record elsewhere says."""
Record = dict[str, Any]


class FarOutput:
    """The output folder at a URL."""

    def __init__(self, url: str, cache: Path | None = None) -> None:
        self._url = url
        self._folder = FarFolder(url, cache)
        self._seen: Record | None = None

    def bring(self, here: Path) -> None:
        """Make `here` what lies there where that is newer: the work of the last run from this machine goes on where it is not.

        Raises OutputError where something lies there that no run wrote.
        """
        try:
            self._seen = self._record()
            if self._seen is None:
                self._refuse_strangers()
            elif self._seen.get("status") == FINISHED and _is_newer(self._seen, record_of(here)):
                self._fetch(self._seen, here)
        except FarError as error:
            raise told(error, self._url, "read") from None

    def look(self) -> None:
        """Remember what lies there, to be replaced."""
        try:
            self._seen = self._record()
            if self._seen is None:
                self._refuse_strangers()
        except FarError as error:
            raise told(error, self._url, "read") from None

    def open_copy(self, here: Path) -> None:
        """Make `here` what lies there. Raises TableError where that is no whole output."""
        try:
            record = self._record()
            if record is None:
                raise TableError(
                    f"{shown(self._url)} holds no table. Run `corpus run RAW {shown(self._url)}` first."
                )
            if record.get("status") != FINISHED:
                raise TableError(
                    f"The tables in {shown(self._url)} are being written, or copying them was cut off. Wait for that run, or "
                    "give its command again: it continues where it stood."
                )
            self._fetch(record, here)
        except FarError as error:
            raise told(error, self._url, "read") from None

    def send(self, here: Path) -> None:
        """Make what lies there what is `here`. Raises OutputError where another run wrote there meanwhile."""
        record = record_of(here) or {}
        if record == self._seen:
            return
        try:
            if self._record() != self._seen:
                raise OutputError(
                    f"Another run wrote to {shown(self._url)} meanwhile, and its tables stay there. Those of this run are in "
                    f"{here}; give the same command again to continue from what lies there."
                )
            self._replace(here, record)
        except FarError as error:
            raise told(error, self._url, "write") from None

    def _replace(self, here: Path, record: Record) -> None:
        seen = self._seen or {}
        there = _outputs(seen)
        now = _outputs(record)
        whole = seen.get("status") == FINISHED
        changed = [name for name, checksum in now.items() if not (whole and there.get(name) == checksum)]
        mark = {"project": PROJECT, "version": record["version"], "status": COPYING, "outputs": there | now}
        self._folder.write_json(RUN_FILE, mark)
        doing_all(self._folder, lambda name: self._folder.send(here / name, name), changed)
        doing_all(self._folder, self._folder.remove, sorted(there.keys() - now.keys()))
        self._folder.write_json(RUN_FILE, {"project": PROJECT} | record)
        self._seen = record

    def _fetch(self, record: Record, here: Path) -> None:
        """Copy what differs, and the record last. Raises TableError for a file that is not what the record says."""
        wanted = _outputs(record)
        for name in _outputs(record_of(here) or {}).keys() - wanted.keys():
            (here / name).unlink(missing_ok=True)
        new = [name for name, checksum in wanted.items() if not _is(here / name, checksum)]
        doing_all(self._folder, lambda name: self._fetch_one(name, wanted[name], here / name), new)
        write_run_record(here, record)

    def _fetch_one(self, name: str, checksum: str, target: Path) -> None:
        with replacing(target) as temporary:
            self._folder.fetch(self._folder.at(name), temporary)
            if file_digest(temporary) != checksum:
                raise TableError(
                    f"{name} in {shown(self._url)} is not what the run there wrote: it was changed, or is being replaced. Try "
                    "again, or run `corpus run` anew."
                )

    def _record(self) -> Record | None:
        record = self._folder.read_json(RUN_FILE)
        if not isinstance(record, dict) or record.pop("project", None) != PROJECT:
            return None
        return record

    def _refuse_strangers(self) -> None:
        ours = {RUN_FILE, PACKAGE_FILE, MODELS_FOLDER, *TABLES, *(f"{name}.parquet" for name in TABLES)}
        if theirs := sorted(self._folder.names() & ours):
            raise OutputError(
                f"{shown(self._url)} already holds {', '.join(theirs)}, which no run of this program wrote (there is no "
                f"{RUN_FILE} of ours). Choose another folder, or move them away."
            )


def _outputs(record: Mapping[str, Any]) -> dict[str, str]:
    """The files of an output with their checksums, as its record names them; nothing that a run would not name so."""
    outputs = record.get("outputs")
    if not isinstance(outputs, dict):
        return {}
    return {name: str(checksum) for name, checksum in outputs.items() if _OURS.fullmatch(name)}


def _is_newer(there: Record, here: Record | None) -> bool:
    """Whether what lies there is to be taken up in place of what is here."""
    if here is None or here.get("status") != FINISHED:
        return True
    return here != there and str(there.get("finished")) > str(here.get("finished"))


def _is(path: Path, checksum: str) -> bool:
    try:
        return file_digest(path) == checksum
    except OSError:
        return False
