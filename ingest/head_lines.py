"""The head of a memo, letter or e-mail as labelled values: ``FROM: ...``, ``SUBJECT: ...``.

Heads come in many shapes: value beside its label, in a second column, on the next line, or running over
several lines. What is redacted has no value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import median

from ingest.page import Box, Word

_MAX_HEAD_LINES = 60
_MAX_LINES_AT_TOP, _MAX_LINES_AT_FOOT = 150, 30
_MAX_LINE_CHARACTERS = 600  # no printed line is longer; a hostile one would make the patterns slow
_MAX_VALUE_LINES = 5


class Label(StrEnum):
    """What a label at the start of a line says."""

    TO = "to"
    FROM = "from"
    SUBJECT = "subject"
    DATE = "date"
    SENT = "sent"  # a date, and the mark of an e-mail
    TITLE = "title"
    OTHER = "other"  # ends the value before it, names nothing we keep


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One printed line; ``words`` are its words, left to right."""

    text: str
    words: tuple[Word, ...]
    box: Box
    starts_paragraph: bool

    @property
    def height(self) -> float:
        """The height of its type, points: that of its middling word."""
        return median(word.boxes[0].bottom - word.boxes[0].top for word in self.words)


@dataclass(frozen=True, slots=True)
class HeadValue:
    """What stands after a label, on one line or more; ``text`` is empty where it is blank or redacted."""

    label: Label
    label_text: str
    text: str
    box: Box


def read_lines(text: str, words: Sequence[Word]) -> list[HeadLine]:
    """The page's lines that have words, from the top down; of a very long page the top and the foot."""
    lines: list[HeadLine] = []
    ends = [match.start() for match in re.finditer(r"\n|\Z", text)]
    start = place = 0
    for end in ends:
        row: list[Word] = []
        while place < len(words) and words[place].start < end:
            if words[place].boxes:
                row.append(words[place])
            place += 1
        if row and end - start <= _MAX_LINE_CHARACTERS:
            gap = start == 0 or text[max(0, start - 2) : start] == "\n\n"
            boxes = [word.boxes[0] for word in row]
            lines.append(HeadLine(" ".join(text[start:end].split()), tuple(row), bounding_box(boxes), gap))
        start = end + 1
    lines.sort(key=lambda line: round(line.box.top))
    if len(lines) <= _MAX_LINES_AT_TOP + _MAX_LINES_AT_FOOT:
        return lines
    return lines[:_MAX_LINES_AT_TOP] + lines[-_MAX_LINES_AT_FOOT:]


def bounding_box(boxes: Sequence[Box]) -> Box:
    """The smallest box around all of ``boxes``."""
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


_LABELS: tuple[tuple[Label, str], ...] = (
    (Label.TO, r"memorandum\s+(?:for|to)|memo\s+(?:for|to)|to|t[eac0]|for|para"),
    (Label.FROM, r"from|fro[rn]n?|fram|frorn|de"),
    (Label.SUBJECT, r"subject|subiect|subjeet|subj|re|in\s+re|asunto"),
    (Label.SENT, r"sent|date\s+sent|sent\s+on"),
    (Label.DATE, r"date|dated|date\s+filed|fecha"),
    (Label.TITLE, r"title"),
    (
        Label.OTHER,
        "|".join(
            (
                r"cc|bcc|thru|through|via|attachments?|attach|attachment=|importance|sensitivity|categories",
                r"file|file\s+no|pages?|phone|fax|telephone|reference|ref|classification|action|purpose",
                r"background|originator|author|office|agency|case|docket|summary|precedence|info|distribution",
                r"cy|enclosures?|encl|follow\s+up\s+flag|flag\s+status",
            )
        ),
    ),
)
_LABEL_PATTERNS = tuple(
    (label, re.compile(rf"[^\w(\[]*(?P<label>{pattern})\s*(?P<mark>[:;]|=(?=\s))\s*", re.IGNORECASE))
    for label, pattern in _LABELS
)
# OCR loses colons. Inside an e-mail's head these words at the start of a line are labels without one.
_BARE_LABELS = tuple(
    (label, re.compile(rf"[^\w(\[]*(?P<label>{pattern})[.,]?(?:\s+|$)"))
    for label, pattern in (
        (Label.FROM, "From"),
        (Label.TO, "To"),
        (Label.SENT, "Sent"),
        (Label.SUBJECT, "Subject"),
        (Label.OTHER, "Cc"),
    )
)
# 'MEMORANDUM FOR' is often printed without a colon, the address beside or below it.
_MEMORANDUM_FOR = re.compile(r"(?P<label>MEMORANDUM\s+(?:FOR|TO))\b:?\s*")
_SENT_WITHOUT_COLON = re.compile(
    r"[^\w(\[]*(?P<label>Sent)[.,]?\s+(?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
)
GREETING = re.compile(r"(?:dear|estimad[oa]s?)\b.{1,80}", re.IGNORECASE)
_ANY_LABEL = re.compile(r"[A-Z][A-Z /]{1,30}\s?:")
_SIDE_LABEL = re.compile(r"(?:TO|FROM|DATE|FILE|PAGES|PHONE|FAX|REF|Date|Phone|Fax|File|Pages|From|To):")

