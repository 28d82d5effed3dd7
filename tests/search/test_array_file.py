"""What was written is what is read; what is not, is an error."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from archive.search.array_file import BLOCK_BYTES, ArrayFile, ArrayFileWriter, DamagedArrays

NUMBERS = np.arange(40_000, dtype=np.uint32)
WORDS = np.array(["", "county", "exención"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with a few arrays, more than two blocks."""
    path = tmp_path / "segment.arrays"
    with ArrayFileWriter(path) as file:
        file.add_all({"numbers": NUMBERS, "words": WORDS, "nothing": np.empty(0, np.int64)})
        filled = file.allocate("filled", np.dtype(np.uint16), 1_000)
        filled[::2] = 7
        assert len(file.allocate("also nothing", np.dtype(np.uint16), 0)) == 0
    return path


def test_arrays_come_back_as_they_were(path: Path) -> None:
    file = ArrayFile(path)
    assert np.array_equal(file.array("numbers").whole(), NUMBERS)
    assert np.array_equal(file.array("numbers").slice(20_000, 20_010), NUMBERS[20_000:20_010])
    assert file.array("words").whole().tolist() == WORDS.tolist()
    assert file.array("filled").whole().tolist() == [7, 0] * 500
    assert len(file.array("nothing")) == len(file.array("also nothing")) == 0
    assert "numbers" in file
    assert "other" not in file


def test_nobody_can_write_to_what_was_read(path: Path) -> None:
    with pytest.raises(ValueError, match="read-only"):
        ArrayFile(path).array("numbers").whole()[0] = 1


def test_a_file_stays_readable_when_it_is_removed(path: Path) -> None:
    file = ArrayFile(path)
    path.unlink()
    assert np.array_equal(file.array("numbers").whole(), NUMBERS)


def test_what_is_left_over_from_an_error_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "half"
    writing = ArrayFileWriter(path)
    writing.add("numbers", NUMBERS)
    assert path.exists()
    writing.__exit__(ConnectionError, ConnectionError(), None)
    assert not path.exists()


@pytest.mark.parametrize("kept", [0, 10, 1_000, BLOCK_BYTES, -1])
def test_a_file_that_was_cut_off_is_not_opened(path: Path, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(DamagedArrays):
        ArrayFile(path)


def test_a_directory_that_has_changed_is_not_opened(path: Path) -> None:
    written = path.read_bytes()
    path.write_bytes(written.replace(b'"numbers"', b'"numbirs"'))
    with pytest.raises(DamagedArrays):
        ArrayFile(path)


def test_a_changed_bit_is_an_error_where_it_is_read_and_nowhere_else(path: Path) -> None:
    written = bytearray(path.read_bytes())
    written[BLOCK_BYTES + 100] ^= 1
    path.write_bytes(written)
    numbers = ArrayFile(path).array("numbers")
    assert numbers.slice(0, 100).tolist() == list(range(100))
    for _ in range(2):
        with pytest.raises(DamagedArrays):
            numbers.whole()


def test_an_array_that_is_not_there_is_an_error(path: Path) -> None:
    with pytest.raises(DamagedArrays):
        ArrayFile(path).array("other")
