"""Finished work: a folder that appears whole or not at all, with a manifest of what is in it.

The manifest names the work (which holds the hash of its key) and the checksum of every file. What does not match it was
truncated, planted or left by something else: it is not taken up but made again.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.identity import file_digest
from corpus.store import read_json, remove_ours, write_json

MANIFEST = "manifest.json"


@contextmanager
def finishing(folder: Path) -> Iterator[Path]:
    """A temporary folder that becomes the finished work `folder`, manifest and all, when the block ends well."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".tmp", dir=folder.parent))
    try:
        yield temporary
        files = checksums(temporary)
        write_json(temporary / MANIFEST, {"work": folder.name, "files": files})
        temporary.chmod(0o755)
        if is_finished(
            folder
        ):  # another worker, that a cluster gave the same task, was quicker: it may be read already
            return
        remove_ours(folder)
        try:
            os.replace(temporary, folder)
        except OSError:
            if not is_finished(folder):
                raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def is_finished(folder: Path) -> bool:
    """Whether `folder` holds the work it is named for, whole and unchanged."""
    try:
        manifest = read_json(folder / MANIFEST)
        if not stat.S_ISDIR(folder.lstat().st_mode) or manifest["work"] != folder.name:
            return False
        files = checksums(folder)
        del files[MANIFEST]
        return bool(manifest["files"] == files)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def checksums(folder: Path) -> dict[str, str]:
    """The checksum of every file below `folder`; a link or a pipe counts as what it is and matches nothing."""
    found = {}
    for root, folders, files in os.walk(folder):
        for name in [*files, *folders]:
            path = Path(root, name)
            mode = path.lstat().st_mode
            if stat.S_ISREG(mode):
                found[path.relative_to(folder).as_posix()] = file_digest(path)
            elif not stat.S_ISDIR(mode):
                found[path.relative_to(folder).as_posix()] = "no file"
    return found
