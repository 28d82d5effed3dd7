"""The door for WSGI servers."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.wsgi import application


def test_a_server_gets_the_site_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READING_ROOM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("READING_ROOM_SITE_NAME", "The Bay Archive")
    answer = application().test_client().get("/")
    assert answer.status_code == 200
    assert "The Bay Archive" in answer.text
