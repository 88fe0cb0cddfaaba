"""PowerPoint presentations: the text of the slides in order, each followed by its notes, as one document."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from corpus.readers.fields import clean
from corpus.readers.inputs import Head, Input, UnreadableError
from corpus.readers.markup import local_name, squeeze
from corpus.readers.office_xml import part_of
from corpus.readers.options import ReadOptions
from corpus.readers.restored import without_ligatures
from corpus.readers.sidecar import with_sidecar
from corpus.readers.zip_files import member_names, open_zip
from corpus.records import InputDocument, Problem

MARK = "ppt/presentation.xml"
SLIDE = re.compile(r"ppt/slides/slide(\d{1,5})\.xml$")
# Fields that every page bears: its number, the day, the foot.
FRAME = frozenset({"sldNum", "dt", "ftr", "hdr", "sldImg"})


def sniff(head: Head) -> bool:
    """A ZIP archive that holds a presentation."""
    return MARK in member_names(head)


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """The slides and their notes as one document; its title is the first line of the first slide."""
    with source.open() as stream, open_zip(stream, options) as archive:
        numbers = sorted(int(found[1]) for name in archive.namelist() if (found := SLIDE.match(name)))
        lines = [line for number in numbers for line in _slide(archive, number, options)]
    if not lines:
        raise UnreadableError("empty", "Its slides hold no text.")
    text = clean(without_ligatures("\n\n".join(lines)))
    document = InputDocument(
        source.source, "pptx", "text", text, title=clean(lines[0]), metadata={"slides": len(numbers)}
    )
    yield from with_sidecar(document, source, options)


def _slide(archive: zipfile.ZipFile, number: int, options: ReadOptions) -> list[str]:
    names = (f"ppt/slides/slide{number}.xml", _notes(archive, number, options))
    return [line for name in names if name for line in _lines(part_of(archive, name, options))]


def _notes(archive: zipfile.ZipFile, number: int, options: ReadOptions) -> str | None:
    """The part with a slide's notes, by the slide's relations."""
    relations = part_of(archive, f"ppt/slides/_rels/slide{number}.xml.rels", options)
    targets = (node.get("Target") or "" for node in (relations.iter() if relations is not None else ()))
    found = next((target for target in targets if "notesSlide" in target), None)
    return "ppt/notesSlides/" + found.rpartition("/")[2] if found else None


def _lines(root: Any | None) -> list[str]:
    """The paragraphs of a slide's shapes, without the fields that every slide bears."""
    out: list[str] = []
    for shape in root.iter() if root is not None else ():
        if local_name(shape) not in ("sp", "graphicframe"):
            continue
        kinds = {node.get("type") for node in shape.iter() if local_name(node) == "ph"}
        if kinds & FRAME:
            continue
        for paragraph in shape.iter():
            if local_name(paragraph) == "p":
                text = "".join(
                    node.text or "" if local_name(node) == "t" else "\n" if local_name(node) == "br" else ""
                    for node in paragraph.iter()
                )
                out += [line for part in text.split("\n") if (line := squeeze(part))]
    return out
