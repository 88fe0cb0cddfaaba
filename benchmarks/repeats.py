"""Repeats: recall by kind, facts merged, precision, cost against a peer, growth. Prints Markdown.

    python benchmarks/repeats.py [--documents N] [--growth] [--cases DIR]

The corpus is made here, from word lists of its own, with repeats that are known. `--cases DIR` adds the first of the five
articles in DIR (000*.txt), for which the number of repeats is printed. The peer (rensa, MinHash) is skipped where it is not
installed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

WHO = [
    "la ministre",
    "le préfet",
    "la directrice",
    "le maire",
    "la députée",
    "le syndicat",
    "la rapporteure",
    "le régulateur",
    "l'association",
    "la filière",
]
DOES = [
    "défend",
    "prépare",
    "conteste",
    "finance",
    "retarde",
    "présente",
    "étudie",
    "critique",
    "relance",
    "simplifie",
    "encadre",
    "propose",
    "surveille",
]
WHAT = [
    "réseau",
    "chantier",
    "projet",
    "budget",
    "rapport",
    "programme",
    "contrat",
    "règlement",
    "laboratoire",
    "modèle",
    "serveur",
    "calendrier",
    "dispositif",
    "marché",
    "quartier",
    "barrage",
    "port",
    "hôpital",
    "lycée",
    "musée",
    "atelier",
    "entrepôt",
    "brevet",
    "capteur",
    "pilote",
    "service",
    "registre",
    "plan",
    "fonds",
]
HOW = [
    "ambitieux",
    "régional",
    "fragile",
    "public",
    "durable",
    "coûteux",
    "discret",
    "numérique",
    "local",
    "ancien",
    "commun",
    "récent",
    "complexe",
    "sobre",
    "rapide",
    "industriel",
    "partagé",
    "contesté",
    "provisoire",
    "expérimental",
    "rentable",
    "prudent",
    "solide",
    "exigeant",
]
WHEN = [
    "depuis la rentrée",
    "dès cet hiver",
    "au fil des mois",
    "sans attendre",
    "après de longs débats",
    "pour la première fois",
    "à la surprise générale",
]
FIRST = [
    "Agnès",
    "Bruno",
    "Clara",
    "Denis",
    "Elsa",
    "Farid",
    "Gaëlle",
    "Hugo",
    "Inès",
    "Jules",
    "Karim",
    "Lise",
    "Malo",
    "Nadia",
    "Oscar",
    "Paula",
    "Rémi",
    "Salomé",
    "Théo",
    "Yves",
]
LAST = [
    "Aubry",
    "Bellec",
    "Caron",
    "Delmas",
    "Esnault",
    "Fabre",
    "Guérin",
    "Hamon",
    "Izard",
    "Jourdan",
    "Kessler",
    "Lacroix",
    "Marchal",
    "Nogaret",
    "Ozanne",
    "Picard",
]
TOWN = [
    "Angers",
    "Brest",
    "Colmar",
    "Dijon",
    "Évreux",
    "Figeac",
    "Grasse",
    "Hyères",
    "Laval",
    "Metz",
    "Niort",
    "Orthez",
    "Pau",
    "Rodez",
    "Sète",
    "Tulle",
    "Vannes",
]
FIRM = [
    "Alcyon",
    "Boréal",
    "Cobalt",
    "Dorique",
    "Éolia",
    "Ferronia",
    "Galatée",
    "Hélios",
    "Isère",
    "Jonquille",
    "Lumen",
    "Mirabel",
]
MONTH = [
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
]
MONEY = ["millions d’euros", "milliards de dollars", "euros"]
NUMBER = re.compile(r"\d+(?:[ ,]\d+)*")


class Writer:
    """Sentences, headings and edits from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def pick(self, words: list[str]) -> str:
        return self.random.choice(words)

    def noun(self) -> str:
        return f"{self.pick(WHAT)} {self.pick(HOW)}"

    def number(self) -> str:
        n = self.random.randint(2, 98_000)
        return f"{n // 1000} {n % 1000:03d}" if n >= 1000 else str(n)

    def sentence(self) -> str:
        r, pick = self.random, self.pick
        name, town, firm = f"{pick(FIRST)} {pick(LAST)}", pick(TOWN), pick(FIRM)
        made = r.choice(
            [
                f"À {town}, {pick(WHO)} {pick(DOES)} un {self.noun()}",
                f"{name}, qui dirige {firm}, {pick(DOES)} le {self.noun()} de {town}",
                f"{firm} a investi {self.number()} {pick(MONEY)} dans un {self.noun()}",
                f"« Ce {self.noun()} ne suffira pas », prévient {name}",
                f"Le {r.randint(1, 28)} {pick(MONTH)} {r.randint(2015, 2026)}, {pick(WHO)} {pick(DOES)} chaque {self.noun()}",
                f"Près de {self.number()} foyers de {town} attendent un {self.noun()}",
                f"La part du {self.noun()} atteint {r.randint(1, 95)},{r.randint(1, 9)} % chez {firm}",
                f"{pick(WHO).capitalize()} {pick(DOES)} le {self.noun()}, tandis que {pick(WHO)} {pick(DOES)} un {self.noun()}",
            ]
        )
        for _ in range(r.randint(0, 2)):
            made += r.choice(
                [f", {pick(WHEN)}", f" avec un {self.noun()}", f", malgré le {self.noun()} de {pick(TOWN)}"]
            )
        return made + "."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(1, 6)))

    def heading(self) -> str:
        return (
            self.random.choice(
                [
                    f"Un {self.noun()} pour {self.pick(TOWN)}",
                    f"{self.pick(FIRM)} et le {self.noun()}",
                    f"Le {self.noun()} en question",
                ]
            )
            + f", acte {self.random.randint(1, 400)}"
        )

    def typographic(self, text: str) -> str:
        swaps = [("’", "'"), ("« ", "“"), (" »", "”"), (" %", "\u00a0%"), (", ", ",  "), ("é", "e\u0301")]
        for old, new in self.random.sample(swaps, 3):
            text = text.replace(old, new)
        return re.sub(r"(\d) (\d{3})", "\\1\u202f\\2", text) if self.random.random() < 0.5 else text

    def edited(self, text: str, share: float) -> str:
        words = text.split(" ")
        ordinary = [i for i, word in enumerate(words) if word.strip(",.") in WHAT + HOW]
        for i in self.random.sample(ordinary, min(len(ordinary), max(1, round(share * len(words))))):
            end = words[i][len(words[i].rstrip(",.")) :]
            words[i] = (
                self.random.choice([self.pick(WHAT), self.pick(HOW), words[i].rstrip(",.") + " bien"]) + end
            )
        return " ".join(words)

    def other_number(self, text: str) -> str | None:
        found = list(NUMBER.finditer(text))
        if not found:
            return None
        match = self.random.choice(found)
        at = self.random.choice([i for i in range(match.start(), match.end()) if text[i].isdigit()])
        digit = str((int(text[at]) + self.random.randint(1, 8)) % 9 + 1)
        return text[:at] + digit + text[at + 1 :] if digit != text[at] else None

    def other_name(self, text: str) -> str | None:
        names = [name for name in FIRST + LAST + TOWN + FIRM if f" {name}" in text]
        if not names:
            return None
        name = self.pick(names)
        group = next(g for g in (FIRST, LAST, TOWN, FIRM) if name in g)
        return text.replace(name, self.pick([other for other in group if other != name]), 1)


