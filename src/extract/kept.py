"""Arrays that take long to make of a shipped file, kept beside the byte code once they were made.

What is kept lies where Python keeps compiled modules, and is treated like those: named by the hash of what it was made from, made
again where it is missing or damaged, and done without where that folder cannot be written. Arrays alone are read, no pickle.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xxhash

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Arrays = Mapping[str, "npt.NDArray[Any]"]
MANIFEST = "manifest.json"
"""Holds the hash of every array; written last."""


def kept_arrays(
    name: str, source: Path, make: Callable[[], Arrays], keep: bool = not sys.dont_write_bytecode
) -> Arrays:
    """The arrays that `make` makes of the file `source`, mapped into memory where an earlier process kept them.

    `name` is to be another one where other arrays are made of the same file.

    >>> import numpy as np
    >>> from extract.kept import kept_arrays
    >>> arrays = kept_arrays("example", Path(np.__file__), lambda: {"ones": np.ones(3)}, keep=False)
    >>> arrays["ones"].tolist()
    [1.0, 1.0, 1.0]
    """
    folder = Path(cache_from_source(__file__)).with_name(f"{name}.{_hash(source)}")
    found = _read(folder)
    if found is not None:
        return found
    made = make()
    if keep:
        with suppress(OSError):  # an installation that is read only, something else in that place
            _write(folder, made)
    return made


def as_array(words: Sequence[str]) -> npt.NDArray[np.uint8]:
    """Words as one array. Raises ValueError for one with a line break."""
    import numpy as np

    text = "\n".join(words)
    if text.count("\n") != max(len(words) - 1, 0):
        raise ValueError("a word with a line break cannot be kept")
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)


def as_words(array: npt.NDArray[np.uint8]) -> list[str]:
    """The words that `as_array` made an array of."""
    return array.tobytes().decode("utf-8", "surrogatepass").split("\n") if len(array) else []


def _hash(path: Path) -> str:
    return xxhash.xxh3_128_hexdigest(path.read_bytes())


def _read(folder: Path) -> Arrays | None:
    """What was kept; None where it is not there, or its hashes do not fit."""
    import numpy as np

    try:
        hashes = json.loads((folder / MANIFEST).read_bytes())
        mapped = {name: np.load(folder / f"{name}.npy", "r") for name in hashes}
        # The files as they are mapped: to copy them first takes as long again.
        if any(xxhash.xxh3_128_hexdigest(mapped[name].base) != told for name, told in hashes.items()):
            return None
        # Seen as plain arrays: numpy's own class for mapped ones is slow in small steps.
        return {name: array.view(np.ndarray) for name, array in mapped.items()}
    except (OSError, ValueError, AttributeError):
        return None


def _write(folder: Path, arrays: Arrays) -> None:
    import numpy as np

    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".tmp", dir=folder.parent))
    try:
        for name, array in arrays.items():
            np.save(temporary / f"{name}.npy", array, allow_pickle=False)
        hashes = {name: _hash(temporary / f"{name}.npy") for name in arrays}
        (temporary / MANIFEST).write_text(json.dumps(hashes), encoding="utf-8")
        temporary.chmod(0o755)
        if folder.is_dir() and _read(folder) is None:
            shutil.rmtree(folder)
        os.replace(temporary, folder)
        _remove_older(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _remove_older(folder: Path) -> None:
    """Remove what was made of another version of the same file."""
    for other in folder.parent.glob(f"{folder.stem}.*"):
        if other != folder and (other / MANIFEST).is_file():
            shutil.rmtree(other, ignore_errors=True)
