"""Waking the worker up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from archive.jobs.queue import JobQueue


def test_the_worker_can_be_woken_again_and_again_from_several_threads(tmp_path: Path) -> None:
    queue = JobQueue(tmp_path / "queue.sqlite3")
    queue.enqueue_reading("a")
    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(queue.wake_up) for _ in range(24)]:
            done.result()
    assert queue._huey.pending_count() == 25
    queue.close()
