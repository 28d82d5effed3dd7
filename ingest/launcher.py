"""The parent's hold on its children: start them through the zygote, hear how they ended, end them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from ingest.child import ChildJob
from ingest.errors import ReaderCrashed

_MESSAGE_BYTES = 256
_SECONDS_TO_START = 60.0  # importing the libraries takes half a second; a loaded machine takes longer
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")


class ZygoteDied(Exception):
    """The process that forks the children is gone, and they with it."""


@dataclass(frozen=True, slots=True)
class Death:
    """How a child ended: what ``os.wait4`` said."""

    status: int
    max_rss_bytes: int

    @property
    def was_signalled(self) -> bool:
        """Whether a signal ended it: a crash, an abort, a limit."""
        return os.WIFSIGNALED(self.status)


class Child:
    """One child: ``connection`` is where its lines come from."""

    def __init__(self, child_id: int, connection: socket.socket) -> None:
        self.child_id = child_id
        self.connection = connection

    def fileno(self) -> int:
        """For selectors."""
        return self.connection.fileno()


class Launcher:
    """Starts children. One thread only. ``restarts`` counts how often the zygote had to be started again."""

    def __init__(self) -> None:
        self.restarts = -1
        self._ids = count(1)
        self._start()

    def fileno(self) -> int:
        """For selectors: readable when ``hear`` has something to tell."""
        return self._control.fileno()

    def launch(self, path: Path, job: ChildJob) -> Child:
        """A child that works at ``job`` on the file. Raises ``OSError`` and ``ZygoteDied``."""
        child_id = next(self._ids)
        return Child(child_id, self._fork(child_id, path, job))

    def kill(self, child: Child) -> None:
        """End a child; ``hear`` tells when it is dead. Raises ``ZygoteDied``."""
        self._send(b"kill %d" % child.child_id)

    def hear(self) -> dict[int, Death]:
        """Who died since the last call, by child id. Raises ``ZygoteDied``."""
        deaths: dict[int, Death] = {}
        while (message := self._receive()) is not None:
            _, child_id, status, max_rss_kb = message.split()
            deaths[int(child_id)] = Death(int(status), int(max_rss_kb) * 1024)
        return deaths

    def restart(self) -> None:
        """Start the zygote anew after ``ZygoteDied``."""
        self.close()
        self._start()

    def close(self) -> None:
        """End the zygote, and with it all its children."""
        self._control.close()
        self._process.kill()
        self._process.wait()

    def _start(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = ours
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ingest.zygote", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=_clean_environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C in a terminal goes to the parent, who decides
            )
        self.restarts += 1
        ours.settimeout(_SECONDS_TO_START)
        try:
            if ours.recv(_MESSAGE_BYTES) != b"ready":
                raise ReaderCrashed("The PDF reader could not be started. Is the installation complete?")
        finally:
            ours.settimeout(0)

    def _fork(self, child_id: int, path: Path, job: ChildJob) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            self._send(b"fork %d" % child_id, [file, theirs.fileno()])
            ours.sendall(job.to_bytes())
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
            os.close(file)
        ours.settimeout(0)
        return ours

    def _send(self, message: bytes, descriptors: list[int] | None = None) -> None:
        try:
            socket.send_fds(self._control, [message], descriptors or [])
        except OSError as error:
            raise ZygoteDied from error

    def _receive(self) -> bytes | None:
        try:
            message = self._control.recv(_MESSAGE_BYTES)
        except BlockingIOError:
            return None
        except OSError as error:
            raise ZygoteDied from error
        if not message:
            raise ZygoteDied
        return message


def _clean_environment() -> dict[str, str]:
    """What the children need and nothing else: no settings, no keys."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    folders = [str(Path(__file__).resolve().parent.parent), *filter(None, sys.path)]
    return kept | {
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(folders)),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
