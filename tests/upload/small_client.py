"""A tus client in a few lines of Python, as somebody would write one by hand: standard library only.

    python small_client.py ENDPOINT TOKEN FILE...

It sends each file in pieces of 4 MB and goes on where a lost connection stopped it.
"""

from __future__ import annotations

import base64
import http.client
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

PIECE_BYTES = 4 << 20
VERSION = {"Tus-Resumable": "1.0.0"}


class Refused(Exception):
    """The server said no; what it said."""


def ask(
    endpoint: str, method: str, path: str, headers: dict[str, str], body: bytes = b""
) -> http.client.HTTPResponse:
    """One request on a connection of its own. Raises ``Refused``, or ``OSError`` when the line is cut."""
    where = urlsplit(endpoint)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    try:
        connection.request(method, path, body=body, headers=VERSION | headers)
        answer = connection.getresponse()
        said = answer.read().decode(errors="replace")
    except http.client.HTTPException as error:
        raise OSError("the answer was cut off") from error
    finally:
        connection.close()
    if answer.status >= 500 or answer.status == 423:
        raise OSError(f"{answer.status}: {said}")
    if answer.status >= 400:
        raise Refused(f"{answer.status}: {said}")
    return answer


def send(endpoint: str, token: str, path: Path, *, seconds_between_tries: float = 1.0) -> str:
    """Send a file; its path on the server. Tries until it is there. Raises ``Refused``."""
    key = {"Authorization": f"Bearer {token}"}
    size = path.stat().st_size
    name = base64.b64encode(path.name.encode()).decode()
    headers = key | {"Upload-Length": str(size), "Upload-Metadata": f"filename {name}"}
    where = ask(endpoint, "POST", urlsplit(endpoint).path, headers).getheader("Location") or ""
    with path.open("rb") as file:
        while True:
            try:
                offset = int(ask(endpoint, "HEAD", where, key).getheader("Upload-Offset") or 0)
                while offset < size:
                    file.seek(offset)
                    headers = key | {
                        "Upload-Offset": str(offset),
                        "Content-Type": "application/offset+octet-stream",
                    }
                    answer = ask(endpoint, "PATCH", where, headers, file.read(PIECE_BYTES))
                    offset = int(answer.getheader("Upload-Offset") or 0)
                return where
            except OSError:
                time.sleep(seconds_between_tries)


if __name__ == "__main__":
    for each in sys.argv[3:]:
        print(send(sys.argv[1], sys.argv[2], Path(each)), each)
