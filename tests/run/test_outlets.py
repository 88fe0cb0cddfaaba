"""Who published a document: its own name, its address, what the user says, in this order; else nobody."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.config import Config, load_config
from corpus.errors import ConfigError
from corpus.metadata import read_metadata
from corpus.records import InputDocument
from corpus.run.cleaning import CleaningOptions
from corpus.run.outlets import OutletRules, outlet_rules
from corpus.run.pipeline import run_corpus
from corpus.run.summary import print_summary

TEXT = "La coopérative du port ouvre une seconde halle à la fin du mois, a dit sa présidente."


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_address_is_too_odd(site: str, url: str) -> None:
    for address in (url, f"https://{url}"):
        document = InputDocument("a.txt", "text", "text", TEXT, site=site, url=address)
        assert read_metadata(document, TEXT).url in (address, None)


@pytest.mark.parametrize(
    ("values", "source", "outlet"),
    [
        ({}, "Le Matin/a.txt", None),
        ({"folder": 1}, "Le Matin/2024/a.txt", "Le Matin"),
        ({"folder": 2}, "presse/Le Matin/a.csv#3", "Le Matin"),
        ({"folder": 2}, "Le Matin/a.txt", None),
        ({"folder": 1}, "a.txt", None),
        ({"pattern": "([^/]+)_[0-9]+[.]txt$"}, "x/matin_12.txt", "matin"),
        ({"pattern": "(x)/(?P<outlet>[^_]+)_"}, "x/matin_12.txt", "matin"),
        ({"pattern": "^presse/([^/]+)/", "folder": 1}, "blogs/a.txt", "blogs"),
        ({"pattern": "^presse/([^/]+)/", "folder": 1}, "presse/Soir/a.txt", "Soir"),
        ({"pattern": "^(presse)?"}, "blogs/a.txt", None),
    ],
)
def test_folder_and_pattern_name_what_names_nobody(
    values: Mapping[str, Any], source: str, outlet: str | None
) -> None:
    rules = outlet_rules(values)
    assert rules.outlet(source, None) == outlet
    assert rules.outlet(source, "La Gazette") == "La Gazette"


def test_a_list_names_hosts(tmp_path: Path) -> None:
    hosts = tmp_path / "hosts.csv"
    hosts.write_text(
        "\ufeffhost,name\nwww.matin.example,Le Matin\nhttps://eco.soir.example/,Soir Éco\n", "utf-8"
    )
    rules = outlet_rules({"hosts": str(hosts)})
    assert rules.outlet("a", "matin.example") == "Le Matin"
    assert rules.outlet("a", "eco.soir.example") == "Soir Éco"
    assert rules.outlet("a", "soir.example") == "soir.example"
    before = CleaningOptions.of(Config(outlet={"hosts": str(hosts)})).meaning()
    hosts.write_text("host,name\nmatin.example,Matin\n", "utf-8")
    assert CleaningOptions.of(Config(outlet={"hosts": str(hosts)})).meaning() != before


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"level": 1}, "folder, pattern, hosts"),
        ({"folder": 0}, "1 is the first"),
        ({"folder": True}, "1 is the first"),
        ({"folder": "presse"}, "1 is the first"),
        ({"pattern": "("}, "no regular expression"),
        ({"pattern": "presse/"}, "no group"),
        ({"pattern": 3}, "must be a string"),
        ({"hosts": 3}, "CSV"),
        ({"hosts": "nowhere.csv"}, "cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(values: Mapping[str, Any], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        outlet_rules(values)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("site;titre\na;b\n", "host,name"),
        ("host,name\nmatin.example\n", "line 2"),
        ("host,name\nmatin.example,A\nwww.matin.example,B\n", "two names"),
    ],
)
def test_a_wrong_list_is_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    hosts = tmp_path / "hosts.csv"
    hosts.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=words):
        outlet_rules({"hosts": str(hosts)})


def test_the_file_says_it(tmp_path: Path) -> None:
    file = tmp_path / "corpus.toml"
    file.write_text("[outlet]\nfolder = 2\n", "utf-8")
    assert load_config(file).outlet == {"folder": 2}
    file.write_text("outlet = 2\n", "utf-8")
    with pytest.raises(ConfigError, match="folder = 1"):
        load_config(file)


def test_a_run_asks_the_folder_only_when_told_to(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    for folder in ("Matin", "Soir"):
        (raw / folder).mkdir(parents=True)
        (raw / folder / "a.txt").write_text(
            f"{TEXT}\n\nC'est à {folder} que tout commence, dit-elle.", "utf-8"
        )
    (raw / "Soir" / "b.jsonl").write_text(
        json.dumps({"text": TEXT, "url": "https://www.matin.example/b"}) + "\n", "utf-8"
    )
    (tmp_path / "hosts.csv").write_text("host,name\nmatin.example,Le Matin\n", "utf-8")

    def outlets(config: Config) -> dict[str, str | None]:
        result = run_corpus(raw, tmp_path / "out", config)
        said = io.StringIO()
        with redirect_stderr(said):
            print_summary(result)
        table = pq.read_table(tmp_path / "out" / "documents.parquet")
        unnamed = table["outlet"].null_count
        assert (f"{unnamed} without an outlet" in said.getvalue()) == bool(unnamed)
        return dict(zip(table["source"].to_pylist(), table["outlet"].to_pylist(), strict=True))

    assert outlets(Config(until="clean", workers=1)) == {
        "Matin/a.txt": None,
        "Soir/a.txt": None,
        "Soir/b.jsonl#0": "matin.example",
    }
    rules = {"folder": 1, "hosts": str(tmp_path / "hosts.csv")}
    assert outlets(Config(until="clean", workers=1, outlet=rules)) == {
        "Matin/a.txt": "Matin",
        "Soir/a.txt": "Soir",
        "Soir/b.jsonl#0": "Le Matin",
    }
    with pytest.raises(ConfigError):
        run_corpus(raw, tmp_path / "out", Config(until="clean", workers=1, outlet={"folder": 0}))


def test_rules_without_a_word_name_nobody() -> None:
    assert OutletRules().outlet("a/b/c.txt", None) is None
