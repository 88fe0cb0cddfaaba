"""The lists of companies and of what is no company: reading, checking, hiding a part, and matching in one pass.

`data/README.md` says how the files are written. Matching is one Aho-Corasick pass over the folded text (Aho and Corasick, 1975),
so its time does not grow with the number of names.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from extract.companies.legal_forms import strip_legal_form
from extract.companies.records import ListedCompany, ListMatch
from extract.folding import as_text, fold_name, folded_codes

_REQUIRED = ("id", "name")
OTHER_TYPES = frozenset({"product", "institution", "law", "place", "person", "programme", "event", "other"})
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
# Between the words of one name: no mark that ends a clause.
_SEPARATOR = re.compile(r"[^\w,;:!?()\[\]{}«»“”\"\n…|]{1,3}\Z")
_SHORT = 3  # an alias of at most this many letters must be written in its own case


class CompanyListError(ValueError):
    """A list that cannot be used; the message names the file, the row and what to write instead.

    >>> from extract import CompanyList, CompanyListError
    >>> try:
    ...     CompanyList.load(extra=["no-such-list.csv"])
    ... except CompanyListError as error:
    ...     print(str(error).partition(" (")[0])
    The list no-such-list.csv cannot be read as UTF-8 text
    """


@dataclass(frozen=True, slots=True)
class _Entry:
    alias: str
    type: str
    ambiguous: bool
    company: ListedCompany | None
    name: str
    small: bool = False
    """Whether the firm writes itself in small letters too: an alias says so ("Adidas", alias "adidas")."""


class CompanyList:
    """Companies, and names that are none, ready to be found in text. Picklable; the automaton is built where it is used.

    >>> from extract import CompanyList
    >>> companies = CompanyList.load()
    >>> [match] = companies.find("Un accord avec Mistral AI.")
    >>> match.type, match.company.country
    ('company', 'FR')
    >>> companies.lookup("Boulangerie du Coin") is None
    True
    """

    def __init__(
        self, companies: Iterable[ListedCompany], others: Iterable[tuple[str, str, tuple[str, ...]]]
    ) -> None:
        self.companies = tuple(sorted(companies, key=lambda row: row.id))
        self.others = tuple(sorted(others))
        self.by_id = {row.id: row for row in self.companies}

    @classmethod
    def load(cls, path: str | Path | None = None, extra: Sequence[str | Path] = ()) -> CompanyList:
        """Read the shipped lists, or `path` in the place of the shipped companies.

        Files of `extra` add rows and override by id or alias.

        Raises CompanyListError for a missing file, a broken row or an alias that two rows of one file claim.
        """
        data = files("extract") / "data"
        companies = read_companies([Path(path)]) if path is not None else shipped_companies()
        for user_file in extra:
            own = {key: replace(row, is_own=True) for key, row in read_companies([Path(user_file)]).items()}
            companies = _override(companies, own)
        return cls(companies.values(), _read_others(_shipped(data, "not_companies")))

    def hide(self, share: float, seed: int = 0) -> CompanyList:
        """Return the list without `share` (0 to 1) of its companies, chosen by a hash of their id and `seed`: for evaluation."""
        if not 0 <= share <= 1:
            raise CompanyListError(f"The share of companies to hide is {share}; give a number from 0 to 1.")
        kept = [row for row in self.companies if _draw(row.id, seed) >= share]
        return CompanyList(kept, self.others)

    def __getstate__(self) -> tuple[Any, Any]:
        return self.companies, self.others

    def __setstate__(self, state: tuple[Any, Any]) -> None:
        self.__init__(*state)  # type: ignore[misc]  # the automaton is rebuilt, not carried

    @cached_property
    def _entries(self) -> dict[str, _Entry]:
        entries: dict[str, _Entry] = {}
        for row in self.companies:
            for alias, ambiguous in aliases_of(row):
                key = fold_name(alias)
                entry = entries.setdefault(key, _Entry(alias, "company", ambiguous, row, row.name))
                if alias.islower() and entry.alias != alias and entry.company is row:
                    entries[key] = replace(entry, small=True)
        for name, kind, aliases in self.others:
            for alias in (name, *aliases):
                # A name that both lists hold is a company's: whoever wrote it there knew it. What is no company wins
                # where it is longer.
                entries.setdefault(fold_name(alias), _Entry(alias, kind, False, None, name))
        entries.pop("", None)
        return entries

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick

        automaton = ahocorasick.Automaton()
        for key in sorted(self._entries):
            automaton.add_word(f" {key} ", (len(key), self._entries[key]))
        if self._entries:
            automaton.make_automaton()
        return automaton

    def lookup(self, name: str) -> ListedCompany | None:
        """Return the company that bears `name` or, without its legal form, the rest of it; None where the list knows none."""
        entry = self._entries.get(fold_name(name)) or self._entries.get(fold_name(strip_legal_form(name)))
        return entry.company if entry else None

    def find(self, text: str) -> list[ListMatch]:
        """Return the longest names of both lists in `text`, in order, none overlapping another."""
        if not self._entries:
            return []
        has_capitals = any(char.isupper() for char in text)
        found: list[tuple[int, int, _Entry]] = []
        folded = collapsed(text)
        for last, (length, entry) in self._automaton.iter(folded.text):
            first = last - length
            start, end = folded.offsets[first], folded.offsets[last - 1] + 1
            if entry.alias.endswith("+"):  # the mark tells "Canal+" from "un canal"
                end += 1
                if text[end - 1 : end] != "+":
                    continue
            if _bounded(text, start, end) and _written_like(text[start:end], entry, has_capitals):
                found.append((start, end, entry))
        found.sort(key=lambda match: (match[0] - match[1], match[0], match[2].name))
        taken: list[tuple[int, int, _Entry]] = []
        covered: set[int] = set()
        for start, end, entry in found:
            span = range(start, end)
            if covered.isdisjoint(span):
                covered.update(span)
                taken.append((start, end, entry))
        return [
            ListMatch(start, end, e.type, e.ambiguous, e.company, e.name)
            for start, end, e in sorted(taken, key=lambda match: match[0])
        ]


@dataclass(frozen=True, slots=True)
class _Collapsed:
    text: str
    offsets: Sequence[int]


def collapsed(text: str) -> _Collapsed:
    """The folded text, a space before and after it, with runs of marks as one space, and where each character came from."""
    import numpy as np

    padded = np.full(len(text) + 2, ord(" "), dtype="<u4")
    padded[1:-1] = folded_codes(text)
    spaces = padded == ord(" ")
    kept = np.flatnonzero(~(spaces[1:] & spaces[:-1]))  # of the places behind the first
    return _Collapsed(f" {as_text(padded[1:][kept])}", [-1, *kept.tolist()])


def _bounded(text: str, start: int, end: int) -> bool:
    """Whether the match is no part of an address (site.com, @name) and holds no mark that ends a clause."""
    before, after = text[start - 1 : start], text[end : end + 2]
    if before in {"@", "/", "#", "_"}:
        return False
    if before == "." and text[start - 2 : start - 1].isalnum() and not text[start].isupper():
        return False  # a capital behind the dot is a sentence that lost its space: "du Golfe.TF1"
    if after[:1] in {"@", "_", "+"} or (after[:1] == "." and after[1:].isalnum() and after[1:].islower()):
        return False
    if after[:1] in {"'", "’"} and text[end + 1 : end + 3].isalpha():
        return False  # an article that lost its vowel: "Dell'acqua"; "Dell's" has one letter after the mark
    inner = re.findall(r"[\W_]+", text[start:end])
    return all(_SEPARATOR.match(gap) for gap in inner)


def _written_like(surface: str, entry: _Entry, has_capitals: bool) -> bool:
    """Whether the letters' case fits a name: "intel" in running text is none, in a text without capitals it is."""
    alias = entry.alias
    if len(surface) == len(alias) and any(
        char.lower() != plain.lower() and plain.isascii() and char.isalpha()
        for char, plain in zip(surface, alias, strict=True)
    ):
        return False  # accents get lost, but nobody adds them: "Über" is not Uber
    if entry.small or not any(char.isupper() for char in alias):
        return True
    if not has_capitals:
        return not entry.ambiguous and len(alias) > _SHORT
    if not any(char.isupper() for char in surface):
        return False
    if len(alias) <= _SHORT or entry.ambiguous:
        return (
            surface == alias
            or (surface.isupper() and len(alias) > 1)
            or (alias.isupper() and len(alias) > _SHORT and surface.istitle())
        )
    first_letter = next((char for char in surface if char.isalpha()), "")
    return first_letter.isupper() or not alias[:1].isupper()


