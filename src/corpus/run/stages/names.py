"""One canonical name for every company and name of the corpus, written into the rows of each piece.

In: all mention pieces. Out: their names, settled once, and a named piece for each. Its key: the mention piece and the canonical
names of what it writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.run.beacon import NO_CARE, Care, beacon
from corpus.run.context import Run
from corpus.run.finished import finishing
from corpus.run.pieces import MentionPiece, NamedPiece, names_of, read_piece, write_piece
from corpus.run.stages.mentions import FORMS, GIVEN, PARTIES, Forms
from corpus.run.together import Chosen, choose, ids_of
from corpus.schemas import COMPANIES, ENTITY_TABLES, NAMES, PROBLEMS, SENTENCES, STATEMENTS
from corpus.store import from_rows, read_json, write_json

CANONICAL = "canonical.json"

if TYPE_CHECKING:
    import pyarrow as pa


def name(run: Run, pieces: Sequence[MentionPiece]) -> list[NamedPiece]:
    """The pieces again, under canonical names."""
    settled = run.work("settled", names_of(pieces))
    run.make("names", settle_names, [(pieces, settled)])
    names = read_json(settled / CANONICAL)
    own = [_own(names, read_json(piece / FORMS)) for piece in pieces]
    folders = [
        NamedPiece(run.work("named", names_of([piece]), needed))
        for piece, needed in zip(pieces, own, strict=True)
    ]
    run.make("names", rename, list(zip(pieces, folders, own, strict=True)))
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
        tables = _renamed(piece, names, chosen) | {PROBLEMS.name: read_piece(piece, PROBLEMS.name)}
        with finishing(folder) as temporary:
            write_piece(temporary, tables)
            chosen.note(temporary, "names")


def _renamed(
    piece: MentionPiece, names: Mapping[str, Mapping[str, str]], chosen: Chosen
) -> dict[str, pa.Table]:
    companies = names.get("company", {})
    tables = {SENTENCES.name: chosen.read(piece, SENTENCES.name)}
    for table in ENTITY_TABLES:
        rows = chosen.read(piece, table.name).to_pylist()
        for row in rows:
            if table is COMPANIES and row["company_id"] is None:
                row["company"] = companies.get(row["company"], row["company"])
            elif table is NAMES:
                row["name"] = names.get(row["type"], {}).get(row["name"], row["name"])
            elif table is STATEMENTS:
                row["company"] = companies.get(row["company"], row["company"])
                row["counterparty"] = companies.get(row["counterparty"], row["counterparty"])
                row["counterparties"] = [companies.get(c, c) for c in row["counterparties"] or ()] or None
        tables[table.name] = from_rows(table, rows)
    return tables
