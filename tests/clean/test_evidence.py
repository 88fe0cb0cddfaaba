"""What speaks against the lines of a plain text: furniture around them, and never their shortness alone."""

from __future__ import annotations

import pytest

from corpus.clean import CleanOptions, clean_document
from corpus.records import InputDocument

BODY = (
    "Le conseil régional a voté lundi une aide de douze millions d'euros pour la filière, qui emploie trois mille personnes.",
    "Les élus de l'opposition ont regretté que la somme ne soit pas fléchée vers les petites entreprises du bassin.",
    "La présidente a promis un premier bilan avant la fin de l'année, puis un second quand les ateliers auront ouvert.",
)


def kept(*lines: str) -> list[str]:
    document = InputDocument("note.txt", "text", "text", "\n".join(lines))
    return clean_document(document, CleanOptions(identify_language=False)).text.split("\n\n")


@pytest.mark.parametrize(
    "line",
    [
        "Grève reconduite chez Ostrava TV/Radio",
        "Marine Lenoir boucle le marathon en 5h40",
        "8h10 - La bourse de Valmont ouvre en baisse",
        "Le grand atelier (documentaire, 1h28, Canal Sud)",
        "Salon de Limoges : 12 mars 2026 | Parc des expositions",
        "Getty contre Ombrelune",
        "Ce que dit l'image « sur cette photo »",
        "Les offres Cloud/Edge",
    ],
)
def test_a_mark_inside_a_line_is_no_signature(line: str) -> None:
    assert kept(BODY[0], line, *BODY[1:]) == [BODY[0], line, *BODY[1:]]


@pytest.mark.parametrize(
    "line",
    [
        "Jeanne Roche/SIPA",
        "© Jeanne Roche / Ostrava",
        "(Jeanne Roche/SIPA)",
        "Getty Images",
    ],
)
def test_a_signature_goes_without_furniture_around_it(line: str) -> None:
    assert kept(BODY[0], line, *BODY[1:]) == list(BODY)


@pytest.mark.parametrize(
    ("words", "credit"),
    [
        ("Les ateliers de la filière ont ouvert à Limoges.", "© Jeanne Roche / Ostrava"),
        ("La présidente devant les élus.", "(Jeanne Roche/SIPA)"),
        ("Les ateliers, à Limoges.", "© Jeanne Roche / Ostrava"),
        ("Ministre Odile Terrasson", "© Ostrava"),
        ("Die Präsidentin vor dem Rat.", "(Symbolbild) Foto: dpa"),
        ("La présidente du conseil régional devant les élus lundi.", "(Jeanne Roche/SIPA)"),
        ("La présidente du conseil régional devant les élus de la filière", "(AFP / JEANNE ROCHE)"),
        ("La présidente du conseil régional devant les élus lundi.", "Photo by Jeanne Roche/Bloomberg"),
        (
            "La présidente du conseil régional devant les élus de la filière",
            "(Image: Ostrava via Getty Images)",
        ),
    ],
)
def test_what_a_picture_shows_stays_in_doubt_without_the_names_that_sign_it(words: str, credit: str) -> None:
    document = InputDocument("note.txt", "text", "text", "\n".join([BODY[0], f"{words} {credit}", *BODY[1:]]))
    cleaned = clean_document(document, CleanOptions(identify_language=False))
    assert cleaned.text.split("\n\n") == [BODY[0], words, *BODY[1:]]
    assert [paragraph.score for paragraph in cleaned.paragraphs] == [1, 0.5, 1, 1]
    assert [(cut.rule, cleaned.raw_text[cut.start : cut.end]) for cut in cleaned.removals] == [
        ("credit", credit)
    ]


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("Légende : la présidente du conseil régional devant les élus de la filière. SRF", True),
        ("Photo : la présidente du conseil régional devant les élus de la filière.", True),
        ("Photo : Jeanne Roche, Ana Vell, Paul Ney, Maud Terrasson, Ostrava", False),
        ("Illustration : Jeanne Roche", False),
    ],
)
def test_what_stands_behind_a_captions_label_stays_where_it_is_more_than_names(
    line: str, *, stays: bool
) -> None:
    assert (line in kept(BODY[0], line, *BODY[1:])) is stays


