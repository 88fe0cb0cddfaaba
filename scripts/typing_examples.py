"""Sentences for the typing step made from the templates and fillers of `scripts/typing`, with where the names stand."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from extract.companies import legal_form_end
from extract.companies.lists import ListedCompany
from extract.names.gazetteers import given_names, place_sizes, surnames

HERE = Path(__file__).parent / "typing"
SLOT_TYPES = {"C": "company", "R": "product", "W": "person", "S": "person", "I": "institution", "L": "law", "P": "place",
              "E": "event", "O": "other", "M": "company", "B": "company"}  # fmt: skip
ROLES = {"C": "actor", "B": "actor", "M": "source"}  # B is a medium that acts, M one that is cited


# Shares of the sentences that are written in capitals, and without any.
SHOUTED = 0.03
SMALL = 0.03


class Span(NamedTuple):
    """A name in an example: its type, and the role of a company where it is known."""

    start: int
    end: int
    kind: str
    role: str | None = None


class Example(NamedTuple):
    """A text with its names; `is_complete` when what is none of them is no name."""

    text: str
    language: str
    spans: list[Span]
    is_complete: bool = True


class Fillers:
    """Names for the slots of a template: half of the companies from the list, the others invented."""

    def __init__(self, rng: random.Random, companies: Sequence[ListedCompany]) -> None:
        self.rng = rng
        self.case = random.Random(len(companies))
        self.data = tomllib.loads((HERE / "fillers.toml").read_text(encoding="utf-8"))
        self.companies = companies
        folder = Path(__file__).parents[1] / "src" / "extract" / "data"
        read = lambda name: (folder / name).read_text(encoding="utf-8")  # noqa: E731
        self.given = " ".join(
            x
            for x in (HERE / "given_names.txt").read_text(encoding="utf-8").splitlines()
            if not x.startswith("#")
        ).split()
        self.more_given = sorted(given_names())
        self.more_surnames = sorted(surnames())
        self.towns = sorted(name for name in place_sizes() if name.isascii())
        self.places = [x for x in read("places.txt").splitlines() if x and not x.startswith("#")]

    def coined(self) -> str:
        table = self.data["coined"]
        name = self.rng.choice(table["starts"]) + self.rng.choice(table["ends"])
        draw = self.rng.random()
        if draw < 0.10:
            cut = self.rng.randrange(2, len(name) - 1)
            return name[:cut] + name[cut:].capitalize()
        if draw < 0.14:
            return name.upper()
        if draw < 0.17:
            return name + str(self.rng.randrange(1, 100))
        return name

    def acronym(self) -> str:
        return "".join(self.rng.choice("ABCDEFGHILMNOPRSTV") for _ in range(self.rng.randrange(2, 5)))

    def stem(self) -> str:
        draw = self.rng.random()
        if draw < 0.6:
            return self.coined()
        if draw < 0.85:
            return str(self.rng.choice(self.data["company"]["words"]))
        return str(self.rng.choice(self.data["person"]["surnames"])).replace("d'", "").replace("de ", "")

    def company(self) -> str:
        rng, table = self.rng, self.data["company"]
        draw = rng.random()
        if draw < 0.22:
            row = rng.choice(self.companies)
            return rng.choice([*row.aliases, *row.ambiguous_aliases, row.name])
        if draw < 0.56:
            return self.coined()
        if draw < 0.585:
            return self.odd()
        if draw < 0.605:
            return self.of_a_trade()
        if draw < 0.66:
            return str(rng.choice(table["words"]))
        if draw < 0.78:
            return f"{self.stem()} {rng.choice(table['second'])}"
        if draw < 0.85:
            return f"{self.stem()} {rng.choice(table['fund'])}"
        if draw < 0.89:
            return str(rng.choice(table["phrase"])).format(x=self.stem())
        if draw < 0.91:
            return str(rng.choice(table["bank"])).format(x=self.stem())
        if draw < 0.94:
            return self.acronym()
        if draw < 0.96:
            return str(rng.choice(self.data["person"]["surnames"]))
        if draw < 0.98:
            return f"{self.stem()} {rng.choice(table['legal'])}"
        return rng.choice(["e", "x", "i", "my"]) + self.coined()

    def odd(self) -> str:
        """A firm whose spelling is unusual: "e-Brivane", "W.IN.G", "360 Capital", "Brivane Capital II"."""
        rng, table = self.rng, self.data["company"]
        return str(rng.choice(table["odd"])).format(
            x=self.stem(),
            y=self.stem(),
            l=rng.choice("ABCDEFGHILMNOPRSTVW"),
            ll=rng.choice("ABCDEFGHILMNOPRSTVW") + rng.choice("ABDEINORST"),
            n=rng.choice([rng.randrange(2, 100), rng.randrange(100, 1000), rng.randrange(1700, 2030)]),
            f=rng.choice(table["fund"]),
            r=rng.choice(table["numerals"]),
            p=self.place(),
        )

    def of_a_trade(self) -> str:
        """A firm named after what it does: "Scierie Lefort", "Forges de Brénac"."""
        rng, table = self.rng, self.data["company"]
        pattern = str(rng.choice(table["trade"]))
        while "{t}" in pattern:
            pattern = pattern.replace("{t}", rng.choice(table["trades"]), 1)
        return pattern.format(s=self.surname(), x=self.stem(), p=self.place())

    def maker(self) -> str:
        """A firm at the head of a product's name: from the list, or invented."""
        if self.rng.random() < 0.5:
            row = self.rng.choice(self.companies)
            return str(self.rng.choice([*row.aliases, *row.ambiguous_aliases, row.name]))
        return self.coined()

    def designation(self) -> str:
        """What follows the maker: "Série 7", "Model S", "F-Pace", "A320neo", "911", "Zephyr"."""
        rng, table = self.rng, self.data["product"]
        draw = rng.random()
        letter, number = rng.choice("ABCDEFGIKLMQRSTVXZ"), rng.randrange(1, 10)
        if draw < 0.2:
            return f"{rng.choice(table['lines'])} {rng.choice([letter, str(number), letter + str(number)])}"
        if draw < 0.45:
            return f"{letter}{rng.choice([number, number * 10, number * 100])}{rng.choice(['', '', 'neo', ' Pro', 'e', 'R'])}"
        if draw < 0.55:
            return f"{letter}-{self.coined()[:5].capitalize()}"
        if draw < 0.65:
            return f"{rng.choice([number * 100 + 8, number * 1000, number * 10])}{rng.choice(['', '', ' GT', ' TDI', ' Max'])}"
        if draw < 0.8:
            return str(rng.choice(table["bases"]))
        return self.coined()

    def product(self) -> str:
        rng, table = self.rng, self.data["product"]
        draw = rng.random()
        base = rng.choice(table["bases"]) if rng.random() < 0.6 else self.coined()
        if draw < 0.25:
            return str(rng.choice(table["real"]))
        if draw < 0.40:
            return f"{self.maker()} {self.designation()}"
        if draw < 0.48:
            return f"{base} {rng.choice(table['suffixes'])}"
        if draw < 0.54:
            return f"{base}-{rng.choice(table['suffixes'])}"
        if draw < 0.62:
            return f"{self.company()} {rng.choice(table['owned'])}"
        if draw < 0.72:
            return str(rng.choice(table["phrases"])).format(x=base, d=rng.randrange(1, 9), c=self.coined())
        return str(base)

    def surname(self) -> str:
        if self.rng.random() < 0.5:
            return self.rng.choice(self.more_surnames).title()
        return str(self.rng.choice(self.data["person"]["surnames"]))

    def person(self) -> str:
        given = self.rng.choice(self.given if self.rng.random() < 0.5 else self.more_given).title()
        if self.rng.random() < 0.1:
            given += "-" + self.rng.choice(self.given)
        if self.rng.random() < 0.15:
            given = self.coined()[:6].capitalize()
        draw = self.rng.random()
        if draw < 0.06:
            return f"{given} {self.rng.choice(self.data['person']['particles'])} {self.surname()}"
        if draw < 0.1:
            return given if draw < 0.08 else f"{given} {self.surname()}-{self.surname()}"
        return f"{given} {self.surname()}"

    def place(self) -> str:
        draw = self.rng.random()
        if draw < 0.25:
            return self.rng.choice(self.towns).title()
        return str(self.rng.choice(self.data["place"]["invented"] if draw < 0.35 else self.places))

    def with_article(self, pattern: str) -> tuple[str, str]:
        article, _, name = pattern.partition("|") if "|" in pattern else ("", "", pattern)
        if pattern.endswith("|"):
            article, name = "", pattern[:-1]
        filled = name.format(p=self.place(), s=self.surname(), x=self.stem(), K=self.acronym())
        return article, filled

    def slot(self, code: str, language: str) -> tuple[str, str]:
        """Article and name for a slot."""
        rng, data = self.rng, self.data
        if code == "C":
            return "", self.company()
        if code == "R":
            return "", self.product()
        if code == "W":
            return "", self.person()
        if code == "S":
            return "", self.surname()
        if code == "P":
            return "", self.place()
        if code in "IL":
            return self.with_article(rng.choice(data[{"I": "institution", "L": "law"}[code]][language]))
        pool = {"E": "event", "O": "other", "M": "medium", "B": "medium"}[code]
        return self.with_article(rng.choice(data[pool]["names"]))


