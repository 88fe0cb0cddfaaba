"""Learn what the signs of a line weigh (`src/corpus/clean/line_points.toml`) from pages annotated line by line.

    python scripts/train_lines.py PAGES.jsonl … [--folds] [--out PATH]

Each file holds saved pages, one JSON object a line: `id`, `url`, `text`, `own` (the numbers of the article's lines) and `neutral`
(lines that are not learnt from). With `--folds` nothing is written: five models that have not seen a fifth of the
sites judge it, and what each threshold would keep and lose is printed. The same input gives the same file.

The learner is gradient boosting of stumps, each on one sign, so that the model is a sum of step functions. A sign may only speak
the way it is meant to (`FOR`, `AGAINST`): pages of one kind teach nothing absurd about another.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from corpus.clean import CleanOptions, clean_document, open_document
from corpus.clean.furniture import outline
from corpus.clean.shape import line_shapes
from corpus.clean.signs import Signs
from corpus.records import InputDocument

OUT = Path(__file__).parents[1] / "src" / "corpus" / "clean" / "line_points.toml"
FOR = frozenset(
    [
        *("spared", "context", "characters", "words", "shared", "shared_share", "name_above", "name_below"),
        *("above", "below", "five_above", "introduced"),
    ]
)
AGAINST = frozenset(Signs._fields) - FOR
# What a lost line weighs, and one of furniture that stays, grows with its characters: so many weigh one, beside what each line
# weighs.
CHARACTERS_LOST, LINE_LOST = 30, 0.3
CHARACTERS_KEPT, LINE_KEPT = 120, 0.5
# Pages cut in pieces teach what texts look like of which only a part was saved; so many of each, with so much weight. An article
# without its furniture weighs as much as a page.
CUTS = 3
WEIGHT_OF_CUTS = 0.15
ITERATIONS, RATE, FEWEST_LINES, STEPS = 300, 0.1, 30, 24
FOLDS = 5
# What a kept line is said to be sure of is measured in so many groups of lines by their points.
GROUPS = 8

AS_IT_IS = CleanOptions(identify_language=False, remove_furniture=False, remove_repeats=False)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page as cleaning judges them; `own`: whether each is the article's, None where it does not count."""

    id: str
    site: str
    title: str | None
    lines: Sequence[str]
    own: Sequence[bool | None]

    def only(self, places: Sequence[int]) -> Page:
        """The page with some of its lines."""
        return Page(
            self.id, self.site, self.title, [self.lines[i] for i in places], [self.own[i] for i in places]
        )


@dataclass(frozen=True, slots=True)
class Example:
    """A line off the path of its page."""

    page: str
    site: str
    signs: Signs
    own: bool
    weight: float
    characters: int


def pages(path: Path) -> Iterator[Page]:
    """The pages of a file."""
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        document = InputDocument(f"{row['id']}.txt", "text", "text", row["text"])
        cleaned = clean_document(document, AS_IT_IS)
        texts = [cleaned.text[paragraph.start : paragraph.end] for paragraph in cleaned.paragraphs]
        host = urlsplit(row.get("url") or "").hostname
        site = row["id"] if host is None or host.startswith("github.") else host
        marks = list(_marks(row, cleaned.raw_text, [(cut.start, cut.end) for cut in cleaned.removals], texts))
        yield Page(row["id"], site, open_document(document, AS_IT_IS).metadata.title, texts, marks)


def _marks(
    row: dict[str, Any], raw_text: str, cuts: Sequence[tuple[int, int]], texts: Sequence[str]
) -> Iterator[bool | None]:
    """What most characters of each paragraph are marked as: `raw_text` without its cuts is the paragraphs, spaces aside."""
    starts = list(accumulate((len(line) + 1 for line in raw_text.split("\n")), initial=0))
    above = raw_text.count("\n") - row["text"].count("\n")  # a headline put above the text
    own, neutral = set(row["own"]), set(row.get("neutral") or ())
    gone = {at for start, end in cuts for at in range(start, end)}
    left = (at for at, sign in enumerate(raw_text) if at not in gone and not sign.isspace())
    for text in texts:
        numbers = [bisect_right(starts, next(left)) - 1 - above for _ in "".join(text.split())]
        line = max(set(numbers), key=lambda number: (numbers.count(number), -number))
        yield None if line in neutral or line < 0 else line in own


def examples(page: Page, weight: float) -> Iterator[Example]:
    """The lines of a page that the best path through its article leaves out."""
    read = outline(page.lines, line_shapes(page.lines), page.title, ())
    if read is None:
        return
    for at, signs in read.off_path(read.acquitted()):
        own, characters = page.own[read.open_lines[at]], signs.characters
        if own is not None:
            yield Example(page.id, page.site, signs, own, _weight(characters, own=own) * weight, characters)


def _weight(characters: int, *, own: bool) -> float:
    if own:
        return characters / CHARACTERS_LOST + LINE_LOST
    return characters / CHARACTERS_KEPT + LINE_KEPT


def cuts(page: Page) -> Iterator[tuple[Page, float]]:
    """The article alone, and the page without some named lines, some furniture, parts of its head and foot; with weights."""
    draw = random.Random(page.id)
    places = range(len(page.lines))
    article = [i for i in places if page.own[i]]
    yield page.only(article), 1.0
    named = {i for i, shape in enumerate(line_shapes(page.lines)) if shape.rule is not None}
    blocks = list(accumulate((bool(a) != bool(b) for a, b in pairwise(page.own)), initial=0))
    for _ in range(CUTS if article else 0):
        share = draw.choice((0.3, 0.6))
        yield page.only([i for i in places if i not in named or draw.random() >= share]), WEIGHT_OF_CUTS
        dropped = {block for block in range(blocks[-1] + 1) if draw.random() < 0.5}
        yield page.only([i for i in places if page.own[i] or blocks[i] not in dropped]), WEIGHT_OF_CUTS
        first, last = draw.randint(0, article[0]), draw.randint(article[-1], places[-1])
        yield page.only(places[first : last + 1]), WEIGHT_OF_CUTS


