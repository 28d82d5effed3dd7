"""A mail server for tests: takes letters on a socket, refuses when told to, and can be cut off."""

from __future__ import annotations

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class SmtpServer:
    """Speaks as much of RFC 5321 as smtplib asks for. ``answers`` maps a command to what it is answered."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: dict[str, str] = {}
        server = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                server.talk(self.rfile, self.wfile)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def talk(self, lines: Any, out: Any) -> None:
        """One connection."""
        out.write(b"220 here\r\n")
        for line in lines:
            command = line.split(None, 1)[0].decode().upper()
            said = self.answers.get(command, {"DATA": "354 go on"}.get(command, "250 fine"))
            if said == "hang up":
                return
            if command == "RCPT":
                self.recipients.append(line.decode().strip())
            out.write(f"{said}\r\n".encode())
            if command == "DATA" and said.startswith("354"):
                self._take(lines)
                out.write(f"{self.answers.get('.', '250 taken')}\r\n".encode())
            if command == "QUIT":
                return

    def _take(self, lines: Any) -> None:
        data = b""
        for line in lines:
            if line == b".\r\n":
                break
            data += line[1:] if line.startswith(b"..") else line
        if "." not in self.answers:
            self.letters.append(message_from_bytes(data, policy=policy.default))

    def close(self) -> None:
        """Stop taking connections."""
        self._server.shutdown()
        self._server.server_close()
