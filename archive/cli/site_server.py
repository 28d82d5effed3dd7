"""The web server, waitress, with two habits of its own for files that are sent in.

waitress hands a request to the site when all of it is there. When a connection breaks in the middle of a
file, what has arrived is handed on all the same: the site keeps it, and the sender goes on from there. And
only addresses below ``/upload`` and those of a request's e-mails take more than a form, ``/cite/check`` a
draft and ``/requests/import`` a table: what is too long elsewhere is not even stored.
"""

from __future__ import annotations

import logging
import re
import socket
from typing import Any

from waitress import create_server
from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.parser import HTTPRequestParser

from archive.app import MOST_FORM_BYTES
from archive.rules.request_table import MOST_TABLE_BYTES
from archive.services.upload_quota import MB
from archive.web.cite_check import MOST_DRAFT_BYTES

THREADS = 8
_UPLOADS = "/upload"
_FILES = "/upload/files/"
_MAILS = re.compile(r"/requests/[^/]+/mail$")
_LONG_FORMS = {"/cite/check": MOST_DRAFT_BYTES, "/requests/import": 2 * MOST_TABLE_BYTES}
_RECEIVE_BYTES = 1 << 18  # by 8 KB, waitress's own, a file of 2 GB is 260,000 turns of its loop
_SECONDS_WITHOUT_A_BYTE = 60  # then a connection is taken for lost

_log = logging.getLogger(__name__)


class _FormLimits:
    """The server's settings, with the greatest length of a form or a draft."""

    def __init__(self, adjustments: Any, most_bytes: int) -> None:
        self._adjustments = adjustments
        self.max_request_body_size = most_bytes  # the site itself refuses less, in words

    def __getattr__(self, name: str) -> Any:
        return getattr(self._adjustments, name)


class _Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """Takes long bodies only where files are sent in."""

    adj: Any

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if _UPLOADS not in self.path and not _MAILS.search(self.path):
            most_bytes = [most for path, most in _LONG_FORMS.items() if path in self.path]
            self.adj = _FormLimits(self.adj, 2 * max(most_bytes, default=MOST_FORM_BYTES))

    def is_part_of_a_file(self) -> bool:
        """Whether this is a file whose connection broke in the middle."""
        began = self.headers_finished and not self.completed and self.error is None
        is_file = self.command == "PATCH" and _FILES in self.path if began else False
        return is_file and not self.chunked and self.body_bytes_received > 0


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """One connection. What came of a file before it broke is served like a whole request."""

    parser_class = _Parser
    request: Any

    def handle_close(self) -> None:
        # Not waited for: waitress may close while it holds this lock itself, before any body has come.
        if self.requests_lock.acquire(blocking=False):
            try:
                self._hand_on_what_came()
            finally:
                self.requests_lock.release()
        super().handle_close()

    def _hand_on_what_came(self) -> None:
        if self.request is not None and not self.requests and self.request.is_part_of_a_file():
            self.requests.append(self.request)
            self.request = None
            self.server.add_task(self)

    def service(self) -> None:
        if self.requests and self.requests[0].is_part_of_a_file():
            self._serve_broken_off()
        else:
            super().service()

    def _serve_broken_off(self) -> None:
        """Nobody is there to hear the answer."""
        request = self.requests.pop()
        try:
            self.task_class(self, request).service()
        except ClientDisconnected:
            pass
        except Exception:  # noqa: BLE001  nobody waits for an answer; the operator's log gets the traceback
            _log.exception("a part of a file was not kept: %s", request.path)
        finally:
            request.close()


def make_server(
    app: Any,
    *,
    most_upload_mb: int,
    sockets: list[socket.socket] | None = None,
    trusted_proxy: str = "",
) -> Any:
    """A server of ``app`` (WSGI); without ``sockets`` on a free port of this machine. ``run()`` serves.

    ``trusted_proxy``: who may say from where a visitor comes, and by https or not. Nobody else is believed.
    """
    where: dict[str, Any] = {"sockets": sockets} if sockets else {"host": "127.0.0.1", "port": 0}
    if trusted_proxy:
        where |= {
            "trusted_proxy": trusted_proxy,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
    server = create_server(
        app,
        threads=THREADS,
        ident=None,
        recv_bytes=_RECEIVE_BYTES,
        channel_timeout=_SECONDS_WITHOUT_A_BYTE,
        max_request_body_size=most_upload_mb * MB + 16 * MB,
        **where,
    )
    server.channel_class = _Channel
    return server
