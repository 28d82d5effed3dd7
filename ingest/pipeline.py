"""One page's way from the file to a reading: the steps in order, lazily, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ingest import ocr, trust
from ingest.errors import IngestError, PageTooLarge, ReaderCrashed
from ingest.layout import clean_text, compose_text
from ingest.limits import Limits
from ingest.memo_fields import propose_fields
from ingest.page import Mark, PageFailure, PageImage, PageReading, Reader, TextSource, Word
from ingest.page_objects import PageObjects, read_page_objects
from ingest.pdfium import PdfFile, PdfPage
from ingest.raster import draw_grey, draw_images, draw_webp, ink_share
from ingest.text_layer import TextLayer, open_text, read_plain_text, read_text_layer
from ingest.wire import page_failure

OCR_DPI = 200.0
_SMALL_PAGE_DPI = 300.0
_SMALL_PAGE_PT = 400.0  # a receipt or an index card has small print
_SAMPLED_PAGES = 12
_ENOUGH_CHARACTERS = 1_500  # no page has that many in stamps alone
_SMALL_PICTURE = 0.15


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What is wanted beside words, boxes and marks."""

    images: bool = True
    ocr: bool = True


@dataclass(frozen=True, slots=True)
class _Words:
    """The page's text, wherever it comes from."""

    text: str
    words: tuple[Word, ...]
    source: TextSource
    reader: Reader
    quality: float
    reason: str
    hidden_text: str = ""
    marks: tuple[Mark, ...] = ()


class PageReader:
    """Reads the pages of one open file. Only ever used in a sandbox child."""

    def __init__(self, data: npt.NDArray[np.uint8], limits: Limits, options: ReadOptions) -> None:
        self._data, self._limits, self._options = data, limits, options
        self.file = PdfFile(data)

    def read_pages(self, page_numbers: Iterable[int]) -> Iterator[PageReading | PageFailure]:
        """Each page in turn. One that cannot be read is a ``PageFailure``; the next is tried all the same."""
        for page_number in page_numbers:
            yield self._read_or_fail(page_number)

    def render_page(self, page_number: int, width_px: int) -> PageImage:
        """The page as a picture of the width asked for. Raises ``IngestError``."""
        with self.file.page(page_number) as page:
            return draw_webp(page, width_px, self._limits)

    def _read_or_fail(self, page_number: int) -> PageReading | PageFailure:
        try:
            with self.file.page(page_number) as page:
                return self._read(page)
        except IngestError as error:
            return page_failure(page_number, error.code)
        except MemoryError:
            return page_failure(page_number, PageTooLarge.code)
        except Exception:  # noqa: BLE001  whatever a hostile page made a library raise is about this page only
            return page_failure(page_number, ReaderCrashed.code)

    def _read(self, page: PdfPage) -> PageReading:
        with open_text(page) as text_page:
            layer = read_text_layer(page, text_page, self._limits)
            objects = read_page_objects(page)
            text, words = compose_text(layer.lines)
            verdict = self._judge(page, layer, objects, text)
            found = self._words(page, layer, text, words, verdict)
        images = draw_images(page, self._limits) if self._options.images else None
        return PageReading(
            page_number=page.number,
            width_pt=round(page.width_pt, 2),
            height_pt=round(page.height_pt, 2),
            text=found.text,
            words=found.words,
            source=found.source,
            reader=found.reader,
            quality=round(found.quality, 4),
            trust_reason=found.reason,
            printed_label=self.file.label(page.number),
            marks=found.marks + layer.off_page,
            hidden_text=found.hidden_text,
            proposals=propose_fields(found.text, found.words) if page.number == 1 else (),
            image=images.image if images else None,
            thumbnail=images.thumbnail if images else None,
        )

    def _judge(self, page: PdfPage, layer: TextLayer, objects: PageObjects, text: str) -> trust.Verdict:
        own = sum(map(len, text.split()))
        if own < _ENOUGH_CHARACTERS:
            own = sum(map(len, trust.without_stamps(text, self._repeated_lines).split()))
        looks_empty = own < 25 and objects.total_image_cover < _SMALL_PICTURE
        return trust.judge_text_layer(
            trust.PageFeatures(
                text=text,
                own_characters=own,
                largest_image_cover=objects.largest_image_cover,
                total_image_cover=objects.total_image_cover,
                invisible_share=layer.sample.invisible_share,
                map_error_share=layer.sample.map_error_share,
                bad_code_point_share=layer.sample.bad_code_point_share,
                ink_share=ink_share(page, self._limits) if looks_empty else None,
            )
        )

    def _words(
        self,
        page: PdfPage,
        layer: TextLayer,
        text: str,
        words: tuple[Word, ...],
        verdict: trust.Verdict,
    ) -> _Words:
        if verdict.source == TextSource.OCR and self._options.ocr:
            return self._words_by_ocr(page, verdict, text)
        reader = Reader.PDFIUM if words else Reader.NONE
        source = TextSource.TEXT_LAYER if words else TextSource.NONE
        return _Words(text, words, source, reader, verdict.quality, verdict.reason)

    def _words_by_ocr(self, page: PdfPage, verdict: trust.Verdict, layer_text: str) -> _Words:
        hidden = layer_text if verdict.keep_hidden else ""
        small = max(page.width_pt, page.height_pt) < _SMALL_PAGE_PT
        image, dpi = draw_grey(page, _SMALL_PAGE_DPI if small else OCR_DPI, self._limits)
        try:
            read = ocr.read_page(
                image, dpi=dpi, width_pt=page.width_pt, height_pt=page.height_pt, engine=self._engine
            )
        except ocr.OcrFailed:
            return _Words(layer_text, (), TextSource.NONE, Reader.NONE, 0.0, "ocr_failed", hidden)
        text, words = compose_text(read.lines, read.paragraph_starts)
        source, reader = (TextSource.OCR, Reader.TESSERACT) if words else (TextSource.NONE, Reader.TESSERACT)
        return _Words(text, words, source, reader, read.quality, verdict.reason, hidden)

    @cached_property
    def _engine(self) -> ocr.OcrEngine:
        return ocr.open_engine()

    @cached_property
    def _repeated_lines(self) -> frozenset[str]:
        """The stamps of this file, learnt from pages all over it."""
        step = max(1, self.file.page_count // _SAMPLED_PAGES)
        numbers = range(1, self.file.page_count + 1, step)[:_SAMPLED_PAGES]
        return trust.repeated_lines([self._plain_text(number) for number in numbers])

    def _plain_text(self, page_number: int) -> str:
        try:
            with self.file.page(page_number) as page, open_text(page) as text_page:
                return clean_text(read_plain_text(text_page, self._limits))
        except IngestError:
            return ""
