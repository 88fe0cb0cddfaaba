"""Which objects are taken, and where they come to lie: a key that is the path of a file is that path, below the folder of copies.

So names are unique, keep their suffixes, folders and sidecars, and the `source` of a document is its key. A key that can be the
path of no file, or leads out of the folder, is a row in `problems`; no object is given another name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from corpus.readers import LITTER, MAX_DEPTH, problem, source_name
from corpus.records import Problem

LONGEST_PART = 255
"""Bytes: what file systems take as the name of a file."""
_WINDOWS = re.compile(
    r'[<>:"|?*\\\x00-\x1f]|[. ](/|$)|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)', re.IGNORECASE
)


def refusal(key: str) -> str | None:
    """Why a key cannot be the path of a file below a folder, as a sentence; None where it can.

    >>> refusal("le-fil/pont.txt"), refusal("../pont.txt")
    (None, 'Its key has the part `..`, which would lead to another folder.')
    """
    try:
        parts = [part.encode() for part in key.split("/")]
    except UnicodeEncodeError:
        return "Its key is no valid Unicode."
    if b"" in parts:
        return "Its key has an empty part: `/` at its beginning or end, or `//`."
    for part in (".", ".."):
        if part.encode() in parts:
            return f"Its key has the part `{part}`, which would lead to another folder."
    if max(map(len, parts)) > LONGEST_PART:
        return f"A part of its key is longer than {LONGEST_PART} bytes, and no file has such a name."
    if len(parts) > MAX_DEPTH:
        return f"It lies more than {MAX_DEPTH} folders deep."
    if "\0" in key or (os.name == "nt" and _WINDOWS.search(key)):
        return "Its key has a character that no file of this system has in its name."
    return None


def not_taken(key: str, why: str) -> Problem:
    """The row about an object whose key is no path.

    >>> not_taken("a//b.txt", "It has an empty part.").message
    'It has an empty part. Copy the object to another key to have it read.'
    """
    return problem(source_of(key), "key", f"{why} Copy the object to another key to have it read.")


def source_of(key: str) -> str:
    """The `source` of an object: its key, printable.

    >>> source_of("a\\tb.txt")
    'a%09b.txt'
    """
    plain = key.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
    return "/".join(source_name(part) for part in plain.split("/"))


def is_skipped(key: str) -> bool:
    """Whether the file would be none of the input, as in a folder: hidden, or the litter of a file manager.

    >>> is_skipped(".git/config"), is_skipped("le-fil/pont.txt")
    (True, False)
    """
    parts = key.split("/")
    return any(part.startswith(".") and part not in (".", "..") for part in parts) or not LITTER.isdisjoint(
        part.lower() for part in parts
    )


def sort_out(keys: Collection[str]) -> tuple[list[str], list[Problem]]:
    """The keys that are taken, sorted, and a row for each that is not.

    A key that is also a folder of others is not: a file system has one or the other.
    """
    refused = {key: why for key in keys if not is_skipped(key) and (why := refusal(key))}
    taken = [key for key in keys if key not in refused and not is_skipped(key)]
    folders = folders_of(taken)
    refused |= {key: "Other objects lie below its key, as in a folder." for key in taken if key in folders}
    problems = sorted((not_taken(key, why) for key, why in refused.items()), key=lambda row: row.source)
    return sorted(key for key in taken if key not in folders), problems


def folders_of(keys: Collection[str]) -> set[str]:
    """Every folder that the files of these keys lie in."""
    return {key[:at] for key in keys for at in _slashes(key)}


def _slashes(key: str) -> Iterator[int]:
    return (found.start() for found in re.finditer("/", key))


def path_of(folder: Path, key: str) -> Path:
    """Where the file of a key that is taken lies."""
    return folder.joinpath(*key.split("/"))
