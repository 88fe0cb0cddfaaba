"""What a run costs: CPU seconds and peak memory, first, again unchanged, with one file more; one worker against two.

    python benchmarks/speed.py [--documents N] [--files] [--keep DIR]

The articles are made here: paragraphs of sentences with companies, sums and dates; four in ten documents repeat paragraphs of
others, and documents of a site share lines. The time of workers is that of children: they are counted.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SUBJECTS = (
    "La start-up {c}", "Le groupe {c}", "L’éditeur de logiciels {c}", "La société {c}", "Le laboratoire {c}", "Le fonds {c}",
)  # fmt: skip
DEEDS = (
    "a levé {n} millions d’euros auprès d’investisseurs européens",
    "va investir {n} millions de dollars dans ses centres de calcul",
    "a annoncé {d} le rachat d’un concurrent pour {n} millions d’euros",
    "emploie {n} ingénieurs répartis entre {p} et {q}",
    "a publié {d} un modèle de langue entraîné sur {n} milliards de mots",
    "prévoit d’ouvrir d’ici à {y} un site de recherche près de {p}",
    "a été condamné à une amende de {n} 000 euros par le régulateur",
    "a signé {d} un contrat avec la région de {p} pour équiper {n} lycées",
)
ENDS = (
    "selon un document consulté par la rédaction",
    "a indiqué sa directrice, {w}, lors d’une conférence de presse",
    "d’après une étude parue en {y}, que conteste {w}",
    "alors que le secteur peine à recruter malgré {t}",
    "ce qui relance le débat sur {t}",
    "un choix que {w} juge prudent quand on sait ce que pèsent {t}",
)
LINKS = (
    "Les élus de {p} demandent des garanties sur {t} et sur la consommation d’eau des serveurs",
    "Les syndicats redoutent que {t} ne pèsent sur les métiers de {q}",
    "Interrogée sur {t}, {w} n’a pas souhaité répondre",
    "Rien ne dit pourtant que {t} suffiront à convaincre les habitants de {p}",
)
THEMES = (
    "les droits d’auteur", "les emplois de bureau", "la traduction automatique", "les images de synthèse", "la santé publique",
    "les examens du baccalauréat", "les puces électroniques", "la surveillance des gares", "les voitures autonomes",
    "la météorologie", "les assistants vocaux", "la fraude fiscale",
)  # fmt: skip
PLACES = (
    "Nantes",
    "Grenoble",
    "Lyon",
    "Rennes",
    "Toulouse",
    "Strasbourg",
    "Lille",
    "Montpellier",
    "Angers",
    "Metz",
)
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "septembre", "octobre", "novembre")
SYLLABLES = (
    "ba",
    "cor",
    "dan",
    "fel",
    "gri",
    "lo",
    "mar",
    "nex",
    "ol",
    "pri",
    "qua",
    "ril",
    "sol",
    "tan",
    "ver",
    "zi",
)
LINES = (
    "Partager cet article",
    "S’abonner à la lettre du matin",
    "Lire aussi nos enquêtes",
    "Signaler une erreur",
)


def article(number: int, rng: random.Random, told: list[str]) -> dict[str, str]:
    """One article of some 350 words; four in ten take two paragraphs from what was `told` before."""
    theme = rng.sample(THEMES, 3)
    companies = [name(rng) for _ in range(3)]
    people = [f"{rng.choice(('Maud', 'Yann', 'Inès', 'Paul', 'Léa'))} {name(rng)}" for _ in range(2)]
    paragraphs = [paragraph(rng, theme, companies, people) for _ in range(rng.randint(5, 8))]
    if told and rng.random() < 0.4:
        for copied in rng.sample(told, min(2, len(told))):
            paragraphs[rng.randrange(len(paragraphs))] = copied
    told.extend(paragraphs[:2])
    site = f"journal-{number % 12}.fr"
    day = f"{2021 + number % 4}-{1 + number % 12:02}-{1 + number % 28:02}"
    title = f"{companies[0]} et {theme[0]} : {rng.choice(PLACES)} s’interroge"
    text = "\n\n".join([title, *paragraphs, LINES[number % len(LINES)]])
    return {
        "id": str(number),
        "url": f"https://www.{site}/{number}",
        "title": title,
        "date": day,
        "text": text,
    }


def name(rng: random.Random) -> str:
    return "".join(rng.sample(SYLLABLES, 3)).capitalize()


def paragraph(rng: random.Random, theme: list[str], companies: list[str], people: list[str]) -> str:
    sentences = []
    for _ in range(rng.randint(2, 4)):
        filled = {
            "c": rng.choice(companies), "w": rng.choice(people), "t": rng.choice(theme), "p": rng.choice(PLACES),
            "q": rng.choice(PLACES), "n": rng.randint(2, 900), "y": rng.randint(2025, 2035),
            "d": f"le {rng.randint(2, 28)} {rng.choice(MONTHS)}",
        }  # fmt: skip
        parts = (
            (rng.choice(LINKS),)
            if rng.random() < 0.4
            else (f"{rng.choice(SUBJECTS)} {rng.choice(DEEDS)}", rng.choice(ENDS))
        )
        sentences.append(", ".join(parts).format(**filled) + ".")
    return " ".join(sentences)


def write_articles(folder: Path, count: int, files: bool) -> None:
    """`count` articles in one JSON Lines file, or in a text file each."""
    rng, told = random.Random(1), list[str]()
    folder.mkdir(parents=True)
    made = [article(number, rng, told) for number in range(count)]
    if files:
        for one in made:
            (folder / f"{one['id']:0>6}.txt").write_text(f"{one['text']}\n", encoding="utf-8")
    else:
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in made)
        (folder / "articles.jsonl").write_text(lines, encoding="utf-8")


def measured(raw: Path, out: Path, *words: str) -> tuple[float, float, float]:
    """CPU seconds of the run and its workers, seconds by the clock, and the peak of the largest process in MB."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "corpus", "run", str(raw), str(out), "--quiet", *words]
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - began, after.ru_maxrss / 1024


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--documents", type=int, default=1000)
    options.add_argument(
        "--files", action="store_true", help="a file an article instead of one JSON Lines file"
    )
    options.add_argument("--keep", type=Path, help="a new folder to leave input and output in")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        raw = folder / "raw"
        write_articles(raw, args.documents, args.files)
        print("| run | CPU s | CPU, of the first | s | largest process, MB |\n|---|---|---|---|---|")
        first = row("first, 1 worker", 0.0, measured(raw, folder / "out", "--workers", "1"))
        row("unchanged", first, measured(raw, folder / "out", "--workers", "1"))
        rng = random.Random(2)
        more = article(args.documents, rng, [])
        (raw / "more.txt").write_text(more["text"], encoding="utf-8")
        row("one file more", first, measured(raw, folder / "out", "--workers", "1"))
        row("from nothing, 2 workers", first, measured(raw, folder / "two", "--workers", "2"))


def row(what: str, first: float, figures: tuple[float, float, float]) -> float:
    cpu, seconds, memory = figures
    print(f"| {what} | {cpu:.1f} | {cpu / (first or cpu):.3f} | {seconds:.1f} | {memory:.0f} |", flush=True)
    return cpu


if __name__ == "__main__":
    main()
