"""Black and grey boxes on the picture of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.redaction_found import RedactionLook
from ingest.scan_areas import filled_areas, widened
from ingest.scan_filters import averaged, closed, eroded
from ingest.scan_page import Grey, Mask, PixelBox, ScanPage, Sheet, commonest_light

_LEAST_HEIGHT_PT, _LEAST_WIDTH_PT = 6.0, 8.0
_CHECKBOX_PT = 12.0  # a ticked box is filled
_MOST_SHADES, _MOST_WORDED_SHADES, _ALL_SHADES, _SHADES_SPREAD = 0.42, 0.55, 0.9, 16.0
_LIGHT, _CRISP = 0.5, 0.3  # how light paper is at least, and on how much of a side
_TALL, _TALL_PT = 1.2, 24.0
_LEAST_INK, _SURE_INK = 0.7, 0.85
_LEAST_EDGE_INK = 0.72  # on the mean of the four sides: a punched hole, which is round, has 0.6
_LEAST_LABEL_WIDTH_PT = 16.0
_RULE_PT, _RULE_LENGTH = 8.0, 25
_MOST_BEYOND = 0.6
_WORD_PT2 = 12.0  # square points of the other shade: a letter and a half
_THICK_PT, _NEAR_PT, _HEAVY_PX = 3.6, 12.0, 12
_LETTER_PT = 7.6  # higher than small letters
_LEAST_GREY_AREA, _LEAST_GREY_EDGE = 0.85, 0.75
_LEAST_GREY = 0.11  # of the way from paper to ink
_MOST_UNEVEN = 14.0  # grey levels: a photograph has 30 and more


@dataclass(frozen=True, slots=True)
class SolidBox:
    """A filled rectangle; ``has_words``: something of another shade stands in it."""

    box: PixelBox
    look: RedactionLook
    has_words: bool


def find_black(page: ScanPage) -> list[SolidBox]:
    """Rectangles of ink on the coarse sheet, white words in them or none."""
    sheet = page.coarse
    dark: Mask = (sheet.pixels < page.dark).astype(np.uint8)
    found = [solid for area in filled_areas(dark, sheet) if (solid := _as_black(area, dark, sheet))]
    return [solid for solid in _standing_alone(found, dark, sheet) if not _is_in_picture(solid, page)]


def find_grey(page: ScanPage) -> list[SolidBox]:
    """Evenly grey rectangles on the coarse sheet, dark words in them or none."""
    sheet = page.coarse
    # whole lines of letters vanish, what is left is paper, boxes and pictures
    even = averaged(closed(sheet.pixels, sheet.px(_LETTER_PT), sheet.px(_LETTER_PT)), 3, 3)
    # closing picks the lightest grains, of paper and of boxes alike
    palest = commonest_light(even) - _LEAST_GREY * (page.paper - page.ink)
    grey: Mask = ((even < palest) & (even >= page.dark)).astype(np.uint8)
    if not eroded(grey, sheet.px(_LEAST_WIDTH_PT / 2), sheet.px(_LEAST_HEIGHT_PT / 2)).any():
        return []
    found = [solid for area in filled_areas(grey, sheet) if (solid := _as_grey(area, even, grey, page))]
    alone = _standing_alone(found, (even < palest).astype(np.uint8), sheet)
    return [solid for solid in alone if not _is_in_picture(solid, page)]


def find_bars(found: Sequence[SolidBox], sheet: Sheet) -> set[SolidBox]:
    """Those that are more likely bars of a chart: tall, and others as wide on the same foot."""

    def stands_beside(one: SolidBox, other: SolidBox) -> bool:
        same_foot = abs(one.box.bottom - other.box.bottom) <= 3
        return same_foot and abs(one.box.width - other.box.width) <= 3

    tall = [
        solid
        for solid in found
        if not solid.has_words and solid.box.height > max(_TALL * solid.box.width, sheet.px(_TALL_PT))
    ]
    return {solid for solid in found if any(stands_beside(solid, other) for other in tall)}


def _as_black(box: PixelBox, dark: Mask, sheet: Sheet) -> SolidBox | None:
    """``box`` when it is full of ink to its four edges, or of ink with white words."""
    if not _can_hide_words(box, sheet):
        return None
    ink, edges = _ink_and_edges(box.of(dark))
    if ink < _LEAST_INK or edges < _LEAST_EDGE_INK:
        return None
    if ink < _SURE_INK and box.width < sheet.px(_LEAST_LABEL_WIDTH_PT):
        return None
    return SolidBox(box, RedactionLook.BLACK, has_words=_has_words(box.of(dark), sheet))


def _as_grey(box: PixelBox, even: Grey, grey: Mask, page: ScanPage) -> SolidBox | None:
    """``box`` when it is of one shade to its four edges."""
    sheet = page.coarse
    if not _can_hide_words(box, sheet):
        return None
    area, edges = _ink_and_edges(box.of(grey)[1:-1, 1:-1])  # the edges themselves are blurred
    if area < _LEAST_GREY_AREA or edges < _LEAST_GREY_EDGE:
        return None
    border = sheet.px(1.5)
    inside = box.of(even)[border:-border, border:-border]
    if float(np.std(inside.astype(np.float32))) > _MOST_UNEVEN:
        return None
    darker: Mask = (box.of(sheet.pixels) >= float(np.median(inside)) - _MOST_UNEVEN * 2).astype(np.uint8)
    return SolidBox(box, RedactionLook.GREY, has_words=_has_words(darker, sheet))


def _can_hide_words(box: PixelBox, sheet: Sheet) -> bool:
    """Whether it is large enough, no rule, and not the shadow at the edge of the glass."""
    high, wide = sheet.pixels.shape
    if box.width < _LEAST_WIDTH_PT * sheet.px_per_pt or box.height < _LEAST_HEIGHT_PT * sheet.px_per_pt:
        return False
    if max(box.width, box.height) < _CHECKBOX_PT * sheet.px_per_pt:
        return False
    if box.height < sheet.px(_RULE_PT) and box.width > _RULE_LENGTH * box.height:
        return False
    return min(box.left, box.top, int(wide) - box.right, int(high) - box.bottom) >= sheet.px(2)


def _ink_and_edges(inside: Mask) -> tuple[float, float]:
    """The share of ink in a box, and the mean share of ink along its four edges."""
    edges = (inside[0], inside[-1], inside[:, 0], inside[:, -1])
    return float(inside.mean()), sum(float(edge.mean()) for edge in edges) / 4


def _has_words(inside: Mask, sheet: Sheet) -> bool:
    """Whether something of another shade stands inside: more than a speck, away from the edges."""
    border = sheet.px(1.5)
    other = 1 - inside[border:-border, border:-border]
    return int(other.sum()) > _WORD_PT2 * sheet.px_per_pt**2


def _standing_alone(found: Sequence[SolidBox], dark: Mask, sheet: Sheet) -> list[SolidBox]:
    """Without pieces of large letters, of logos and of photographs."""
    elsewhere = dark.copy()
    for solid in found:
        solid.box.of(elsewhere)[:] = 0
    heavy = eroded(elsewhere, sheet.px(_THICK_PT), sheet.px(_THICK_PT))
    near = sheet.px(_NEAR_PT)
    return [
        solid
        for solid in found
        if int(widened(solid.box, near, heavy).of(heavy).sum()) <= _HEAVY_PX
        and _ends_at_edges(solid.box, elsewhere, sheet)
    ]


def _is_in_picture(solid: SolidBox, page: ScanPage) -> bool:
    """Whether shades that change lie around it, as in a photograph, and neither paper nor an even shade."""
    pixels, box = page.coarse.pixels, solid.box
    out = widened(box, page.coarse.px(2), pixels)
    ring = np.concatenate(
        (
            pixels[out.top, out.left : out.right],
            pixels[out.bottom - 1, out.left : out.right],
            pixels[out.top : out.bottom, out.left],
            pixels[out.top : out.bottom, out.right - 1],
        )
    )
    if not solid.has_words and not _is_crisp(box, page):
        return True
    shades = ring[ring < page.palest]
    between = int(np.count_nonzero(shades >= page.dark))
    most = _MOST_WORDED_SHADES if solid.has_words else _MOST_SHADES
    is_shaded = between > most * ring.size or shades.size > _ALL_SHADES * ring.size
    return bool(is_shaded and np.std(shades) > _SHADES_SPREAD)


def _is_crisp(box: PixelBox, page: ScanPage) -> bool:
    """Whether black gives way to paper at once, on the left and the right or on three sides."""
    out = widened(box, page.coarse.px(2.2), page.coarse.pixels)
    pixels, light = page.coarse.pixels, page.dark + _LIGHT * (page.paper - page.dark)
    left, right = pixels[box.top : box.bottom, out.left], pixels[box.top : box.bottom, out.right - 1]
    above, below = pixels[out.top, box.left : box.right], pixels[out.bottom - 1, box.left : box.right]
    crisp = [float((side > light).mean()) > _CRISP for side in (left, right, above, below)]
    return all(crisp[:2]) or sum(crisp) >= len(crisp) - 1


def _ends_at_edges(box: PixelBox, elsewhere: Mask, sheet: Sheet) -> bool:
    """Whether the ink ends at the box: the stroke of a large letter goes on."""
    near, far = sheet.px(1), sheet.px(4)
    out = widened(box, far, elsewhere)
    lines = (
        elsewhere[out.top : box.top - near, box.left : box.right].mean(axis=1),
        elsewhere[box.bottom + near : out.bottom, box.left : box.right].mean(axis=1),
        elsewhere[box.top : box.bottom, out.left : box.left - near].mean(axis=0),
        elsewhere[box.top : box.bottom, box.right + near : out.right].mean(axis=0),
    )
    # the lightest line of pixels on each side: a rule of a form near the box is dark, but thin
    shares = sorted(float(line.min()) if line.size else 1.0 for line in lines)
    return bool(shares[-1] < _MOST_BEYOND and shares[-2] < _MOST_BEYOND / 2)
