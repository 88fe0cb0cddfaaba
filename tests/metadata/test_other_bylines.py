"""Bylines and date lines in English, German, Spanish and Italian."""

from __future__ import annotations

import pytest

from tests.metadata.reading import day, read_lines

ENGLISH: list[tuple[str, tuple[str, ...], str | None]] = [
    ("By Jane Hollow — 3 March 2025", ("Jane Hollow",), "2025-03-03"),
    ("By JANE HOLLOW", ("Jane Hollow",), None),
    ("By Jane Hollow and Peter Marsh, in Brussels", ("Jane Hollow", "Peter Marsh"), None),
    ("By Jane Hollow, Technology correspondent", ("Jane Hollow",), None),
    ("By Jane Hollow | Reuters | Mar. 3, 2025", ("Jane Hollow", "Reuters"), "2025-03-03"),
    ("Posted on March 3, 2025 by Jane Hollow", ("Jane Hollow",), "2025-03-03"),
    ("Published 3 March 2025, 18:02 GMT", (), "2025-03-03"),
    ("Published: March 3, 2025 | Updated: March 4, 2025 6:02 PM EST", (), "2025-03-03"),
    ("Sunday, March 2nd, 2025", (), "2025-03-02"),
    ("Jane Hollow\nMarch 3, 2025 · 4 min read", ("Jane Hollow",), "2025-03-03"),
    ("Published 13/03/2025", (), "2025-03-13"),
    ("Published 03/13/2025", (), "2025-03-13"),
    ("Published 03/04/2025", (), None),
]
GERMAN: list[tuple[str, tuple[str, ...], str | None]] = [
    ("Von Max Ahorn, 3. März 2025", ("Max Ahorn",), "2025-03-03"),
    ("Von Erika Tannert und Max Ahorn, Brüssel", ("Erika Tannert", "Max Ahorn"), None),
    ("Von Max Ahorn (dpa) | Aktualisiert am 4. März 2025", ("Max Ahorn", "dpa"), "2025-03-04"),
    ("Veröffentlicht am 03.03.2025 um 18:02 Uhr", (), "2025-03-03"),
    ("Veröffentlicht: 03.03.2025 - Aktualisiert: 04.03.2025", (), "2025-03-03"),
    ("3. März 2025, 18:02 Uhr | Lesezeit: 3 Min.", (), "2025-03-03"),
    ("Mo, 3. März 2025", (), "2025-03-03"),
    ("Ein Gastbeitrag von Max Ahorn", ("Max Ahorn",), None),
    ("Das Interview führte Erika Tannert", ("Erika Tannert",), None),
    ("Stand: 03.03.2025, 18:02 Uhr", (), "2025-03-03"),
]
SPANISH: list[tuple[str, tuple[str, ...], str | None]] = [
    ("Por Juan Olmo Robles | 3 de marzo de 2025", ("Juan Olmo Robles",), "2025-03-03"),
    ("Por Ana Robles y Luis Olmo", ("Ana Robles", "Luis Olmo"), None),
    ("Publicado el lunes, 3 de marzo de 2025 a las 18:02", (), "2025-03-03"),
    ("Publicado: 03/04/2025 18:02", (), "2025-04-03"),
    ("Actualizado: 04 mar. 2025 | Publicado: 03 mar. 2025", (), "2025-03-03"),
    ("Madrid - 3 mar 2025 - 18:02 CET", (), "2025-03-03"),
    ("3 de marzo de 2025 | 5 min de lectura", (), "2025-03-03"),
    ("lunes, 3 de marzo de 2025", (), "2025-03-03"),
    ("Entrevista realizada por Ana Robles", ("Ana Robles",), None),
    ("Ana Robles | Zaragoza", ("Ana Robles",), None),
]
ITALIAN: list[tuple[str, tuple[str, ...], str | None]] = [
    ("Di Mario Faggi, 3 marzo 2025", ("Mario Faggi",), "2025-03-03"),
    ("di Anna Faggi e Luca Olmi", ("Anna Faggi", "Luca Olmi"), None),
    ("A cura di Anna Faggi", ("Anna Faggi",), None),
    ("Pubblicato il 3 marzo 2025 alle 18:02", (), "2025-03-03"),
    ("Pubblicato il 3 marzo 2025, aggiornato il 4 marzo 2025", (), "2025-03-03"),
    ("3 Marzo 2025 - Tempo di lettura: 3 minuti", (), "2025-03-03"),
    ("lun 3 marzo 2025", (), "2025-03-03"),
    ("di Redazione", ("Redazione",), None),
    ("Redazione ANSA", ("Redazione", "ANSA"), None),
]
CASES = [
    (language, *case)
    for language, cases in (("en", ENGLISH), ("de", GERMAN), ("es", SPANISH), ("it", ITALIAN))
    for case in cases
]


@pytest.mark.parametrize(("language", "lines", "authors", "published"), CASES)
def test_byline(language: str, lines: str, authors: tuple[str, ...], published: str | None) -> None:
    metadata = read_lines(lines, language)
    assert metadata.authors == authors
    assert day(metadata.published) == published


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Von Daten und Menschen"),
        ("de", "Von der Halde kündigt neue Regeln an"),
        ("it", "Di intelligenza artificiale si parla ovunque"),
        ("en", "By contrast, the council voted at once"),
        ("es", "Por ahora nadie responde"),
    ],
)
def test_a_sentence_is_no_byline(language: str, line: str) -> None:
    metadata = read_lines(line, language)
    assert (metadata.spans, metadata.authors) == ((), ())


def test_an_english_text_is_recognised_for_its_dates() -> None:
    body = (
        "The council has opened a consultation on the data centre that a firm wants to build beside the lake."
    )
    text = f"A lake for a data centre\nPublished 03/04/2025\n\n{body}"
    from tests.metadata.reading import read_text

    assert day(read_text(text, language=None).published) is None
