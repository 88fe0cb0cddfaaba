"""Cleaning: from what a reader found to the text itself, with a row for everything that was taken out."""

from corpus.clean.amend import Amendments, Passage
from corpus.clean.document import (
    Opened,
    Prepared,
    clean_document,
    find_repeats,
    finish,
    open_document,
    prepare,
)
from corpus.clean.errors import NoContent
from corpus.clean.lexicon import CLEANING_WORDS
from corpus.clean.options import CleanOptions
from corpus.clean.paragraphs import Line
from corpus.clean.shared import (
    LineStatistics,
    SharedLines,
    add_statistics,
    convicted_lines,
    line_statistics,
)

__all__ = [
    "CLEANING_WORDS",
    "Amendments",
    "CleanOptions",
    "Line",
    "LineStatistics",
    "NoContent",
    "Opened",
    "Passage",
    "Prepared",
    "SharedLines",
    "add_statistics",
    "clean_document",
    "convicted_lines",
    "find_repeats",
    "finish",
    "line_statistics",
    "open_document",
    "prepare",
]
