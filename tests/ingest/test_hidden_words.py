"""Words that can be read in the file and not on the page are found, and nothing is said where all is seen."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.page import MarkKind, PageReading
from ingest.sandbox import ReadTask, Sandbox, TaskPage
from tests.files import hidden_words, innocent_pages
from tests.ingest.drawn import draw, prose, read_page

HIDDEN = {**hidden_words.DRAWN, **hidden_words.ALONE}
INNOCENT = {**innocent_pages.DRAWN, **innocent_pages.ALONE}
ALONE = hidden_words.ALONE.keys() | innocent_pages.ALONE.keys()

# What the real documents hide, page by page, looked at one by one. The Federal Register prints the
# typesetter's line in white; a spreadsheet cuts words off where its column ends.
TYPESETTERS_LINE = "VerDate Sep<11>2014 16:21 Aug 05, 2020"
TYPESETTER = "jbell on DSKJLSW7X2PROD"
FIGURE_NUMBER = "EP06AU20."


def made(
    folder: Path, name: str, paint: hidden_words.Draw, finish: hidden_words.Finish | None = None
) -> PageReading:
    """The page, read as the archive reads it."""

    def page(canvas: Canvas) -> None:
        if name not in ALONE:
            prose(canvas)
        canvas.setFont("Helvetica", 12)
        paint(canvas)

    path = draw(folder / f"{name}.pdf", page)
    if finish:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            finish(pdf)
            pdf.save(path)
    return read_page(path, images=True)


def hidden_text(page: PageReading) -> list[str]:
    return [mark.text for mark in page.marks if mark.text]


def test_there_are_enough_of_both() -> None:
    assert len(HIDDEN) + len(hidden_words.FINISHED) >= 60
    assert len(INNOCENT) + len(innocent_pages.FINISHED) >= 60


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_words_are_found(tmp_path: Path, name: str) -> None:
    page = made(tmp_path, name, HIDDEN[name])
    assert set(hidden_words.SECRET.split()) <= set(" ".join(hidden_text(page)).split())


@pytest.mark.parametrize("name", hidden_words.FINISHED)
def test_words_hidden_by_the_file_are_found(tmp_path: Path, name: str) -> None:
    page = made(tmp_path, name, *hidden_words.FINISHED[name])
    assert set(hidden_words.SECRET.split()) <= set(" ".join(hidden_text(page)).split())


@pytest.mark.parametrize("name", INNOCENT)
def test_where_all_is_seen_nothing_is_said(tmp_path: Path, name: str) -> None:
    assert hidden_text(made(tmp_path, name, INNOCENT[name])) == []


@pytest.mark.parametrize("name", innocent_pages.FINISHED)
def test_annotations_and_layers_that_hide_nothing_say_nothing(tmp_path: Path, name: str) -> None:
    assert hidden_text(made(tmp_path, name, *innocent_pages.FINISHED[name])) == []


@pytest.mark.parametrize("name", ["black_box", "thin_stacked_boxes", "rounded_box", "noisy_picture"])
def test_what_lies_under_something_is_under_a_box(tmp_path: Path, name: str) -> None:
    (mark,) = made(tmp_path, name, HIDDEN[name]).marks
    assert mark.kind == MarkKind.BOX_OVER_TEXT


@pytest.mark.parametrize("name", ["white_on_white", "without_ink", "half_a_point_high", "clipped_away"])
def test_what_lies_under_nothing_is_invisible(tmp_path: Path, name: str) -> None:
    (mark,) = made(tmp_path, name, HIDDEN[name]).marks
    assert (mark.kind, mark.text) == (MarkKind.INVISIBLE_TEXT, hidden_words.SECRET)
    assert 99 < mark.box.x0 < 101
    assert 715 < mark.box.top < mark.box.bottom < 740


def test_only_the_words_beneath_the_box_are_named(tmp_path: Path) -> None:
    page = made(tmp_path, "half_the_line_covered", HIDDEN["half_the_line_covered"])
    assert hidden_text(page) == [hidden_words.SECRET]


def test_words_found_in_pictures_drawn_and_not_drawn_are_the_same(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        prose(canvas)
        HIDDEN["white_on_white"](canvas)

    path = draw(tmp_path / "white.pdf", page)
    assert read_page(path, ocr=True).marks == read_page(path, images=True).marks


@pytest.mark.real
@pytest.mark.slow
def test_real_documents_hide_what_was_found_by_looking_and_nothing_else(corpus: Path) -> None:
    files = sorted(corpus.glob("*.pdf"))
    assert len(files) == 21
    found: dict[tuple[str, int], list[str]] = {}
    with Sandbox() as sandbox:
        tasks = [ReadTask(path.name, path, images=True, ocr=False) for path in files]
        for event in sandbox.read(tasks):
            if isinstance(event, TaskPage) and isinstance(event.page, PageReading):
                texts = hidden_text(event.page)
                if texts:
                    found[event.key, event.page.page_number] = texts
    register = {place: texts for place, texts in found.items() if place[0].startswith("faa_federal")}
    assert [place[1] for place in sorted(register)] == list(range(1, 16))
    for texts in register.values():
        assert texts[0].startswith(TYPESETTERS_LINE)
        assert texts[1].startswith(TYPESETTER)
        assert all(text.startswith(FIGURE_NUMBER) for text in texts[2:])
    others = {place: texts for place, texts in found.items() if place not in register}
    assert others == {("aclu-v-ice_joint-appendix_2021-08-20.pdf", 91): ["HOLD SPC"]}
