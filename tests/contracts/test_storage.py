"""What every store promises (``archive.ports.Storage``)."""

from __future__ import annotations

import hashlib
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import BlobDamaged, BlobNotFound
from archive.ports import Storage
from archive.storage.keys import image_key, original_key

MISSING = original_key("0" * 64)
one_store_for_all_examples = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def key_of(data: bytes) -> str:
    return original_key(hashlib.sha256(data).hexdigest())


def kept(storage: Storage, data: bytes) -> str:
    storage.put(key_of(data), data)
    return key_of(data)


@one_store_for_all_examples
@given(data=st.binary(max_size=5_000))
def test_any_bytes_come_back_as_they_were_put_in(storage: Storage, data: bytes) -> None:
    key = kept(storage, data)
    assert storage.read(key) == data
    assert storage.size(key) == len(data)
    assert storage.exists(key)


@one_store_for_all_examples
@given(data=st.binary(max_size=60), start=st.integers(0, 70), length=st.integers(0, 70))
def test_a_range_is_the_slice(storage: Storage, data: bytes, start: int, length: int) -> None:
    assert b"".join(storage.iter_range(kept(storage, data), start, length)) == data[start : start + length]


def test_a_long_range_comes_in_chunks(storage: Storage) -> None:
    data = random.Random(1).randbytes(3_000_000)
    chunks = list(storage.iter_range(kept(storage, data), 10, 2_900_000))
    assert len(chunks) > 1
    assert b"".join(chunks) == data[10:2_900_010]


def test_putting_again_is_no_error_and_changes_nothing(storage: Storage) -> None:
    key = kept(storage, b"once")
    assert kept(storage, b"once") == key
    assert storage.read(key) == b"once"
    assert list(storage.iter_keys()) == [key]


def test_a_key_that_does_not_name_the_bytes_is_refused(storage: Storage, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"other")
    with pytest.raises(BlobDamaged):
        storage.put(key_of(b"one"), b"other")
    with pytest.raises(BlobDamaged):
        storage.put_many([(key_of(b"one"), b"other")])
    with pytest.raises(BlobDamaged):
        storage.put_file(key_of(b"one"), file)
    assert list(storage.iter_keys()) == []


@pytest.mark.parametrize("size", [0, 1, 5_000_000, 40_000_000])
def test_a_file_is_kept_whatever_its_size(storage: Storage, tmp_path: Path, size: int) -> None:
    data = random.Random(size).randbytes(size)
    file = tmp_path / "received.pdf"
    file.write_bytes(data)
    storage.put_file(key_of(data), file)
    storage.put_file(key_of(data), file)
    assert storage.size(key_of(data)) == size
    with storage.local_path(key_of(data)) as path:
        assert path.read_bytes() == data


def test_many_small_objects_are_all_kept(storage: Storage) -> None:
    images = {image_key(hashlib.sha256(data).hexdigest()): data for data in (b"%d" % n for n in range(150))}
    storage.put_many(images.items())
    assert {key: storage.read(key) for key in storage.iter_keys()} == images


def test_nothing_is_known_of_a_missing_key(storage: Storage) -> None:
    assert not storage.exists(MISSING)
    with pytest.raises(BlobNotFound):
        storage.read(MISSING)
    with pytest.raises(BlobNotFound):
        storage.size(MISSING)
    with pytest.raises(BlobNotFound):
        storage.iter_range(MISSING, 0, 1)
    with pytest.raises(BlobNotFound), storage.local_path(MISSING):
        pass


def test_what_is_deleted_is_gone_and_deleting_again_is_no_error(storage: Storage) -> None:
    key, other = kept(storage, b"a"), kept(storage, b"b")
    storage.delete(key)
    storage.delete(key)
    assert not storage.exists(key)
    assert list(storage.iter_keys()) == [other]


def test_keys_come_sorted_and_by_prefix(storage: Storage) -> None:
    originals = sorted(kept(storage, b"%d" % n) for n in range(20))
    image = image_key(hashlib.sha256(b"image").hexdigest())
    storage.put(image, b"image")
    assert list(storage.iter_keys()) == [image, *originals]
    assert list(storage.iter_keys("originals/")) == originals
    assert list(storage.iter_keys(originals[3][:14])) == [k for k in originals if k[:14] == originals[3][:14]]
    assert list(storage.iter_keys(originals[3])) == [originals[3]]
    assert list(storage.iter_keys("nothing/")) == []


def test_twenty_writers_of_the_same_bytes_keep_one_object(storage: Storage) -> None:
    data = random.Random(20).randbytes(100_000)
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: storage.put(key_of(data), data), range(20)))
    assert list(storage.iter_keys()) == [key_of(data)]
    assert storage.read(key_of(data)) == data


@pytest.mark.parametrize(
    "key",
    ["", "../x", "/etc/passwd", "originals/../x", "originals/ab/cd.pdf", MISSING + "\0", MISSING + "\n"],
)
def test_only_keys_made_in_one_place_reach_the_store(storage: Storage, key: str) -> None:
    for use in (storage.read, storage.size, storage.exists, storage.delete):
        with pytest.raises(ValueError, match="not an object key"):
            use(key)
    with pytest.raises(ValueError, match="not an object key"):
        storage.put(key, b"")
