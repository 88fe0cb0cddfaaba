"""Measure how often companies are right, by what the typing step says of them; write `src/extract/data/company_scores.csv`.

    python scripts/train_typing.py WINER_FR.jsonl.gz --without HAND … --out WEIGHTS
    python scripts/calibrate_companies.py WEIGHTS HAND …

WEIGHTS must not have seen the hands. Prints the curve as a Markdown table.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.training_texts import AnnotatedText, hands, read_hand

from extract.companies.scores import UNCALIBRATED, calibrated
from extract.documents import settle_document
from extract.entities import Extractor
from extract.names.types import TypingModel

OUT = Path(__file__).parents[1] / "src" / "extract" / "data" / "company_scores.csv"
KNOTS = (0.0, 0.3, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98, 0.99, 0.997, 1.0)
BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


def judged(extractor: Extractor, text: AnnotatedText) -> list[tuple[float, bool]]:
    """What the typing step says of each company found in a text, and whether it is one with these very characters."""
    lines = [line for line in text.text.split("\n") if line.strip()]
    starts, position = [], 0
    for line in lines:
        position = text.text.index(line, position)
        starts.append(position)
        position += len(line)
    wanted = {(m.start, m.end) for m in text.mentions if m.kind == "company"}
    read = extractor.read(lines, [text.language] * len(lines))
    return [
        (company.score, (start + company.start, start + company.end) in wanted)
        for start, settled in zip(starts, settle_document(lines, read, UNCALIBRATED), strict=True)
        for company in settled.companies
    ]


def main() -> None:
    from sklearn.isotonic import IsotonicRegression

    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("weights", type=Path)
    options.add_argument("hands", nargs="+")
    args = options.parse_args()
    extractor = Extractor(typing_model=TypingModel.load(args.weights))
    rows = [
        row
        for path in hands()
        if path.stem in args.hands
        for text in read_hand(path)
        for row in judged(extractor, text)
    ]
    model = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    model.fit([said for said, _ in rows], [right for _, right in rows])
    curve = [(knot, round(float(model.predict([knot])[0]), 3)) for knot in KNOTS]
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("probability", "right"), *curve])
    print("| score | mentions | right |\n|---|---:|---:|")
    scored = [(calibrated(said, curve), right) for said, right in rows]
    for low, high in itertools.pairwise(BANDS):
        band = [right for score, right in scored if low <= score < high]
        if band:
            print(f"| {low:.2f} to {min(high, 1):.2f} | {len(band)} | {sum(band) / len(band):.2f} |")


if __name__ == "__main__":
    main()
