"""Two processes of two threads search while a third commits, tidies and rebuilds: never a wrong answer."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from archive.search.whoosh_engine import WhooshEngine
from tests.search.small_indexes import make

ROOT = Path(__file__).parents[2]
SECONDS = 5


def test_readers_are_right_whatever_a_writer_does(engine: WhooshEngine, root: Path) -> None:
    steady = make("steady", "a constant word")
    engine.replace_documents([steady], public=True)
    command = [sys.executable, "-m", "tests.search.reader", str(root)]
    readers = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for reader in readers:
        assert reader.stdout
        assert reader.stdout.readline() == "ready\n"
    until, number = time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        number += 1
        engine.replace_documents([make(f"d{number}", "other words")], public=True)
        if number % 7 == 0:
            engine.remove_documents([f"d{number - 3}"])
        if number % 10 == 0:
            engine.tidy()
        if number % 15 == 0:
            engine.rebuild([(steady, True), (make("more", "other words"), True)])
    told = [reader.communicate(timeout=30)[0].split("\n") for reader in readers]
    assert number > 15
    assert [lines[1:-1] for lines in told] == [[], []]
    assert all(int(lines[0]) > 100 for lines in told)
