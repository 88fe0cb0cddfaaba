"""One document, one reading: what the mentions of a name tell together, and each paragraph's companies, names, sums and facts.

A name that is plain in one sentence ("la start-up Galet lève…") and bare in the next ("Galet recrute") is the same thing in both;
a surname is the person of the full name, "Mistral" the company Mistral AI.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from extract.amounts import Amount, DocumentParagraph, document_sums
from extract.companies import (
    Company,
    Curve,
    FoundBy,
    calibrated,
    legal_form_end,
    legal_forms,
    shipped_curve,
    strip_legal_form,
)
from extract.cue_words import FALLBACK_LANGUAGE
from extract.facts import FactParagraph, facts_of_document
from extract.folding import fold_name
from extract.languages import known_languages
from extract.names import NONE, TYPES, decode, normalised
from extract.names.records import NAME_TYPES, Candidate, Chosen, Name
from extract.networks import is_network, with_acting_networks
from extract.pairs import with_pairs_parted
from extract.plausibility import CALLED, without_implausible
from extract.records import ParagraphEntities, SettledParagraph
from extract.short_forms import ShortForms
from extract.sources import cited_names

_NONE = TYPES.index(NONE)
_COMPANY = TYPES.index("company")
# How much of a mention's scores comes from the other mentions of its name in the document.
SHARED_WEIGHT = 0.6
# Of those, how much comes from the mention that is plainest a name: "la start-up Galet" says more than three bare "Galet".
PLAINEST_WEIGHT = 0.8
# What a full name elsewhere in the document adds to the log-probability of its short form being the same kind of thing.
SHORT_FORM_BOOST = 3.0
# What a name gains that stands right behind a noun for firms, and from which log-probability on it may be one there.
CALLED_BOOST = 1.5
CALLED_FLOOR = -1.2
# From this probability on a short name is plainly a company, and the longer names that begin with it are too.
PLAIN = 0.8
# The weights were trained on texts thick with companies; general news names fewer. Half of the articles of WiNER-fr have a lower
# share of business words than the first figure, texts about companies a higher one than the second.
GENERAL_SHARE = 0.012
BUSINESS_SHARE = 0.035
GENERAL_PRIOR = -1.5
BUSINESS_PRIOR = 0.2
# What is less likely than this to be a company is none: in 74 real articles two of 36 such mentions were one, 213 of the
# other 245.
LEAST_SCORE = 0.8
# But for mentions of a name of which another mention is at least this sure; these need be no likelier than the second figure.
SURE_SCORE = 0.95
LEAST_BESIDE_SURE = 0.5
_LONGEST_FORM = 8
# "Yahoo! rachète", "Yahoo!, Galet": a mark behind which the sentence goes on is the name's.
_OWN_MARK = re.compile(r"!(?:,| [a-zà-ÿ])")
# Scores are cut here before they are averaged, so that one sure mention cannot drown five others.
FLOOR = -6.0


def settle_document(
    texts: Sequence[str],
    paragraphs: Sequence[ParagraphEntities],
    curve: Curve | None = None,
    address: str | None = None,
) -> list[SettledParagraph]:
    """Return companies, names, sums and facts of each paragraph of one document, given in the document's order.

    `curve` turns what the typing step says into the scores of companies; None is the shipped one. `address` is the document's
    URL or host, whose domain helps to tell whose dollars and dinars it writes of.

    >>> from extract import Extractor, settle_document
    >>> texts = ["La société Brivane Énergie s'agrandit.", "Brivane a levé 3 millions d'euros."]
    >>> settled = settle_document(texts, Extractor().read(texts, ["fr", "fr"]))
    >>> [paragraph.companies[0].company for paragraph in settled]
    ['Brivane Énergie', 'Brivane Énergie']
    """
    settled = settle_mentions(texts, paragraphs, curve, address)
    facts = facts_of_document(settled)
    return [
        SettledParagraph(paragraph.companies, paragraph.names, paragraph.amounts, tuple(found))
        for paragraph, found in zip(settled, facts, strict=True)
    ]


def settle_mentions(
    texts: Sequence[str],
    paragraphs: Sequence[ParagraphEntities],
    curve: Curve | None = None,
    address: str | None = None,
) -> list[FactParagraph]:
    """Return each paragraph of one document with its companies and names, ready to be asked for facts."""
    curve = curve if curve is not None else shipped_curve()
    amounts = _sums(texts, paragraphs, address)
    paragraphs = without_implausible(texts, paragraphs)
    paragraphs = [with_acting_networks(*pair) for pair in zip(texts, paragraphs, strict=True)]
    prior = _company_prior(paragraphs)
    first = [decode(paragraph.candidates, company_prior=prior) for paragraph in paragraphs]
    paragraphs = with_pairs_parted(paragraphs, first)
    short_forms = ShortForms.of(texts, paragraphs)
    shared = _shared_scores(paragraphs, first, short_forms.full_names)
    boosts = _short_forms(first, _called_companies(paragraphs))
    settled = [_reread(paragraph.candidates, shared, boosts, prior) for paragraph in paragraphs]
    full_companies, full_persons = _full_forms(settled)
    full_companies = {**full_companies, **short_forms.bearers}
    cited = cited_names(texts, paragraphs, settled)
    results: list[FactParagraph] = []
    for text, paragraph, sums, chosen, alone in zip(texts, paragraphs, amounts, settled, first, strict=True):
        before = {(c.candidate.start, c.candidate.end, c.type) for c in alone}
        limits = [c.candidate.start for c in chosen[1:]] + [len(text)]
        read_as = (
            replace(
                _company(text, c, limit, full_companies, before, curve),
                role="source" if _key(c.candidate.text) in cited else "actor",
            )
            for c, limit in zip(chosen, limits, strict=False)
            if c.type == "company"
        )
        companies = tuple(read_as)
        names = tuple(_name(c, full_persons) for c in chosen if c.type in NAME_TYPES and not _is_term(c))
        results.append(
            FactParagraph(
                text=text,
                language=paragraph.language,
                sentences=paragraph.sentences,
                companies=companies,
                names=names,
                amounts=sums,
                dates=paragraph.dates,
            )
        )
    return _likely(results)


def _sums(
    texts: Sequence[str], paragraphs: Sequence[ParagraphEntities], address: str | None
) -> list[tuple[Amount, ...]]:
    """The sums of each paragraph, with the currencies that the document tells."""
    known = known_languages()
    document = [
        DocumentParagraph(
            text,
            paragraph.language if paragraph.language in known else FALLBACK_LANGUAGE,
            paragraph.sentences,
            paragraph.amounts,
        )
        for text, paragraph in zip(texts, paragraphs, strict=True)
    ]
    return document_sums(document, address)


def _likely(paragraphs: Sequence[FactParagraph]) -> list[FactParagraph]:
    """The paragraphs without what is hardly a company: what one of its mentions says surely the others need not say again."""
    companies = [company for paragraph in paragraphs for company in paragraph.companies]
    sure = {_key(company.text) for company in companies if company.score >= SURE_SCORE}

    def is_likely(company: Company) -> bool:
        least = LEAST_BESIDE_SURE if _key(company.text) in sure else LEAST_SCORE
        return company.score >= least

    return [
        replace(paragraph, companies=tuple(filter(is_likely, paragraph.companies)))
        for paragraph in paragraphs
    ]


def _is_term(chosen: Chosen) -> bool:
    """Whether the list knows it as a term of the field ("IA", "PDG"): listed lest it be taken for a name, and none itself."""
    match = chosen.candidate.match
    return match is not None and match.type == "other" and chosen.type == "other"


def _company_prior(paragraphs: Sequence[ParagraphEntities]) -> float:
    """What the document's subject adds to the log-probability of a company: less in general news than in business news."""
    words = sum(paragraph.words for paragraph in paragraphs)
    share = sum(paragraph.business_words for paragraph in paragraphs) / max(words, 1)
    rise = (share - GENERAL_SHARE) / (BUSINESS_SHARE - GENERAL_SHARE)
    return GENERAL_PRIOR + (BUSINESS_PRIOR - GENERAL_PRIOR) * min(1.0, max(0.0, rise))


