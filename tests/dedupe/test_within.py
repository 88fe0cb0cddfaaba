"""Repeats inside one document."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe import find_repeats, find_repeats_within, find_repeats_within_documents
from dedupe.fold import folded_words
from dedupe.inline import find_doubled, without
from tests.dedupe.corpus_tables import table

FUND = "Le fonds souverain norvégien apporte 40 millions d'euros à la jeune pousse lyonnaise."
GRID = "Le réseau électrique devra suivre, prévient la directrice, car les serveurs consomment sans relâche."
TAIL = "Les travaux commencent au printemps prochain."
HEAD = "Un calendrier serré"


def found(texts: list[str]) -> list[tuple[int, str, int]]:
    return [(one.paragraph, one.kind, one.of_paragraph) for one in find_repeats_within(texts)]


def test_copies_near_and_far_go_and_the_first_stays() -> None:
    assert found([FUND, FUND, GRID, HEAD, TAIL, GRID.replace("'", "’"), HEAD]) == [
        (1, "exact", 0),
        (5, "exact", 2),
        (6, "exact", 3),
    ]


def test_text_doubled_inside_a_paragraph() -> None:
    doubled = f"{FUND} {GRID} {FUND.replace(chr(39), chr(8217))} {GRID} {TAIL}"
    (one,) = find_repeats_within([TAIL + " Voilà.", doubled])
    assert (one.paragraph, one.kind, one.of_paragraph) == (1, "inline", 1)
    left = doubled[: one.start] + doubled[one.end :]
    assert left == f"{FUND} {GRID} {TAIL}"


@pytest.mark.parametrize("times", [2, 3, 4])
def test_text_said_many_times_is_left_once(times: int) -> None:
    text = " ".join([FUND] * times)
    assert without(text, find_doubled(text)) == FUND


def test_opening_quotes_go_with_their_copy() -> None:
    text = "« Nous devons produire plus de courant ici » ; « Nous devons produire plus de courant ici » ; et vite."
    assert without(text, find_doubled(text)) == "« Nous devons produire plus de courant ici » ; et vite."


@pytest.mark.parametrize(
    "text",
    [
        "Jamais, jamais, jamais.",
        "Non. Non. Il a dit non.",
        "Il veut des emplois, il veut des usines, il veut des écoles.",
        "ha " * 500,
        f"{FUND} {FUND.replace('40', '41')}",
    ],
)
def test_rhetoric_and_other_facts_are_no_copies(text: str) -> None:
    assert find_doubled(text) == []


def test_a_paragraph_that_two_kept_ones_cover_goes() -> None:
    both = f"{GRID} {HEAD}"
    repeats = find_repeats_within([GRID, both, HEAD, TAIL])
    assert [(r.paragraph, r.kind, r.of_paragraph, both[r.start : r.end].strip()) for r in repeats] == [
        (1, "contained", 0, GRID),
        (1, "contained", 2, HEAD),
    ]


def test_a_cover_whose_part_is_covered_itself_is_told_in_the_parts_that_stay() -> None:
    texts = [FUND, GRID, TAIL, f"{GRID} {TAIL} {FUND}", f"{GRID} {TAIL}"]
    repeats = find_repeats_within(texts)
    said = [(r.paragraph, r.of_paragraph, texts[r.paragraph][r.start : r.end].strip()) for r in repeats]
    assert said == [(3, 1, GRID), (3, 2, TAIL), (3, 0, FUND), (4, 1, GRID), (4, 2, TAIL)]


def test_a_paragraph_that_is_covered_in_part_stays() -> None:
    repeats = found([GRID, f"{GRID} {TAIL}"])
    # All of the first stands in the second, which has more to say.
    assert repeats == [(0, "contained", 1)]
    assert found([HEAD, f"{HEAD} {TAIL}"]) == []


def test_a_cut_copy_goes_and_a_cut_original_stays() -> None:
    cut = " ".join(GRID.split()[:9])
    assert found([GRID, cut]) == [(1, "truncated", 0)]
    assert found([cut, GRID]) == [(0, "truncated", 1)]
    assert found([cut, FUND]) == []
    assert found([cut + "…", GRID]) == [(0, "truncated", 1)]


def test_headings_that_share_words_are_two_headings() -> None:
    assert found(["Les fondements du plan climat de Lyon", "Le plan climat de Lyon", TAIL]) == []


def test_the_same_wording_with_another_fact_stays() -> None:
    for other in (
        FUND.replace("40", "45"),
        FUND.replace("norvégien", "norvégien de Tromso"),
        GRID + " Jamais.",
    ):
        assert found([FUND, GRID, other]) in ([], [(1, "contained", 2)])


def test_a_sentence_quoted_in_another_paragraph_is_no_repeat() -> None:
    assert found([f"{FUND} {GRID}", f"Rappelons le contexte du projet en deux mots. {GRID} {TAIL}"]) == []


def test_lines_without_words_are_left_alone() -> None:
    assert found(["* * *", "", "* * *", "  ", "—"]) == []


SENTENCES = st.sampled_from(
    [FUND, GRID, TAIL, HEAD, "Oui.", "", FUND.replace("40", "45"), " ".join(GRID.split()[:9])]
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join)


def test_a_paragraph_that_goes_on_with_words_of_its_own_is_not_cut_short() -> None:
    assert find_repeats_within([f"{GRID} {FUND}", f"{GRID} {HEAD}"]) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(PARAGRAPHS, max_size=7))
def test_nothing_is_said_that_no_kept_paragraph_says(texts: list[str]) -> None:
    removed: dict[int, list[tuple[int, int]]] = {}
    repeats = find_repeats_within(texts)
    for one in repeats:
        assert 0 <= one.start < one.end <= len(texts[one.paragraph])
        removed.setdefault(one.paragraph, []).append((one.start, one.end))
    kept = [without(text, sorted(removed.get(i, ()))) for i, text in enumerate(texts)]
    # Every word that is said is still said, but for the words of an edited copy; a second pass finds nothing more.
    if not any(one.kind == "near" or (one.kind == "truncated" and one.similarity < 1) for one in repeats):
        assert set(folded_words(" ".join(texts))) == set(folded_words(" ".join(kept)))
    assert find_repeats_within(kept) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(PARAGRAPHS, max_size=7))
def test_the_corpus_says_the_same_of_a_document_as_the_document(texts: list[str]) -> None:
    alone = Counter((r.paragraph, r.start, r.end, r.kind, r.of_paragraph) for r in find_repeats_within(texts))
    rows = find_repeats(table({"d": texts})).filter(pa_same_facts())
    names = ("paragraph", "start", "end", "kind", "of_paragraph")
    assert Counter(tuple(row[name] for name in names) for row in rows.to_pylist()) == alone


def pa_same_facts() -> object:
    import pyarrow.compute as pc

    return pc.field("same_facts")


_SENTENCES = [
    FUND,
    GRID,
    TAIL,
    HEAD,
    "",
    "Oui.",
    FUND.replace("40", "41"),
    f"{HEAD} {GRID}",
    f"{FUND} {FUND}",
    GRID[:60],
]
_SENTENCES += [
    "The fund brings 40 million euros to the young company, and the network must follow.",
    "3 000 500",
    "\ud800 seul",
]
_SENTENCES += [
    f"{FUND} {GRID} {TAIL}",
    f"PARIS (AFP) – {GRID}",
    f"{GRID} {TAIL} {GRID}",
    FUND.replace("apporte", "donne"),
]
_DOCUMENTS = st.lists(
    st.tuples(st.lists(st.sampled_from(_SENTENCES), max_size=7), st.sampled_from(["fr", "en", "xx", None])),
    max_size=7,
)


@given(_DOCUMENTS)
@settings(max_examples=150, deadline=None)
def test_many_documents_are_read_as_one_by_one(documents: list[tuple[list[str], str | None]]) -> None:
    found = find_repeats_within_documents(
        [texts for texts, _ in documents], [spoken for _, spoken in documents]
    )
    assert found == [find_repeats_within(texts, spoken or "fr") for texts, spoken in documents]


def test_many_documents_need_a_language_each() -> None:
    assert find_repeats_within_documents([], []) == []
    with pytest.raises(ValueError, match="shorter"):
        find_repeats_within_documents([[FUND]], [])


def test_text_said_twice_whose_halves_meet_in_a_number() -> None:
    half = "500 postes de plus dans les usines du groupe, soit 1"
    assert without(f"{half} {half}", find_doubled(f"{half} {half}")) == half
