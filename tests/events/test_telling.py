"""The words around a sum: totals, parts, sums that were wrong, looks back, rounds, in every language."""

from __future__ import annotations

import pytest

from corpus.events import is_correction, kinds_again, tell
from corpus.events.records import ONCE
from extract import find_amounts
from extract.sentences import split_sentences

SAID = [
    ("fr", "Avenio lève 45 millions d'euros.", ["statement"]),
    ("fr", "Avenio lève 45 millions d'euros, ce qui porte à 64 millions d'euros le total réuni.", ["statement", "cumulative"]),
    ("fr", "Au total, la société a réuni 64 millions d'euros.", ["cumulative"]),
    ("fr", "Depuis sa création, en 2019, Avenio a levé 64 millions d'euros.", ["cumulative"]),
    ("fr", "Après 16 millions d'euros depuis ses débuts, Avenio lève 45 millions d'euros.", ["cumulative", "statement"]),
    ("fr", "Le chantier, d'un montant total de 45 millions d'euros, commence.", ["statement"]),
    ("fr", "Galet, connue jusqu'ici sous le nom de Brivane, a levé 12 millions d'euros.", ["statement"]),
    ("fr", "Galet a levé jusqu'ici 12 millions d'euros.", ["cumulative"]),
    ("de", "Galet, bisher unter dem Namen Brivane, sammelt 12 Millionen Euro ein.", ["statement"]),
    ("fr", "Avenio lève 45 millions d'euros, dont 20 millions d'euros de dette.", ["statement", "part"]),
    ("fr", "Elle lève 45 millions d'euros, dont 20 millions en capital et 25 millions en dette.", ["statement", "part", "part"]),
    ("fr", "Avenio, dont le fondateur parle peu, lève 45 millions d'euros.", ["statement"]),
    ("fr", "Avenio a levé 45 millions d'euros, et non 42 millions d'euros.", ["statement", "corrected"]),
    ("fr", "Avenio a levé 45 millions d'euros au lieu des 42 millions d'euros annoncés.", ["statement", "corrected"]),
    ("fr", "Une première version donnait par erreur 42 millions d'euros.", ["corrected"]),
    ("en", "An earlier version incorrectly gave $42 million.", ["corrected"]),
    ("en", "Avenio raised $45 million, bringing its total funding to $64 million.", ["statement", "cumulative"]),
    ("en", "The firm has raised $64 million to date.", ["cumulative"]),
    ("en", "It raised €45 million, including €20 million of debt.", ["statement", "part"]),
    ("en", "Avenio raised $45 million, not $42 million.", ["statement", "corrected"]),
    ("de", "Avenio sammelt 45 Millionen Euro ein, davon 20 Millionen Euro Kredit.", ["statement", "part"]),
    ("de", "Seit der Gründung hat Avenio 64 Millionen Euro erhalten.", ["cumulative"]),
    ("de", "Es waren 45 Millionen Euro statt 42 Millionen Euro.", ["statement", "corrected"]),
    ("es", "Avenio capta 45 millones de euros, de los cuales 20 millones de euros son deuda.", ["statement", "part"]),
    ("es", "La ronda eleva el total captado a 64 millones de euros.", ["cumulative"]),
    ("es", "Fueron 45 millones de euros, y no 42 millones de euros.", ["statement", "corrected"]),
    ("it", "Avenio raccoglie 45 milioni di euro, di cui 20 milioni di euro di debito.", ["statement", "part"]),
    ("it", "Il round porta la raccolta a 64 milioni di euro.", ["cumulative"]),
    ("it", "Sono 45 milioni di euro, e non 42 milioni di euro.", ["statement", "corrected"]),
]  # fmt: skip


def told(language: str, text: str) -> list:  # type: ignore[type-arg]
    found = tell(text, language, split_sentences(text, language), find_amounts(text, language))
    return [found[start] for start in sorted(found)]


@pytest.mark.parametrize(("language", "text", "relations"), SAID, ids=[text for _, text, _ in SAID])
def test_what_a_sum_is_to_its_event(language: str, text: str, relations: list[str]) -> None:
    assert [one.relation for one in told(language, text)] == relations


def test_a_sum_that_was_wrong_is_named() -> None:
    right, wrong = told("fr", "Avenio a levé 45 millions d'euros, et non 42 millions d'euros.")
    assert (right.replaces, right.corrects, wrong.beside) == (42e6, True, 14)


@pytest.mark.parametrize(
    ("language", "text", "right", "wrong"),
    [
        ("fr", "Avenio lève 45 (et non 42) millions d'euros", 45e6, 42e6),
        ("fr", "Avenio lève 4,5 (et non 4,2) millions d'euros", 4.5e6, 4.2e6),
        ("en", "Avenio raises 45 (not 42) million euros", 45e6, 42e6),
        ("de", "Avenio erhält 45 (statt 42) Millionen Euro", 45e6, 42e6),
    ],
)
def test_a_wrong_sum_inside_the_right_one(language: str, text: str, right: float, wrong: float) -> None:
    [amount] = find_amounts(text, language)
    [one] = told(language, text)
    assert (amount.low, one.replaces, one.corrects) == (right, pytest.approx(wrong), True)


