"""What the stages share while a run lasts: where it writes, how it is meant, who does the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.config import Config
from corpus.identity import digest
from corpus.run.executors import run_tasks
from corpus.run.progress import Progress
from corpus.run.workspace import WORK_FOLDER, code_fingerprint
from corpus.schemas import STAGES

Task = tuple[Any, ...]
FOLDER = 1
"""Every task's second argument is the folder it leaves; its first is what it is made from."""


@dataclass(slots=True)
class Run:
    """A run while it lasts; `used` names the finished work it took up."""

    out: Path
    config: Config
    executor: Executor
    progress: Progress
    used: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)

    def work(self, kind: str, *key: Any) -> Path:
        """The folder of the finished work of that kind and key, there already or not."""
        name = f"{kind}-{digest(code_fingerprint(), key)}"
        self.used.add(name)
        return self.out / WORK_FOLDER / name

    def reaches(self, stage: str) -> bool:
        """Whether the run goes as far as `stage`."""
        return STAGES.index(self.config.until) >= STAGES.index(stage)

    def make(
        self,
        name: str,
        function: Callable[..., None],
        tasks: Sequence[Task],
        lost: Callable[[Task], None] | None = None,
    ) -> None:
        """Do those tasks whose folder is not there yet; `lost` stands in where a worker process died of one."""
        missing = [task for task in tasks if not task[FOLDER].is_dir()]
        with self.progress.stage(name, len(missing)) as done:
            run_tasks(self.executor, function, missing, done, lost)