@lru_cache(maxsize=1 << 14)
def _key(text: str) -> str:
    return fold_name(strip_legal_form(text))


def _shared_scores(
    paragraphs: Sequence[ParagraphEntities],
    first: Sequence[Sequence[Chosen]],
    full_names: Mapping[str, str],
) -> Mapping[str, tuple[float, ...]]:
    """The mean scores of every name that stands more than once, over the mentions that no longer name covers.

    A short form in `full_names` is the same name as its full one.
    """
    found: dict[str, list[Candidate]] = defaultdict(list)
    for paragraph, chosen in zip(paragraphs, first, strict=True):
        starts = [c.candidate.start for c in chosen]  # in order, and none overlaps the next
        for candidate in paragraph.candidates:
            k = bisect.bisect_right(starts, candidate.start) - 1
            longer = chosen[k].candidate if k >= 0 else candidate
            covered = candidate.end <= longer.end and len(candidate.text) < len(longer.text)
            if not covered and not is_network(candidate):
                key = _key(candidate.text)
                found[full_names.get(key, key)].append(candidate)
    pooled = {key: _pooled(group) for key, group in found.items() if len(group) > 1}
    return pooled | {short: pooled[full] for short, full in full_names.items() if full in pooled}


def _pooled(group: Sequence[Candidate]) -> tuple[float, ...]:
    """The mean of the group's scores and of those of its plainest mention."""
    plainest = min(group, key=lambda c: (c.scores[_NONE], c.start))
    *own, best = ([score if score > FLOOR else FLOOR for score in c.scores] for c in (*group, plainest))
    return tuple(
        [
            (1 - PLAINEST_WEIGHT) * (sum(each) / len(group)) + PLAINEST_WEIGHT * p
            for each, p in zip(zip(*own, strict=True), best, strict=True)
        ]
    )


