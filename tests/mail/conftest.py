"""A mail server that runs for a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mail.smtp_server import SmtpServer


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    """A mail server on this machine."""
    running = SmtpServer()
    yield running
    running.close()
