"""Tesseract in this process, by the ``tesserocr`` wheel: the default, no system package needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from PIL import Image

from ingest.ocr_engine import ENGLISH, OcrFailed, OcrUnavailable, RecognisedWord
from ingest.tessdata import ORIENTATION, find_languages

# Read by libgomp when the library is loaded. One page is one process here: threads inside a page only
# take the other core from another page, and threads would not survive the fork.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

# Below this Tesseract's orientation is a guess. It was 12 to 27 on all sorts of whole pages turned by
# 0, 90, 180 and 270 degrees, and under 2 where it was wrong.
_SURE_ORIENTATION = 3.0


class TesseractLibrary:
    """An ``OcrEngine``. The models are loaded at the first page and kept for this process."""

    name = "tesserocr"

    def __init__(self) -> None:
        try:
            import tesserocr
        except ImportError as error:
            raise OcrUnavailable from error
        self._tesserocr: Any = tesserocr
        self._folders = find_languages()
        if ENGLISH not in self._folders:
            raise OcrUnavailable
        self._readers: dict[tuple[int, str], Any] = {}
        self.version = str(tesserocr.tesseract_version()).split()[1]
        self.languages = frozenset(self._folders) - {ORIENTATION}

    def recognise(
        self, image: Image.Image, *, dpi: int, language: str = ENGLISH
    ) -> tuple[RecognisedWord, ...]:
        """See ``OcrEngine``."""
        reader = self._reader(language)
        try:
            _show(reader, image, dpi)
            reader.Recognize(0)
            return tuple(self._iter_words(reader))
        except RuntimeError as error:
            raise OcrFailed from error
        finally:
            reader.Clear()

    def find_rotation(self, image: Image.Image, *, dpi: int) -> int:
        """See ``OcrEngine``."""
        if ORIENTATION not in self._folders:
            return 0
        reader = self._reader(ORIENTATION)
        try:
            _show(reader, image, dpi)
            found = reader.DetectOrientationScript()
        finally:
            reader.Clear()
        if not found or found["orient_conf"] < _SURE_ORIENTATION:
            return 0
        return (360 - int(found["orient_deg"])) % 360

    def _reader(self, language: str) -> Any:
        # A forked child makes its own: what was loaded before the fork may be in the middle of a page.
        key = (os.getpid(), language)
        if key not in self._readers:
            self._readers[key] = self._load(language)
        return self._readers[key]

    def _load(self, language: str) -> Any:
        folder = self._folders.get(language)
        if folder is None:
            raise OcrUnavailable
        modes = self._tesserocr.PSM
        mode = modes.OSD_ONLY if language == ORIENTATION else modes.AUTO
        try:
            return self._tesserocr.PyTessBaseAPI(path=str(folder), lang=language, psm=mode)
        except RuntimeError as error:
            raise OcrUnavailable from error

    def _iter_words(self, reader: Any) -> Iterator[RecognisedWord]:
        level = self._tesserocr.RIL
        iterator = reader.GetIterator()
        if iterator is None:
            return
        line = paragraph = -1
        while True:
            line += iterator.IsAtBeginningOf(level.TEXTLINE)
            paragraph += iterator.IsAtBeginningOf(level.PARA)
            box = iterator.BoundingBox(level.WORD)
            if box is not None and (text := iterator.GetUTF8Text(level.WORD).strip()):
                confidence = iterator.Confidence(level.WORD) / 100
                left, top, right, bottom = box
                yield RecognisedWord(text, left, top, right, bottom, confidence, line, paragraph)
            if not iterator.Next(level.WORD):
                return


def _show(reader: Any, image: Image.Image, dpi: int) -> None:
    # The raw bytes: handing over a PIL image would write and read it as a BMP first.
    reader.SetImageBytes(image.tobytes(), image.width, image.height, 1, image.width)
    reader.SetSourceResolution(dpi)
