"""Small tools for benchmarks: times, ratios, memory of a process tree, and where the numbers were taken."""

from __future__ import annotations

import os
import platform
import statistics
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil


@dataclass(slots=True)
class Peak:
    """The highest resident memory seen, in bytes: of the whole process tree and of its largest child."""

    tree_bytes: int = 0
    child_bytes: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)


@contextmanager
def watched_memory(every_seconds: float = 0.05) -> Iterator[Peak]:
    """Sample this process and its descendants while the block runs."""
    peak = Peak()
    watcher = threading.Thread(target=_watch, args=(peak, every_seconds), daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        peak._stop.set()
        watcher.join()


def _watch(peak: Peak, every_seconds: float) -> None:
    me = psutil.Process()
    while not peak._stop.wait(every_seconds):
        children = [_resident(child) for child in me.children(recursive=True)]
        peak.child_bytes = max([peak.child_bytes, *children])
        peak.tree_bytes = max(peak.tree_bytes, _resident(me) + sum(children))


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def seconds_of(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median_seconds(work: Callable[[], object], times: int = 3) -> float:
    """The median of several calls."""
    return statistics.median(seconds_of(work) for _ in range(times))


def each(work: Callable[[Path], None], files: Iterable[Path]) -> None:
    """Do the work on one file after the other."""
    for file in files:
        work(file)


def machine() -> str:
    """What these numbers were measured on."""
    model = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    memory = psutil.virtual_memory().total / 1024**3
    load, python = os.getloadavg()[0], platform.python_version()
    return f"{os.cpu_count()} cores, {model}, {memory:.0f} GiB, Python {python}, load {load:.1f}"
