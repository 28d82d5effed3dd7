"""Looks at a file's facts in a process that may break or hang without harm to the reading of the pages."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import select
import signal
import time

from ingest.file_facts import FactsNote, FileFacts
from ingest.pdf_facts import read_facts
from ingest.wire_checks import BadLine
from ingest.wire_facts import facts_to_json, parse_facts

NOT_LOOKED_AT = FileFacts(notes=(FactsNote.NOT_LOOKED_AT,))

_PR_SET_PDEATHSIG = 1
_SECONDS_FOR_PAGES = 1.0  # 2,000 empty pages take 0.05, with 20,000 links on them 0.4
_SECONDS = 3.0  # in all
_MAX_BYTES = 2_000_000


def find_facts(file_descriptor: int, *, seconds: float = _SECONDS) -> FileFacts:
    """The facts of an open file, or ``NOT_LOOKED_AT`` when that takes too long or goes wrong.

    For a process with one thread: it forks.
    """
    out, into = os.pipe()
    me = os.getpid()
    pid = os.fork()
    if not pid:
        os.close(out)
        _look(file_descriptor, into, me)
    os.close(into)
    try:
        return _parsed(_received(out, time.monotonic() + seconds))
    finally:
        os.close(out)
        os.kill(pid, signal.SIGKILL)  # not reaped yet, so the number is still its own
        os.waitpid(pid, 0)


def _look(file_descriptor: int, into: int, parent: int) -> None:
    """All of the process's life."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it died before we asked to be told
            os._exit(1)
        limit = round(_SECONDS) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        with os.fdopen(os.dup(file_descriptor), "rb") as file:
            facts = read_facts(file, seconds=_SECONDS_FOR_PAGES)
        with os.fdopen(into, "wb") as pipe:
            pipe.write(json.dumps(facts_to_json(facts)).encode("ascii"))
    finally:
        os._exit(0)  # never back into the reading, whatever was raised


def _received(out: int, until: float) -> bytes:
    """All that was sent in time; nothing when that was not all."""
    received = bytearray()
    while len(received) <= _MAX_BYTES:
        ready, _, _ = select.select([out], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return b""
        chunk = os.read(out, 65_536)
        if not chunk:
            return bytes(received)
        received += chunk
    return b""


def _parsed(sent: bytes) -> FileFacts:
    try:
        return parse_facts(json.loads(sent))
    except (BadLine, KeyError, TypeError, ValueError, RecursionError):
        return NOT_LOOKED_AT
