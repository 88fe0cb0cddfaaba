"""What a reader may be told: column names and bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Bounds and mappings for `read_file`; every bound names itself in the message of the problem it causes.

    `columns` maps our slots (`text`, `title`, `url`, `site`, `published`, `authors`, `language`, `id`, `html`, `summary`) to the
    column or field names of the input: `{"text": "Texte", "title": "Titre"}`. What is not mapped is found by the usual names.

    >>> from pathlib import Path
    >>> from corpus.readers import ReadOptions, read_file
    >>> _ = Path("long.txt").write_text("Le pont est fermé. " * 9, encoding="utf-8")
    >>> [found] = read_file(Path("long.txt"), "long.txt", ReadOptions(max_document_bytes=50))
    >>> found.kind
    'too_large'
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    max_document_bytes: int = 50 * MEGABYTE
    max_archive_bytes: int = 4_000 * MEGABYTE
    max_archive_members: int = 100_000
    # Deflate cannot pass 1032:1; text rarely passes 20:1. Small members (below a megabyte) are let through whatever their ratio.
    max_archive_ratio: int = 200
    max_archive_depth: int = 2
