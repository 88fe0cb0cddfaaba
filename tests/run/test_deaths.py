"""Processes that die in every stage: of a document, which costs itself alone, or of nothing to do with the documents."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from corpus.config import Config
from corpus.errors import WorkerLostError
from corpus.run.pipeline import run_corpus
from tests.conftest import run_here, write_files
from tests.run.test_run import TEXT, files_of

# Where each stage takes documents in its hands, and the company of the document that kills it there.
PLACES = {
    "read": ("Corvaluna", "corpus.clean.document", "read_source"),
    "clean": ("Dorsanel", "corpus.clean.document", "article_rules"),
    "repeats": ("Brelanor", "dedupe.repeats", "read_paragraphs"),
    "marks": ("Avenioz", "corpus.run.stages.texts", "text_key"),
    "entities": ("Elvanora", "extract.entities", "find_amounts"),
    "mentions": ("Nexolia", "extract.documents", "settle_document"),
    "names": ("Ombrelor", "corpus.run.stages.names", "_with_column"),
    "corrections": ("Talvinor", "corpus.run.stages.corrections", "correct_rows"),
    "events": ("Zephirel", "corpus.run.stages.events", "statements_of"),
    "topics": ("Quintavel", "corpus.topics.occurrences", "_words_of"),
}
# The same in the call that works on all documents together, where that is another one (topics read all words in one way).
TOGETHER = [("Brelanor", "dedupe.index", "read_paragraphs")]
TOLD = {"mentions": "entities"}
"""Stages that are told by another name in `problems`."""
NOT_READ = ("read", "clean", "marks")
SHIM = """
import importlib, os, signal, sys
def shim(condition, name, function):
    if "corpus.run.worker" not in sys.orig_argv:
        return
    module = importlib.import_module(name)
    real = getattr(module, function)
    def fall(*arguments, **named):
        if condition(name, function, arguments + tuple(named.values())):
            os.kill(os.getpid(), signal.SIGKILL)  # as the kernel does where memory is short
        return real(*arguments, **named)
    setattr(module, function, fall)
"""
OF_A_DOCUMENT = """
for word, *place in {places!r}:
    def holds(name, function, arguments, word=word):
        return word in repr([one.to_pydict() if hasattr(one, "to_pydict") else one for one in arguments])
    shim(holds, *place)
