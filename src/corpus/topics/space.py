"""The spaces documents are grouped in: latent semantic analysis, smoothed over nearest neighbours, and non-negative factors.

All of it starts from one truncated singular value decomposition by ARPACK with a fixed start vector, so that no seed
matters; signs are fixed by the largest entry.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from corpus.topics.matrix import Floats, Sparse, unit_vectors

# Dimensions of the latent space: NMI on 3,300 articles is level from 100 to 150 and lower at 30.
DIMENSIONS = 120
# Each document is moved half-way to its fifteen nearest neighbours: +0.01 to +0.02 NMI over the plain space; more
# neighbours or a second round wash out small themes.
NEIGHBOURS = 15
MOVE = 0.5
# Up to so many documents the decomposition comes from the matrix of their products, in half of the time of ARPACK.
MOST_SQUARED = 1_500
# An eigenvalue of so small a share of the largest is none (that of `scipy.sparse.linalg.svds`).
NOTHING = 1e6 * float(np.finfo(np.float64).eps)
# Rounds of coordinate descent: the factors only start a mixture. 40 rounds lose 0.004 NMI against 200.
FACTOR_ITERATIONS = 80
# Neighbours are looked for in blocks of this many rows, which bounds memory.
BLOCK = 1_024
# Two vectors with this cosine are one text's.
SAME = 1.0 - 1e-6
# Above this many documents neighbours cost more than they bring, and the plain space is used.
MOST_SMOOTHED = 20_000


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Truncated SVD of a documents-by-terms matrix: left (n, d), singular (d,), right (d, terms)."""

    left: Floats
    singular: Floats
    right: Floats


def decompose(matrix: Sparse, dimensions: int) -> Decomposition:
    """The `dimensions` largest singular triplets (fewer where the matrix is smaller), largest first."""
    from scipy.sparse.linalg import svds

    smaller = min(matrix.shape)
    dimensions = min(dimensions, smaller)
    if dimensions >= smaller - 1:
        left, singular, right = np.linalg.svd(matrix.toarray(), full_matrices=False)
        left, singular, right = left[:, :dimensions], singular[:dimensions], right[:dimensions]
    elif smaller == matrix.shape[0] <= MOST_SQUARED:
        left, singular, right = _decompose_squared(matrix, dimensions)
    else:
        left, singular, right = svds(matrix, k=dimensions, v0=np.ones(smaller))
        order = np.argsort(-singular, kind="stable")
        left, singular, right = left[:, order], singular[order], right[order]
    largest = np.argmax(np.abs(right), axis=1)
    signs = np.sign(right[np.arange(len(singular)), largest])
    signs[signs == 0] = 1.0
    return Decomposition(left * signs, singular, right * signs[:, None])


def _decompose_squared(matrix: Sparse, dimensions: int) -> tuple[Floats, Floats, Floats]:
    """The same by the eigenvectors of documents by documents."""
    from scipy.linalg import eigh

    products = np.asarray((matrix @ matrix.T).todense())
    size = len(products)
    squares, vectors = eigh(products, subset_by_index=(size - dimensions, size - 1))
    squares, left = squares[::-1], np.ascontiguousarray(vectors[:, ::-1])
    # Where the documents span fewer dimensions, the rest is rounding: nothing stands there.
    spanned = squares > NOTHING * squares[0]
    singular = np.sqrt(np.where(spanned, squares, 0.0))
    right = (
        np.asarray(matrix.T @ left).T
        * np.where(spanned, 1.0 / np.where(spanned, singular, 1.0), 0.0)[:, None]
    )
    return left, singular, right


def smooth(vectors: Floats, neighbours: int = NEIGHBOURS, move: float = MOVE) -> Floats:
    """Unit vectors moved part of the way to the weighted mean of their nearest neighbours (cosine), and made unit again."""
    n = len(vectors)
    neighbours = min(neighbours, n - 1)
    if neighbours < 1 or n > MOST_SMOOTHED:
        return vectors
    compact = vectors.astype(np.float32)
    smoothed = np.empty_like(vectors)
    for start in range(0, n, BLOCK):
        rows = np.arange(start, min(start + BLOCK, n))
        similar = compact[rows] @ compact.T
        similar[np.arange(len(rows)), rows] = -2.0
        nearest = np.argpartition(-similar, neighbours - 1, axis=1)[:, :neighbours]
        nearest.sort(axis=1)
        weight = np.clip(np.take_along_axis(similar, nearest, axis=1), 0.0, None).astype(np.float64)
        total = np.maximum(weight.sum(axis=1), 1e-9)
        mean = np.einsum("rk,rkd->rd", weight, vectors[nearest]) / total[:, None]
        smoothed[rows] = (1.0 - move) * vectors[rows] + move * mean
    return unit_vectors(smoothed)


def smooth_towards(vectors: Floats, anchors: Floats, neighbours: int, move: float) -> Floats:
    """The same for any vectors, the neighbours being looked for among anchors; a vector is not its own neighbour.

    One vector at a time: what others are smoothed with it must not touch its last bits.
    """
    neighbours = min(neighbours, len(anchors) - 1)
    if neighbours < 1:
        return vectors
    compact = np.ascontiguousarray(anchors, dtype=np.float32)
    smoothed = np.empty_like(vectors)
    for row, vector in enumerate(vectors):
        similar = compact @ vector.astype(np.float32)
        itself = int(similar.argmax())
        if similar[itself] >= SAME:
            similar[itself] = -2.0
        nearest = np.sort(np.argpartition(-similar, neighbours - 1)[:neighbours])
        weight = np.clip(similar[nearest], 0.0, None).astype(np.float64)
        mean = (weight[:, None] * anchors[nearest]).sum(axis=0) / max(float(weight.sum()), 1e-9)
        smoothed[row] = (1.0 - move) * vector + move * mean
    return unit_vectors(smoothed)


def factorise(
    matrix: Sparse, decomposition: Decomposition, topics: int, iterations: int = FACTOR_ITERATIONS
) -> tuple[Floats, Floats]:
    """Non-negative factors of a matrix: document weights (n, topics) and term weights (topics, terms).

    Coordinate descent from the NNDSVD start (Boutsidis & Gallopoulos 2008) on the exact decomposition.
    """
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    weights, terms = nndsvd(decomposition, topics)
    model = NMF(topics, init="custom", solver="cd", max_iter=iterations, tol=1e-4, shuffle=False)
    with warnings.catch_warnings():
        # Reaching the last iteration is no fault: the factors are a start for the mixture.
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = model.fit_transform(matrix, W=weights, H=terms)
    return fitted, model.components_


def nndsvd(decomposition: Decomposition, topics: int) -> tuple[Floats, Floats]:
    """The non-negative double singular value start: each factor is the stronger sign of one singular pair."""
    n, terms = decomposition.left.shape[0], decomposition.right.shape[1]
    weights, components = np.zeros((n, topics)), np.zeros((topics, terms))
    for k in range(min(topics, len(decomposition.singular))):
        left, right = decomposition.left[:, k], decomposition.right[k]
        best = 0.0
        for sign in (1.0, -1.0):
            u, v = np.maximum(sign * left, 0.0), np.maximum(sign * right, 0.0)
            strength = float(np.linalg.norm(u) * np.linalg.norm(v))
            if strength > best:
                scale = np.sqrt(decomposition.singular[k] * strength)
                weights[:, k] = scale * u / np.linalg.norm(u)
                components[k] = scale * v / np.linalg.norm(v)
                best = strength
    return weights, components
