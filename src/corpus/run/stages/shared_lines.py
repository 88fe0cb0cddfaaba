"""What a shard tells about lines that documents of one site share, and which lines all shards together convict.

Shared lines can be known only when every document was cleaned once. So each shard is cleaned alone first, and writes down the
hashes of its lines; when those of all shards are put together, the shards that kept a shared line are cleaned again.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.store import read_json, write_json

if TYPE_CHECKING:
    from corpus.clean import SharedLines
    from corpus.records import CleanDocument, InputDocument

FILE = "lines.json"


class LineEvidence:
    """Gathers the line statistics of a shard's documents, and which of those lines cleaning kept."""

    def __init__(self) -> None:
        self._statistics: list[dict[str, dict[int, list[int]]]] = []
        self._kept: dict[str, set[int]] = {}

    def add(self, document: InputDocument, clean: CleanDocument) -> None:
        """Take in one document."""
        from corpus.clean import SharedLines, line_statistics

        statistics = line_statistics(document, clean.raw_text)
        self._statistics.append(statistics)
        keys = {SharedLines.key(clean.text[p.start : p.end]) for p in clean.paragraphs}
        for site, counts in statistics.items():
            self._kept.setdefault(site, set()).update(keys & counts.keys())

    def write(self, folder: Path) -> None:
        """Write the evidence beside the pieces of the shard."""
        from corpus.clean import add_statistics

        counts = add_statistics(self._statistics)
        kept = {site: sorted(keys) for site, keys in sorted(self._kept.items())}
        write_json(folder / FILE, {"counts": counts, "kept": kept})


def shared_lines(folders: Sequence[Path]) -> list[SharedLines]:
    """For each shard, what all shards together convict among the lines that it kept; without sites where it kept none."""
    from corpus.clean import SharedLines, merge_statistics

    records = [read_json(folder / FILE) for folder in folders]
    counts = (
        {
            site: {int(key): bodies for key, bodies in lines.items()}
            for site, lines in record["counts"].items()
        }
        for record in records
    )
    known = merge_statistics(counts)
    convicted = []
    for record in records:
        hits = {
            site: known.sites.get(site, frozenset()) & frozenset(keys)
            for site, keys in record["kept"].items()
        }
        convicted.append(SharedLines({site: keys for site, keys in sorted(hits.items()) if keys}))
    return convicted
