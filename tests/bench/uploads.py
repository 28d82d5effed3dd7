"""What readers notice while files come in: 500 of 2 MB, over three connections, and the worker reads them."""

from __future__ import annotations

import itertools
import os
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from archive.clock import now
from archive.models import ApiToken
from archive.rules.statuses import Role
from archive.services.indexing import bring_index_up_to_date
from archive.services.sign_ins import hash_of
from tests.bench.search import Bars
from tests.bench.search_phases import percentiles
from tests.browser.upload_site import UploadSite, upload_site
from tests.factories import make_document
from tests.pdfs import pdf_bytes
from tests.upload.small_client import send

FILES = 500
BYTES = 2_000_000
CONNECTIONS = 3
READERS = 2
SECONDS_BETWEEN_READS = 0.1  # of one reader, who looks at what came
IDLE_SECONDS = 30.0
DOCUMENTS = 40
MOST_RATIO = 2.0
TOKEN = "rr_of-a-bench"


def measure_uploads(folder: Path, files: int = FILES) -> None:
    """Print how long readers wait for pages and searches, without uploads and with them, and the ratio."""
    with upload_site(folder / "home", READING_ROOM_UPLOAD_QUOTA_MB="5000") as site:
        ids = _fill(site)
        incoming = _make_files(folder / "incoming", files)
        _read_for(site, ids, 5)  # warms
        idle = percentiles(_read_for(site, ids, IDLE_SECONDS))
        stop, busy = threading.Event(), list[float]()
        readers = threading.Thread(target=lambda: busy.extend(_read_until(site, ids, stop)))
        readers.start()
        began = time.perf_counter()
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            list(pool.map(lambda path: send(f"{site.address}/upload/files", TOKEN, path), incoming))
        seconds = time.perf_counter() - began
        stop.set()
        readers.join()
    loaded = percentiles(busy)
    print(f"  {files} files of 2 MB in {seconds:.1f} s, {files * BYTES / seconds / 1e6:.1f} MB/s")
    for name, found in (("without uploads", idle), ("with uploads", loaded)):
        print(f"  {name:16} p50 {found['p50']:7.1f}  p95 {found['p95']:7.1f}  longest {found['max']:7.1f} ms")
    bars = Bars()
    bars.judge(
        "readers' p95 with uploads, as a ratio to without", loaded["p95"] / idle["p95"], MOST_RATIO, ""
    )
    bars.show()


def _fill(site: UploadSite) -> list[str]:
    """Published documents to read, and a volunteer with a token."""
    with site.parts.database.transaction() as session:
        documents = [
            make_document(
                session,
                site.parts.storage,
                title=f"Memo {number}",
                pages=[f"Memo {number}, page {page}: counties may not opt out." for page in range(5)],
            )
            for number in range(DOCUMENTS)
        ]
    bring_index_up_to_date(site.parts.database, site.parts.engine)
    account = site.account(Role.VOLUNTEER)
    with site.parts.database.transaction() as session:
        session.add(
            ApiToken(
                id="1" * 32, account_id=account.id, name="bench", token_hash=hash_of(TOKEN), created_at=now()
            )
        )
    return [document.id for document in documents]


def _make_files(folder: Path, files: int) -> list[Path]:
    """Different PDFs of a page each; what follows their end is noise, so that hashing and disk are real."""
    folder.mkdir()
    for number in range(files):
        pdf = pdf_bytes([f"Incoming {number}: a sheriff asks how to opt out."])
        (folder / f"incoming {number:03}.pdf").write_bytes(pdf + b"\n%" + os.urandom(BYTES - len(pdf) - 2))
    return sorted(folder.iterdir())


def _read_for(site: UploadSite, ids: list[str], seconds: float) -> list[float]:
    stop = threading.Event()
    threading.Timer(seconds, stop.set).start()
    return _read_until(site, ids, stop)


def _read_until(site: UploadSite, ids: list[str], stop: threading.Event) -> list[float]:
    """Milliseconds of each answer, for some readers at once."""

    def read(reader: int) -> list[float]:
        taken = []
        for path in itertools.islice(_paths(ids), reader * 17, None):
            if stop.is_set():
                break
            began = time.perf_counter()
            with urllib.request.urlopen(site.address + path, timeout=60) as answer:
                answer.read()
            taken.append((time.perf_counter() - began) * 1000)
            time.sleep(SECONDS_BETWEEN_READS)
        return taken

    with ThreadPoolExecutor(READERS) as pool:
        return list(itertools.chain.from_iterable(pool.map(read, range(READERS))))


def _paths(ids: list[str]) -> Iterator[str]:
    """A search, a document and a page, again and again."""
    for number in itertools.count():
        document = f"/documents/{ids[number % len(ids)]}"
        yield f"/search?q=counties+memo+{number % 7}"
        yield document
        yield f"{document}/pages/{1 + number % 5}?q=counties"
