"""What people are told when a real server refuses, or holds what is not ours."""

from __future__ import annotations

import hashlib
from pathlib import Path
from uuid import uuid4

import boto3
import pytest

from archive.errors import StorageUnavailable
from archive.storage.keys import original_key
from archive.storage.s3 import S3Storage
from tests.contracts.conftest import BUCKET
from tests.contracts.s3_server import S3Server

KEY = original_key(hashlib.sha256(b"letter").hexdigest())


def test_wrong_credentials_are_told_with_the_names_of_the_variables(
    s3_server: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    storage = S3Storage(bucket=BUCKET, endpoint_url=s3_server.endpoint_url)
    with pytest.raises(StorageUnavailable, match="refuses these credentials") as told:
        storage.put(KEY, b"letter")
    assert "AWS_ACCESS_KEY_ID" in told.value.help


def test_a_bucket_with_an_impossible_name_is_told(s3_server: S3Server) -> None:
    storage = S3Storage(bucket="x", endpoint_url=s3_server.endpoint_url)
    with pytest.raises(StorageUnavailable, match="file store"):
        storage.put(KEY, b"letter")


def test_two_archives_share_a_bucket_by_prefix(s3_server: S3Server) -> None:
    ours, theirs = (
        S3Storage(bucket=BUCKET, prefix=f"{name}/{uuid4().hex}", endpoint_url=s3_server.endpoint_url)
        for name in ("ours", "theirs")
    )
    ours.put(KEY, b"letter")
    assert list(ours.iter_keys()) == [KEY]
    assert list(theirs.iter_keys()) == []


def test_other_objects_under_the_prefix_are_passed_over(s3_server: S3Server) -> None:
    prefix = uuid4().hex
    client = boto3.Session().client("s3", endpoint_url=s3_server.endpoint_url)
    client.put_object(Bucket=BUCKET, Key=f"{prefix}/originals/README", Body=b"hello")
    storage = S3Storage(bucket=BUCKET, prefix=prefix, endpoint_url=s3_server.endpoint_url)
    assert list(storage.iter_keys()) == []


def test_the_local_copy_is_removed_afterwards(s3_server: S3Server) -> None:
    storage = S3Storage(bucket=BUCKET, prefix=uuid4().hex, endpoint_url=s3_server.endpoint_url)
    storage.put(KEY, b"letter")
    with storage.local_path(KEY) as path:
        assert path.read_bytes() == b"letter"
        assert path.suffix == ".pdf"
    assert not Path(path).exists()
