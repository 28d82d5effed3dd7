"""The pages: memos, e-mails, tables, forms, pages with pictures. ``share`` is how much of one is withheld."""

from __future__ import annotations

from collections.abc import Callable

from ingest.page import Box
from tests.redaction_set import furniture
from tests.redaction_set.marks import IN_MARGIN, Style
from tests.redaction_set.sheet import Sheet
from tests.redaction_set.withholding import withhold
from tests.redaction_set.wording import a_name, some_words

_BLOCKS = frozenset({Style.BLACK, Style.BLACK_CODE, Style.GREY_CODE, Style.FRAMED_CODE, *IN_MARGIN})
_FIELD_ROOM = 4.0


def memo(sheet: Sheet, share: float) -> None:
    """A letterhead, the lines of a memorandum, paragraphs, a signature."""
    furniture.letterhead(sheet)
    _head(sheet, ("TO:", "FROM:", "SUBJECT:"), 100, share)
    end = _paragraphs(sheet, 175, sheet.height - 120, share)
    furniture.signature(sheet, end + 34)


def email(sheet: Sheet, share: float) -> None:
    """The head of a message, its words, and the message that it answers."""
    _head(sheet, ("From:", "Sent:", "To:", "Cc:", "Subject:"), 80, share)
    sheet.rule(sheet.left, 80 + 5.2 * sheet.leading, sheet.right, 80 + 5.2 * sheet.leading)
    end = _paragraphs(sheet, 90 + 7 * sheet.leading, 400, share)
    _head(sheet, ("From:", "To:", "Subject:"), end + 2 * sheet.leading, share)
    _paragraphs(sheet, end + 6 * sheet.leading, sheet.height - 80, share)


def table(sheet: Sheet, share: float) -> None:
    """A ruled table under a shaded head."""
    columns, top, row_height = sheet.chance.randint(3, 4), 110.0, sheet.size * 1.9
    if sheet.style in (Style.CODE, Style.WHITE_CODE, Style.ANNOTATION) or share == 0:
        row_height = sheet.size * 1.7
    rows = min(24, int((sheet.height - top - 80) / row_height))
    wide = (sheet.right - sheet.left) / columns
    sheet.write(sheet.left, 84, " ".join(some_words(sheet.chance, 4)).capitalize(), font="Helvetica-Bold")
    for column in range(columns):
        head = some_words(sheet.chance, 1)[0].capitalize()
        left = sheet.left + column * wide
        furniture.heading_bar(sheet, left, top - row_height, left + wide, head, row_height)
    for row in range(rows):
        for column in range(columns):
            _field(sheet, sheet.left + column * wide, top + row * row_height, wide, row_height, share)
    _grid(sheet, top - row_height, rows + 1, row_height, columns, wide)


def form(sheet: Sheet, share: float) -> None:
    """Sections under black bars, small captions in ruled fields, boxes to tick."""
    top, height, columns = 70.0, sheet.size * 2.6, 3
    wide = (sheet.right - sheet.left) / columns
    while top < sheet.height - 150 - 4 * height:
        words = " ".join(some_words(sheet.chance, 3)).upper()
        furniture.heading_bar(sheet, sheet.left, top, sheet.right, words)
        top += 15
        for row in range(3):
            for column in range(columns):
                x, y = sheet.left + column * wide, top + row * height
                sheet.write(x + 2, y + 7, some_words(sheet.chance, 1)[0], font="Helvetica", size=6)
                _field(sheet, x, y + height - sheet.size * 1.7, wide, sheet.size * 1.7, share)
        _grid(sheet, top, 3, height, columns, wide)
        top += 3 * height + 12
        furniture.tick_boxes(sheet, sheet.left, top)
        top += 26
    _paragraphs(sheet, top + sheet.size, sheet.height - 70, share)


def pictured(sheet: Sheet, share: float) -> None:
    """A photograph, a chart, and words between them."""
    end = _paragraphs(sheet, 90, 220, share)
    furniture.photograph(sheet, Box(sheet.left + 40, end + 4, sheet.left + 300, end + 184))
    sheet.write(sheet.left + 40, end + 198, " ".join(some_words(sheet.chance, 6)), size=9)
    end = _paragraphs(sheet, end + 230, end + 320, share)
    furniture.bar_chart(sheet, Box(sheet.left + 30, end + 20, sheet.right - 40, sheet.height - 70))


LAYOUTS: dict[str, Callable[[Sheet, float], None]] = {
    "memo": memo,
    "email": email,
    "table": table,
    "form": form,
    "pictured": pictured,
}


