"""Where bytes are kept: a folder, or a bucket of an S3-compatible server."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from archive.errors import BadSetting
from archive.ports import Storage
from archive.settings import Settings
from archive.storage.local import LocalStorage

_WANTED = "Write file:///path/to/folder or s3://bucket/prefix, or leave it out."


def open_storage(settings: Settings) -> Storage:
    """The store that ``READING_ROOM_STORAGE_URL`` names. Raises ``BadSetting``, ``StorageUnavailable``."""
    scheme, separator, rest = settings.storage_url.partition("://")
    if separator and scheme == "file" and rest.startswith("/"):
        local = LocalStorage(Path(rest))
        local.sweep()
        return local
    if separator and scheme == "s3" and urlsplit(settings.storage_url).netloc:
        return _open_s3(settings)
    raise BadSetting(
        f"READING_ROOM_STORAGE_URL is not the address of a store: {settings.storage_url}", help=_WANTED
    )


def _open_s3(settings: Settings) -> Storage:
    from archive.storage.s3 import S3Storage  # boto3 takes a third of a second; only who uses it pays

    address = urlsplit(settings.storage_url)
    return S3Storage(
        bucket=address.netloc, prefix=address.path.strip("/"), endpoint_url=settings.s3_endpoint_url or None
    )
