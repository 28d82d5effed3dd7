"""The stock client installed, and a site that takes files from a program."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.clock import now
from archive.models import ApiToken
from archive.services.sign_ins import hash_of
from tests.browser.upload_site import UploadSite, upload_site

HERE = Path(__file__).resolve().parent / "tus-client"
INSTALLED = Path(__file__).resolve().parents[2] / ".venv" / "tus-client"
TOKEN = "rr_of-a-test"


@pytest.fixture(scope="session")
def tus_client() -> Path:
    """The folder of ``send.js`` with the client beside it, at the version and hash in the lock file."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        said = "no node and npm here: apt-get install nodejs npm"
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    lock = (HERE / "package-lock.json").read_bytes()
    stamp = INSTALLED / "installed-lock.json"
    if not stamp.is_file() or stamp.read_bytes() != lock:
        INSTALLED.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, INSTALLED / name)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=INSTALLED, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        stamp.write_bytes(lock)
    shutil.copy(HERE / "send.js", INSTALLED / "send.js")
    return INSTALLED


@pytest.fixture
def site(tmp_path: Path) -> Iterator[UploadSite]:
    """A running site; ``TOKEN`` is a volunteer's API token."""
    with upload_site(tmp_path / "home") as running:
        account = running.account()
        with running.parts.database.transaction() as session:
            session.add(
                ApiToken(
                    id="1" * 32,
                    account_id=account.id,
                    name="test",
                    token_hash=hash_of(TOKEN),
                    created_at=now(),
                )
            )
        yield running
