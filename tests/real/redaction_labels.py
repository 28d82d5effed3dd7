"""What is withheld on pages of the corpus, as seen by eye: ``redaction_labels.json``.

One line a page, ``"file#page": [[look, x0, top, x1, bottom, codes], ...]``, boxes in points from the top
left; a page with an empty list withholds nothing. No word of a page is kept, shown or withheld.

How it was made: every page was drawn by ``pdftoppm`` at 150 dpi and looked at, the edges of each box were
read off by eye, moved to the nearest edge of ink (at most 5 pixels; 14 on the pages that one box fills),
drawn on the page in red and looked at again. The cells of the joint appendix have the boxes that ``pdftotext
-bbox`` gives their codes, looked at in the same way; none of it comes from our own reader. Labelled are all
pages of the I-213 and of the State Department's e-mails, and of the joint appendix ten pages with codes in
cells and fourteen without, among them those that talk of exemptions. Three more with codes in cells, of the
same spreadsheets, are not labelled (``UNLABELLED``).

Rules, where the eye alone does not settle it:

- A label that its box cuts short counts as far as it can be read: ``(b)(6), (b)`` is b6.
- Black boxes that touch are one for each line of print; only the line with the label has a code.
- Codes in the margin, one below the other with less than a line between them, are one group, which serves
  each box that it stands beside. A box beside none takes the nearest group of its page.
- The framed stamps (``RELEASE IN PART B5,B6``, ``Classified by ...``) withhold nothing.
"""

from __future__ import annotations

import json
from pathlib import Path

from ingest.page import Box
from tests.redaction_set.marks import Style, TrueMark

_FILE = Path(__file__).with_name("redaction_labels.json")
UNLABELLED = {
    "aclu-v-ice_joint-appendix_2021-08-20.pdf": (65, 69, 76),
    "nara_jfk_104-10006-10015_cia-cable.pdf": (1,),  # whether its white patch is a redaction, nobody can tell
    "nara_jfk_32989794_fbi-stl-senstudy_p1-14.pdf": (8,),  # words inked over by its writer, withholding none
}
"""Pages of which it is not said what is true."""
_STYLES = {"black": Style.BLACK_CODE, "framed": Style.FRAMED_RIGHT, "code": Style.CODE}

Labels = dict[str, dict[int, tuple[TrueMark, ...]]]
"""For each file name, what is true of its labelled pages by number."""


def read_labels() -> Labels:
    """All labels."""
    labels: Labels = {}
    for key, rows in json.loads(_FILE.read_text(encoding="utf-8")).items():
        name, _, number = key.rpartition("#")
        labels.setdefault(name, {})[int(number)] = tuple(_mark(*row) for row in rows)
    return labels


def _mark(look: str, x0: float, top: float, x1: float, bottom: float, codes: str) -> TrueMark:
    box, style = Box(x0, top, x1, bottom), _STYLES[look]
    if style == Style.BLACK_CODE and not codes:
        style = Style.BLACK
    return TrueMark(style, (box,), tuple(codes.split()), box if style == Style.CODE else None)
