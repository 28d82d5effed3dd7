"""One engine's part of the comparison, in a process of its own: what it needs is its own, and a fresh
process is fresh. The numbers go to stdout as one line of JSON."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from archive.errors import ArchiveError
from tests.bench.contestants import EVERY, Contestant
from tests.bench.pages import generate_document, generate_documents
from tests.bench.search_questions import Question, questions, stream

ROUNDS, MIN_ROUNDS, SECONDS_A_KIND = 30, 7, 4.0
COMMITS = 32
ADDED_PAGES = 20
_FIRST_ADDED = 5_000_000  # document numbers that the index has not
_ROOT = Path(__file__).resolve().parents[2]

Numbers = dict[str, Any]


def run_phase(phase: str, engine: str, folder: Path, *more: str) -> Numbers:
    """Run a phase in a new process. What goes wrong in it ends the benchmark, with what it said."""
    command = [sys.executable, "-m", "tests.bench.search_phases", phase, engine, str(folder), *more]
    answer = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=_ROOT)
    numbers: Numbers = json.loads(answer.stdout.splitlines()[-1])
    return numbers


def build(engine: str, folder: Path, pages: str) -> Numbers:
    """Pages a second, with the generated pages at hand; bytes on the disk."""
    documents = list(generate_documents(int(pages)))
    contestant = EVERY[engine](folder)
    began = time.perf_counter()
    contestant.build(documents)
    seconds = time.perf_counter() - began
    contestant.close()
    return {"pages_per_second": int(pages) / seconds, "bytes": _bytes(folder)}


def warm(engine: str, folder: Path) -> Numbers:
    """Each question over and over."""
    with _opened(engine, folder) as contestant:
        return {
            "kinds": [_repeated(contestant, question) for question in questions()],
            "memory": _peak_memory(),
        }


def fresh(engine: str, folder: Path) -> Numbers:
    """500 different questions, each once, in this new process. Opening the index is part of the first."""
    asked, taken = stream(), []
    contestant: Contestant | None = None
    for question in asked:
        began = time.perf_counter()
        contestant = contestant or EVERY[engine](folder)
        contestant.ask(question)
        taken.append((time.perf_counter() - began) * 1000)
    return {**percentiles(taken), "first": taken[0], "memory": _peak_memory()}


def first(engine: str, folder: Path) -> Numbers:
    """The next reader: milliseconds of one question in a new process, opening included."""
    question = next(question for question in questions() if question.kind == "two words")
    began = time.perf_counter()
    EVERY[engine](folder).ask(question)
    return {"ms": (time.perf_counter() - began) * 1000}


def commits(engine: str, folder: Path) -> Numbers:
    """A running reader while another process adds documents: its first answer after each commit, every kind
    once after each, and seconds until the document is found."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as copied:
        copy = Path(copied) / "copy"
        shutil.copytree(folder, copy)
        with _opened(engine, copy) as reader, _writer(engine, copy) as add:
            found = _commit_again_and_again(reader, add)
        found["next_reader"] = [run_phase("first", engine, copy)["ms"] for _ in range(3)]
    return found


def _commit_again_and_again(reader: Contestant, add: Callable[[int], float]) -> Numbers:
    asked = [question for question in questions() if _answers(reader, question)]
    firsts, others, wide, visible = list[float](), list[float](), list[float](), list[float]()
    for number in range(COMMITS):
        seconds = add(_FIRST_ADDED + number)
        reader.refresh()
        at = number % len(asked)
        for place, question in enumerate((*asked[at:], *asked[:at])):
            taken = _milliseconds(reader, question)
            kind = wide if question.whole_vocabulary else firsts if place == 0 else others
            kind.append(taken)
            if place == 0:
                seconds += taken / 1000
        began = time.perf_counter()
        assert reader.ask(_marker_question(number)) == 1, "the added document was not found"
        visible.append(seconds + time.perf_counter() - began)
    return {
        "first": percentiles(firsts),
        "each": percentiles(firsts + others),
        "wide": percentiles(wide),
        "visible": max(visible),
    }


def write(engine: str, folder: Path) -> Numbers:
    """Add a document for each number that comes in; say how many seconds it took."""
    with _opened(engine, folder) as contestant:
        for line in sys.stdin:
            number = int(line)
            document = generate_document(number, ADDED_PAGES)
            marked = replace(document, title=_marker(number - _FIRST_ADDED))
            began = time.perf_counter()
            contestant.add(marked)
            print(time.perf_counter() - began, flush=True)
    return {}


def percentiles(taken: Sequence[float]) -> dict[str, float]:
    """p50, p95 and the largest."""
    if len(taken) < 2:
        return dict.fromkeys(("p50", "p95", "max"), taken[0] if taken else 0.0)
    return {"p50": statistics.median(taken), "p95": statistics.quantiles(taken, n=20)[-1], "max": max(taken)}


@contextmanager
def _opened(engine: str, folder: Path) -> Iterator[Contestant]:
    contestant = EVERY[engine](folder)
    try:
        yield contestant
    finally:
        contestant.close()


@contextmanager
def _writer(engine: str, folder: Path) -> Iterator[Callable[[int], float]]:
    command = [sys.executable, "-m", "tests.bench.search_phases", "write", engine, str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        told, said = child.stdin, child.stdout

        def add(number: int) -> float:
            told.write(f"{number}\n")
            told.flush()
            return float(said.readline())

        yield add
        told.close()
        said.read()


def _repeated(contestant: Contestant, question: Question) -> Numbers:
    """p50 and p95 of one question, after one to warm up; what an engine cannot answer is said."""
    try:
        began, hits = time.perf_counter(), contestant.ask(question)
    except ArchiveError as error:
        return {"hits": None, "refused": str(error)}
    cold = (time.perf_counter() - began) * 1000
    taken: list[float] = []
    while hits is not None and (len(taken) < MIN_ROUNDS or _goes_on(taken)):
        taken.append(_milliseconds(contestant, question))
    return {"hits": hits, "cold": cold, **percentiles(taken)}


def _goes_on(taken: Sequence[float]) -> bool:
    return len(taken) < ROUNDS and sum(taken) < SECONDS_A_KIND * 1000


def _milliseconds(contestant: Contestant, question: Question) -> float:
    began = time.perf_counter()
    contestant.ask(question)
    return (time.perf_counter() - began) * 1000


def _answers(contestant: Contestant, question: Question) -> bool:
    try:
        return contestant.ask(question) is not None
    except ArchiveError:
        return False


def _marker(number: int) -> str:
    return f"zyxmarker{number}zyx"


def _marker_question(number: int) -> Question:
    return Question("marker", _marker(number), _marker(number), _marker(number))


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _peak_memory() -> int:
    """The most resident bytes this process ever had, mapped files included."""
    status = Path(f"/proc/{os.getpid()}/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


PHASES: dict[str, Callable[..., Numbers]] = {
    phase.__name__: phase for phase in (build, warm, fresh, first, commits, write)
}

if __name__ == "__main__":
    name, engine_name, where, *rest = sys.argv[1:]
    print(json.dumps(PHASES[name](engine_name, Path(where), *rest)))
