"""The folder of a Whoosh index, with what Whoosh leaves out: all is on the disk when a commit is done."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage


class DurableStorage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """Files that survive a power cut: all that was written is on the disk before the new table of
    contents takes the old one's place. Whoosh itself never calls fsync."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._written: set[str] = set()

    def create_file(self, name: str, *args: Any, **options: Any) -> Any:
        """As Whoosh's, and remembered."""
        self._written.add(name)
        return super().create_file(name, *args, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002  Whoosh's
        """As Whoosh's, after everything was put on the disk."""
        for name in self._written:
            if self.file_exists(name):
                sync_path(Path(self._fpath(name)))
        self._written.clear()
        sync_path(Path(self.folder))
        super().rename_file(oldname, newname, safe)
        sync_path(Path(self.folder))


def sync_path(path: Path) -> None:
    """Put a file or the names in a folder on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
