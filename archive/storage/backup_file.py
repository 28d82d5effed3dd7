"""The one file of a backup: a plain tar whose every byte can be foretold from its manifest.

Members stand in one order: the database, the files of the home, the objects of the store by key, and last
``manifest.jsonl`` with a line for each of them, a line of facts and the SHA-256 of all lines above. The
reader compares each header with the one the writer would have made, so links, devices, paths that lead
out, repeated and unknown names are refused by being none of the few things that may stand there.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from archive.errors import ArchiveError
from archive.storage.keys import is_key

DATABASE = "archive.sqlite3"
HOME_FILES = ("secret_key", "settings.toml", "synonyms.txt", "demo-accounts.txt")
MANIFEST = "manifest.jsonl"
FORMAT = 1
_HOME_ORDER = {name: place for place, name in enumerate((DATABASE, *HOME_FILES))}
_STORE_PLACE, _LAST_PLACE = len(_HOME_ORDER), len(_HOME_ORDER) + 1
_CHUNK_BYTES = 1 << 20
_MOST_FACTS_BYTES = 1 << 16


class BackupDamaged(ArchiveError):
    """Not every byte is as the backup was made. Nothing of it is used."""

    code = "backup_damaged"
    sentence = "This backup is damaged."
    help = "Nothing was restored. Copy the file again from where it is kept, or use an older one."
    status = 400


class NotABackup(ArchiveError):
    code = "not_a_backup"
    sentence = "This is not a backup that this program can read."
    help = "Name a file that reading-room backup has made."
    status = 400
    exit_code = 2


@dataclass(frozen=True, slots=True)
class Member:
    """One thing in a backup. ``sha256`` is of the bytes as they were written."""

    name: str
    byte_count: int
    sha256: str


@dataclass
class BackupWriter:
    """Writes members one after another, in bounded memory. ``made_at``: seconds since 1970."""

    file: BinaryIO
    made_at: int
    members: int = 0
    bytes_written: int = 0
    _lines: BinaryIO = field(default_factory=TemporaryFile)
    _digest: Any = field(default_factory=hashlib.sha256)

    def add(self, name: str, byte_count: int, chunks: Iterable[bytes]) -> Member:
        """Write one member; exactly ``byte_count`` bytes, cut or filled up with zeros if the source has
        others: its hash then says so."""
        digest, left = hashlib.sha256(), byte_count
        self.file.write(_header(name, byte_count, self.made_at))
        for chunk in chunks:
            piece = chunk[:left]
            left -= len(piece)
            digest.update(piece)
            self.file.write(piece)
        while left:
            piece = bytes(min(left, _CHUNK_BYTES))
            left -= len(piece)
            digest.update(piece)
            self.file.write(piece)
        self.file.write(_padding(byte_count))
        member = Member(name, byte_count, digest.hexdigest())
        self._note(_line(member))
        self.members += 1
        self.bytes_written += byte_count
        return member

    def finish(self, facts: Mapping[str, object]) -> None:
        """Write the manifest and the end of the tar."""
        said = {"format": FORMAT, "members": self.members, "bytes": self.bytes_written, **facts}
        self._note(_json_line(said))
        length = self._lines.tell()
        seal = _seal(self._digest)
        self._lines.seek(0)
        self.file.write(_header(MANIFEST, length + len(seal), self.made_at))
        for chunk in iter(lambda: self._lines.read(_CHUNK_BYTES), b""):
            self.file.write(chunk)
        self.file.write(seal + _padding(length + len(seal)))
        self.file.write(bytes(2 * tarfile.BLOCKSIZE))
        self.file.write(bytes(-self.file.tell() % tarfile.RECORDSIZE))
        self._lines.close()

    def _note(self, line: bytes) -> None:
        self._lines.write(line)
        self._digest.update(line)


class BackupReader:
    """Reads what ``BackupWriter`` has written, once, in bounded memory.

    Whatever came out before the end was reached may be damaged: only after ``facts`` was given is all of
    it as it was made.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest, self._length = hashlib.sha256(), 0  # of the lines the manifest must have
        self._members = self._bytes = 0
        self._manifest_bytes = 0

    def __iter__(self) -> Iterator[tuple[str, int, Iterator[bytes]]]:
        """Each member before the manifest: name, bytes, chunks. Raises ``BackupDamaged``, ``NotABackup``.

        All chunks of one must be taken before the next is asked for.
        """
        last = (-1, "")
        while True:
            name, byte_count = self._read_header(is_first=last == (-1, ""))
            place = _place_of(name)
            if place <= last:
                raise BackupDamaged(f"{name} stands in this backup twice, or where it does not belong.")
            last = place
            if name == MANIFEST:
                self._manifest_bytes = byte_count
                return
            digest = hashlib.sha256()
            yield name, byte_count, self._chunks(byte_count, digest)
            self._skip_padding(byte_count)
            line = _line(Member(name, byte_count, digest.hexdigest()))
            self._digest.update(line)
            self._length += len(line)
            self._members += 1
            self._bytes += byte_count

    def facts(self) -> dict[str, Any]:
        """What the manifest says of the whole. Raises ``BackupDamaged`` if any byte before or behind is not
        as it was written, ``NotABackup`` if a later program wrote it in another way."""
        rest = self._manifest_bytes - self._length
        if not 0 < rest <= _MOST_FACTS_BYTES:
            raise BackupDamaged("The manifest of this backup does not list what is in it.")
        lines = hashlib.sha256()
        for chunk in self._chunks(self._length, hashlib.sha256()):
            lines.update(chunk)
        if lines.digest() != self._digest.digest():
            raise BackupDamaged("What is in this backup is not what its manifest says.")
        found = b"".join(self._chunks(rest, hashlib.sha256()))
        self._skip_padding(self._manifest_bytes)
        facts = self._parse_facts(found, lines)
        self._read_end()
        return facts

    def _parse_facts(self, text: bytes, lines: Any) -> dict[str, Any]:
        facts_line, _, seal = text.partition(b"\n")
        lines.update(facts_line + b"\n")
        if seal != _seal(lines):
            raise BackupDamaged("The manifest of this backup was changed.")
        try:
            facts: dict[str, Any] = dict(json.loads(facts_line))
        except (TypeError, ValueError) as error:
            raise BackupDamaged("The manifest of this backup was changed.") from error
        if facts.get("format") != FORMAT:
            raise NotABackup("A later version of this program made this backup.", help="Install that one.")
        if (facts.get("members"), facts.get("bytes")) != (self._members, self._bytes):
            raise BackupDamaged("What is in this backup is not what its manifest says.")
        return facts

    def _read_header(self, *, is_first: bool) -> tuple[str, int]:
        block = self._read(tarfile.BLOCKSIZE)
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
            is_ours = block == _header(info.name, info.size, int(info.mtime))
        except (tarfile.HeaderError, ValueError, OverflowError) as error:
            raise (NotABackup if is_first else BackupDamaged) from error
        if not is_ours or info.size < 0 or (is_first and info.name != DATABASE):
            raise (NotABackup if is_first else BackupDamaged)
        return info.name, info.size

    def _chunks(self, byte_count: int, digest: Any) -> Iterator[bytes]:
        while byte_count:
            chunk = self._read(min(byte_count, _CHUNK_BYTES))
            byte_count -= len(chunk)
            digest.update(chunk)
            yield chunk

    def _skip_padding(self, byte_count: int) -> None:
        expected = _padding(byte_count)
        if self._read(len(expected)) != expected:
            raise BackupDamaged

    def _read_end(self) -> None:
        end = self._file.read(tarfile.RECORDSIZE + 2 * tarfile.BLOCKSIZE)
        whole = self._file.tell() % tarfile.RECORDSIZE == 0
        if any(end) or not whole or len(end) < 2 * tarfile.BLOCKSIZE or self._file.read(1):
            raise BackupDamaged("Something stands behind the end of this backup, or its end is missing.")

    def _read(self, byte_count: int) -> bytes:
        found = self._file.read(byte_count)
        if len(found) != byte_count:
            raise BackupDamaged("This backup ends too early: it was not copied whole.")
        return found


def _place_of(name: str) -> tuple[int, str]:
    if name in _HOME_ORDER:
        return _HOME_ORDER[name], ""
    if name == MANIFEST:
        return _LAST_PLACE, ""
    if is_key(name):
        return _STORE_PLACE, name
    raise BackupDamaged("Something is in this backup that belongs in none.")


def _header(name: str, byte_count: int, made_at: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = byte_count, made_at, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)


def _padding(byte_count: int) -> bytes:
    return bytes(-byte_count % tarfile.BLOCKSIZE)


def _line(member: Member) -> bytes:
    return _json_line({"name": member.name, "bytes": member.byte_count, "sha256": member.sha256})


def _seal(lines: Any) -> bytes:
    return _json_line({"sha256_of_the_lines_above": lines.hexdigest()})


def _json_line(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
