#!/usr/bin/env python3
"""Does a citation hold? Checks it with only the file in hand, without the site it came from.

    pip install pypdfium2
    python verify_citation.py CITATION.json FILE.pdf

Words read from a picture (OCR) need a `tesseract` program. Exit code: 0 holds, 1 does not, 2 unusable files.
"""

from __future__ import annotations

import base64
import difflib
import hashlib
import json
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

SENTENCES = {
    "matches": "The words are on this page of this file, in the place that the citation names.",
    "moved": "The words are on this page, but not in the place that the citation names.",
    "differs": "The words are not in the place that the citation names.",
    "other_file": "This is not the file that was cited: its SHA-256 is another.",
    "altered": "The citation was changed after it was made: its number is not that of its words.",
    "unreadable": "File, page and number are right. The words are a picture: look at the page.",
}
KINDS = {"'": "\u2018\u2019\u201a\u201b\u2032`\u00b4", '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"}
KINDS["-"] = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
ALIKE = {ord(letter): plain for plain, letters in KINDS.items() for letter in letters}
PIXELS = 300 / 72  # a point


def fold(text: str) -> str:
    """A text without spaces, hyphens (but between digits) and kinds of quotation marks: its words alone."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFC", text).translate(ALIKE))
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf").strip()
    plain = re.sub(r"(?<=\d)[\s-]+(?=\d)", lambda gap: "\x01" if "-" in gap[0] else "\x02", plain)
    return re.sub(r"[\s-]+", "", plain)


def quote_of(target: dict[str, Any]) -> dict[str, str]:
    """The cited words and what stands around them; empty when a page as a whole is cited."""
    return next((one for one in target["selector"] if one["type"] == "TextQuoteSelector"), {})


def citation_number(citation: dict[str, Any]) -> str:
    """The number that follows from what the citation says."""
    lines = ["reading-room-citation-1", citation["readingRoom"]["sha256"]]
    for target in citation["target"]:
        quote = quote_of(target)
        lines.append(str(target["readingRoom"]["pageNumber"]))
        lines += [quote.get(name, "") for name in ("exact", "prefix", "suffix")]
    digest = hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest).decode().lower()[:16]


def words_in(page: Any, boxes: list[list[float]]) -> str:
    """What the page's text has in these boxes: letters whose middle lies in one. Boxes are in points from
    the top left corner of the page as it is shown, that is, turned and cut."""
    text, turns = page.get_textpage(), page.get_rotation() // 90 % 4
    left, bottom, right, top = page.get_bbox()
    found = ["" for _ in boxes]
    for index in range(text.count_chars()):
        x0, y0, x1, y1 = text.get_charbox(index, loose=True)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        across = (x - left, y - bottom, right - x, top - y)[turns]
        down = (top - y, x - left, y - bottom, right - x)[turns]
        for number, box in enumerate(boxes):
            if box[0] <= across <= box[2] and box[1] <= down <= box[3]:
                found[number] += text.get_text_range(index, 1)
                break
    return " ".join(found)


def same(first: str, second: str) -> bool:
    """The same words; marks at both ends may belong to the sentence around them."""
    return re.sub(r"^\W+|\W+$", "", fold(first)) == re.sub(r"^\W+|\W+$", "", fold(second))


def read_picture(page: Any, boxes: list[list[float]]) -> list[str]:
    """The words that Tesseract reads in the part of the page where the boxes are."""
    bitmap = page.render(scale=PIXELS, grayscale=True)
    data = bytes(bitmap.buffer)
    x0, y0 = (max(0, int((min(box[edge] for box in boxes) - 7) * PIXELS)) for edge in (0, 1))
    x1, y1 = (int((max(box[edge] for box in boxes) + 7) * PIXELS) for edge in (2, 3))
    x1, y1 = min(x1, bitmap.width), min(y1, bitmap.height)
    rows = b"".join(data[y * bitmap.stride + x0 : y * bitmap.stride + x1] for y in range(y0, y1))
    command = ["tesseract", "stdin", "stdout", "--psm", "6", "--dpi", "300"]
    picture = b"P5 %d %d 255\n" % (x1 - x0, y1 - y0) + rows
    return subprocess.run(command, input=picture, capture_output=True, check=True).stdout.decode().split()


def is_read_so(wanted: list[str], read: list[str]) -> bool:
    """Whether OCR reads so, a letter in five apart; it may part or join words, not lose or add one."""
    if not wanted:
        return True
    for ours, theirs in ((1, 1), (1, 2), (2, 1)):
        first, second = fold("".join(wanted[:ours])), fold("".join(read[:theirs]))
        if second and difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() >= 0.8:
            return is_read_so(wanted[ours:], read[theirs:])
    return False


def check_part(target: dict[str, Any], pdf: Any, source: str) -> str:
    """The state of the words on one page."""
    number, boxes = target["readingRoom"]["pageNumber"], target["readingRoom"]["boxes"]
    exact = quote_of(target).get("exact", "")
    if not 1 <= number <= len(pdf):
        return "differs"
    pdf[number - 1].flatten()  # stamps and fields become part of the page
    page = pdf[number - 1]
    if not exact or same(words_in(page, boxes), exact):
        return "matches"
    if source == "ocr":
        if not shutil.which("tesseract") or not boxes:
            return "unreadable"
        wanted, read = exact.split(), read_picture(page, boxes)
        return "matches" if any(is_read_so(wanted, read[at:]) for at in range(len(read))) else "differs"
    return "moved" if fold(exact) in fold(page.get_textpage().get_text_range()) else "differs"


def check(citation: dict[str, Any], content: bytes, pdf: Any) -> str:
    """The state of a citation: a key of SENTENCES."""
    ours = citation["readingRoom"]
    if citation_number(citation) != ours["citationId"]:
        return "altered"
    if hashlib.sha256(content).hexdigest() != ours["sha256"]:
        return "other_file"
    states = {check_part(target, pdf, ours["textSource"]) for target in citation["target"]}
    return next(state for state in ("differs", "unreadable", "moved", "matches") if state in states)


if __name__ == "__main__":
    try:
        data, content = json.loads(Path(sys.argv[1]).read_text("utf-8")), Path(sys.argv[2]).read_bytes()
        citations = data if isinstance(data, list) else data.get("items", [data])
        states = [check(citation, content, pdfium.PdfDocument(content)) for citation in citations]
    except (IndexError, OSError, ValueError, KeyError, TypeError, pdfium.PdfiumError) as error:
        sys.exit(print(f"{__doc__}\n{type(error).__name__}: {error}", file=sys.stderr) or 2)
    for citation, state in zip(citations, states, strict=True):
        print(f"{citation['readingRoom']['citationId']}  {state}  {SENTENCES[state]}")
    sys.exit(0 if set(states) == {"matches"} else 1)
