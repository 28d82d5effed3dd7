"""Standard clients work: the stock one from npm, and a small script of our own."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from archive.models import Document, Upload
from archive.storage.keys import original_key
from tests.browser.upload_site import UploadSite
from tests.pdfs import pdf_bytes
from tests.upload.conftest import TOKEN
from tests.upload.small_client import Refused, send

MB = 1 << 20


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A PDF of 30 MB."""
    path = tmp_path / "long report.pdf"
    path.write_bytes(pdf_bytes(["A long report"]) + os.urandom(30 * MB))
    return path


def run(
    client: Path, site: UploadSite, file: Path, *, chunk: int, die_at: int
) -> subprocess.CompletedProcess[str]:
    store = file.with_name("begun.json")
    command = ["node", "send.js", f"{site.address}/upload/files", TOKEN, str(file), str(store)]
    command += [str(chunk), str(die_at)]
    return subprocess.run(command, cwd=client, capture_output=True, text=True, timeout=120)


def must_be_kept(site: UploadSite, file: Path) -> None:
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    with site.parts.database.reading() as session:
        assert session.scalars(select(Document.sha256)).all() == [sha256]
        uploads = session.scalars(select(Upload)).all()
    assert [(one.sha256, one.file_name) for one in uploads] == [(sha256, file.name)]
    assert site.parts.storage.read(original_key(sha256)) == file.read_bytes()


@pytest.mark.parametrize("chunk", [0, 5 * MB], ids=["in one piece", "in chunks"])
def test_the_stock_client_goes_on_where_it_died(
    tus_client: Path, site: UploadSite, file: Path, chunk: int
) -> None:
    first = run(tus_client, site, file, chunk=chunk, die_at=16 * MB)
    assert first.returncode == -signal.SIGKILL, first.stderr
    time.sleep(1)
    second = run(tus_client, site, file, chunk=chunk, die_at=0)
    assert second.returncode == 0, second.stderr
    said: dict[str, Any] = json.loads(second.stdout)
    assert said["requests"][0] == "HEAD", "it was not gone on with"
    assert "POST" not in said["requests"]
    # the kernel may have sent on what the client had given it before it died: all of it, at most
    assert 5 * MB <= said["resumedAt"] <= file.stat().st_size
    must_be_kept(site, file)


def test_the_stock_client_outlives_the_server(tus_client: Path, site: UploadSite, file: Path) -> None:
    first = run(tus_client, site, file, chunk=5 * MB, die_at=16 * MB)
    assert first.returncode == -signal.SIGKILL
    site.kill()
    site.start()
    second = run(tus_client, site, file, chunk=5 * MB, die_at=0)
    assert second.returncode == 0, second.stderr
    assert json.loads(second.stdout)["resumedAt"] >= 10 * MB
    must_be_kept(site, file)


def test_our_own_script_goes_on_through_a_killed_server(site: UploadSite, file: Path) -> None:
    sent: list[str] = []
    sender = threading.Thread(
        target=lambda: sent.append(
            send(f"{site.address}/upload/files", TOKEN, file, seconds_between_tries=0.05)
        )
    )
    sender.start()
    while not _received(site):
        time.sleep(0.01)
    site.kill()
    site.start()
    sender.join(60)
    assert sent
    must_be_kept(site, file)


def test_a_wrong_token_is_refused(site: UploadSite, file: Path) -> None:
    with pytest.raises(Refused, match="401"):
        send(f"{site.address}/upload/files", "rr_wrong", file)


def _received(site: UploadSite) -> int:
    with site.parts.database.reading() as session:
        return sum(session.scalars(select(Upload.received_bytes)))
