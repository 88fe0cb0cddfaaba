"""Repeats across documents, as one table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe import ParagraphsError, find_duplicate_documents, find_repeats
from dedupe.inline import without
from tests.dedupe.corpus_tables import brief, table

FUND = (
    "Le fonds souverain norvégien apporte 40 millions d'euros à la jeune pousse lyonnaise, qui compte ouvrir "
    "une seconde usine près du port et recruter des ingénieurs dans toute la région."
)
GRID = (
    "Le réseau électrique devra suivre, prévient la directrice de la régie, car les serveurs consomment sans relâche "
    "et la ligne qui dessert la vallée arrive déjà au bout de ses forces."
)
EDITED = GRID.replace("prévient", "avertit").replace("arrive déjà", "parvient bientôt")


def test_an_earlier_paragraph_is_the_one_that_is_repeated() -> None:
    repeats = find_repeats(table({"b": [FUND], "a": [GRID, FUND.replace("'", "’")], "c": [EDITED]}))
    assert brief(repeats) == [("b", 0, "exact", "a", 1, True), ("c", 0, "near", "a", 0, True)]
    assert repeats["similarity"].to_pylist()[0] == 1.0
    assert 0.8 < repeats["similarity"].to_pylist()[1] < 1.0
    assert repeats["end"].to_pylist() == [len(FUND), len(EDITED)]


def test_published_comes_before_doc_id_and_unknown_comes_last() -> None:
    days = {"a": dt.date(2025, 3, 2), "b": dt.date(2025, 3, 1)}
    repeats = find_repeats(table({"a": [FUND], "b": [FUND], "c": [FUND]}, published=days))
    assert brief(repeats) == [("a", 0, "exact", "b", 0, True), ("c", 0, "exact", "b", 0, True)]


@pytest.mark.parametrize(
    "other",
    [
        FUND.replace("40", "45"),
        FUND.replace("euros", "dollars"),
        FUND.replace("norvégien", "norvégien Norges"),
        FUND.replace("qui compte", "qui ne compte pas"),
        FUND.replace("port", "Port-Louis"),
        FUND.replace("40 millions", "40 milliards"),
        EDITED.replace("relâche", "relâche depuis mars") + " " + FUND.replace("40", "41"),
    ],
)
def test_the_same_wording_with_another_fact_is_a_variant(other: str) -> None:
    first = FUND if "fonds" in other[:20] else f"{GRID} {FUND}"
    (row,) = brief(find_repeats(table({"a": [first], "b": [other]})))
    assert row == ("b", 0, "variant", "a", 0, False)


def test_a_copy_of_a_variant_repeats_the_variant() -> None:
    other = FUND.replace("40", "45")
    repeats = find_repeats(table({"a": [FUND], "b": [other], "c": [other], "d": [FUND]}))
    assert brief(repeats) == [
        ("b", 0, "variant", "a", 0, False),
        ("c", 0, "exact", "b", 0, True),
        ("d", 0, "exact", "a", 0, True),
    ]


def test_the_same_amount_in_words_is_the_same_fact() -> None:
    other = FUND.replace("40 millions", "quarante millions")
    assert brief(find_repeats(table({"a": [FUND], "b": [other]}))) == [("b", 0, "near", "a", 0, True)]


def test_a_dispatch_repeats_from_after_its_dateline() -> None:
    text = f"OSLO (AFP) – {FUND}"
    repeats = find_repeats(table({"a": [FUND], "b": [text]}))
    assert brief(repeats) == [("b", 0, "near", "a", 0, True)]
    assert text[repeats["start"][0].as_py() :] == FUND


def test_a_quoted_sentence_is_no_repeat() -> None:
    quoting = (
        f"La vallée attend depuis dix ans un geste des élus locaux. {GRID} Rien ne presse, répond le préfet."
    )
    assert brief(find_repeats(table({"a": [f"{FUND} {GRID}"], "b": [quoting]}))) == []


def lines(text: str, count: int) -> dict[str, list[str]]:
    return {f"{i:02d}": [text.format(day=i + 1, number=1000 + 7 * i)] for i in range(count)}


def test_a_line_of_a_site_that_changes_its_date_is_furniture() -> None:
    documents = lines("Mis à jour le {day} mars 2024 · {number} lectures", 6)
    sites = dict.fromkeys(documents, "gazette.example")
    assert {row[2:] for row in brief(find_repeats(table(documents, sites)))} == {
        ("boilerplate", "00", 0, False)
    }
    # Four documents do not make furniture, nor do lines of several sites.
    few = dict(list(documents.items())[:4])
    assert "boilerplate" not in {row[2] for row in brief(find_repeats(table(few, sites)))}
    apart = {doc: f"site{doc}" for doc in documents}
    assert "boilerplate" not in {row[2] for row in brief(find_repeats(table(documents, apart)))}


@pytest.mark.parametrize(
    "line",
    [
        "À Paris, l'indice des grandes valeurs a terminé la séance à {number} points.",
        "Le titre du groupe a perdu {day} % à la clôture de la Bourse de Paris",
        "Le fonds a placé {number} millions d'euros dans la région",
    ],
)
def test_a_report_with_new_figures_is_a_variant(line: str) -> None:
    documents = lines(line, 6)
    repeats = find_repeats(table(documents, dict.fromkeys(documents, "gazette.example")))
    assert {row[2] for row in brief(repeats)} == {"variant"}


def test_documents_that_copy_a_document() -> None:
    whole = [
        FUND,
        GRID,
        "Un calendrier serré pour la vallée",
        "Le préfet tranchera avant la fin de la semaine.",
    ]
    paragraphs = table(
        {
            "a": whole,
            "b": [*whole[:3]],
            "c": [EDITED, *whole[2:], FUND],
            "d": [FUND.replace("40", "42"), *whole[1:]],
            "e": [GRID],
        }
    )
    duplicates = find_duplicate_documents(paragraphs, find_repeats(paragraphs))
    assert [(row["doc_id"], row["duplicate_of"]) for row in duplicates.to_pylist()] == [
        ("b", "a"),
        ("c", "a"),
    ]
    assert all(0.8 < value <= 1 for value in duplicates["similarity"].to_pylist())


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (pa.table({"doc_id": ["a"], "text": ["x"]}), "no column 'paragraph'"),
        (pa.table({"doc_id": [1], "paragraph": [0], "text": ["x"]}), "'doc_id' should hold strings"),
        (
            pa.table({"doc_id": ["a"], "paragraph": ["0"], "text": ["x"]}),
            "'paragraph' should hold whole numbers",
        ),
        (
            pa.table({"doc_id": ["a", "a"], "paragraph": [0, 0], "text": ["x", "y"]}),
            "same doc_id and paragraph",
        ),
        (pa.table({"doc_id": ["a", None], "paragraph": [0, 1], "text": ["x", "y"]}), "has nulls"),
    ],
)
def test_a_table_that_cannot_be_read_is_said_so(paragraphs: pa.Table, said: str) -> None:
    with pytest.raises(ParagraphsError, match=said):
        find_repeats(paragraphs)


def test_other_types_of_the_same_columns() -> None:
    plain = table({"a": [FUND, GRID], "b": [GRID, FUND]}, sites={"a": "s"}, language="fr")
    wide = pa.table(
        {
            "doc_id": plain["doc_id"].cast(pa.large_string()),
            "paragraph": plain["paragraph"].cast(pa.int64()),
            "site": plain["site"].combine_chunks().dictionary_encode(),
            "text": plain["text"].cast(pa.large_string()),
        }
    )
    sliced = pa.concat_tables([plain.slice(0, 1), plain.slice(1, 2), plain.slice(3)])
    assert find_repeats(wide).equals(find_repeats(plain))
    assert find_repeats(sliced).equals(find_repeats(plain))
    assert len(find_repeats(plain.slice(0, 0))) == 0


WORDS = [
    "le",
    "la",
    "un",
    "réseau",
    "usine",
    "serveur",
    "port",
    "vallée",
    "région",
    "ligne",
    "plan",
    "essai",
    "12",
    "40",
    "mars",
    "Lyon",
    "Nantes",
    "pas",
    "euros",
]
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=6, max_size=16).map(
    lambda words: " ".join(words).capitalize() + "."
)
POOL = st.lists(st.one_of(st.just(FUND), st.just(GRID), st.just(EDITED), SENTENCE), min_size=1, max_size=4)


@st.composite
def corpora(draw: st.DrawFn) -> dict[str, list[str]]:
    """Documents made of few sentences, so that most of what they say repeats."""
    pool = draw(POOL)
    paragraph = st.lists(st.sampled_from(pool), min_size=1, max_size=3).map(" ".join)
    edit = st.sampled_from([("40", "41"), ("le", "ce"), ("'", "’"), (" réseau", ""), ("", "")])
    edited = st.tuples(paragraph, edit).map(
        lambda both: both[0].replace(*both[1], 1) if both[1][0] else both[0]
    )
    texts = st.lists(st.one_of(paragraph, edited, st.just("")), min_size=1, max_size=4)
    return draw(st.dictionaries(st.sampled_from("abcde"), texts, min_size=1, max_size=5))


def removed(paragraphs: pa.Table, repeats: pa.Table) -> dict[str, Sequence[str]]:
    """Return the documents without what repeats, as they would be written."""
    whole = {
        (r["doc_id"], r["paragraph"]) for r in repeats.to_pylist() if r["kind"] not in ("inline", "variant")
    }
    spans: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for row in repeats.to_pylist():
        if row["kind"] == "inline":
            spans.setdefault((row["doc_id"], row["paragraph"]), []).append((row["start"], row["end"]))
    documents: dict[str, list[str]] = {}
    for row in paragraphs.to_pylist():
        place = (row["doc_id"], row["paragraph"])
        if place not in whole:
            documents.setdefault(place[0], []).append(without(row["text"], spans.get(place, ())))
    return dict(documents)


@settings(max_examples=60, deadline=None)
@given(corpora(), st.randoms(use_true_random=False))
def test_neither_row_order_nor_tasks_count(documents: dict[str, list[str]], random: object) -> None:
    paragraphs = table(documents)
    order = list(range(len(paragraphs)))
    random.shuffle(order)  # type: ignore[attr-defined]
    repeats = find_repeats(paragraphs)
    assert find_repeats(paragraphs.take(pa.array(order))).equals(repeats)
    with ThreadPoolExecutor(2) as executor:
        assert find_repeats(paragraphs, executor, 3).equals(repeats)


@settings(max_examples=60, deadline=None)
@given(corpora())
def test_what_is_kept_repeats_nothing(documents: dict[str, list[str]]) -> None:
    paragraphs = table(documents)
    repeats = find_repeats(paragraphs)
    lengths = {(r["doc_id"], r["paragraph"]): len(r["text"]) for r in paragraphs.to_pylist()}
    for row in repeats.to_pylist():
        assert 0 <= row["start"] < row["end"] <= lengths[row["doc_id"], row["paragraph"]]
        assert (row["of_doc_id"], row["of_paragraph"]) in lengths
        assert 0 <= row["similarity"] <= 1
    kept = table(removed(paragraphs, repeats))
    assert {row["kind"] for row in find_repeats(kept).to_pylist()} <= {"variant"}