def filled(template: str, language: str, fillers: Fillers) -> Example:
    """A template with names in its slots, and where they stand."""
    spans: list[Span] = []
    text, position = "", 0
    for found in re.finditer(r"\{([A-Z])\d?\}", template):
        text += template[position : found.start()]
        position = found.end()
        code = found.group(1)
        if code == "A":
            text += fillers.rng.choice(fillers.data["amounts"][language])
        elif code == "N":
            text += str(fillers.rng.choice([3, 12, 45, 120, 300, 800]))
        elif code == "D":
            text += str(fillers.rng.randrange(2008, 2028))
        else:
            article, name = fillers.slot(code, language)
            if language == "fr" and name[0] in "AEIOUYÉÈH" and re.search(r"\b(?:de|que) $", text):
                text = text[:-2] + "'"
            if not text and article:
                article = article[0].upper() + article[1:]
            text += article
            kind = SLOT_TYPES[code]
            spans.append(Span(len(text), len(text) + len(name), kind, ROLES.get(code)))
            text += name
    text += template[position:]
    # A legal form that the template writes beside a company belongs to the name.
    spans = [
        span._replace(end=legal_form_end(text, span.end)) if span.kind == "company" else span
        for span in spans
    ]
    if fillers.rng.random() < 0.3:
        text = text.replace("'", "’")
    draw = fillers.case.random()
    if draw < SHOUTED + SMALL:
        other = text.upper() if draw < SHOUTED else text.lower()
        text = other if len(other) == len(text) else text
    return Example(text, language, spans)


def templates() -> Iterator[tuple[str, str]]:
    for path in sorted(HERE.glob("templates.*.txt")):
        language = path.name.split(".")[1]
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield language, line


def written_examples(
    rng: random.Random, companies: Sequence[ListedCompany], copies: dict[str, int]
) -> Iterator[Example]:
    """Every template `copies` times, one to three of a language in a paragraph."""
    fillers = Fillers(rng, companies)
    by_language: dict[str, list[str]] = {}
    for language, template in templates():
        by_language.setdefault(language, []).extend([template] * (copies[language] if "{" in template else 2))
    for language, chosen in by_language.items():
        rng.shuffle(chosen)
        while chosen:
            text = ""
            spans: list[Span] = []
            for _ in range(min(len(chosen), rng.choice([1, 1, 2, 3]))):
                sentence, _, more, _ = filled(chosen.pop(), language, fillers)
                text += " " if text else ""
                spans += [s._replace(start=s.start + len(text), end=s.end + len(text)) for s in more]
                text += sentence
            yield Example(text, language, spans)
