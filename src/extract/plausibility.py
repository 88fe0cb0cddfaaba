"""What cannot be a company's name by the way the document writes it, whatever its context says.

The typing step sees one sentence. The document knows more: that "cloud" is written small, that "Grève" stands in lower case three
lines below, that "Plutôt" has its capital from the sentence it opens.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from operator import itemgetter

from extract.companies import legal_forms
from extract.cue_words import FALLBACK_LANGUAGE, CueWords, cue_words
from extract.folding import fold_name
from extract.languages import calendar_words, known_languages, language_card
from extract.names import TYPES, Candidate, given_names, is_common_word
from extract.records import ParagraphEntities

_COMPANY, _PRODUCT, _PERSON = TYPES.index("company"), TYPES.index("product"), TYPES.index("person")
# A log-probability that nothing in a document makes up for.
NEVER = -30.0
# From this log-probability on one mention says plainly that a name is a person's, from this one on surely that it is a firm's.
PLAIN = -0.4
SURELY = -0.1
# The evidence of a name right behind a noun for firms: "la société Timac".
CALLED = "c:L1:company_noun"
# An abbreviation behind the small words it stands for: "la réalité virtuelle (RV)".
_ABBREVIATION = re.compile(r"[A-Z]+[a-z]?[A-Z]+[a-z]?")
_SMALL_WORD = re.compile(r"\b[a-zß-öø-ÿœ]{3,} ?\(\Z")
_NUMBER = re.compile(r"[0-9]{1,2}|[IVX]{1,5}")
_OPENERS = frozenset(".!?…:•|")
_SPACES_AND_OPENING = " \u00a0\u202f\n\t«“\"‘'–—-("
_BEFORE = 30
_ADVERB = 8  # letters of an adverb at least: "Clément" has seven
_OPENING = re.compile(r".?[«“„\"]\Z|[«“„\"]\s\Z", re.DOTALL)  # of the last two characters
_CLOSING = re.compile(r"\s?[»”“\"]")
_LAST_WORD = re.compile(r"[^\W\d_]+(?=[\s«“„\"'’]*\Z)")
# "M. de", "Mme ", "Dr. von ": a short title, a particle.
_ADDRESS = re.compile(r"\b([A-Z][a-z]{0,4})\.? (?:(?:de la|de|du|van der|van|von|di|da|dos) |d['’])?\Z")
# "**Cas Similaires :** …", "Points Clés: …": what stands before a label at the head of a line, and behind it.
_LABEL_BEGINS = re.compile(r"(?:\A|\n)[\s*_#>•·–—\d.)-]*\Z")
_LABEL_ENDS = re.compile(r"[*_]*\s?:")
# "->setName(", "getTotal()": what a program calls.
_CALLED_BY_PROGRAM = re.compile(r"[a-z]+[A-Z]\w*")
# What stands right behind a name, or behind "qui" there: "Sablier, qui édite …", "Sablier a levé …".
_NEXT_WORD = re.compile(r"(?:, \w{3,4})? ([^\W\d_]+)(?: ([^\W\d_]+))?")
_LOWER_WORD = re.compile(r"\b[a-zß-öø-ÿœ]{2,}\b")


def without_implausible(
    texts: Sequence[str], paragraphs: Sequence[ParagraphEntities]
) -> list[ParagraphEntities]:
    """The paragraphs of one document, with what cannot be a company kept from being read as one."""
    lower = set(map(fold_name, set().union(*map(_LOWER_WORD.findall, texts))))
    inside = _capitalised_inside(texts, paragraphs)
    titles = _titles(texts, paragraphs)
    others = _persons(paragraphs) | _glosses(texts, paragraphs)
    weighed: list[ParagraphEntities] = []
    for text, paragraph in zip(texts, paragraphs, strict=True):
        cues = cue_words(paragraph.language)
        candidates = [
            _never(candidate) if _implausible(candidate, text, paragraph, lower, inside) else candidate
            for candidate in paragraph.candidates
        ]
        candidates = [
            _no_company(candidate)
            if _is_term(candidate)
            or (titles and fold_name(candidate.text) in titles)
            or (others and candidate.match is None and fold_name(candidate.text) in others)
            or _is_addressed(candidate, text, cues)
            else candidate
            for candidate in candidates
        ]
        weighed.append(replace(paragraph, candidates=tuple(candidates)))
    return weighed


def _titles(texts: Sequence[str], paragraphs: Sequence[ParagraphEntities]) -> set[str]:
    """The names that stand alone in quotation marks: works, programmes, nicknames; not those called a company anywhere."""
    quoted = {
        fold_name(candidate.text)
        for text, paragraph in zip(texts, paragraphs, strict=True)
        for candidate in paragraph.candidates
        if _CLOSING.match(text, candidate.end)
        and _OPENING.match(text[max(0, candidate.start - 2) : candidate.start])
    }
    called = {
        fold_name(candidate.text)
        for text, paragraph in zip(texts, paragraphs, strict=True)
        for candidate in paragraph.candidates
        if fold_name(candidate.text) in quoted and _is_called(candidate, text, paragraph.language)
    }
    return quoted - called


def _glosses(texts: Sequence[str], paragraphs: Sequence[ParagraphEntities]) -> set[str]:
    """The abbreviations that stand in brackets behind the small words they shorten: "apprentissage automatique (AA)"."""
    return {
        fold_name(candidate.text)
        for text, paragraph in zip(texts, paragraphs, strict=True)
        for candidate in paragraph.candidates
        if _ABBREVIATION.fullmatch(candidate.text)
        and text[candidate.end : candidate.end + 1] == ")"
        and _SMALL_WORD.search(text, max(0, candidate.start - _BEFORE), candidate.start)
    }


def _persons(paragraphs: Sequence[ParagraphEntities]) -> set[str]:
    """The full names that begin with a given name and are plainly a person's in one place, and their parts that stand alone."""
    full = {
        key
        for paragraph in paragraphs
        for candidate in paragraph.candidates
        if candidate.scores[_PERSON] > PLAIN
        and (key := fold_name(candidate.text)).count(" ") == 1
        and key.partition(" ")[0] in given_names()
    }
    named = full | {part for key in full for part in key.split()}
    firms = {
        fold_name(candidate.text)
        for paragraph in paragraphs
        for candidate in paragraph.candidates
        if candidate.scores[_COMPANY] >= SURELY
    }
    return named - firms


