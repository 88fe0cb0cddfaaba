"""A run's output as files that other programs open: a spreadsheet, IRaMuTeQ, TXM, Gephi, Datasette, annotation tools.

A format is a module of `corpus/export/formats/` whose name is the format's; nothing else has to be told of it.
"""

from __future__ import annotations

from corpus.export.source import Source
from corpus.export.write import ExportOptions, Written, describe, export, format_names

__all__ = ["ExportOptions", "Source", "Written", "describe", "export", "format_names"]
