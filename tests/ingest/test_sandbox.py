"""The sandbox reads what can be read, survives what cannot, and leaves nobody behind."""

from __future__ import annotations

import contextlib
import gc
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil
import pytest

from ingest.errors import DamagedPage, EmptyFile, EncryptedPdf
from ingest.limits import Limits
from ingest.page import PageFailure, PageReading
from ingest.sandbox import Event, ReadTask, Sandbox, TaskDone, TaskFailed, TaskOpened, TaskPage
from ingest.webp import read_webp_size
from tests.files.make_hostile import HOSTILE
from tests.pdfs import write_pdf

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(readers=2) as opened:
        yield opened


@pytest.fixture(scope="module")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pdf(tmp_path_factory.mktemp("long") / "long.pdf", *(f"Page {n}" for n in range(1, 121)))


def task(path: Path, **options: bool) -> ReadTask:
    return ReadTask(path.name, path, images=options.get("images", False), ocr=options.get("ocr", False))


def pages_of(events: Iterable[Event]) -> dict[int, PageReading | PageFailure]:
    return {event.page.page_number: event.page for event in events if isinstance(event, TaskPage)}


def hostile_file(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(HOSTILE[name]())
    return path


def processes_of(process: psutil.Process) -> list[psutil.Process]:
    return process.children(recursive=True)


def until(condition: object, seconds: float = 10.0) -> bool:
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return bool(condition())


def test_a_file_opens_gives_its_pages_and_is_done(sandbox: Sandbox, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "memo.pdf", "first page", "second page")
    events = list(sandbox.read([task(path)]))
    assert isinstance(events[0], TaskOpened)
    assert events[0].opened.page_count == 2
    assert isinstance(events[-1], TaskDone)
    texts = {n: page.text for n, page in pages_of(events).items() if isinstance(page, PageReading)}
    assert texts == {1: "first page", 2: "second page"}


def test_every_page_of_a_long_file_is_read_once(sandbox: Sandbox, long_file: Path) -> None:
    events = list(sandbox.read([task(long_file)]))
    numbers = [event.page.page_number for event in events if isinstance(event, TaskPage)]
    assert sorted(numbers) == list(range(1, 121))
    assert sum(isinstance(event, TaskDone) for event in events) == 1


def test_a_long_file_is_read_by_several_children_at_once(sandbox: Sandbox, long_file: Path) -> None:
    numbers = [
        event.page.page_number for event in sandbox.read([task(long_file)]) if isinstance(event, TaskPage)
    ]
    assert numbers != sorted(numbers)


def test_pages_to_skip_are_not_read(sandbox: Sandbox, long_file: Path) -> None:
    skip = frozenset(range(1, 119))
    events = list(sandbox.read([ReadTask("again", long_file, skip_pages=skip, images=False)]))
    assert sorted(pages_of(events)) == [119, 120]


def test_a_file_with_nothing_left_to_read_is_done(sandbox: Sandbox, long_file: Path) -> None:
    skip = frozenset(range(1, 121))
    events = list(sandbox.read([ReadTask("again", long_file, skip_pages=skip)]))
    assert [type(event) for event in events] == [TaskOpened, TaskDone]


def test_tasks_are_pulled_as_there_is_room(sandbox: Sandbox, tmp_path: Path) -> None:
    pulled = []

    def tasks() -> Iterator[ReadTask]:
        for number in range(20):
            pulled.append(number)
            yield task(write_pdf(tmp_path / f"{number}.pdf", "text"))

    events = sandbox.read(tasks())
    next(events)
    assert len(pulled) <= 3
    assert sum(isinstance(event, TaskDone) for event in events) == 20


def test_each_bad_file_fails_alone(sandbox: Sandbox, tmp_path: Path) -> None:
    good = [write_pdf(tmp_path / f"good{number}.pdf", "words") for number in range(3)]
    bad = [hostile_file(tmp_path, name) for name in ("empty.pdf", "needs_password.pdf", "no_pages.pdf")]
    mixed = [path for pair in zip(good, bad, strict=True) for path in pair]
    ends = {
        event.key: getattr(event, "code", "done")
        for event in sandbox.read(map(task, [*mixed, tmp_path / "missing.pdf"]))
        if isinstance(event, TaskDone | TaskFailed)
    }
    assert ends == {
        **dict.fromkeys([path.name for path in good], "done"),
        "empty.pdf": "empty_file",
        "needs_password.pdf": "encrypted_pdf",
        "no_pages.pdf": "no_pages",
        "missing.pdf": "unreadable",
    }


def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_read(tmp_path: Path, long_file: Path) -> None:
    slow = hostile_file(tmp_path, "pattern_of_tiny_tiles.pdf")
    with Sandbox(readers=1, limits=Limits(seconds_per_page=1.0)) as sandbox:
        events = list(sandbox.read([task(slow, images=True), task(long_file)]))
        restarts = sandbox.restarts
    failed = [event.page for event in events if isinstance(event, TaskPage) and event.key == slow.name]
    assert [page.code for page in failed if isinstance(page, PageFailure)] == ["page_too_slow"]
    assert sum(isinstance(event, TaskPage) and event.key == long_file.name for event in events) == 120
    assert restarts == 0


def test_a_file_of_slow_pages_comes_to_an_end(tmp_path: Path) -> None:
    import pikepdf

    path = tmp_path / "slow_pages.pdf"
    with pikepdf.open(hostile_file(tmp_path, "pattern_of_tiny_tiles.pdf")) as pdf:
        for _ in range(29):
            pdf.pages.append(pdf.pages[0])
        pdf.save(path)
    began = time.monotonic()
    limits = Limits(seconds_per_page=0.5, max_failed_seconds_per_file=2.0)
    with Sandbox(readers=2, limits=limits) as sandbox:
        events = list(sandbox.read([task(path, images=True)]))
    pages = pages_of(events)
    assert sorted(pages) == list(range(1, 31))
    assert {page.code for page in pages.values() if isinstance(page, PageFailure)} == {"page_too_slow"}
    assert time.monotonic() - began < 15


def test_a_page_that_wants_too_much_memory_is_given_up(sandbox: Sandbox, tmp_path: Path) -> None:
    bomb = hostile_file(tmp_path, "flate_bomb_1_gigabyte.pdf")
    (page,) = pages_of(sandbox.read([task(bomb)])).values()
    assert isinstance(page, PageFailure)
    assert page.code == "page_too_large"
    assert sandbox.restarts == 0


def test_one_page_is_drawn_on_demand(sandbox: Sandbox, long_file: Path) -> None:
    image = sandbox.render_page(long_file, 3, 1700)
    assert (image.width_px, image.height_px) == (1700, 2200)
    assert read_webp_size(image.webp) == (1700, 2200)


def test_drawing_says_what_is_wrong(sandbox: Sandbox, tmp_path: Path, long_file: Path) -> None:
    with pytest.raises(EmptyFile):
        sandbox.render_page(hostile_file(tmp_path, "empty.pdf"), 1, 1000)
    with pytest.raises(EncryptedPdf):
        sandbox.render_page(hostile_file(tmp_path, "needs_password.pdf"), 1, 1000)
    with pytest.raises(DamagedPage):
        sandbox.render_page(long_file, 121, 1000)


def test_when_the_caller_stops_the_children_end(long_file: Path) -> None:
    me = psutil.Process()
    before = {process.pid for process in me.children()}
    with Sandbox(readers=2) as sandbox:
        events = sandbox.read([task(long_file)])
        next(events)
        events.close()
        (zygote,) = [process for process in me.children() if process.pid not in before]
        assert until(lambda: not processes_of(zygote))
        assert len(pages_of(sandbox.read([task(long_file)]))) == 120


def test_a_lost_zygote_is_replaced_and_no_page_is_lost(long_file: Path) -> None:
    me = psutil.Process()
    before = {process.pid for process in me.children()}
    with Sandbox(readers=2) as sandbox:
        events = sandbox.read([task(long_file)])
        seen = [next(events) for _ in range(5)]
        (zygote,) = [process for process in me.children() if process.pid not in before]
        zygote.kill()
        seen += events
        assert sandbox.restarts == 1
    pages = pages_of(seen)
    assert sorted(pages) == list(range(1, 121))
    assert all(isinstance(page, PageReading) for page in pages.values())


def test_no_process_outlives_a_parent_that_was_killed(tmp_path: Path) -> None:
    slow = hostile_file(tmp_path, "pattern_of_tiny_tiles.pdf")
    program = (
        "import sys; from pathlib import Path; from ingest.sandbox import *\n"
        "for event in Sandbox(readers=1).read([ReadTask('slow', Path(sys.argv[1]))]):\n"
        "    print(event, flush=True)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program, str(slow)], cwd=ROOT, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    parent.stdout.readline()  # the file is open: a child is at work
    family = processes_of(psutil.Process(parent.pid))
    assert len(family) >= 2
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []


def test_children_inherit_no_secrets(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READING_ROOM_SECRET_KEY", "do not tell")
    with Sandbox(readers=1):
        for process in processes_of(psutil.Process()):
            with contextlib.suppress(psutil.Error):
                if "ingest.zygote" in process.cmdline():
                    assert "READING_ROOM_SECRET_KEY" not in process.environ()


def test_no_descriptor_stays_open(sandbox: Sandbox, long_file: Path) -> None:
    gc.collect()  # what earlier tests left to be closed
    before = psutil.Process().num_fds()
    list(sandbox.read([task(long_file)]))
    assert psutil.Process().num_fds() == before


@pytest.mark.real
def test_reading_twice_gives_the_same(sandbox: Sandbox, corpus: Path) -> None:
    tasks = [task(corpus / "doj_foia-gov-faq_es_2011-01.pdf", images=True)]
    assert pages_of(sandbox.read(tasks)) == pages_of(sandbox.read(tasks))
