"""Words on disk are found as they would be found in a list."""

from __future__ import annotations

import time
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from archive.search.analysis import stem
from archive.search.array_file import ArrayFile, ArrayFileWriter
from archive.search.vocabulary import StoredVocabulary, shape_of, vocabulary_arrays

FORMS = sorted(
    {"deported", "deport", "deports", "deporting", "women", "woman", "wom", "womén", "дело", "дела", "b7e"}
    | {"10-2674.0001234", "a@ice.gov", "i", "247", "secure", "secuer", "secured", "𝔘x"}
)
_forms = st.text("abcé1д𝔘.-", min_size=1, max_size=6)
_patterns = st.text("abé1д𝔘?*.", min_size=1, max_size=5)


def stored(folder: Path, forms: list[str]) -> StoredVocabulary:
    """A vocabulary on disk."""
    path = folder / "words"
    with ArrayFileWriter(path) as file:
        encoded = [form.encode() for form in forms]
        file.add_all(vocabulary_arrays("text", encoded, [stem(form).encode() for form in forms]))
    return StoredVocabulary(ArrayFile(path), "text", lambda: np.ones(len(forms), np.int64))


@pytest.fixture
def vocabulary(tmp_path: Path) -> StoredVocabulary:
    """``FORMS`` on disk."""
    return stored(tmp_path, FORMS)


def test_every_form_has_its_number_and_others_none(vocabulary: StoredVocabulary) -> None:
    assert [vocabulary.number(form) for form in FORMS] == list(range(len(FORMS)))
    assert [vocabulary.number(form) for form in ("", "0", "depor", "womem", "\U0010ffff")] == [None] * 5
    assert vocabulary.forms(np.arange(len(vocabulary))) == FORMS


def test_forms_are_found_by_their_stem(vocabulary: StoredVocabulary) -> None:
    found = vocabulary.forms(vocabulary.with_stem("deport"))
    assert found == ["deport", "deported", "deporting", "deports"]
    assert len(vocabulary.with_stem("deporting")) == 0
    assert [one.decode() for one in vocabulary.stems()] == [stem(form) for form in FORMS]


def test_an_empty_vocabulary_has_nothing(tmp_path: Path) -> None:
    empty = stored(tmp_path, [])
    assert (len(empty), empty.number("a"), empty.with_prefix("a"), empty.words.all()) == (0, None, (0, 0), [])
    assert len(empty.with_stem("a")) == len(empty.of_shape("*")) == len(empty.like("a", 2)) == 0


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(_forms, max_size=30), _forms, _patterns, st.integers(1, 2))
def test_prefix_shape_and_likeness_are_those_of_a_list(
    tmp_path: Path, some: set[str], word: str, pattern: str, edits: int
) -> None:
    forms = sorted(some)
    vocabulary = stored(tmp_path, forms)
    first, end = vocabulary.with_prefix(word)
    assert forms[first:end] == [form for form in forms if form.startswith(word)]
    assert vocabulary.forms(vocabulary.of_shape(pattern)) == [
        form for form in forms if shape_of(pattern).fullmatch(form)
    ]
    assert vocabulary.forms(vocabulary.like(word, edits)) == [
        form for form in forms if OSA.distance(word, form) <= edits
    ]


@settings(max_examples=300)
@given(form=st.text("abé.", max_size=7), pattern=st.text("abé?*.", min_size=1, max_size=6))
def test_a_shape_means_what_it_does_in_file_names(form: str, pattern: str) -> None:
    assert bool(shape_of(pattern).fullmatch(form)) == fnmatchcase(form, pattern)


def test_many_stars_are_no_work_on_a_word_of_one_letter(tmp_path: Path) -> None:
    noise = ["i" * length for length in range(2, 65)]
    started = time.process_time()
    assert len(stored(tmp_path, noise).of_shape("*i" * 15 + "*l")) == 0
    assert time.process_time() - started < 1.0