"""
OF_NOTHING = """
def once(name, function, arguments):
    try:
        os.close(os.open({folder!r} + "/" + name + "." + function, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True
for place in {places!r}:
    shim(once, *place)
"""


def fatal_text(word: str) -> str:
    return f"La société {word} SA a levé 12 millions d’euros en mars 2024 auprès du fonds Partech, dit le journal.\n"


def shouted(word: str) -> str:
    """The company in capitals, which the corpus writes otherwise: the rows of the document are renamed."""
    return f"La société {word.upper()} SA a investi 3 millions d’euros en avril 2024, dit le journal.\n"


def put_shim(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    write_files(folder, {"sitecustomize.py": SHIM + text})
    monkeypatch.setenv("PYTHONPATH", str(folder))


def good_texts() -> dict[str, str]:
    return {f"{i:03}.txt": TEXT.format(i) for i in range(12)}


def rows(out: Path, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(out / f"{name}.parquet").to_pylist()
    return found


def test_a_document_that_kills_its_worker_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One document for each stage, which kills whatever process takes it in hand there; one worker."""
    places = [*PLACES.values(), *TOGETHER]
    fatal = {f"{stage}.txt": fatal_text(word) for stage, (word, *_) in PLACES.items()}
    fatal["names.txt"] += shouted(PLACES["names"][0])
    raw, out = write_files(tmp_path / "raw", good_texts() | fatal), tmp_path / "out"
    write_files(tmp_path, {"fix.csv": "action,scope,text,to,note\nrename,corpus,Partech,Partech Partners,\n"})
    config = Config(workers=1, corrections=str(tmp_path / "fix.csv"))
    put_shim(tmp_path / "shim", monkeypatch, OF_A_DOCUMENT.format(places=places))
    run_corpus(raw, out, config)
    told = {row["source"]: row for row in rows(out, "problems") if row["kind"] == "worker_died"}
    expected = {f"{stage}.txt": TOLD.get(stage, stage) for stage in PLACES}
    assert {source: row["stage"] for source, row in told.items() if source != "read.txt"} == {
        source: stage for source, stage in expected.items() if source != "read.txt"
    }
    assert told["read.txt"]["stage"] in ("read", "clean")
    assert {source for source, row in told.items() if not row["recovered"]} == {f"{s}.txt" for s in NOT_READ}
    documents = {row["source"]: row["doc_id"] for row in rows(out, "documents")}
    assert documents.keys() == (good_texts() | fatal).keys() - {f"{stage}.txt" for stage in NOT_READ}
    # What each is left out of, and what it is left in.
    for table, without in (
        ("amounts", {"entities", "mentions", "names", "corrections"}),
        ("facts", {"entities", "mentions", "names", "corrections", "events"}),
        ("doc_topics", {"topics"}),
    ):
        held = {row["doc_id"] for row in rows(out, table)}
        for stage in PLACES.keys() - set(NOT_READ):
            assert (documents[f"{stage}.txt"] in held) == (stage not in without), (table, stage)
        if table != "facts":
            assert {documents[source] for source in good_texts()} <= held
    before = files_of(out)
    assert run_corpus(raw, out, config).unchanged
    (out / "amounts.parquet").unlink()
    run_corpus(raw, out, config)
    assert files_of(out) == before


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["read", "clean", "entities"])
def test_a_document_that_no_clock_can_stop_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    """A pattern that backtracks for ever holds the interpreter: nothing in the process can stop it."""
    word, module, name = PLACES[stage]
    texts = {"a.txt": TEXT.format(1), "bad.txt": fatal_text(word)}
    raw = write_files(tmp_path / "raw", texts)
    hang = (
        "import re\n"
        f"def hangs(name, function, arguments):\n    return {word!r} in repr(arguments) and re.match('(a|a)*b', 'a' * 99)\n"
        f"shim(hangs, {module!r}, {name!r})\n"
    )
    put_shim(tmp_path / "shim", monkeypatch, hang)
    run_corpus(raw, tmp_path / "out", Config(until="entities", workers=1, document_seconds=5))
    found = [row for row in rows(tmp_path / "out", "problems") if row["kind"] == "time_limit"]
    assert [row["source"] for row in found] == ["bad.txt"]
    documents = {row["source"] for row in rows(tmp_path / "out", "documents")}
    assert documents == (texts.keys() if stage == "entities" else {"a.txt"})


def test_a_document_that_fills_the_memory_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes 1.6 GB and gives them back: without a bound it would be read like any other."""
    word, module, name = PLACES["read"]
    raw = write_files(tmp_path / "raw", {"a.txt": TEXT.format(1), "bad.txt": fatal_text(word)})
    fill = (
        f"def fills(name, function, arguments):\n    return {word!r} in repr(arguments) and not "
        "[bytearray(b'x') * (1 << 24) for _ in range(100)]\n"
        f"shim(fills, {module!r}, {name!r})\n"
    )
    put_shim(tmp_path / "shim", monkeypatch, fill)
    run_corpus(raw, tmp_path / "out", Config(until="clean", workers=1))
    assert [(row["source"], row["kind"]) for row in rows(tmp_path / "out", "problems")] == [
        ("bad.txt", "worker_died")
    ]
    assert [row["source"] for row in rows(tmp_path / "out", "documents")] == ["a.txt"]


def test_a_worker_that_is_killed_once_in_every_stage_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = fatal_text("Corvaluna") + shouted("Corvaluna")
    raw = write_files(tmp_path / "raw", good_texts() | {"one.txt": one})
    write_files(tmp_path, {"fix.csv": "action,scope,text,to,note\nrename,corpus,Partech,Partech Partners,\n"})
    config = Config(workers=2, corrections=str(tmp_path / "fix.csv"))
    run_here(raw, tmp_path / "whole", config)
    places = [place for _, *place in PLACES.values()] + [["corpus.run.stages.tables", "sorted_groups"]]
    places += [place for _, *place in TOGETHER]
    places.remove(["dedupe.repeats", "read_paragraphs"])
    (tmp_path / "deaths").mkdir()
    text = OF_NOTHING.format(places=places, folder=str(tmp_path / "deaths"))
    put_shim(tmp_path / "shim", monkeypatch, text)
    run_corpus(raw, tmp_path / "out", config)
    assert len(list((tmp_path / "deaths").iterdir())) == len(places)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")


def test_processes_that_die_of_no_document_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = write_files(tmp_path / "raw", {"0.txt": TEXT.format(0)})
    text = 'shim(lambda *all: True, "corpus.run.stages.tables", "sorted_groups")\n'
    put_shim(tmp_path / "shim", monkeypatch, text)
    with pytest.raises(WorkerLostError, match="the stage tables died 3 times"):
        run_corpus(raw, tmp_path / "out", Config(until="clean", workers=1))
    monkeypatch.delenv("PYTHONPATH")
    run_here(raw, tmp_path / "out", Config(until="clean"))
    run_here(raw, tmp_path / "whole", Config(until="clean"))
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")
