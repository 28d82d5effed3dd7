"""``make bench``: prints what was measured, as ratios to something measured in the same run."""

from __future__ import annotations

import argparse
import csv
import tempfile
from pathlib import Path

from archive.samples import make_samples
from tests.bench.bench_redactions import measure_redactions
from tests.bench.bench_requests import measure_requests
from tests.bench.bench_sketches import measure_sketches
from tests.bench.ingest import measure_whole_ingest
from tests.bench.reading import measure_born_digital, measure_long_file, measure_scans
from tests.bench.search import measure_search
from tests.bench.site import measure_site
from tests.bench.timing import machine
from tests.bench.uploads import measure_uploads
from tests.pdfs import write_pdf

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
PARTS = ("reading", "ingest", "redactions", "search", "uploads", "sketches", "requests")


def main() -> None:
    """All benchmarks, or those named on the command line."""
    asked = _arguments()
    print(machine())
    if {"reading", "ingest"} & set(asked.parts):
        with tempfile.TemporaryDirectory() as folder:
            _measure_files(set(asked.parts), Path(folder))
    if "redactions" in asked.parts:
        print("\nRedactions of the labelled set and of real pages")
        measure_redactions()
    if "uploads" in asked.parts:
        print("\nReaders while 500 files are uploaded")
        with tempfile.TemporaryDirectory() as folder:
            measure_uploads(Path(folder))
    if "sketches" in asked.parts:
        print(f"\nThe same record again, {asked.pages:,} generated pages")
        with tempfile.TemporaryDirectory() as folder:
            measure_sketches(asked.pages, Path(folder))
    if "requests" in asked.parts:
        print("\nRequests, agencies and what is overdue: 5,000 requests, 50,000 documents")
        with tempfile.TemporaryDirectory() as folder:
            measure_requests(Path(folder))
    if "search" in asked.parts:
        print(f"\nSearch, {asked.pages:,} generated pages")
        with tempfile.TemporaryDirectory() as folder:
            where = asked.folder or Path(folder)
            measure_search(asked.pages, where)
            print("\nPages of results, made by the site over the same pages")
            measure_site(asked.pages, where)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"which of {', '.join(PARTS)}; default: all", metavar="part")
    parser.add_argument("--pages", type=int, default=10_000, help="how many pages are searched and sketched")
    parser.add_argument("--folder", type=Path, help="keep the indexes here, and use those that are there")
    asked = parser.parse_args()
    asked.parts = asked.parts or list(PARTS)
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}")
    return asked


def _measure_files(wanted: set[str], folder: Path) -> None:
    born, scans = _files(folder)
    if "reading" in wanted:
        print("\nReading born-digital pages")
        measure_born_digital(born)
        print("\nReading scanned pages")
        measure_scans(scans)
        print("\nA file of 1,000 pages")
        measure_long_file()
    if "ingest" in wanted:
        print("\nWhole ingest, with images, database and index")
        measure_whole_ingest("born-digital", [_long_memo(folder)])
        measure_whole_ingest("real, with pages that need OCR", born)
        measure_whole_ingest("scanned", scans)


def _files(folder: Path) -> tuple[list[Path], list[Path]]:
    """Born-digital and scanned files: the real ones where they are, else our samples."""
    if not CORPUS.is_dir():
        paths = [sample.path for sample in make_samples(folder)]
        return [path for path in paths if "scan" not in path.name], [
            path for path in paths if "scan" in path.name
        ]
    with (CORPUS / "manifest.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    born = [CORPUS / row["file"] for row in rows if row["born_digital_or_scan"].startswith("born-digital")]
    scans = [CORPUS / row["file"] for row in rows if row["has_text_layer"].startswith(("no", "partial"))]
    return born, scans


def _long_memo(folder: Path) -> Path:
    """300 pages of prose, so that the start of the command does not drown the speed of reading."""
    text = "The agency did not answer whether a county may opt out of the Secure Communities program.\n" * 40
    return write_pdf(folder / "long_memo.pdf", *(f"Page {number}\n{text}" for number in range(300)))


if __name__ == "__main__":
    main()
