from __future__ import annotations

import pytest

from corpus.clean.lexicon import fold, lexicon, line_key
from extract.languages import known_languages

PHRASES = {
    "lines",
    "starts",
    "openers",
    "ends",
    "notices",
    "sections",
    "threads",
    "headings",
    "captions",
    "credits",
    "inline",
}
WORDS = {"cues", "second_person", "service", "stopwords"}


@pytest.mark.parametrize(
    "line",
    [
        "Passer la publicité",
        "PUBLICITÉ",
        "• Lire aussi : Ce que change la nouvelle loi",
        "À lire aussi",
        "Il vous reste 57.09% de cet article à lire.",
        "Crédits photos : Mairie",
        "2 min de lecture",
        "Thanks for submitting!",
        "bottom of page",
        "12 Kommentare",
        "Lesen Sie auch: Der lange Weg",
        "Leggi anche: Il ponte riapre",
        "Te puede interesar",
        "Abonnez-vous à notre lettre du matin",
        "Nous utilisons des cookies pour mesurer l'audience.",
        "L’article Un atelier à Niort est apparu en premier sur La Lettre des Marais.",
        "The post A workshop in Niort appeared first on Marsh Letter.",
        "Vous recevez ce message car vous êtes inscrit à notre lettre.",
        "Se désabonner",
        "Cette édition est sponsorisée par La Lettre des Marais.",
        "Vous a-t-on transféré cet e-mail ?",
        "Esta funcionalidad es exclusiva para suscriptores.",
        "Link in die Zwischenablage kopieren",
        "Continua a leggere dopo la pubblicità",
        "Continue lendo após a publicidade",
        "(Re)lire : Un atelier à Niort",
        "À (re)lire : Un atelier à Niort",
        "La suite est réservée aux membres.",
        "Cet épisode est sponsorisé par La Lettre des Marais.",
        "Notre partenaire : La Lettre des Marais",
        "Une publication partagée par La Lettre (@marais)",
        "Unsubscribe",
        "Thanks for reading Marsh Letter! Subscribe for free.",
    ],
)
def test_residue_is_named_with_its_list(line: str) -> None:
    rule = lexicon().line_rule(fold(line))
    assert rule is not None
    assert rule.split("/")[0] in known_languages()


@pytest.mark.parametrize(
    "line",
    [
        "Le gouvernement veut lire aussi les rapports des experts.",
        "La publicité en ligne a rapporté 9 milliards d'euros.",
        "Publier le code source, une promesse",
        "Les lecteurs ont vu la vidéo",
        "Commenter la décision serait prématuré, dit-il.",
        "Their comments were published in March.",
        "IA pour tous",
        "Publié le 3 mars, le rapport de l'agence conclut que rien ne presse.",
        "En partenariat avec deux universités, le groupe ouvrira un laboratoire.",
        "Copyright holders have asked the court to reopen the case.",
        "Join the dots and the picture is clear enough, she said.",
    ],
)
def test_sentences_with_the_same_words_are_not(line: str) -> None:
    assert lexicon().line_rule(fold(line)) is None


@pytest.mark.parametrize(
    "line",
    [
        "Copier le lien  Lien copié",
        "Facebook Twitter LinkedIn WhatsApp",
        "+ Menu Fermer le menu",
        "Share · Print · Copy link",
    ],
)
def test_buttons_in_a_row_are_residue_as_each_of_them_is(line: str) -> None:
    assert lexicon().line_rule(fold(line)) is not None


@pytest.mark.parametrize(
    "line", ["Facebook Ads", "Photo et vidéo d'un chantier", "Twitter contre Facebook Twitter"]
)
def test_a_name_or_words_between_buttons_make_no_row(line: str) -> None:
    assert lexicon().line_rule(fold(line)) is None


def test_a_pointer_is_known_with_the_title_glued_to_it() -> None:
    known = lexicon().pointer_rule("Lire aussi : Le bac rouvre")
    assert known is not None
    assert lexicon().pointer_rule("Lire aussiLe bac rouvre") == known
    assert lexicon().pointer_rule("Lire aussitôt la suite") is None
    assert lexicon().pointer_rule("OpenAI signe à Niort") is None


def test_numbers_and_bullets_do_not_matter() -> None:
    assert line_key(fold("• 3 Commentaires :")) == line_key(fold("12 commentaires")) == "commentaires"


@pytest.mark.parametrize(
    "phrase",
    [
        "(s’ouvre dans un nouvel onglet)",
        "(S'ouvre dans une nouvelle fenêtre)",
        "(opens in new tab)",
        "[Lire la suite]",
    ],
)
def test_inline_residue_is_found_with_either_apostrophe(phrase: str) -> None:
    match = lexicon().inline.search(f"le rapport {phrase}publié hier")
    assert match is not None
    assert match[0] == phrase
