"""What reference managers read: parsed by the libraries that people use."""

from __future__ import annotations

import json
import re

import pytest
import rispy  # type: ignore[import-untyped]  # it has no types
from bibtexparser.entrypoint import parse_string
from jsonschema import Draft7Validator

from archive.exports.citation_styles import format_citation, style_by_id
from archive.rules.cited_source import CitedSource
from tests.exports.cited_kinds import KINDS, NASTY

ALL = [*KINDS.values(), *NASTY]
# The parts of the CSL-JSON schema (csl-data.json of the Citation Style Language project) that we write.
NAMES = {"type": "array", "items": {"type": "object", "required": ["literal"], "additionalProperties": False,
                                    "properties": {"literal": {"type": "string"}}}}  # fmt: skip
DAY = {
    "type": "object",
    "required": ["date-parts"],
    "additionalProperties": False,
    "properties": {"date-parts": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}},
}
# Each a string in the schema.
TEXTS = "title genre archive archive_location URL publisher language note annote number-of-pages"
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string"},
            "type": {"enum": ["document"]},
            "author": NAMES,
            "recipient": NAMES,
            "issued": DAY,
            "accessed": DAY,
            **{name: {"type": "string"} for name in TEXTS.split()},
        },
    },
}


def written(style_id: str, source: CitedSource) -> str:
    return format_citation(style_by_id(style_id), source).text


def entry_of(source: CitedSource) -> dict[str, str]:
    library = parse_string(written("bibtex", source))
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert (entry.entry_type, entry.key) == ("techreport", source.citation_id)
    return {name: str(field.value) for name, field in entry.fields_dict.items()}


@pytest.mark.parametrize("source", ALL, ids=range(len(ALL)))
def test_bibtex_is_one_entry(source: CitedSource) -> None:
    entry = entry_of(source)
    assert entry["url"] == source.address
    assert entry["urldate"] == "2026-11-02"
    for value in entry.values():
        assert value.count("{") == value.count("}"), "BibTeX counts every brace"


def test_no_word_in_bibtex_is_a_command_of_its_own() -> None:
    ours = r"\\text(?:backslash|brace(?:left|right)|ascii(?:circum|tilde))\{\}|\\[$&#%_]"
    for source in ALL:
        for name, value in entry_of(source).items():
            if name != "url":
                assert not re.search(r"[\\$&#%_^~]", re.sub(ours, "", value)), (name, value)


def test_bibtex_says_who_what_and_where() -> None:
    entry = entry_of(KINDS["memo with author"])
    assert entry["author"].strip("{}") == "Dana Whitcomb"
    assert entry["institution"].strip("{}") == "Immigration and Customs Enforcement"
    assert (entry["year"], entry["month"], entry["day"], entry["pages"]) == ("2010", "aug", "17", "2")
    assert "3f3f" in entry["note"]
    assert entry_of(KINDS["e-mail"])["pages"] == "2--3"
    assert entry_of(KINDS["letter with signatories"])["author"].count(" and ") == 2


@pytest.mark.parametrize("source", ALL, ids=range(len(ALL)))
def test_ris_is_one_record(source: CitedSource) -> None:
    (record,) = rispy.loads(written("ris", source))
    assert record["urls"] == [source.address]
    assert record["file_attachments1"] == source.file_address
    assert record["id"] == source.citation_id


def test_ris_says_who_what_and_where() -> None:
    (record,) = rispy.loads(written("ris", KINDS["memo without author"]))
    assert record["type_of_reference"] == "RPRT"
    assert record["authors"] == ["Immigration and Customs Enforcement,"], "one name, not first and last"
    assert record["title"] == "Secure Communities: Setting the Record Straight"
    assert (record["date"], record["start_page"]) == ("2010/08/17", "2")


@pytest.mark.parametrize("source", ALL, ids=range(len(ALL)))
def test_csl_json_is_as_its_schema_says(source: CitedSource) -> None:
    data = json.loads(written("csl-json", source))
    assert list(Draft7Validator(CSL).iter_errors(data)) == []
    assert data[0]["URL"] == source.address
