"""What several test modules share: the sample corpus, run once."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.config import Config
from corpus.run.executors import InProcess
from corpus.run.pipeline import RunResult, run_corpus

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "raw"
GOLD = ROOT / "data" / "gold"


@pytest.fixture(scope="session")
def sample_result(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    """The sample corpus, run whole in this process."""
    return run_here(SAMPLE, tmp_path_factory.mktemp("sample") / "out")


@pytest.fixture(scope="session")
def sample(sample_result: RunResult) -> Path:
    """The output folder of the sample corpus."""
    return sample_result.folder


def run_here(
    raw: Path, out: Path, config: Config | None = None, *, fresh: bool = False, refit: bool = False
) -> RunResult:
    """A run whose work is done in this process: no worker has to be started."""
    return run_corpus(raw, out, config, fresh=fresh, refit=refit, executor=InProcess())


def write_files(folder: Path, files: dict[str, str]) -> Path:
    """Write text files below `folder` and give it back."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
