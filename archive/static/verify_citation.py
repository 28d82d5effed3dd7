"""Does a citation hold? Checks it with only the file in hand, without the site it came from.

    pip install pypdfium2
    python verify_citation.py CITATION.json FILE.pdf

Words read from a picture (OCR) need a `tesseract` program. Exit code: 0 holds, 1 does not, 2 unusable files.
"""

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
    "unreadable": "File, page and number are right. The words are a picture, not read so here: look at it.",
}
PIXELS, TWINS = 300 / 72, str.maketrans("1i|058", "lllosb")  # a point; letters that OCR takes for another


def letters(text: str) -> str:
    """The letters and digits alone; between two digits, that something stands there: '5-0' is not '50'."""
    return re.sub(r"\W", "", re.sub(r"(?<=\d)\W+(?=\d)", "_", unicodedata.normalize("NFKC", text)))


def quote_of(target: dict[str, Any]) -> dict[str, str]:
    """The cited words and what stands around them; empty when a page as a whole is cited."""
    return next((one for one in target["selector"] if one["type"] == "TextQuoteSelector"), {})


def citation_number(citation: dict[str, Any]) -> str:
    """The number that follows from what the citation says."""
    lines = ["reading-room-citation-1", citation["readingRoom"]["sha256"]]
    for target in citation["target"]:
        quote = [quote_of(target).get(name, "") for name in ("exact", "prefix", "suffix")]
        lines += [str(target["readingRoom"]["pageNumber"]), *quote]
    digest = hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest).decode().lower()[:16]


def find_in_text(page: Any, exact: str, boxes: list[list[float]]) -> str:
    """Whether the page's text has the words, all in these boxes, and no box is left over."""
    text, found = page.get_textpage(), "differs"
    signs = [text.get_text_range(index, 1) for index in range(text.count_chars())]
    places = [index for index, sign in enumerate(signs) for _ in letters(sign).strip("_")]
    haystack, needle = (part.replace("_", "") for part in ("".join(map(letters, signs)), letters(exact)))
    spots = {index: middle(page, text, index) for index in set(places)}
    filled = [{n for n, (x, y) in spots.items() if b[0] <= x <= b[2] and b[1] <= y <= b[3]} for b in boxes]
    for match in re.finditer(f"(?={re.escape(needle)})", haystack) if needle else ():
        span = range(places[match.start()], places[match.start() + len(needle) - 1] + 1)
        if letters("".join(signs[index] for index in span)) == letters(exact):
            found, ours = "moved", set(span) & set(places)
            if ours <= set().union(*filled) and all(inside & ours for inside in filled if inside):
                return "matches"
    told = [letters("".join(signs[index] for index in sorted(inside))) for inside in filled]
    return "matches" if needle and "".join(told).replace("_", "") == needle else found


def middle(page: Any, text: Any, index: int) -> tuple[float, float]:
    """Where a letter stands: points from the top left corner of the page as it is shown, turned and cut."""
    left, bottom, right, top = page.get_bbox()
    x0, y0, x1, y1 = text.get_charbox(index, loose=True)
    x, y, turns = (x0 + x1) / 2, (y0 + y1) / 2, page.get_rotation() // 90 % 4
    return ((x - left, top - y), (y - bottom, x - left), (right - x, y - bottom), (top - y, right - x))[turns]


def read_picture(page: Any, boxes: list[list[float]]) -> list[str]:
    """The words that Tesseract reads in the boxes alone, line by line."""
    bitmap = page.render(scale=PIXELS, grayscale=True)
    data, width = bytes(bitmap.buffer), bitmap.stride
    rows, first, last = [bytearray(b"\xff" * width) for _ in range(40)], 0, [0.0, 0.0, 0.0, -9.0]
    for box in boxes:
        x0, y0, x1, y1 = (max(0, int((e + by) * PIXELS)) for e, by in zip(box, (-2, -2, 2, 2), strict=True))
        if abs(box[1] + box[3] - last[1] - last[3]) > box[3] - box[1] or box[0] < last[0]:
            first, top = len(rows), y0  # a new line
        last = box
        rows += [bytearray(b"\xff" * width) for _ in range(first + y1 - top + 40 - len(rows))]
        for y in range(y0, min(y1, bitmap.height)):
            strip, row = data[y * width + x0 : y * width + min(x1, width)], rows[max(first + y - top, 0)]
            row[x0 : x0 + len(strip)] = bytes(map(min, row[x0 : x0 + len(strip)], strip))
    picture = b"P5 %d %d 255\n" % (width, len(rows)) + b"".join(rows)
    command = ["tesseract", "stdin", "stdout", "--psm", "6", "--dpi", "300"]
    return subprocess.run(command, input=picture, capture_output=True, check=True).stdout.decode().split()


def is_read_so(wanted: list[str], read: list[str]) -> bool:
    """Whether OCR reads so, one letter in five apart; it may part or join words, not lose or add one."""
    if not wanted or not read:
        return wanted == read
    for ours, theirs, least in ((1, 1, 0.8), (1, 2, 0.97), (2, 1, 0.97)):
        first, second = ("".join(w).lower().translate(TWINS) for w in (wanted[:ours], read[:theirs]))
        if difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() >= least:
            return is_read_so(wanted[ours:], read[theirs:])
    return False


def check_part(target: dict[str, Any], pdf: Any, source: str) -> str:
    """The state of the words on one page."""
    number, boxes = target["readingRoom"]["pageNumber"], target["readingRoom"]["boxes"]
    exact = quote_of(target).get("exact", "")
    if not 1 <= number <= len(pdf):
        return "differs"
    page = pdf[number - 1]
    if pdfium.raw.FPDFPage_Flatten(page, 0) == 1:  # stamps and fields became part of the page
        page = pdf[number - 1]
    found = find_in_text(page, exact, boxes) if exact else "matches"
    if found == "matches" or source != "ocr":
        return found
    if not shutil.which("tesseract") or not boxes:
        return "unreadable"
    wanted, read = (list(filter(None, map(letters, w))) for w in (exact.split(), read_picture(page, boxes)))
    return "matches" if is_read_so(wanted, read) else "unreadable"


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
        citations[0]  # a file without any is no citation
    except (LookupError, OSError, ValueError, TypeError, AttributeError, pdfium.PdfiumError) as error:
        sys.exit(print(f"{__doc__}\n{type(error).__name__}: {error}", file=sys.stderr) or 2)
    for citation, state in zip(citations, states, strict=True):
        print(f"{citation['readingRoom']['citationId']}  {state}  {SENTENCES[state]}")
    sys.exit(0 if set(states) == {"matches"} else 1)
