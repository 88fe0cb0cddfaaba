"""Train the weights of the typing step (`src/extract/data/typing.json`).

    python scripts/train_typing.py WINER_FR.jsonl.gz [--until 2017-09-01] [--without HAND …] [--cases DIR] [--pages FILES]
        [--from PATH --steps 60] [--out PATH]

Trains on WiNER-fr (Y. Dupont, CC BY; French Wikinews articles with spans), on the annotated texts of `data/training`, on
sentences made from `scripts/typing` and, with `--cases` and `--pages`, on the real texts that `scripts/real_articles.py`
names, which are not in the project. With `--until`, only articles before that date are used, with `--without` only the
other hands, so that the rest can measure. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.real_articles import real_texts
from scripts.training_texts import AnnotatedText, hands, read_hand
from scripts.typing_examples import HERE, Example, Span, written_examples

from extract.companies.lists import CompanyList
from extract.names.passages import describe
from extract.names.types import NONE, SOURCE, TYPES
from extract.tokens import tokenize

OUT = Path(__file__).parents[1] / "src" / "extract" / "data" / "typing.json"
SCALE = 1000
SEED = 7
MIN_COUNT = 3  # a feature seen fewer times has no weight
HIDDEN = 0.6  # of the company list while training, so that the words around a name carry what the list does not know
COPIES = {"fr": 10, "en": 10, "de": 12, "es": 12, "it": 12}
REGULARISATION = 0.5
SMALLEST_WEIGHT = 40  # thousandths: rows whose every weight is smaller are left out
WINER_TYPES = {"Person": "person", "Location": "place", "Product": "product", "Event": "event"}
ABOUT = (
    "Weights of the typing step, one line a feature, one whole number a type in thousandths of a log-odd; the last one says how "
    "much likelier a company is cited as a source. Made by scripts/train_typing.py from WiNER-fr (Yoann Dupont, annotations "
    "CC BY 4.0, texts from French Wikinews CC BY 2.5), from the annotated texts of data/training and from sentences written for "
    "this project (scripts/typing)."
)

# Of the written sentences, how many show the letters of their names to the typing step: the names are made of a few pieces,
# and what has to be learnt is the words around them.
BLIND = 0.6
WINER_BLIND = 0.2
HAND_BLIND = 0.3  # of the second reading of every annotated text
LETTERS = ("w=", "f=", "l=", "fl=", "m=", "p=", "s=")
# What a candidate counts in training, by where it comes from: texts by people who did not know the rules count most.
WINER_WEIGHT = 1.0
WRITTEN_WEIGHT = 1.5
HAND_WEIGHT = 1.5  # each of two readings
REAL_WEIGHT = 3.0  # real articles are what is read


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
            spans: list[Span] = []
            for start, end, label in sorted(row["spans"], key=lambda s: (s[0] - s[1], s[0])):
                if any(a < end and start < b for a, b, *_ in spans):
                    continue
                if label == "Organization":
                    listed = companies.lookup(row["text"][start:end])
                    is_medium = listed is not None and listed.sector == "media"
                    kind = "company" if is_medium or row["text"][start:end] in firms else "institution"
                elif label == "Product" and companies.lookup(row["text"][start:end]) is not None:
                    kind = "company"  # WiNER-fr calls some firms products; the list knows them as firms
                else:
                    kind = WINER_TYPES.get(label, NONE)
                spans.append(Span(start, end, kind))
            yield Example(row["text"], "fr", spans)


def hand_examples(texts: Iterable[AnnotatedText]) -> Iterator[Example]:
    """The paragraphs of annotated texts."""
    for annotated in texts:
        start = 0
        for paragraph in annotated.text.split("\n"):
            end = start + len(paragraph)
            if paragraph.strip():
                spans = [
                    Span(m.start - start, m.end - start, m.kind, m.role)
                    for m in annotated.mentions
                    if start <= m.start and m.end <= end and m.kind in TYPES
                ]
                yield Example(paragraph, annotated.language, spans, not annotated.row.get("partial", False))
            start = end + 1


@dataclass(slots=True)
class Rows:
    """Candidates to train on: features, type, weight, and the role of a company where it is known."""

    features: list[tuple[str, ...]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    roles: list[str | None] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def extend(self, other: Rows) -> None:
        for name in ("features", "kinds", "roles", "weights"):
            getattr(self, name).extend(getattr(other, name))


def labelled(
    examples: Iterable[Example], companies: CompanyList, seed: int, weight: float, blind_share: float = 0.0
) -> Rows:
    """Every candidate of the examples; a share of the company list is hidden, another one for each text.

    In a `blind_share` of the texts the names show no letters of their own.
    """
    draw = random.Random(seed)
    hidden = [companies.hide(HIDDEN, seed + k) for k in range(6)] + [companies]
    rows = Rows()
    missed: Counter[str] = Counter()
    for number, (text, language, spans, is_complete) in enumerate(examples):
        gold = {(span.start, span.end): span for span in spans}
        _, described = describe(text, tokenize(text), language, hidden[number % len(hidden)])
        blind = draw.random() < blind_share
        for one in described:
            overlaps = any(start < one.end and one.start < end for start, end in gold)
            span = gold.get((one.start, one.end))
            if span is None and not is_complete:
                continue
            rows.features.append(
                tuple(f for f in one.features if not f.startswith(LETTERS))
                if blind and overlaps
                else one.features
            )
            rows.kinds.append(span.kind if span else NONE)
            rows.roles.append(span.role if span else None)
        seen = {(one.start, one.end) for one in described}
        missed.update(span.kind for key, span in gold.items() if key not in seen and span.kind != NONE)
    rows.weights = [weight] * len(rows.kinds)
    print("gold spans that are no candidate:", dict(sorted(missed.items())), file=sys.stderr)
    return rows


def train(rows: Rows, earlier: Path | None, steps: int) -> tuple[dict[str, list[int]], list[int]]:
    """Weights and intercept in thousandths, in the order of TYPES, the log-odds of a source behind them.

    `steps` of the fit are taken, from the weights in `earlier` where there are some.
    """
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    counts = Counter(name for row in rows.features for name in set(row))
    index = {name: k for k, name in enumerate(sorted(n for n, c in counts.items() if c >= MIN_COUNT))}
    columns, pointers = [], [0]
    for row in rows.features:
        columns.extend(index[name] for name in row if name in index)
        pointers.append(len(columns))
    matrix = csr_matrix(
        (np.ones(len(columns), dtype=np.float32), np.asarray(columns), np.asarray(pointers)),
        shape=(len(rows.features), len(index)),
    )
    matrix.sum_duplicates()
    target = np.asarray([TYPES.index(kind) for kind in rows.kinds])
    weights = np.asarray(rows.weights)
    print(f"{matrix.shape[0]} candidates, {matrix.shape[1]} features", Counter(rows.kinds), file=sys.stderr)
    coefficients = np.zeros((len(TYPES) + 1, len(index)))
    intercept = np.full(len(TYPES) + 1, -10.0)
    begun = _begun(earlier, index, len(TYPES) + 1)
    kinds = sorted(set(target.tolist()))
    model = LogisticRegression(C=REGULARISATION, max_iter=steps, tol=1e-4, warm_start=begun is not None)
    if begun is not None:
        model.coef_, model.intercept_ = begun[0][kinds], begun[1][kinds]
    model.fit(matrix, target, sample_weight=weights)
    for row_number, kind_number in enumerate(model.classes_):
        coefficients[kind_number] = model.coef_[row_number]
        intercept[kind_number] = model.intercept_[row_number]
    # Who is cited is told by the words around a name: most that are cited in the texts are one agency.
    around = np.asarray([not name.startswith((*LETTERS, "x=")) for name in index])
    known = np.asarray([role is not None for role in rows.roles])
    cited = np.asarray([role == SOURCE for role in rows.roles])
    if begun is not None:
        model.coef_, model.intercept_ = begun[0][-1:, around], begun[1][-1:]
    model.fit(matrix[known][:, around], cited[known], sample_weight=weights[known])
    coefficients[-1, around], intercept[-1] = model.coef_[0], model.intercept_[0]
    scaled = np.rint(coefficients * SCALE).astype(int)
    kept = {
        name: scaled[:, k].tolist()
        for name, k in index.items()
        if np.abs(scaled[:, k]).max() >= SMALLEST_WEIGHT
    }
    return kept, np.rint(intercept * SCALE).astype(int).tolist()


def _begun(earlier: Path | None, index: dict[str, int], rows: int) -> tuple[Any, Any] | None:
    """Coefficients and intercepts of an earlier training, a feature that it did not have at nothing."""
    import numpy as np

    if earlier is None:
        return None
    content = json.loads(earlier.read_text(encoding="utf-8"))
    coefficients = np.zeros((rows, len(index)))
    for name, values in content["weights"].items():
        if name in index:
            coefficients[:, index[name]] = values
    return coefficients / SCALE, np.asarray(content["intercept"]) / SCALE


def write(path: Path, weights: dict[str, list[int]], intercept: list[int]) -> None:
    lines = [
        f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(values, separators=(',', ':'))}"
        for name, values in weights.items()
    ]
    head = json.dumps(
        {"about": ABOUT, "types": (*TYPES, SOURCE), "scale": SCALE, "intercept": intercept},
        ensure_ascii=False,
    )
    path.write_text(head[:-1] + ', "weights": {\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("winer", type=Path)
    options.add_argument("--until", default="9999")
    options.add_argument("--without", nargs="*", default=[], help="hands of data/training to leave out")
    options.add_argument("--cases", type=Path, default=None, help="a folder with the texts of real articles")
    options.add_argument("--pages", type=Path, nargs="*", default=[], help="files of annotated saved pages")
    options.add_argument("--from", dest="earlier", type=Path, help="an earlier training to go on from")
    options.add_argument(
        "--steps", type=int, default=300, help="steps of the fit; from an earlier training a few will do"
    )
    options.add_argument("--out", type=Path, default=OUT)
    args = options.parse_args()
    companies = CompanyList.load()
    rows = Rows()
    articles = winer_examples(args.winer, companies, until=args.until)
    rows.extend(labelled(articles, companies, SEED, WINER_WEIGHT, WINER_BLIND))
    written = written_examples(random.Random(SEED), companies.companies, COPIES)
    rows.extend(labelled(written, companies, SEED, WRITTEN_WEIGHT, BLIND))
    texts = [text for path in hands() if path.stem not in args.without for text in read_hand(path)]
    for reading, blind in enumerate((0.0, HAND_BLIND)):
        rows.extend(labelled(hand_examples(texts), companies, SEED + reading, HAND_WEIGHT, blind))
    real = [*real_texts(args.cases, args.pages)]
    for reading, blind in enumerate((0.0, HAND_BLIND)):
        rows.extend(labelled(hand_examples(real), companies, SEED + reading, REAL_WEIGHT, blind))
    weights, intercept = train(rows, args.earlier, args.steps)
    write(args.out, weights, intercept)
    print(f"{len(weights)} features written to {args.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
