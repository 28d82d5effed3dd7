"""Whole answers of the site, for comparing them byte by byte."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask.testing import FlaskClient

Whole = tuple[int, str, bytes]


def whole_answers(client: FlaskClient, addresses: Iterable[str]) -> dict[str, Whole]:
    """Status, headers and body of each, without the date and the time it took: those never come again."""
    found = {}
    for address in addresses:
        answer = client.get(address)
        headers = {name: value for name, value in answer.headers if name not in ("Date", "Content-Length")}
        body = re.sub(rb'"took_ms":[ 0-9.]+', b"", answer.data)
        found[address] = answer.status_code, str(headers), body
    return found