_CODE = r"\(?\s?[bB8]\s?\)?\s?\(?[1-9S]\s?\)?(?:\s?\(?[A-Fa-f]\)?)?"
_REDACTED = re.compile(
    rf"(?:\({_CODE}\)?|\bb\d[A-F]?\b|\[redacted\]|\[b\d.*?\]|\bREDACTED\b|[\u2588\u25a0\u25ae_]{{2,}})"
    r"[\s,;]*(?:\(?\d\)?\(?[A-F]\)?)?[,;]?",
    re.IGNORECASE,
)
_LONE_SIGN = re.compile(
    r"(?:^|(?<=\s))[}{|~=\[\]_`*.'\u00ab\u00bb\u2022]+(?=\s|$)"
)  # rules and specks, read as signs
_ONLY_CODES = re.compile(
    rf"(?>{_CODE}[\s,;/]*+)++", re.IGNORECASE
)  # atomic: blanks can be shared out in 2^n ways


def read_head(lines: Sequence[HeadLine]) -> list[HeadValue]:
    """The labelled values of the topmost head; a forwarded message's head further down is not read."""
    values: list[HeadValue] = []
    index = 0
    head = list(lines[:_MAX_HEAD_LINES])
    while index < len(head):
        found = _label_of(head[index], in_email=any(value.label is Label.SENT for value in values))
        if found is None:
            if (values and _ends_head(values)) or GREETING.fullmatch(head[index].text):
                break
            index += 1
            continue
        label, label_text, length = found
        if _starts_second_head(label, values):
            break
        used, parts = _value_words(head, index, length, label)
        if parts:
            values += _side_values(label, label_text, parts)
        else:
            values.append(HeadValue(label, label_text, "", head[index].box))
        index += used
    return values


def _starts_second_head(label: Label, values: Sequence[HeadValue]) -> bool:
    """A second From or Sent is the message that was answered."""
    return label in (Label.FROM, Label.SENT) and any(value.label is label for value in values)


def _ends_head(values: Sequence[HeadValue]) -> bool:
    """Once sender and subject are known, the first line without a label is the body."""
    labels = {value.label for value in values}
    return {Label.FROM, Label.SUBJECT} <= labels


def _label_of(line: HeadLine, *, in_email: bool) -> tuple[Label, str, int] | None:
    """The label at the start of a line, as printed, and how many characters it takes."""
    if match := _MEMORANDUM_FOR.match(line.text):
        return Label.TO, match["label"], match.end()
    if match := _SENT_WITHOUT_COLON.match(line.text):
        return Label.SENT, match["label"], match.end()
    for label, pattern in _LABEL_PATTERNS:
        if (match := pattern.match(line.text)) and _is_label_like(match["label"]):
            return label, match["label"], match.end()
    if in_email:
        for label, pattern in _BARE_LABELS:
            if match := pattern.match(line.text):
                return label, match["label"], match.end()
    return None