@dataclass(frozen=True)
class Made:
    """A paragraph of the corpus, its kind, and the paragraph it was made from (-1 for none)."""

    document: str
    number: int
    site: str
    text: str
    kind: str
    source: int


def make(documents: int, seed: int) -> list[Made]:
    writer = Writer(seed)
    r = writer.random
    made: list[Made] = []
    library: list[list[int]] = []
    furniture: dict[str, int] = {}
    sites = max(3, documents // 40)
    for d in range(documents):
        document, site, at = f"doc{d:07d}", f"site{r.randrange(sites)}", 0

        def add(text: str, kind: str, source: int = -1, document: str = document, site: str = site) -> int:
            nonlocal at
            made.append(Made(document, at, site, text, kind, source))
            at += 1
            return len(made) - 1

        if library and r.random() < 0.12:
            for n, source in enumerate(r.choice(library)):
                text = made[source].text
                text = writer.edited(text, 0.05) if r.random() < 0.5 else writer.typographic(text)
                if n == 0:
                    text = f"{writer.pick(TOWN).upper()} (AFP) – {text}"
                add(text, "dispatch", source)
            continue
        mine = []
        for _ in range(r.randint(2, 5)):
            heading = writer.heading()
            title = add(heading, "original")
            if r.random() < 0.05:
                add(heading, "heading", title)
            for _ in range(r.randint(1, 4)):
                text = writer.paragraph()
                if r.random() < 0.05:
                    add(f"{text} {writer.typographic(text)}", "doubled")
                    continue
                base = add(text, "original")
                mine.append(base)
                if r.random() < 0.4:
                    derive(writer, add, text, base)
        if library and r.random() < 0.2:
            quoted = made[r.choice(r.choice(library))].text.split(". ")[0].rstrip(".")
            add(f"{writer.sentence()} {writer.sentence()} {quoted}. {writer.sentence()}", "quoting")
        key = f"{site} furniture"
        day = f"{r.randint(1, 28)} {writer.pick(MONTH)} {r.randint(2015, 2026)}"
        line = f"Mis en ligne le {day} · {writer.number()} vues · {site}"
        furniture.setdefault(key, add(line, "furniture", furniture.get(key, -1)))
        library.append(mine)
        if len(library) > 300:
            library.pop(0)
    return made


def derive(writer: Writer, add: Callable[..., int], text: str, base: int) -> None:
    """Add one paragraph that is made from another one."""
    r = writer.random
    kind = r.choice(["copy", "typographic", "edited", "cut", "contained", "number", "edited number", "name"])
    if kind == "copy":
        add(text, kind, base)
    elif kind == "typographic":
        add(writer.typographic(text), kind, base)
    elif kind == "edited":
        add(writer.edited(text, r.uniform(0.03, 0.15)), kind, base)
    elif kind == "cut" and len(text.split()) > 30:
        add(" ".join(text.split()[: r.randint(12, 24)]).rstrip(".,"), kind, base)
    elif kind == "contained":
        heading = writer.heading()
        add(f"{text} {heading}", kind, base)
        add(heading, "original")
    else:
        changed = {"number": writer.other_number, "name": writer.other_name}.get(
            kind.split(" ")[-1], lambda _: None
        )(text)
        if changed:
            add(writer.edited(changed, 0.05) if " " in kind else changed, kind, base)


SAME = ["copy", "heading", "typographic", "edited", "cut", "contained", "dispatch", "furniture"]
OTHER = ["number", "edited number", "name"]
FLOORS = {"edited": 0.99, "cut": 0.97, "contained": 0.995, "dispatch": 0.995, "furniture": 0.99}


def table_of(made: list[Made]) -> object:
    import pyarrow as pa

    return pa.table(
        {
            "doc_id": pa.array([m.document for m in made], pa.string()),
            "paragraph": pa.array([m.number for m in made], pa.int32()),
            "site": pa.array([m.site for m in made], pa.string()),
            "text": pa.array([m.text for m in made], pa.string()),
        }
    )


def roots(count: int, edges: list[tuple[int, int]]) -> list[int]:
    parent = list(range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in edges:
        parent[root(a)] = root(b)
    return [root(i) for i in range(count)]


def quality(made: list[Made]) -> list[str]:
    import dedupe

    place = {(m.document, m.number): i for i, m in enumerate(made)}
    longest: dict[int, tuple[int, int]] = {}
    doubled = set()
    for row in dedupe.find_repeats(table_of(made)).to_pylist():  # type: ignore[arg-type]
        i = place[row["doc_id"], row["paragraph"]]
        if row["kind"] == "inline":
            doubled.add(i)
        elif row["same_facts"] or row["kind"] == "boilerplate":
            # A covered paragraph is tied to the part that covers most of it.
            longest[i] = max(
                longest.get(i, (-1, 0)),
                (row["end"] - row["start"], place[row["of_doc_id"], row["of_paragraph"]]),
            )
    root = roots(len(made), [(i, of) for i, (_, of) in longest.items()])
    tied: dict[str, list[bool]] = defaultdict(list)
    for i, m in enumerate(made):
        if m.source >= 0:
            tied[m.kind].append(root[i] == root[m.source])
    lines = [
        f"| recall {kind} | {mean(tied[kind]):.4f} | {FLOORS.get(kind, 1.0)} |" for kind in SAME if tied[kind]
    ]
    is_doubled = [i in doubled for i, m in enumerate(made) if m.kind == "doubled"]
    lines.append(f"| recall doubled | {mean(is_doubled):.4f} | 1.0 |")
    lines += [
        f"| merged, {kind} changed | {mean(tied[kind]):.4f} | at most 0.001 |" for kind in OTHER if tied[kind]
    ]
    # A heading may come out twice by chance, and so may a short sentence: the same text is the same paragraph.
    same_text = {m.text: i for i, m in enumerate(made)}
    truth = [(i, m.source) for i, m in enumerate(made) if m.source >= 0 and m.kind in SAME]
    truth += [(i, same_text[m.text]) for i, m in enumerate(made)]
    group = roots(len(made), truth)
    both = pairs([(a, b) for a, b in zip(root, group, strict=True)])
    lines.append(f"| pair precision | {both / max(pairs(root), 1):.4f} | 0.998 |")
    lines.append(f"| pair recall | {both / max(pairs(group), 1):.4f} | – |")
    return lines


def pairs(labels: list[object] | list[int] | list[tuple[int, int]]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())


def mean(values: list[bool]) -> float:
    return sum(values) / max(len(values), 1)


def peer_seconds(texts: list[str]) -> float | None:
    try:
        import rensa
    except ImportError:
        return None
    word = re.compile(r"\w+")
    began = time.process_time()
    sets = []
    for text in texts:
        words = word.findall(text.lower())
        sets.append([" ".join(words[i : i + 3]) for i in range(len(words) - 2)] or [" ".join(words)])
    signatures = rensa.RMinHash.from_token_sets(sets, num_perm=128, seed=42)
    index = rensa.RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    for i, signature in enumerate(signatures):
        for j in index.query(signature):
            signature.jaccard(signatures[j])
        index.insert(i, signature)
    return time.process_time() - began


def cost(documents: int, seed: int) -> dict[str, float]:
    """Measure `find_repeats` alone, in a process of its own."""
    command = [sys.executable, __file__, "--cost", str(documents), "--seed", str(seed)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # type: ignore[no-any-return]


def measure(documents: int, seed: int) -> None:
    import dedupe

    paragraphs = table_of(make(documents, seed))
    memory, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    dedupe.find_repeats(paragraphs)  # type: ignore[arg-type]
    seconds = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    print(json.dumps({"paragraphs": len(paragraphs), "seconds": seconds, "kilobytes": memory}))  # type: ignore[arg-type]


def article(folder: Path) -> list[str]:
    import dedupe

    paths = sorted(folder.glob("000*.txt"))
    if not paths:
        return []
    texts = [line for line in paths[0].read_text(encoding="utf-8").split("\n") if line.strip()]
    found = dedupe.find_repeats_within(texts)
    kinds = Counter(kind for _, kind in {(one.paragraph, one.kind) for one in found})
    shown = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    return [f"| repeated paragraphs of the first article | {sum(kinds.values())} ({shown}) | 13 |"]


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--documents", type=int, default=6000)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--growth", action="store_true")
    options.add_argument("--cases", type=Path)
    options.add_argument("--cost", type=int)
    args = options.parse_args()
    if args.cost:
        return measure(args.cost, args.seed)
    made = make(args.documents, args.seed)
    print(f"{len(made)} paragraphs of {args.documents} documents, seed {args.seed}.\n")
    print("| measure | figure | floor |\n|---|---|---|")
    print("\n".join(quality(made)))
    if args.cases:
        print("\n".join(article(args.cases)))
    ours = cost(args.documents, args.seed)
    peer = peer_seconds([m.text for m in made])
    print(f"| paragraphs a CPU second | {ours['paragraphs'] / ours['seconds']:.0f} | – |")
    if peer is not None:
        print(f"| CPU seconds of rensa in the same run over ours | {peer / ours['seconds']:.2f} | 2.5 |")
    if args.growth:
        print("\n| paragraphs | CPU seconds | added kB a paragraph |\n|---|---|---|")
        for factor in (1, 3, 10):
            point = cost(args.documents * factor, args.seed)
            each = point["kilobytes"] / point["paragraphs"]
            print(f"| {point['paragraphs']:.0f} | {point['seconds']:.1f} | {each:.2f} |")
    return None


if __name__ == "__main__":
    main()
