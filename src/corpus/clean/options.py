"""What a caller decides of cleaning."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.languages import known_languages


@dataclass(frozen=True, slots=True)
class CleanOptions:
    """What cleaning may do. `languages` limits identification; `identify_language` off leaves `language` as the input gave it.

    >>> from corpus.clean import CleanOptions, clean_document
    >>> from corpus.records import InputDocument
    >>> page = InputDocument("a.txt", "text", "text", "Le pont est fermé.\\n\\nPartager\\n\\nIl rouvrira en mai.")
    >>> clean_document(page, CleanOptions(remove_furniture=False)).text
    'Le pont est fermé.\\n\\nPartager\\n\\nIl rouvrira en mai.'
    """

    languages: tuple[str, ...] = field(default_factory=known_languages)
    identify_language: bool = True
    remove_furniture: bool = True
    remove_repeats: bool = True
    read_metadata: bool = True
