"""Companies: annotated sentences and articles, the list, hiding, and hostile text."""

from __future__ import annotations

import itertools
import json
import pickle
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.clock import grows

from extract.companies import CompanyList, CompanyListError
from extract.companies.legal_forms import strip_legal_form
from extract.documents import settle_document
from extract.entities import Extractor
from extract.find import default_extractor, find_companies, find_names
from extract.names.spacy_spans import MissingModelError, load_pipeline

from .gold_articles import articles, unmarked

SENTENCES = Path(__file__).parent / "sentences" / "companies.txt"


def annotated() -> list[tuple[str, str]]:
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(("language", "marked"), annotated())
def test_annotated_sentences(language: str, marked: str) -> None:
    text, mentions = unmarked(marked)
    found = find_companies(text, language)
    assert [(c.start, c.end) for c in found] == [(m.start, m.end) for m in mentions]
    for company, mention in zip(found, mentions, strict=True):
        assert company.text == text[mention.start : mention.end]
        assert company.company.replace("’", "'") == strip_legal_form(mention.name).replace("’", "'")


def scores(extractor: Extractor, language: str) -> tuple[float, float]:
    hits = found = wanted = 0
    for article in articles():
        if (article.language == "fr") != (language == "fr"):
            continue
        texts = [text for text, _ in article.paragraphs]
        settled = settle_document(texts, extractor.read(texts, [article.language] * len(texts)))
        for (_, mentions), result in zip(article.paragraphs, settled, strict=True):
            neutral = [m for m in mentions if m.kind == "medium"]
            gold = {(m.start, m.end) for m in mentions if m.kind == "company"}
            spans = {
                (c.start, c.end)
                for c in result.companies
                if not any(m.start < c.end and c.start < m.end for m in neutral)
            }
            hits, found, wanted = hits + len(gold & spans), found + len(spans), wanted + len(gold)
    return hits / found, hits / wanted


def test_annotated_articles_in_french(extractor: Extractor) -> None:
    precision, recall = scores(extractor, "fr")
    assert 2 * precision * recall / (precision + recall) >= 0.92


def test_annotated_articles_in_other_languages(extractor: Extractor) -> None:
    precision, recall = scores(extractor, "other")
    assert 2 * precision * recall / (precision + recall) >= 0.88


def test_annotated_articles_without_any_company_list() -> None:
    precision, recall = scores(Extractor(companies=CompanyList.load().hide(1.0)), "fr")
    assert 2 * precision * recall / (precision + recall) >= 0.85


def test_one_document_is_one_reading(extractor: Extractor) -> None:
    texts = [
        "La start-up Tilvane a levé 3 millions d'euros.",
        "Hier, Tilvane a fermé.",
        "Tilvane ? Une énigme.",
    ]
    settled = settle_document(texts, extractor.read(texts, ["fr"] * 3))
    assert [[c.text for c in paragraph.companies] for paragraph in settled] == [["Tilvane"]] * 3


def test_a_short_form_has_the_canonical_name_of_the_full_one(extractor: Extractor) -> None:
    texts = ["La société Tilvane Robotics recrute.", "Le chiffre d'affaires de Tilvane a doublé."]
    settled = settle_document(texts, extractor.read(texts, ["fr"] * 2))
    assert [c.company for paragraph in settled for c in paragraph.companies] == ["Tilvane Robotics"] * 2


def test_paragraphs_are_read_alone_whatever_the_batch(extractor: Extractor) -> None:
    texts = [text for article in articles() for text, _ in article.paragraphs][:40]
    together = extractor.read(texts, ["fr"] * len(texts))
    assert together == [extractor.read([text], ["fr"])[0] for text in texts]
    assert together[::-1] == extractor.read(texts[::-1], ["fr"] * len(texts))
    assert pickle.loads(pickle.dumps(together)) == together


def test_hiding_is_a_share_and_the_same_every_time() -> None:
    companies = CompanyList.load()
    half = companies.hide(0.5, seed=3)
    assert 0.4 < len(half.companies) / len(companies.companies) < 0.6
    assert half.companies == companies.hide(0.5, seed=3).companies
    assert half.companies != companies.hide(0.5, seed=4).companies
    assert companies.hide(0.0).companies == companies.companies
    assert companies.hide(1.0).companies == ()
    with pytest.raises(CompanyListError, match="from 0 to 1"):
        companies.hide(1.5)


