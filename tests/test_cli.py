"""The command line as a user meets it: in a process of its own."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import write_files

TEXT = "Le gouvernement a annoncé un plan de 3 millions d’euros pour les laboratoires de l’université de Nantes.\n"


def corpus(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "corpus", *words], capture_output=True, text=True, check=False, cwd=cwd
    )


def test_help_is_instant() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert corpus("--help").returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # CPU seconds, not seconds by the clock: the machine may be busy with other tests.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.8


def test_version() -> None:
    from corpus import __version__

    assert corpus("--version").stdout.strip() == __version__


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "nowhere"], "does not exist"),
        (["run", ".", "out", "--until", "clen"], "The stages are"),
        (["run", ".", "out", "--languages", "fr,xyz"], "ISO 639-1"),
        (["run", ".", "out", "--config", "missing.toml"], "does not exist"),
        (["show", ".", "companies"], "holds no table"),
        (["show", ".", "nonsense"], "The tables are"),
        (["tables", "nonsense"], "The tables are"),
        (["trace", ".", "0123"], "holds no table"),
        (["evaluate", "missing.jsonl", "."], "cannot be read"),
    ],
)
def test_an_error_is_one_sentence_on_standard_error(words: list[str], message: str, tmp_path: Path) -> None:
    done = corpus(*words, cwd=tmp_path)
    assert done.returncode in (1, 2)
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "words", [["show", ".", "facts"], ["trace", ".", "0123"], ["evaluate", "gold.jsonl", "."]]
)
def test_a_cut_table_is_one_sentence(words: list[str], tmp_path: Path) -> None:
    write_files(tmp_path, {"facts.parquet": "PAR1", "documents.parquet": "PAR1", "gold.jsonl": ""})
    done = corpus(*words, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"corpus: The table {'facts' if 'facts' in words else 'documents'} of . is damaged"
    )
    assert "Traceback" not in done.stderr


def test_unread_inputs_end_with_three(tmp_path: Path) -> None:
    write_files(tmp_path / "raw", {"a.txt": TEXT, "b.txt": ""})
    done = corpus("run", "raw", "out", "--until", "clean", "--workers", "1", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stdout == ""
    assert "b.txt" in done.stderr


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    write_files(tmp_path / "raw", {"a.txt": TEXT})
    done = corpus("run", "raw", "out", "--dry-run", cwd=tmp_path)
    assert done.returncode == 0
    assert "1 files" in done.stdout
    assert not (tmp_path / "out").exists()


def test_quiet_says_nothing_and_json_says_everything(tmp_path: Path) -> None:
    write_files(tmp_path / "raw", {"a.txt": TEXT})
    quiet = corpus("run", "raw", "out", "--until", "clean", "--workers", "1", "--quiet", cwd=tmp_path)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    record = json.loads(
        corpus("run", "raw", "out", "--until", "clean", "--workers", "1", "--json", cwd=tmp_path).stdout
    )
    assert record["rows"]["documents"] == 1


def test_a_configuration_file_in_the_folder_is_read(tmp_path: Path) -> None:
    write_files(tmp_path, {"raw/a.txt": TEXT, "corpus.toml": 'until = "clean"\nworkers = 1\n'})
    assert corpus("run", "raw", "out", "-q", cwd=tmp_path).returncode == 0
    assert not (tmp_path / "out" / "companies.parquet").exists()


def test_show_prints_rows(sample: Path) -> None:
    lines = corpus(
        "show", str(sample), "amounts", "--json", "-n", "3", "--where", "currency = 'GBP'"
    ).stdout.splitlines()
    assert len(lines) == 3
    assert all(json.loads(line)["currency"] == "GBP" for line in lines)
    assert "rows" in corpus("show", str(sample), "topics").stdout


def test_a_query_reads_the_tables_and_nothing_else(sample: Path) -> None:
    done = corpus(
        "show",
        str(sample),
        "documents",
        "--where",
        "source in (select content from read_text('/etc/hostname'))",
    )
    assert done.returncode == 1
    assert "query failed" in done.stderr


def test_trace_follows_a_paragraph_that_changed_its_facts(sample: Path) -> None:
    row = json.loads(
        corpus(
            "show", str(sample), "paragraphs", "--json", "-n", "1", "--where", "changed_facts"
        ).stdout.splitlines()[0]
    )
    place = json.loads(corpus("trace", str(sample), f"{row['doc_id']}:{row['start']}", "--json").stdout)
    assert place["repeats"]["changed_facts"] is True
    assert any(difference["kind"] != "equal" for difference in place["repeats"]["differences"])
    assert "[-there-]" in corpus("trace", str(sample), f"{row['doc_id']}:{row['start']}").stdout


def test_doctor_finds_this_installation_well() -> None:
    findings = json.loads(corpus("doctor", "--json").stdout)
    assert {finding["subject"] for finding in findings} >= {"news-corpus", "spacy", "fr_core_news_sm"}
    assert not [finding for finding in findings if finding["level"] == "error"]


def test_an_interrupted_run_says_that_it_can_go_on(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", {f"{i:03}.txt": TEXT * 40 for i in range(400)})
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "corpus",
        "run",
        str(raw),
        str(out),
        "--until",
        "clean",
        "--workers",
        "1",
    ]
    # Where the tests were started in the background the signal is ignored, and so it would be in the child.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    started = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while not (out / ".work").exists() and started.poll() is None:
        time.sleep(0.01)
    started.send_signal(signal.SIGINT)
    _, said = started.communicate()
    assert started.returncode == 130
    assert said == "corpus: stopped. The same command continues where it stood.\n"


HOSTILE = (
    "Le texte [/b] dit [bold red]non[/] et \x1b[31mrougit\x07 devant 3 millions d’euros de l’université.\n"
)


def test_what_stands_in_data_is_printed_as_it_is_and_obeyed_by_no_terminal(tmp_path: Path) -> None:
    row = json.dumps({"text": HOSTILE, "title": "[/i]"})
    write_files(tmp_path / "raw", {"[red]a.jsonl": row + "\n", "b[bold].txt": ""})
    corpus("run", "raw", "out", "--until", "entities", "--workers", "1", cwd=tmp_path)
    for words in (
        ["show", "out", "paragraphs"],
        ["show", "out", "problems"],
        ["search", "out", "université"],
        ["search", "out", "dit"],
    ):
        done = corpus(*words, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "\x1b" not in done.stdout + done.stderr
        assert "\x07" not in done.stdout + done.stderr
    assert "Le texte [/b] dit [bold red]non[/]" in corpus("show", "out", "paragraphs", cwd=tmp_path).stdout
    said = corpus("show", "out", "problems", cwd=tmp_path).stdout
    assert said.index("message") < said.index("source")
    assert "b[bold].txt" in said
    doc_id = json.loads(corpus("show", "out", "documents", "--json", cwd=tmp_path).stdout)["doc_id"]
    traced = corpus("trace", "out", f"{doc_id}:0", cwd=tmp_path)
    assert traced.returncode == 0
    assert "\x1b" not in traced.stdout
    assert "[/b]" in traced.stdout


def test_search_prints_lines_or_json(sample: Path) -> None:
    done = corpus("search", str(sample), "millions", "-n", "3")
    assert len(done.stdout.splitlines()) == 3
    assert "hits of" in done.stderr
    hits = [
        json.loads(line) for line in corpus("search", str(sample), "MILLIONS", "--json").stdout.splitlines()
    ]
    assert len(hits) > 3
    assert all(hit["hit"].lower() == "millions" for hit in hits)
    assert corpus("search", str(sample), "(", "--pattern").returncode == 2


def test_report_and_export_say_where_they_wrote(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "r.html"
    done = corpus("report", str(sample), "-o", str(target), "--language", "fr", "--without-text")
    assert (done.returncode, done.stdout) == (0, "")
    assert str(target) in done.stderr.replace("\n", "")
    assert 'lang="fr"' in target.read_text(encoding="utf-8")
    done = corpus("export", str(sample), "--to", "txm", "-o", str(tmp_path / "txm"), "-q")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "txm" / "metadata.csv").is_file()
    assert corpus("export", str(sample), "--to", "odt").returncode == 2


def test_a_notebook_is_written_once_and_runs(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "first.ipynb"
    assert corpus("notebook", str(sample), "-o", str(target), "--write-only").returncode == 0
    cells = json.loads(target.read_text(encoding="utf-8"))["cells"]
    code = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    scope: dict[str, object] = {}
    for source in code:
        exec(source, scope)
    target.write_text("mine")
    assert corpus("notebook", str(sample), "-o", str(target), "--write-only").returncode == 0
    assert target.read_text() == "mine"


def test_the_demo_runs_what_comes_with_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus import demo
    from tests.conftest import SAMPLE

    assert demo.sample_corpus() == SAMPLE
    monkeypatch.setattr(demo, "sample_corpus", lambda: SAMPLE / "agences")
    demo.run_demo(tmp_path / "demo", quiet=True)
    assert (tmp_path / "demo" / "report.html").is_file()


def test_the_shell_can_be_taught() -> None:
    from corpus.commands import complete_format, complete_table

    assert complete_format("i") == ["iramuteq"]
    assert complete_table("para")[0] == "paragraphs"
    assert "--install-completion" in corpus("--help").stdout


def without_posix(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command line where the modules of Python are missing that Windows has not."""
    program = (
        "import sys; sys.modules.update(dict.fromkeys(('fcntl', 'grp', 'pwd', 'resource', 'termios')));"
        "from corpus.cli import main; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, check=False, cwd=cwd
    )


def test_where_posix_is_missing_tables_are_read(sample: Path, tmp_path: Path) -> None:
    """Runs there are in tests/run/test_portable.py."""
    assert without_posix("show", str(sample), "facts", "--json", cwd=tmp_path).stdout.startswith("{")
    written = without_posix("export", str(sample), "--to", "csv", "-o", "tables", cwd=tmp_path)
    assert written.returncode == 0, written.stderr
