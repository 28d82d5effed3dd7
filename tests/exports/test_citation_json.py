"""A citation as a file: a W3C Web Annotation, read back as the very same citation; nothing else is read."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable
from datetime import UTC
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.exports.citation_json import (
    MOST_CITATIONS,
    MOST_FILE_BYTES,
    BadCitationFile,
    citation_to_json,
    record_from_json,
    records_from_file,
)
from archive.rules.citation_record import CitationRecord, CitedPart, citation_id_of
from archive.rules.citation_states import CitationState
from ingest.page import Box
from tests.exports.cited_kinds import KINDS
from tests.factories import NOON

SOURCE = KINDS["memo without author"]
IRI = {"type": "string", "format": "uri", "pattern": "^https?://"}
# https://www.w3.org/TR/annotation-model/, sections 3.1, 3.2.4, 4.2, 4.2.1, 4.2.4, 4.2.5
ANNOTATION: dict[str, Any] = {
    "type": "object",
    "required": ["@context", "id", "type", "target"],
    "properties": {
        "@context": {
            "type": "array",
            "prefixItems": [{"const": "http://www.w3.org/ns/anno.jsonld"}, {"type": "object"}],
        },
        "id": IRI,
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["identifying"]},
        "created": {
            "type": "string",
            "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$",
        },
        "body": {
            "type": "object",
            "required": ["type", "value"],
            "properties": {"type": {"const": "TextualBody"}, "value": {"type": "string"}},
        },
        "target": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/resource"}},
    },
    "$defs": {
        "resource": {
            "type": "object",
            "required": ["type", "source", "selector"],
            "properties": {
                "type": {"const": "SpecificResource"},
                "source": {"type": "object", "required": ["id"], "properties": {"id": IRI}},
                "selector": {
                    "type": "array",
                    "prefixItems": [{"$ref": "#/$defs/fragment"}],
                    "items": {"anyOf": [{"$ref": "#/$defs/quote"}, {"$ref": "#/$defs/position"}]},
                },
            },
        },
        "fragment": {
            "type": "object",
            "required": ["type", "value", "conformsTo"],
            "properties": {
                "type": {"const": "FragmentSelector"},
                "value": {"type": "string", "pattern": r"^page=[1-9]\d*$"},
                "conformsTo": {"const": "http://tools.ietf.org/rfc/rfc8118"},
            },
        },
        "quote": {
            "type": "object",
            "required": ["type", "exact"],
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                **{name: {"type": "string"} for name in ("exact", "prefix", "suffix")},
            },
        },
        "position": {
            "type": "object",
            "required": ["type", "start", "end"],
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 0},
            },
        },
    },
}

# What stands on a page is squeezed to one line before it is cited: no control characters, no line ends.
_line = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60)
_point = st.integers(0, 8_000).map(lambda tenths: tenths / 10)
_box = st.builds(Box, _point, _point, _point, _point)


@st.composite
def records(draw: st.DrawFn) -> CitationRecord:
    """Records of one to three pages in order, some without words."""
    first = draw(st.integers(1, 5_000))
    parts = []
    for page_number in range(first, first + draw(st.integers(1, 3))):
        start = draw(st.integers(0, 90_000))
        exact = draw(_line)
        parts.append(
            CitedPart(
                page_number=page_number,
                label=draw(_line),
                exact=exact,
                prefix=draw(_line) if exact else "",
                suffix=draw(_line) if exact else "",
                start=start if exact else 0,
                end=start + len(exact) if exact else 0,
                boxes=tuple(draw(st.lists(_box, max_size=4))),
            )
        )
    return CitationRecord(
        sha256=draw(st.binary(min_size=32, max_size=32)).hex(),
        parts=tuple(parts),
        source=draw(st.sampled_from(("text_layer", "ocr", "none"))),
        reader=draw(st.sampled_from(("pdfium", "tesseract", "none"))),
        reader_version="2",
        text_sha256=draw(st.binary(min_size=32, max_size=32)).hex(),
        cited_at=draw(st.datetimes(timezones=st.just(UTC))),
        typed=draw(_line),
    )


def as_json(record: CitationRecord) -> dict[str, Any]:
    return citation_to_json(record, SOURCE, facts={"title": "A memo"}, state=CitationState.MATCHES)


def a_citation() -> dict[str, Any]:
    part = CitedPart(2, "iv", "opt out", "may", "of it", 10, 17, (Box(72, 90, 110.5, 102),))
    return as_json(CitationRecord("0a" * 32, (part,), "text_layer", "pdfium", "2", "0b" * 32, NOON))


@given(records())
def test_what_is_written_is_read_back_as_the_same(record: CitationRecord) -> None:
    content = json.dumps(as_json(record)).encode()
    assert records_from_file(content) == ((record, record.id),)


@given(records())
def test_every_citation_is_a_web_annotation(record: CitationRecord) -> None:
    jsonschema.Draft202012Validator(ANNOTATION).validate(json.loads(json.dumps(as_json(record))))


def test_the_schema_refuses_what_is_no_web_annotation() -> None:
    data = a_citation()
    data["target"][0]["selector"][0]["value"] = "page=0"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(ANNOTATION).validate(data)


def test_the_file_says_all_that_a_check_needs() -> None:
    data = a_citation()
    ours, target = data["readingRoom"], data["target"][0]
    assert target["source"]["id"] == SOURCE.file_address
    assert target["readingRoom"] == {"pageNumber": 2, "pageLabel": "iv", "boxes": [[72, 90, 110.5, 102]]}
    assert (ours["sha256"], ours["textSha256"]) == ("0a" * 32, "0b" * 32)
    assert (ours["archive"], ours["stateWhenSaved"]) == (SOURCE.archive_name, "matches")
    assert ours["description"] == {"title": "A memo"}


def test_a_changed_word_shows_in_the_number() -> None:
    data = a_citation()
    data["target"][0]["selector"][1]["exact"] = "opt in"
    record, number = record_from_json(data)
    assert number != record.id == citation_id_of(record.sha256, record.parts)


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"items": rows}], ids=["list", "items"])
def test_a_file_may_hold_many(wrap: Callable[[list[object]], object]) -> None:
    rows: list[object] = [a_citation()] * 3
    assert len(records_from_file(json.dumps(wrap(rows)).encode())) == 3


def _selector(number: int, name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["target"][0]["selector"][number].__setitem__(name, value)


def _ours(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["readingRoom"].__setitem__(name, value)


def _boxes(value: object) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["target"][0]["readingRoom"].__setitem__("boxes", value)


def _top(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda data: data.__setitem__(name, value)


@pytest.mark.parametrize(
    "spoil",
    [
        _selector(0, "value", "page=0"),
        _selector(0, "value", "page=3"),  # not the page that we name
        _selector(0, "value", 2),
        _selector(1, "exact", "opt\nout"),
        _selector(1, "prefix", None),
        _selector(2, "start", -1),
        _selector(2, "start", 18),  # after its end
        _selector(2, "start", math.inf),
        _selector(2, "end", "many"),
        _boxes([[1, 2, 3]]),
        _boxes([[math.nan, 2, 3, 4]]),
        _boxes([[10**400, 2, 3, 4]]),
        _boxes([[0, 0, 1, 1]] * 20_001),
        _boxes(7),
        _ours("sha256", "0A" * 32),
        _ours("sha256", "0a"),
        _ours("citationId", "../../etc/passwd"),
        _ours("format", "reading-room-citation-2"),
        _ours("textSource", None),
        _top("created", "yesterday"),
        _top("created", "2026-11-02T12:00:00"),  # at which hour of whose day
        _top("target", []),
        _top("target", {"selector": []}),
        _top("readingRoom", None),
    ],
)
def test_what_is_no_citation_is_refused(spoil: Callable[[dict[str, Any]], None]) -> None:
    data = copy.deepcopy(a_citation())
    spoil(data)
    with pytest.raises(BadCitationFile):
        records_from_file(json.dumps(data).encode())


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\xff\xfe", b"null", b"7", b"[]", b'{"items": []}', b"[" * 100_000),
        b'[{"id": 1}]',
        b" " * (MOST_FILE_BYTES + 1),
        json.dumps([0] * (MOST_CITATIONS + 1)).encode(),
    ],
    ids=range(10),
)
def test_what_holds_no_citation_is_refused(content: bytes) -> None:
    with pytest.raises(BadCitationFile) as refused:
        records_from_file(content)
    assert refused.value.sentence.endswith(".")
    assert refused.value.exit_code == 2