def _is_term(candidate: Candidate) -> bool:
    """Whether the list knows it as a term of the field ("GPS", "SCPI"), whatever is said of it."""
    match = candidate.match
    return match is not None and match.type == "other" and not match.ambiguous


def _is_called(candidate: Candidate, text: str, language: str) -> bool:
    """Whether a list knows the name as a company's, or the last word before it is a noun for firms."""
    if candidate.match is not None and candidate.match.type == "company":
        return True
    word = _LAST_WORD.search(text[max(0, candidate.start - _BEFORE) : candidate.start])
    return word is not None and "company_noun" in cue_words(language).classes_of(fold_name(word[0].strip()))


def _is_addressed(candidate: Candidate, text: str, cues: CueWords) -> bool:
    """ "M. de Tavernost", "CEO Adrian Hallmark": a title before it, or at its head, makes it a person."""
    listed = candidate.match is not None and not candidate.match.ambiguous
    if listed:
        return False
    head, _, rest = candidate.text.partition(" ")
    if rest and head.isupper() and "person_title" in cues.classes.get(fold_name(head), ()):
        return True
    found = _ADDRESS.search(text, max(0, candidate.start - _BEFORE), candidate.start)
    return found is not None and "person_title" in cues.classes.get(fold_name(found[1]), ())


def _capitalised_inside(texts: Sequence[str], paragraphs: Sequence[ParagraphEntities]) -> set[str]:
    """The candidates that stand with their capital elsewhere than at the start of a sentence."""
    return {
        fold_name(candidate.text)
        for text, paragraph in zip(texts, paragraphs, strict=True)
        for candidate in paragraph.candidates
        if candidate.text[:1].isupper() and not _opens(candidate, text, paragraph)
    }


def _opens(candidate: Candidate, text: str, paragraph: ParagraphEntities) -> bool:
    """Whether the candidate owes its capital to its place: the start of a sentence, of a quotation, after a colon."""
    last = candidate.start - 1
    while last >= 0 and text[last] in _SPACES_AND_OPENING:
        last -= 1
    if last < 0 or text[last] in _OPENERS:
        return True
    at = bisect.bisect_right(paragraph.sentences, candidate.start, key=itemgetter(0))
    return at > 0 and candidate.start <= paragraph.sentences[at - 1][0] + 2


