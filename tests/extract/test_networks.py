"""Networks whose firm bears their name: the firm where it acts, the service elsewhere."""

from __future__ import annotations

import pytest

from extract.documents import settle_document
from extract.find import default_extractor
from extract.networks import is_network, with_acting_networks


def companies(text: str, language: str = "fr") -> list[str]:
    entities = default_extractor().read([text], [language])
    return [company.text for company in settle_document([text], entities)[0].companies]


@pytest.mark.parametrize(
    ("text", "language", "firm"),
    [
        ("TikTok paiera une amende de 345 millions d’euros.", "fr", "TikTok"),
        ("Facebook se vante d’un bénéfice record de 3,7 milliards de dollars.", "fr", "Facebook"),
        ("Instagram a écopé d’une amende de 405 millions d’euros.", "fr", "Instagram"),
        ("YouTube will pay $170 million to settle the case.", "en", "YouTube"),
    ],
)
def test_a_network_that_pays_or_earns_is_a_firm(text: str, language: str, firm: str) -> None:
    assert companies(text, language) == [firm]


@pytest.mark.parametrize(
    "text",
    [
        "Une vidéo vue trois millions de fois sur TikTok lui a rapporté 20 000 euros.",
        "Elle montre ses recettes sur Instagram et sur YouTube.",
        "Ses publicités Instagram ont rapporté 3 millions d’euros au groupe.",
        "Grâce à Instagram, la marque a levé 3 millions d’euros.",
        "Dans une campagne TikTok, la marque a dépensé 3 millions d’euros.",
    ],
)
def test_a_network_on_which_something_stands_is_a_service(text: str) -> None:
    assert companies(text) == []


def test_only_networks_become_likelier() -> None:
    text = "Danone paiera 40 millions d’euros, TikTok 345 millions. Une vidéo sur TikTok le raconte."
    [paragraph] = default_extractor().read([text], ["fr"])
    told = with_acting_networks(text, paragraph)
    changed = [
        (old.text, old.start)
        for old, new in zip(paragraph.candidates, told.candidates, strict=True)
        if old != new
    ]
    assert changed == [("TikTok", text.index("TikTok"))]
    assert any(is_network(candidate) for candidate in told.candidates)
    [plain] = default_extractor().read(["Danone paiera 40 millions d’euros."], ["fr"])
    assert with_acting_networks("Danone paiera 40 millions d’euros.", plain) is plain