def test_a_list_travels_to_a_worker() -> None:
    companies = CompanyList.load().hide(0.9)
    copy = pickle.loads(pickle.dumps(companies))
    text = "OpenAI et Mistral AI signent avec Microsoft Azure."
    assert copy.find(text) == companies.find(text)


HEADER = "id,name,aliases,country,sector,ambiguous,qid,lei\n"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("brivane,Brivane,,FR,ai,0,\n", r"line 2: the row has not as many fields"),
        ("Brivane!,Brivane,,FR,ai,0,,\n", r"line 2: the id 'Brivane!' is no slug"),
        ("brivane,,,FR,ai,0,,\n", r"line 2: the column 'name' is empty"),
        ("brivane,Brivane,,France,ai,0,,\n", r"line 2: the country 'France'"),
        ("brivane,Brivane,,FR,ai,yes,,\n", r"line 2: the column 'ambiguous'"),
        (
            "brivane,Brivane,BV,FR,ai,0,,\nboralis,Boralis,bv,FR,ai,0,,\n",
            r"line 3: the alias 'bv' of 'boralis'",
        ),
        (
            "brivane,Brivane,,FR,ai,0,,\nbrivane,Boralis,,FR,ai,0,,\n",
            r"line 3: the id 'brivane' stands in two rows",
        ),
        ("brivane,…,,FR,ai,0,,\n", r"line 2: the name '…' holds no letter"),
        ('brivane,"Brivane,,FR\n', r"a row cannot be read"),
    ],
)
def test_a_broken_list_is_named_by_file_and_row(tmp_path: Path, rows: str, message: str) -> None:
    path = tmp_path / "my.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(CompanyListError, match=message) as caught:
        CompanyList.load(extra=[path])
    assert "my.csv" in str(caught.value)


def test_a_missing_or_headless_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(CompanyListError, match=r"none\.csv"):
        CompanyList.load(extra=[tmp_path / "none.csv"])
    (tmp_path / "bare.csv").write_text("Brivane\n", encoding="utf-8")
    with pytest.raises(CompanyListError, match="no column 'id'"):
        CompanyList.load(tmp_path / "bare.csv")


def test_a_users_list_adds_and_overrides(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_text(
        "id,name,aliases,country\ntorvald,Torvald,Mistral AI|TVD,NO\nopenai,OpenAI Inc,OpenAI,\n",
        encoding="utf-8",
    )
    companies = CompanyList.load(extra=[path])
    found = {m.name: m for m in companies.find("Torvald, TVD, Mistral AI, OpenAI et Microsoft")}
    assert set(found) == {"Torvald", "OpenAI Inc", "Microsoft"}
    assert companies.by_id["torvald"].country == "NO"
    assert companies.by_id["openai"].country is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("L’ORÉAL, saint gobain et Saint‑Gobain", ["L'Oréal", "Saint-Gobain"]),
        ("voir openai.com ou @OpenAI", []),
        ("OpenAIs", []),
        ("Hugging, Face", []),
        ("sans capitales : openai et mistral ai", ["OpenAI", "Mistral AI"]),
    ],
)
def test_list_matching_ignores_marks_and_keeps_word_bounds(text: str, names: list[str]) -> None:
    found = [m.name for m in CompanyList.load().find(text) if m.type == "company"]
    assert found == names


def test_a_missing_pipeline_is_one_sentence_with_its_command() -> None:
    with pytest.raises(MissingModelError, match=r"install it with: .* no-such-model") as caught:
        load_pipeline("no_such_model")
    assert "\n" not in str(caught.value)


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("aàbMeIA LSé.,’'-«»()\n\u00a03€&SAS"), max_size=80),
    st.sampled_from(["fr", "de", "xx"]),
)
def test_mentions_are_ordered_disjoint_slices(text: str, language: str) -> None:
    paragraphs = default_extractor().read([text], [language])
    [settled] = settle_document([text], paragraphs)
    mentions = sorted([*settled.companies, *settled.names], key=lambda m: m.start)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert 0.0 <= mention.score <= 1.0
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))


HOSTILE: list[Callable[[int], str]] = [
    lambda n: "A" * n,
    lambda n: "Aa" * n,
    lambda n: "Aa " * n,
    lambda n: "OpenAI " * n,
    lambda n: "de la " * n,
    lambda n: "Université de la " * n,
    lambda n: "Orange, " * n,
    lambda n: "H " * n,
    lambda n: "S.A. " * n,
    lambda n: "openai" * n,
    lambda n: "\u0301" * n,
    lambda n: "selon Reuters, Galet et Brivane, " * n,
    lambda n: "1 " * n,
]


