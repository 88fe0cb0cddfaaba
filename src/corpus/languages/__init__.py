"""What the program knows of each language: every file that is read, and what is missing of one.

A language is three folders of the same name, `languages/<code>/` in `extract`, `dedupe` and `corpus`. The files are declared
where they are read; here they are named together, for `corpus doctor` and for the test that no language lacks a piece.
"""

from __future__ import annotations

from importlib.resources import files

from corpus.clean import CLEANING_WORDS
from corpus.events import EVENT_WORDS
from corpus.language import FUNCTION_WORDS, profiled_languages
from corpus.metadata import HEADER_WORDS
from corpus.readers import READER_WORDS
from corpus.topics import CONNECTORS, DETERMINERS, STOP_WORDS, VAGUE_NOUNS
from dedupe import REPEAT_WORDS
from extract import WORD_FILES
from extract.languages import Room, WordFile

__all__ = ["LANGUAGE_FILES", "language_faults", "started_languages"]

LANGUAGE_FILES: tuple[Room | WordFile, ...] = (
    *WORD_FILES,
    REPEAT_WORDS,
    CLEANING_WORDS,
    EVENT_WORDS,
    HEADER_WORDS,
    READER_WORDS,
    FUNCTION_WORDS,
    STOP_WORDS,
    CONNECTORS,
    DETERMINERS,
    VAGUE_NOUNS,
)
PACKAGES = ("extract", "dedupe", "corpus")


def started_languages() -> tuple[str, ...]:
    """The languages that have a folder in any package, sorted: those that are known, and those that somebody has begun.

    >>> from corpus.languages import started_languages
    >>> "pt" in started_languages(), "xx" in started_languages()
    (True, False)
    """
    return tuple(
        sorted(
            {
                entry.name
                for package in PACKAGES
                for entry in (files(package) / "languages").iterdir()
                if entry.is_dir() and len(entry.name) == 2
            }
        )
    )


def language_faults(language: str) -> list[str]:
    """What `language` lacks or has wrong, one sentence a file or slot; a file that nothing reads is named too.

    >>> from corpus.languages import language_faults
    >>> language_faults("pt")
    []
    >>> len(language_faults("xx")) > 1
    True
    """
    faults = [fault for file in LANGUAGE_FILES for fault in file.faults(language)] + _unread(language)
    if language not in profiled_languages():
        faults.append(
            f"No document can be told to be in the language '{language}': langdetect has no profile of it. Name the folders by "
            "an ISO 639-1 code that it knows."
        )
    return faults


def _unread(language: str) -> list[str]:
    """Files of a misspelt name would be passed over in silence."""
    known = {(file.package, file.name) for file in LANGUAGE_FILES}
    return [
        f"{package}/languages/{language}/{entry.name} is not read; the files are listed in docs/lexicons.md."
        for package in PACKAGES
        if (folder := files(package) / "languages" / language).is_dir()
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if (package, entry.name) not in known
    ]
