from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.clean import CleanOptions, NoContent, clean_document
from corpus.records import CleanDocument, InputDocument, ParagraphKind

OPTIONS = CleanOptions(identify_language=False)


def text_document(content: str, **fields: str) -> InputDocument:
    return InputDocument("dossier/article.txt", "text", "text", content, **fields)  # type: ignore[arg-type]


def check_invariants(cleaned: CleanDocument) -> None:
    """`raw_text` without the removed spans is `text`, white space aside; paragraphs and removals are sorted and apart."""
    left = []
    position = 0
    for removal in cleaned.removals:
        assert position <= removal.start < removal.end <= len(cleaned.raw_text)
        assert removal.rule
        left.append(cleaned.raw_text[position : removal.start])
        position = removal.end
        assert (removal.kept_paragraph is not None) == removal.reason.endswith(
            "repeat"
        ) or removal.kept_paragraph is None
        assert removal.kept_paragraph is None or 0 <= removal.kept_paragraph < len(cleaned.paragraphs)
    left.append(cleaned.raw_text[position:])
    assert "".join("".join(left).split()) == "".join(cleaned.text.split())
    texts = [cleaned.text[p.start : p.end] for p in cleaned.paragraphs]
    assert "\n\n".join(texts) == cleaned.text
    assert all(text and text == text.strip() and "\n" not in text for text in texts)


def test_inline_residue_is_cut_and_the_words_are_parted() -> None:
    cleaned = clean_document(
        text_document(
            "La société suit une norme (s’ouvre dans un nouvel onglet)qui guidera ses équipes pendant trois ans."
        ),
        OPTIONS,
    )
    assert cleaned.text == "La société suit une norme qui guidera ses équipes pendant trois ans."
    (removal,) = cleaned.removals
    assert cleaned.raw_text[removal.start : removal.end] == "(s’ouvre dans un nouvel onglet)"
    assert removal.reason == "residue"


def test_a_repeated_paragraph_points_at_the_one_that_stays() -> None:
    paragraph = "Le conseil a voté un budget de 12 millions d'euros pour rénover les trois écoles de la commune avant 2027."
    between = "La rentrée se fera donc dans des préfabriqués, loués pour deux ans à une entreprise du département voisin."
    cleaned = clean_document(text_document(f"{paragraph}\n\n{between}\n\n{paragraph}"), OPTIONS)
    assert cleaned.text == f"{paragraph}\n\n{between}"
    (removal,) = cleaned.removals
    assert (removal.reason, removal.kept_paragraph) == ("repeat", 0)
    assert cleaned.raw_text[removal.start : removal.end] == paragraph


def test_a_short_paragraph_printed_twice_in_a_row_stays_once() -> None:
    opening = "Derrière une machine, il y a des gens. Valmorin en emploie 1 800. Elle a réalisé 14 millions d'euros l'an dernier."
    body = "La rentrée se fera donc dans des préfabriqués, loués pour deux ans à une entreprise du département voisin."
    assert (
        clean_document(text_document("\n".join([opening, opening, body])), OPTIONS).text
        == f"{opening}\n\n{body}"
    )


def test_the_same_wording_with_another_amount_stays() -> None:
    one = "Le conseil a voté un budget de 12 millions d'euros pour rénover les trois écoles de la commune avant 2027."
    other = one.replace("12 millions", "15 millions")
    assert clean_document(text_document(f"{one}\n\n{other}"), OPTIONS).text == f"{one}\n\n{other}"


@pytest.mark.parametrize(
    "content",
    ["OpenAI lève 40 milliards", "- Paris\n- Lyon\n- Lille", "Londres, Berlin et Madrid", "Un mot"],
    ids=["headline", "list", "enumeration", "words"],
)
def test_a_document_without_an_article_in_its_shape_is_kept(content: str) -> None:
    assert clean_document(text_document(content), OPTIONS).text.split("\n\n") == content.split("\n")


def test_kinds_are_read_from_shape_and_neighbours() -> None:
    body = "Le ministère prépare un texte qui obligera les plateformes à déclarer leurs modèles avant la fin de l'année."
    lines = [
        "Bercy veut connaître les modèles",
        body,
        "Un calendrier serré",
        body.replace("ministère", "parlement").replace("obligera", "n'obligera pas"),
        "• un registre public, tenu par le régulateur ;",
        "« Nous n'avons rien à cacher, et nous le montrerons dès que la loi le demandera aux entreprises du secteur. »",
    ]
    cleaned = clean_document(text_document("\n".join(lines)), OPTIONS)
    kinds: list[ParagraphKind] = ["title", "body", "heading", "body", "list_item", "quote"]
    assert [p.kind for p in cleaned.paragraphs] == kinds


