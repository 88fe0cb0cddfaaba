"""Memory that a task held and nothing needs any more goes back to the system: another worker's next task may need it.

Allocators keep what was freed for the next time. A worker that has compared a whole corpus would sit on it to the end of the run.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

WORTH_IT = 64 << 20
"""Bytes: so much more than before must a process hold after a task before it looks for what it can give back."""
_STATM = Path("/proc/self/statm")


def resident() -> int:
    """Bytes of memory that this process holds; 0 where the system does not say."""
    try:
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError, AttributeError):
        return 0


def give_back(held: int) -> int:
    """Give freed memory back where this process holds WORTH_IT more than `held` bytes; what the next call is to be told."""
    now = resident()
    if now < held + WORTH_IT:
        return min(held, now)
    arrow = sys.modules.get("pyarrow")
    if arrow is not None:
        arrow.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's own
    if trim is not None:
        trim(0)
    return resident()