def test_some_words_above_a_signature_are_what_its_picture_shows() -> None:
    inset = ["Partager", "Les ateliers de Limoges", "© Ostrava/Lumadis", "Publicité"]
    assert kept(BODY[0], *inset, *BODY[1:]) == [BODY[0], "Les ateliers de Limoges", *BODY[1:]]
    inset[2] = "© 2026 Ostrava"
    assert kept(BODY[0], *inset, *BODY[1:]) == list(BODY)


def test_a_list_that_a_line_of_the_article_introduces_stays_whole() -> None:
    items = ["* Le bois", "* Le verre", "* Les métaux que l'on fond à Limoges", "* Le cuir"]
    found = kept(*MENU, "Partager", BODY[0], "Les filières :", *items, *BODY[1:], *FOOTER)
    assert found == [BODY[0], "Les filières :", *items, *BODY[1:]]


def test_a_label_above_the_paragraphs_goes_unless_it_tells_of_the_article() -> None:
    title = "Le conseil régional vote une aide pour la filière"
    prose = [f"{line} Ainsi en a décidé l'assemblée, qui était réunie à Limoges." for line in BODY]
    found = kept(*MENU, title, "Le fil rouge", "La filière", "Élus", *prose, *FOOTER)
    assert found == [title, "La filière", "Élus", *prose]
    assert kept(title, "Le fil rouge", "La filière", "Élus", *prose)[1] == "Le fil rouge"


@pytest.mark.parametrize(("figure", "stays"), [("3 500", True), ("12 %", True), ("2", False)])
def test_a_key_figure_stays_above_the_paragraph_that_says_what_it_is(figure: str, *, stays: bool) -> None:
    told = f"{BODY[2]} C'est le nombre de salariés que la filière emploie dans tout le bassin."
    found = kept(*MENU, *BODY[:2], "S'inscrire", "Tous les soirs à 19h", figure, told, *FOOTER)
    assert found == [*BODY[:2], *([figure] if stays else []), told]


def test_paragraphs_one_below_the_other_are_the_articles_whatever_stands_above_them() -> None:
    inset = ["Recevez notre lettre", "Newsletter", "Article réservé aux abonnés"]
    assert kept(BODY[0], *inset, *BODY[1:], *FOOTER) == list(BODY)
    assert kept(*MENU, "Une aide pour la filière", BODY[0], *inset, *BODY[1:], *FOOTER) == [
        "Une aide pour la filière",
        *BODY,
    ]


MENU = ["Accueil", "Rechercher", "Se connecter"]
FOOTER = ["Partager", "Mentions légales", "Nous contacter"]


def test_a_number_of_comments_above_the_article_heads_no_comments() -> None:
    lead = (
        "Le conseil veut un bilan de son aide à la filière avant la fin de l'année, et ses petites entreprises"
        " attendent que les ateliers aient ouvert pour juger."
    )
    title = "Douze millions d'euros pour une filière régionale"
    assert kept(*MENU, title, "4 commentaires", lead, "Partager", *BODY, *FOOTER) == [title, lead, *BODY]


def test_a_known_heading_right_above_a_paragraph_stays_below_buttons() -> None:
    title = "Douze millions d'euros pour une filière régionale"
    long = " ".join(BODY)
    lines = [*MENU, title, "Partager sur Facebook", "Filières", "L'essentiel", long, BODY[0], *FOOTER]
    assert kept(*lines)[:3] == [title, "L'essentiel", long]


def test_a_long_paragraph_below_an_inset_is_the_articles_where_it_tells_of_the_same() -> None:
    inset = ["Sur le même sujet", "* Un marathon sous la pluie", "* Cinq romans pour cet été"]
    last = (
        "Les petites entreprises de la filière, elles, demandent que les ateliers ouvrent avant la fin de l'année,"
        " a dit la présidente de leur syndicat, qui promet un bilan. « Une aide de douze millions, c'est peu pour trois mille"
        " personnes », a-t-elle ajouté devant le conseil."
    )
    assert kept(*MENU, *BODY, *inset, last, "Les plus lus", *FOOTER) == [*BODY, last]


