"""An IRaMuTeQ corpus: each document behind a line of starred variables, its distinct paragraphs a line each.

IRaMuTeQ's rules (its documentation, "Formatage des textes"): a text begins with four stars and its variables, `*name_value`,
without spaces or accents; a star elsewhere, or a line that begins with `-*`, has a meaning, and an underscore joins words.
"""

from __future__ import annotations

import re
from pathlib import Path

from corpus.export.labels import document_variables, own_words
from corpus.export.source import Source
from corpus.export.write import ExportOptions, Written
from corpus.inert import plain
from corpus.plurals import counted

ENDING = ".txt"
DESCRIPTION = "An IRaMuTeQ corpus: starred lines with clean values, distinct paragraphs, nothing in the text that it would obey."
LONG_VALUES = 200
"""A variable with more values than this, and more than half as many as documents, tells each document apart and groups none."""
_MEANS_SOMETHING = re.compile(r"[*_]")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_NUMBERED = re.compile(r"^(\d{4,5})(?=\s)")
_QUOTES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "«": '"', "»": '"', "“": '"', "”": '"'})


def write(source: Source, target: Path, options: ExportOptions, written: Written) -> None:
    """Write a text a document that has a paragraph left; the others are counted in a note."""
    source.need("documents", "paragraphs")
    starred = _starred(source, written)
    texts = words = 0
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for doc_id, paragraphs in source.paragraphs.items():
            lines = [line for row in paragraphs if (line := _line(row["text"]))]
            if not lines:
                continue
            file.write(f"{starred[doc_id]}\n" + "\n".join(lines) + "\n\n")
            texts += 1
            words += sum(len(line.split()) for line in lines)
    written.counts |= {"texts": texts, "words": words}
    if left := len(source.paragraphs) - texts:
        written.notes.append(f"{counted(left, 'document')} without a paragraph of its own left out.")


def _starred(source: Source, written: Written) -> dict[str, str]:
    """The line of starred variables of each document."""
    variables = document_variables(source)
    names = sorted({name for own in variables.values() for name in own})
    values = {name: [own[name] for own in variables.values() if name in own] for name in names}
    for name in list(names):
        different = len(set(values[name]))
        if name not in ("outlet", "date") and different > LONG_VALUES and different > len(variables) / 2:
            names.remove(name)
            written.notes.append(f"{name} has {different} values, nearly one a document, and is left out.")
    words = {name: own_words(values[name]) for name in names}
    short = own_words(names, "variable")
    lines = {}
    for doc_id, own in variables.items():
        stars = [f"*doc_{doc_id}"]
        stars += [
            f"*{short[name].replace('-', '')}_{words[name][own[name]]}" for name in names if name in own
        ]
        lines[doc_id] = "**** " + " ".join(stars)
    return lines


def _line(text: str) -> str:
    """A paragraph on one line, without the signs that IRaMuTeQ would obey."""
    line = _SPACES.sub(" ", _MEANS_SOMETHING.sub(" ", plain(text).translate(_QUOTES))).strip()
    # Four digits at the start of a line are Alceste's older sign of a new text.
    return _NUMBERED.sub(r"- \1", line)
