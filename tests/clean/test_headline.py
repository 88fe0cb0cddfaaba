"""The article's own headline is the first paragraph of its text, once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.clean.test_document import check_invariants

from corpus.clean import CleanOptions, clean_document
from corpus.records import CleanDocument, InputDocument, Markup

OPTIONS = CleanOptions(identify_language=False)
TITLE = "Nexora rachète Ombrelune pour 400 millions d'euros"
BODY = (
    "L'éditeur nantais de logiciels médicaux change de mains après six ans d'existence, ont annoncé mardi les deux sociétés. "
    "Les quatre-vingts salariés garderont leurs bureaux de la rue du Calvaire, et la marque sera conservée au moins trois ans."
)
MORE = "La transaction doit encore recevoir l'accord de l'autorité de la concurrence, attendu pour la fin du printemps."


def cleaned(content: str, title: str | None, markup: Markup = "text", **fields: str) -> CleanDocument:
    document = InputDocument("dossier/article", "jsonl", markup, content, title=title, **fields)  # type: ignore[arg-type]
    found = clean_document(document, OPTIONS)
    check_invariants(found)
    return found


@pytest.mark.parametrize("markup", ["text", "markdown", "html"])
def test_a_title_that_is_a_field_opens_the_text(markup: Markup) -> None:
    content = f"<article><p>{BODY}</p><p>{MORE}</p></article>" if markup == "html" else f"{BODY}\n\n{MORE}"
    found = cleaned(content, TITLE, markup)
    assert found.text == f"{TITLE}\n\n{BODY}\n\n{MORE}"
    assert found.raw_text.startswith(TITLE)
    assert [paragraph.kind for paragraph in found.paragraphs] == ["title", "body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        TITLE,
        TITLE.upper(),
        TITLE.replace("'", "’") + ".",
        TITLE + " | La Gazette nantaise",
        "Nexora rachète Ombrelune\npour 400 millions d'euros",
        "Par Jeanne Roche, le 3 mars 2025\n" + TITLE,
    ],
)
def test_a_title_that_stands_at_the_head_is_not_doubled(line: str) -> None:
    found = cleaned(f"{line}\n\n{BODY}\n\n{MORE}", TITLE)
    assert found.raw_text == f"{line}\n\n{BODY}\n\n{MORE}"


def test_a_field_with_the_site_s_name_is_the_line_without_it() -> None:
    content = f"{TITLE}\n\n{BODY}"
    assert cleaned(content, f"{TITLE} - La Gazette nantaise").raw_text == content
    opened = cleaned(BODY, f"{TITLE} - La Gazette nantaise", site="La Gazette nantaise")
    assert opened.text == f"{TITLE}\n\n{BODY}"


def test_a_text_that_begins_with_the_words_of_its_title_is_left_alone() -> None:
    content = f"{TITLE} {BODY}"
    assert cleaned(content, TITLE).text == content


def test_a_short_title_that_begins_a_sentence_is_still_missing() -> None:
    content = f"Nexora grandit : {BODY}"
    assert cleaned(content, "Nexora grandit").text == f"Nexora grandit\n\n{content}"


def test_the_headline_s_repeat_below_is_taken_out() -> None:
    found = cleaned(f"{BODY}\n\n{TITLE}\n\n{MORE}", TITLE)
    assert found.text == f"{TITLE}\n\n{BODY}\n\n{MORE}"
    (removal,) = found.removals
    assert (removal.reason, removal.kept_paragraph) == ("repeat", 0)


def test_a_title_element_is_not_the_article_s_own() -> None:
    head = f"<head><title>{TITLE} - La Gazette</title></head>"
    page = f"<html>{head}<body><article><p>{BODY}</p><p>{MORE}</p></article></body></html>"
    assert cleaned(page, None, "html").text == f"{BODY}\n\n{MORE}"


def test_a_page_s_own_title_opens_a_text_without_a_heading() -> None:
    stated = f'<meta property="og:title" content="{TITLE}">'
    page = f"<html><head>{stated}</head><body><article>%s<p>{BODY}</p><p>{MORE}</p></article></body></html>"
    assert cleaned(page % "", None, "html").text == f"{TITLE}\n\n{BODY}\n\n{MORE}"
    heading = "Rachat à Nantes"
    assert cleaned(page % f"<h1>{heading}</h1>", None, "html").text == f"{heading}\n\n{BODY}\n\n{MORE}"


@pytest.mark.parametrize("title", ["https://exemple.fr/a b", "Partager", "a " * 400, "— …", " "])
def test_what_is_no_headline_stays_a_column(title: str) -> None:
    assert cleaned(BODY, title).text == BODY


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(codec="utf-8"), max_size=60),
    st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80), min_size=1, max_size=6),
)
def test_nothing_is_lost_and_twice_is_once(title: str, lines: list[str]) -> None:
    content = "\n".join([*lines, BODY])
    cleaned(content, title)
    headed = cleaned(content, TITLE)
    assert headed.text.startswith(TITLE)
    # What was opened once begins with its title: doing it again adds nothing.
    assert cleaned(headed.raw_text, TITLE).raw_text == headed.raw_text
