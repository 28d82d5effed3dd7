"""`reading-room serve`: the site with its worker, which reads what is queued and outlives being killed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError

import psutil
import pytest

from tests.pdfs import write_pdf


class Served:
    """A running site."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.process = subprocess.Popen(
            [sys.executable, "-m", "archive", "--home", str(home), "serve", "--port", "0"],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        told = re.search(r"http://[\d.:]+", self.process.stderr.readline())
        assert told is not None
        self.address = told[0]

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.address + path, timeout=20) as answer:
            return json.loads(answer.read())

    def worker(self) -> psutil.Process | None:
        children = psutil.Process(self.process.pid).children()
        return next((child for child in children if "worker" in child.cmdline()), None)


def wait_for(what: Callable[[], Any], seconds: float = 60.0) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            found = what()
        except (URLError, ConnectionError, psutil.Error):
            found = None
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} seconds")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    site = Served(tmp_path / "home")
    yield site
    site.process.terminate()  # not killed: its site and worker would live on
    site.process.wait(30)


def queue(home: Path, path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "archive",
        "--home",
        str(home),
        "ingest",
        str(path),
        "--queue",
        "--publish",
    ]
    subprocess.run(command, check=True, capture_output=True)


def test_what_is_queued_is_read_by_the_worker_even_after_it_was_killed(
    served: Served, tmp_path: Path
) -> None:
    wait_for(lambda: served.get("/healthz"))
    queue(served.home, write_pdf(tmp_path / "first.pdf", "Zebras may opt out"))
    wait_for(lambda: served.get("/api/v1/search?q=zebras")["total_pages"] == 1)
    first = wait_for(served.worker)
    first.kill()
    second = wait_for(lambda: (found := served.worker()) and found.pid != first.pid and found)
    assert second.is_running()
    queue(served.home, write_pdf(tmp_path / "second.pdf", "Okapis may opt out"))
    wait_for(lambda: served.get("/api/v1/search?q=okapis")["total_pages"] == 1)


def test_the_site_stops_when_told_to_and_leaves_no_process_behind(served: Served) -> None:
    wait_for(lambda: served.get("/healthz"))
    wait_for(served.worker)
    family = psutil.Process(served.process.pid).children(recursive=True)
    os.kill(served.process.pid, signal.SIGTERM)
    assert served.process.wait(timeout=20) == 0
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []


def test_no_process_outlives_a_site_that_was_killed(served: Served) -> None:
    wait_for(lambda: served.get("/healthz"))
    wait_for(served.worker)
    family = psutil.Process(served.process.pid).children(recursive=True)
    os.kill(served.process.pid, signal.SIGKILL)
    _, alive = psutil.wait_procs(family, timeout=15)
    assert alive == []


def test_a_taken_port_is_said_in_a_sentence(served: Served, tmp_path: Path) -> None:
    port = served.address.rsplit(":", 1)[1]
    command = [sys.executable, "-m", "archive", "--home", str(tmp_path / "other"), "serve", "--port", port]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == 2
    assert f"port {port}" in answer.stderr
    assert "Traceback" not in answer.stderr
