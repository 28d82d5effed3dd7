"""Each error helps whoever meets it: a code for programs, a sentence and what to do for people."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from inspect import signature
from typing import TypeVar

import pytest

import archive
import ingest
from archive.errors import ArchiveError
from ingest.errors import IngestError
from ingest.wire import KNOWN_ERRORS

E = TypeVar("E", bound=Exception)


def subclasses(error: type[E]) -> Iterator[type[E]]:
    for child in error.__subclasses__():
        yield child
        yield from subclasses(child)


def all_of(base: type[E]) -> list[type[E]]:
    """Every error, wherever it is defined: all modules are imported first."""
    for package in (archive, ingest):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if ".migrations" not in module.name and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    return [error for error in subclasses(base) if error.__module__.split(".")[0] in ("archive", "ingest")]


@pytest.fixture(scope="module")
def archive_errors() -> list[type[ArchiveError]]:
    return all_of(ArchiveError)


def test_there_are_errors_to_look_at(archive_errors: list[type[ArchiveError]]) -> None:
    assert len(archive_errors) > 10
    assert len(KNOWN_ERRORS) > 10


def test_an_archive_error_says_what_happened(archive_errors: list[type[ArchiveError]]) -> None:
    for error in archive_errors:
        assert error.sentence.endswith("."), error
        assert error.sentence[0].isupper(), error
        assert error.help == "" or error.help.endswith("."), error
        assert error.code.replace("_", "").isalpha(), error
        assert error.code.islower(), error


def test_an_archive_error_has_its_place_in_http_and_on_the_command_line(
    archive_errors: list[type[ArchiveError]],
) -> None:
    for error in archive_errors:
        assert error.status in {400, 401, 403, 404, 409, 410, 413, 423, 429, 460, 500, 503, 507}, error
        assert error.exit_code in {1, 2}, error


def test_no_two_errors_share_a_code(archive_errors: list[type[ArchiveError]]) -> None:
    told_each_time = [error for error in archive_errors if "code" in signature(error).parameters]
    codes = [error.__dict__.get("code") for error in archive_errors if error not in told_each_time]
    assert None not in codes, "an error of its own has a code of its own"
    assert len(set(codes)) == len(codes)


def test_an_ingest_error_is_known_by_its_code() -> None:
    """The parent of the sandbox makes errors from codes: one that is not in the table would be lost."""
    for error in all_of(IngestError):
        assert KNOWN_ERRORS.get(error.code) is error


@pytest.mark.parametrize("error", KNOWN_ERRORS.values(), ids=lambda error: error.__name__)
def test_an_ingest_error_says_what_happened_and_what_to_do(error: type[IngestError]) -> None:
    sentences = error.sentence.split(". ")
    assert len(sentences) >= 2, "one sentence for what happened, one for what to do"
    assert error.sentence.endswith(".")
    assert error().sentence == error.sentence == str(error())
