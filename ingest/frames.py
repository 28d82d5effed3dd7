"""How the bytes of a copy come out of a child, which may write no file: in pieces, each with its length.

A piece is four bytes that say how long it is, and the piece; a length of 0 is the end, and one line of
``ingest.wire`` follows. The child has read a hostile file, so lengths and the total are checked.
"""

from __future__ import annotations

import io
import selectors
import socket
import time
from typing import Any, BinaryIO

from ingest.errors import FileTooLarge, PageTooSlow, ReaderCrashed

MOST_BYTES_A_PIECE = 1 << 20
_LENGTH_BYTES = 4
_CHUNK_BYTES = 256 * 1024


class PieceWriter(io.RawIOBase):
    """The child's end, for libraries that write to a file."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__()
        self._connection = connection
        self.total = 0

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: Any) -> int:
        """Send all of ``data``; its length."""
        for start in range(0, len(data), MOST_BYTES_A_PIECE):
            piece = data[start : start + MOST_BYTES_A_PIECE]
            self._connection.sendall(len(piece).to_bytes(_LENGTH_BYTES, "big"))
            self._connection.sendall(piece)
        self.total += len(data)
        return len(data)

    def end(self) -> None:
        """No more pieces come."""
        self._connection.sendall(bytes(_LENGTH_BYTES))


class PieceReader:
    """The parent's end. Each call waits until ``deadline`` (of ``time.monotonic``) at most, and raises
    ``PageTooSlow``, or ``ReaderCrashed`` when the child is gone or sends what no honest child sends."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection, self._deadline = connection, deadline
        self._selector = selectors.DefaultSelector()
        self._selector.register(connection, selectors.EVENT_READ)
        self._buffer = bytearray()

    def close(self) -> None:
        """Stop watching; the connection stays open."""
        self._selector.close()

    def copy_pieces(self, file: BinaryIO, most_bytes: int) -> int:
        """Write all pieces to ``file``; how many bytes they were. Raises ``FileTooLarge``, too."""
        total = 0
        while length := int.from_bytes(self._take(_LENGTH_BYTES), "big"):
            total += length
            if length > MOST_BYTES_A_PIECE:
                raise ReaderCrashed
            if total > most_bytes:
                raise FileTooLarge
            file.write(self._take(length))
        return total

    def read_line(self, most_bytes: int) -> bytes:
        """The line that follows."""
        while not self._buffer.endswith(b"\n"):
            if len(self._buffer) > most_bytes:
                raise ReaderCrashed
            self._receive()
        return bytes(self._buffer)

    def _take(self, length: int) -> bytes:
        while len(self._buffer) < length:
            self._receive()
        taken = bytes(self._buffer[:length])
        del self._buffer[:length]
        return taken

    def _receive(self) -> None:
        if not self._selector.select(max(0.0, self._deadline - time.monotonic())):
            raise PageTooSlow
        chunk = self._connection.recv(_CHUNK_BYTES)
        if not chunk:
            raise ReaderCrashed
        self._buffer += chunk
