"""A stretch of a paragraph that somebody who has read it says is a company, put among what the paragraph may name."""

from __future__ import annotations

from dataclasses import replace

from extract.companies import ListedCompany, ListMatch
from extract.names import NONE, TYPES
from extract.names.records import Candidate
from extract.records import ParagraphEntities

_NONE = TYPES.index(NONE)
# The log-probability of every other kind of name: nothing in a document makes up for it.
_NEVER = -30.0
# A longer stretch that is so much less likely a name than none may still be one: one short sentence tells little of it.
_DOUBT = 2.5


def with_company(
    paragraph: ParagraphEntities, start: int, end: int, text: str, company_id: str, name: str
) -> ParagraphEntities:
    """The paragraph, in which `text` from `start` to `end` is the company `name` with that id, as if a list knew it.

    >>> from extract import Extractor, settle_document, with_company
    >>> text = "Le marché va à galet pour trois ans."
    >>> [read] = Extractor().read([text], ["fr"])
    >>> start = text.index("galet")
    >>> told = with_company(read, start, start + len("galet"), "galet", "x:galet", "Galet SA")
    >>> [company.company for company in settle_document([text], [told])[0].companies]
    ['Galet SA']
    """
    row = ListedCompany(company_id, name, (name,), (), None, None)
    scores = tuple(0.0 if kind == "company" else _NEVER for kind in TYPES)
    told = Candidate(start, end, text, scores, ListMatch(start, end, "company", False, row, name))
    kept = (each for each in paragraph.candidates if each.start < start or each.end > end)
    ordered = sorted((*kept, told), key=lambda each: (each.start, each.end))
    return replace(paragraph, candidates=tuple(ordered))


def is_part_of_name(paragraph: ParagraphEntities, start: int, end: int) -> bool:
    """Whether the stretch is a part of a longer name: one that a list knows, or that may well be one.

    >>> from extract import Extractor, is_part_of_name
    >>> text = "La banque Crédit Agricole recrute."
    >>> [read] = Extractor().read([text], ["fr"])
    >>> start = text.index("Agricole")
    >>> is_part_of_name(read, start, start + len("Agricole"))
    True
    """
    return any(
        each.start <= start
        and end <= each.end
        and each.end - each.start > end - start
        and (each.match is not None or max(each.scores[:_NONE]) > each.scores[_NONE] - _DOUBT)
        for each in paragraph.candidates
    )
