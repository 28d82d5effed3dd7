"""One page's way from the file to a reading: the steps in order, lazily, a page at a time."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from PIL import Image

from ingest import ocr, trust
from ingest.errors import IngestError, PageTooLarge, ReaderCrashed
from ingest.found_words import FoundWords, readers_agree, words_of_layer
from ingest.gate import find_suspect_words, needs_careful_reader, redaction_annotations
from ingest.layout import clean_text, compose_text
from ingest.limits import Limits
from ingest.look import PageLook
from ingest.memo_fields import propose_fields
from ingest.page import Mark, PageFailure, PageImage, PageReading, Reader, TextSource
from ingest.page_objects import PageObjects, read_page_objects
from ingest.pdfium import PdfFile, PdfPage
from ingest.pdfplumber_layer import CarefulPage, CarefulReader
from ingest.raster import (
    PAGE_WIDTH_PX,
    PageImages,
    as_page_images,
    draw_blank,
    draw_grey,
    draw_page,
    draw_webp,
    ink_share,
)
from ingest.redaction_found import FoundRedaction
from ingest.redaction_search import PageEvidence, find_redactions, is_scan
from ingest.redactions import find_marks, may_hide_words, merge_marks
from ingest.scan_picture import ScanPicture
from ingest.shapes import Shape
from ingest.text_layer import TextLayer, open_text, read_plain_text, read_text_layer
from ingest.unseen import find_unseen_words, without_known
from ingest.wire import page_failure

OCR_DPI = 200.0
_SMALL_PAGE_DPI = 300.0
_SMALL_PAGE_PT = 400.0  # a receipt or an index card has small print
_SAMPLED_PAGES = 12
_ENOUGH_OVER_PICTURE = 1_500  # characters: no page has that many in stamps alone
_ENOUGH_ALONE = 400  # without a picture stamps matter only on pages that have nothing else
_SMALL_PICTURE = 0.15
_MAX_CAREFUL_ITEMS = 30_000  # characters and shapes: about three seconds


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What is wanted beside words, boxes and marks."""

    images: bool = True
    ocr: bool = True

    @property
    def looks_for_unseen(self) -> bool:
        """Whether the page is looked at for words it does not show. Who wants words only wants them soon."""
        return self.images or self.ocr


