"""Keeps processes running: starts each, starts it again when it dies, ends all when told to."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

PATIENCE_SECONDS = 15.0  # how long a process may take to stop before it is killed
QUICK_DEATH_SECONDS = 2.0  # one that dies sooner than this is started again more and more slowly
LONGEST_PAUSE_SECONDS = 30.0
_PR_SET_PDEATHSIG = 1  # sys/prctl.h


@dataclass(slots=True)
class _Kept:
    name: str
    start: Callable[[], int]
    process: int = 0
    started_at: float = 0.0
    start_again_at: float = 0.0
    pause: float = field(default=1.0)


class Supervisor:
    """Runs until SIGTERM or SIGINT, then stops everything it started."""

    def __init__(self) -> None:
        self._kept: list[_Kept] = []
        self._stopping = False

    def keep_forked(self, name: str, body: Callable[[], None]) -> None:
        """Keep a process that runs ``body``. Fork before threads or connections exist."""
        self._kept.append(_Kept(name, lambda: _fork(body)))

    def keep_running(self, name: str, command: list[str], *, niceness: int = 0) -> None:
        """Keep a command running; ``niceness`` (nice(2)) is by how much it steps back for others."""
        self._kept.append(_Kept(name, lambda: _fork(lambda: _become(command, niceness))))

    def run(self) -> None:
        """Start all, watch them, and return when they have stopped after a signal."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while not self._stopping:
            self._start_missing()
            self._reap()
            time.sleep(0.2)
        self._end_all()

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _start_missing(self) -> None:
        for kept in self._kept:
            if kept.process == 0 and time.monotonic() >= kept.start_again_at:
                kept.process, kept.started_at = kept.start(), time.monotonic()

    def _reap(self) -> None:
        for kept in self._kept:
            if kept.process and _has_ended(kept.process):
                self._note_death(kept)

    def _note_death(self, kept: _Kept) -> None:
        kept.process = 0
        lived = time.monotonic() - kept.started_at
        kept.pause = min(kept.pause * 2, LONGEST_PAUSE_SECONDS) if lived < QUICK_DEATH_SECONDS else 1.0
        kept.start_again_at = time.monotonic() + kept.pause
        print(f"{kept.name} has ended; starting it again in {kept.pause:.0f} s", file=sys.stderr)  # noqa: T201  the operator's log

    def _end_all(self) -> None:
        for kept in self._kept:
            if kept.process:
                os.kill(kept.process, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_SECONDS
        for kept in self._kept:
            while kept.process and not _has_ended(kept.process):
                if time.monotonic() > deadline:
                    os.kill(kept.process, signal.SIGKILL)
                time.sleep(0.05)


def _fork(body: Callable[[], None]) -> int:
    parent = os.getpid()
    process = os.fork()
    if process:
        return process
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    _end_with(parent)
    try:
        body()
    except Exception:  # noqa: BLE001  the operator's log gets the traceback, the parent the exit code
        traceback.print_exc()
    finally:
        os._exit(1)


def _become(command: list[str], niceness: int) -> None:
    """Go on as another program, out of reach of the terminal's Ctrl-C: the supervisor tells it to stop."""
    os.setpgid(0, 0)
    os.nice(niceness)
    os.execv(command[0], command)  # noqa: S606  our own Python, with a list of arguments


def _end_with(parent: int) -> None:
    """Have the kernel stop this process when the supervisor dies, however it dies (prctl(2)).

    The wish survives the exec of another program.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it died before we had asked
        os._exit(1)


def _has_ended(process: int) -> bool:
    ended, _ = os.waitpid(process, os.WNOHANG)
    return ended == process