def _implausible(
    candidate: Candidate, text: str, paragraph: ParagraphEntities, lower: set[str], inside: set[str]
) -> bool:
    written, match = candidate.text, candidate.match
    listed = match is not None and not match.ambiguous
    if listed and match is not None and match.type != "company":
        return False
    if not written[:1].isupper() and not any(map(str.isupper, written)):
        return not listed
    if (
        match is None
        and text[candidate.end : candidate.end + 1] == "("
        and _CALLED_BY_PROGRAM.fullmatch(written)
    ):
        return True
    if len(written) == 1 and text[candidate.start - 1 : candidate.end + 1] == f"[{written}]":
        return True  # "la société [X]", a party that a judgement does not name
    if match is None and (_is_legal_form(written) or _is_street_day(written, paragraph.language)):
        return True  # "ChatGPT und Co", "via XX Settembre"
    if match is None and _is_label(candidate, text, paragraph.language):
        return True
    if " " in written or not written.isalpha() or not written[1:].islower():
        return False
    folded = fold_name(written)
    if not listed and match is None and folded in lower:
        return True
    if match is None and _is_noun(written, candidate, paragraph.language):
        return True
    if match is None and folded not in inside and _is_adverb(folded, paragraph.language):
        return _opens(candidate, text, paragraph)
    return (
        folded not in inside
        and _opens(candidate, text, paragraph)
        and (
            is_common_word(written.lower(), paragraph.language) or is_common_word(folded, paragraph.language)
        )
        and (match is None or folded in lower or _is_function_word(folded, paragraph.language))
        and not _acts(candidate, text, paragraph.language)
    )


def _is_adverb(folded: str, language: str) -> bool:
    """Whether a word ends as adverbs do: "Durement touché, le groupe …"."""
    return len(folded) >= _ADVERB and folded.endswith(cue_words(language).adverb_endings)


def _acts(candidate: Candidate, text: str, language: str) -> bool:
    """Whether a word does without an article what firms do ("Sablier emploie …", "Escale, qui lève …"): no common noun does."""
    cues, folded = cue_words(language), fold_name(candidate.text)
    behind = _NEXT_WORD.match(text, candidate.end)
    if behind is None or not cues.adverb_endings:
        return False
    if _is_adverb(folded, language) or _is_function_word(folded, language):
        return False
    return "company_verb" in cues.classes.get(fold_name(behind[1]), ()) or (
        fold_name(behind[1]) in cues.auxiliaries
        and "company_verb" in cues.classes.get(fold_name(behind[2] or ""), ())
    )


def _is_label(candidate: Candidate, text: str, language: str) -> bool:
    """Common words with capitals that open a line and end with a colon, as in pages that write headings in title case."""
    if _LABEL_ENDS.match(text, candidate.end) is None:
        return False
    words = candidate.text.split()
    return (
        len(words) > 1
        and _LABEL_BEGINS.search(text[max(0, candidate.start - _BEFORE) : candidate.start]) is not None
        and all(is_common_word(word.lower(), language) for word in words)
    )


def _is_legal_form(written: str) -> bool:
    return written in legal_forms() or f"{written}." in legal_forms()


def _is_street_day(written: str, language: str) -> bool:
    number, _, month = written.partition(" ")
    if not month or _NUMBER.fullmatch(number) is None:
        return False
    known = language if language in known_languages() else FALLBACK_LANGUAGE
    return fold_name(month) in _months(known)


@cache
def _months(language: str) -> frozenset[str]:
    return frozenset(map(fold_name, calendar_words(language).months))


def _is_noun(written: str, candidate: Candidate, language: str) -> bool:
    """ "Aufträgen", where every noun has its capital; what is called a company beside it ("das Start-up Merkur") may be one."""
    if language not in known_languages() or not language_card(language).flag("noun_capitals"):
        return False
    return candidate.evidence != CALLED and is_common_word(written.lower(), language)


def _is_function_word(folded: str, language: str) -> bool:
    """Whether the word often opens sentences and says nothing by itself ("Plus", "Free" is none)."""
    return folded in cue_words(language).sentence_start


def _no_company(candidate: Candidate) -> Candidate:
    scores = list(candidate.scores)
    scores[_COMPANY] = NEVER
    return candidate.scored(tuple(scores))


def _never(candidate: Candidate) -> Candidate:
    scores = list(candidate.scores)
    scores[_COMPANY] = scores[_PRODUCT] = NEVER
    if candidate.match is None:
        return candidate.scored(tuple(scores))
    return replace(candidate, scores=tuple(scores), match=replace(candidate.match, ambiguous=True))