def learn(rows: Sequence[Example]) -> Any:
    """The model: boosted stumps, monotone in each sign."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    directions = [1 if name in FOR else -1 for name in Signs._fields]
    model = HistGradientBoostingClassifier(
        max_iter=ITERATIONS,
        learning_rate=RATE,
        max_leaf_nodes=2,
        max_bins=STEPS,
        min_samples_leaf=FEWEST_LINES,
        l2_regularization=1.0,
        monotonic_cst=directions,
        early_stopping=False,
    )
    weight = [row.weight for row in rows]
    return model.fit([row.signs for row in rows], [row.own for row in rows], sample_weight=weight)


def scorecard(model: Any, rows: Sequence[Example]) -> tuple[int, dict[str, tuple[list[int], list[int]]]]:
    """The constant and the steps of each sign, whose mean over `rows` is nothing, in hundredths of a nat."""
    middle = list(rows[0].signs)
    base = model.decision_function([middle])[0]
    constant, table = 100 * base, {}
    for column, name in enumerate(Signs._fields):
        values = sorted({row.signs[column] for row in rows})
        varied = [[*middle[:column], value, *middle[column + 1 :]] for value in values]
        raw = dict(zip(values, (100 * (model.decision_function(varied) - base)).tolist(), strict=True))
        mean = sum(raw[row.signs[column]] for row in rows) / len(rows)
        constant += mean
        upto: list[int] = []
        points = [round(raw[values[0]] - mean)]
        for value, following in pairwise(values):
            if (step := round(raw[following] - mean)) != points[-1]:
                upto.append(value)
                points.append(step)
        table[name] = (upto, points)
    return round(constant), table


def totals(rows: Sequence[Example], others: Sequence[Example]) -> list[float]:
    """The points of `rows` by a model of `others`."""
    scores: list[float] = (100 * learn(others).decision_function([row.signs for row in rows])).tolist()
    return scores


def unseen(whole: Sequence[Example], parts: Sequence[Example]) -> list[float]:
    """The points of each line of the pages by a model that has seen no page of its site."""
    sites = sorted({row.site for row in (*whole, *parts)})
    random.Random(0).shuffle(sites)
    fold = {site: k % FOLDS for k, site in enumerate(sites)}
    scores = [0.0] * len(whole)
    for k in range(FOLDS):
        at = [i for i, row in enumerate(whole) if fold[row.site] == k]
        others = [row for row in (*whole, *parts) if fold[row.site] != k]
        for i, score in zip(at, totals([whole[i] for i in at], others), strict=True):
            scores[i] = score
    return scores


def sureness(rows: Sequence[Example], scores: Sequence[float]) -> tuple[list[int], list[int]]:
    """Which share of the lines that stay are the article's, in groups of as many lines by their points; never falling."""
    kept = sorted((score, row.own) for score, row in zip(scores, rows, strict=True) if row.signs.spared)
    upto, points, highest = [], [], 0
    for k in range(GROUPS):
        group = kept[k * len(kept) // GROUPS : (k + 1) * len(kept) // GROUPS]
        highest = max(highest, round(100 * sum(own for _, own in group) / len(group)))
        upto.append(math.floor(group[-1][0]))
        points.append(highest)
    return upto[:-1], points


def report(rows: Sequence[Example], scores: Sequence[float]) -> None:
    """Print what each threshold would keep and lose."""
    pages_of = len({row.page for row in rows})
    for likelihood in (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5):
        least = 100 * math.log(likelihood / (1 - likelihood))
        gone = [row for row, score in zip(rows, scores, strict=True) if score < least]
        lost = [row for row in gone if row.own]
        kept = sum(not row.own for row in rows) - len(gone) + len(lost)
        print(
            f"{likelihood}: furniture gone {len(gone) - len(lost)}, kept {kept}; own lines lost {len(lost)}"
            f" ({sum(row.characters for row in lost)} characters) on {len({row.page for row in lost})} of {pages_of} pages"
        )


def written(
    constant: int, sure: tuple[list[int], list[int]], table: dict[str, tuple[list[int], list[int]]]
) -> str:
    """The file, with a remark on how to read it."""
    lines = [
        "# What the signs of a line (signs.py) say of its being the article's, in hundredths of a nat: points[k] for",
        "# values up to and including upto[k], the last for those above; the constant is added. `sure`: how many of 100",
        "# lines with such a sum that stay are the article's, on pages whose sites taught nothing.",
        "# Made by scripts/train_lines.py.",
        f"constant = {constant}",
    ]
    for name, (upto, points) in {"sure": sure, **table}.items():
        lines += ["", f"[{name}]", f"upto = {upto}", f"points = {points}"]
    return "\n".join([*lines, ""])


def main() -> None:
    """Read the pages, learn, and write or report."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("pages", nargs="+", type=Path)
    options.add_argument("--folds", action="store_true")
    options.add_argument("--out", type=Path, default=OUT)
    args = options.parse_args()
    read = [page for path in args.pages for page in pages(path)]
    whole = [row for page in read for row in examples(page, 1.0)]
    parts = [row for page in read for cut, weight in cuts(page) for row in examples(cut, weight)]
    scores = unseen(whole, parts)
    if args.folds:
        report(whole, scores)
        return
    constant, table = scorecard(learn([*whole, *parts]), whole)
    args.out.write_text(written(constant, sureness(whole, scores), table), encoding="utf-8")


if __name__ == "__main__":
    main()
