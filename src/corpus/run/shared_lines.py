"""What documents tell about lines that a site's documents share, and which lines all documents together convict.

Shared lines can be known only when every document was opened once. So each piece writes down the hashes of its lines when it is
opened, and is cleaned when those of all pieces are put together: once, with what the corpus knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.store import read_json, write_json

if TYPE_CHECKING:
    from corpus.clean import LineStatistics, SharedLines
    from corpus.records import InputDocument
    from corpus.run.pieces import ReadPiece

FILE = "lines.json"


class LineEvidence:
    """Gathers the line statistics of a piece's documents."""

    def __init__(self) -> None:
        self._statistics: list[dict[str, dict[int, list[int]]]] = []

    def add(self, document: InputDocument, raw_text: str) -> None:
        """Take in one document."""
        from corpus.clean import line_statistics

        self._statistics.append(line_statistics(document, raw_text))

    def write(self, folder: Path) -> None:
        """Write the evidence beside the documents of the piece."""
        from corpus.clean import add_statistics

        write_json(folder / FILE, add_statistics(self._statistics))


def shared_lines(pieces: Sequence[ReadPiece]) -> list[SharedLines]:
    """For each piece, what all pieces together convict among the lines that it holds; without sites where it holds none."""
    from corpus.clean import convicted_lines

    return convicted_lines(map(_statistics, pieces))


def _statistics(piece: ReadPiece) -> LineStatistics:
    return {
        site: {int(key): bodies for key, bodies in lines.items()}
        for site, lines in read_json(piece / FILE).items()
    }
