"""A file of 2 GB goes in, and the site needs no more memory for it than for a small one."""

from __future__ import annotations

import hashlib
from pathlib import Path

import psutil
import pytest
from sqlalchemy import select

from archive.models import Upload
from archive.rules.statuses import UploadOutcome
from tests.browser.upload_site import UploadSite
from tests.upload.conftest import TOKEN
from tests.upload.small_client import PIECE_BYTES, send

BYTES = 2_000_000_000
MOST_MORE_BYTES = 120_000_000  # beside what the site has in memory anyway


def most_memory_of_sites(site: UploadSite) -> int:
    """The highest resident memory that any process of the site ever had, in bytes."""
    assert site.process is not None
    family = psutil.Process(site.process.pid).children()
    sites = [child for child in family if "worker" not in child.cmdline()]
    peaks = [Path(f"/proc/{child.pid}/status").read_text() for child in sites]
    return max(int(text.split("VmHWM:")[1].split()[0]) * 1024 for text in peaks)


@pytest.mark.slow
def test_two_gigabytes_are_taken_in_bounded_memory(site: UploadSite, tmp_path: Path) -> None:
    small, large = tmp_path / "small.pdf", tmp_path / "large.pdf"
    small.write_bytes(b"%PDF-1.7\n" + bytes(PIECE_BYTES))
    with large.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(BYTES)  # a hole: it takes no room here
    send(f"{site.address}/upload/files", TOKEN, small)
    before = most_memory_of_sites(site)
    send(f"{site.address}/upload/files", TOKEN, large)
    assert most_memory_of_sites(site) - before < MOST_MORE_BYTES
    with large.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    with site.parts.database.reading() as session:
        upload = session.scalars(select(Upload).where(Upload.file_name == large.name)).one()
    assert (upload.sha256, upload.outcome) == (sha256, UploadOutcome.NEW)
    assert upload.received_bytes == upload.byte_count == BYTES
