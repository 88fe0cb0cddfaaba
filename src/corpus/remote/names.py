"""Names that services allow and no folder can hold, and the names that stand for them here."""

from __future__ import annotations

import os
import re
from collections.abc import Collection

from corpus.identity import digest

LONGEST = 240
"""Bytes: file systems take 255, and a file that is being written bears a longer name."""
_NOWHERE = re.compile(r"[\x00/\\]")
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\x00-\x1f]|[ .]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE)
_DIGITS = 8


def local_name(name: str, taken: Collection[str] = ()) -> str:
    """The name of a file or folder here; another one for a name that cannot be, or that a folder beside it has `taken`.

    >>> local_name("pont.html")
    'pont.html'
    >>> local_name("..") == "..", local_name("pont", taken={"pont"}).startswith("pont~")
    (False, True)
    """
    strange = bool(name in ("", ".", "..") or _NOWHERE.search(name) or len(name.encode()) > LONGEST)
    if os.name == "nt":
        strange = strange or _NOT_ON_WINDOWS.search(name) is not None
    if not strange and name not in taken:
        return name
    plain = re.sub(r"\W", "_", name)[: LONGEST // 8]
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem or suffix}~{digest(name)[:_DIGITS]}{dot and dot + suffix}"
