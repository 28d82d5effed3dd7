"""A real S3-compatible server (SeaweedFS) for as long as a test session needs it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ACCESS_KEY = "reading"
SECRET_KEY = "room-secret"
_START_SECONDS = 60
_SERVICES = ("master", "volume", "filer", "s3")


@dataclass(frozen=True, slots=True)
class S3Server:
    """Where the server listens; it checks signatures against the two keys above."""

    endpoint_url: str


@contextmanager
def running_s3_server(folder: Path) -> Iterator[S3Server]:
    """Start the server with its data in ``folder``, wait until it answers, and stop it at the end."""
    data, log = folder / "data", folder / "log.txt"
    data.mkdir(parents=True)
    ports = _free_ports(2 * len(_SERVICES))
    with log.open("wb") as output:
        process = subprocess.Popen(_command(folder, data, ports), stdout=output, stderr=output)
    try:
        server = S3Server(f"http://127.0.0.1:{ports[-2]}")
        _wait_for(server, process, log)
        yield server
    finally:
        process.kill()  # its data goes with the folder; a polite stop takes ten seconds
        process.wait()


def _command(folder: Path, data: Path, ports: list[int]) -> list[str]:
    identities = folder / "identities.json"
    key = {"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}
    identities.write_text(
        json.dumps({"identities": [{"name": "tests", "credentials": [key], "actions": ["Admin"]}]})
    )
    command = [str(Path(sys.executable).with_name("weed")), "server", "-filer", "-s3"]
    command += [f"-dir={data}", f"-s3.config={identities}", "-volume.max=8", "-master.telemetry=false"]
    command += ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-filer.localSocket={folder / 'filer.sock'}"]
    command += [f"-s3.localSocket={folder / 's3.sock'}", "-s3.port.iceberg=0", "-s3.port.lance=0"]
    for number, service in enumerate(_SERVICES):
        command += [f"-{service}.port={ports[2 * number]}", f"-{service}.port.grpc={ports[2 * number + 1]}"]
    return command


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens on; all are held until the last is found, so that none comes twice."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _wait_for(server: S3Server, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up_at = time.monotonic() + _START_SECONDS
    while time.monotonic() < give_up_at and process.poll() is None:
        try:
            with urlopen(f"{server.endpoint_url}/healthz", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"The S3 server did not start:\n{log.read_text()[-2000:]}")
