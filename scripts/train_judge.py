"""Train the judge of the fact engine (`src/extract/data/judge.json`), and measure what its scores are worth.

    python scripts/train_judge.py rows PAGES … --out ROWS [--weights FOLDER] [--short]
    python scripts/train_judge.py fit ROWS … [--short ROWS …] [--held ROWS …] [--write]

PAGES are files of annotated saved pages in the form of `data/training/texts` that neither the weights nor the encoder have
learnt from; FOLDER holds the `facts.json`, `encoder.npz` and `typing.json` to read them with, the shipped ones where it is not
told, so that pages which were learnt from later are read with what there was before. With `--short` each paragraph is a
document of its own: the judge meets those too. `fit` learns from all rows, `--short` in the order of the others; how right a
score is comes from five parts of the whole pages, each judged by what the others taught. Without `--write` the figures are
printed only. The same rows give the same file.
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
    pages: int
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
            right = gold is not None and option.kind in gold.kinds and fold(company or "") in gold.names
            yield number, right, around.signs(number, reading, option, order)


def documents_of(one: Example, short: bool) -> Iterator[Example]:
    """The page, or each of its paragraphs."""
    if not short:
        yield one
        return
    for paragraph, base in zip(one.paragraphs, one.bases, strict=True):
        yield replace(one, paragraphs=(paragraph,), bases=(base,))


def read_rows(pages: Sequence[Path], folder: Path, short: bool) -> Rows:
    """The rows of annotated pages, read with the weights of `folder`."""
    plain = replace(FactWeights.load(folder / "facts.json"), raw=(), calibrated=(), threshold=0.0)
    reader = EncoderReader.load(folder / "encoder.npz")
    extractor = Extractor(typing_model=TypingModel.load(folder / "typing.json"))
    signs, right, sums, numbers = [], [], [], []
    examples = [example(text) for path in pages for text in read_hand(path)]
    for page, one in enumerate(examples):
        for part, document in enumerate(documents_of(one, short)):
            for number, is_right, row in rows_of(document, extracted(extractor, document), plain, reader):
                signs.append(row)
                right.append(is_right)
                sums.append((part, number))
                numbers.append(page)
    wanted = sum(not fact.optional for one in examples for fact in one.facts)
    return Rows(np.array(signs), np.array(right), np.array(sums), np.array(numbers), len(examples), wanted)


def joined(parts: Sequence[Path]) -> Rows:
    """The rows of several files, their pages numbered anew."""
    found = []
    for path in parts:
        with np.load(path) as file:
            if tuple(file["names"]) != SIGNS:
                raise SystemExit(f"{path} has other signs: make it anew")
            arrays = [file[name] for name in ("signs", "right", "sum", "page")]
            found.append(Rows(*arrays, int(file["pages"]), int(file["wanted"])))
    firsts = np.cumsum([0, *(rows.pages for rows in found)])
    return Rows(
        np.concatenate([rows.signs for rows in found]),
        np.concatenate([rows.right for rows in found]),
        np.concatenate([rows.sum for rows in found]),
        np.concatenate([rows.page + first for rows, first in zip(found, firsts, strict=False)]),
        int(firsts[-1]),
        sum(rows.wanted for rows in found),
    )


def taught(signs: Any, right: Any) -> GradientBoostingClassifier:
    """Trees that learnt from rows of signs."""
    model = GradientBoostingClassifier(
        n_estimators=TREES,
        learning_rate=STEP,
        max_depth=DEPTH,
        min_samples_leaf=LEAST_IN_LEAF,
        subsample=SHARE_OF_ROWS,
        max_features=SHARE_OF_SIGNS,
        random_state=SEED,
    )
    return model.fit(signs, right)


def chosen(rows: Rows, chances: Any) -> list[tuple[float, bool]]:
    """Of each sum the chance of its likeliest option, and whether it is right."""
    best: dict[tuple[int, tuple[int, int]], tuple[float, bool]] = {}
    for key, chance, right in zip(
        zip(rows.page.tolist(), map(tuple, rows.sum.tolist()), strict=True),
        chances.tolist(),
        rows.right.tolist(),
        strict=True,
    ):
        if key not in best or chance > best[key][0]:
            best[key] = (chance, right)
    return list(best.values())


def judged_apart(rows: Rows, short: Rows | None) -> list[tuple[float, bool]]:
    """`chosen`, each part of the pages judged by trees that learnt from the others."""
    chances = np.zeros(len(rows.right))
    part = np.random.default_rng(SEED).integers(PARTS, size=rows.pages)
    for k in range(PARTS):
        here = part[rows.page] == k
        model = taught(*_together(rows, short, part != k))
        chances[here] = model.predict_proba(rows.signs[here])[:, 1]
    return chosen(rows, chances)


def _together(rows: Rows, short: Rows | None, pages: Any) -> tuple[Any, Any]:
    """The rows of the `pages` that are true, as pages and as paragraphs."""
    parts = [one for one in (rows, short) if one is not None]
    return (
        np.concatenate([one.signs[pages[one.page]] for one in parts]),
        np.concatenate([one.right[pages[one.page]] for one in parts]),
    )


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
    made.add_argument("--short", action="store_true")
    fit = commands.add_parser("fit")
    fit.add_argument("rows", nargs="+", type=Path)
    fit.add_argument("--short", nargs="*", type=Path, default=[])
    fit.add_argument("--held", nargs="*", type=Path, default=[], help="rows that are only scored on")
    fit.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    if asked.command == "rows":
        rows = read_rows(asked.pages, asked.weights, asked.short)
        np.savez_compressed(
            asked.out, names=np.array(SIGNS), signs=rows.signs, right=rows.right, sum=rows.sum, page=rows.page,
            pages=rows.pages, wanted=rows.wanted,
        )  # fmt: skip
        print(f"{len(rows.right)} options of {rows.wanted} facts")
        return
    rows = joined(asked.rows)
    short = joined(asked.short) if asked.short else None
    if short is not None and short.pages != rows.pages:
        raise SystemExit("The short rows are of other pages: name the files in the order of the others.")
    apart = judged_apart(rows, short)
    report("apart", apart, rows.wanted)
    raw, right = calibration(apart)
    print("\n".join(f"{a:.3f}: {b:.3f}" for a, b in zip(raw, right, strict=True)))
    model = taught(*_together(rows, short, np.ones(rows.pages, dtype=bool)))
    for path in asked.held:
        held = joined([path])
        report(path.stem, chosen(held, model.predict_proba(held.signs)[:, 1]), held.wanted)
    if asked.write:
        write_trees(JUDGE, model)
        write(OUT, replace(FactWeights.load(), threshold=THRESHOLD), raw, right)


if __name__ == "__main__":
    main()
