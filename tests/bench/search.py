"""Search over generated pages beside SQLite FTS5 and tantivy, on the same pages in the same run.

What is printed: pages a second of building; each kind of query repeated; a stream of different queries from a
fresh process; the first query after a commit; memory and disk. Then each bar, held or not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.contestants import CONTESTANTS, UNKEPT
from tests.bench.search_phases import Numbers, run_phase
from tests.bench.search_questions import Question, questions

OURS, FTS5, TANTIVY = "ours", "FTS5", "tantivy"
MIB = 1024**2


@dataclass(slots=True)
class Bars:
    """What must hold, and whether it does."""

    lines: list[str] = field(default_factory=list)

    def judge(self, name: str, measured: float, bar: float, unit: str = "", *, least: bool = False) -> None:
        """Note one bar: at most ``bar``, or at least."""
        held = measured >= bar if least else measured <= bar
        word, than = "PASS" if held else "OVER", "at least" if least else "at most"
        self.lines.append(f"  {word}  {name}: {measured:,.1f}{unit} ({than} {bar:,.0f}{unit})")

    def show(self) -> None:
        """Print them all."""
        print("\n  The bars")
        print("\n".join(self.lines))


def measure_search(pages: int, folder: Path) -> Bars:
    """Print everything. An index that is in ``folder`` already is used as it is."""
    bars = Bars()
    _build_all(pages, folder, bars)
    _warm(folder, bars)
    _fresh(folder, bars)
    _commits(folder, bars)
    bars.show()
    return bars


def _build_all(pages: int, folder: Path, bars: Bars) -> None:
    print(f"\n  Building, {pages:,} pages")
    for engine in CONTESTANTS:
        if (folder / engine).exists():
            print(f"  {engine:10} was there")
            continue
        built = run_phase("build", engine, folder / engine, str(pages))
        speed = built["pages_per_second"]
        print(f"  {engine:10} {speed:8,.0f} pages/s   {built['bytes'] / MIB:8,.0f} MiB on the disk")
        if engine == OURS:
            bars.judge("building, pages a second", speed, 800, least=True)


def _warm(folder: Path, bars: Bars) -> None:
    found = {engine: run_phase("warm", engine, folder / engine) for engine in CONTESTANTS}
    unkept = run_phase("warm", UNKEPT, folder / OURS)["kinds"]
    print("\n  (a) Each query repeated, ms; 'first' is the first time in the process, 'unkept' p50 when no")
    print("  answers are kept until the next commit")
    theirs = "".join(f" |{name:>7} hits    first      p50      p95" for name in (FTS5, TANTIVY))
    print(f"  {'':24} {'hits':>7} {'first':>8} {'p50':>8} {'p95':>8}{theirs} | {'unkept':>7}")
    kinds = [found[engine]["kinds"] for engine in CONTESTANTS]
    for question, plain, *answers in zip(questions(), unkept, *kinds, strict=True):
        print(f"  {question.kind:24}" + " |".join(map(_cells, answers)) + f" | {plain['p50']:7.2f}")
    by_engine = dict(zip(CONTESTANTS, kinds, strict=True))
    _judge_warm(by_engine, bars)
    for other, times in ((FTS5, 1.0), (TANTIVY, 2.0)):
        slower = ", ".join(_slower(questions(), {OURS: unkept, other: by_engine[other]}, other, times))
        print(f"  without kept answers over {times:.0f} x {other}: {slower or 'none'}")
    for engine in CONTESTANTS:
        print(f"  {engine:10} peak memory after all of them {found[engine]['memory'] / MIB:,.0f} MiB")
    bars.judge("memory of our process", found[OURS]["memory"] / MIB, 1024, " MiB")


def _cells(answer: Numbers) -> str:
    if answer["hits"] is None:
        return f"{answer.get('refused', 'no equal')[:34]:>34}"
    first = f"{answer['cold']:8.1f} "
    return f" {answer['hits']:7,} {first}{answer['p50']:8.2f} {answer['p95']:8.2f}"


def _judge_warm(found: dict[str, list[Numbers]], bars: Bars) -> None:
    asked = questions()
    refused = [
        question.kind for question, ours in zip(asked, found[OURS], strict=True) if ours["hits"] is None
    ]
    bars.judge("kinds of query that ours cannot answer", len(refused), 0)
    slower = _slower(asked, found, FTS5, 1.0)
    bars.judge(f"(a) kinds slower than FTS5's p50{': ' * bool(slower)}{', '.join(slower)}", len(slower), 0)
    compared = sum(theirs["hits"] is not None for theirs in found[TANTIVY])
    slower = _slower(asked, found, TANTIVY, 2.0)
    share = 100 * (1 - len(slower) / compared)
    others = f", all but {', '.join(slower)}" if slower else ""
    bars.judge(f"(a) kinds within twice tantivy's p50{others}", share, 90, " %", least=True)


def _slower(asked: list[Question], found: dict[str, list[Numbers]], other: str, times: float) -> list[str]:
    """The kinds on which ours takes more than ``times`` the other's; a single rare word may take twice."""
    kinds = []
    for question, ours, theirs in zip(asked, found[OURS], found[other], strict=True):
        if theirs["hits"] is None:
            continue
        allowed = 2.0 if question.single_rare else times
        if ours["hits"] is None or ours["p50"] > allowed * theirs["p50"]:
            kinds.append(question.kind)
    return kinds


def _fresh(folder: Path, bars: Bars) -> None:
    print("\n  (b) 500 different queries from a fresh process, ms")
    found: dict[str, Any] = {}
    for engine in CONTESTANTS:
        _put_in_page_cache(folder / engine)
        found[engine] = run_phase("fresh", engine, folder / engine)
        print(f"  {engine:10} {_spread(found[engine])}   very first {found[engine]['first']:.0f}")
    bars.judge("(b) p50, to FTS5's", 100 * found[OURS]["p50"] / found[FTS5]["p50"], 100, " %")
    bars.judge("(b) p95", found[OURS]["p95"], 250, " ms")


def _commits(folder: Path, bars: Bars) -> None:
    print("\n  (c) While another process adds documents of 20 pages, ms")
    for engine in CONTESTANTS:
        found = run_phase("commits", engine, folder / engine)
        print(f"  {engine:10} first answer after a commit {_spread(found['first'])}")
        print(f"  {'':10} each kind after each commit {_spread(found['each'])}")
        print(f"  {'':10} whole-vocabulary wildcards  {_spread(found['wide'])}")
        slowest = max(found["next_reader"])
        print(f"  {'':10} document found after at most {found['visible']:.2f} s")
        print(f"  {'':10} the next reader's first answer {slowest:.0f}")
        if engine == OURS:
            bars.judge("(c) first answer after a commit, p95", found["first"]["p95"], 400, " ms")
            bars.judge("(c) each kind after each commit, p95", found["each"]["p95"], 400, " ms")
            bars.judge("(c) whole-vocabulary wildcards, longest", found["wide"]["max"], 2_000, " ms")
            bars.judge("an added document is found after", 1_000 * found["visible"], 1_000, " ms")
            bars.judge("the next reader's first answer", slowest, 400, " ms")


def _spread(found: dict[str, float]) -> str:
    return f"p50 {found['p50']:8.2f}  p95 {found['p95']:8.2f}  max {found['max']:8.2f}"


def _put_in_page_cache(folder: Path) -> None:
    """The same start for all: the files are in memory, the process has nothing."""
    for file in folder.rglob("*"):
        if file.is_file():
            file.read_bytes()