class PageReader:
    """Reads the pages of one open file. Only ever used in a sandbox child."""

    def __init__(self, data: mmap.mmap, limits: Limits, options: ReadOptions) -> None:
        self._data, self._limits, self._options = data, limits, options
        self._page_numbers: Sequence[int] = ()
        self.file = PdfFile(np.frombuffer(data, dtype=np.uint8))

    def read_pages(self, page_numbers: Sequence[int]) -> Iterator[PageReading | PageFailure]:
        """Each page in turn. One that cannot be read is a ``PageFailure``; the next is tried all the same."""
        self._page_numbers = page_numbers
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
            objects = read_page_objects(page, all_forms=self._options.looks_for_unseen)
            suspects = find_suspect_words(page, text_page, layer, objects)
            text, words = compose_text(layer.lines)
            verdict = self._judge(page, layer, objects, text)
            picture = self._draw(page, objects) if self._options.images else None
            look = PageLook(page, self._limits, picture)
            unseen: tuple[Mark, ...] = ()
            if self._options.looks_for_unseen:
                trusted = verdict.source == TextSource.TEXT_LAYER
                unseen = find_unseen_words(
                    page, text_page, layer, objects, suspects, look, is_trusted=trusted
                )
        marks = find_marks(
            _boxes_on(page, objects.shapes),
            suspects,
            look.shows,
            checks_labels=self._options.looks_for_unseen,
        )
        careful = self._read_carefully(page, layer, objects, verdict) if needs_careful_reader(marks) else None
        if careful is not None:
            marks = merge_marks(marks, find_marks(_boxes_on(page, careful.shapes), careful.words, look.shows))
        scan = ScanPicture(partial(self._draw_grey, page))
        if verdict.source == TextSource.OCR and self._options.ocr:
            found = self._by_ocr(page, verdict, text, objects, scan)
        elif careful is not None:
            text, words = compose_text(careful.lines)
            found = FoundWords(text, words, TextSource.TEXT_LAYER, Reader.PDFPLUMBER, verdict.quality)
        else:
            found = words_of_layer(text, words, verdict)
        marks = merge_marks(marks, redaction_annotations(page, layer), layer.off_page)
        marks = merge_marks(marks, without_known(unseen, marks))
        redactions = self._find_redactions(page, objects, layer, found, marks, scan)
        images = self._images(page, picture) if self._options.images else None
        return self._reading(page, found, verdict, marks, redactions, images)

    def _find_redactions(
        self,
        page: PdfPage,
        objects: PageObjects,
        layer: TextLayer,
        found: FoundWords,
        marks: tuple[Mark, ...],
        scan: ScanPicture,
    ) -> tuple[FoundRedaction, ...]:
        """What was withheld. Who wants words only wants them soon."""
        if not self._options.looks_for_unseen:
            return ()
        return find_redactions(
            PageEvidence(
                page,
                objects,
                found.text,
                found.words,
                marks,
                layer=layer,
                is_ocr=found.source == TextSource.OCR,
                scan=scan,
                engine=(lambda: self._engine) if self._options.ocr else None,
            )
        )

    def _draw(self, page: PdfPage, objects: PageObjects) -> Image.Image | None:
        """The page as a picture; None for an empty one."""
        if objects.is_blank and not page.has_annotations:
            return None
        return draw_page(page, PAGE_WIDTH_PX, self._limits)

    def _images(self, page: PdfPage, picture: Image.Image | None) -> PageImages:
        if picture is None:
            return draw_blank(page.width_pt, page.height_pt, self._limits)
        return as_page_images(picture)

    def _reading(
        self,
        page: PdfPage,
        found: FoundWords,
        verdict: trust.Verdict,
        marks: tuple[Mark, ...],
        redactions: tuple[FoundRedaction, ...],
        images: PageImages | None,
    ) -> PageReading:
        return PageReading(
            page_number=page.number,
            width_pt=round(page.width_pt, 2),
            height_pt=round(page.height_pt, 2),
            text=found.text,
            words=found.words,
            source=found.source,
            reader=found.reader,
            quality=round(found.quality, 4),
            trust_reason=found.reason or verdict.reason,
            printed_label=self.file.label(page.number),
            marks=marks,
            redactions=redactions,
            hidden_text=found.hidden_text,
            proposals=propose_fields(found.text, found.words) if page.number == 1 else (),
            image=images.image if images else None,
            thumbnail=images.thumbnail if images else None,
        )

    def _judge(self, page: PdfPage, layer: TextLayer, objects: PageObjects, text: str) -> trust.Verdict:
        own = sum(map(len, text.split()))
        has_picture = objects.total_image_cover >= _SMALL_PICTURE
        if own < (_ENOUGH_OVER_PICTURE if has_picture else _ENOUGH_ALONE):
            own = sum(map(len, trust.without_stamps(text, self._repeated_lines).split()))
        looks_empty = own < 25 and not has_picture
        return trust.judge_text_layer(
            trust.PageFeatures(
                text=text,
                own_characters=own,
                largest_image_cover=objects.largest_image_cover,
                total_image_cover=objects.total_image_cover,
                invisible_share=layer.sample.invisible_share,
                map_error_share=layer.sample.map_error_share,
                bad_code_point_share=layer.sample.bad_code_point_share,
                ink_share=self._ink_share(page, objects) if looks_empty else None,
            )
        )

    def _ink_share(self, page: PdfPage, objects: PageObjects) -> float:
        return 0.0 if objects.is_blank else ink_share(page, self._limits)

    def _read_carefully(
        self,
        page: PdfPage,
        layer: TextLayer,
        objects: PageObjects,
        verdict: trust.Verdict,
    ) -> CarefulPage | None:
        """The page by pdfplumber, if pdfplumber is up to it and does not contradict pdfium."""
        if (
            verdict.source != TextSource.TEXT_LAYER
            or page.frame.quarter_turns  # it takes words on turned pages apart into letters
            or page.has_annotations  # it does not see them
            or layer.sample.characters + objects.object_count > _MAX_CAREFUL_ITEMS
        ):
            return None
        try:
            careful = self._careful_reader.read_page(page.number)
        except Exception:  # noqa: BLE001  a second opinion: whatever goes wrong with it, the first one stands
            return None
        return careful if readers_agree(careful.lines, layer.lines) else None

    def _draw_grey(self, page: PdfPage) -> tuple[Image.Image, float]:
        small = max(page.width_pt, page.height_pt) < _SMALL_PAGE_PT
        return draw_grey(page, _SMALL_PAGE_DPI if small else OCR_DPI, self._limits)

    def _by_ocr(
        self,
        page: PdfPage,
        verdict: trust.Verdict,
        layer_text: str,
        objects: PageObjects,
        scan: ScanPicture,
    ) -> FoundWords:
        hidden = layer_text if verdict.keep_hidden else ""
        image, dpi = scan.drawn
        if is_scan(objects):
            image = scan.for_ocr
        try:
            read = ocr.read_page(
                image, dpi=dpi, width_pt=page.width_pt, height_pt=page.height_pt, engine=self._engine
            )
        except ocr.OcrFailed:
            return FoundWords("", (), TextSource.NONE, Reader.NONE, 0.0, layer_text, "ocr_failed")
        text, words = compose_text(read.lines, read.paragraph_starts)
        source = TextSource.OCR if words else TextSource.NONE
        return FoundWords(text, words, source, Reader.TESSERACT, read.quality, hidden)

    @cached_property
    def _careful_reader(self) -> CarefulReader:
        return CarefulReader(self._data, self._page_numbers)

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


def _boxes_on(page: PdfPage, shapes: Iterable[Shape]) -> list[Shape]:
    area = page.width_pt * page.height_pt
    return [shape for shape in shapes if may_hide_words(shape, area)]
