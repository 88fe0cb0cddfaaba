"""Names that a user says are companies, put among what a document may name before it is read: its facts see them too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from corpus.corrections.records import Correction

if TYPE_CHECKING:
    from extract import ParagraphEntities

TOLD: Final = "corrections.csv "
"""What begins the id of such a company while its document is read; the key of the correction follows."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A paragraph: where it stands in its document, and what it holds by itself.

    >>> from corpus.corrections import PlacedText
    >>> from extract import Extractor
    >>> text = "Le marché va à galet pour trois ans."
    >>> [read] = Extractor().read([text], ["fr"])
    >>> PlacedText(120, text, read).start
    120
    """

    start: int
    text: str
    entities: ParagraphEntities


def with_told(paragraphs: Sequence[PlacedText], corrections: Sequence[Correction]) -> list[ParagraphEntities]:
    """What the paragraphs of one document hold with the companies that are told.

    Of a place the nearest mention is meant. Elsewhere a longer name that is likelier one stays: who says that Altivera is a
    company does not speak of Altivera Conseil.

    >>> from corpus.corrections import Correction, PlacedText, with_told
    >>> from extract import Extractor, settle_document
    >>> text = "Le marché va à galet pour trois ans."
    >>> [read] = Extractor().read([text], ["fr"])
    >>> row = Correction(1, "k1", "is_company", None, None, "galet", "")
    >>> [told] = with_told([PlacedText(0, text, read)], [row])
    >>> [company.company_id for company in settle_document([text], [told])[0].companies]
    ['corrections.csv k1']
    """
    from extract import is_part_of_name, with_company

    found = [paragraph.entities for paragraph in paragraphs]
    for one in corrections:
        for number, start, end in _spots(paragraphs, one):
            if one.start is None and is_part_of_name(found[number], start, end):
                continue
            text = paragraphs[number].text[start:end]
            found[number] = with_company(found[number], start, end, text, TOLD + one.key, one.to or one.text)
    return found


def told_by(company_id: str | None) -> str | None:
    """The key of the correction that made a mention a company; None for every other mention.

    >>> from corpus.corrections import told_by
    >>> told_by("corrections.csv k1"), told_by("x:galet")
    ('k1', None)
    """
    return company_id.removeprefix(TOLD) if company_id is not None and company_id.startswith(TOLD) else None


def told_about(corrections: Sequence[Correction], texts: Mapping[str, Sequence[str]]) -> list[Correction]:
    """Those whose name stands in one of the documents that they are about; `texts` are each document's paragraphs.

    >>> from corpus.corrections import Correction, told_about
    >>> row = Correction(1, "k1", "is_company", None, None, "galet", "Galet SA")
    >>> [len(told_about([row], {"a": [text]})) for text in ("Le marché va à galet.", "Rien.")]
    [1, 0]
    """

    def stands(one: Correction) -> bool:
        meant = texts.values() if one.doc_id is None else [texts.get(one.doc_id, ())]
        word, written = max(one.text.split(), key=len, default=""), _written(one.text)
        return any(word in text and written.search(text) for paragraphs in meant for text in paragraphs)

    return [one for one in corrections if stands(one)]


def _spots(paragraphs: Sequence[PlacedText], one: Correction) -> list[tuple[int, int, int]]:
    spots = [
        (number, hit.start(), hit.end())
        for number, paragraph in enumerate(paragraphs)
        for hit in _written(one.text).finditer(paragraph.text)
    ]
    if one.start is None or not spots:
        return spots
    place = one.start
    return [min(spots, key=lambda spot: (abs(paragraphs[spot[0]].start + spot[1] - place), spot))]


@cache
def _written(name: str) -> re.Pattern[str]:
    """The name in words of its own, whatever space stands between them."""
    return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, name.split())) + r"(?!\w)")
