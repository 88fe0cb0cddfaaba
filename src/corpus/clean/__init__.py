"""Cleaning: from what a reader found to the text itself, with a row for everything that was taken out."""

from corpus.clean.document import CleanOptions, clean_document
from corpus.clean.errors import NoContent
from corpus.clean.shared import SharedLines, add_statistics, line_statistics, merge_statistics

__all__ = [
    "CleanOptions",
    "NoContent",
    "SharedLines",
    "add_statistics",
    "clean_document",
    "line_statistics",
    "merge_statistics",
]
