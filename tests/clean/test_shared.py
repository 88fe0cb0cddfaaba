"""Lines that documents of one site share: furniture is convicted, copies of an article are not."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import SharedLines, add_statistics, line_statistics, merge_statistics
from corpus.records import InputDocument

LEGAL = "Le Phare du Nord est édité par une société de presse ; toute reproduction est soumise à autorisation écrite."
BODIES = [
    f"La ville numéro {name} a présenté hier son plan pour le numérique à l’école, devant une salle comble et attentive, "
    f"avant de répondre aux questions de {name}."
    for name in ("Arras", "Brest", "Caen", "Dijon", "Évry", "Fougères")
]


def document(number: int, text: str, site: str | None = "phare.example.org") -> InputDocument:
    return InputDocument(f"{number}.txt", "text", "text", text, site=site)


def evidence(texts: list[str], site: str | None = "phare.example.org") -> SharedLines:
    return merge_statistics(line_statistics(document(i, text, site), text) for i, text in enumerate(texts))


def known(lines: SharedLines, line: str, site: str | None = "phare.example.org") -> bool:
    return SharedLines.key(line) in lines.of(document(0, "", site))


def test_a_line_beside_five_different_articles_is_furniture() -> None:
    texts = [f"Une ville, un plan\n{body}\n{LEGAL}" for body in BODIES]
    assert known(evidence(texts), LEGAL)
    assert not known(evidence(texts[:4]), LEGAL)
    assert not any(known(evidence(texts), body) for body in BODIES)


def test_copies_of_one_article_convict_nothing() -> None:
    article = f"{BODIES[0]}\nLe maire n’a pas souhaité répondre.\n{LEGAL}"
    texts = [f"{article}\nSigné : correspondant numéro {i}." for i in range(8)]
    lines = evidence(texts)
    assert not any(known(lines, line) for line in texts[0].split("\n"))


def test_a_folder_of_texts_is_no_site_for_long_lines() -> None:
    dispatch = (
        LEGAL + " Elle compte soixante salariés et paraît depuis 1911, sauf le dimanche et les jours de fête."
    )
    texts = [f"{body} {'Et la suite est longue. ' * 8}\n{dispatch}\nSuivez-nous" for body in BODIES]
    assert not known(evidence(texts, None), dispatch, None)
    assert known(evidence(texts, None), "Suivez-nous", None)
    assert known(evidence(texts), dispatch)


@given(st.randoms(use_true_random=False), st.integers(1, 5))
def test_the_order_and_the_cut_of_the_parts_do_not_matter(draw: random.Random, size: int) -> None:
    texts = [f"{body}\n{LEGAL}\nSuivez-nous" for body in BODIES]
    parts = [line_statistics(document(i, text), text) for i, text in enumerate(texts)]
    whole = merge_statistics(parts).digest()
    draw.shuffle(parts)
    joined = [add_statistics(parts[i : i + size]) for i in range(0, len(parts), size)]
    assert merge_statistics(joined).digest() == whole
