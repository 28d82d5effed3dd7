"""``reading-room verify`` and the program that needs no Reading Room, with a file in hand and without."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archive.exports.citation_json import citation_to_json
from archive.parts import opened_parts
from archive.resources import static_dir
from archive.rules.access import READER
from archive.rules.citation_states import CitationState
from archive.services.citations import cite_passage, record_of
from archive.services.cited_sources import source_of
from archive.settings import load_settings
from tests.cli.test_commands import reading_room
from tests.factories import NOON
from tests.pdfs import write_pdf

FIRST = "Counties may opt out of Secure Communities.\nThe sheriff decides with whom to co-operate."
QUOTE = "opt out of Secure Communities. The sheriff decides"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


class Cited:
    """An archive with one document, a passage of it as a file, and the document in hand."""

    def __init__(self, folder: Path) -> None:
        self.home, self.folder = folder / "home", folder
        self.pdf = write_pdf(folder / "memo.pdf", FIRST, "Nothing of it is here.")
        self.other = write_pdf(folder / "other.pdf", FIRST, "Another file.")
        assert reading_room(self.home, "ingest", str(self.pdf), "--publish").returncode == 0
        with (
            opened_parts(load_settings(self.home, environ={})) as parts,
            parts.database.transaction() as session,
        ):
            document_id = document_id_in(reading_room(self.home, "search", "sheriff", "--json").stdout)
            citation = cite_passage(session, document_id, 1, QUOTE, viewer=READER, at=NOON)
            source = source_of(
                session,
                citation,
                absolute=lambda path: f"https://archive.example{path}",
                archive_name="The archive",
                accessed_on=date(2026, 11, 2),
            )
            self.data = citation_to_json(
                record_of(citation), source, facts=citation.facts, state=CitationState.MATCHES
            )

    def written(self, data: object) -> Path:
        file = self.folder / "citation.json"
        file.write_text(json.dumps(data))
        return file


def document_id_in(answer: str) -> str:
    found: str = json.loads(answer)["documents"][0]["id"]
    return found


def changed(data: dict[str, Any], exact: str) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(data))
    copy["target"][0]["selector"][1]["exact"] = exact
    return copy


@pytest.fixture(scope="module")
def cited(tmp_path_factory: pytest.TempPathFactory) -> Cited:
    return Cited(tmp_path_factory.mktemp("verify"))


@pytest.fixture(params=["command", "program"])
def verify(request: pytest.FixtureRequest, cited: Cited) -> Run:
    def run(data: object, *files: Path) -> subprocess.CompletedProcess[str]:
        arguments = [str(cited.written(data)), *map(str, files)]
        if request.param == "command":
            return reading_room(cited.home, "verify", *arguments)
        script = [sys.executable, str(static_dir() / "verify_citation.py"), *arguments]
        return subprocess.run(script, capture_output=True, text=True, timeout=120)

    return run


def test_a_citation_holds_with_the_file_in_hand(cited: Cited, verify: Run) -> None:
    answer = verify(cited.data, cited.pdf)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split()[:2] == [cited.data["readingRoom"]["citationId"], "matches"]


def test_another_file_and_changed_words_do_not_hold(cited: Cited, verify: Run) -> None:
    forged = changed(cited.data, QUOTE.replace("out", "in"))
    for data, file, state in ((cited.data, cited.other, "other_file"), (forged, cited.pdf, "altered")):
        answer = verify(data, file)
        assert answer.returncode == 1, answer.stderr
        assert answer.stdout.split()[1] == state


def test_one_that_does_not_hold_is_enough(cited: Cited, verify: Run) -> None:
    answer = verify([cited.data, changed(cited.data, "opt in")], cited.pdf)
    assert answer.returncode == 1
    assert [line.split()[1] for line in answer.stdout.splitlines() if line[0] != " "] == [
        "matches",
        "altered",
    ]


@pytest.mark.parametrize("data", [{}, [], {"items": []}, 7, {"readingRoom": {}}])
def test_what_is_no_citation_is_a_sentence_and_exit_code_two(cited: Cited, verify: Run, data: object) -> None:
    answer = verify(data, cited.pdf)
    assert answer.returncode == 2, answer.stdout
    assert answer.stderr.strip()
    assert "Traceback" not in answer.stderr


def test_a_file_that_is_no_pdf_is_a_sentence_and_exit_code_two(cited: Cited) -> None:
    bad = cited.folder / "bad.pdf"
    bad.write_text("hello")
    program = [
        sys.executable,
        str(static_dir() / "verify_citation.py"),
        str(cited.written(cited.data)),
        str(bad),
    ]
    answer = subprocess.run(program, capture_output=True, text=True, timeout=120)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr


def test_without_a_file_the_archive_is_asked(cited: Cited) -> None:
    answer = reading_room(cited.home, "verify", str(cited.written(cited.data)), "--json")
    assert answer.returncode == 0, answer.stderr
    (told,) = json.loads(answer.stdout)["citations"]
    assert (told["state"], told["holds"], told["words"]) == ("matches", True, QUOTE)


def test_a_file_that_the_archive_does_not_have_is_another(cited: Cited, tmp_path: Path) -> None:
    answer = reading_room(tmp_path / "empty", "verify", str(cited.written(cited.data)))
    assert answer.returncode == 1
    assert "other_file" in answer.stdout