def _short_forms(first: Sequence[Sequence[Chosen]], called: set[str]) -> Mapping[str, Mapping[int, float]]:
    """For the short form of every full name in the document, the types it may have."""
    boosts: dict[str, dict[int, float]] = defaultdict(dict)
    for chosen in (c for paragraph in first for c in paragraph):
        words = _key(chosen.candidate.text).split()
        if len(words) < 2:
            continue
        if chosen.type == "person":
            boosts[words[-1]][TYPES.index("person")] = SHORT_FORM_BOOST
        elif chosen.type == "company" and len(words[0]) > 2:
            boosts[words[0]][_COMPANY] = SHORT_FORM_BOOST
    for full in _full_forms_of(first):
        boosts[full][_COMPANY] = SHORT_FORM_BOOST
    for key in called:
        boosts[key][_COMPANY] = boosts[key].get(_COMPANY, 0.0) + CALLED_BOOST
    return boosts


def _called_companies(paragraphs: Sequence[ParagraphEntities]) -> set[str]:
    """The names that stand somewhere right behind a noun for firms and may be one there: "la société Timac"."""
    return {
        _key(candidate.text)
        for paragraph in paragraphs
        for candidate in paragraph.candidates
        if candidate.evidence == CALLED
        and candidate.scores[_COMPANY] > max(candidate.scores[_NONE], CALLED_FLOOR)
    }


def _full_forms_of(first: Sequence[Sequence[Chosen]]) -> set[str]:
    """The longer names that begin with what is plainly a company: "Timac Agro" where the document says "la société Timac"."""
    plain = {
        _key(chosen.candidate.text)
        for paragraph in first
        for chosen in paragraph
        if chosen.type == "company" and chosen.probability >= PLAIN
    }
    keys = {
        _key(chosen.candidate.text) for paragraph in first for chosen in paragraph if chosen.type == "person"
    }
    return {key for key in keys if key.partition(" ")[2] and key.partition(" ")[0] in plain}


def _reread(
    candidates: Sequence[Candidate],
    shared: Mapping[str, tuple[float, ...]],
    boosts: Mapping[str, Mapping[int, float]],
    prior: float,
) -> list[Chosen]:
    rescored: list[Candidate] = []
    parts = _parts_of_better(candidates)
    for candidate in candidates:
        key = _key(candidate.text)
        scores: Sequence[float] = candidate.scores
        if key in shared and (candidate.start, candidate.end) not in parts:
            scores = [
                (1 - SHARED_WEIGHT) * own + SHARED_WEIGHT * other
                for own, other in zip(scores, shared[key], strict=True)
            ]
        if key in boosts:
            scores = [score + boosts[key].get(k, 0.0) for k, score in enumerate(scores)]
        if scores is not candidate.scores:
            candidate = candidate.scored(normalised(scores))
        rescored.append(candidate)
    return decode(rescored, company_prior=prior)


