"""Which store a setting names."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import BadSetting, StorageUnavailable
from archive.settings import load_settings
from archive.storage import open_storage
from archive.storage.keys import original_key
from archive.storage.local import LocalStorage
from archive.storage.s3 import S3Storage


def test_the_default_store_is_a_folder_in_the_home_whatever_its_name(tmp_path: Path) -> None:
    home = tmp_path / "50% of it? #1"
    assert isinstance(open_storage(load_settings(home, environ={})), LocalStorage)
    assert (home / "files").is_dir()


def test_a_bucket_is_named_by_an_s3_address(tmp_path: Path) -> None:
    environ = {"READING_ROOM_STORAGE_URL": "s3://bucket/some/prefix"}
    assert isinstance(open_storage(load_settings(tmp_path, environ)), S3Storage)


@pytest.mark.parametrize(
    "url", ["files", "file://host/x", "file:relative", "s3:///prefix", "ftp://x/y", "s3"]
)
def test_anything_else_is_a_wrong_setting(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadSetting, match="READING_ROOM_STORAGE_URL") as told:
        open_storage(load_settings(tmp_path, {"READING_ROOM_STORAGE_URL": url}))
    assert "s3://bucket/prefix" in told.value.help


def test_a_server_that_does_not_answer_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    environ = {
        "READING_ROOM_STORAGE_URL": "s3://bucket",
        "READING_ROOM_S3_ENDPOINT_URL": "http://127.0.0.1:9",  # the discard port: nobody listens
    }
    storage = open_storage(load_settings(tmp_path, environ))
    with pytest.raises(StorageUnavailable, match="cannot be reached"):
        storage.size(original_key("0" * 64))
