"""Files made to break a reader: each ends in one clear outcome, and the good ones between them go in."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from ingest.page import PageFailure, PageReading
from ingest.sandbox import ReadTask, Sandbox, TaskFailed, TaskOpened, TaskPage
from ingest.wire import KNOWN_ERRORS
from tests.files.make_hostile import HOSTILE, write_hostile_files
from tests.pdfs import write_pdf

MAX_SECONDS = 95.0
MAX_MEMORY_BYTES = 1.5 * 1024**3
GOOD_EVERY = 6
README = Path(__file__).resolve().parents[1] / "files" / "README.md"

# What must come of them: every page read, or these codes.
READ = "read"
EXPECTED = {
    "empty.pdf": {"empty_file"},
    "png_named_pdf.pdf": {"not_a_pdf"},
    "web_page_named_pdf.pdf": {"not_a_pdf"},
    "word_document_named_pdf.pdf": {"not_a_pdf"},
    "random_bytes.pdf": {"not_a_pdf"},
    "header_only.pdf": {"damaged_pdf"},
    "html_after_header.pdf": {"damaged_pdf"},
    "cut_in_half.pdf": {"damaged_pdf"},
    "needs_password.pdf": {"encrypted_pdf"},
    "no_pages.pdf": {"no_pages"},
    "more_pages_than_accepted.pdf": {"too_many_pages"},
    "ten_thousand_pages.pdf": {READ},
    "owner_password_only.pdf": {READ},
    "cut_before_its_table.pdf": {READ},
    "cross_reference_loop.pdf": {READ},
    "a_billion_pages_claimed.pdf": {READ},
    "form_calls_itself.pdf": {READ},
    "javascript_on_opening.pdf": {READ},
    "launches_a_program.pdf": {READ},
    "page_of_a_million_points.pdf": {READ},
    "page_of_no_size.pdf": {READ},
    "page_box_of_words.pdf": {READ},
    "page_10_by_14400_points.pdf": {READ},
    "user_unit_of_100000.pdf": {READ},
    "rotated_by_37_degrees.pdf": {READ},
    "words_with_nul_and_surrogates.pdf": {READ},
    "page_tree_5000_deep.pdf": {"damaged_page"},
    "flate_bomb_1_gigabyte.pdf": {"page_too_large"},
}


@dataclass(slots=True)
class Outcome:
    """What became of one file."""

    began: float
    seconds: float = 0.0
    page_count: int = 0
    pages: dict[int, PageReading | PageFailure] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    sentences: set[str] = field(default_factory=set)
    ends: int = 0
    failed: bool = False


@dataclass(slots=True)
class Run:
    """What became of all of them."""

    outcomes: dict[str, Outcome]
    restarts: int
    peak_bytes: int


class MemoryWatch(threading.Thread):
    """The resident memory of this process's tree, without what was there before."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_bytes = 0
        self._stopped = threading.Event()
        self._before = _tree_bytes()

    def run(self) -> None:
        while not self._stopped.wait(0.05):
            self.peak_bytes = max(self.peak_bytes, _tree_bytes() - self._before)

    def stop(self) -> None:
        self._stopped.set()
        self.join()


def _tree_bytes() -> int:
    me = psutil.Process()
    total = 0
    for process in [me, *me.children(recursive=True)]:
        try:
            total += process.memory_info().rss
        except psutil.Error:  # it ended while we looked
            continue
    return total


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All hostile files read in one go, with good ones between them."""
    folder = tmp_path_factory.mktemp("hostile")
    outcomes: dict[str, Outcome] = {}

    def tasks() -> Iterator[ReadTask]:
        for number, path in enumerate(write_hostile_files(folder)):
            if number % GOOD_EVERY == 0:
                outcomes[f"good_{number}.pdf"] = Outcome(time.monotonic())
                yield ReadTask(f"good_{number}.pdf", write_pdf(folder / f"good_{number}.pdf", "sound words"))
            outcomes[path.name] = Outcome(time.monotonic())
            yield ReadTask(path.name, path)

    watch = MemoryWatch()
    watch.start()
    with Sandbox(readers=2) as sandbox:
        for event in sandbox.read(tasks()):
            outcome = outcomes[event.key]
            match event:
                case TaskOpened(opened=opened):
                    outcome.page_count = opened.page_count
                case TaskPage(page=page):
                    outcome.pages[page.page_number] = page
                    if isinstance(page, PageFailure):
                        outcome.codes.add(page.code)
                        outcome.sentences.add(page.sentence)
                case TaskFailed(code=code, sentence=sentence):
                    outcome.failed = True
                    outcome.codes.add(code)
                    outcome.sentences.add(sentence)
            if not isinstance(event, TaskOpened | TaskPage):
                outcome.ends += 1
                outcome.seconds = time.monotonic() - outcome.began
        restarts = sandbox.restarts
    watch.stop()
    return Run(outcomes, restarts, watch.peak_bytes)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_each_ends_once_with_known_codes_and_clear_sentences(run: Run, name: str) -> None:
    outcome = run.outcomes[name]
    assert outcome.ends == 1
    assert outcome.codes <= set(KNOWN_ERRORS)
    for sentence in outcome.sentences:
        assert re.fullmatch(r"[A-Z].{20,200}\.", sentence)
    if not outcome.failed:
        assert sorted(outcome.pages) == list(range(1, outcome.page_count + 1))


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_what_comes_of_it_is_known(run: Run, name: str) -> None:
    outcome = run.outcomes[name]
    assert (outcome.codes or {READ}) == EXPECTED[name]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_none_takes_longer_than_95_seconds(run: Run) -> None:
    slowest = max(run.outcomes, key=lambda name: run.outcomes[name].seconds)
    assert run.outcomes[slowest].seconds < MAX_SECONDS, slowest


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_sandbox_survives_them_all(run: Run) -> None:
    assert run.restarts == 0


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_memory_stays_bounded(run: Run) -> None:
    assert run.peak_bytes < MAX_MEMORY_BYTES


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_good_files_between_them_go_in(run: Run) -> None:
    good = {name: outcome for name, outcome in run.outcomes.items() if name.startswith("good_")}
    assert len(good) >= 8
    for outcome in good.values():
        (page,) = outcome.pages.values()
        assert isinstance(page, PageReading)
        assert page.text == "sound words"


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_words_come_out_clean(run: Run) -> None:
    (page,) = run.outcomes["words_with_nul_and_surrogates.pdf"].pages.values()
    assert isinstance(page, PageReading)
    assert {"plain", "words", "end"} <= set(page.text.split())
    assert all(character == "\n" or character.isprintable() for character in page.text)


def test_there_are_enough_of_them_and_each_is_in_the_table() -> None:
    assert len(HOSTILE) >= 25
    listed = set(re.findall(r"^\| `([\w.]+\.pdf)` \|", README.read_text(encoding="utf-8"), re.MULTILINE))
    assert listed == set(HOSTILE)
