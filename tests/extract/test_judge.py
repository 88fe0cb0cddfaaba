"""The judge of readings: its trees, the options it is asked, the signs it looks at."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import find_amounts, find_companies, split_sentences
from extract.facts import FactParagraph
from extract.facts.judge import OPTIONS, SCALE, Judge, Unjudged, shipped_judge
from extract.facts.readings import Reading
from extract.facts.search import readings_of
from extract.facts.second_reader import NoSecondReader
from extract.facts.sentences import Document
from extract.facts.signs import SIGNS, Around, options
from extract.facts.weights import shipped_weights

TEXTS = [
    "Danone rachète Lactalis pour 40 millions d'euros.",
    "Danone a levé 40 millions d'euros auprès de Kima Ventures. La société est valorisée 2 milliards d'euros.",
    "Criteo a été condamné à une amende de 40 millions d'euros, contre 60 millions demandés.",
    "Le marché pèse 3 milliards de dollars. Danone en détient 120 millions, Lactalis 90 millions.",
]


def paragraphs_of(texts: list[str]) -> list[FactParagraph]:
    return [
        FactParagraph(
            text, "fr", tuple(split_sentences(text)), tuple(find_companies(text)), (), tuple(find_amounts(text)), ()
        )
        for text in texts
    ]  # fmt: skip


def read(texts: list[str]) -> tuple[Document, list[Reading]]:
    document = Document.of(paragraphs_of(texts))
    return document, readings_of(document, shipped_weights(), NoSecondReader())


def written(path: Path, trees: list[Any], start: int = 0) -> Path:
    path.write_text(json.dumps({"signs": list(SIGNS), "start": start, "trees": trees}), encoding="utf-8")
    return path


def walked(tree: list[Any], row: list[float]) -> int:
    node = tree[0]
    while not isinstance(node, int):
        sign, bound, left, right = node
        node = tree[left if row[sign] <= bound else right]
    return int(node)


@st.composite
def trees(draw: st.DrawFn) -> list[Any]:
    """A tree whose nodes stand behind their parents."""
    nodes: list[Any] = [draw(st.integers(-9000, 9000))]
    for _ in range(draw(st.integers(0, 6))):
        leaves = [n for n, node in enumerate(nodes) if isinstance(node, int)]
        split = draw(st.sampled_from(leaves))
        nodes[split] = [
            draw(st.integers(0, len(SIGNS) - 1)),
            draw(st.floats(-3, 3)),
            len(nodes),
            len(nodes) + 1,
        ]
        nodes += [draw(st.integers(-9000, 9000)), draw(st.integers(-9000, 9000))]
    return nodes


@given(
    st.lists(trees(), min_size=1, max_size=5), st.integers(-9000, 9000), st.integers(1, 6), st.integers(0, 99)
)
@settings(max_examples=60)
def test_tables_say_what_a_walk_through_the_trees_says(
    tmp_path_factory: pytest.TempPathFactory, grown: list[Any], start: int, count: int, seed: int
) -> None:
    judge = Judge.load(written(tmp_path_factory.mktemp("judge") / "judge.json", grown, start))
    rows = np.random.default_rng(seed).normal(0, 2, (count, len(SIGNS))).tolist()
    wanted = [start + sum(walked(tree, row) for tree in grown) for row in rows]
    assert judge.chances(rows) == [1 / (1 + math.exp(-total / SCALE)) for total in wanted]


def test_trees_of_other_signs_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "judge.json"
    path.write_text(json.dumps({"signs": ["pair"], "start": 0, "trees": [[0]]}), encoding="utf-8")
    with pytest.raises(ValueError, match="train it anew"):
        Judge.load(path)


@pytest.mark.parametrize("text", TEXTS)
def test_the_options_of_a_sum_begin_with_its_reading_and_differ(text: str) -> None:
    _, readings = read([text])
    assert readings
    for reading in readings:
        asked = options(reading, shipped_weights().kind.classes, OPTIONS)
        first = reading.evidence.candidates[asked[0].number]
        assert (asked[0].kind, first.company, asked[0].likely) == (
            reading.kind,
            reading.company,
            reading.raw,
        )
        assert 1 <= len(asked) <= OPTIONS
        assert len({(option.kind, option.number) for option in asked}) == len(asked)


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4))
@settings(max_examples=20, deadline=None)
def test_signs_are_finite_numbers_and_as_many_as_named(texts: list[str]) -> None:
    document, readings = read(texts)
    classes = shipped_weights().kind.classes
    around = Around(document, readings, classes)
    for number, reading in enumerate(readings):
        for order, option in enumerate(options(reading, classes, OPTIONS)):
            signs = around.signs(number, reading, option, order)
            assert len(signs) == len(SIGNS)
            assert all(map(math.isfinite, signs))


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4))
@settings(max_examples=20, deadline=None)
def test_every_sum_keeps_one_reading_with_a_chance(texts: list[str]) -> None:
    document, readings = read(texts)
    judged = shipped_judge().weighed(document, readings, shipped_weights().kind.classes)
    assert [(r.sentence.index, r.k) for r in judged] == [(r.sentence.index, r.k) for r in readings]
    for before, after in zip(readings, judged, strict=True):
        assert 0 < after.raw < 1
        assert after.company in {c.company for c in before.evidence.candidates}
        assert after.kind in before.evidence.owners


def test_another_company_is_taken_where_the_trees_say_so(tmp_path: Path) -> None:
    rank = SIGNS.index("order")
    judge = Judge.load(written(tmp_path / "judge.json", [[[rank, 0.5, 1, 2], -5000, 5000]]))
    document, readings = read([TEXTS[0]])
    [after] = judge.weighed(document, readings, shipped_weights().kind.classes)
    asked = options(readings[0], shipped_weights().kind.classes, OPTIONS)
    assert after.company == readings[0].evidence.candidates[asked[1].number].company
    assert after.kind == asked[1].kind


def test_unjudged_readings_stay() -> None:
    document, readings = read(TEXTS)
    assert Unjudged().weighed(document, readings, shipped_weights().kind.classes) == readings


def test_the_rest_of_a_document_is_counted_without_the_sum_itself() -> None:
    document, readings = read([TEXTS[0]])
    around = Around(document, readings, shipped_weights().kind.classes)
    [option, *_] = options(readings[0], shipped_weights().kind.classes, OPTIONS)
    signs = dict(zip(SIGNS, around.signs(0, readings[0], option, 0), strict=True))
    assert signs["others"] == 0
    assert signs["same company"] == signs["same kind"] == signs["same fact"] == 0
    assert signs["share nearby"] == -1


def test_the_same_fact_told_twice_speaks_for_itself() -> None:
    document, readings = read([TEXTS[0], "Danone rachète Lactalis pour 40 millions d'euros, dit-on."])
    around = Around(document, readings, shipped_weights().kind.classes)
    [option, *_] = options(readings[0], shipped_weights().kind.classes, OPTIONS)
    signs = dict(zip(SIGNS, around.signs(0, readings[0], option, 0), strict=True))
    assert signs["same fact"] == readings[1].raw


def test_the_work_grows_as_the_sums_do(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[int] = []

    def counted(self: Judge, asked: Sequence[Sequence[float]]) -> list[float]:
        rows.append(len(asked))
        return [0.9] + [0.1] * (len(asked) - 1)

    document, readings = read(["Danone a payé 40 millions d'euros à Lactalis. " * 400])
    monkeypatch.setattr(Judge, "chances", counted)
    shipped_judge().weighed(document, readings, shipped_weights().kind.classes)
    assert len(readings) == len(rows) == 400
    assert max(rows) <= OPTIONS
    around = Around(document, readings, shipped_weights().kind.classes)
    assert max(map(len, around._peaks.values())) <= 2


def test_words_of_sentences_without_sums_are_not_asked_for() -> None:
    document, readings = read([TEXTS[0], "Danone recrute.", "Danone ferme une usine."])
    Around(document, readings, shipped_weights().kind.classes)
    assert "items" not in vars(document.sentences[-1])
