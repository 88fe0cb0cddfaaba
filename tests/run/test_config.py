from pathlib import Path

import pytest

from corpus.config import Config, load_config
from corpus.errors import ConfigError


def test_options_override_the_file(tmp_path: Path) -> None:
    path = tmp_path / "corpus.toml"
    path.write_text('languages = ["fr", "en"]\nuntil = "clean"\n[models]\nfr = "fr_core_news_sm"\n')
    config = load_config(path, until="repeats", workers=None)
    assert (config.languages, config.until, config.models) == (
        ("fr", "en"),
        "repeats",
        {"fr": "fr_core_news_sm"},
    )


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('langages = ["fr"]', "Did you mean languages?"),
        ('until = "clen"', "The stages are: clean, repeats, entities, topics."),
        ('languages = "fr"', "languages must be a list of strings"),
        ("topics = true", "topics must be a number"),
        ('topics = "ten"', "topics must be a number"),
        ("topics = 1", "at least 2"),
        ('languages = ["français"]', "ISO 639-1"),
        ("languages = [", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_a_sentence(tmp_path: Path, toml: str, words: str) -> None:
    path = tmp_path / "corpus.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert words in str(caught.value)


def test_workers_are_no_part_of_the_meaning() -> None:
    assert Config(workers=1).meaning() == Config(workers=7, cluster="tcp://x").meaning()
    assert Config(topics=3).meaning() != Config(topics=4).meaning()
