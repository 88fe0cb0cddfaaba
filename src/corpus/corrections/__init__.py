"""What a user put right, read from `corrections.csv` and applied to the rows of every run."""

from corpus.corrections.actions import ACTIONS, Action
from corpus.corrections.apply import ROW_ACTIONS, KnownCompany, correct_rows
from corpus.corrections.of_events import EVENT_ACTIONS, PLACE, decide
from corpus.corrections.outlets import OUTLET_COLUMNS, outlets_of
from corpus.corrections.records import Correction, Ledger, problem
from corpus.corrections.table import COLUMNS, read_corrections
from corpus.corrections.told import PlacedText, told_about, told_by, with_told

__all__ = [
    "ACTIONS",
    "COLUMNS",
    "EVENT_ACTIONS",
    "OUTLET_COLUMNS",
    "PLACE",
    "ROW_ACTIONS",
    "Action",
    "Correction",
    "KnownCompany",
    "Ledger",
    "PlacedText",
    "correct_rows",
    "decide",
    "outlets_of",
    "problem",
    "read_corrections",
    "told_about",
    "told_by",
    "with_told",
]
