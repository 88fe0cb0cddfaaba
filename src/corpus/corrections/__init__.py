"""What a user put right, read from `corrections.csv` and applied to the rows of every run."""

from corpus.corrections.apply import KnownCompany, correct_rows
from corpus.corrections.records import APPLIED, Correction
from corpus.corrections.table import problem, read_corrections

__all__ = [
    "APPLIED",
    "Correction",
    "KnownCompany",
    "correct_rows",
    "problem",
    "read_corrections",
]
