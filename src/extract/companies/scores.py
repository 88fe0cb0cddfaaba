"""The score of a company: how often a mention that the typing step was this sure of is right.

The curve is `data/company_scores.csv`: what the typing step says, and the share that was right in texts by hands that the
weights were not trained on (`scripts/calibrate_companies.py` measures it; isotonic regression).
"""

from __future__ import annotations

import bisect
import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

Curve = Sequence[tuple[float, float]]
UNCALIBRATED: Curve = ((0.0, 0.0), (1.0, 1.0))


@cache
def shipped_curve() -> Curve:
    """Return the shipped curve: what the typing step says and the share that is right, both rising.

    >>> from extract.companies import shipped_curve
    >>> said, right = zip(*shipped_curve())
    >>> list(said) == sorted(said), list(right) == sorted(right)
    (True, True)
    """
    text = (files("extract") / "data" / "company_scores.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple((float(row["probability"]), float(row["right"])) for row in rows)


def calibrated(probability: float, curve: Curve) -> float:
    """Return the score of a mention that the typing step gives `probability`, between the knots of `curve`.

    >>> calibrated(0.5, UNCALIBRATED)
    0.5
    """
    k = bisect.bisect_right(curve, (probability, 2.0))
    if k == 0:
        return curve[0][1]
    if k == len(curve):
        return curve[-1][1]
    (left, low), (right, high) = curve[k - 1], curve[k]
    return round(low + (high - low) * (probability - left) / (right - left), 4)