def test_headings_between_paragraphs_stay_in_a_text_scraped_with_its_menus() -> None:
    menu = ["Accueil", "Rechercher", "Se connecter"]
    article = [BODY[0], "En bref", "Un second bilan", BODY[1], "L'atelier face au marché", BODY[2]]
    footer = ["Partager", "Mentions légales", "Nous contacter"]
    assert kept(*menu, *article, *footer) == article


def test_pointers_between_paragraphs_convict_none_but_themselves() -> None:
    lines = [BODY[0], "Lire aussi : Le pont de Limoges rouvre en mars", "Les petites entreprises"]
    lines += [BODY[1], "À voir aussi : Le tram de Limoges en images", "La suite du calendrier", BODY[2]]
    assert kept(*lines) == [BODY[0], lines[2], BODY[1], lines[5], BODY[2]]


def test_what_readers_wrote_goes_below_the_count_of_their_comments() -> None:
    comments = [
        "2 commentaires",
        "Lecteur12",
        BODY[1],
        "Répondre",
        "Josette",
        BODY[0].replace("douze", "huit"),
        "Répondre",
    ]
    assert kept(*BODY, *comments) == list(BODY)


def test_a_number_of_comments_above_the_article_speaks_against_none_of_its_headings() -> None:
    title = "Douze millions d'euros pour une filière régionale"
    article = [BODY[0], "5. Rester soi-même", BODY[1], "Un second bilan", BODY[2]]
    assert kept(*MENU, title, "4 commentaires", *article, *FOOTER) == [title, *article]


def test_a_label_alone_below_the_article_is_its_last_heading_and_three_in_a_row_are_a_menu() -> None:
    notes = ["Pour finir", "Le calendrier que les ateliers de la filière attendent", "Bonne lecture !"]
    notes += [f"Le calendrier de la filière pour l'atelier numéro {number}." for number in range(3)]
    menu = ["Sports", "Culture", "Bourse"]
    assert kept(*MENU, *BODY, *notes, *FOOTER) == [*BODY, *notes]
    assert kept(*MENU, *BODY, *menu, *FOOTER) == list(BODY)


def test_of_a_headline_printed_three_times_one_stays() -> None:
    headline = "La filière du cuir reçoit douze millions d'euros de la région"
    assert kept("Accueil", "Rechercher", headline, headline, *BODY, headline) == [headline, *BODY]


def test_a_lead_above_the_first_paragraph_stays_among_menus() -> None:
    headline, lead = "Douze millions pour la filière du cuir", BODY[2]
    head = [
        "Accueil",
        "Rechercher",
        "Culture",
        "Voyages",
        headline,
        lead,
        "Publicité",
        "Facebook",
        "Imprimer",
    ]
    assert kept(*head, *BODY[:2]) == [headline, lead, *BODY[:2]]


def test_labels_that_an_article_repeats_stay_in_a_text_scraped_with_its_menus() -> None:
    menu = ["Accueil", "Rechercher", "Se connecter"]
    article = [BODY[0], "Points forts", BODY[1], "Points forts", BODY[2], "Points forts"]
    last = "Le conseil municipal de Limoges votera à son tour une aide de deux millions d'euros, a fait savoir le maire mardi."
    assert kept(*menu, *article, last, "Partager", "Mentions légales") == [*article, last]


@pytest.mark.parametrize("heading", ["L'essentiel", "Facebook", "Services"])
def test_a_word_of_menus_heads_a_part_of_an_article_where_no_menu_stands_near(heading: str) -> None:
    assert kept(*BODY[:2], heading, *BODY[1:2], BODY[2])[2:3] == [heading]
    assert heading not in kept(*BODY[:2], "Partager", heading, "Imprimer", BODY[2])