def test_a_conversion_in_brackets_goes_with_its_sum() -> None:
    first, second = told("fr", "Nexora rachète Lumio pour 400 millions d'euros (430 millions de dollars).")
    assert (first.converts, second.converts, second.beside) == (False, True, 26)
    for text in (
        "400 millions d'euros et 430 millions de dollars",
        "12 millions d'euros (contre 9 millions d'euros)",
    ):
        assert not any(one.converts for one in told("fr", text))


@pytest.mark.parametrize(
    ("language", "text", "back"),
    [
        ("fr", "Avenio avait déjà levé 16 millions d'euros.", [True]),
        ("fr", "Après avoir levé 16 millions d'euros, Avenio en lève 45 millions d'euros.", [True, False]),
        ("en", "Avenio, which had raised $16 million, raises $45 million.", [True, False]),
        ("de", "Avenio hatte zuvor 16 Millionen Euro erhalten.", [True]),
    ],
)
def test_words_that_look_back(language: str, text: str, back: list[bool]) -> None:
    assert [one.looks_back for one in told(language, text)] == back


def test_the_letter_of_a_round() -> None:
    [one] = told("fr", "Avenio boucle une série B de 45 millions d'euros.")
    assert one.round_letter == "B"
    first, second = told("en", "After a seed round of $3 million, Avenio closes a Series A of $12 million.")
    assert (first.round_letter, second.round_letter) == ("seed", "A")
    [one] = told("fr", "Avenio a une série à 45 millions d'euros.")
    assert one.round_letter is None


def test_a_correction_says_so_at_its_beginning() -> None:
    assert is_correction("Rectificatif : Avenio lève 45 millions d'euros", "fr")
    assert is_correction("Correction: an earlier version gave a wrong sum", "en")
    assert not is_correction("Avenio lève 45 millions d'euros", "fr")


@pytest.mark.parametrize(
    ("language", "text", "again"),
    [
        ("fr", "La Cnil lui inflige une deuxième amende de 12 millions d'euros.", {"fine"}),
        ("fr", "Avenio boucle un nouveau tour de table de 9 millions d'euros.", {"funding_round"}),
        ("fr", "Nouvelle amende pour Avenio. La Cnil lui réclame 8 millions d'euros.", {"fine"}),
        ("fr", "Trois mois après sa série A, Avenio lève 30 millions d'euros.", {"funding_round"}),
        ("fr", "Avenio a levé 30 millions d'euros supplémentaires.", ONCE),
        ("fr", "Avenio a levé 16 millions d'euros de plus auprès de Mirova.", ONCE),
        ("fr", "Avenio paie 16 millions d'euros de plus que prévu.", set()),
        ("fr", "Avenio lève encore 30 millions d'euros.", ONCE),
        ("fr", "Avenio lève 9 millions d'euros pour ouvrir une nouvelle usine.", set()),
        ("fr", "Avenio signe un contrat de plus de 9 millions d'euros.", set()),
        ("en", "Regulators hand Avenio another fine of $35 million.", {"fine"}),
        ("en", "Another $35 million fine for Avenio.", ONCE),
        ("de", "Avenio erhält einen weiteren Auftrag über 20 Millionen Euro.", {"contract"}),
        ("es", "Competencia impone una segunda multa de 5 millones de euros.", {"fine"}),
        ("it", "Avenio chiude un nuovo round da 9 milioni di euro.", {"funding_round"}),
        ("it", "Secondo il contratto, Avenio riceve 9 milioni di euro.", set()),
        ("pt", "Avenio recebe uma segunda multa de 5 milhões de euros.", {"fine"}),
    ],
)
def test_words_that_tell_another_one(language: str, text: str, again: set[str]) -> None:
    assert [one.again for one in told(language, text)] == [again]


def test_the_letter_of_the_round_before_is_not_that_of_this_one() -> None:
    after, own = told(
        "fr",
        "Trois mois après sa série A, Avenio lève 30 millions d'euros. Après une série A de 9 millions d'euros.",
    )
    assert (after.round_letter, own.round_letter) == (None, "A")


def test_a_headline_without_a_sum_tells_another_one() -> None:
    assert kinds_again("Segunda multa a Avenio en tres meses", "es") == {"fine"}
    assert kinds_again("Avenio ouvre un deuxième bureau", "fr") == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Avenio finalise le rachat de Lumio pour 75 millions d'euros."),
        ("en", "Avenio completes its $75 million takeover of Lumio."),
        ("de", "Avenio hat den Kauf von Lumio für 75 Millionen Euro abgeschlossen."),
        ("es", "Avenio completa la compra de Lumio por 75 millones de euros."),
        ("it", "Avenio perfeziona l'acquisto di Lumio per 75 milioni di euro."),
        ("pt", "Avenio conclui a compra da Lumio por 75 milhões de euros."),
    ],
)
def test_words_that_close_what_was_agreed(language: str, text: str) -> None:
    assert [one.closes for one in told(language, text)] == [True]
