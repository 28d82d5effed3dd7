"""Tesseract as a program (Debian's ``tesseract-ocr``): used where the wheel cannot be installed."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator

from PIL import Image

from ingest.ocr_engine import ENGLISH, OcrFailed, OcrUnavailable, RecognisedWord
from ingest.tessdata import ORIENTATION

_SECONDS_PER_PAGE = 120  # the sandbox ends a page long before; this is for use without it
_SURE_ORIENTATION = 3.0
_LEVEL_WORD = "5"


class TesseractCli:
    """An ``OcrEngine`` that runs the ``tesseract`` program once a page."""

    name = "tesseract"

    def __init__(self) -> None:
        program = shutil.which("tesseract")
        if program is None:
            raise OcrUnavailable
        self._program = program
        # "tesseract 5.3.0", then the libraries it was built with
        self.version = self._run(["--version"]).split("\n", 1)[0].removeprefix("tesseract ")
        listed = frozenset(self._run(["--list-langs"]).split("\n")[1:]) - {""}
        if ENGLISH not in listed:
            raise OcrUnavailable
        self._has_orientation = ORIENTATION in listed
        self.languages = listed - {ORIENTATION}

    def recognise(
        self, image: Image.Image, *, dpi: int, language: str = ENGLISH
    ) -> tuple[RecognisedWord, ...]:
        """See ``OcrEngine``."""
        options = ["stdin", "stdout", "-l", language, "--psm", "3", "--dpi", str(dpi), "tsv"]
        return tuple(_iter_words(self._run(options, image)))

    def find_rotation(self, image: Image.Image, *, dpi: int) -> int:
        """See ``OcrEngine``."""
        if not self._has_orientation:
            return 0
        try:
            report = self._run(["stdin", "stdout", "--psm", "0", "--dpi", str(dpi)], image)
        except OcrFailed:  # how the program says 'too few characters'
            return 0
        turn = re.search(r"^Rotate: (\d+)", report, re.MULTILINE)
        sure = re.search(r"^Orientation confidence: ([\d.]+)", report, re.MULTILINE)
        if turn is None or sure is None or float(sure[1]) < _SURE_ORIENTATION:
            return 0
        return int(turn[1]) % 360

    def _run(self, options: list[str], image: Image.Image | None = None) -> str:
        try:
            done = subprocess.run(
                [self._program, *options],
                input=_as_pgm(image) if image else b"",
                capture_output=True,
                timeout=_SECONDS_PER_PAGE,
                check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise OcrFailed from error
        return done.stdout.decode("utf-8", "replace")


def _as_pgm(image: Image.Image) -> bytes:
    # PGM: nothing to compress on our side or to unpack on the other
    buffer = io.BytesIO()
    image.save(buffer, "PPM")
    return buffer.getvalue()


def _iter_words(table: str) -> Iterator[RecognisedWord]:
    numbers: dict[tuple[str, ...], int] = {}
    for row in table.split("\n")[1:]:
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != _LEVEL_WORD or not cells[11].strip():
            continue
        paragraph = numbers.setdefault(tuple(cells[1:4]), len(numbers))
        line = numbers.setdefault(tuple(cells[1:5]), len(numbers))
        left, top, width, height = (int(cell) for cell in cells[6:10])
        confidence = float(cells[10]) / 100
        yield RecognisedWord(
            cells[11].strip(), left, top, left + width, top + height, confidence, line, paragraph
        )
