"""The lists that ship: complete where they promise to be, consistent, and silent on everyday sentences."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

import pytest

from extract.companies.lists import OTHER_TYPES, CompanyList
from extract.folding import fold_name

DATA = files("extract") / "data"
# ISO 3166-1 alpha-2 codes of the head offices that the list may name.
COUNTRIES = {
    "AE",
    "AO",
    "AR",
    "AT",
    "AU",
    "BA",
    "BD",
    "BE",
    "BF",
    "BG",
    "BH",
    "BJ",
    "BO",
    "BR",
    "BY",
    "CA",
    "CD",
    "CG",
    "CH",
    "CI",
    "CL",
    "CM",
    "CN",
    "CO",
    "CR",
    "CY",
    "CZ",
    "DE",
    "DK",
    "DO",
    "DZ",
    "EC",
    "EE",
    "EG",
    "ES",
    "ET",
    "FI",
    "FR",
    "GA",
    "GB",
    "GE",
    "GH",
    "GN",
    "GR",
    "GT",
    "HK",
    "HR",
    "HU",
    "ID",
    "IE",
    "IL",
    "IM",
    "IN",
    "IQ",
    "IR",
    "IS",
    "IT",
    "JE",
    "JO",
    "JP",
    "KE",
    "KR",
    "KW",
    "KY",
    "KZ",
    "LB",
    "LI",
    "LT",
    "LU",
    "LV",
    "MA",
    "MC",
    "MD",
    "ME",
    "MG",
    "MK",
    "ML",
    "MO",
    "MT",
    "MU",
    "MX",
    "MY",
    "MZ",
    "NE",
    "NG",
    "NL",
    "NO",
    "NZ",
    "OM",
    "PA",
    "PE",
    "PH",
    "PK",
    "PL",
    "PT",
    "QA",
    "RO",
    "RS",
    "RU",
    "RW",
    "SA",
    "SC",
    "SE",
    "SG",
    "SI",
    "SK",
    "SN",
    "SV",
    "TD",
    "TG",
    "TH",
    "TN",
    "TR",
    "TW",
    "TZ",
    "UA",
    "UG",
    "US",
    "UY",
    "UZ",
    "VE",
    "VN",
    "ZA",
    "ZM",
    "ZW",
}
# The index as composed in 2024 and 2025, by the names the press uses.
CAC_40 = [
    "Accor",
    "Air Liquide",
    "Airbus",
    "ArcelorMittal",
    "Axa",
    "BNP Paribas",
    "Bouygues",
    "Bureau Veritas",
    "Capgemini",
    "Carrefour",
    "Crédit Agricole",
    "Danone",
    "Dassault Systèmes",
    "Edenred",
    "Engie",
    "EssilorLuxottica",
    "Eurofins Scientific",
    "Euronext",
    "Hermès",
    "Kering",
    "Legrand",
    "L’Oréal",
    "LVMH",
    "Michelin",
    "Orange",
    "Pernod Ricard",
    "Publicis",
    "Renault",
    "Safran",
    "Saint-Gobain",
    "Sanofi",
    "Schneider Electric",
    "Société générale",
    "Stellantis",
    "STMicroelectronics",
    "Teleperformance",
    "Thales",
    "TotalEnergies",
    "Unibail-Rodamco-Westfield",
    "Veolia",
    "Vinci",
]
EVERYDAY = {
    "fr": (
        "Orange ou citron, le total reste le même.",
        "Humain avant tout, le médecin écoute ses patients.",
        "Résilience et prudence : voilà la leçon de la crise.",
        "Avril fut doux, octobre le sera moins.",
        "Doctrine et pratique divergent souvent.",
        "Casino fermé, boulanger absent : le village dort.",
        "Free, c’est aussi un mot anglais.",
        "Latitude et longitude se lisent sur la carte.",
    ),
    "en": (
        "Indeed, the target moved to the next block.",
        "Notion and habit are two words for it.",
        "Apple pie and a square box stood on the table.",
        "Rabbit holes are deep in March.",
        "Target practice begins at noon.",
        "Elastic bands snap when they are old.",
        "Abridge the text and affirm the point.",
    ),
    "de": (
        "Daher bleibt die Rubrik heute leer.",
        "Allianz und Bündnis bedeuten dasselbe.",
        "Damen und Herren, willkommen.",
        "Saft oder Wasser?",
        "Linde und Eiche stehen im Garten.",
        "Man sagt, der Mann sei alt.",
    ),
    "es": (
        "Prisa y calma no van juntas.",
        "Planeta y sistema son palabras comunes.",
        "Informa el alcalde a los vecinos.",
        "Ola de calor en la costa.",
        "Tiempo al tiempo.",
        "Vale la pena esperar.",
    ),
    "it": (
        "Adesso basta, disse la nonna.",
        "Capita spesso di sbagliare.",
        "Aveva ragione il maestro.",
        "Nel bosco si cammina piano.",
        "Saputo il fatto, partirono.",
        "Miele e pane a colazione.",
    ),
}


@cache
def shipped() -> CompanyList:
    return CompanyList.load()


def vocabulary() -> set[str]:
    """The words that the README of the lists allows as a sector."""
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    paragraph = re.search(r"(?s)Words of `sector`:(.*?)\.", readme)
    assert paragraph, "README.md names the words of `sector`"
    return set(re.findall(r"[a-z][a-z-]+", paragraph.group(1)))


def test_the_list_is_long_enough() -> None:
    assert len(shipped().companies) >= 1500
    assert len(shipped().others) >= 900


def test_ids_are_unique_slugs() -> None:
    ids = [row.id for row in shipped().companies]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_) for id_ in ids)


def test_countries_are_filled_with_iso_codes() -> None:
    known = [row.country for row in shipped().companies if row.country]
    assert set(known) <= COUNTRIES
    assert len(known) >= 0.95 * len(shipped().companies)


def test_sectors_are_of_the_vocabulary_that_the_readme_writes_down() -> None:
    used = {row.sector for row in shipped().companies if row.sector}
    assert used <= vocabulary(), sorted(used - vocabulary())
    assert sum(1 for row in shipped().companies if row.sector) >= 0.9 * len(shipped().companies)


def test_no_two_companies_claim_one_name() -> None:
    holder: dict[str, str] = {}
    for row in shipped().companies:
        for alias in (*row.aliases, *row.ambiguous_aliases):
            assert holder.setdefault(fold_name(alias), row.id) == row.id, alias


def test_names_begin_with_a_capital_or_hold_one_so_that_running_text_is_no_match() -> None:
    bare = {
        alias
        for row in shipped().companies
        for alias in row.aliases
        if alias.islower() and (alias.isalpha() or " " in alias)
    }
    assert bare <= LOWER_CASE_NAMES, sorted(bare - LOWER_CASE_NAMES)


# Firms that write themselves in lower case, under names that are no words.
LOWER_CASE_NAMES = {
    "adidas",
    "airbnb",
    "asos",
    "bpifrance",
    "decathlon",
    "deliveroo",
    "ebay",
    "iliad",
    "leboncoin",
    "nvidia",
    "onepoint",
    "openai",
    "trivago",
    "zalando",
    "abrdn",
    "deepset",
    "hyperexponential",
    "ispace",
    "onsemi",
    "planqc",
    "plusserver",
    "wefox",
} | {
    "dm-drogerie markt",
    "msg systems",
}


@pytest.mark.parametrize("name", CAC_40)
def test_the_cac_40_is_complete(name: str) -> None:
    found = shipped().lookup(name)
    assert found is not None, name


def test_the_other_list_is_sorted_and_of_known_types() -> None:
    for path in sorted((DATA / "not_companies").iterdir(), key=lambda path: path.name):
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        assert {row["type"] for row in rows} <= OTHER_TYPES
        assert len({row["name"] for row in rows}) == len(rows), path.name


@pytest.mark.parametrize(
    "text",
    [
        "Microsoft Azure",
        "Google Cloud",
        "Amazon Alexa",
        "Meta Quest",
        "Mistral 7B",
        "OpenAI o3",
        "Nvidia H100",
        "Apple Watch",
    ],
)
def test_a_product_named_after_its_firm_is_a_product(text: str) -> None:
    assert [(match.type, match.start, match.end) for match in shipped().find(text)] == [
        ("product", 0, len(text))
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("BMW et Siemens", "BMW"),
        ("Airbus livre", "Airbus"),
        ("la SocGen", "Société Générale"),
        ("chez OVH", "OVHcloud"),
        ("Sendinblue", "Brevo"),
    ],
)
def test_a_well_known_firm_stands_without_evidence(text: str, name: str) -> None:
    found = [match for match in shipped().find(text) if match.company and not match.ambiguous]
    assert found
    assert found[0].name == name


@pytest.mark.parametrize("sentence", [s for sentences in EVERYDAY.values() for s in sentences])
def test_everyday_sentences_hold_no_company_by_the_list_alone(sentence: str) -> None:
    certain = [
        match.name for match in shipped().find(sentence) if match.type == "company" and not match.ambiguous
    ]
    assert certain == []
