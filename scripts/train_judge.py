"""Train the judge of the fact engine (`src/extract/data/judge.json`), and measure what its scores are worth.

    python scripts/train_judge.py rows PAGES … --out ROWS [--weights FOLDER]
    python scripts/train_judge.py fit ROWS … [--write]

PAGES are files of annotated saved pages in the form of `data/training/texts` that neither the weights nor the encoder have learnt
from; FOLDER holds the `facts.json`, `encoder.npz` and `typing.json` to read them with, the shipped ones where it is not told, so
that pages which were learnt from later are read with what there was before. `fit` learns from all rows; how right a score is comes
from five parts of the pages, each judged by what the others taught. Without `--write` the figures are printed only. The same rows
give the same file.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from scripts.train_facts import (
    OUT,
    THRESHOLD,
    Example,
    calibration,
    example,
    extracted,
    fact_at,
    fold,
    write,
)
from scripts.training_texts import read_hand
from sklearn.ensemble import GradientBoostingClassifier

from extract.entities import Extractor
from extract.facts.encoder_reader import EncoderReader
from extract.facts.judge import OPTIONS, SCALE
from extract.facts.records import FactParagraph
from extract.facts.search import readings_of
from extract.facts.second_reader import SecondReader
from extract.facts.sentences import Document
from extract.facts.signs import SIGNS, Around, options
from extract.facts.weights import FactWeights
from extract.names import TypingModel

JUDGE = OUT.with_name("judge.json")
SEED = 5
PARTS = 5
TREES, DEPTH, STEP, LEAST_IN_LEAF, SHARE_OF_ROWS, SHARE_OF_SIGNS = 220, 3, 0.05, 40, 0.7, 0.25
DIGITS = 4  # of a bound
_DATA = OUT.parent


@dataclass(frozen=True, slots=True)
class Rows:
    """Options of sums as rows: signs, whether right, the number of the sum and of the page; how many facts the pages have."""

    signs: Any
    right: Any
    sum: Any
    page: Any
    wanted: int


def rows_of(
    one: Example, paragraphs: Sequence[FactParagraph], weights: FactWeights, reader: SecondReader
) -> Iterator[tuple[int, bool, list[float]]]:
    """For each option of each sum of a page: the number of the sum, whether the option is right, its signs."""
    document = Document.of(paragraphs)
    readings = readings_of(document, weights, reader)
    around = Around(document, readings, weights.kind.classes)
    for number, reading in enumerate(readings):
        start = reading.amount.start + one.bases[reading.sentence.paragraph_number]
        gold = fact_at(one.facts, start, start + 1)
        if gold is not None and gold.optional:
            continue
        for order, option in enumerate(options(reading, weights.kind.classes, OPTIONS)):
            company = reading.evidence.candidates[option.number].company
            right = (
                gold is not None and option.kind in gold.kinds and fold(company or "") in gold.names
            )
            yield number, right, around.signs(number, reading, option, order)


def read_rows(pages: Sequence[Path], folder: Path) -> Rows:
    """The rows of annotated pages, read with the weights of `folder`."""
    plain = replace(FactWeights.load(folder / "facts.json"), raw=(), calibrated=(), threshold=0.0)
    reader = EncoderReader.load(folder / "encoder.npz")
    extractor = Extractor(typing_model=TypingModel.load(folder / "typing.json"))
    signs, right, sums, numbers = [], [], [], []
    examples = [example(text) for path in pages for text in read_hand(path)]
    for page, one in enumerate(examples):
        for number, is_right, row in rows_of(one, extracted(extractor, one), plain, reader):
            signs.append(row)
            right.append(is_right)
            sums.append(number)
            numbers.append(page)
    wanted = sum(not fact.optional for one in examples for fact in one.facts)
    return Rows(np.array(signs), np.array(right), np.array(sums), np.array(numbers), wanted)


def joined(parts: Sequence[Path]) -> Rows:
    """The rows of several files, their pages numbered anew."""
    found = []
    for path in parts:
        with np.load(path) as file:
            if tuple(file["names"]) != SIGNS:
                raise SystemExit(f"{path} has other signs: make it anew")
            found.append(Rows(file["signs"], file["right"], file["sum"], file["page"], int(file["wanted"])))
    firsts = np.cumsum([0, *(int(rows.page.max()) + 1 for rows in found)])
    return Rows(
        np.concatenate([rows.signs for rows in found]),
        np.concatenate([rows.right for rows in found]),
        np.concatenate([rows.sum for rows in found]),
        np.concatenate([rows.page + first for rows, first in zip(found, firsts, strict=False)]),
        sum(rows.wanted for rows in found),
    )


def taught(rows: Rows, which: Any) -> GradientBoostingClassifier:
    """Trees that learnt from the rows `which`."""
    model = GradientBoostingClassifier(
        n_estimators=TREES,
        learning_rate=STEP,
        max_depth=DEPTH,
        min_samples_leaf=LEAST_IN_LEAF,
        subsample=SHARE_OF_ROWS,
        max_features=SHARE_OF_SIGNS,
        random_state=SEED,
    )
    return model.fit(rows.signs[which], rows.right[which])


def chosen(rows: Rows, chances: Any) -> list[tuple[float, bool]]:
    """Of each sum the chance of its likeliest option, and whether it is right."""
    best: dict[tuple[int, int], tuple[float, bool]] = {}
    for key, chance, right in zip(
        zip(rows.page.tolist(), rows.sum.tolist(), strict=True),
        chances.tolist(),
        rows.right.tolist(),
        strict=True,
    ):
        if key not in best or chance > best[key][0]:
            best[key] = (chance, right)
    return list(best.values())


def judged_apart(rows: Rows) -> list[tuple[float, bool]]:
    """`chosen`, each part of the pages judged by trees that learnt from the others."""
    chances = np.zeros(len(rows.right))
    part = np.random.default_rng(SEED).integers(PARTS, size=int(rows.page.max()) + 1)[rows.page]
    for k in range(PARTS):
        chances[part == k] = taught(rows, part != k).predict_proba(rows.signs[part == k])[:, 1]
    return chosen(rows, chances)


def report(name: str, pairs: Sequence[tuple[float, bool]], wanted: int) -> None:
    """Print F1 and precision from several bounds on."""
    for bound in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        kept = [right for score, right in pairs if score >= bound]
        f1, precision = 2 * sum(kept) / max(1, len(kept) + wanted), sum(kept) / max(1, len(kept))
        print(f"{name} from {bound}: F1 {f1:.3f} P {precision:.3f} of {len(kept)}")


def write_trees(path: Path, model: GradientBoostingClassifier) -> None:
    """Write trees as `extract.facts.judge` reads them."""
    start = model.init_.class_prior_[1]
    trees = []
    for (estimator,) in model.estimators_:
        tree = estimator.tree_
        trees.append(
            [
                round(float(tree.value[n, 0, 0]) * model.learning_rate * SCALE)
                if left < 0
                else [
                    int(tree.feature[n]),
                    round(float(tree.threshold[n]), DIGITS),
                    int(left),
                    int(tree.children_right[n]),
                ]
                for n, left in enumerate(tree.children_left)
            ]
        )
    rows = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees)
    head = json.dumps(
        {
            "about": "Trees of the judge of facts, one a line; made by scripts/train_judge.py.",
            "signs": list(SIGNS),
            "start": round(float(np.log(start / (1 - start))) * SCALE),
        }
    )
    path.write_text(head[:-1] + ', "trees": [\n' + rows + "\n]}\n", encoding="utf-8")


def main() -> None:
    """Make rows of pages, or fit the judge to rows."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    made = commands.add_parser("rows")
    made.add_argument("pages", nargs="+", type=Path)
    made.add_argument("--weights", type=Path, default=_DATA)
    made.add_argument("--out", type=Path, required=True)
    fit = commands.add_parser("fit")
    fit.add_argument("rows", nargs="+", type=Path)
    fit.add_argument("--held", nargs="*", type=Path, default=[], help="rows that are only scored on")
    fit.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    if asked.command == "rows":
        rows = read_rows(asked.pages, asked.weights)
        np.savez_compressed(
            asked.out, names=np.array(SIGNS), signs=rows.signs, right=rows.right, sum=rows.sum, page=rows.page,
            wanted=rows.wanted,
        )  # fmt: skip
        print(f"{len(rows.right)} options of {rows.wanted} facts")
        return
    rows = joined(asked.rows)
    apart = judged_apart(rows)
    report("apart", apart, rows.wanted)
    raw, right = calibration(apart)
    print("\n".join(f"{a:.3f}: {b:.3f}" for a, b in zip(raw, right, strict=True)))
    model = taught(rows, slice(None))
    for path in asked.held:
        held = joined([path])
        report(path.stem, chosen(held, model.predict_proba(held.signs)[:, 1]), held.wanted)
    if asked.write:
        write_trees(JUDGE, model)
        write(OUT, replace(FactWeights.load(), threshold=THRESHOLD), raw, right)


if __name__ == "__main__":
    main()
