"""Pairs compared in bulk are compared as one by one."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.fingerprint import fingerprint
from dedupe.relations import Rows, common_words, relate
from dedupe.verification import common_between, relate_pairs, shared_edges

SENTENCES = [
    "Le ministère publie une stratégie nationale pour les centres de calcul en 2024.",
    "L’entreprise Alcyon a investi 3 000 euros dans un laboratoire de Brest, dit sa directrice.",
    "Personne ne sait encore quand la loi sera votée par les députés",
    "« Le texte ne suffira pas », prévient la présidente Anne Nogaret.",
    "Environ 12,5 % des foyers attendent un raccordement",
]


def rows_of(texts: list[str]) -> Rows:
    return Rows(fingerprint([text.encode() for text in texts]), texts.__getitem__)


def variants(seed: int) -> list[str]:
    r = random.Random(seed)
    texts = []
    for _ in range(12):
        text = " ".join(r.choices(SENTENCES, k=r.choice([1, 1, 2, 3, 7])))
        texts.append(text)
        words = text.split(" ")
        for _ in range(r.randint(1, 4)):
            k = r.randrange(len(words))
            words[k : k + r.randint(0, 2)] = r.choice([["mot"], [], ["2025"], ["Brest"], ["ne", "pas"]])
        texts.append(" ".join(words))
        texts.append(" ".join(text.split(" ")[: r.randint(1, 30)]))
        texts.append(f"PARIS, 3 mai (AFP) – {text}")
    return [*texts, "", "Un"]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_pairs_relate_in_bulk_as_one_by_one(seed: int) -> None:
    texts = variants(seed)
    rows = rows_of(texts)
    said = [i for i in range(len(texts)) if rows.length(i)]
    pairs = np.array([(i, j) for i in said for j in said if j < i])
    found = {(i, j): relation for i, j, relation in relate_pairs(rows, pairs)}
    one_by_one = rows_of(texts)
    for i, j in pairs.tolist():
        assert found.get((i, j)) == relate(one_by_one, i, j), (texts[i], texts[j])


def test_common_words_are_counted_for_sides_of_any_length() -> None:
    r = random.Random(5)
    sizes = [0, 1, 7, 8, 9, 31, 33, 63, 64, 65, 100, 127, 128, 129, 200, 4200]
    texts = [" ".join(r.choices("abcdefghij", k=size)) for size in sizes for _ in range(2)]
    prints = fingerprint([text.encode() for text in texts])
    pairs = np.array([(i, j) for i in range(len(texts)) for j in range(len(texts))])
    front, back = shared_edges(prints, pairs)
    n, m = (np.diff(prints.starts)[pairs[:, side]] for side in (0, 1))
    back = np.minimum(back, np.minimum(n, m) - front)
    counted = front + back + common_between(prints, pairs, front, back, n, m)
    lists = [prints.row(i).tolist() for i in range(len(texts))]
    assert counted.tolist() == [common_words(lists[i], lists[j]) for i, j in pairs.tolist()]


def test_pairs_that_begin_or_end_with_the_other_may_be_left_out() -> None:
    whole = " ".join(SENTENCES[:3])
    rows = rows_of([whole, SENTENCES[0], SENTENCES[2], SENTENCES[1]])
    pairs = np.array([(0, 1), (0, 2), (0, 3)])
    assert [j for _, j, _ in relate_pairs(rows, pairs, parts=False)] == [3]
