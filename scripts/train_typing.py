"""Train the weights of the typing step (`src/extract/data/typing.json`).

    python scripts/train_typing.py WINER_FR.jsonl.gz [--until 2017-09-01] [--out PATH]

Trains on WiNER-fr (Y. Dupont, CC BY; French Wikinews articles with spans) and on sentences made from `scripts/typing`. With
`--until`, only articles before that date are used, so that the rest can measure. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extract.companies.legal_forms import legal_form_end
from extract.companies.lists import CompanyList, ListedCompany
from extract.names.passages import describe
from extract.names.types import NONE, TYPES

HERE = Path(__file__).parent / "typing"
OUT = Path(__file__).parents[1] / "src" / "extract" / "data" / "typing.json"
SCALE = 1000
SEED = 7
MIN_COUNT = 3  # a feature seen fewer times has no weight
HIDDEN = 0.6  # of the company list while training, so that the words around a name carry what the list does not know
COPIES = {"fr": 10, "en": 10, "de": 12, "es": 12, "it": 12}
REGULARISATION = 0.5
WRITTEN_WEIGHT = (
    1.5  # of a candidate in a written sentence: the project reads technology news, WiNER-fr is general news
)
SMALLEST_WEIGHT = 40  # thousandths: rows whose every weight is smaller are left out
WINER_TYPES = {"Person": "person", "Location": "place", "Product": "product", "Event": "event"}
SLOT_TYPES = {"C": "company", "R": "product", "W": "person", "S": "person", "I": "institution", "L": "law", "P": "place",
              "E": "event", "O": "other", "M": "institution"}  # fmt: skip
ABOUT = (
    "Weights of the typing step, one line a feature, one whole number a type in thousandths of a log-odd. Made by "
    "scripts/train_typing.py from WiNER-fr (Yoann Dupont, annotations CC BY 4.0, texts from French Wikinews CC BY 2.5) and "
    "from sentences written for this project (scripts/typing)."
)

# Of the written sentences, how many show the letters of their names to the typing step: the names are made of a few pieces,
# and what has to be learnt is the words around them.
BLIND = 0.6
WINER_BLIND = 0.2
LETTERS = ("w=", "f=", "l=", "fl=", "m=", "p=", "s=")

Example = tuple[str, str, list[tuple[int, int, str]]]  # text, language, spans


class Fillers:
    """Names for the slots of a template: half of the companies from the list, the others invented."""

    def __init__(self, rng: random.Random, companies: Sequence[ListedCompany]) -> None:
        self.rng = rng
        self.data = tomllib.loads((HERE / "fillers.toml").read_text(encoding="utf-8"))
        self.companies = companies
        folder = Path(__file__).parents[1] / "src" / "extract" / "data"
        read = lambda name: (folder / name).read_text(encoding="utf-8")  # noqa: E731
        self.given = " ".join(
            x for x in read("given_names.txt").splitlines() if not x.startswith("#")
        ).split()
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
        if draw < 0.64:
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

    def product(self) -> str:
        rng, table = self.rng, self.data["product"]
        draw = rng.random()
        base = rng.choice(table["bases"]) if rng.random() < 0.6 else self.coined()
        if draw < 0.25:
            return str(rng.choice(table["real"]))
        if draw < 0.45:
            return f"{base} {rng.choice(table['suffixes'])}"
        if draw < 0.52:
            return f"{base}-{rng.choice(table['suffixes'])}"
        if draw < 0.62:
            return f"{self.company()} {rng.choice(table['owned'])}"
        if draw < 0.72:
            return str(rng.choice(table["phrases"])).format(x=base, d=rng.randrange(1, 9), c=self.coined())
        return str(base)

    def surname(self) -> str:
        return str(self.rng.choice(self.data["person"]["surnames"]))

    def person(self) -> str:
        given = self.rng.choice(self.given)
        if self.rng.random() < 0.1:
            given += "-" + self.rng.choice(self.given)
        if self.rng.random() < 0.15:
            given = self.coined()[:6].capitalize()
        return f"{given} {self.surname()}"

    def place(self) -> str:
        pool = self.data["place"]["invented"] if self.rng.random() < 0.15 else self.places
        return str(self.rng.choice(pool))

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
        pool = {"E": "event", "O": "other", "M": "medium"}[code]
        return self.with_article(rng.choice(data[pool]["names"]))


def filled(template: str, language: str, fillers: Fillers) -> Example:
    """A template with names in its slots, and where they stand."""
    text, spans, position = "", [], 0
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
            spans.append((len(text), len(text) + len(name), kind))
            text += name
    text += template[position:]
    # A legal form that the template writes beside a company belongs to the name.
    spans = [
        (start, legal_form_end(text, end) if kind == "company" else end, kind) for start, end, kind in spans
    ]
    if fillers.rng.random() < 0.3:
        text = text.replace("'", "’")
    return text, language, spans


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
            text, spans = "", []
            for _ in range(min(len(chosen), rng.choice([1, 1, 2, 3]))):
                sentence, _, more = filled(chosen.pop(), language, fillers)
                text += " " if text else ""
                spans += [(start + len(text), end + len(text), kind) for start, end, kind in more]
                text += sentence
            yield text, language, spans


def winer_companies() -> frozenset[str]:
    lines = (HERE / "winer_companies.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split("|"))


def winer_examples(
    path: Path, companies: CompanyList, since: str = "", until: str = "9999"
) -> Iterator[Example]:
    """The articles of WiNER-fr with `since` <= date < `until`; of nested spans the outer one."""
    firms = winer_companies()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            if not since <= row["published"] < until:
                continue
            spans: list[tuple[int, int, str]] = []
            for start, end, label in sorted(row["spans"], key=lambda s: (s[0] - s[1], s[0])):
                if any(a < end and start < b for a, b, _ in spans):
                    continue
                if label == "Organization":
                    kind = "company" if row["text"][start:end] in firms else "institution"
                elif label == "Product" and companies.lookup(row["text"][start:end]) is not None:
                    kind = "company"  # WiNER-fr calls some firms products; the list knows them as firms
                else:
                    kind = WINER_TYPES.get(label, NONE)
                spans.append((start, end, kind))
            yield row["text"], "fr", spans


def labelled(
    examples: Iterator[Example], companies: CompanyList, seed: int, blind_share: float = 0.0
) -> tuple[list[tuple[str, ...]], list[str]]:
    """Features and type of every candidate; a share of the company list is hidden, another one for each text.

    In a `blind_share` of the texts the names show no letters of their own.
    """
    draw = random.Random(seed)
    hidden = [companies.hide(HIDDEN, seed + k) for k in range(6)] + [companies]
    rows: list[tuple[str, ...]] = []
    kinds: list[str] = []
    missed: Counter[str] = Counter()
    for number, (text, language, spans) in enumerate(examples):
        gold = {(start, end): kind for start, end, kind in spans}
        _, described = describe(text, language, hidden[number % len(hidden)])
        seen = set()
        blind = draw.random() < blind_share
        for one in described:
            key = (one.start, one.end)
            overlaps = any(start < one.end and one.start < end for start, end in gold)
            rows.append(
                tuple(f for f in one.features if not f.startswith(LETTERS))
                if blind and overlaps
                else one.features
            )
            kinds.append(gold.get(key, NONE))
            seen.add(key)
        missed.update(kind for key, kind in gold.items() if key not in seen and kind != NONE)
        missed.update(f"{kind} all" for kind in gold.values() if kind != NONE)
    print("gold spans that are no candidate:", dict(sorted(missed.items())), file=sys.stderr)
    return rows, kinds


def train(
    rows: Sequence[Sequence[str]], kinds: Sequence[str], sample_weights: Sequence[float]
) -> tuple[dict[str, list[int]], list[int]]:
    """Weights and intercept in thousandths, in the order of TYPES."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    counts = Counter(name for row in rows for name in set(row))
    index = {name: k for k, name in enumerate(sorted(n for n, c in counts.items() if c >= MIN_COUNT))}
    columns, pointers = [], [0]
    for row in rows:
        columns.extend(index[name] for name in row if name in index)
        pointers.append(len(columns))
    matrix = csr_matrix(
        (np.ones(len(columns)), np.asarray(columns), np.asarray(pointers)), shape=(len(rows), len(index))
    )
    matrix.sum_duplicates()
    target = np.asarray([TYPES.index(kind) for kind in kinds])
    print(f"{matrix.shape[0]} candidates, {matrix.shape[1]} features", Counter(kinds), file=sys.stderr)
    model = LogisticRegression(C=REGULARISATION, max_iter=120, tol=1e-3)
    model.fit(matrix, target, sample_weight=np.asarray(sample_weights))
    coefficients = np.zeros((len(TYPES), len(index)))
    intercept = np.full(len(TYPES), -10.0)
    for row_number, kind_number in enumerate(model.classes_):
        coefficients[kind_number] = model.coef_[row_number]
        intercept[kind_number] = model.intercept_[row_number]
    scaled = np.rint(coefficients * SCALE).astype(int)
    weights = {
        name: scaled[:, k].tolist()
        for name, k in index.items()
        if np.abs(scaled[:, k]).max() >= SMALLEST_WEIGHT
    }
    return weights, np.rint(intercept * SCALE).astype(int).tolist()