def aliases_of(row: ListedCompany) -> Iterator[tuple[str, bool]]:
    """The names of a row, each with whether it is ambiguous."""
    yield from ((alias, False) for alias in row.aliases)
    yield from ((alias, True) for alias in row.ambiguous_aliases)


@lru_cache(maxsize=65536)
def _draw(company_id: str, seed: int) -> float:
    digest = hashlib.blake2b(f"{seed}:{company_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def _shipped(data: Traversable, stem: str) -> list[Traversable]:
    paths = [data / f"{stem}.csv"]
    folder = data / stem
    if folder.is_dir():
        paths += sorted((p for p in folder.iterdir() if p.name.endswith(".csv")), key=lambda p: p.name)
    return [path for path in paths if path.is_file()]


def _rows(path: Traversable | Path, required: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CompanyListError(
            f"The list {path} cannot be read as UTF-8 text ({error}); check its path."
        ) from error
    try:
        reader = csv.DictReader(text.splitlines(), strict=True)
        missing = [column for column in required if column not in (reader.fieldnames or ())]
        if missing:
            raise CompanyListError(
                f"The list {path} has no column {missing[0]!r}; its first line must name the columns {', '.join(required)}."
            )
        for row in reader:
            where = f"{path}, line {reader.line_num}"
            if None in row or None in row.values():
                raise CompanyListError(
                    f"{where}: the row has not as many fields as the first line; put a field that holds a comma in quotes."
                )
            cleaned = {key: value.strip() for key, value in row.items()}
            for column in required:
                if not cleaned[column]:
                    raise CompanyListError(
                        f"{where}: the column {column!r} is empty; fill it or take the row out."
                    )
            yield reader.line_num, cleaned
    except csv.Error as error:
        raise CompanyListError(f"{path}: a row cannot be read ({error}); check its quotes.") from error


def shipped_companies() -> dict[str, ListedCompany]:
    """The rows of the shipped lists by id."""
    return read_companies(_shipped(files("extract") / "data", "companies"))


def shipped_with(ids: Collection[str]) -> dict[str, ListedCompany]:
    """The shipped rows by id, or none where the files hold none of `ids`: a glance at them costs little, reading them a lot."""
    texts = [path.read_text(encoding="utf-8") for path in _shipped(files("extract") / "data", "companies")]
    return shipped_companies() if any(one in text for text in texts for one in ids) else {}


def read_companies(paths: Sequence[Traversable | Path]) -> dict[str, ListedCompany]:
    """The rows of the files by id. Raises CompanyListError for a broken row, or an alias that two rows claim."""
    companies: dict[str, ListedCompany] = {}
    claimed: dict[str, tuple[str, str]] = {}
    for path in paths:
        for line, row in _rows(path, _REQUIRED):
            where = f"{path}, line {line}"
            company = _company(row, where)
            if company.id in companies:
                raise CompanyListError(
                    f"{where}: the id {company.id!r} stands in two rows; give each company one row."
                )
            for alias, _ in aliases_of(company):
                holder, first_place = claimed.setdefault(fold_name(alias), (company.id, where))
                if holder != company.id:
                    raise CompanyListError(
                        f"{where}: the alias {alias!r} of {company.id!r} belongs to {holder!r} already ({first_place}); "
                        "keep it in one row."
                    )
            companies[company.id] = company
    return companies


def _company(row: dict[str, str], where: str) -> ListedCompany:
    if not _SLUG.match(row["id"]):
        raise CompanyListError(f"{where}: the id {row['id']!r} is no slug; use a-z, 0-9 and '-'.")
    country = row.get("country") or None
    if country is not None and not _COUNTRY.match(country):
        raise CompanyListError(f"{where}: the country {country!r} is no two-letter code such as FR.")
    if row.get("ambiguous", "") not in ("", "0", "1"):
        raise CompanyListError(f"{where}: the column 'ambiguous' holds {row['ambiguous']!r}; write 0 or 1.")
    plain: list[str] = []
    ambiguous: list[str] = []
    (ambiguous if row.get("ambiguous") == "1" else plain).append(row["name"])
    for alias in filter(None, (part.strip() for part in row.get("aliases", "").split("|"))):
        (ambiguous if alias.endswith("*") else plain).append(alias.rstrip("*").strip())
    for alias in plain + ambiguous:
        if not fold_name(alias):
            raise CompanyListError(f"{where}: the name {alias!r} holds no letter or digit.")
    return ListedCompany(
        id=row["id"],
        name=row["name"],
        aliases=tuple(plain),
        ambiguous_aliases=tuple(ambiguous),
        country=country,
        sector=row.get("sector") or None,
        qid=row.get("qid") or None,
        lei=row.get("lei") or None,
    )


def _override(base: dict[str, ListedCompany], added: dict[str, ListedCompany]) -> dict[str, ListedCompany]:
    """The rows of `added` over those of `base`: a row of the same id is replaced, a claimed alias leaves its old row."""
    claimed = {fold_name(alias) for row in added.values() for alias, _ in aliases_of(row)}
    merged: dict[str, ListedCompany] = {}
    for row in base.values():
        if row.id in added:
            continue
        merged[row.id] = replace(
            row,
            aliases=tuple(alias for alias in row.aliases if fold_name(alias) not in claimed),
            ambiguous_aliases=tuple(
                alias for alias in row.ambiguous_aliases if fold_name(alias) not in claimed
            ),
        )
    return {**merged, **added}


def _read_others(paths: Sequence[Traversable | Path]) -> list[tuple[str, str, tuple[str, ...]]]:
    others: list[tuple[str, str, tuple[str, ...]]] = []
    for path in paths:
        for line, row in _rows(path, ("name", "type")):
            if row["type"] not in OTHER_TYPES:
                raise CompanyListError(
                    f"{path}, line {line}: the type {row['type']!r} is unknown; use one of {', '.join(sorted(OTHER_TYPES))}."
                )
            aliases = tuple(part.strip() for part in row.get("aliases", "").split("|") if part.strip())
            others.append((row["name"], row["type"], aliases))
    return others
