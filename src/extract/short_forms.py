"""The short forms that a document gives to full names in brackets: one name, one reading, and one canonical form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.companies import strip_legal_form
from extract.cue_words import cue_words
from extract.folding import fold_name
from extract.names import abbreviated_names
from extract.names.records import Candidate
from extract.records import ParagraphEntities


@dataclass(frozen=True, slots=True)
class ShortForms:
    """What the short forms of a document stand for; keys are folded names without legal forms.

    `full_names` gives each short form its full name, `bearers` each of the two that no list knows the mention whose name it
    bears: the full one, or the short one where a list knows that.
    """

    full_names: Mapping[str, str]
    bearers: Mapping[str, Candidate]

    @classmethod
    def of(cls, texts: Sequence[str], paragraphs: Sequence[ParagraphEntities]) -> ShortForms:
        """Find them in the paragraphs of one document.

        >>> from extract import Extractor
        >>> from extract.short_forms import ShortForms
        >>> texts = ["La Société Morvandelle de Banque (SMB) a prêté 3 millions d'euros."]
        >>> ShortForms.of(texts, Extractor().read(texts, ["fr"])).full_names
        {'smb': 'societe morvandelle de banque'}
        """
        full_names: dict[str, str] = {}
        bearers: dict[str, Candidate] = {}
        for text, paragraph in zip(texts, paragraphs, strict=True):
            connectors = cue_words(paragraph.language).connectors
            for full, short in abbreviated_names(text, paragraph.candidates, connectors):
                full_names[_key(short)] = _key(full)
                if full.match is None and _is_listed(short):
                    bearers.setdefault(_key(full), short)
                elif short.match is None:
                    bearers.setdefault(_key(short), full)
        return cls(full_names, bearers)


def _key(candidate: Candidate) -> str:
    return fold_name(strip_legal_form(candidate.text))


def _is_listed(candidate: Candidate) -> bool:
    match = candidate.match
    return match is not None and match.company is not None and not match.ambiguous
