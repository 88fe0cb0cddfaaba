"""Input of any shape gives a document or a `NoContent`, nothing else, in time that grows with its size."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.clean.test_document import PIECES, check_invariants
from tests.clock import bounded

from corpus.clean import CleanOptions, NoContent, clean_document
from corpus.records import InputDocument, Markup

OPTIONS = CleanOptions(identify_language=False)
TAGS = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<li>",
    "<table><tr><td>",
    "</table>",
    "<h2>",
    "<br>",
    "<!--",
    "-->",
    "<![CDATA[",
    "&#0;",
]


def clean(markup: Markup, content: str) -> None:
    try:
        cleaned = clean_document(InputDocument("a", markup, markup, content), OPTIONS)
    except NoContent:
        return
    check_invariants(cleaned)


@pytest.mark.parametrize(
    "content",
    [
        "a" * 2_000_000,
        "((([" * 500_000,
        "(s’ouvre dans un " * 100_000,
        " " * 2_000_000 + "x",
        "- " * 500_000,
        "@a " * 300_000,
        "A/" * 500_000,
        "12.03.2024 " * 100_000,
        "a" + "\u0301" * 300_000,
        "Ã©Â lâ€™" * 50_000,
        "Le conseil a voté un budget de 12 millions d'euros pour rénover les trois écoles de la commune. "
        * 20_000,
    ],
    ids=[
        "letters",
        "brackets",
        "residue",
        "spaces",
        "bullets",
        "handles",
        "slashes",
        "dates",
        "marks",
        "mojibake",
        "sentences",
    ],
)
def test_one_huge_line_takes_seconds_not_minutes(content: str) -> None:
    with bounded(15):
        clean("text", content)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["text", "html", "markdown"]), st.text(max_size=300))
def test_any_text_in_any_markup(markup: Markup, content: str) -> None:
    clean(markup, content)


@pytest.mark.slow
def test_ten_thousand_made_up_documents() -> None:
    draw = random.Random(7)
    markups: list[Markup] = ["text", "text", "text", "html", "markdown"]
    parts = [
        *PIECES,
        *TAGS,
        "\n",
        "\n\n",
        " ",
        "\u00a0",
        "\u200b",
        "\ud800",
        "# ",
        "> ",
        "**",
        "[a](b)",
        "```",
        "é",
        "3 000 €",
    ]
    for _ in range(10_000):
        markup = draw.choice(markups)
        body = "".join(draw.choice(parts) + draw.choice(["", "\n", " "]) for _ in range(draw.randint(0, 25)))
        clean(
            markup,
            f"<html><body><article>{body}</article></body></html>"
            if markup == "html" and draw.random() < 0.8
            else body,
        )
