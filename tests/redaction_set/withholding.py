"""Withholds words on a sheet, in each of the styles, and keeps what is then true."""

from __future__ import annotations

from collections.abc import Callable

from ingest.page import Box
from tests.redaction_set.marks import Style, TrueMark
from tests.redaction_set.sheet import LABEL_FONT, MARGIN_TYPE, Annotation, Label, Sheet


def withhold(sheet: Sheet, box: Box, label: Label, words: tuple[str, ...] = ()) -> None:
    """Withhold what stands in ``box``: ``words``, one a line, or nothing that was ever set.

    Only some styles leave the words in the file; the others never set them.
    """
    code_box = _DRAWN[sheet.style](sheet, box, label, words)
    sheet.marks.append(TrueMark(sheet.style, (box,), label.codes, code_box))


def _black(sheet: Sheet, box: Box, label: Label, words: tuple[str, ...]) -> None:
    if sheet.chance.random() < 0.3:  # a bad redaction: the words are still in the file
        _set_words(sheet, box, words)
    sheet.fill(box, 0.0)


def _black_code(sheet: Sheet, box: Box, label: Label, words: tuple[str, ...]) -> None:
    _black(sheet, box, label, words)
    sheet.centred(box, label.text, sheet.label_size, grey=1.0)


def _grey_code(sheet: Sheet, box: Box, label: Label, words: tuple[str, ...]) -> None:
    sheet.fill(box, 0.62 + 0.16 * (len(sheet.marks) % 2))
    sheet.centred(box, label.text, sheet.label_size)


def _framed_code(sheet: Sheet, box: Box, label: Label, words: tuple[str, ...]) -> None:
    _framed(sheet, box)
    sheet.centred(box, label.text, sheet.label_size)


def _framed_right(sheet: Sheet, box: Box, label: Label, words: tuple[str, ...]) -> None:
    _framed(sheet, box)
    _in_margin(sheet, box, label, sheet.right + 14)


def _framed_left(sheet: Sheet, box: Box, label: Label, words: tuple[str, ...]) -> None:
    _framed(sheet, box)
    _in_margin(sheet, box, label, sheet.left - 16 - label.width_pt(MARGIN_TYPE))


def _framed(sheet: Sheet, box: Box) -> None:
    """White with a thin frame; one in three is a frame only."""
    sheet.fill(
        box, 1.0 if len(sheet.marks) % 3 else None, stroke=0.2, line=sheet.chance.choice((0.5, 0.8, 1.0))
    )


def _in_margin(sheet: Sheet, box: Box, label: Label, x: float) -> None:
    sheet.canvas.setFillGray(0)
    sheet.canvas.setFont(LABEL_FONT, MARGIN_TYPE)
    baseline = (box.top + box.bottom) / 2 + 3
    sheet.canvas.drawString(x, sheet.height - baseline, label.text)


def _white_code(sheet: Sheet, box: Box, label: Label, words: tuple[str, ...]) -> Box:
    _set_words(sheet, box, words or ("withheld here",))
    sheet.fill(box, 1.0)
    return sheet.centred(box, label.text, sheet.label_size)


def _code_only(sheet: Sheet, box: Box, label: Label, words: tuple[str, ...]) -> Box:
    return sheet.centred(box, label.text, sheet.label_size)


def _annotation(sheet: Sheet, box: Box, label: Label, words: tuple[str, ...]) -> None:
    _set_words(sheet, box, words or ("to be withheld",))
    sheet.annotations.append(Annotation(box, label.text))


def _struck(sheet: Sheet, box: Box, label: Label, words: tuple[str, ...]) -> None:
    _set_words(sheet, box, words or ("struck out here",))
    for row in range(max(len(words), 1)):
        line = box.top + 0.62 * sheet.size + row * sheet.leading
        sheet.rule(box.x0, line, box.x1, line, line=max(1.0, sheet.size * 0.1))


def _set_words(sheet: Sheet, box: Box, words: tuple[str, ...]) -> None:
    for row, line in enumerate(words):
        fitting = line
        while fitting and sheet.width_of(fitting) > box.x1 - box.x0 - 1:
            fitting = fitting.rpartition(" ")[0]
        sheet.write(box.x0 + 1, box.top + 0.88 * sheet.size + row * sheet.leading, fitting or line[:2])


_DRAWN: dict[Style, Callable[[Sheet, Box, Label, tuple[str, ...]], Box | None]] = {
    Style.BLACK: _black,
    Style.BLACK_CODE: _black_code,
    Style.GREY_CODE: _grey_code,
    Style.FRAMED_CODE: _framed_code,
    Style.FRAMED_RIGHT: _framed_right,
    Style.FRAMED_LEFT: _framed_left,
    Style.WHITE_CODE: _white_code,
    Style.CODE: _code_only,
    Style.ANNOTATION: _annotation,
    Style.STRUCK: _struck,
}