def _parts_of_better(candidates: Sequence[Candidate]) -> set[tuple[int, int]]:
    """The candidates inside a longer one that is likelier a name: "BMW" of "BMW Série 7" is not the firm, whatever else the
    document says of BMW."""
    parts: set[tuple[int, int]] = set()
    open_ones: list[
        tuple[int, float]
    ] = []  # end and gain of the candidates that reach beyond the present start
    for candidate in sorted(candidates, key=lambda c: (c.start, -c.end)):
        open_ones = [(end, gain) for end, gain in open_ones if end > candidate.start]
        gain = max(candidate.scores[:_NONE]) - candidate.scores[_NONE]
        if any(end >= candidate.end and better > gain for end, better in open_ones):
            parts.add((candidate.start, candidate.end))
        open_ones.append((candidate.end, gain))
    return parts


def _full_forms(settled: Sequence[Sequence[Chosen]]) -> tuple[Mapping[str, Candidate], Mapping[str, str]]:
    """The one full name in the document that a short form can stand for: companies by first word, persons by last."""
    companies: dict[str, dict[str, Candidate]] = defaultdict(dict)
    persons: dict[str, dict[str, str]] = defaultdict(dict)
    for chosen in (c for paragraph in settled for c in paragraph):
        text = chosen.candidate.text
        words = _key(text).split()
        if len(words) < 2:
            continue
        if chosen.type == "company":
            companies[words[0]].setdefault(_key(text), chosen.candidate)
        elif chosen.type == "person":
            persons[words[-1]].setdefault(_key(text), text)
    return (
        {short: next(iter(full.values())) for short, full in companies.items() if len(full) == 1},
        {short: next(iter(full.values())) for short, full in persons.items() if len(full) == 1},
    )


def _company(
    text: str,
    chosen: Chosen,
    limit: int,
    full_forms: Mapping[str, Candidate],
    before: set[tuple[int, int, str]],
    curve: Curve,
) -> Company:
    candidate = chosen.candidate
    start = _with_form_before(text, candidate.start)
    end = _with_legal_form(text, candidate.start, candidate.end, limit)
    row = candidate.match.company if candidate.match else None
    found_by: FoundBy = "list" if row is not None else "model" if candidate.label == "ORG" else "context"
    name = strip_legal_form(candidate.text)
    if row is None:
        full = full_forms.get(_key(candidate.text))
        if full is not None:
            row = full.match.company if full.match else None
            name = strip_legal_form(full.text)
        if (candidate.start, candidate.end, "company") not in before:
            found_by = "document"
    return Company(
        start=start,
        end=end,
        text=text[start:end],
        company=row.name if row else name,
        company_id=row.id if row else None,
        country=row.country if row else None,
        sector=row.sector if row else None,
        found_by=found_by,
        score=calibrated(chosen.probability, curve),
        rule=_rule(candidate),
    )


def _rule(candidate: Candidate) -> str:
    """What speaks for a company: a list that is sure, a language model, or the heaviest feature of the typing step."""
    if candidate.match is not None and candidate.match.company is not None and not candidate.match.ambiguous:
        return "list"
    return f"label {candidate.label}" if candidate.label == "ORG" else f"typing {candidate.evidence}".strip()


def _with_legal_form(text: str, start: int, end: int, limit: int) -> int:
    """The end of the mention with the legal form beside it, and with the dot of a form that has one ("Inc.")."""
    bare_end = start + len(strip_legal_form(text[start:end]))
    extended = legal_form_end(text, bare_end)
    if _OWN_MARK.match(text, end):
        return end + 1
    return extended if end < extended <= limit else end


def _with_form_before(text: str, start: int) -> int:
    """The start of the mention with the legal form before it: "la |SCI Domaine des Chênes"."""
    before = text[max(0, start - _LONGEST_FORM) : start]
    if not before.endswith((" ", "\u00a0")):
        return start
    word = before[:-1].split(" ")[-1]
    return start - len(word) - 1 if len(word) > 1 and word.isupper() and word in legal_forms() else start


def _name(chosen: Chosen, full_persons: Mapping[str, str]) -> Name:
    candidate = chosen.candidate
    name = candidate.match.name if candidate.match else candidate.text
    if chosen.type == "person":
        name = full_persons.get(_key(candidate.text), name)
    kind = next(k for k in NAME_TYPES if k == chosen.type)
    return Name(candidate.start, candidate.end, candidate.text, kind, name, chosen.probability)
