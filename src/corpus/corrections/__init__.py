"""What a user put right, read from `corrections.csv` and applied to the rows of every run."""

from corpus.corrections.actions import ACTIONS, Action
from corpus.corrections.apply import ROW_ACTIONS, KnownCompany, correct_rows
from corpus.corrections.records import Correction, Ledger
from corpus.corrections.table import COLUMNS, read_corrections

__all__ = [
    "ACTIONS",
    "COLUMNS",
    "ROW_ACTIONS",
    "Action",
    "Correction",
    "KnownCompany",
    "Ledger",
    "correct_rows",
    "read_corrections",
]
