"""The PDFs below an S3 prefix, fetched one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.errors import NothingToIngest
from archive.settings import Settings

if TYPE_CHECKING:
    from archive.storage.s3 import S3Folder

S3_SCHEME = "s3://"


@dataclass(frozen=True, slots=True)
class BucketOfPdfs:
    """What there is to fetch, and where it is put meanwhile."""

    source: S3Folder
    sizes: dict[str, int]  # name to bytes
    folder: Path

    def fetched(self) -> Iterator[tuple[Path, str]]:
        """Each file with its name. Its copy is gone when the next is asked for: one is on disk at a time."""
        path = self.folder / "fetched.pdf"
        for name in self.sizes:
            self.source.fetch(name, path)
            yield path, name
            path.unlink()


@contextmanager
def opened_bucket(settings: Settings, address: str) -> Iterator[BucketOfPdfs]:
    """The PDFs below ``s3://bucket/prefix``. Raises ``NothingToIngest``, ``StorageUnavailable``."""
    from archive.storage.s3 import S3Folder  # boto3 takes a third of a second; only who uses it pays

    parsed = urlsplit(address)
    source = S3Folder(
        bucket=parsed.netloc,
        prefix=parsed.path.strip("/"),
        endpoint_url=settings.s3_endpoint_url or None,
    )
    sizes = dict(source.iter_pdfs())
    if not sizes:
        raise NothingToIngest(f"There is no PDF below {address}.")
    aside = settings.home / "uploads"
    aside.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=aside) as folder:
        yield BucketOfPdfs(source, sizes, Path(folder))