def test_the_nearest_line_of_a_headline_s_form_heads_an_article_that_shares_no_word_with_it() -> None:
    headline = "Quand le cuir fait peau neuve"
    assert kept("Accueil", "Rechercher", "Culture", headline, "Partager", *BODY)[0] == headline


MENU = ("Menu", "Rechercher", "S'abonner")
FOOT = ("Mentions légales", "Nous contacter")


def test_the_items_of_a_list_end_an_inset_that_stands_between_paragraphs() -> None:
    inset = ("Sur le même sujet", "* Le lycée hôtelier change de nom", "* Un pont fermé à Tulle")
    last = (
        "Parmi les communes qui refusent, Valmont reste la plus ferme, a dit sa maire devant la presse locale, sans "
        "exclure un recours au printemps ni une pétition des habitants."
    )
    assert kept(*MENU, *BODY, *inset, last, "Top articles", "Le lycée hôtelier change de nom", *FOOT) == [
        *BODY,
        last,
    ]


def test_a_sentence_right_below_a_pointer_goes_on_with_the_article() -> None:
    last = "Pourtant, personne ne nous oblige à voter ces crédits…"
    assert kept(*MENU, *BODY, "Lire aussi : Le lycée hôtelier change de nom", last, *FOOT) == [*BODY, last]


def test_the_lead_right_below_the_headline_stays_though_what_follows_is_foreign() -> None:
    headline = "Terrasson Robots : une flotte pour les pompiers"
    lead = (
        "Maud Terrasson, fondatrice de Terrasson Robots, était l'invitée de la matinale ce mercredi. Elle a présenté des engins "
        "pensés pour les incendies de forêt et pour les centrales, où les hommes n'entrent pas sans danger. Une séquence de "
        "6 minutes et 54 secondes"
    )
    teasers = [
        f"Le conseil de {town} vote un budget de douze millions d'euros et la colère gagne ses habitants, qui manifestent."
        for town in ("Tulle", "Valmont", "Limoges", "Ussel")
    ]
    boxes = ("* X", "Les plus vues", "La météo des plages", "Le cours de l'or", "Nos villes")
    cleaned = kept(*MENU, "BFT", "Économie", headline, lead, "Partager", *boxes, *teasers, *FOOT)
    assert cleaned[:2] == [headline, lead]


def test_a_number_before_a_label_makes_it_a_heading_of_the_article() -> None:
    lines = [BODY[0], "8. Ombrelune", BODY[1], "9. Snapchat", BODY[2], "10. Valmorin", *BODY]
    assert kept(*MENU, *lines, *FOOT)[: len(lines)] == lines[: lines.index(BODY[0], 1)]


def test_a_heading_with_the_marks_of_markdown_is_one_in_plain_text_too() -> None:
    fields = ("permalink: /notes/2026/panne/", "tags:", "- veille", "- panne")
    assert kept(*fields, "## Sanction record", *BODY) == ["## Sanction record", *BODY]


def test_prose_below_an_article_goes_only_where_none_of_its_words_are_the_article_s() -> None:
    furniture = ("Lire aussi", "Le pont de Valmont rouvre", "{}", "Partager", "Mentions légales")
    told = (
        "Les ateliers du bassin rouvriront en mai. La filière compte sur cette aide pour embaucher trois cents personnes"
        " avant la fin de l'année."
    )
    foreign = "Le champion du monde a chuté dans la descente. Son équipe espère le revoir au prochain contre-la-montre."
    for line, stays in ((told, True), (foreign, False)):
        text = [one.format(line) for one in furniture]
        assert (line in kept("Menu", *BODY, *text)) is stays


def test_the_first_words_of_a_dispatch_are_no_signature() -> None:
    lead = "LIMOGES (Agence Sud) - La Filière Nouvelle"
    assert kept(lead, *BODY) == [lead, *BODY]


def test_titles_and_texts_of_a_pasted_record_stay() -> None:
    record = (
        '"title": "Trois cents emplois de plus au bassin",',
        '"theme": "Économie",',
        '"vu": true,',
        '"date": "2025-03-04T09:00:00Z",',
    )
    assert record[0] in kept(*record, "Partager", "Menu")
