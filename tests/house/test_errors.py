"""Each error helps whoever meets it: a code for programs, a sentence and what to do for people."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import archive
import ingest
from archive.errors import ArchiveError
from ingest.errors import INGEST_ERRORS, IngestError


def subclasses(error: type[Exception]) -> Iterator[type[Exception]]:
    for child in error.__subclasses__():
        yield child
        yield from subclasses(child)


def all_of(base: type[Exception]) -> list[type[Exception]]:
    """Every error, wherever it is defined: all modules are imported first."""
    for package in (archive, ingest):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if ".migrations" not in module.name and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    return [error for error in subclasses(base) if error.__module__.split(".")[0] in ("archive", "ingest")]


ARCHIVE_ERRORS = all_of(ArchiveError)


def test_there_are_errors_to_look_at() -> None:
    assert len(ARCHIVE_ERRORS) > 10
    assert len(INGEST_ERRORS) > 10


@pytest.mark.parametrize("error", ARCHIVE_ERRORS, ids=lambda error: error.__name__)
def test_an_archive_error_says_what_happened(error: type[ArchiveError]) -> None:
    assert error.sentence.endswith(".")
    assert error.sentence[0].isupper()
    assert error.help == "" or error.help.endswith(".")
    assert error.code == error.code.lower()
    assert error.code.replace("_", "").isalpha()


@pytest.mark.parametrize("error", ARCHIVE_ERRORS, ids=lambda error: error.__name__)
def test_an_archive_error_has_its_place_in_http_and_on_the_command_line(error: type[ArchiveError]) -> None:
    assert error.status in {400, 403, 404, 409, 413, 500, 503, 507}
    assert error.exit_code in {1, 2}
    assert (error.exit_code == 2) <= (error.status in {400, 500}), "wrong usage is nobody else's fault"


def test_no_two_errors_share_a_code() -> None:
    codes = [error.__dict__.get("code") for error in ARCHIVE_ERRORS]
    assert None not in codes, "an error of its own has a code of its own"
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("error", all_of(IngestError), ids=lambda error: error.__name__)
def test_an_ingest_error_is_known_by_its_code(error: type[IngestError]) -> None:
    """The parent of the sandbox makes errors from codes: one that is not in the table would be lost."""
    assert INGEST_ERRORS[error.code] is error


@pytest.mark.parametrize("error", INGEST_ERRORS.values(), ids=lambda error: error.__name__)
def test_an_ingest_error_says_what_happened_and_what_to_do(error: type[IngestError]) -> None:
    sentences = error.sentence.split(". ")
    assert len(sentences) >= 2, "one sentence for what happened, one for what to do"
    assert error.sentence.endswith(".")
    assert error().sentence == error.sentence == str(error())
