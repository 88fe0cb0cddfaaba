"""JSON Lines, JSON, CSV, Parquet and XLSX: fields to documents, broken records, bounds."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers import ReadOptions, read_file
from corpus.readers.formats.json_array import array_elements
from corpus.readers.published import published_from
from corpus.records import InputDocument, Published

from .reader_samples import CSV, RECORDS, TRAFILATURA, jsonl, parquet, xlsx
from .reading import documents, fault, one, problems, read


def test_json_lines_fill_the_slots_and_keep_the_rest() -> None:
    first, second, third = documents(read(jsonl(), "list.jsonl"))
    assert (first.source, first.format, first.input_id, first.content) == (
        "list.jsonl#0",
        "jsonl",
        "7",
        "Un texte sur les puces.",
    )
    assert (first.title, first.authors, first.language) == ("Puces", ("Ana Roux",), "fr")
    assert first.published == Published(dt.date(2025, 2, 3), "day", "metadata", "2025-02-03")
    assert (second.url, second.site, second.metadata) == (
        "https://a.example/8",
        "a.example",
        {"theme": {"a": [1, None]}},
    )
    assert (third.markup, third.content, third.language) == ("html", "<p>En <b>HTML</b>.</p>", "fr")
    assert third.published == Published(dt.date(2024, 3, 1), "month", "metadata", "mars 2024")


def test_a_broken_line_costs_only_itself() -> None:
    items = read(
        '{"text": "un"}\n\n{"text": "de\n{"text": "trois"}\n[1]\n{"text": " "}\n{"text": "six"}\n', "a.jsonl"
    )
    assert [(item.source, item.content) for item in documents(items)] == [
        ("a.jsonl#0", "un"),
        ("a.jsonl#2", "trois"),
        ("a.jsonl#5", "six"),
    ]
    assert [(item.source, item.kind) for item in problems(items)] == [
        ("a.jsonl#1", "json"),
        ("a.jsonl#3", "json"),
        ("a.jsonl#4", "empty"),
    ]
    assert "Line 3 " in problems(items)[0].message


def test_a_broken_first_line_does_not_hide_the_format() -> None:
    assert [item.content for item in documents(read('{"text": "un\n{"text": "deux"}\n', "a.txt"))] == ["deux"]


def test_a_line_above_the_bound_is_not_read_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"text": "un"}\n{"text": "')
        for _ in range(80):
            stream.write(b"x" * 1_000_000)
        stream.write(b'"}\n{"text": "trois"}\n')
    tracemalloc.start()
    items = list(read_file(path, "a.jsonl", ReadOptions(max_document_bytes=2_000_000)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [item.content for item in documents(items)] == ["un", "trois"]
    assert [(item.source, item.kind) for item in problems(items)] == [("a.jsonl#1", "too_large")]
    assert peak < 15_000_000


def test_json_lines_are_streamed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb") as stream:
        for number in range(3000):
            stream.write(
                json.dumps({"text": " ".join(map(str, range(number, number + 2500)))}).encode() + b"\n"
            )
    tracemalloc.start()
    count = sum(1 for item in read_file(path, "a.jsonl.gz") if isinstance(item, InputDocument))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3000
    assert peak < 10_000_000


def test_the_output_of_trafilatura_is_understood() -> None:
    document = one(json.dumps(TRAFILATURA, indent=2), "one.json")
    assert (document.source, document.format) == ("one.json", "json")
    assert document.content == TRAFILATURA["text"]
    assert (document.title, document.authors, document.site) == (
        "Un budget pour les puces",
        ("Ana Roux", "Paul Ney"),
        "gazette.example",
    )
    assert document.published == Published(dt.date(2024, 11, 5), "day", "metadata", "2024-11-05")
    assert document.metadata["fingerprint"] == "1f2e"


def test_json_arrays_and_wrapped_arrays_are_lists_of_documents() -> None:
    for value in (RECORDS, {"meta": {"n": 3}, "articles": RECORDS}):
        found = documents(read(json.dumps(value), "list.json"))
        assert [document.source for document in found] == ["list.json#0", "list.json#1", "list.json#2"]


def test_objects_in_a_row_are_records_with_the_end_of_their_array_or_without() -> None:
    row = ",\n".join(json.dumps(record, indent=1) for record in RECORDS)
    for end in ("", "\n]\n"):
        assert len(documents(read(row + end, "list.txt"))) == len(RECORDS)


def test_what_only_begins_like_an_object_is_text_unless_its_name_says_json() -> None:
    piece = json.dumps(RECORDS[0], indent=1)[:-20]
    assert [document.format for document in documents(read(piece, "piece.txt"))] == ["text"]
    assert [item.kind for item in problems(read(piece, "piece.json"))] == ["json"]


def test_an_array_that_breaks_off_keeps_what_came_before() -> None:
    data = json.dumps(RECORDS).encode()
    items = read(data[: len(data) - 30], "list.json")
    assert [item.content for item in documents(items)] == ["Un texte sur les puces.", "Un autre, plus court."]
    assert [(item.source, item.kind) for item in problems(items)] == [("list.json#2", "json")]


@given(
    st.lists(
        st.one_of(
            st.integers(),
            st.floats(allow_nan=False, allow_infinity=False),
            st.booleans(),
            st.none(),
            st.just({"text": "é"}),
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 40),
)
@settings(max_examples=150, deadline=None)
def test_an_array_is_read_the_same_wherever_its_parts_are_cut(values: list[Any], size: int) -> None:
    data = json.dumps(values, ensure_ascii=False).encode()
    assert list(array_elements(io.BytesIO(data), 10_000, size)) == values


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 100_000, '[{"text":' + "[" * 50_000])
def test_deep_nesting_is_a_problem(deep: str) -> None:
    assert {item.kind for item in problems(read(deep, "a.json"))} <= {"json", "empty"}


def test_surrogates_and_odd_numbers_do_no_harm() -> None:
    document = one(
        [
            '{"text": "a\\ud83d\\ude00b\\ud800c", "n": NaN, "big": 1e999, "x": {"\\udfff": "\\ud800"}}',
            '{"text": "b"}',
            "",
        ][0],
        "a.jsonl",
    )
    assert document.content == "a😀b�c"
    assert json.dumps(document.metadata, allow_nan=False)


def test_csv_rows_become_documents() -> None:
    first, second = documents(read(CSV, "list.csv"))
    assert (first.source, first.format, first.title) == ("list.csv#0", "csv", "Puces")
    assert first.content == "Un texte sur\ndeux lignes; avec un point-virgule."
    assert (first.authors, first.metadata) == (("Ana Roux",), {"Rubrique": "Économie"})
    assert second.content == 'Un texte "simple".'
    assert second.published == Published(dt.date(2025, 2, 13), "day", "metadata", "13/02/2025")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_csv_dialects(delimiter: str, encoding: str) -> None:
    rows = [["Titre", "Contenu"], ["Été", "Un texte, long ; et « cité »"], ["Âge", "Deux\tmots|trois"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    found = documents(read(text.encode(encoding), "liste.csv"))
    assert [(document.title, document.content) for document in found] == [
        ("Été", rows[1][1]),
        ("Âge", rows[2][1]),
    ]


def test_the_order_of_day_and_month_is_learnt_from_the_table() -> None:
    def dates(rows: str) -> list[str]:
        found = documents(read("texte;date\n" + rows, "x.csv"))
        return [str(document.published and document.published.date) for document in found]

    assert dates("a;03/04/2025\nb;13/04/2025\n") == ["2025-04-03", "2025-04-13"]
    assert dates("a;03/04/2025\nb;04/13/2025\n") == ["2025-03-04", "2025-04-13"]
    assert dates("a;03/04/2025\nb;05/04/2025\n") == ["None", "None"]
    assert dates("a;03/04/2025\nb;13/04/2025\nc;04/13/2025\n") == ["None", "2025-04-13", "2025-04-13"]


def test_a_column_mapping_names_the_text() -> None:
    data = "a;b;c\nTitre;Le texte.;9\n"
    assert fault(data, "x.csv").kind == "no_text_column"
    document = one(data, "x.csv", ReadOptions(columns={"text": "b", "title": "a"}))
    assert (document.content, document.title, document.metadata) == ("Le texte.", "Titre", {"c": "9"})


def test_a_quote_that_is_never_closed_costs_one_row() -> None:
    rows = "".join(f"t{number};texte {number}\n" for number in range(500))
    items = read('titre;texte\nA;"jamais fermé\n' + rows, "x.csv")
    assert [item.title for item in documents(items)] == ["A", *(f"t{number}" for number in range(500))]
    assert [(item.kind, item.recovered) for item in problems(items)] == [("csv", True)]


def test_rows_that_do_not_fit_are_reported_and_their_neighbours_read() -> None:
    items = read("titre;texte;date\nA;un;2024\nB;trop;de;champs;ici\nC;court\nD;quatre;2024\n", "x.csv")
    assert [item.title for item in documents(items)] == ["A", "C", "D"]
    assert [(item.source, item.recovered) for item in problems(items)] == [
        ("x.csv#1", False),
        ("x.csv#2", True),
    ]


def test_a_table_without_lines_is_too_large() -> None:
    assert fault(b"texte;" * 1000, "x.csv", ReadOptions(max_document_bytes=500)).kind == "too_large"


def test_text_with_commas_is_no_table() -> None:
    assert (
        one("Le texte, dit-il, est long.\nIl a deux lignes, et des virgules, ici.\n", "x.txt").format
        == "text"
    )
    assert one("Texte, titre et date : le débat.\nIl a, lui, duré.\n", "x.txt").format == "text"


def test_parquet_rows_become_documents() -> None:
    first, second = documents(read(parquet(), "x.bin"))
    assert (first.source, first.format, first.content, first.title) == (
        "x.bin#0",
        "parquet",
        "Un texte.",
        "T",
    )
    assert second.metadata == {"jour": 4}


def test_a_damaged_parquet_file_is_called_so() -> None:
    data = parquet()
    for broken in (
        data[:-30],
        data[: len(data) // 2] + b"\xff" * 40 + data[len(data) // 2 + 40 :],
        data[:-20] + b"PAR1",
    ):
        assert {item.kind for item in problems(read(broken, "x.parquet"))} == {"parquet"}


def test_a_workbook_is_read_below_its_caption_and_without_its_other_sheets() -> None:
    first, second = documents(read(xlsx(), "liste.xlsx"))
    assert (first.content, first.title, first.format) == ("Un texte.", "A", "xlsx")
    assert first.published is not None
    assert first.published.date == dt.date(2025, 2, 3)
    assert (second.source, second.content) == ("liste.xlsx#1", "Deux.")
    assert (
        fault(xlsx(), "x", ReadOptions(columns={"text": "nulle part"}, max_document_bytes=100)).kind
        == "too_large"
    )


@pytest.mark.parametrize(
    ("words", "date", "precision"),
    [
        ("2025-02-03", dt.date(2025, 2, 3), "day"),
        ("2025-02-03T23:30:00+01:00", dt.date(2025, 2, 3), "day"),
        ("2025/2/3", dt.date(2025, 2, 3), "day"),
        ("20250203", dt.date(2025, 2, 3), "day"),
        ("2025-02", dt.date(2025, 2, 1), "month"),
        ("2025", dt.date(2025, 1, 1), "year"),
        ("3.2.2025", dt.date(2025, 2, 3), "day"),
        ("23/02/2025", dt.date(2025, 2, 23), "day"),
        ("02/23/2025", dt.date(2025, 2, 23), "day"),
        ("Mon, 10 Feb 2025 23:30:00 -0500", dt.date(2025, 2, 10), "day"),
        ("1er avril 2023", dt.date(2023, 4, 1), "day"),
        ("mercredi 11 septembre 2024", dt.date(2024, 9, 11), "day"),
        ("Thursday, December 22, 2022", dt.date(2022, 12, 22), "day"),
        ("3. März 2024", dt.date(2024, 3, 3), "day"),
        ("5 de mayo de 2024", dt.date(2024, 5, 5), "day"),
        ("12 febbraio 2024", dt.date(2024, 2, 12), "day"),
        ("févr. 2025", dt.date(2025, 2, 1), "month"),
        ("03/04/2025", None, None),
        ("10 févr.", None, None),
        ("31 février 2025", None, None),
        ("2025-13-40", None, None),
        ("hier", None, None),
        ("0000-01-01", None, None),
    ],
)
def test_dates_are_read_or_left_as_words(words: str, date: dt.date | None, precision: str | None) -> None:
    found = published_from(words)
    assert found is not None
    assert (found.date, found.precision, found.text) == (date, precision, words)


@given(st.dates(dt.date(1600, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_is_read_back(day: dt.date) -> None:
    from extract.languages import calendar_words, known_languages

    assert published_from(day.isoformat()) == Published(day, "day", "metadata", day.isoformat())
    for language in known_languages():
        month = next(word for word, number in calendar_words(language).months.items() if number == day.month)
        found = published_from(f"{day.day} {month} {day.year:04}")
        assert found is not None
        assert found.date == day


def test_no_month_word_names_two_months() -> None:
    from corpus.readers.lexicon import fold
    from extract.languages import calendar_words, known_languages

    named: dict[str, int] = {}
    for language in known_languages():
        for word, number in calendar_words(language).written_months().items():
            assert named.setdefault(fold(word), number) == number


def test_short_months_of_every_calendar_are_read() -> None:
    found = published_from("12 gen. 2024")
    assert found is not None
    assert found.date == dt.date(2024, 1, 12)


def test_a_record_with_nothing_but_a_summary_is_read_and_said() -> None:
    record = {
        "titre": "Le bac",
        "Résumé": "Le bac reprend la mer après trois mois d’arrêt.",
        "url": "https://a.example/bac",
    }
    items = read(json.dumps([record]), "bacs.json")
    [found] = documents(items)
    assert (found.title, found.content) == ("Le bac", record["Résumé"])
    assert found.metadata["summary_field"] == "Résumé"
    assert [(item.kind, item.recovered) for item in problems(items)] == [("summary", True)]


def test_a_summary_beside_a_text_is_no_text() -> None:
    [found] = documents(
        read(json.dumps([{"text": "Le bac reprend la mer.", "summary": "Le bac."}]), "bacs.json")
    )
    assert (found.content, found.metadata) == ("Le bac reprend la mer.", {"summary": "Le bac."})


def test_a_piece_cut_out_of_an_array_gives_its_whole_records() -> None:
    piece = '{"text": "Le bac reprend la mer."},\n{"text": "Le phare rouvre."},\n{"text": "La crié'
    items = read(piece, "piece.txt")
    assert [found.content for found in documents(items)] == ["Le bac reprend la mer.", "Le phare rouvre."]
    assert [item.kind for item in problems(items)] == ["json"]


def test_objects_with_other_words_behind_them_are_a_text_read_whole_unless_the_name_says_json() -> None:
    source = '{"text": "Le bac reprend la mer."},\n{"text": "Le phare rouvre."},\nVoilà deux fiches du port, et la suite.'
    [found] = documents(read(source, "fiches.txt"))
    assert (found.format, found.content) == ("text", source)
    items = read(source, "fiches.json")
    assert [found.content for found in documents(items)] == ["Le bac reprend la mer.", "Le phare rouvre."]
    [said] = problems(items)
    assert "line 3 column 1" in said.message
