"""Title, date, sender, recipient, subject and kind as a first page gives them, each with its place.

Proposals for a person to confirm. What the page does not say is not proposed: a wrong name on a public
record is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.dates import find_date, iter_dates
from ingest.head_lines import HeadLine, HeadValue, Label, bounding_box, read_head, read_lines
from ingest.headings import MAX_TITLE_CHARACTERS, find_form_number, find_heading
from ingest.kinds import FoundKind, find_kind
from ingest.letters import iter_letter_names
from ingest.page import ProposedField, ProposedFieldName, Word

_MAX_NAME_CHARACTERS = 300
_DATE_LINE_WORDS = 7
_TOP_SHARE = 0.45  # of the lines: where a letter has its date
_LETTERS = frozenset({"letter", "sign_on_letter", "request_letter", "response_letter"})
_FILED = re.compile(r"(?:date\s+)?(?:filed|decided|dated|adopted|as\s+of|issued)\b", re.IGNORECASE)


def propose_fields(text: str, words: Sequence[Word]) -> tuple[ProposedField, ...]:
    """The fields of the document whose first page has this text and these words."""
    lines = read_lines(text, words)
    head = read_head(lines)
    kind = find_kind(lines, head)
    if kind is not None and kind.kind not in ("memo", "email") and not _is_head(head):
        head = [value for value in head if value.label in (Label.SUBJECT, Label.DATE, Label.TITLE)]
    fields = [*_iter_names(head), *_iter_date(lines, head, kind), *_iter_title(lines, head, kind)]
    if kind is not None:
        if kind.kind in _LETTERS:
            fields += iter_letter_names(lines)
        fields.append(ProposedField(ProposedFieldName.KIND, kind.kind, kind.box))
    return tuple(fields)


def _is_head(head: Sequence[HeadValue]) -> bool:
    return len({value.label for value in head} & {Label.FROM, Label.TO, Label.SUBJECT}) >= 2


def _iter_names(head: Sequence[HeadValue]) -> Iterator[ProposedField]:
    for label, name in (
        (Label.FROM, ProposedFieldName.FROM),
        (Label.TO, ProposedFieldName.TO),
        (Label.SUBJECT, ProposedFieldName.SUBJECT),
    ):
        value = next((value for value in head if value.label is label), None)
        if value is not None and any(character.isalpha() for character in value.text):
            yield ProposedField(name, value.text[:_MAX_NAME_CHARACTERS], value.box)


def _iter_title(
    lines: Sequence[HeadLine], head: Sequence[HeadValue], kind: FoundKind | None
) -> Iterator[ProposedField]:
    for label in (Label.TITLE, Label.SUBJECT):
        value = next((value for value in head if value.label is label and value.text), None)
        if value is not None:
            title = value.text[:MAX_TITLE_CHARACTERS].rstrip()
            yield ProposedField(ProposedFieldName.TITLE, title, value.box)
            return
    if kind is not None and kind.kind in _LETTERS:
        return  # what stands out on a letter is its letterhead
    if kind is not None and kind.kind == "form":
        heading = find_form_number(lines) or find_heading(lines)
    else:
        heading = find_heading(lines)
    if heading is not None:
        yield ProposedField(ProposedFieldName.TITLE, heading.text, heading.box)


def _iter_date(
    lines: Sequence[HeadLine], head: Sequence[HeadValue], kind: FoundKind | None
) -> Iterator[ProposedField]:
    for label in (Label.SENT, Label.DATE):  # an e-mail may carry a stamp with a 'Date:' of its own
        for value in head:
            if value.label is label and (found := find_date(value.text)):
                yield ProposedField(ProposedFieldName.DATE, found.value.isoformat(), value.box)
                return
    if kind is not None and kind.kind in ("email", "form"):
        return  # a form is full of dates, and none of them is its own
    top = lines[: max(8, round(len(lines) * _TOP_SHARE))]
    for line in (*top, *lines[-6:]):
        if field := _date_of_line(line):
            yield field
            return


def _date_of_line(line: HeadLine) -> ProposedField | None:
    """A line that is a date and little else, or a date with 'Filed' or 'as of' before it."""
    for found in iter_dates(line.text):
        rest = line.text[: found.start] + line.text[found.end :]
        alone = len(line.words) <= _DATE_LINE_WORDS and len(re.sub(r"\W", "", rest)) <= 12
        if alone or _FILED.search(line.text[max(0, found.start - 15) : found.start]):
            boxes = [box for word in _words_within(line, found.start, found.end) for box in word.boxes[:1]]
            box = bounding_box(boxes) if boxes else line.box
            return ProposedField(ProposedFieldName.DATE, found.value.isoformat(), box)
    return None


def _words_within(line: HeadLine, start: int, end: int) -> Iterator[Word]:
    offset = 0
    for word in line.words:
        if offset < end and offset + len(word.text) > start:
            yield word
        offset += len(word.text) + 1