@pytest.mark.parametrize("make", HOSTILE)
def test_time_is_linear_in_the_text(extractor: Extractor, make: Callable[[int], str]) -> None:
    def read(repeats: int) -> None:
        text = make(repeats)
        settle_document([text], extractor.read([text], ["fr"]))

    read(50)
    assert grows(read, 500, 2_000) <= 8


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Avril 2021 Bubble lève 100 millions de dollars."),
        ("fr", "En avril 2021 Bubble a levé 100 millions de dollars."),
        ("en", "April 12, 2021 Bubble raises $100 million."),
        ("de", "April 2021 Bubble sammelt 100 Millionen Dollar ein."),
        ("es", "Abril 2021 Bubble levanta 100 millones de dólares."),
        ("it", "Aprile 2021 Bubble raccoglie 100 milioni di dollari."),
        ("pt", "Abril 2021 Bubble capta 100 milhões de dólares."),
    ],
)
def test_a_date_at_the_head_is_no_part_of_a_name(language: str, text: str) -> None:
    assert [company.text for company in find_companies(text, language)] == ["Bubble"]
    assert find_names(text, language) == []


def test_what_only_looks_like_a_date_at_the_head_stays() -> None:
    assert [company.text for company in find_companies("Janvier Digital lève 3 millions d'euros.")] == [
        "Janvier Digital"
    ]
    assert [company.text for company in find_companies("2021 AI lève 3 millions d'euros.")] == ["2021 AI"]


def test_shouted_lower_case_and_endless_names_do_no_harm() -> None:
    assert [
        c.company for c in find_companies("OPENAI ET MISTRAL AI SIGNENT UN ACCORD AVEC MICROSOFT À PARIS")
    ] == [
        "OpenAI",
        "Mistral AI",
        "Microsoft",
    ]
    assert [c.company for c in find_companies("openai et mistral ai signent un accord")] == [
        "OpenAI",
        "Mistral AI",
    ]
    endless = "La start-up " + "Bri" * 170 + " lève 3 millions d'euros."
    assert all(len(c.text) <= 600 for c in find_companies(endless))
    assert find_companies("") == []


def test_the_weights_can_be_read() -> None:
    path = Path(__file__).parents[2] / "src" / "extract" / "data" / "typing.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    assert "CC BY" in content["about"]
    company = content["types"].index("company")
    called = content["weights"]["c:L1:company_noun"]  # "la start-up Galet"
    assert called[company] == max(called)


@pytest.mark.slow
def test_random_pieces_of_articles_keep_every_promise(extractor: Extractor) -> None:
    rng = random.Random(11)
    texts = [text for article in articles() for text, _ in article.paragraphs]
    noise = "abcdeéÀÎß A.B,;:!?'’\"«»()[]-–—\n\t\u00a0\u200b\u0301€$%&0123456789\U0001f600١XIÖñ"
    for _ in range(6000):
        piece = list(rng.choice(texts))
        start = rng.randrange(len(piece))
        piece = piece[start : start + rng.randrange(1, 120)]
        for _ in range(rng.randrange(6)):
            piece[rng.randrange(len(piece))] = rng.choice(noise)
        text = "".join(piece)
        [settled] = settle_document(
            [text], extractor.read([text], [rng.choice(["fr", "en", "de", "es", "it", "zh"])])
        )
        mentions = sorted([*settled.companies, *settled.names], key=lambda m: m.start)
        assert all(text[m.start : m.end] == m.text for m in mentions)
        assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
        assert all(
            text[f.start : f.end] == f.text and f.start <= f.amount_start < f.end for f in settled.facts
        )


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("OpenAI recrute.", "list"),
        ("La start-up Brivane lève 12 millions d'euros.", "typing c:L1:company_noun"),
        ("Le fonds Galet SAS a vendu ses parts.", "typing c:L1:company_noun"),
    ],
)
def test_each_company_says_why_it_is_one(text: str, rule: str) -> None:
    [company] = find_companies(text)
    assert company.rule == rule


def test_a_firm_that_writes_itself_in_small_letters_is_found_so() -> None:
    companies = CompanyList.load()
    [found] = companies.find("L'allemand adidas habille le club.")
    assert found.company is not None
    assert found.company.name == "Adidas"
    assert companies.find("Un orange vif et un intel de poche, dit le vendeur de Lyon.") == []
