"""Every line from a child is checked: what no honest child sends is refused."""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ingest.file_facts import ActionKind, Attachment, FactsNote, FileFacts, Script
from ingest.limits import Limits
from ingest.page import (
    Box,
    FileOpened,
    Mark,
    MarkKind,
    PageFailure,
    PageImage,
    PageReading,
    ProposedField,
    ProposedFieldName,
    Reader,
    TextSource,
    Word,
)
from ingest.wire import KNOWN_ERRORS, FileFailed, RangeDone, Sent, format_line, parse_line
from ingest.wire_checks import BadLine

LIMITS = Limits()


def webp(width: int = 20, height: int = 30) -> PageImage:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(buffer, "WEBP")
    return PageImage(width, height, buffer.getvalue())


PAGE = PageReading(
    page_number=7,
    width_pt=612.0,
    height_pt=792.0,
    text="John community",
    words=(
        Word("John", 0, 4, (Box(72.0, 100.25, 90.5, 112.0),), 0.875),
        Word("community", 5, 14, (Box(95.0, 100.0, 130.0, 112.0), Box(72.0, 114.0, 90.0, 126.0)), 0.5),
    ),
    source=TextSource.OCR,
    reader=Reader.TESSERACT,
    quality=0.93,
    trust_reason="picture_without_text",
    printed_label="iv",
    marks=(Mark(MarkKind.OFF_PAGE_TEXT, Box(-50.0, 10.0, -10.0, 20.0), "beside"),),
    hidden_text="old layer",
    proposals=(
        ProposedField(ProposedFieldName.TO, "John", Box(72.0, 100.0, 90.0, 112.0)),
        ProposedField(ProposedFieldName.KIND, "memo"),
    ),
    image=webp(),
    thumbnail=webp(5, 8),
)


OPENED = FileOpened(
    12,
    {"Title": "Año"},
    FileFacts(
        attachments=(Attachment("roster.xlsx", 512, 3), Attachment("notes.txt")),
        scripts=(Script(ActionKind.JAVASCRIPT, "page 3", "app.alert(1)"),),
        more_metadata={"creator": "jbell"},
        has_xfa=True,
        filled_fields=4,
        notes=(FactsNote.PARTLY,),
    ),
)


@pytest.mark.parametrize(
    "event",
    [
        PAGE,
        OPENED,
        PageFailure(3, "page_too_slow", KNOWN_ERRORS["page_too_slow"].sentence),
        FileFailed("encrypted_pdf"),
        webp(),
        RangeDone(),
    ],
)
def test_what_is_sent_is_what_arrives(event: Sent) -> None:
    line = format_line(event)
    assert line.count(b"\n") == 1
    assert parse_line(line, LIMITS) == event


def test_only_codes_of_errors_cross() -> None:
    line = format_line(PageFailure(3, "page_too_slow", "/home/me/secret.pdf broke it"))
    assert b"secret" not in line


def changed(**changes: Any) -> bytes:
    return json.dumps(json.loads(format_line(PAGE)) | changes).encode()


def with_facts(**changes: Any) -> bytes:
    opened = json.loads(format_line(OPENED))
    return json.dumps(opened | {"facts": opened["facts"] | changes}).encode()


def with_words(**changes: Any) -> bytes:
    return changed(words=json.loads(format_line(PAGE))["words"] | changes)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"not json",
        b"[]",
        b"{}",
        b'{"is": "secret"}',
        b'{"is": ["page"]}',
        b"[" * 100_000,
        b'{"is": "opened", "pages": 0, "metadata": {}}',
        b'{"is": "opened", "pages": true, "metadata": {}}',
        b'{"is": "opened", "pages": 1, "metadata": {"Title": 3}}',
        b'{"is": "opened", "pages": 1, "metadata": {}}',
        b'{"is": "opened", "pages": 1, "metadata": {}, "facts": []}',
        with_facts(attachments=[["a", -1, 0]]),
        with_facts(attachments=[["a", 1]]),
        with_facts(attachments=[["a" * 300, 1, 0]]),
        with_facts(attachments=[["a", 1, 0]] * 201),
        with_facts(scripts=[["Rumour", "page 1", ""]]),
        with_facts(scripts=[["JavaScript", "page 1", "x" * 201]]),
        with_facts(scripts=[["JavaScript", "page\u0007", ""]]),
        with_facts(metadata={"creator": ["jbell"]}),
        with_facts(metadata={str(number): "" for number in range(41)}),
        with_facts(xfa=1),
        with_facts(fields=True),
        with_facts(notes=["all_is_well"]),
        b'{"is": "failed", "code": "made_up"}',
        b'{"is": "failure", "page": 1, "code": {}}',
        changed(page=0),
        changed(page=7.0),
        changed(size=[612]),
        changed(size=[float("nan"), 792]),
        changed(size=[float("inf"), 792]),
        changed(size=[-1, 792]),
        changed(text="a\u0000b"),
        changed(text="a\ud800b"),
        changed(text="x" * (2 * LIMITS.max_characters_per_page + 1)),
        changed(text="short"),
        changed(source="rumour"),
        changed(quality=1.5),
        changed(quality=float("nan")),
        changed(quality=True),
        changed(marks=[["dark_box", [0, 0, 10], ""]]),
        changed(marks=[["dark_box", [10, 0, 0, 10], ""]]),
        changed(marks=[["dark_box", [0, 0, 10, 1e400], ""]]),
        changed(marks=[["dark_box", [0, 0, 1, 1], ""]] * 3_000),
        changed(proposals=[["shoe_size", "42", None]]),
        changed(image=[20, 30, "bm90IHdlYnA="]),
        changed(image=[21, 30, json.loads(format_line(PAGE))["image"][2]]),
        changed(image=[20, 30, "not base64!"]),
        changed(image=[20, 30, None]),
        with_words(start=[0]),
        with_words(start=[5, 0], end=[14, 4]),
        with_words(end=[4, 15]),
        with_words(end=[0, 14]),
        with_words(end=[6, 14]),
        with_words(start=[0, 5.0]),
        with_words(start=[0, True]),
        with_words(start="05"),
        with_words(boxes=[1, 2, 3, 4]),
        with_words(boxes=[-1] * 12),
        with_words(boxes=[0, 0, 999_999, 1] * 3),
        with_words(boxes=[9, 9, 1, 1] * 3),
        with_words(joined={"9": 2}),
        with_words(joined={"1": 0}),
        with_words(joined={"x": 2}),
        with_words(joined=[]),
        with_words(confidence=[5]),
        with_words(confidence=[5, 5_000]),
    ],
)
def test_what_no_honest_child_sends_is_refused(line: bytes) -> None:
    with pytest.raises(BadLine):
        parse_line(line, LIMITS)


@given(st.binary(max_size=300))
def test_random_bytes_are_refused_and_never_raise_anything_else(line: bytes) -> None:
    with pytest.raises(BadLine):
        parse_line(line, LIMITS)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(json.loads(format_line(PAGE)))), _json)
def test_any_field_replaced_by_anything_is_taken_or_refused(name: str, value: Any) -> None:
    with contextlib.suppress(BadLine):
        parse_line(changed(**{name: value}), LIMITS)
