"""What the contracts are run on: a folder, and a bucket of a real S3 server; Whoosh, and the reference."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from archive.ports import SearchEngine, Storage
from archive.search.whoosh_engine import WhooshEngine
from archive.storage.local import LocalStorage
from archive.storage.s3 import S3Storage
from tests.contracts.reference_engine import ReferenceEngine
from tests.contracts.s3_server import ACCESS_KEY, SECRET_KEY, S3Server, running_s3_server

BUCKET = "reading-room"


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """A running server with one bucket, and the credentials in the environment."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
        environment.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
        with running_s3_server(tmp_path_factory.mktemp("s3")) as server:
            _make_bucket(server)
            yield server


@pytest.fixture(params=["local", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """An empty store of each kind."""
    if request.param == "local":
        return LocalStorage(tmp_path / "files")
    server: S3Server = request.getfixturevalue("s3_server")
    return S3Storage(bucket=BUCKET, prefix=f"test/{uuid4().hex}", endpoint_url=server.endpoint_url)


def _make_bucket(server: S3Server) -> None:
    """The server answers a little before its disk is ready: the bucket is made when one put works."""
    client = boto3.Session().client(
        "s3", endpoint_url=server.endpoint_url, config=Config(retries={"total_max_attempts": 1})
    )
    refusal: Exception | None = None
    give_up_at = time.monotonic() + 60
    while time.monotonic() < give_up_at:
        try:
            client.create_bucket(Bucket=BUCKET)
            client.put_object(Bucket=BUCKET, Key="ready", Body=b"ready")
        except (ClientError, BotoCoreError) as error:
            refusal = error
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("The S3 server takes no object.") from refusal


@pytest.fixture(params=["whoosh", "reference"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    """An empty engine."""
    opened: SearchEngine = (
        WhooshEngine(tmp_path / "index") if request.param == "whoosh" else ReferenceEngine()
    )
    yield opened
    opened.close()
