"""Progress on a terminal, and nothing anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Progress:
    """Shows one bar a stage on standard error where that is a terminal, and keeps the seconds each stage took."""

    shown: bool = True
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Callable[[int], None]]:
        """A stage of `total` steps; the block is handed a function to call with the steps just done."""
        began = time.perf_counter()
        try:
            if not (self.shown and sys.stderr.isatty()):
                yield lambda _: None
                return
            from rich.console import Console
            from rich.progress import Progress as Bar

            with Bar(console=Console(stderr=True), transient=True) as bar:
                task = bar.add_task(name, total=total)
                yield lambda steps: bar.update(task, advance=steps)
        finally:
            self.seconds[name] = round(time.perf_counter() - began + self.seconds.get(name, 0.0), 3)

    @contextmanager
    def count(self, name: str) -> Iterator[Callable[[int, int, str], None]]:
        """A bar for work whose size is found on the way: the block is handed a function of steps done and steps known."""
        if not (self.shown and sys.stderr.isatty()):
            yield lambda done, known, word: None
            return
        from rich.console import Console
        from rich.progress import Progress as Bar

        with Bar(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(name, total=None)
            yield lambda done, known, word: bar.update(task, completed=done, total=known)
