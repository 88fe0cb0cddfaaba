"""Factiva's fields, shared by its three export forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from corpus.readers.fields import clean
from corpus.readers.inputs import problem
from corpus.readers.lexicon import any_word, language_code, press
from corpus.readers.press.notation import authors_of, publication_name
from corpus.readers.published import find_date, published_from
from corpus.records import InputDocument, Problem, Published

# Field codes as Factiva documents them, by what they are called in `metadata`.
CODES = {
    "SE": "section",
    "CR": "credit",
    "ET": "time",
    "SC": "source_code",
    "ED": "edition",
    "PG": "page",
    "VOL": "volume",
    "NGC": "source_group",
    "GC": "source_group_code",
    "CY": "rights",
    "CX": "correction",
    "CT": "contact",
    "RF": "reference",
    "CO": "companies",
    "IN": "industries",
    "NS": "subjects",
    "RE": "regions",
    "IPC": "ipc",
    "IPD": "ipd",
    "PUB": "publisher",
    "ART": "art",
    "CLM": "column",
}
CODED_LISTS = frozenset({"CO", "IN", "NS", "RE"})
NUMBER = r"[A-Z0-9]{3,12}?\d{8}[a-z0-9]{6,14}"
COUNT_LINE = re.compile(r"^(\d[\d.,\s\u00a0\u202f]{0,9}?)\s?([^\W\d_]{3,10})$")
CLOCK = re.compile(r"^\d{1,2}[:h.]\d{2}(?:\s?[AP]M)?(?:\s[A-Z]{3,4})?$", re.I)
SOURCE_CODE = re.compile(r"^[A-Z0-9]{2,12}$")
RIGHTS = re.compile(r"^(?:©|\(c\)|copyright\b)", re.I)


def article_of(fields: Mapping[str, str], body: list[str], source: str) -> InputDocument | Problem:
    """The document of an article's coded fields (`HD`, `BY`, `PD`, …) and its paragraphs."""
    title = fields.get("HD") or None
    if not body:
        return problem(source, "empty", f"The article {title!r} has no text.")
    accession = accession_of(fields.get("AN", ""))
    metadata: dict[str, object] = {}
    for code, name in CODES.items():
        if value := fields.get(code, "").strip():
            metadata[name] = coded_list(value) if code in CODED_LISTS else value
    if count := "".join(c for c in fields.get("WC", "") if c.isdigit())[:9]:
        metadata["words"] = int(count)
    for name, value in fields.items():
        if (
            name not in CODES
            and name not in ("HD", "BY", "WC", "PD", "SN", "LA", "AN", "language_code")
            and value
        ):
            metadata[name] = value
    if accession is None and fields.get("AN"):
        metadata["AN"] = fields["AN"]
    return InputDocument(
        source=source,
        format="factiva",
        markup="text",
        content=clean("\n\n".join(body)),
        input_id=accession,
        site=publication_name(fields.get("SN", "")),
        title=clean(title) if title else None,
        authors=authors_of(fields.get("BY", "")),
        published=_published(fields.get("PD", "")),
        language=language_code(fields.get("LA")) or language_code(fields.get("language_code")),
        metadata=metadata,
    )


def accession_of(line: str) -> str | None:
    """The accession number that a line is, alone or after "Document"; None for another line."""
    found = _accession().match(line.strip())
    return found[1] if found else None


def is_end(line: str) -> bool:
    """Whether a line ends an article: "Document" and its accession number."""
    return accession_of(line) is not None and not re.match(rf"{NUMBER}$", line.strip(), re.I)


@cache
def _accession() -> re.Pattern[str]:
    return re.compile(rf"^(?:(?:{any_word(press('accession'))})\s+)?({NUMBER})$", re.I)


def coded_list(value: str) -> list[str]:
    """The names of "code : Name | code : Name"."""
    parts = [part.strip() for part in value.split("|")]
    return [part.partition(" : ")[2].strip() or part for part in parts if part]


def meta_block(lines: list[str]) -> dict[str, str]:
    """The fields of an export without codes, from its lines in their fixed order.

    The line with the number of words anchors them: author before it; after it date, time, source, source code, section or page,
    language, rights.
    """
    fields: dict[str, str] = {}
    lines = [line for line in (line.strip() for line in lines) if line]
    for number, line in enumerate(lines):
        if accession := accession_of(line):
            fields["AN"] = accession
            lines = lines[:number]
            break
    anchor = next((n for n, line in enumerate(lines) if is_count_line(line)), None)
    if anchor is None:
        return fields
    fields["WC"] = lines[anchor]
    if anchor:
        fields["BY"] = lines[anchor - 1]
        if anchor > 1:
            fields["SE"] = lines[anchor - 2]
    for line in lines[anchor + 1 :]:
        _place(line, fields)
    return fields


def is_count_line(line: str) -> bool:
    """Whether a line says how many words an article has ("1 295 mots")."""
    found = COUNT_LINE.match(line.strip())
    return found is not None and found[2].lower() in press("words")


def _place(line: str, fields: dict[str, str]) -> None:
    if "PD" not in fields:
        if find_date(line)[0]:
            fields["PD"] = line
    elif CLOCK.match(line) and "SN" not in fields:
        fields["ET"] = line
    elif RIGHTS.match(line):
        fields["CY"] = line
    elif "SN" not in fields:
        fields["SN"] = line
    elif "SC" not in fields and SOURCE_CODE.match(line):
        fields["SC"] = line
    elif language_code(line) and len(line) > 3:
        fields["LA"] = line
    elif "CY" not in fields and "PG" not in fields:
        fields["PG"] = line


def _published(words: str) -> Published | None:
    return published_from(words)
