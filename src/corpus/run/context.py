"""What the stages share while a run lasts: where it writes, how it is meant, who does the work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.config import Config
from corpus.errors import WorkerLostError
from corpus.identity import digest
from corpus.run.beacon import MOST_DEATHS, NO_CARE, Deaths
from corpus.run.executors import Begun, run_tasks
from corpus.run.finished import is_finished
from corpus.run.hardlimit import available_cores
from corpus.run.progress import Progress
from corpus.run.workspace import WORK_FOLDER, code_fingerprint
from corpus.schemas import STAGES

Task = tuple[Any, ...]
FOLDER = 1
"""Every task's second argument is the folder it leaves; its first is what it is made from."""


@dataclass(slots=True)
class Run:
    """A run while it lasts; `used` names the finished work it took up, `notes` say how a stage did it where it had a choice.

    `earlier` is the record of the run before, where that ended well; `sources` tells by table what it is made from.
    """

    out: Path
    config: Config
    executor: Executor
    progress: Progress
    used: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    refit: bool = False
    earlier: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    _whole: set[Path] = field(default_factory=set)

    def work(self, kind: str, *key: Any) -> Path:
        """The folder of the finished work of that kind and key, there already or not."""
        name = f"{kind}-{digest(code_fingerprint(), key)}"
        self.used.add(name)
        return self.out / WORK_FOLDER / name

    def kind(self, name: str, *key: Any) -> str:
        """A kind of work that is done by this code and with this key: what earlier runs did of it can be looked for."""
        return f"{name}-{digest(code_fingerprint(), key)}"

    def finished(self, kind: str) -> list[Path]:
        """All finished work of a kind, of this run and of earlier ones."""
        found = sorted((self.out / WORK_FOLDER).glob(f"{kind}-*"))
        return [path for path in found if self._is_finished(path)]

    def _is_finished(self, folder: Path) -> bool:
        """Whether a folder is finished work: its bytes are looked at once a run."""
        if folder not in self._whole and is_finished(folder):
            self._whole.add(folder)
        return folder in self._whole

    def reaches(self, stage: str) -> bool:
        """Whether the run goes as far as `stage`."""
        return STAGES.index(self.config.until) >= STAGES.index(stage)

    def make(self, name: str, function: Callable[..., Any], tasks: Sequence[Task]) -> list[Any]:
        """Do those tasks whose folder is not there yet, or not whole; what `function` gave for each of them, in order.

        `function` takes the task's members and, last, the `Care` it is to be done with: a process that dies is replaced, and
        the document that kills one twice is left out. Raises WorkerLostError where processes die of no document.
        """
        return self.begin(name, function, tasks)()

    def begin(
        self, name: str, function: Callable[..., Any], tasks: Sequence[Task]
    ) -> Callable[[], list[Any]]:
        """Hand the tasks that `make` would do to the executor; what is returned waits for them and gives what `make` gives."""
        missing = [task for task in tasks if not self._is_finished(task[FOLDER])]
        deaths: dict[Path, Deaths] = {}

        def again(task: Task, error: BaseException) -> Task:
            folder: Path = task[FOLDER]
            known = deaths.setdefault(folder, Deaths())
            if not known.learn(folder, getattr(error, "out_of_time", False)):
                raise _lost(name) from error
            return (*task[:-1], known.care)

        begun = Begun(self.executor, function, [(*task, NO_CARE) for task in missing])

        def finish() -> list[Any]:
            with self.progress.stage(name, len(missing)) as done:
                return begun.results(done, again)

        return finish

    def do(self, name: str, function: Callable[..., Any], tasks: Sequence[Task]) -> list[Any]:
        """Do all those tasks, which keep no finished work; again where a process dies. Raises WorkerLostError."""
        deaths: Counter[int] = Counter()

        def again(task: Task, error: BaseException) -> Task:
            deaths[id(task)] += 1
            if deaths[id(task)] >= MOST_DEATHS:
                raise _lost(name) from error
            return task

        with self.progress.stage(name, len(tasks)) as done:
            return run_tasks(self.executor, function, tasks, done, again)

    @property
    def has_room(self) -> bool:
        """Whether more than one task is done at a time."""
        return self.config.cluster is not None or (self.config.workers or available_cores()) > 1


def _lost(name: str) -> WorkerLostError:
    return WorkerLostError(
        f"A process that worked on the stage {name} died {MOST_DEATHS} times, of lack of memory or a fault in a library. "
        "Free some memory or give fewer --workers; the same command continues where it stood."
    )
