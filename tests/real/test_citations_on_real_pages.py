"""Three hundred passages of real pages are cited and verified, three hundred altered ones are not: by the
site, by ``reading-room verify`` with the file in hand, and by the program that needs neither."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdfium2
import pytest
from sqlalchemy.orm import Session

from archive.exports.citation_json import citation_to_json, record_from_json
from archive.models import Citation
from archive.parts import Parts
from archive.resources import static_dir
from archive.rules.access import READER
from archive.rules.citation_check import covered_share
from archive.rules.citation_record import CitationRecord
from archive.rules.citation_states import PROVEN, CitationState
from archive.services.citations import cite_passage, record_of
from archive.services.cited_sources import source_of
from archive.services.record_checks import check_against_archive
from tests.factories import NOON
from tests.real.cited_passages import RealPage, altered, passages, real_pages
from tests.real.taken_in import Corpus

pytestmark = pytest.mark.real
SCRIPT = static_dir() / "verify_citation.py"
PASSAGES = 300
SAME_BOXES = 0.95
OCR_EVERY = int(os.environ.get("TESTS_OCR_EVERY", "6"))  # 1: all of them


@dataclass
class Cited:
    """The corpus in an archive, with its passages cited and their altered likes."""

    parts: Parts
    folder: Path
    pages: list[RealPage]
    files: dict[str, str]  # SHA-256 to file name
    given: list[tuple[CitationRecord, dict[int, tuple[Any, ...]]]]
    data: list[dict[str, Any]]


@pytest.fixture(scope="module")
def cited(ingested: Corpus, opened: Parts) -> Cited:
    parts = opened
    with parts.database.transaction() as session:
        pages = real_pages(session)
        cited = Cited(parts, ingested.folder, pages, {}, [], [])
        chance = random.Random(20101006)
        for passage in passages(pages, chance, PASSAGES):
            citation = cite_passage(
                session,
                passage.document.id,
                passage.page_number,
                passage.quote,
                prefix=passage.prefix or " ",
                viewer=READER,
                at=NOON,
            )
            cited.given.append((record_of(citation), passage.boxes))
            cited.data.append(as_json(session, citation, record_of(citation)))
            cited.files[passage.document.sha256] = passage.document.source_file
    return cited


def as_json(session: Session, citation: Citation, record: CitationRecord) -> dict[str, Any]:
    source = source_of(
        session,
        citation,
        absolute=lambda path: f"https://archive.example{path}",
        archive_name="The archive",
        accessed_on=date(2026, 11, 2),
    )
    return citation_to_json(record, source, facts=citation.facts, state=CitationState.MATCHES)


@pytest.fixture(scope="module")
def forged(cited: Cited) -> list[dict[str, Any]]:
    """The same citations with a word changed, dropped or moved: every second with a number that fits."""
    chance = random.Random(5)
    pool = sorted({word.text for page in cited.pages for word in page.words if len(word.text) > 3})
    made = []
    for number, ((record, _), data) in enumerate(zip(cited.given, cited.data, strict=True)):
        changed = altered(record, chance, pool)
        copy = json.loads(json.dumps(data))
        for target, part in zip(copy["target"], changed.parts, strict=True):
            for selector in target["selector"]:
                if selector["type"] == "TextQuoteSelector":
                    selector["exact"] = part.exact
        if number % 2:
            copy["readingRoom"]["citationId"] = changed.id
        made.append(copy)
    return made


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_citation", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_site(cited: Cited, data: dict[str, Any]) -> CitationState:
    record, number = record_from_json(data)
    with cited.parts.database.reading() as session:
        return check_against_archive(session, record, number).state


def test_every_passage_is_cited_with_the_boxes_of_its_words(cited: Cited) -> None:
    over_a_break = 0
    for record, boxes in cited.given:
        over_a_break += len(boxes) > 1
        for number, wanted in boxes.items():
            marked = [box for part in record.parts if part.page_number == number for box in part.boxes]
            assert covered_share(wanted, marked) >= SAME_BOXES, record.words
            assert covered_share(marked, wanted) >= SAME_BOXES, record.words
    assert len(cited.given) == PASSAGES
    assert over_a_break >= 20


def test_every_citation_verifies_and_no_altered_one_does(cited: Cited, forged: list[dict[str, Any]]) -> None:
    assert Counter(by_site(cited, data) for data in cited.data) == {CitationState.MATCHES: PASSAGES}
    states = Counter(by_site(cited, data) for data in forged)
    assert not set(states) & PROVEN, states
    assert states[CitationState.ALTERED] == PASSAGES // 2


@pytest.mark.timeout(900)
def test_the_program_agrees_with_the_site(
    cited: Cited, forged: list[dict[str, Any]], script: ModuleType
) -> None:
    """On all passages of text layers. Another OCR program may read a picture otherwise: then it says that it
    cannot tell, and proves nothing that is not so. Of these passages, which take a second each, some."""
    assert shutil.which("tesseract"), "the program reads pictures with it"
    contents = {sha256: (cited.folder / name).read_bytes() for sha256, name in cited.files.items()}
    opened = {sha256: pypdfium2.PdfDocument(content) for sha256, content in contents.items()}
    differences, pictures = [], Counter[str]()
    for number, data in enumerate([*cited.data, *forged]):
        ours = data["readingRoom"]
        is_ocr = ours["textSource"] == "ocr"
        if is_ocr and number % OCR_EVERY:
            continue
        said = script.check(data, contents[ours["sha256"]], opened[ours["sha256"]])
        proven = by_site(cited, data) in PROVEN
        if is_ocr and proven:
            pictures[said] += 1
        elif (said == "matches") != proven:
            differences.append((said, proven, [target["selector"][1]["exact"] for target in data["target"]]))
    assert differences == []
    assert set(pictures) <= {"matches", "unreadable"}
    assert pictures["matches"] >= 0.4 * pictures.total(), pictures  # 88 of 123, when all are asked


def test_the_program_and_the_command_line_run_alone(
    cited: Cited, forged: list[dict[str, Any]], tmp_path: Path
) -> None:
    ours = [data["readingRoom"] for data in cited.data]
    cited_often = Counter(one["sha256"] for one in ours if one["textSource"] != "ocr")
    sha256 = min(cited_often, key=lambda sha256: cited_often[sha256])  # a short file: it is read twice
    name = cited.files[sha256]
    true = [
        data
        for data in cited.data
        if data["readingRoom"]["sha256"] == sha256 and data["readingRoom"]["textSource"] != "ocr"
    ]
    false = [data for data in forged if data["readingRoom"]["sha256"] == sha256]
    verify = [sys.executable, "-m", "archive", "--home", str(tmp_path / "home"), "verify"]
    for command in ([sys.executable, str(SCRIPT)], verify):
        for citations, code in ((true, 0), (false, 1)):
            file = tmp_path / "citations.json"
            file.write_text(json.dumps(citations))
            ran = subprocess.run(
                [*command, str(file), str(cited.folder / name)], capture_output=True, text=True
            )
            assert ran.returncode == code, ran.stdout + ran.stderr
            states = {line.split()[1] for line in ran.stdout.splitlines() if line and line[0] != " "}
            assert ("matches" in states) == (code == 0)


def test_another_file_is_not_the_one_that_was_cited(cited: Cited, script: ModuleType) -> None:
    data = cited.data[0]
    other = next(name for sha256, name in cited.files.items() if sha256 != data["readingRoom"]["sha256"])
    content = (cited.folder / other).read_bytes()
    assert script.check(data, content, pypdfium2.PdfDocument(content)) == "other_file"
