"""Lists that hand out their sums one by one, and addresses among the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.amounts import find_amounts
from extract.companies.records import Company
from extract.facts.addresses import addresses
from extract.facts.party_features import Candidate
from extract.facts.readings import Evidence, Reading, Said, agreed
from extract.facts.records import FactParagraph
from extract.facts.sentences import Document, Sentence
from extract.facts.turns import in_turns

NAMES = ("Danone", "Lactalis", "Bel")


def sentence_of(text: str) -> Sentence:
    companies = tuple(
        Company(start, start + len(name), name, name, None, None, None, "list", 1.0, "list")
        for name in NAMES
        if (start := text.find(name)) >= 0
    )
    ordered = tuple(sorted(companies, key=lambda company: company.start))
    paragraph = FactParagraph(text, "fr", ((0, len(text)),), ordered, (), tuple(find_amounts(text)), ())
    return Document.of([paragraph]).sentences[0]


def readings(sentence: Sentence, shares: list[dict[str, float]]) -> list[Reading]:
    found = []
    for k, row in zip(sentence.positions("sum"), shares, strict=True):
        rated = [(Candidate(name, None, ()), share) for name, share in row.items()]
        best, share = max(rated, key=lambda one: one[1])
        assert best.company is not None
        owners = Said(list(row.values()), None, list(row.values()))
        evidence = Evidence(Said([0.9], None, [0.9]), [c for c, _ in rated], {"fine": owners})
        found.append(Reading(sentence, k, (), evidence, "fine", best, best.company, 0.9 * share))
    return found


@pytest.mark.parametrize(
    ("text", "shares", "owners"),
    [
        (
            "40 millions d'euros pour Danone, 110 millions pour Lactalis et 9 millions pour Bel.",
            [
                {"Danone": 0.9, "Lactalis": 0.1, "Bel": 0.0},
                {"Danone": 0.6, "Lactalis": 0.3, "Bel": 0.1},
                {"Danone": 0.1, "Lactalis": 0.2, "Bel": 0.7},
            ],
            ["Danone", "Lactalis", "Bel"],
        ),
        (
            "Danone investira 40 millions d'euros et Lactalis 110 millions.",
            [{"Danone": 0.9, "Lactalis": 0.1}, {"Danone": 0.6, "Lactalis": 0.4}],
            ["Danone", "Lactalis"],
        ),
        (  # all are the first one's: no turn is likelier than that
            "Danone a payé 40 millions d'euros pour Lactalis, 9 millions pour Bel.",
            [{"Danone": 0.95, "Lactalis": 0.05, "Bel": 0.0}, {"Danone": 0.9, "Lactalis": 0.05, "Bel": 0.05}],
            ["Danone", "Danone"],
        ),
        (  # built otherwise: each sum is read alone
            "40 millions d'euros pour Danone, puis l'an dernier 110 millions de moins que prévu chez Lactalis.",
            [{"Danone": 0.9, "Lactalis": 0.1}, {"Danone": 0.6, "Lactalis": 0.4}],
            ["Danone", "Danone"],
        ),
    ],
)
def test_a_list_is_handed_out_as_a_whole(
    text: str, shares: list[dict[str, float]], owners: list[str]
) -> None:
    told = readings(sentence_of(text), shares)
    found = in_turns(told)
    assert [reading.company for reading in found] == owners


def test_a_sum_that_may_be_paired_in_two_ways_is_paired_in_the_likelier_one() -> None:
    sentence = sentence_of(
        "40 millions d'euros pour Danone et 110 millions d'euros pour Lactalis - 9 millions d'euros."
    )
    told = readings(
        sentence,
        [
            {"Danone": 0.9, "Lactalis": 0.1},
            {"Danone": 0.2, "Lactalis": 0.8},
            {"Danone": 0.1, "Lactalis": 0.9},
        ],
    )
    assert [reading.company for reading in in_turns(told)] == ["Danone", "Lactalis", "Lactalis"]


SHARES = st.lists(st.floats(0.001, 1.0), min_size=3, max_size=3)
ITEMS = st.lists(
    st.sampled_from(["40 millions d'euros", "Danone", "Lactalis", "Bel"]), min_size=2, max_size=8
)


@given(ITEMS, st.sampled_from([" pour ", ", ", " ", " ("]), st.lists(SHARES, min_size=8, max_size=8))
def test_what_is_told_together_stays_a_chance(items: list[str], link: str, shares: list[list[float]]) -> None:
    sentence = sentence_of(link.join(items) + ".")
    rows = [
        {name: share / sum(row) for name, share in zip(NAMES, row, strict=True)}
        for row, _ in zip(shares, sentence.positions("sum"), strict=False)
    ]
    told = readings(sentence, rows)
    found = in_turns(told)
    assert [(r.k, r.kind) for r in found] == [(r.k, r.kind) for r in told]
    assert all(0 < r.raw <= 1 for r in found)
    assert all(
        after.raw >= before.raw - 1e-9
        for before, after in zip(told, found, strict=True)
        if before.company == after.company
    )


def test_equal_sums_of_a_list_are_two() -> None:
    sentence = sentence_of("40 millions d'euros pour Danone, 40 millions d'euros pour Lactalis.")
    told = readings(sentence, [{"Danone": 0.9, "Lactalis": 0.1}, {"Danone": 0.3, "Lactalis": 0.7}])
    assert [reading.company for reading in agreed(in_turns(told))] == ["Danone", "Lactalis"]


@given(st.text(alphabet="ab ](){}<>#/:.htps", max_size=200))
def test_addresses_are_in_order_and_apart(text: str) -> None:
    last = 0
    for start, end in addresses(text):
        assert last <= start < end <= len(text)
        last = end


def test_an_address_holds_no_words() -> None:
    text = "[Danone](https://www.danone.com/fr/leve-40-millions){.out} investira 40 millions d'euros."
    assert [item.word for item in sentence_of(text).items] == ["[", "#C", "investira", "#S", "."]
