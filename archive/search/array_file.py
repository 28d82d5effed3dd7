"""Arrays in one file, written once and then only read, straight from the disk's cache.

The arrays come first, each at a multiple of 64 bytes; then a directory (JSON: name, type, length, place);
then a footer that says how long the directory is. The file is mapped into memory, not read: to open it
costs the directory, and what one process has read is there for the next. Each block of ``BLOCK_BYTES`` has
a checksum in the directory, looked at the first time that something in the block is used, so that a
damaged file is an error and never a wrong answer.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

BLOCK_BYTES = 1 << 16
_ALIGNED = 64
_MAGIC = b"RRARRAY1"
_FOOTER = struct.Struct("<8sQQI")  # magic, bytes of all arrays, bytes of the directory, its checksum
_BUFFER_BYTES = 1 << 22

Array = np.ndarray[Any, Any]


class DamagedArrays(ValueError):
    """The file is not what was written."""


class StoredArray:
    """One array of a file. What is handed out is checked first, and cannot be written to."""

    def __init__(self, values: Array, check: Callable[[int, int], None], first_byte: int) -> None:
        self._values = values
        self._check = check
        self._first_byte = first_byte

    def __len__(self) -> int:
        return len(self._values)

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of its values."""
        dtype: np.dtype[Any] = self._values.dtype
        return dtype

    def slice(self, start: int, end: int) -> Array:
        """The values ``start .. end``."""
        size = self._values.dtype.itemsize
        self._check(self._first_byte + start * size, self._first_byte + end * size)
        return self._values[start:end]

    def whole(self) -> Array:
        """All values."""
        return self.slice(0, len(self._values))


class ArrayFile:
    """A file of arrays, open for reading. Safe to use from several threads; it stays readable when it is
    removed, until nothing uses its arrays any more."""

    def __init__(self, path: Path) -> None:
        """Raises ``DamagedArrays``, or ``OSError`` when the file cannot be opened."""
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < _FOOTER.size:
                raise DamagedArrays(f"{path.name} is too short")
            self._bytes = memoryview(mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ))
        directory = self._read_directory(path.name)
        self._checksums: list[int] = directory["checksums"]
        self._checked = bytearray(len(self._checksums))
        self._places: dict[str, list[Any]] = directory["arrays"]

    def _read_directory(self, name: str) -> dict[str, Any]:
        magic, data_bytes, directory_bytes, checksum = _FOOTER.unpack(self._bytes[-_FOOTER.size :])
        directory = self._bytes[data_bytes : -_FOOTER.size]
        if magic != _MAGIC or len(directory) != directory_bytes or zlib.crc32(directory) != checksum:
            raise DamagedArrays(f"{name} was cut off or changed")
        self._data = self._bytes[:data_bytes]
        read: dict[str, Any] = json.loads(bytes(directory))
        return read

    def __contains__(self, name: object) -> bool:
        return name in self._places

    @property
    def names(self) -> list[str]:
        """The arrays that there are."""
        return list(self._places)

    def array(self, name: str) -> StoredArray:
        """The array ``name``. Raises ``DamagedArrays`` when there is none."""
        if name not in self._places:
            raise DamagedArrays(f"no array {name}")
        dtype, length, first_byte = self._places[name]
        values = (
            np.frombuffer(self._data, np.dtype(dtype), length, first_byte) if length else np.empty(0, dtype)
        )
        return StoredArray(values, self._check, first_byte)

    def _check(self, first_byte: int, end_byte: int) -> None:
        """Two threads may check the same block: no harm is done."""
        for block in range(first_byte // BLOCK_BYTES, -(-end_byte // BLOCK_BYTES)):
            if not self._checked[block]:
                start = block * BLOCK_BYTES
                if zlib.crc32(self._data[start : start + BLOCK_BYTES]) != self._checksums[block]:
                    raise DamagedArrays("a block of the index has changed")
                self._checked[block] = 1


class ArrayFileWriter:
    """Writes a file of arrays. When ``close`` returns, all of it is on the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("w+b")
        self._places: dict[str, list[Any]] = {}
        self._end = 0

    def add(self, name: str, array: Array) -> None:
        """Put an array in."""
        self._file.seek(self._place(name, array.dtype, len(array)))
        self._file.write(np.ascontiguousarray(array).data if len(array) else b"")

    def add_all(self, arrays: Mapping[str, Array]) -> None:
        """Put arrays in."""
        for name, array in arrays.items():
            self.add(name, array)

    def allocate(self, name: str, dtype: np.dtype[Any], length: int) -> Array:
        """An array of zeros in the file, to be filled in any order before ``close``: memory is the file's.

        Raises ``OSError`` when the disk is full (rather than a signal on writing to it).
        """
        first_byte = self._place(name, dtype, length)
        if not length:
            return np.empty(0, dtype)
        self._file.flush()
        os.posix_fallocate(self._file.fileno(), first_byte, length * dtype.itemsize)
        return np.memmap(self._file, dtype, "r+", first_byte, (length,))

    def _place(self, name: str, dtype: np.dtype[Any], length: int) -> int:
        first_byte = -(-self._end // _ALIGNED) * _ALIGNED
        self._places[name] = [dtype.str, length, first_byte]
        self._end = first_byte + length * dtype.itemsize
        return first_byte

    def close(self) -> None:
        """Write the directory, and put all of it on the disk."""
        self._file.flush()
        os.ftruncate(self._file.fileno(), self._end)
        directory = json.dumps({"arrays": self._places, "checksums": self._checksums()}).encode()
        self._file.seek(self._end)
        self._file.write(directory)
        self._file.write(_FOOTER.pack(_MAGIC, self._end, len(directory), zlib.crc32(directory)))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def _checksums(self) -> list[int]:
        self._file.seek(0)
        sums = []
        while some := self._file.read(_BUFFER_BYTES):
            view = memoryview(some)
            sums += [zlib.crc32(view[at : at + BLOCK_BYTES]) for at in range(0, len(some), BLOCK_BYTES)]
        return sums

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._file.close()
            self._path.unlink(missing_ok=True)
