"""What several test modules share: the sample corpus, run once."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.config import Config
from corpus.run.pipeline import RunResult, run_corpus

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "raw"
GOLD = ROOT / "data" / "gold"


@pytest.fixture(scope="session")
def sample_result(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    """The sample corpus, run whole in this process by one worker."""
    return run_corpus(SAMPLE, tmp_path_factory.mktemp("sample") / "out", Config(workers=1))


@pytest.fixture(scope="session")
def sample(sample_result: RunResult) -> Path:
    """The output folder of the sample corpus."""
    return sample_result.folder


def write_files(folder: Path, files: dict[str, str]) -> Path:
    """Write text files below `folder` and give it back."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
