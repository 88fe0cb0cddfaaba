"""Arithmetic whose results have the same bits on every machine.

Sums of products are made of whole numbers small enough for a float of 32 bits to hold every partial sum, so their order does not
matter (the idea of S. Kim et al., "I-BERT: Integer-only BERT Quantization", ICML 2021); exponentials and the like are read from
tables; all else is one rounded operation a number, which IEEE 754 fixes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

LEVELS = 127
"""Numbers are rounded to as many steps on each side of zero."""
_STEPS = 64  # of a table, for 1
_FINE = 2.0**24  # steps for 1 in which what is held is added up: 64 bits hold all sums
_FAR = 10  # where a table ends


def whole(x: Floats) -> tuple[Floats, Floats]:
    """Rows as whole numbers of at most LEVELS, and the length of a step of each row.

    >>> import numpy as np
    >>> from extract.encoder.arithmetic import whole
    >>> numbers, step = whole(np.array([[0.5, -1.0]], dtype=np.float32))
    >>> numbers.tolist(), round(float(step[0, 0]) * 127, 3)
    ([[64.0, -127.0]], 1.0)
    """
    most = np.maximum(x.max(axis=-1, keepdims=True), -x.min(axis=-1, keepdims=True))
    most = np.maximum(most, np.float32(1e-9))
    numbers: Floats = x * (np.float32(LEVELS) / most)
    return np.rint(numbers, out=numbers), most * np.float32(1 / LEVELS)


def linear(x: Floats, weights: Floats, steps: Floats, bias: Floats) -> Floats:
    """`x @ (weights * steps).T + bias`, where `weights` are whole numbers (outputs, inputs) and `steps` has one a row of them."""
    numbers, step = whole(x)
    made: Floats = numbers @ weights.T
    made *= step
    made *= steps
    made += bias
    return made


def normalised(x: Floats, scale: Floats, shift: Floats, least: float) -> Floats:
    """Layer normalisation of rows (J. L. Ba et al., 2016); sums are made with 64 bits and then rounded to 32."""
    width = x.shape[-1]
    mean = (x.sum(axis=-1, keepdims=True, dtype=np.float64) / width).astype(np.float32)
    x = x - mean
    spread = ((x * x).sum(axis=-1, keepdims=True, dtype=np.float64) / width).astype(np.float32)
    return np.asarray(x / np.sqrt(spread + np.float32(least)) * scale + shift, dtype=np.float32)


def gelu(x: Floats) -> Floats:
    """Each number times how likely a normal one is below it (D. Hendrycks and K. Gimpel, 2016)."""
    made = _looked_up(x, _phi)
    made *= x
    return made


def tanh(x: Floats) -> Floats:
    """The hyperbolic tangent of each number, to the nearest place of a table."""
    return _looked_up(x, math.tanh)


def attention(queries: Floats, keys: Floats, values: Floats) -> Floats:
    """What each piece takes of the others (A. Vaswani et al., 2017); shapes (heads, pieces, width), the queries of all pieces
    or of some."""
    asked, asked_step = whole(queries)
    asked_step *= np.float32(_STEPS * queries.shape[-1] ** -0.5)
    held, held_step = whole(keys)
    taken, step = whole(values)
    weighed = np.rint(step.astype(np.float64) * _FINE) * taken
    found = np.empty(queries.shape, dtype=np.float32)
    for head in range(len(queries)):  # one after the other: what is made of one stays near the processor
        scores: Floats = asked[head] @ held[head].T
        scores *= asked_step[head]
        scores *= held_step[head].T
        np.rint(np.subtract(scores.max(axis=-1, keepdims=True), scores, out=scores), out=scores)
        shares = _powers().take(scores.astype(np.intp), mode="clip")
        found[head] = shares @ weighed[head] / shares.sum(axis=-1, keepdims=True) / _FINE
    return found


@cache
def _powers() -> npt.NDArray[np.float64]:
    """exp(-k / _STEPS) in whole 4,095ths."""
    return np.array([round(math.exp(-k / _STEPS) * 4095) for k in range(_FAR * _STEPS + 1)], dtype=np.float64)


def _phi(x: float) -> float:
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


@cache
def _table(function: Callable[[float], float]) -> Floats:
    return np.array([function(k / _STEPS) for k in range(-_FAR * _STEPS, _FAR * _STEPS + 1)], np.float32)


def _looked_up(x: Floats, function: Callable[[float], float]) -> Floats:
    places = x * np.float32(_STEPS)
    np.clip(places, np.float32(-_FAR * _STEPS), np.float32(_FAR * _STEPS), out=places)
    np.rint(places, out=places)
    places += np.float32(_FAR * _STEPS)
    return _table(function).take(places.astype(np.intp), mode="clip")