def write(path: Path, weights: dict[str, list[int]], intercept: list[int]) -> None:
    lines = [
        f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(values, separators=(',', ':'))}"
        for name, values in weights.items()
    ]
    head = json.dumps(
        {"about": ABOUT, "types": TYPES, "scale": SCALE, "intercept": intercept}, ensure_ascii=False
    )
    path.write_text(head[:-1] + ', "weights": {\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("winer", type=Path)
    options.add_argument("--until", default="9999")
    options.add_argument("--out", type=Path, default=OUT)
    options.add_argument(
        "--copies", type=float, default=1.0, help="how many times the written sentences are filled"
    )
    args = options.parse_args()
    rng = random.Random(SEED)
    companies = CompanyList.load()
    rows, kinds = labelled(
        winer_examples(args.winer, companies, until=args.until), companies, SEED, WINER_BLIND
    )
    copies = {language: max(1, round(count * args.copies)) for language, count in COPIES.items()}
    more_rows, more_kinds = labelled(
        written_examples(rng, companies.companies, copies), companies, SEED, BLIND
    )
    sample_weights = [1.0] * len(rows) + [WRITTEN_WEIGHT] * len(more_rows)
    weights, intercept = train([*rows, *more_rows], [*kinds, *more_kinds], sample_weights)
    write(args.out, weights, intercept)
    print(f"{len(weights)} features written to {args.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
