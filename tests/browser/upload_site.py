"""The site as it is served for good, with people who are signed in: it can be killed and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select

from archive.clock import now
from archive.models import Account, SignIn, Upload
from archive.parts import Parts, open_parts
from archive.rules.statuses import Role
from archive.services.sign_ins import hash_of, open_sign_in
from archive.settings import load_settings
from archive.web.identity import COOKIE
from tests.visitors import make_account

SLOW_BYTES_A_SECOND = 3_000_000


class UploadSite:
    """``reading-room serve`` on a port that stays the same when it is started again."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home, self.port = home, _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._environment = os.environ | environment
        self.parts: Parts = open_parts(load_settings(home, environ=environment))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and wait until it answers."""
        command = [sys.executable, "-m", "archive", "--home", str(self.home), "serve"]
        command += ["--port", str(self.port)]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=self._environment)
        give_up_at = time.monotonic() + 60
        while time.monotonic() < give_up_at:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError("the site does not answer")

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        time.sleep(0.3)  # its children die with it (prctl), and let go of the port

    def close(self) -> None:
        """Stop it, and close the archive."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
        self.parts.close()

    def account(self, role: Role = Role.VOLUNTEER, email: str = "") -> Account:
        """Somebody with this role."""
        return make_account(self.parts.database, role, email)

    def signed_in(
        self, browser: Browser, account: Account, *, width: int = 1280, **options: object
    ) -> BrowserContext:
        """A window in which this person is signed in."""
        with self.parts.database.transaction() as session:
            token = open_sign_in(session, account, at=now(), hours=12)
            row = session.query(SignIn).where(SignIn.token_hash == hash_of(token)).one()
            row.second_factor_at = now()
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            base_url=self.address,
            **options,  # type: ignore[arg-type]  # handed on
        )
        context.add_cookies([{"name": COOKIE, "value": token, "url": self.address}])
        return context


@contextmanager
def upload_site(home: Path, **environment: str) -> Iterator[UploadSite]:
    """A running site, stopped at the end."""
    site = UploadSite(home, **environment)
    try:
        site.start()
        yield site
    finally:
        site.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def slow_down(context: BrowserContext, page: Page) -> Callable[[bool], None]:
    """As slow as a line at home, so that there is a middle to cut. It returns what cuts it."""
    line = context.new_cdp_session(page)

    def cut(offline: bool) -> None:
        speed = {"latency": 5, "downloadThroughput": -1, "uploadThroughput": SLOW_BYTES_A_SECOND}
        line.send("Network.emulateNetworkConditions", {"offline": offline, **speed})

    cut(False)
    return cut


def uploads(site: UploadSite) -> list[Upload]:
    """All that was sent, or is being sent."""
    with site.parts.database.reading() as session:
        return list(session.scalars(select(Upload)))
