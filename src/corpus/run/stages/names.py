"""One canonical name for every company and name of the corpus, written into the rows of each piece.

In: all mention pieces. Out: their names, settled once, and a named piece for each. Its key: the mention piece and the canonical
names of what it writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.run.beacon import NO_CARE, Care, beacon
from corpus.run.context import Run
from corpus.run.finished import finishing
from corpus.run.pieces import MentionPiece, NamedPiece, names_of, write_with
from corpus.run.stages.mentions import FORMS, GIVEN, PARTIES, Forms
from corpus.run.together import Chosen, choose, ids_of
from corpus.schemas import COMPANIES, ENTITY_TABLES, NAMES, PROBLEMS, SENTENCES, STATEMENTS
from corpus.store import read_json, write_json

CANONICAL = "canonical.json"
RENAMED = (COMPANIES.name, NAMES.name, STATEMENTS.name)
AS_THEY_ARE = tuple(table.name for table in (SENTENCES, *ENTITY_TABLES) if table.name not in RENAMED)

if TYPE_CHECKING:
    import pyarrow as pa


def name(run: Run, pieces: Sequence[MentionPiece]) -> list[NamedPiece]:
    """The pieces again, under canonical names."""
    settled = run.work("settled", names_of(pieces))
    run.make("names", settle_names, [(pieces, settled)])
    names = read_json(settled / CANONICAL)
    own = [_own(names, read_json(piece / FORMS)) for piece in pieces]
    folders, tasks = [], []
    for piece, needed in zip(pieces, own, strict=True):
        if not any(needed.values()):  # it writes no name otherwise than the corpus, and is handed on as it is
            folders.append(NamedPiece(piece))
            continue
        folders.append(NamedPiece(run.work("named", names_of([piece]), needed)))
        tasks.append((piece, folders[-1], needed))
    run.make("names", rename, tasks)
    return folders


def settle_names(pieces: Sequence[MentionPiece], folder: Path, care: Care = NO_CARE) -> None:
    """Write the canonical names of all pieces to `folder`."""
    names = canonical_names([read_json(piece / FORMS) for piece in pieces])
    with finishing(folder) as temporary:
        write_json(temporary / CANONICAL, names)


def _own(names: Mapping[str, Mapping[str, str]], forms: Forms) -> dict[str, dict[str, str]]:
    """Of the canonical names those of forms that a piece writes: others do not change it."""
    own: dict[str, dict[str, str]] = {}
    for kind, mapping in names.items():
        written = forms.get(kind, {}).keys() | (forms[PARTIES].keys() if kind == "company" else set())
        own[kind] = {form: mapping[form] for form in sorted(written & mapping.keys())}
    return own


def canonical_names(written: Sequence[Forms]) -> dict[str, dict[str, str]]:
    """For each kind of name the canonical form of every form that all pieces together wrote, where it is another one. A name
    that the user gives a company stays as it is."""
    from extract import canonical_forms

    counts: dict[str, Counter[str]] = {}
    for piece in written:
        for kind, forms in piece.items():
            if kind not in (PARTIES, GIVEN):
                counts.setdefault(kind, Counter()).update(forms)
    mapping = {kind: canonical_forms(counts[kind]) for kind in sorted(counts)}
    given = {name for piece in written for name in piece[GIVEN]}
    return {
        kind: {
            form: name
            for form, name in sorted(forms.items())
            if form != name and not (kind == "company" and form in given)
        }
        for kind, forms in mapping.items()
    }


def rename(
    piece: MentionPiece, folder: Path, names: Mapping[str, Mapping[str, str]], care: Care = NO_CARE
) -> None:
    """Write the tables of `piece` to `folder` with the names' canonical forms."""
    with beacon(folder) as light:
        documents = ids_of([piece], SENTENCES.name)
        chosen = choose(documents, care, light, lambda one: _renamed(piece, names, one))
        tables = _renamed(piece, names, chosen)
        with finishing(folder) as temporary:
            write_with(
                temporary, piece, chosen.all_of(piece, tables, AS_THEY_ARE), (*AS_THEY_ARE, PROBLEMS.name)
            )
            chosen.note(temporary, "names")


def _renamed(
    piece: MentionPiece, names: Mapping[str, Mapping[str, str]], chosen: Chosen
) -> dict[str, pa.Table]:
    companies = names.get("company", {})
    tables = {name: chosen.read(piece, name) for name in RENAMED}
    rows = tables[COMPANIES.name]
    own = [
        name if known is not None else companies.get(name, name)
        for name, known in _columns(rows, "company", "company_id")
    ]
    tables[COMPANIES.name] = _with_column(rows, "company", own)
    rows = tables[NAMES.name]
    called = [names.get(kind, {}).get(name, name) for kind, name in _columns(rows, "type", "name")]
    tables[NAMES.name] = _with_column(rows, "name", called)
    rows = tables[STATEMENTS.name]
    for column in ("company", "counterparty"):
        rows = _with_column(rows, column, [companies.get(name, name) for (name,) in _columns(rows, column)])
    parties = [
        [companies.get(c, c) for c in own or ()] or None for (own,) in _columns(rows, "counterparties")
    ]
    tables[STATEMENTS.name] = _with_column(rows, "counterparties", parties)
    return tables


def _columns(rows: pa.Table, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(rows[name].to_pylist() for name in names), strict=True)


def _with_column(rows: pa.Table, name: str, values: Sequence[Any]) -> pa.Table:
    import pyarrow as pa

    at = rows.schema.get_field_index(name)
    field = rows.schema.field(at)
    return rows.set_column(at, field, pa.array(values, field.type))
