"""Facts: an amount tied to the company that pays it, receives it or is worth it.

The engine starts from the sum. Each sum of a document is a candidate; what kind of statement it belongs to is told by the words
around it, whose sum it is by where the companies stand to it and by what the document is about, and both together by the
likeliest pair. Nothing is tied by a word list alone, and what is not likely enough is no fact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.amounts.records import Amount
from extract.companies.records import Company
from extract.dates.records import DateExpression
from extract.facts.argument_features import (
    certainty_features,
    date_features,
    date_positions,
    no_date_features,
    partners,
)
from extract.facts.judge import Judge, shipped_judge
from extract.facts.kind_features import Feature, kind_features, previous_sum
from extract.facts.party_features import Candidate, LastFact, candidates
from extract.facts.readings import Evidence, Reading, Said, agreed
from extract.facts.records import CERTAINTIES, ROLES, Certainty, Fact, FactKind, FactParagraph
from extract.facts.second_reader import Place, SecondReader, SumChances, pooled
from extract.facts.sentences import Document, Sentence
from extract.facts.turns import in_turns
from extract.facts.weights import FactWeights, shipped_weights, softmax
from extract.names.records import Name
from extract.sentences import split_sentences

NO_FACT = "none"
_LIKELIEST = 3  # kinds of a sum that are tried with every company
_WITH_AUTHORITY = frozenset({"fine", "grant"})
# From this joint probability on, the company of a sum is what the next one may go on about.
_REMEMBERED_FROM = 0.25
# Half of a sum's companies have to speak for a partner: below, it is a bystander.
_PARTNER_FROM = 0
# A sum that the features take for no fact as surely as this is not read a second time: most sums of general news are prices.
_SURELY_NONE = 0.9


def find_facts(
    text: str,
    companies: Sequence[Company],
    amounts: Sequence[Amount],
    dates: Sequence[DateExpression],
    language: str = "fr",
    *,
    names: Sequence[Name] = (),
) -> list[Fact]:
    """Return the facts of one text, read as a document of one paragraph, at most one an amount, in their order.

    >>> from extract import find_amounts, find_companies, find_facts, scan_dates
    >>> text = "Brivane, éditeur de logiciels, a levé 12 millions d'euros en mai 2023."
    >>> [fact] = find_facts(text, find_companies(text), find_amounts(text), scan_dates(text))
    >>> fact.kind, fact.company, fact.certainty
    ('funding_round', 'Brivane', 'stated')
    """
    sentences = tuple(split_sentences(text, language))
    paragraph = FactParagraph(
        text, language, sentences, tuple(companies), tuple(names), tuple(amounts), tuple(dates)
    )
    return facts_of_document([paragraph])[0]


def facts_of_document(
    paragraphs: Sequence[FactParagraph],
    weights: FactWeights | None = None,
    reader: SecondReader | None = None,
    judge: Judge | None = None,
) -> list[list[Fact]]:
    """Return the facts of each paragraph of a document, at most one an amount, in the order of the amounts.

    `weights`, `reader` and `judge` stand for the shipped ones.

    >>> from extract import find_amounts, find_companies, split_sentences
    >>> from extract.facts import FactParagraph, facts_of_document
    >>> text = "Kalistor rachète Ondalys pour 40 millions d'euros."
    >>> companies, amounts = tuple(find_companies(text)), tuple(find_amounts(text))
    >>> paragraph = FactParagraph(text, "fr", tuple(split_sentences(text)), companies, (), amounts, ())
    >>> [[fact]] = facts_of_document([paragraph])
    >>> fact.kind, fact.company, fact.counterparties
    ('acquisition', 'Kalistor', ('Ondalys',))
    """
    found: list[list[Fact]] = [[] for _ in paragraphs]
    if not any(paragraph.amounts for paragraph in paragraphs) or not any(p.companies for p in paragraphs):
        return found
    document = Document.of(paragraphs)
    if not document.may_tell_facts():
        return found
    weights = weights or shipped_weights()
    readings = readings_of(document, weights, reader)
    for reading in (judge or shipped_judge()).weighed(document, readings, weights.kind.classes):
        if reading.raw >= weights.threshold:
            found[reading.sentence.paragraph_number].append(_fact(document, reading, weights))
    return found


def readings_of(
    document: Document, weights: FactWeights, reader: SecondReader | None = None
) -> list[Reading]:
    """The reading of each sum of a document that has a company near it, as both readers make it out."""
    told = _told(document)
    heard = _second_reading(document, told, weights, reader)
    return agreed(in_turns(_readings(document, told, weights, heard)))


_Told = Mapping[tuple[int, int], Sequence[Feature]]
"""What the words around each sum tell of its kind, by the index of its sentence and its item there."""


def _told(document: Document) -> _Told:
    return {
        (sentence.index, k): kind_features(document, sentence, k)
        for sentence in document.sentences
        if sentence.has_sum
        for k in sentence.positions("sum")
    }


def _second_reading(
    document: Document, told: _Told, weights: FactWeights, reader: SecondReader | None
) -> Mapping[Place, SumChances]:
    """What the second reader makes of the sentences with a sum that may be of a fact."""
    none = weights.kind.classes.index(NO_FACT)
    wanted = {
        index
        for (index, _), features in told.items()
        if document.sentences[index].has_weighty_sum
        and weights.kind.probabilities(name for name, _ in features)[none] < _SURELY_NONE
    }
    return (reader or _shipped_reader()).read(document, sorted(wanted)) if wanted else {}


def _shipped_reader() -> SecondReader:
    from extract.facts.encoder_reader import shipped_reader  # numpy is loaded where there is a sum to read

    return shipped_reader()


def _readings(
    document: Document, told: _Told, weights: FactWeights, heard: Mapping[Place, SumChances]
) -> list[Reading]:
    """The likeliest reading of each sum of the document near which a company is, in order."""
    found: list[Reading] = []
    last: LastFact | None = None
    before: tuple[int, int, str] | None = None
    for sentence in document.sentences:
        for k in sentence.positions("sum") if sentence.has_sum else ():
            features = (*told[sentence.index, k], *previous_sum(sentence, k, before))
            first = weights.kind.probabilities(name for name, _ in features)
            second = heard.get((sentence.index, sentence.items[k].start))
            kinds = _said(first, None if second is None else second.kinds)
            before = (sentence.index, k, weights.kind.classes[_order(kinds.both)[0]])
            evidence = _evidence(kinds, candidates(document, sentence, k, last), weights, second)
            reading = _likeliest(sentence, k, features, evidence, weights.kind.classes)
            if reading is None:
                continue
            if reading.raw >= _REMEMBERED_FROM:
                last = LastFact(reading.company, sentence.index)
            found.append(reading)
    return found


def _said(first: Sequence[float], second: Sequence[float] | None) -> Said:
    return Said(first, second, first if second is None else pooled(first, second))


def _order(chances: Sequence[float]) -> list[int]:
    """The classes from the likeliest on."""
    return sorted(range(len(chances)), key=lambda n: (-chances[n], n))


def _evidence(
    kinds: Said, companies: Sequence[Candidate], weights: FactWeights, second: SumChances | None
) -> Evidence:
    owners: dict[FactKind, Said] = {}
    for number in _order(kinds.both)[:_LIKELIEST]:
        kind = weights.kind.classes[number]
        if kind == NO_FACT:
            continue
        first = softmax([weights.party.total(with_kind(c.features, kind)) for c in companies])
        heard = None if second is None else [second.of_company(c.company, number) for c in companies]
        owners[kind] = _said(first, heard)  # type: ignore[index]  # the weights' classes but for none are kinds
    return Evidence(kinds, companies, owners)


def _likeliest(
    sentence: Sentence, k: int, features: tuple[Feature, ...], evidence: Evidence, classes: Sequence[str]
) -> Reading | None:
    """The likeliest kind and company of the sum at `k`; None where no company is near."""
    best: Reading | None = None
    for kind, owners in evidence.owners.items():
        likely = evidence.kinds.both[classes.index(kind)]
        for candidate, share in zip(evidence.candidates, owners.both, strict=True):
            raw = likely * share
            if candidate.company is not None and (best is None or raw > best.raw):
                best = Reading(sentence, k, features, evidence, kind, candidate, candidate.company, raw)
    return best


def with_kind(features: Sequence[str], kind: str) -> list[str]:
    """The features, and each of them together with the kind."""
    return [*features, *(f"{kind}|{feature}" for feature in features)]


def _fact(document: Document, reading: Reading, weights: FactWeights) -> Fact:
    sentence, k = reading.sentence, reading.k
    item = sentence.items[k]
    position = reading.candidate.position
    trigger = _trigger(sentence, k, reading.kind, reading.features, weights)
    bounds = [k if trigger is None else trigger, k, k if position is None else position]
    start, end = sentence.items[min(bounds)].start, sentence.items[max(bounds)].end
    return Fact(
        start=start,
        end=end,
        text=sentence.paragraph.text[start:end],
        kind=reading.kind,
        company=reading.company,
        company_start=None if position is None else sentence.items[position].start,
        company_role=ROLES.get(reading.kind, "subject"),
        counterparties=_counterparties(document, sentence, k, reading, weights),
        authority=_authority(document, sentence, k, reading.kind),
        amount_start=item.start,
        date_start=_date(sentence, k, reading, weights),
        certainty=_certainty(sentence, k, weights),
        trigger="" if trigger is None else _written(sentence, trigger),
        rule="focus" if position is None else "sentence",
        score=round(weights.share_right(reading.raw), 3),
    )


def _written(sentence: Sentence, k: int) -> str:
    item = sentence.items[k]
    return sentence.paragraph.text[item.start : item.end]


def _trigger(
    sentence: Sentence, k: int, kind: str, features: Sequence[Feature], weights: FactWeights
) -> int | None:
    """The position of the word whose features speak most for the kind, against the mean of all kinds."""
    column = weights.kind.classes.index(kind)
    told: dict[int, int] = {}
    for name, position in set(features):
        row = weights.kind.weights.get(name)
        if row is not None and position is not None and sentence.items[position].kind == "word":
            told[position] = told.get(position, 0) + row[column] * len(row) - sum(row)
    return max(told, key=lambda n: (told[n], -abs(n - k), -n), default=None)


def _date(sentence: Sentence, k: int, reading: Reading, weights: FactWeights) -> int | None:
    """The start of the date that the syntax ties to the sum."""
    best, best_total = None, weights.date.total(no_date_features(sentence, reading.kind))
    for position in date_positions(sentence, k):
        features = date_features(sentence, k, position, reading.kind, reading.candidate.position)
        total = weights.date.total(features)
        if total > best_total:
            best, best_total = sentence.items[position].start, total
    return best


def _counterparties(
    document: Document, sentence: Sentence, k: int, reading: Reading, weights: FactWeights
) -> tuple[str, ...]:
    rated = [
        (weights.partner.total(features), name)
        for name, features in partners(document, sentence, k, reading.kind, reading.company)
    ]
    return tuple(
        name for total, name in sorted(rated, key=lambda row: (-row[0], row[1])) if total > _PARTNER_FROM
    )


def _authority(document: Document, sentence: Sentence, k: int, kind: str) -> str | None:
    """The institution nearest to the sum of a fine or a grant, in its sentence or the one before."""
    if kind not in _WITH_AUTHORITY:
        return None
    near = [
        (abs(position - k), position, item.mention.name)
        for position, item in ((n, sentence.items[n]) for n in sentence.positions("name"))
        if isinstance(item.mention, Name) and item.mention.type == "institution"
    ]
    if near:
        return min(near)[2]
    if sentence.index == 0 or kind != "fine":
        return None
    earlier = document.sentences[sentence.index - 1]
    named = [m.name for *_, m in earlier.mentions if isinstance(m, Name) and m.type == "institution"]
    return named[-1] if named else None


def _certainty(sentence: Sentence, k: int, weights: FactWeights) -> Certainty:
    chances = weights.certainty.probabilities(certainty_features(sentence, k))
    return CERTAINTIES[max(range(len(chances)), key=lambda n: (chances[n], -n))]
