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
        "(Re)lire : Un atelier à Niort",
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
