"""A small corpus whose titles, names and texts try to be formulas, markup, starred lines and control characters."""

from __future__ import annotations

import json
from pathlib import Path

import corpus
from tests.conftest import run_here

TITLE = "=cmd|' /C calc'!A0"
SCRIPT = "<script>fetch('https://example.org/x')</script><img src=x onerror=alert(1)>"
COMPANY = "Sylvaro</td><script>alert(1)</script>"
COLUMN = "thème*_clé"
BODY = (
    "@SUM(1+1) La société Sylvaro a levé 12 millions d’euros auprès de Bpifrance, a-t-elle annoncé lundi à Nantes.\n\n"
    "**** *journal_faux *an_1999\n\n"
    "0001 *journal_faux\n\n"
    "-*theme_faux\n\n"
    "+33 40 est un numéro_composé dont parle l’article de [bold]presse[/b] publié ce matin par la rédaction.\n\n"
    f"Le texte contient {SCRIPT} sans raison, et un \x1b[31mrouge\x07 que personne n’a demandé.\n\n"
    "-2+3 est une somme que le journal a imprimée telle quelle dans son édition du matin."
)


def hostile_corpus(folder: Path) -> corpus.Corpus:
    """The corpus, run and opened."""
    raw = folder / "raw"
    raw.mkdir(parents=True)
    rows = [
        {
            "text": BODY.replace("12", str(12 + number)),
            "title": TITLE if number == 0 else SCRIPT,
            "journal": ["=1+1", "État", "Etat", "…", "\tTab"][number % 5],
            "date": f"2024-0{number + 1}-05",
            COLUMN: '=HYPERLINK("x")' if number % 2 else "valeur_à_part *étoile",
        }
        for number in range(6)
    ]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (raw / "hostile.jsonl").write_text(text + "\n", encoding="utf-8")
    (raw / "<b>empty.txt").write_text("", encoding="utf-8")
    run_here(raw, folder / "out")
    return corpus.open(folder / "out")
