"""Train the weights that tell sums without a currency from other numbers (`src/extract/amounts/bare_weights.toml`).

    python scripts/train_bare_sums.py TEXTS.jsonl … [--cases DIR] [--hold-out NAME] [--out PATH]

Each file holds annotated texts, one JSON object a line: `text`, `lang`, and `amounts`, every sum in text order with its `text`
(or `start` and `end`). `--cases` adds the real articles that `scripts/real_articles.py` names, whose texts are not in the
project; each of their numbers counts REAL_COUNT times, since written texts hold few numbers of users, cases and tonnes. With
`--hold-out`, the texts of the file of that name only measure: nothing is written, and precision and recall among the numbers
without a currency are printed. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.real_articles import LEARN, real_articles
from scripts.training_texts import places

from extract.amounts.search import read_pieces
from extract.amounts.vocabulary import vocabulary
from extract.folding import fold_typography
from extract.languages import known_languages
from extract.numbers import NumberPhrase

OUT = Path(__file__).parents[1] / "src" / "extract" / "amounts" / "bare_weights.toml"
REGULARISATION = 0.5
MIN_COUNT = 3  # a feature seen fewer times has no weight
SMALLEST_WEIGHT = 0.1
# The smallest likelihood of a sum. A plain number must be surer: at 0.55 four of nine found in English were right.
SCALED, PLAIN = 0.55, 0.75
REAL_COUNT = 8

Example = tuple[tuple[str, ...], bool]


def spans(text: dict[str, Any]) -> list[tuple[int, int]]:
    """Where the annotated sums stand."""
    found, at = [], 0
    for amount in text["amounts"]:
        start = amount["start"] if "start" in amount else text["text"].index(amount["text"], at)
        at = start + len(amount["text"])
        found.append((start, at))
    return found


def written(path: Path) -> Iterator[Example]:
    """The examples of a file of annotated texts."""
    for line in path.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)
        if text["lang"] in known_languages():
            yield from examples(text["text"], text["lang"], spans(text))


def real(cases: Path) -> Iterator[Example]:
    """The examples of the real articles."""
    for article in real_articles(LEARN, cases):
        wanted = places(article.text, [amount["text"] for amount in article.row["amounts"]])
        found = list(
            examples(article.text, article.language, [place for place in wanted if place is not None])
        )
        for _ in range(REAL_COUNT):
            yield from found


def examples(text: str, language: str, wanted: list[tuple[int, int]]) -> Iterator[Example]:
    """The evidence around each number of a text that could be a sum, and whether it is one."""
    words = vocabulary(language)
    for paragraph in re.finditer(r"[^\n]+", text):
        rows: list[Example] = []
        shift = paragraph.start()

        def told(
            phrase: NumberPhrase, names: tuple[str, ...], shift: int = shift, rows: list[Example] = rows
        ) -> bool:
            money = any(s < shift + phrase.end and shift + phrase.start < e for s, e in wanted)
            rows.append((names, money))
            return money

        read_pieces(words, paragraph.group(), fold_typography(paragraph.group()), told)
        yield from rows


def fit(rows: list[Example]) -> dict[str, float]:
    """The weights, and under the empty name the constant, less what the thresholds ask."""
    import math

    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = Counter(name for names, _ in rows for name in names)
    table = [{name: 1.0 for name in names if seen[name] >= MIN_COUNT} for names, _ in rows]
    vectors = DictVectorizer(sort=True)
    model = LogisticRegression(C=REGULARISATION, max_iter=5000)
    model.fit(vectors.fit_transform(table), [money for _, money in rows])
    weights = {
        str(name): round(float(weight), 2)
        for name, weight in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(weight) >= SMALLEST_WEIGHT
    }
    scaled, plain = (math.log(least / (1 - least)) for least in (SCALED, PLAIN))
    weights["scaled"] = round(weights.get("scaled", 0.0) + plain - scaled, 2)
    weights[""] = round(float(model.intercept_[0]) - plain, 2)
    return weights


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("texts", nargs="+", type=Path)
    options.add_argument("--cases", type=Path, default=None, help="a folder with the texts of real articles")
    options.add_argument("--hold-out")
    options.add_argument("--out", type=Path, default=OUT)
    args = options.parse_args()
    rows = [row for path in args.texts if path.stem != args.hold_out for row in written(path)]
    if args.cases is not None:
        rows += real(args.cases)
    weights = fit(rows)
    if args.hold_out is None:
        lines = [f'"{name}" = {weight}' for name, weight in sorted(weights.items())]
        about = "# What speaks for a number being money, in log-odds. Made by scripts/train_bare_sums.py."
        args.out.write_text("\n".join([about, "", "[weights]", *lines, ""]), encoding="utf-8")
        return
    for kind in ("scaled", "plain"):
        right = found = wanted = 0
        for path in (path for path in args.texts if path.stem == args.hold_out):
            for names, money in written(path):
                if ("scaled" in names) == (kind == "scaled"):
                    said = sum(weights.get(name, 0.0) for name in names) + weights[""] > 0
                    right, found, wanted = right + (said and money), found + said, wanted + money
        print(f"{args.hold_out} {kind}: right {right}, found {found}, annotated {wanted}")


if __name__ == "__main__":
    main()
