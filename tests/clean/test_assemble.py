from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.clean.assemble import merged, render
from corpus.records import Removal


def cut(start: int, end: int) -> Removal:
    return Removal(start, end, "residue", "test")


def test_words_that_a_cut_glued_are_parted() -> None:
    raw = "une norme (s’ouvre dans un nouvel onglet)qui guidera"
    start = raw.index("(")
    assert render(raw, 0, len(raw), [cut(start, raw.index(")") + 1)]).text == "une norme qui guidera"


def test_a_comma_stays_at_its_word() -> None:
    raw = "la loi (opens in new tab), votée hier"
    assert render(raw, 0, len(raw), [cut(7, raw.index(")") + 1)]).text == "la loi, votée hier"


def test_a_line_break_inside_becomes_a_space() -> None:
    assert render("un\ndeux", 0, 7, []).text == "un deux"


def test_a_word_broken_behind_its_hyphen_is_whole_again() -> None:
    raw = "l'entre-deux-\nguerres et 3 -\n4"
    assert render(raw, 0, len(raw), []).text == "l'entre-deux-guerres et 3 - 4"


def test_overlapping_removals_are_parted_once() -> None:
    assert [(r.start, r.end) for r in merged([cut(4, 9), cut(0, 6), cut(5, 6)])] == [(0, 6), (6, 9)]


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted).map(tuple), max_size=5)


@given(st.text(alphabet="ab \n,(é", min_size=41, max_size=41), spans)
def test_characters_know_where_they_came_from(raw: str, cuts: list[tuple[int, int]]) -> None:
    removals = merged([cut(start, end) for start, end in cuts if start < end])
    rendered = render(raw, 0, len(raw), removals)
    left = list(raw)
    for removal in removals:
        left[removal.start : removal.end] = " " * (removal.end - removal.start)
    assert "".join(rendered.text.split()) == "".join("".join(left).split())
    for offset, character in enumerate(rendered.text):
        if not character.isspace():
            assert raw[rendered.raw_start(offset)] == character
            assert rendered.raw_end(offset + 1) == rendered.raw_start(offset) + 1
