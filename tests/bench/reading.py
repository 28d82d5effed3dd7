"""Reading against what anyone would use instead, on the same files in the same run.

Born-digital: pages a second through the sandbox (text, word boxes, redaction gate; no images, no
index) against plain pdfplumber and ``pdftotext -bbox``. Scanned: against plain ``tesseract`` on the
same pages, rendered beforehand. And the child's peak memory on a file of 1,000 pages.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import pdfplumber

from ingest.page import PageReading
from ingest.sandbox import ReadTask, Sandbox, TaskPage
from tests.bench.timing import each, median_seconds, seconds_of, watched_memory
from tests.pdfs import write_pdf

BORN_DIGITAL_ROUNDS = 4  # the files are few and small: read them several times over in one go
SCAN_DPI = 200


def measure_born_digital(files: Sequence[Path]) -> None:
    """Print pages a second of each reader and the ratios."""
    rounds = [file for _ in range(BORN_DIGITAL_ROUNDS) for file in files]
    with Sandbox(readers=os.cpu_count() or 1) as sandbox:
        pages = len(_read(sandbox, files))  # warm: the cost of a cold start is shown by whole ingest
        ours = pages * BORN_DIGITAL_ROUNDS / median_seconds(lambda: _read(sandbox, rounds))
    plumber = pages / seconds_of(lambda: each(_plumb, files))
    poppler = pages * BORN_DIGITAL_ROUNDS / median_seconds(lambda: each(_pdftotext, rounds))
    print(f"  {pages} born-digital pages in {len(files)} files")
    print(f"  sandbox           {ours:8.1f} pages/s")
    print(f"  pdfplumber        {plumber:8.1f} pages/s    ours is {ours / plumber:5.2f} times (bar: 8)")
    print(f"  pdftotext -bbox   {poppler:8.1f} pages/s    ours is {ours / poppler:5.2f} times (bar: 0.25)")


def measure_scans(files: Sequence[Path]) -> None:
    """Print pages a second for each core, ours and plain tesseract's."""
    with tempfile.TemporaryDirectory() as folder, Sandbox(readers=os.cpu_count() or 1) as sandbox:
        seconds = seconds_of(lambda: _read(sandbox, files, ocr=True))
        read = _read(sandbox, files[:1], ocr=True)
        pictures = _pictures(files, Path(folder))
        plain = len(pictures) / seconds_of(lambda: each(_tesseract, pictures))
    cores = os.cpu_count() or 1
    ours = len(pictures) / seconds / cores
    assert read
    print(f"  {len(pictures)} scanned pages in {len(files)} files, both cores used")
    print(f"  sandbox           {ours:8.2f} pages/s a core ({ours * cores:.2f} in all)")
    print(f"  tesseract         {plain:8.2f} pages/s a core    ours is {ours / plain:5.2f} times (bar: 0.8)")


def measure_long_file() -> None:
    """Print the peak memory of the child that reads a file of 1,000 pages."""
    with tempfile.TemporaryDirectory() as folder, Sandbox(readers=1) as sandbox:
        line = "The agency did not answer whether a county may opt out of Secure Communities. "
        path = write_pdf(
            Path(folder) / "long.pdf", *(f"Page {number}\n" + (line + "\n") * 40 for number in range(1000))
        )
        with watched_memory() as peak:
            seconds = seconds_of(lambda: _read(sandbox, [path], images=True))
    print(f"  1,000 pages with images in {seconds:.1f} s")
    print(f"  largest child     {peak.child_bytes / 1024**2:8.0f} MB (bar: 400)")


def _read(
    sandbox: Sandbox, files: Iterable[Path], *, ocr: bool = False, images: bool = False
) -> list[PageReading]:
    tasks = (
        ReadTask(key=str(number), path=file, images=images, ocr=ocr) for number, file in enumerate(files)
    )
    pages = [event.page for event in sandbox.read(tasks) if isinstance(event, TaskPage)]
    return [page for page in pages if isinstance(page, PageReading)]


def _plumb(file: Path) -> None:
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.close()


def _pdftotext(file: Path) -> None:
    subprocess.run([_program("pdftotext"), "-bbox", str(file), os.devnull], check=True, capture_output=True)


def _pictures(files: Iterable[Path], folder: Path) -> list[Path]:
    for number, file in enumerate(files):
        command = [
            _program("pdftoppm"),
            "-r",
            str(SCAN_DPI),
            "-gray",
            "-png",
            str(file),
            str(folder / f"{number:03}"),
        ]
        subprocess.run(command, check=True)
    return sorted(folder.glob("*.png"))


def _tesseract(picture: Path) -> None:
    environ = os.environ | {"OMP_THREAD_LIMIT": "1"}
    command = [_program("tesseract"), str(picture), "stdout", "tsv"]
    subprocess.run(command, check=True, capture_output=True, env=environ)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise SystemExit(f"The benchmark compares with {name}: apt-get install poppler-utils tesseract-ocr")
    return found