def _is_label_like(text: str) -> bool:
    """Labels are written with a capital; 'to:' within a sentence is none."""
    return text[:1].isupper()


def _value_words(
    lines: Sequence[HeadLine], index: int, label_length: int, label: Label
) -> tuple[int, list[list[Word]]]:
    """How many lines the label and its value take, and the value's words, line by line."""
    line = lines[index]
    right_edge = max(other.box.x1 for other in lines)
    beside = _words_after(line, label_length)
    rows = [beside] if beside else []
    used = 1
    while len(rows) < _MAX_VALUE_LINES and index + used < len(lines):
        following = lines[index + used]
        if not _continues(line, lines[index + used - 1], following, rows, label, right_edge):
            break
        rows.append(list(following.words))
        used += 1
    return used, rows


def _continues(
    label_line: HeadLine,
    previous: HeadLine,
    line: HeadLine,
    rows: Sequence[Sequence[Word]],
    label: Label,
    right_edge: float,
) -> bool:
    if _label_of(line, in_email=True) or _ANY_LABEL.match(line.text) or GREETING.fullmatch(line.text):
        return False
    height = label_line.height
    if line.box.top - previous.box.bottom > 1.6 * height:
        return False
    if not rows:  # the value stands beside the label as a line of its own, or below it
        beside = abs(line.box.top - label_line.box.top) < 0.8 * height and line.box.x0 > label_line.box.x1
        return beside or (len(line.words) <= 12 and not line.text.endswith("."))
    value_left = rows[0][0].boxes[0].x0
    if value_left > label_line.box.x0 + 2 * height and abs(line.box.x0 - value_left) < height:
        return True
    return (
        label is Label.SUBJECT
        and not line.starts_paragraph
        and _was_full(previous, line, right_edge)
        and line.box.x0 <= label_line.box.x0 + 2
    )


def _was_full(previous: HeadLine, line: HeadLine, right_edge: float) -> bool:
    """Whether the next line's first word would not have fitted at the end of the line before."""
    first = line.words[0].boxes[0]
    return previous.box.x1 + (first.x1 - first.x0) + line.height / 2 > right_edge


def _words_after(line: HeadLine, label_length: int) -> list[Word]:
    offset = 0
    kept: list[Word] = []
    for word in line.words:
        cut = label_length - offset
        if cut <= 0:
            kept.append(word)
        elif cut < len(word.text):  # 'FROM:Director' without a space
            kept.append(replace(word, text=word.text[cut:], start=word.start + cut))
        offset += len(word.text) + 1
    return kept


def _side_values(label: Label, label_text: str, rows: Sequence[Sequence[Word]]) -> list[HeadValue]:
    """The value; where a second label stands in the same line at a distance, its value too."""
    cut = next((place for place in range(1, len(rows[0])) if _is_side_label(rows[0], place)), None)
    if cut is None:
        return _clean_value(label, label_text, [word for row in rows for word in row])
    kept = [word for row in (rows[0][:cut], *rows[1:]) for word in row]
    values = _clean_value(label, label_text, kept)
    side, side_words = rows[0][cut], rows[0][cut + 1 :]
    for side_label, pattern in _LABEL_PATTERNS:
        if side_words and pattern.match(side.text + " "):
            values += _clean_value(side_label, side.text, side_words)
            break
    return values


def _is_side_label(row: Sequence[Word], place: int) -> bool:
    box, before = row[place].boxes[0], row[place - 1].boxes[0]
    distant = box.x0 - before.x1 > 1.2 * (box.bottom - box.top)
    return distant and _SIDE_LABEL.fullmatch(row[place].text) is not None


def _clean_value(label: Label, label_text: str, words: Sequence[Word]) -> list[HeadValue]:
    text = " ".join(word.text for word in words)
    if _ONLY_CODES.fullmatch(text):
        text = ""
    text = " ".join(_LONE_SIGN.sub(" ", _REDACTED.sub(" ", text)).split()).strip(" ,;:|-=\u2013\u2014")
    if not any(character.isalnum() for character in text):
        text = ""
    return [HeadValue(label, label_text, text, bounding_box([box for word in words for box in word.boxes]))]
