"""Measure what a fact's score is worth, and write it into the weights of the fact engine (`src/extract/data/facts.json`).

    python scripts/calibrate_facts.py HAND … [--cases DIR] [--pages FILES] [--write]

The hands are such as neither the engine's weights nor the encoder were trained on (`train_encoder.py … --without HAND …`); with
`--cases` the real articles that are only scored on count too, with `--pages` annotated saved pages that were never learnt from.
Without `--write` the figures are printed only.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.real_articles import SCORE, real_articles
from scripts.train_facts import (
    OUT,
    THRESHOLD,
    Example,
    calibration,
    example,
    extracted,
    judged,
    report,
    write,
)
from scripts.training_texts import hands, read_hand

from extract.entities import Extractor
from extract.facts.weights import FactWeights


def main() -> None:
    """Read the texts with both readers, print the figures, write the calibration."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("hands", nargs="+")
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--pages", type=Path, nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    sets: dict[str, list[Example]] = {
        path.stem: [example(text) for text in read_hand(path)] for path in hands() if path.stem in asked.hands
    }
    if asked.cases:
        sets["real articles"] = [example(text) for text in real_articles(SCORE, asked.cases)]
    if asked.pages:
        sets["saved pages"] = [example(text) for path in asked.pages for text in read_hand(path)]
    weights = FactWeights.load()
    plain = replace(weights, raw=(), calibrated=(), threshold=0.0)
    extractor = Extractor()
    pairs: list[tuple[float, bool]] = []
    for name, examples in sets.items():
        found = [pair for one in examples for pair in judged(extracted(extractor, one), one, plain)]
        report(name, examples, found)
        pairs += found
    raw, right = calibration(pairs)
    print("\n".join(f"{a:.3f}: {b:.3f}" for a, b in zip(raw, right, strict=True)))
    if asked.write:
        write(OUT, replace(weights, threshold=THRESHOLD), raw, right)


if __name__ == "__main__":
    main()
