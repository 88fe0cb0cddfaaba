"""Items that a pointer closes are the text where they are nearly all of it, and other articles' teasers below an article."""

from __future__ import annotations

from corpus.clean.digest import digest_lines
from corpus.clean.furniture import article_rules
from corpus.clean.shape import line_shapes

ITEMS = [
    (
        "Corvel lève 30 millions",
        "La jeune pousse lilloise veut doubler ses équipes d'ici la fin de l'année prochaine",
    ),
    (
        "Une régie publique change de logiciel",
        "Les factures de 40 000 foyers seront calculées par un outil libre, dit la ville.",
    ),
    (
        "Brunel Robotique vendu",
        "Le fabricant allemand paie 12 millions d'euros pour l'atelier de Vierzon et ses brevets",
    ),
    (
        "Procès ajourné",
        "Le tribunal attend l'avis d'un expert avant de juger la copie de 3 000 romans numérisés",
    ),
]
POINTER = "→ Lire l'article"
ARTICLE = [
    "La ville de Vierzon a voté lundi le rachat de l'ancienne halle, que la région voulait céder depuis dix ans, a dit le maire.",
    "Les travaux dureront deux ans et coûteront 4 millions d'euros, dont la moitié sera payée par l'État, selon la préfecture.",
    "Une centaine d'habitants ont suivi le vote dans la salle, et plusieurs ont demandé que le marché du samedi y revienne vite.",
    "Le conseil se prononcera en juin sur le nom de la halle, que les commerçants du quartier voudraient garder tel qu'il est.",
    "L'architecte, choisi après un concours, promet de garder la charpente de 1890 et d'ouvrir la façade du côté de la rivière.",
    "Les associations auront trois salles à l'étage, et une cuisine que la ville leur prêtera pour les fêtes et les mariages.",
]


def digest(*, head: list[str] | None = None) -> list[str]:
    lines = list(head or [])
    for title, text in ITEMS:
        lines += [title[:18], "Veille — brèves", "2026-05-04", title, text, POINTER]
    return lines


def test_the_items_of_a_digest_stay() -> None:
    lines = digest()
    found = {lines[i] for i in digest_lines(lines, line_shapes(lines))}
    assert {text for _, text in ITEMS} <= found
    assert found.isdisjoint({"Veille — brèves", "2026-05-04", POINTER})
    kept = {line for line, verdict in zip(lines, article_rules(lines), strict=True) if verdict.rule is None}
    assert {text for _, text in ITEMS} <= kept


def test_teasers_below_an_article_are_no_digest() -> None:
    lines = digest(head=[*ARTICLE, "À lire aussi"])
    assert digest_lines(lines, line_shapes(lines)) == []


def test_two_items_are_too_few() -> None:
    lines = digest()[:12]
    assert digest_lines(lines, line_shapes(lines)) == []
