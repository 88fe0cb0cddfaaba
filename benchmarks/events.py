"""Measure events: a generated corpus with the right answer; print a Markdown table.

    python benchmarks/events.py [--events N] [--pairs N] [--misses]

Every event of the generator is told by an article (title and lead), five copies of it, a correction of its sum, and two articles
in other words, one of which gives a total. Beside them stand pairs that only look alike: one sum, and another date, round,
authority, target, client, currency or year. Nothing in it was written after looking at what the program makes of it but the words
of the templates, which stay inside what it reads: what it does not read is the measure of facts, not of events.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.companies_facts import b_cubed
from corpus.config import Config
from corpus.run.pipeline import run_corpus

SEED = 20240611
FIRST_DAY = dt.date(2023, 1, 9)
SYLLABLES = (
    "bre",
    "lan",
    "vor",
    "mi",
    "tes",
    "gal",
    "dru",
    "ner",
    "ova",
    "sil",
    "kor",
    "pha",
    "lun",
    "zer",
    "tam",
    "rio",
)
ENDS = ("tis", "vane", "lia", "dex", "mont", "rane", "vio", "sens", "tek", "line")
FUNDS = ("Partech", "Eurazeo", "Elaia", "Idinvest", "Serena", "Breega")
AUTHORITIES = ("la Cnil", "l'Autorité de la concurrence", "l'Autorité des marchés financiers")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


@dataclass
class Story:
    """An event as the generator knows it."""

    number: int
    kind: str
    company: str
    other: str
    millions: int
    wrong: int
    total: int
    day: dt.date
    authority: str = ""
    currency: str = "EUR"
    letter: str = ""
    unit: str = "millions d'euros"


@dataclass
class Article:
    """A document, and the event that each sum of a kind in it tells of; None for a total."""

    title: str
    text: str
    day: dt.date
    outlet: str
    told: dict[tuple[str, float], int | None] = field(default_factory=dict)


ORIGINAL = {
    "funding_round": (
        "{c} lève {m} {u}",
        "La start-up {c} a levé {m} {u} auprès du fonds {o}, a-t-elle annoncé {w}. L'entreprise développe un logiciel pour les "
        "ateliers et emploie une soixantaine de personnes.",
    ),
    "acquisition": (
        "{c} rachète {o} pour {m} {u}",
        "Le groupe {c} a annoncé {w} avoir racheté la société {o} pour {m} {u}. Les deux entreprises se "
        "connaissaient bien.",
    ),
    "fine": (
        "{c} condamné à une amende de {m} {u}",
        "{A} a infligé {w} une amende de {m} {u} à la société {c}. Elle lui reproche d'avoir tardé à répondre à ses "
        "questions.",
    ),
    "contract": (
        "{c} confie un contrat de {m} {u} à {o}",
        "Le groupe {c} a confié {w} un contrat de {m} {u} à la société {o}. Les livraisons sont attendues dans l'année.",
    ),
}
RETOLD = {
    "funding_round": (
        "Un tour de table pour {c}",
        "Avec {o} à ses côtés, {c} boucle un tour de table de {m} {u}. De quoi doubler ses équipes.",
        "L'argent revient dans le logiciel. La semaine a été bonne pour {c}, qui vient de réunir {m} {u}.",
        "Depuis sa création, {c} a levé {t} {u}.",
    ),
    "acquisition": (
        "{o} change de mains",
        "La société {o} passe dans le giron du groupe {c}, qui a déboursé {m} {u} pour ce rachat.",
        "Le groupe {c} s'offre {o} : l'acquisition lui coûte {m} {u}, selon un document remis aux salariés.",
        "Au total, le groupe {c} a dépensé {t} {u} en acquisitions.",
    ),
    "fine": (
        "Une lourde amende pour {c}",
        "La société {c} devra payer une amende de {m} {u}, infligée par {A}. Elle a deux mois pour la contester.",
        "{A} sanctionne la société {c} d'une amende de {m} {u}, un record dans ce dossier.",
        "Au total, les amendes infligées à {c} atteignent {t} {u}.",
    ),
    "contract": (
        "{o} travaillera pour {c}",
        "La société {o} a remporté un contrat de {m} {u} auprès du groupe {c}, devant deux concurrents.",
        "Le groupe {c} a signé un contrat de {m} {u} avec la société {o}, sa plus grosse commande.",
        "Au total, le groupe {c} a signé des contrats pour {t} {u}.",
    ),
}
CORRECTIONS = (
    ("{T}", "{L}", "Une première version donnait par erreur {x} {u}."),
    ("Rectificatif : {T}", "{L}", ""),
    ("{T}", "{L} Contrairement à ce que nous écrivions, il s'agit de {m} {u}, et non de {x} {u}.", ""),
    ("{T}", "{L}", ""),  # the same words with another sum, the day after
)
TAILS = (
    "Les salariés ont été informés dans la matinée. Aucun départ n'est prévu.",
    "La direction n'a pas souhaité répondre à nos questions sur la suite.",
    "Le secteur traverse une période de changement que tout le monde observe.",
    "Une conférence doit se tenir le mois prochain dans la région.",
)


def names(chance: random.Random) -> list[str]:
    made = sorted({a + b + e for a in SYLLABLES for b in SYLLABLES for e in ENDS})
    chance.shuffle(made)
    return [name.capitalize() for name in made]


def day_words(day: dt.date) -> str:
    return f"le {day.day} {MONTHS[day.month - 1]} {day.year}"


def filled(template: str, story: Story, millions: int) -> str:
    authority = story.authority
    text = template.format(
        c=story.company, o=story.other, m=millions, x=story.wrong, t=story.total, u=story.unit,
        w=day_words(story.day), A="{A}", T="{T}", L="{L}",
    )  # fmt: skip
    if text.startswith("{A}"):
        text = authority[0].upper() + authority[1:] + text[3:]
    return text.replace("{A}", authority)


def told(story: Story, millions: int, **more: int | None) -> dict[tuple[str, float], int | None]:
    sums: dict[tuple[str, float], int | None] = {(story.kind, millions * 1e6): story.number}
    return sums | {(story.kind, float(name[1:]) * 1e6): number for name, number in more.items()}


def articles_of(story: Story, chance: random.Random) -> list[Article]:
    """Title and lead, five copies, a correction, two re-tellings of which one gives a total: nine documents."""
    title, lead = ORIGINAL[story.kind]
    tail = chance.choice(TAILS)
    wrong = (filled(title, story, story.wrong), filled(lead, story, story.wrong))
    made = [Article(wrong[0], f"{wrong[1]}\n\n{tail}", story.day, "Agence Pivoine", told(story, story.wrong))]
    for copy in range(5):
        opening = ("", "PARIS (Agence Pivoine) - ")[copy % 2]
        heading = wrong[0] if copy < 3 else f"Économie : {wrong[0]}"
        made.append(
            Article(
                heading,
                f"{opening}{wrong[1]}\n\n{tail}",
                story.day + dt.timedelta(copy // 2),
                f"Journal {copy}",
                told(story, story.wrong),
            )
        )
    how = CORRECTIONS[story.number // len(ORIGINAL) % len(CORRECTIONS)]
    right = (filled(title, story, story.millions), filled(lead, story, story.millions))
    parts = [
        filled(part, story, story.millions).replace("{T}", right[0]).replace("{L}", right[1]) for part in how
    ]
    sums = told(story, story.millions) | {(story.kind, story.wrong * 1e6): story.number}
    made.append(
        Article(
            parts[0],
            f"{parts[1]}\n\n{tail} {parts[2]}".strip(),
            story.day + dt.timedelta(1),
            "Agence Pivoine",
            sums,
        )
    )
    retold = [filled(part, story, story.millions) for part in RETOLD[story.kind]]
    made.append(
        Article(retold[0], retold[1], story.day + dt.timedelta(2), "Le Relais", told(story, story.millions))
    )
    sums = told(story, story.millions) | {(story.kind, story.total * 1e6): None}
    made.append(
        Article(
            "La semaine économique",
            f"{retold[2]} {retold[3]}",
            story.day + dt.timedelta(6),
            "La Synthèse",
            sums,
        )
    )
    return made


def look_alikes(number: int, known: list[str], chance: random.Random) -> tuple[list[Story], list[Article]]:
    """Two events with one sum that differ in one thing."""
    company, other, third = known.pop(), known.pop(), known.pop()
    millions = chance.choice((12, 20, 30, 45, 60, 85))
    day = FIRST_DAY + dt.timedelta(chance.randrange(300))
    one = Story(number, "funding_round", company, "Partech", millions, 0, 0, day)
    two = Story(number + 1, "funding_round", company, "Eurazeo", millions, 0, 0, day + dt.timedelta(420))
    how = number // 2 % 6
    if how == 1:
        one.letter, two.letter, two.day = "A", "B", day + dt.timedelta(240)
    elif how == 2:
        one.kind = two.kind = "fine"
        one.authority, two.authority, two.day = AUTHORITIES[0], AUTHORITIES[1], day + dt.timedelta(5)
    elif how == 3:
        one.kind = two.kind = "acquisition"
        one.other, two.other, two.day = other, third, day + dt.timedelta(9)
    elif how == 4:
        one.kind = two.kind = "contract"
        one.other, two.other, two.day = other, third, day + dt.timedelta(3)
    elif how == 5:
        two.currency, two.unit, two.day = "USD", "millions de dollars", day + dt.timedelta(60)
    made = []
    for story in (one, two):
        title, lead = (filled(part, story, millions) for part in ORIGINAL[story.kind])
        if story.letter:
            lead = f"La start-up {company} boucle une série {story.letter} de {millions} {story.unit} menée par {story.other}."
        made.append(
            Article(title, f"{lead}\n\n{TAILS[0]}", story.day, "Agence Pivoine", told(story, millions))
        )
        retold = [filled(part, story, millions) for part in RETOLD[story.kind]]
        made.append(
            Article(retold[0], retold[1], story.day + dt.timedelta(2), "Le Relais", told(story, millions))
        )
    return [one, two], made


def generate(events: int, pairs: int) -> tuple[list[Story], list[Article]]:
    chance = random.Random(SEED)
    known = names(chance)
    stories: list[Story] = []
    articles: list[Article] = []
    kinds = sorted(ORIGINAL)
    for number in range(events):
        kind = kinds[number % len(kinds)]
        millions = chance.randrange(11, 190)
        wrong = millions + chance.choice((-3, 3, 4, 7))
        other = chance.choice(FUNDS) if kind == "funding_round" else known.pop()
        story = Story(
            number, kind, known.pop(), other, millions, wrong, millions + chance.randrange(20, 90),
            FIRST_DAY + dt.timedelta(chance.randrange(600)), chance.choice(AUTHORITIES),
        )  # fmt: skip
        stories.append(story)
        articles += articles_of(story, chance)
    for pair in range(pairs):
        both, made = look_alikes(events + 2 * pair, known, chance)
        stories += both
        articles += made
    chance.shuffle(articles)
    return stories, articles


def write(articles: Sequence[Article], path: Path) -> None:
    with path.open("w", encoding="utf-8") as lines:
        for article in articles:
            row = {
                "text": f"{article.title}\n\n{article.text}",
                "date": article.day.isoformat(),
                "source": article.outlet,
            }
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def rows_of(out: Path) -> list[dict[str, object]]:
    sources = {
        row["doc_id"]: row["source"]
        for row in pq.read_table(out / "documents.parquet", columns=["doc_id", "source"]).to_pylist()
    }
    rows: list[dict[str, object]] = pq.read_table(out / "facts.parquet").to_pylist()
    for row in rows:
        row["number"] = int(str(sources[row["doc_id"]]).rpartition("#")[2])
    return rows


def score(
    stories: Sequence[Story], articles: Sequence[Article], rows: Sequence[dict[str, object]], misses: bool
) -> None:
    wanted: Counter[tuple[str, str, str]] = Counter()
    for story in stories:
        wanted[story.company, story.kind, story.currency] += story.millions
    got: Counter[tuple[str, str, str]] = Counter()
    gold: list[tuple[str, str]] = []
    by_found: dict[str, set[int]] = defaultdict(set)
    by_gold: dict[int, set[str]] = defaultdict(set)
    known = {story.company for story in stories}
    crude = 0.0
    for row in rows:
        # Of a contract the engine of facts makes either side the company; whose sum it is, is not what is measured here.
        sides = [str(row["company"]), *(row["counterparties"] or ())]  # type: ignore[misc]
        cells = [(side, str(row["kind"]), str(row["currency"])) for side in sides]
        cell = next((one for one in cells if one in wanted), cells[0])
        low = float(row["low"] or 0)  # type: ignore[arg-type]
        if row["counted"]:
            got[cell] += low / 1e6  # type: ignore[assignment]
        crude += low / 1e6 if cell in wanted and row["first"] else 0
        number = articles[int(str(row["number"]))].told.get((cell[1], low))
        if (
            number is not None
            and row["event"]
            and cell[0] in known
            and row["relation"] not in ("cumulative", "part")
        ):
            gold.append((str(number), str(row["event"])))
            by_found[str(row["event"])].add(number)
            by_gold[number].add(str(row["event"]))
    error = sum(abs(got[cell] - wanted[cell]) for cell in wanted) / sum(wanted.values())
    right = sum(abs(got[cell] - wanted[cell]) < 0.01 * wanted[cell] for cell in wanted)
    merged = sum(len(each) > 1 for each in by_found.values())
    split = sum(len(each) > 1 for each in by_gold.values())
    found = sum(got[cell] for cell in wanted) / sum(wanted.values())
    if misses:
        for cell in sorted(wanted):
            if abs(got[cell] - wanted[cell]) >= 0.01 * wanted[cell]:
                print(f"  {cell}: {got[cell]} for {wanted[cell]}", file=sys.stderr)
        for event, each in sorted(by_found.items()):
            if len(each) > 1:
                print(f"  merged {event}: {[stories[number] for number in sorted(each)]}", file=sys.stderr)
        for number, each in sorted(by_gold.items()):
            if len(each) > 1:
                print(f"  split {stories[number]}: {sorted(each)}", file=sys.stderr)
    print(
        f"| sum of money, of the right one ({crude / sum(wanted.values()):.2f} by `first`) | {found:.3f} | 0.99 to 1.01 |"
    )
    print(
        f"| cells (company, kind, currency) with the right sum | {right} of {len(wanted)}, off by {error:.1%} of the money | |"
    )
    print(f"| events merged wrongly, of {len(by_found)} found | {merged} | 0 |")
    print(
        f"| events split wrongly, of {len(by_gold)} told | {split} = {split / max(len(by_gold), 1):.1%} | 2 % |"
    )
    print(f"| facts by event, B-cubed F | {b_cubed(gold):.3f} | |")


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--events", type=int, default=200)
    options.add_argument("--pairs", type=int, default=100)
    options.add_argument("--misses", action="store_true")
    options.add_argument("--keep", type=Path, help="a folder to work in that stays")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        raw = folder / "raw"
        raw.mkdir(parents=True, exist_ok=True)
        stories, articles = generate(args.events, args.pairs)
        write(articles, raw / "articles.jsonl")
        run_corpus(raw, folder / "out", Config(until="entities", workers=1))
        rows = rows_of(folder / "out")
        print("| measure | figure | floor |\n|---|---|---|")
        print(f"| documents / facts of the generated corpus | {len(articles):,} / {len(rows):,} | |")
        score(stories, articles, rows, args.misses)


if __name__ == "__main__":
    main()
