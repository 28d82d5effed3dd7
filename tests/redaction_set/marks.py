"""What is true of a drawn page: where words were withheld, how it looks, and on what ground."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.page import Box
from ingest.redaction_found import RedactionLook


class Style(StrEnum):
    """The manners of withholding that the set draws."""

    BLACK = "black"
    BLACK_CODE = "black, white code"
    GREY_CODE = "grey, code"
    FRAMED_CODE = "framed, code inside"
    FRAMED_RIGHT = "framed, code in the right margin"
    FRAMED_LEFT = "framed, code in the left margin"
    WHITE_CODE = "white over words, code"
    CODE = "code only"
    ANNOTATION = "annotation"
    STRUCK = "struck"


LOOKS: dict[Style, RedactionLook] = {
    Style.BLACK: RedactionLook.BLACK,
    Style.BLACK_CODE: RedactionLook.BLACK,
    Style.GREY_CODE: RedactionLook.GREY,
    Style.FRAMED_CODE: RedactionLook.FRAMED,
    Style.FRAMED_RIGHT: RedactionLook.FRAMED,
    Style.FRAMED_LEFT: RedactionLook.FRAMED,
    Style.WHITE_CODE: RedactionLook.WHITE,
    Style.CODE: RedactionLook.CODE,
    Style.ANNOTATION: RedactionLook.ANNOTATION,
    Style.STRUCK: RedactionLook.STRUCK,
}
WITHOUT_LABEL = frozenset({Style.BLACK, Style.STRUCK})
IN_MARGIN = frozenset({Style.FRAMED_RIGHT, Style.FRAMED_LEFT})
# what a scan of the page shows of these is a code with nothing around it, or nothing at all
BARE_ON_PAPER = frozenset({Style.CODE, Style.WHITE_CODE})
NOT_ON_PAPER = frozenset({Style.ANNOTATION})


@dataclass(frozen=True, slots=True)
class TrueMark:
    """One place where words were withheld. Boxes in points from the top left of the page as displayed.

    ``boxes`` has more than one where a turned page leaves two upright boxes that are as right: the one
    around the turned box, and one of its own size about its middle. ``code_box`` is where the code stands
    when a code, not a box, is what there is to find; finding it is then enough.
    """

    style: Style
    boxes: tuple[Box, ...]
    codes: tuple[str, ...] = ()
    code_box: Box | None = None


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page of a file, and all that was withheld on it. ``level`` is how worn a scan is; "" for none."""

    number: int
    layout: str
    marks: tuple[TrueMark, ...]
    level: str = ""


@dataclass(frozen=True, slots=True)
class LabelledFile:
    """A PDF, and what is true of each of its pages."""

    data: bytes
    pages: tuple[LabelledPage, ...]
