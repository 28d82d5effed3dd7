"""Keeps objects in a bucket of Amazon S3 or a server that speaks its language.

Credentials come the way boto3 finds them: ``AWS_ACCESS_KEY_ID``, ``~/.aws``, or the machine's role.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, BinaryIO

import boto3
from boto3.exceptions import S3UploadFailedError
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from archive.errors import BlobDamaged, BlobNotFound, StorageUnavailable
from archive.storage.batches import AT_ONCE, in_batches
from archive.storage.keys import is_key, sha256_in

if TYPE_CHECKING:
    from botocore.response import StreamingBody

_CHUNK_BYTES = 1 << 18
_MISSING = {"404", "NoSuchKey", "NotFound"}
_NO_BUCKET = {"NoSuchBucket"}
_REFUSED = {"401", "403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken"}
_TRANSFER = TransferConfig(multipart_threshold=16 << 20, multipart_chunksize=16 << 20, max_concurrency=2)


class _Bucket:
    """What is below ``prefix`` in a bucket, and what its server says in words."""

    def __init__(self, *, bucket: str, prefix: str = "", endpoint_url: str | None = None) -> None:
        """Prepare to talk to the server; it is not asked anything yet."""
        self._bucket = bucket
        self._prefix = f"{prefix}/" if prefix else ""
        session = boto3.Session()  # of its own: the common one keeps the first credentials it ever found
        self._client = session.client("s3", endpoint_url=endpoint_url, config=_config(endpoint_url))

    @contextmanager
    def _told_in_words(self) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            raise self._in_words(error.response["Error"]["Code"]) from error
        except (BotoCoreError, S3UploadFailedError) as error:
            raise StorageUnavailable from error

    def _in_words(self, code: str) -> BlobNotFound | StorageUnavailable:
        if code in _MISSING:
            return BlobNotFound()
        if code in _NO_BUCKET:
            return StorageUnavailable(
                f"The file store has no bucket named {self._bucket}.",
                help="Make the bucket, or name another.",
            )
        if code in _REFUSED:
            return StorageUnavailable(
                "The file store refuses these credentials.",
                help="Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY and what they may do.",
            )
        return StorageUnavailable(f"The file store answers {code}.")


class S3Storage(_Bucket):
    """Objects under ``prefix`` in ``bucket``. Implements ``archive.ports.Storage``."""

    def put(self, key: str, data: bytes) -> None:
        """See ``Storage.put``. Raises ``BlobDamaged`` when the key does not name these bytes."""
        digest = hashlib.sha256(data)
        _must_name(key, digest.hexdigest())
        with self._told_in_words():
            if self._find_size(key) == len(data):
                return
            self._client.put_object(
                Bucket=self._bucket,
                Key=self._prefix + key,
                Body=data,
                ChecksumSHA256=b64encode(digest.digest()).decode(),  # the server refuses damaged bytes
            )
            self._must_be_there(key, len(data))

    def put_many(self, items: Iterable[tuple[str, bytes]]) -> None:
        """See ``Storage.put_many``."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for batch in in_batches(items):
                list(pool.map(lambda item: self.put(*item), batch))

    def put_file(self, key: str, path: Path) -> None:
        """See ``Storage.put_file``: in parts of 16 MiB. Raises ``OSError`` when ``path`` cannot be read."""
        with path.open("rb") as file:
            size, digest = path.stat().st_size, hashlib.file_digest(file, "sha256")
            _must_name(key, digest.hexdigest())
            file.seek(0)
            with self._told_in_words():
                if self._find_size(key) != size:
                    self._upload(key, file)
                    self._must_be_there(key, size)

    def read(self, key: str) -> bytes:
        """See ``Storage.read``."""
        with self._told_in_words(), closing(self._get(key)) as body:
            return body.read()

    def iter_range(self, key: str, start: int, length: int) -> Iterator[bytes]:
        """See ``Storage.iter_range``."""
        end = min(start + length, self.size(key))  # a range that begins behind the end is an error in S3
        return self._iter_chunks(key, f"bytes={start}-{end - 1}") if start < end else iter(())

    def size(self, key: str) -> int:
        """See ``Storage.size``."""
        sha256_in(key)
        with self._told_in_words():
            found = self._find_size(key)
        if found is None:
            raise BlobNotFound
        return found

    def exists(self, key: str) -> bool:
        """See ``Storage.exists``."""
        sha256_in(key)
        with self._told_in_words():
            return self._find_size(key) is not None

    def delete(self, key: str) -> None:
        """See ``Storage.delete``."""
        sha256_in(key)
        with self._told_in_words():
            self._client.delete_object(Bucket=self._bucket, Key=self._prefix + key)

    def iter_keys(self, prefix: str = "") -> Iterator[str]:
        """See ``Storage.iter_keys``. Whatever else lies in the bucket is passed over."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=self._prefix + prefix
        )
        with self._told_in_words():
            for page in pages:
                names = (item["Key"].removeprefix(self._prefix) for item in page.get("Contents", ()))
                yield from filter(is_key, names)

    @contextmanager
    def local_path(self, key: str) -> Iterator[Path]:
        """See ``Storage.local_path``: a copy, removed afterwards."""
        with NamedTemporaryFile(prefix="reading-room-", suffix=Path(key).suffix) as copy:
            for chunk in self._iter_chunks(key):
                copy.write(chunk)
            copy.flush()
            yield Path(copy.name)

    def _get(self, key: str, part: str = "") -> StreamingBody:
        sha256_in(key)
        if part:
            return self._client.get_object(Bucket=self._bucket, Key=self._prefix + key, Range=part)["Body"]
        return self._client.get_object(Bucket=self._bucket, Key=self._prefix + key)["Body"]

    def _iter_chunks(self, key: str, part: str = "") -> Iterator[bytes]:
        with self._told_in_words(), closing(self._get(key, part)) as body:
            yield from body.iter_chunks(_CHUNK_BYTES)

    def _upload(self, key: str, file: BinaryIO) -> None:
        self._client.upload_fileobj(
            file,
            self._bucket,
            self._prefix + key,
            ExtraArgs={"ChecksumAlgorithm": "SHA256"},
            Config=_TRANSFER,
        )

    def _find_size(self, key: str) -> int | None:
        try:
            return self._client.head_object(Bucket=self._bucket, Key=self._prefix + key)["ContentLength"]
        except ClientError as error:
            if error.response["Error"]["Code"] in _MISSING:
                return None
            raise

    def _must_be_there(self, key: str, size: int) -> None:
        found = self._find_size(key)
        if found != size:
            raise StorageUnavailable(
                f"The file store took {key} but keeps {found or 0} of its {size} bytes.",
                help="Check the store's log, then do it again.",
            )


class S3Folder(_Bucket):
    """Somebody's own files below a prefix, to be brought in. Nothing is ever written or deleted there."""

    def iter_pdfs(self) -> Iterator[tuple[str, int]]:
        """Names below the prefix that end in ``.pdf``, with their lengths in bytes; sorted by name.

        Raises ``StorageUnavailable``.
        """
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=self._prefix
        )
        with self._told_in_words():
            for page in pages:
                for item in page.get("Contents", ()):
                    if item["Key"].lower().endswith(".pdf"):
                        yield item["Key"].removeprefix(self._prefix), item["Size"]

    def fetch(self, name: str, path: Path) -> None:
        """Copy one of them into a file, streamed. Raises ``StorageUnavailable``, ``BlobNotFound``."""
        with self._told_in_words(), path.open("wb") as file:
            answer = self._client.get_object(Bucket=self._bucket, Key=self._prefix + name)
            with closing(answer["Body"]) as body:
                for chunk in body.iter_chunks(_CHUNK_BYTES):
                    file.write(chunk)


def _must_name(key: str, sha256: str) -> None:
    if sha256_in(key) != sha256:
        raise BlobDamaged("The file changed while it was being stored.", help="Add it again.")


def _config(endpoint_url: str | None) -> Config:
    """Bounded waiting; checksums only where we give them; no host name made of a bucket's on own servers."""
    return Config(
        connect_timeout=3,
        read_timeout=20,
        retries={"mode": "standard", "total_max_attempts": 5},
        max_pool_connections=2 * AT_ONCE,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path" if endpoint_url else "auto"},
    )
