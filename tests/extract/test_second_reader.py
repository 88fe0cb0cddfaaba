"""The second reader: what it is shown of a document, what it says, and how the engine takes it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripts.encoder_variety import name_pieces, renamed

from extract import Extractor
from extract.amounts.records import Amount
from extract.documents import settle_mentions
from extract.encoder.pieces import BEGIN, END
from extract.facts import KINDS, facts_of_document
from extract.facts.encoder_reader import MOST_PIECES, EncoderReader, distance_step, shipped_reader
from extract.facts.party_features import candidates
from extract.facts.records import FactParagraph
from extract.facts.remembered import remembering
from extract.facts.second_reader import NoSecondReader, Place, SumChances, pooled
from extract.facts.sentences import Document
from extract.facts.weights import shipped_weights
from extract.facts.windows import BEFORE, LONGEST, MARKS, Window, windows

SENTENCES = [
    "Brivane lève 12 millions d'euros auprès de Partech.",
    "Le ciel reste couvert sur la côte ce matin.",
    "Selon la direction, l'usine de Lens emploiera deux cents personnes.",
    "Kalistor, elle, avait payé 40 millions de dollars pour Ondalys.",
    "Une place coûte 20 euros.",
]
READER = shipped_reader()
EXTRACTOR = Extractor()


def read(*texts: str) -> list[FactParagraph]:
    return settle_mentions(texts, EXTRACTOR.read(texts, ["fr"] * len(texts)))


def shown(paragraphs: list[FactParagraph]) -> tuple[Document, list[int], list[Window]]:
    assert isinstance(READER, EncoderReader)
    document = Document.of(paragraphs)
    wanted = [sentence.index for sentence in document.sentences if sentence.has_sum]
    return document, wanted, list(windows(document, wanted, READER.pieces.pieces))


@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8), min_size=1, max_size=6))
def test_each_sentence_with_a_sum_is_judged_once_and_seen_with_what_stands_before(
    text: list[list[str]],
) -> None:
    document, wanted, found = shown(read(*(" ".join(part) for part in text)))
    assert [index for window in found for index in sorted(window.judged)] == wanted
    for window in found:
        assert len(window.pieces) == len(window.marks) <= LONGEST
        assert window.pieces[0] == BEGIN
        assert window.pieces[-1] == END
        for span in window.spans:
            sentence = document.sentences[span.sentence]
            assert sentence.start <= span.mention.start < span.mention.end <= sentence.end
            assert span.first < span.last
        first = min(window.judged)
        if first:
            assert any(span.sentence in window.judged for span in window.spans)
            before = sum(sentence.end - sentence.start for sentence in document.sentences[:first])
            assert len(window.pieces) > min(before / 20, BEFORE)


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=8))
def test_a_window_told_with_other_firms_keeps_its_mentions(chance: random.Random, text: list[str]) -> None:
    _, _, found = shown(read(" ".join(text)))
    names = name_pieces(found) or [(7,)]
    for window in found:
        told, moved = renamed(window, names, chance)
        assert list(moved.values()) == list(told.spans)
        assert len(told.pieces) == len(told.marks)
        for old, new in moved.items():
            assert told.marks[new.first : new.last] == (MARKS[old.kind],) * (new.last - new.first)
            if old.kind != "company":
                assert told.pieces[new.first : new.last] == window.pieces[old.first : old.last]
        rest = [piece for piece, mark in zip(told.pieces, told.marks, strict=True) if not mark]
        assert rest == [piece for piece, mark in zip(window.pieces, window.marks, strict=True) if not mark]


def test_the_title_is_seen_however_far_it_stands() -> None:
    document, _, found = shown(read("Brivane grandit", *[SENTENCES[1]] * 30, SENTENCES[3]))
    names = {span.mention.company for span in found[-1].spans if span.kind == "company"}  # type: ignore[union-attr]
    assert {"Brivane", "Kalistor", "Ondalys"} <= names | {
        c.company for c in document.sentences[0].paragraph.companies
    }
    assert any(span.sentence == 0 for span in found[-1].spans) or not document.sentences[0].companies


@pytest.mark.parametrize(
    "line", ["Brivane 5 M€", "Brivane 5 M€ 6 M€ 7 M€", "5 M€\nBrivane", "Brivane, 12 millions d'euros"]
)
def test_the_lines_of_a_list_fit_their_windows(line: str) -> None:
    paragraphs = read(*(line.split("\n") * 200))
    assert isinstance(READER, EncoderReader)
    document, wanted, found = shown(paragraphs)
    assert max(len(window.pieces) for window in found) <= LONGEST <= len(READER.encoder.places)
    assert [index for window in found for index in sorted(window.judged)] == wanted
    assert READER.read(document, wanted)


def test_plain_sentences_are_understood() -> None:
    document = Document.of(
        read("Brivane lève 12 millions d'euros.", "Un ticket de métro coûte 15 000 euros par an.")
    )
    heard = READER.read(document, [0, 1])
    kinds = ["none", *KINDS]
    raised, price = (max(zip(chances.kinds, kinds, strict=True))[1] for _, chances in sorted(heard.items()))
    assert (raised, price) == ("funding_round", "none")
    (_, first), *_ = sorted(heard.items())
    assert first.of_company("Brivane", kinds.index("funding_round")) > 0.8


def test_the_same_window_gives_the_same_bits_whatever_else_the_process_does() -> None:
    paragraphs = read(SENTENCES[0], SENTENCES[3])
    first = READER.read(Document.of(paragraphs), [0, 1])
    _ = np.random.default_rng(1).standard_normal((900, 900)) @ np.ones((900, 900))
    again = EncoderReader.load().read(Document.of(paragraphs), [0, 1])
    assert first == again


def test_the_chances_of_a_sum_are_chances() -> None:
    for chances in READER.read(Document.of(read(*SENTENCES)), [0, 3]).values():
        assert sum(chances.kinds) == pytest.approx(1)
        for owners in chances.companies:
            assert 0 <= sum(owners.values()) <= 1 + 1e-9


def test_a_long_table_is_read_up_to_its_bound() -> None:
    class Counting:
        pieces = 0

        def encode(self, pieces: list[int], marks: list[int], rows: list[int]) -> np.ndarray:
            self.pieces += len(pieces)
            return np.zeros((len(pieces), 384), dtype=np.float32)

    assert isinstance(READER, EncoderReader)
    encoder = Counting()
    bound = EncoderReader("bound", encoder, READER.pieces, READER.products, READER.distances, READER.by_kind)  # type: ignore[arg-type]
    document = Document.of(read(*[SENTENCES[0]] * 700))
    heard = bound.read(document, range(700))
    assert MOST_PIECES - 400 < encoder.pieces <= MOST_PIECES
    assert 0 < len(heard) < 700


class Saying:
    """A second reader that says one thing of every sum."""

    def __init__(self, chances: SumChances) -> None:
        self.chances = chances

    def read(self, document: Document, wanted: Iterable[int]) -> Mapping[Place, SumChances]:
        found = {}
        for index in wanted:
            for start, _, kind, _, mention in document.sentences[index].mentions:
                if kind == "sum" and isinstance(mention, Amount):
                    found[index, start] = self.chances
        return found


def test_both_readers_decide() -> None:
    paragraphs = read(SENTENCES[0])
    sure = (1e-9,) * len(KINDS)
    nothing = SumChances((1.0, *sure), ({"Brivane": 0.0},) * (1 + len(KINDS)))
    assert facts_of_document(paragraphs, reader=Saying(nothing)) == [[]]
    [[fact]] = facts_of_document(paragraphs)
    assert (fact.kind, fact.company) == ("funding_round", "Brivane")


def test_without_a_second_opinion_the_first_stands() -> None:
    [[fact]] = facts_of_document(read(SENTENCES[0]), reader=NoSecondReader())
    assert fact.kind == "funding_round"


@pytest.mark.parametrize(("between", "asked"), [(0, True), (1, False)])
def test_sums_that_no_company_is_near_are_not_read(between: int, asked: bool) -> None:
    told = "Une amende de 40 millions d'euros a été infligée hier."
    paragraphs = read(told, *[SENTENCES[1]] * between, "Le groupe Brivane fera appel.")
    assert [company.company for company in paragraphs[-1].companies] == ["Brivane"]
    document = Document.of(paragraphs)
    assert document.may_tell_facts() == asked
    assert bool(document.sentences[0].tree.nodes) == asked
    assert all(
        len(candidates(document, one, k, None)) == 1 + asked
        for one in document.sentences
        for k in one.positions("sum")
    )


@given(st.lists(st.floats(0, 1), min_size=2, max_size=14), st.randoms(use_true_random=False))
def test_a_pool_is_chances_and_knows_no_order_of_its_readers(
    first: list[float], chance: random.Random
) -> None:
    second = [chance.random() for _ in first]
    found = pooled(first, second)
    assert sum(found) == pytest.approx(1)
    assert found == pooled(second, first)


def test_distances_have_steps() -> None:
    assert [distance_step(n) for n in (-500, -3, -1, 0, 3, 500)] == [5, 1, 0, 6, 7, 11]


def test_the_classes_of_both_readers_are_one() -> None:
    assert shipped_weights().kind.classes == ("none", *KINDS)


def test_an_answer_that_is_remembered_is_the_one_that_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(READER, EncoderReader)
    documents = [
        shown(read("Brivane grandit", text)) for text in (SENTENCES[0], SENTENCES[4], " ".join(SENTENCES))
    ]
    given = [READER.read(document, wanted) for document, wanted, _ in documents]
    with remembering({}) as memory:
        assert [READER.read(document, wanted) for document, wanted, _ in documents] == given
    assert len(memory.asked) == sum(len(found) for *_, found in documents)
    monkeypatch.setattr(EncoderReader, "_read", None)
    with remembering(memory.asked) as again:
        found = [READER.read(document, wanted) for document, wanted, _ in documents]
    assert found == given
    assert again.asked == memory.asked
    order = [
        [list(each) for one in answer.values() for each in one.companies] for answer in (given[2], found[2])
    ]
    assert order[0] == order[1]


def test_an_answer_is_of_its_window_and_its_reader_alone() -> None:
    assert isinstance(READER, EncoderReader)
    document, wanted, _ = shown(read("Brivane grandit", SENTENCES[0]))
    other, again, _ = shown(read("Kalistor grandit", SENTENCES[0]))
    with remembering({}) as memory:
        READER.read(document, wanted)
        READER.read(other, again)
        assert len(memory.asked) == 2
        replace(READER, name="another").read(document, wanted)
    assert len(memory.asked) == 3
