"""Facts on annotated sentences and articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.amounts import find_amounts
from extract.documents import settle_document
from extract.entities import Extractor
from extract.facts import find_facts
from extract.find import find_companies

from .gold_articles import articles

SENTENCES = Path(__file__).parent / "sentences" / "facts.txt"


def annotated() -> list[tuple[str, str, str]]:
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(("language", "text", "expected"), annotated())
def test_annotated_sentences(extractor: Extractor, language: str, text: str, expected: str) -> None:
    paragraphs = extractor.read([text], [language])
    [settled] = settle_document([text], paragraphs)
    amounts = {amount.start: amount.text for amount in paragraphs[0].amounts}
    rows = [
        f"{f.kind} | {f.company} | {amounts[f.amount_start]} | {f.counterparty or '-'} | {f.certainty}"
        for f in settled.facts
    ]
    assert (" ; ".join(rows) or "-") == expected


def test_annotated_articles(extractor: Extractor) -> None:
    hits = found = wanted = 0
    for article in articles():
        texts = [text for text, _ in article.paragraphs]
        paragraphs = extractor.read(texts, [article.language] * len(texts))
        got: set[tuple[str, str, str]] = set()
        for paragraph, result in zip(paragraphs, settle_document(texts, paragraphs), strict=True):
            amounts = {amount.start: amount.text for amount in paragraph.amounts}
            got |= {(fact.kind, fact.company, amounts[fact.amount_start]) for fact in result.facts}
        gold = {(fact.kind, fact.company, fact.amount) for fact in article.facts}
        hits, found, wanted = hits + len(got & gold), found + len(got), wanted + len(gold)
    precision, recall = hits / found, hits / wanted
    assert precision >= 0.80
    assert 2 * precision * recall / (precision + recall) >= 0.65


def test_a_fact_points_at_its_evidence() -> None:
    text = "En mai 2024, Safran a racheté Preligens pour 220 millions d'euros."
    amounts = find_amounts(text)
    [fact] = find_facts(text, find_companies(text), amounts, [(3, 11)])
    assert fact.text == text[fact.start : fact.end] == "Safran a racheté Preligens pour 220 millions d'euros"
    assert text[fact.company_start or 0 :].startswith("Safran")
    assert text[fact.amount_start :].startswith("220")
    assert (fact.date_start, fact.trigger, fact.company_role) == (3, "racheté", "payer")


def test_a_pronoun_in_the_next_paragraph_stands_for_the_company_before(extractor: Extractor) -> None:
    texts = ["Mistral AI recrute à Paris.", "La start-up a levé 600 millions d'euros."]
    settled = settle_document(texts, extractor.read(texts, ["fr"] * 2))
    [fact] = settled[1].facts
    assert (fact.company, fact.company_start) == ("Mistral AI", None)


def test_an_amount_without_a_company_is_no_fact(extractor: Extractor) -> None:
    text = "Le plan coûtera 3 milliards d'euros, a levé le doute le ministre."
    [settled] = settle_document([text], extractor.read([text], ["fr"]))
    assert settled.facts == ()


@pytest.mark.parametrize(
    ("texts", "company"),
    [
        # The leader of a round lends a hand: what follows is still about the one that raises.
        (
            [
                "Pasqal a levé 100 millions d'euros. Le tour est mené par Eurazeo.",
                "Le groupe vaut 2 milliards d'euros.",
            ],
            "Pasqal",
        ),
        (
            ["Pasqal a annoncé un tour mené par Eurazeo. La start-up a investi 2 milliards d'euros à Massy."],
            "Pasqal",
        ),
        # Nor does the subject of the sentence, when it is the one that gives.
        (
            [
                "Eurazeo a mené une levée de 100 millions d'euros dans Pasqal.",
                "L'entreprise vaut 2 milliards d'euros.",
            ],
            "Pasqal",
        ),
        (
            [
                "Pasqal discute. La Commission a infligé une amende à Eurazeo.",
                "Le groupe vaut 2 milliards d'euros.",
            ],
            "Eurazeo",
        ),
        (
            [
                "Pasqal a bouclé une levée. Thales et Eurazeo ont participé à l'opération, qui valorise Pasqal à 2 milliards "
                "d'euros. Au total, elle a réuni 300 millions d'euros."
            ],
            "Pasqal",
        ),
        (
            [
                "OVHcloud a réalisé 900 millions d'euros de chiffre d'affaires, et Scaleway, filiale du groupe Iliad, a suivi."
            ],
            "OVHcloud",
        ),
    ],
)
def test_a_pronoun_stands_for_the_company_that_is_spoken_of(
    extractor: Extractor, texts: list[str], company: str
) -> None:
    settled = settle_document(texts, extractor.read(texts, ["fr"] * len(texts)))
    assert settled[-1].facts[-1].company == company


def test_who_leads_a_round_does_not_raise(extractor: Extractor) -> None:
    text = "Eurazeo, le fonds parisien, a conduit un tour de table de 100 millions d'euros dans Pasqal."
    [settled] = settle_document([text], extractor.read([text], ["fr"]))
    assert [(fact.company, fact.counterparty) for fact in settled.facts] == [("Pasqal", "Eurazeo")]
