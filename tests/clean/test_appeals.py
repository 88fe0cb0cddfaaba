"""What a site says to its readers goes by its words, in six languages, and what an article says of it stays."""

from __future__ import annotations

import pytest

from corpus.clean import CleanOptions, clean_document
from corpus.records import CleanDocument, InputDocument
from extract.languages import known_languages

ARTICLES = {
    "de": (
        "Der Hafen von Osterwiek nimmt einen elektrischen Kran von 90 Tonnen in Betrieb, den ersten an der ganzen Küste.",
        "Der Kran ersetzt zwei Maschinen, die nach Angaben des Hafenamtes vierzigtausend Liter Diesel im Jahr verbrannten.",
    ),
    "en": (
        "The harbour of Dunmore has put into service an electric crane of 90 tonnes, the first on the whole of the coast.",
        "The crane replaces two machines, which burned forty thousand litres of diesel a year, the harbour master said.",
    ),
    "es": (
        "El puerto de Villamar pone en servicio una grúa eléctrica de 90 toneladas, la primera de toda la costa del norte.",
        "La grúa sustituye a dos máquinas, que quemaban cuarenta mil litros de gasóleo al año según la capitanía del puerto.",
    ),
    "fr": (
        "Le port d'Aubrac met en service une grue électrique de 90 tonnes, la première de la façade, que la région a payée.",
        "La grue remplace deux engins, qui brûlaient quarante mille litres de gazole par an selon la capitainerie du port.",
    ),
    "it": (
        "Il porto di Montelara mette in servizio una gru elettrica da 90 tonnellate, la prima di tutta la costa del nord.",
        "La gru sostituisce due macchine, che bruciavano quarantamila litri di gasolio all'anno secondo la capitaneria.",
    ),
    "pt": (
        "O porto de Vilamar põe em serviço uma grua elétrica de 90 toneladas, a primeira de toda a costa do norte do país.",
        "A grua substitui duas máquinas, que queimavam quarenta mil litros de gasóleo por ano segundo a capitania do porto.",
    ),
}
NOTICES = [
    (
        "de",
        "Mit Ihrer Einwilligung lesen wir und unsere 31 Partner Cookies. Sie können Ihre Einwilligung widerrufen.",
    ),
    (
        "de",
        "Der Abendbrief. Unsere Redaktion wählt das Beste für Sie aus. Tragen Sie Ihre E-Mail-Adresse ein.",
    ),
    (
        "en",
        "Cookies help us. With your consent, we and our 31 partners read data on your device. Say no if you like.",
    ),
    (
        "en",
        "The evening letter. Five stories in your inbox at six. You can unsubscribe whenever you want to.",
    ),
    (
        "es",
        "Con tu consentimiento, nosotros y nuestros 31 socios usamos cookies. Puedes cambiar de opinión mañana.",
    ),
    (
        "es",
        "La carta de la tarde. Nuestra redacción elige para ti cinco textos. Los tienes a las seis en tu correo.",
    ),
    (
        "fr",
        "Avec votre accord, nous et nos 31 partenaires lisons des cookies. Vous pouvez changer d'avis demain.",
    ),
    (
        "fr",
        "La lettre du soir. Cinq articles à six heures dans votre boîte mail. Vous pourrez vous désinscrire.",
    ),
    (
        "it",
        "Con il tuo consenso, noi e i nostri 31 partner leggiamo dei cookie. Puoi cambiare idea anche domani.",
    ),
    (
        "it",
        "La lettera della sera. La nostra redazione sceglie per te cinque testi, alle sei nella tua casella.",
    ),
    (
        "pt",
        "Com o seu consentimento, nós e os nossos 31 parceiros lemos cookies. Pode mudar de opinião amanhã.",
    ),
    (
        "pt",
        "A carta da tarde. A nossa redação escolhe para si cinco textos, que chegam às seis no seu email.",
    ),
]
# As a browser's window broke it.
COOKIES = [
    "Pourquoi dire oui aux cookies ? Ils aident",
    "notre équipe à savoir quels articles sont lus",
    "et à payer celles et ceux qui les écrivent.",
    "Nous avons besoin de vos cookies pour vous",
    "offrir la meilleure expérience de lecture et",
    "des annonces qui ne vous ennuient pas. Vos",
    "choix sont gardés six mois par nos soins, et",
    "vous pouvez les modifier quand il vous plaît",
    "dans les réglages qui se trouvent au bas de",
    "chacune des pages de ce journal.",
]
TEASER = [
    "La capitainerie attend un second engin avant",
    "l'été. Il doit servir au quai des céréales, où",
    "les cargos font la queue depuis la panne du",
    "portique, survenue pendant l'hiver.",
]