def _head(sheet: Sheet, captions: tuple[str, ...], top: float, share: float) -> None:
    for row, caption in enumerate(captions):
        baseline, x = top + row * sheet.leading, sheet.left + 66
        sheet.write(sheet.left, baseline, caption)
        name = a_name(sheet.chance)
        if row != 1 and sheet.chance.random() < share * 2:
            label = sheet.new_label(baseline)
            width = max(sheet.width_of(name), sheet.least_width(label))
            if sheet.style == Style.CODE:  # the code stands where the name stood: at the left
                width = label.width_pt(sheet.label_size) + 2
            withhold(sheet, sheet.line_box(x, baseline, width), label, (name,))
        else:
            sheet.write(x, baseline, name)


def _paragraphs(sheet: Sheet, top: float, bottom: float, share: float) -> float:
    """Paragraphs from base line ``top`` down; the base line of the last line."""
    baseline, chance = top, sheet.chance
    if share == 0 and chance.random() < 0.4 and bottom - top > 8 * sheet.leading:
        baseline = furniture.explanation(sheet, baseline)
    while baseline + 3 * sheet.leading < bottom:
        lines = min(chance.randint(3, 7), int((bottom - baseline) / sheet.leading))
        if sheet.style in _BLOCKS and chance.random() < share * 0.6:
            _block(sheet, baseline, lines)
        else:
            for row in range(lines):
                _line(sheet, baseline + row * sheet.leading, share, is_last=row == lines - 1)
        baseline += (lines + 0.8) * sheet.leading
    return baseline - sheet.leading


def _block(sheet: Sheet, baseline: float, lines: int) -> None:
    """A whole paragraph under one box."""
    width = (sheet.right - sheet.left) * sheet.chance.uniform(0.7, 1.0)
    label = sheet.new_label(baseline + (lines - 1) * sheet.leading / 2)
    width = max(width, sheet.least_width(label))
    withhold(sheet, sheet.line_box(sheet.left, baseline, width, lines), label)


def _line(sheet: Sheet, baseline: float, share: float, *, is_last: bool) -> None:
    """A line of prose, with a run of its words withheld or none."""
    room = (sheet.right - sheet.left) * (0.5 if is_last else 1.0)
    withholds = sheet.chance.random() < share
    label = sheet.new_label(baseline) if withholds else None
    least, x = sheet.least_width(label) if label else 0.0, sheet.left
    space = sheet.width_of(" ")
    if label and least <= room - 20:
        before = _fitting(sheet, (room - least) * sheet.chance.uniform(0.0, 0.9))
        if before:
            sheet.write(x, baseline, before)
            x += sheet.width_of(before) + space + 1.5
        gone = _fitting(sheet, max(least, 20 + sheet.chance.random() * (room - (x - sheet.left))))
        width = max(least, sheet.width_of(gone))
        if sheet.style in (Style.STRUCK, Style.ANNOTATION):
            gone = gone or "word"
            width = sheet.width_of(gone)
        withhold(sheet, sheet.line_box(x, baseline, width), label, (gone,) if gone else ())
        x += width + space + 1.5
    after = _fitting(sheet, room - (x - sheet.left))
    if after:
        sheet.write(x, baseline, after)


def _fitting(sheet: Sheet, width: float) -> str:
    """As many new words as go into ``width``."""
    line = ""
    while True:
        longer = f"{line} {some_words(sheet.chance, 1)[0]}".strip()
        if sheet.width_of(longer) > width:
            return line
        line = longer


def _field(sheet: Sheet, x: float, top: float, wide: float, height: float, share: float) -> None:
    """One cell's value, shown or withheld."""
    room, baseline = wide - 2 * _FIELD_ROOM, top + height * 0.5 + 0.32 * sheet.size
    if sheet.chance.random() < share * 0.7:
        label = sheet.new_label(baseline)
        name = a_name(sheet.chance)
        width = max(sheet.least_width(label), room * sheet.chance.uniform(0.4, 1.0))
        if sheet.style in (Style.STRUCK, Style.ANNOTATION):
            width = sheet.width_of(name)
        if width <= room:
            box = sheet.line_box(x + _FIELD_ROOM, baseline, width)
            withhold(sheet, box, label, (name,))
            return
    sheet.write(x + _FIELD_ROOM, baseline, _fitting(sheet, room))


def _grid(sheet: Sheet, top: float, rows: int, height: float, columns: int, wide: float) -> None:
    for row in range(rows + 1):
        sheet.rule(sheet.left, top + row * height, sheet.right, top + row * height, line=0.6)
    for column in range(columns + 1):
        x = sheet.left + column * wide
        sheet.rule(x, top, x, top + rows * height, line=0.6)