def test_markdown_gives_its_text_and_kinds() -> None:
    content = (
        "# Une usine de puces\n\nLe groupe **Valmorin** construira [une usine](https://exemple.fr) près de Limoges,\n"
        "a-t-il annoncé lundi devant la presse régionale.\n\n"
        "> Nous embaucherons 300 personnes avant la fin de l'année, a promis la directrice du projet.\n\n"
        "- un atelier de gravure, prêt dès 2026 ;\n- un laboratoire partagé avec l'université.\n"
    )
    cleaned = clean_document(InputDocument("a.md", "markdown", "markdown", content), OPTIONS)
    assert cleaned.text.split("\n\n")[:2] == [
        "Une usine de puces",
        "Le groupe Valmorin construira une usine près de Limoges, a-t-il annoncé lundi devant la presse régionale.",
    ]
    assert [p.kind for p in cleaned.paragraphs] == ["title", "body", "quote", "list_item", "list_item"]
    check_invariants(cleaned)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Le score de**25 %** vaut 2.1,**47 %** à Niort.", "Le score de 25 % vaut 2.1, 47 % à Niort."),
        ("Le 1**er** pont inter**net** en CO**2**.", "Le 1er pont internet en CO2."),
        ("Le pont **rouvre** enfin (*vite*).", "Le pont rouvre enfin (vite)."),
    ],
)
def test_emphasis_that_has_lost_its_space_is_no_part_of_the_word_before(content: str, text: str) -> None:
    assert clean_document(InputDocument("a.md", "markdown", "markdown", content), OPTIONS).text == text


def test_a_date_line_of_a_markdown_text_is_no_part_of_the_line_below() -> None:
    content = "# Un pont rouvre\n\n2018-06-03\nLa rédaction\n\nLe pont de Niort a rouvert après deux ans de travaux."
    cleaned = clean_document(InputDocument("a.md", "markdown", "markdown", content), OPTIONS)
    assert cleaned.published is not None
    assert str(cleaned.published.date) == "2018-06-03"


def test_a_note_in_markdown_keeps_its_short_lines_and_sheds_its_links() -> None:
    content = (
        "# Une usine de puces\n\nSemaine du 6 octobre 2025\n\n## Limoges\n\nLe groupe Valmorin construira une usine"
        " près de Limoges, a-t-il annoncé lundi devant la presse régionale.\n\n## Articles similaires\n\n"
        "- [Un nouveau campus](/n)\n- [Plan du site](/f)\n"
    )
    cleaned = clean_document(InputDocument("a.md", "markdown", "markdown", content), OPTIONS)
    assert cleaned.text.split("\n\n")[:3] == ["Une usine de puces", "Semaine du 6 octobre 2025", "Limoges"]
    assert cleaned.text.endswith("la presse régionale.")


@pytest.mark.parametrize(
    ("ending", "stays"),
    [("Et la sui", True), ("Dans le bas", True), ("Partager sur Viadeo", False), ("Par Jean Dupont", False)],
)
def test_a_text_cut_in_mid_sentence_keeps_its_last_words(ending: str, stays: bool) -> None:
    body = (
        "La société a levé 40 millions d'euros en mars, et elle compte doubler ses effectifs avant la fin de l'année.",
        "Le conseil régional suivra le projet, qui doit créer 120 emplois dans le bassin de Limoges d'ici à 2027.",
    )
    assert clean_document(text_document("\n".join([*body, ending])), OPTIONS).text.endswith(ending) is stays


@pytest.mark.parametrize("content", ["", "  \n\n ", "\u200b\ufeff"])
def test_an_empty_document_is_named(content: str) -> None:
    with pytest.raises(NoContent, match="empty"):
        clean_document(text_document(content), OPTIONS)


PIECES = [
    "Le conseil a voté un budget de 12 millions d'euros pour rénover les trois écoles de la commune avant 2027.",
    "La rentrée se fera dans des préfabriqués, loués pour deux ans à une entreprise du département voisin, dit-on.",
    "Un calendrier serré", "Partager", "Facebook", "À lire aussi : Le pont rouvre", "• 3 commentaires", "*", "12", "",
    "Les équipes suivent une norme (opens in new tab)qui change. Les équipes suivent une norme (opens in new tab)qui change.",
    "Publié le 3 mars 2024", "Accueil > Région", "© 2024 Le Fil", "Vous aimerez aussi", "Trois idées pour le week-end",
    "Le conseil a voté un budget de 12 millions d'euros pour rénover les trois écoles", "  \t", "\u00a0", "Par Maud Terrasson",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=30),
    st.sampled_from(["\n", "\n\n", "\r\n"]),
)
def test_nothing_is_lost_and_everything_is_explained(pieces: list[str], separator: str) -> None:
    try:
        cleaned = clean_document(text_document(separator.join(pieces)), OPTIONS)
    except NoContent:
        return
    check_invariants(cleaned)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=15))
def test_cleaning_is_deterministic(pieces: list[str]) -> None:
    document = text_document("\n".join(pieces) + "\nfin")
    assert clean_document(document, OPTIONS) == clean_document(document, OPTIONS)


def test_a_date_that_begins_a_wrapped_line_is_no_date_line() -> None:
    text = (
        "Une école ouvre à Valmont\n\nLe 21/11/2023 à 14:51\n\n"
        "L'inauguration officielle de ce troisième établissement, après ceux de\n"
        "Limoges et de Tours, entourés des élus de la métropole, a eu lieu lundi\n"
        "20 novembre dans les locaux de la pépinière d'entreprises, en présence\n"
        "des élèves et de leurs professeurs, venus nombreux malgré la pluie qui\n"
        "tombait depuis la veille sur toute la région, et que personne n'avait\n"
        "prévue.\n"
    )
    cleaned = clean_document(InputDocument("page.txt", "text", "text", text))
    assert [cut.rule for cut in cleaned.removals] == ["date_line"]
    assert cleaned.published is not None
    assert cleaned.published.text == "Le 21/11/2023"
