"""What names a document, a text, a piece of work: short, stable hashes (xxh3, 128 bits, hexadecimal)."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xxhash

DOC_ID_DIGITS = 16
"""64 bits: among ten million documents a clash has a chance of one in 400,000."""

_MARKS = [(sign, "'") for sign in "’‘ʼ"] + [(sign, '"') for sign in "“”„«»"] + [(sign, "-") for sign in "–—‑"]
_FILE_CHUNK = 1 << 20


def doc_id(source: str) -> str:
    """The id of the document at `source`: the same on every machine and in every run, whatever its text."""
    return xxhash.xxh3_128_hexdigest(source.encode("utf-8", "surrogateescape"))[:DOC_ID_DIGITS]


def text_key(text: str, language: str | None) -> str:
    """Key of an exact text in a language: equal texts are analysed once."""
    return xxhash.xxh3_128_hexdigest(f"{language or ''}\n{text}".encode("utf-8", "surrogatepass"))


def text_id(text: str) -> str:
    """Key of the wording: case, spaces, quotes, apostrophes and dashes do not count, letters and digits do."""
    plain = unicodedata.normalize("NFKC", text)
    for written, same in _MARKS:  # a few searches are faster than a look at each character
        plain = plain.replace(written, same)
    return xxhash.xxh3_128_hexdigest(" ".join(plain.split()).casefold().encode("utf-8", "surrogatepass"))


def digest(*parts: Any) -> str:
    """Hash of anything JSON can say, in one canonical form."""
    canonical = json.dumps(parts, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str)
    return xxhash.xxh3_128_hexdigest(canonical.encode())


def file_digest(path: Path) -> str:
    """Hash of a file's bytes, read in pieces; raises OSError where it cannot be read."""
    state = xxhash.xxh3_128()
    with path.open("rb") as stream:
        while piece := stream.read(_FILE_CHUNK):
            state.update(piece)
    return state.hexdigest()


def joint_digest(keys: Iterable[str]) -> str:
    """Hash of a set of keys: their order does not matter."""
    return xxhash.xxh3_128_hexdigest("\n".join(sorted(keys)).encode())
