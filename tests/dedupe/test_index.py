"""The index: whatever the order in which documents come, the result is that of one run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe import RepeatIndex, explain, find_repeats
from dedupe.across import Ints
from dedupe.relations import Rows
from tests.dedupe.corpus_tables import table
from tests.dedupe.test_repeats import FUND, GRID, corpora


@settings(max_examples=25, deadline=None)
@given(corpora(), st.integers(0, 5))
def test_two_updates_are_one_run(
    tmp_path_factory: pytest.TempPathFactory, documents: dict[str, list[str]], at: int
) -> None:
    folder = tmp_path_factory.mktemp("index")
    names = list(documents)
    for part in (names[:at], names[at:]):
        result = RepeatIndex.open(folder).update(table({name: documents[name] for name in part}))
    assert result.equals(find_repeats(table(documents)))


def test_a_document_that_comes_again_takes_its_own_place(tmp_path: Path) -> None:
    index = RepeatIndex.open(tmp_path)
    index.update(table({"a": [FUND], "b": [FUND, GRID]}))
    result = index.update(table({"a": [GRID]}))
    assert result.equals(find_repeats(table({"a": [GRID], "b": [FUND, GRID]})))
    assert RepeatIndex.open(tmp_path).update(table({})).equals(result)


@settings(max_examples=25, deadline=None)
@given(corpora(), corpora())
def test_documents_that_change_leave_what_a_run_from_nothing_finds(
    tmp_path_factory: pytest.TempPathFactory, first: dict[str, list[str]], then: dict[str, list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("index")
    RepeatIndex.open(folder).update(table(first))
    assert RepeatIndex.open(folder).update(table(then)).equals(find_repeats(table(first | then)))
    assert RepeatIndex.open(folder).update(table({})).equals(find_repeats(table(first | then)))


def test_one_changed_document_leaves_most_files_alone(tmp_path: Path) -> None:
    documents = {f"d{number}": [f"{FUND} Et puis {number}."] for number in range(60)}
    RepeatIndex.open(tmp_path).update(table(documents))
    before = set(tmp_path.glob("*/*.parquet"))
    RepeatIndex.open(tmp_path).update(table({"d7": [GRID]}))
    after = set(tmp_path.glob("*/*.parquet"))
    assert len(before) > 10
    assert len(before - after) == 1
    assert len(after - before) <= 2


def test_what_was_compared_is_not_compared_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dedupe import across

    compared: list[int] = []
    real = across.compare_pairs

    def counted(rows: Rows, pairs: Ints, *rest: Any) -> Any:
        compared.append(len(pairs))
        return real(rows, pairs, *rest)

    monkeypatch.setattr(across, "compare_pairs", counted)
    other = FUND.replace("norvégien", "danois")
    index = RepeatIndex.open(tmp_path)
    first = index.update(table({"a": [FUND], "b": [f"{FUND} Et puis."], "c": [other]}))
    again = RepeatIndex.open(tmp_path).update(table({}))
    more = RepeatIndex.open(tmp_path).update(table({"d": [f"{other} Et puis."]}))
    assert compared[0] > 0 == compared[1]
    assert 0 < compared[2] <= 3
    assert again.equals(first)
    documents = {"a": [FUND], "b": [f"{FUND} Et puis."], "c": [other], "d": [f"{other} Et puis."]}
    assert more.equals(find_repeats(table(documents)))


def test_many_files_of_few_rows_become_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dedupe import index

    monkeypatch.setattr(index, "MOST_FILES", 3)
    documents: dict[str, list[str]] = {}
    for number in range(6):
        new = {f"d{number}": [f"{FUND} Et puis {number}.", f"Une phrase à part, la {number} de toutes."]}
        documents |= new
        found = RepeatIndex.open(tmp_path).update(table(new))
        assert found.equals(find_repeats(table(documents)))
        assert len(list(tmp_path.glob("*/*.parquet"))) <= 3 + 16


def test_a_broken_off_update_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    before = RepeatIndex.open(tmp_path).update(table({"a": [FUND], "b": [FUND]}))
    (tmp_path / "0").mkdir(exist_ok=True)
    (tmp_path / "0" / "000099.parquet").write_bytes(b"half a file")
    assert RepeatIndex.open(tmp_path).update(table({})).equals(before)


def test_an_index_of_another_version_is_an_error(tmp_path: Path) -> None:
    RepeatIndex.open(tmp_path).update(table({"a": [FUND]}))
    manifest = tmp_path / "manifest.json"
    content = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(content | {"algorithm": 0}))
    with pytest.raises(ValueError, match="delete the folder"):
        RepeatIndex.open(tmp_path)
    manifest.write_text("[]")
    with pytest.raises(ValueError, match="not the manifest"):
        RepeatIndex.open(tmp_path)


def test_a_difference_is_named() -> None:
    segments = explain("Le fonds apporte 40 millions à Lyon.", "Le fonds verse 45 millions à Lyon.")
    kinds = [(s.kind, [f.kind for f in s.facts]) for s in segments]
    assert kinds == [("equal", []), ("changed", ["number"]), ("equal", [])]
