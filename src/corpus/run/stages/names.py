"""One canonical name for every company and name of the corpus, written into the rows of each piece.

In: all mention pieces. Out: a named piece for each. Its key: the mention piece and the canonical names of the whole corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.run.beacon import NO_CARE, Care
from corpus.run.context import Run
from corpus.run.finished import finishing
from corpus.run.pieces import MentionPiece, NamedPiece, names_of, read_piece, write_piece
from corpus.run.stages.mentions import FORMS
from corpus.schemas import AMOUNTS, COMPANIES, DATES, FACTS, NAMES, PROBLEMS
from corpus.store import from_rows, read_json


def name(run: Run, pieces: Sequence[MentionPiece]) -> list[NamedPiece]:
    """The pieces again, under canonical names."""
    names = canonical_names(pieces)
    folders = [NamedPiece(run.work("named", names_of([piece]), names)) for piece in pieces]
    run.make("names", rename, [(piece, folder, names) for piece, folder in zip(pieces, folders, strict=True)])
    return folders


def canonical_names(pieces: Sequence[MentionPiece]) -> dict[str, dict[str, str]]:
    """For each kind of name the canonical form of every form that all pieces together wrote, where it is another one."""
    from extract import canonical_forms

    counts: dict[str, Counter[str]] = {}
    for piece in pieces:
        for kind, forms in read_json(piece / FORMS).items():
            counts.setdefault(kind, Counter()).update(forms)
    mapping = {kind: canonical_forms(counts[kind]) for kind in sorted(counts)}
    return {
        kind: {form: name for form, name in sorted(forms.items()) if form != name}
        for kind, forms in mapping.items()
    }


def rename(
    piece: MentionPiece, folder: Path, names: Mapping[str, Mapping[str, str]], care: Care = NO_CARE
) -> None:
    """Write the tables of `piece` to `folder` with the names' canonical forms."""
    companies = names.get("company", {})
    tables = {}
    for table in (COMPANIES, AMOUNTS, DATES, NAMES, FACTS):
        rows = read_piece(piece, table.name).to_pylist()
        for row in rows:
            if table is COMPANIES and row["company_id"] is None:
                row["company"] = companies.get(row["company"], row["company"])
            elif table is NAMES:
                row["name"] = names.get(row["type"], {}).get(row["name"], row["name"])
            elif table is FACTS:
                row["company"] = companies.get(row["company"], row["company"])
                row["counterparty"] = companies.get(row["counterparty"], row["counterparty"])
                row["counterparties"] = [companies.get(c, c) for c in row["counterparties"] or ()] or None
        tables[table.name] = from_rows(table, rows)
    tables[PROBLEMS.name] = read_piece(piece, PROBLEMS.name)
    with finishing(folder) as temporary:
        write_piece(temporary, tables)