def cleaned(*lines: str) -> CleanDocument:
    document = InputDocument("note.txt", "text", "text", "\n".join(lines))
    return clean_document(document, CleanOptions(identify_language=False))


@pytest.mark.parametrize(("language", "notice"), NOTICES)
@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
def test_a_notice_of_several_sentences_goes(language: str, notice: str, above: bool) -> None:
    article = ARTICLES[language]
    document = cleaned(notice, *article) if above else cleaned(*article, notice)
    assert document.text.split("\n\n") == list(article)
    assert [document.raw_text[one.start : one.end] for one in document.removals] == [notice]
    assert f"{language}/" in (document.removals[0].rule or "")


@pytest.mark.parametrize(
    "line",
    [
        "« Nous et nos partenaires avons besoin de votre consentement, et votre boîte mail n'en saura rien », promet la régie.",
        "La régie et ses partenaires demandent un consentement pour chaque cookie, que le lecteur peut retirer à tout moment.",
        "Nous cherchons avec nos partenaires de quoi agrandir notre site de Valmont, où nos abonnés sont déjà trois mille.",
        "Vérifiez vos données personnelles une fois l'an : c'est ce que conseille la commission à ceux qui achètent en ligne.",
    ],
)
def test_what_an_article_says_of_such_things_stays(line: str) -> None:
    article = ARTICLES["fr"]
    assert cleaned(*article, line).text.split("\n\n") == [*article, line]
    assert cleaned(line, *article).text.split("\n\n") == [line, *article]


def test_a_text_that_is_nothing_but_a_notice_stays() -> None:
    assert cleaned(NOTICES[6][1]).text == NOTICES[6][1]


def test_a_wrapped_notice_above_the_article_goes_whole() -> None:
    document = cleaned(*COOKIES, *ARTICLES["fr"])
    assert document.text.split("\n\n") == list(ARTICLES["fr"])
    assert [document.raw_text[one.start : one.end] for one in document.removals] == COOKIES


def test_a_wrapped_teaser_above_the_paywall_stays_as_one_paragraph() -> None:
    wall = "Cet article est réservé aux abonnés"
    lines = ["Menu", *ARTICLES["fr"], *TEASER, wall, "Se connecter", "Mentions légales"]
    assert cleaned(*lines).text.split("\n\n") == [*ARTICLES["fr"], " ".join(TEASER)]


def test_every_language_has_a_notice_here() -> None:
    assert {language for language, _ in NOTICES} == set(ARTICLES) == set(known_languages())


BOXES = {
    "de": (
        "Über die Autorin",
        "Maren Holm ist Redakteurin im Ressort Wirtschaft. Sie schreibt seit zwölf Jahren über Schifffahrt.",
    ),
    "en": (
        "About the author",
        "Maud Farrow is a reporter on the business desk. She has covered shipping for twelve years.",
    ),
    "es": (
        "Sobre la autora",
        "Marta Olmedo es periodista de economía. Escribe sobre la marina mercante desde hace doce años.",
    ),
    "fr": (
        "À propos de l'autrice",
        "Odile Marchenoir est journaliste au service économie. Elle suit la marine depuis douze ans.",
    ),
    "it": (
        "L'autore",
        "Marco Olivieri è giornalista della redazione economia. Segue la marina mercantile da dodici anni.",
    ),
    "pt": (
        "Sobre a autora",
        "Marta Oliveira é jornalista da secção de economia. Acompanha a marinha mercante há doze anos.",
    ),
}


@pytest.mark.parametrize("language", BOXES)
def test_who_wrote_the_article_goes_below_its_header(language: str) -> None:
    article = ARTICLES[language]
    assert cleaned(*article, *BOXES[language]).text.split("\n\n") == list(article)


def test_a_part_of_an_article_with_such_a_header_stays() -> None:
    header, line = BOXES["fr"]
    assert line in cleaned(*ARTICLES["fr"], header, line, *ARTICLES["fr"][::-1]).text
    assert line in cleaned(header, line, *ARTICLES["fr"]).text
