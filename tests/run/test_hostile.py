"""Two thousand hostile files of 45 kinds among two hundred good ones, in all stages: the good ones lose nothing, each bad is
told."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from corpus.config import Config
from corpus.readers import source_of
from corpus.run.pipeline import run_corpus
from tests.conftest import write_files
from tests.hostile_files import write_hostile

EACH = int(os.environ.get("CORPUS_TEST_HOSTILE", "45"))
"""Files of each kind."""
ALL_STAGES = Config(document_seconds=3)
"""A document that is worked on for three seconds could be for fifteen: nothing else is to be seen of that."""
TOPICS = ("doc_topics", "paragraph_topics")
"""What the whole corpus decides, the others' texts too."""
PLACES = ("Nantes", "Lorient", "Cahors", "Belfort", "Vannes", "Albi", "Auch", "Gap", "Mende", "Foix")
FIRMS = ("Orvelane", "Brelanor", "Corvaluna", "Dorsanel", "Elvanora", "Nexolia", "Talvinor", "Zephirel")
SAYS = (
    "La société {firm} SA, installée à {place}, a levé {sum} millions d’euros le {day} mars 2024 auprès du fonds Ombrelor.",
    "Le groupe {firm} annonce à {place} un chiffre d’affaires de {sum} millions d’euros, en hausse de {day} % sur un an.",
    "Le tribunal de {place} a condamné {firm} SA à une amende de {sum} millions d’euros, a-t-on appris le {day} avril 2024.",
    "À {place}, {firm} SA va investir {sum} millions d’euros dans une usine qui ouvrira dans {day} mois.",
)


def good(count: int) -> dict[str, str]:
    """Short articles, no two of which say the same."""
    return {
        f"good/{n:03}.txt": "\n\n".join(
            says.format(firm=FIRMS[(n + k) % 8], place=PLACES[(n * 7 + k) % 10], sum=10 + n * 4 + k, day=1 + (n + k) % 28)
            for k, says in enumerate(SAYS)
        )
        for n in range(count)
    }  # fmt: skip


def rows_of_good(out: Path) -> dict[str, list[dict[str, object]]]:
    """The rows of every table that are about the good documents, without what topics say of them."""
    documents = pq.read_table(out / "documents.parquet").to_pylist()
    ids = {row["doc_id"] for row in documents if str(row["source"]).startswith("good/")}
    tables = {path.stem: pq.read_table(path).to_pylist() for path in sorted(out.glob("*.parquet"))}
    return {
        name: [row for row in rows if row["doc_id"] in ids]
        for name, rows in tables.items()
        if rows and "doc_id" in rows[0] and name not in TOPICS
    }


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[Path]]]:
    folder = tmp_path_factory.mktemp("hostile") / "raw"
    files = defaultdict(list)
    for kind, path in write_hostile(folder / "bad", EACH):
        files[kind].append(path)
    return folder, files


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_good_documents_lose_nothing_and_bad_ones_are_told(
    hostile: tuple[Path, dict[str, list[Path]]], tmp_path: Path
) -> None:
    raw, files = hostile
    assert len(files) >= 40
    texts = good(200)
    run_corpus(write_files(tmp_path / "alone", texts), tmp_path / "expected", ALL_STAGES)
    run_corpus(write_files(raw, texts), tmp_path / "out", ALL_STAGES)
    expected, found = rows_of_good(tmp_path / "expected"), rows_of_good(tmp_path / "out")
    assert len(expected["documents"]) == 200
    assert all(len(expected[name]) >= 200 for name in ("facts", "amounts", "companies", "dates"))
    for name, rows in expected.items():
        assert found[name] == rows, name
    told = {
        str(row["source"]).partition("#")[0]
        for name in ("documents", "problems")
        for row in pq.read_table(tmp_path / "out" / f"{name}.parquet").to_pylist()
    }
    lost = [
        path
        for paths in files.values()
        for path in paths
        if not any(source == (own := source_of(path, raw)) or source.startswith(f"{own}/") for source in told)
    ]
    assert not lost
    problems = pq.read_table(tmp_path / "out" / "problems.parquet").to_pylist()
    assert not [row for row in problems if str(row["source"]).startswith("good/")]
    # What no reader told apart is a fault of ours, though it cost a row; what was killed may have been meant to kill.
    assert not [row for row in problems if row["kind"] in ("failed", "internal")]
    print(Counter(row["kind"] for row in problems))
