"""What Nexis exports share: labelled lines around a body."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from corpus.readers.fields import clean
from corpus.readers.inputs import problem
from corpus.readers.lexicon import READER_WORDS, any_word, fold, language_code, press
from corpus.readers.lexicon import words as lexicon_words
from corpus.readers.markup import squeeze
from corpus.readers.press.notation import authors_of, publication_name
from corpus.readers.published import find_date, published_from
from corpus.records import InputDocument, Problem
from extract.languages import known_languages

LABELLED = re.compile(r"^([^\W\d_][\w -]{2,22}?)\s?:[\s\u00a0]{0,4}(.*)$", re.S)
COUNTRY = re.compile(r"^(.{2,80}?) ?\(([^()]{2,40})\)$")


@cache
def labels() -> dict[str, str]:
    """The label of a line (folded) and the field it stands for."""
    return {
        fold(word): name
        for language in known_languages()
        for name, found in READER_WORDS.read(language).table("nexis").lists("labels").items()
        for word in found
    }


@cache
def words(slot: str) -> frozenset[str]:
    """The lines that mark a place in a document ("Body", "End of Document"), folded."""
    return frozenset(lexicon_words("nexis", slot))


def labelled(line: str) -> tuple[str, str] | None:
    """The field and the value of a labelled line ("LENGTH: 355 words"), or None."""
    found = LABELLED.match(line.strip())
    if found is None:
        return None
    name = labels().get(fold(found[1]))
    return (name, squeeze(found[2].replace("\u00a0", " "))) if name else None


def is_rights_line(line: str) -> bool:
    """Whether a line says who holds the rights: it begins with the sign, or has the words."""
    return line.lower().startswith(("©", "(c)")) or _rights().search(fold(line)) is not None


@cache
def _rights() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_word(press('rights'))})\b")


def is_date_line(line: str) -> bool:
    """Whether a line is a date with little else ("July 1, 2019 Monday 9:20 AM GMT", "mardi 5 mars 2019")."""
    return len(line) <= 60 and find_date(line)[0] is not None


def document(
    header: list[str], fields: dict[str, str], body: list[str], source: str, title: str | None
) -> InputDocument | Problem:
    """The document of a header's lines (publication and date among them), labelled fields and paragraphs."""
    date = next((line for line in header if is_date_line(line)), None)
    rights = next((line for line in header if is_rights_line(line)), None)
    names = [line for line in header if line not in (date, rights, title)]
    if not body:
        return problem(source, "empty", f"The article {title!r} has no text.")
    metadata: dict[str, Any] = {
        name: value
        for name, value in fields.items()
        if name not in ("byline", "language", "url", "length") and value
    }
    if count := "".join(c for c in fields.get("length", "") if c.isdigit())[:9]:
        metadata["words"] = int(count)
    if rights:
        metadata["rights"] = rights
    raw_name = names[0] if names else ""
    if len(names) > 1:
        metadata["edition"] = " ".join(names[1:])
    name = publication_name(raw_name)
    if name and (found := COUNTRY.match(name)):
        name, metadata["place"] = found[1], found[2]
    return InputDocument(
        source=source,
        format="nexis",
        markup="text",
        content=clean("\n\n".join(body)),
        url=fields.get("url") or None,
        site=name,
        title=clean(title) if title else None,
        authors=authors_of(fields.get("byline", "")),
        published=published_from(date),
        language=language_code(fields.get("language", "").split(";")[0].strip()),
        metadata={key: value for key, value in metadata.items() if value},
    )
