"""How many of the labelled redactions are found, kind by kind, and what looking for them costs.

Prints the tables of ``docs/redactions.md``. All scans take about a quarter of an hour; with ``--every 8``
every eighth page of the set is scanned.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.sandbox import Sandbox
from tests.bench.timing import machine, seconds_of
from tests.real.redaction_labels import read_labels
from tests.redaction_scores import Scores, score_pages
from tests.redaction_set.born_digital import born_digital_set
from tests.redaction_set.marks import LabelledFile
from tests.redaction_set.reading import read_all, scores_of
from tests.redaction_set.scanned import LEVELS, scanned_set

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
REAL_GROUPS = ("ice_i-213", "state_hrc", "aclu-v-ice_joint-appendix")


def measure_redactions(every: int = 1) -> None:
    """Print the scores of the drawn set, of its scans at each level, and of the labelled real pages."""
    with tempfile.TemporaryDirectory() as folder, Sandbox(readers=1) as sandbox:
        drawn = born_digital_set()
        _print("born-digital", scores_of(sandbox, Path(folder) / "drawn.pdf", drawn))
        for level in LEVELS:
            file = scanned_set(drawn, level, [page.number for page in drawn.pages[::every]])
            _measure_level(sandbox, Path(folder) / f"{level}.pdf", level, file)
        if CORPUS.is_dir():
            _measure_real(sandbox)


def _measure_level(sandbox: Sandbox, path: Path, level: str, file: LabelledFile) -> None:
    found: list[Scores] = []
    seconds = seconds_of(lambda: found.append(scores_of(sandbox, path, file)))
    _print(f"scans, {level}", found[0])
    print(f"  reading: {seconds / len(file.pages):.2f} s a page, OCR of the page included")


def _measure_real(sandbox: Sandbox) -> None:
    labels = read_labels()
    for group in (*REAL_GROUPS, ""):
        names = [name for name in labels if name.startswith(group)]
        _print(f"real pages, {group or 'all'}", _scores_of_real(sandbox, names))


def _scores_of_real(sandbox: Sandbox, names: Sequence[str]) -> Scores:
    readings = read_all(sandbox, *(CORPUS / name for name in names))
    labels = read_labels()
    return score_pages(
        (marks, readings[name, number].redactions) for name in names for number, marks in labels[name].items()
    )


def _print(title: str, scores: Scores) -> None:
    print(f"\n{title}: {scores.all.true} marks, {scores.all.found} found")
    print(scores.table())


def main(arguments: Iterable[str] | None = None) -> None:
    """Measure, as asked on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_redactions", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="read one scan in so many (default: all)")
    asked = parser.parse_args(None if arguments is None else list(arguments))
    print(machine())
    measure_redactions(asked.every)


if __name__ == "__main__":
    main()
