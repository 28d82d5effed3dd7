"""What a file holds beside its pages is found, and what cannot be looked at harms nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import psutil
import pytest
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, String

from ingest.facts_process import NOT_LOOKED_AT, find_facts
from ingest.file_facts import ActionKind, Attachment, FactsNote, FileFacts, Script
from ingest.sandbox import ReadTask, Sandbox, TaskOpened, TaskPage
from tests.pdfs import write_pdf


def made(folder: Path, change: Callable[[Pdf], object], *, pages: int = 1) -> Path:
    """A file of plain pages, changed."""
    path = write_pdf(folder / "file.pdf", *["The county may opt out"] * pages)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)
    return path


def facts_of(path: Path, **options: float) -> FileFacts:
    with path.open("rb") as file:
        return find_facts(file.fileno(), **options)


def script(code: str = "app.alert(1)") -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(code))


def test_a_plain_file_holds_nothing_else(tmp_path: Path) -> None:
    facts = facts_of(made(tmp_path, lambda pdf: None))
    assert (facts.attachments, facts.scripts, facts.notes) == ((), (), ())
    assert (facts.has_xfa, facts.filled_fields) == (False, 0)


def test_an_attachment_has_its_name_and_size(tmp_path: Path) -> None:
    def attach(pdf: Pdf) -> None:
        pdf.attachments["roster.xlsx"] = AttachedFileSpec(pdf, b"12345", filename="Dienstplan März.xlsx")

    assert facts_of(made(tmp_path, attach)).attachments == (Attachment("Dienstplan März.xlsx", 5),)


def test_an_attachment_pinned_to_a_page_says_which(tmp_path: Path) -> None:
    def pinned(pdf: Pdf) -> None:
        specification = AttachedFileSpec(pdf, b"12345", filename="notes.txt").obj
        pdf.pages[1].Annots = Array(
            [
                Dictionary(
                    Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=specification
                )
            ]
        )

    assert facts_of(made(tmp_path, pinned, pages=2)).attachments == (Attachment("notes.txt", 5, 2),)


def opening(action: Any) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.Root.OpenAction = action

    return change


def named(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("start"), script()])))


def additional(pdf: Pdf) -> None:
    pdf.Root.AA = Dictionary(WC=script())


def on_a_page(pdf: Pdf) -> None:
    pdf.pages[0].AA = Dictionary(O=script())


def behind_a_link(pdf: Pdf) -> None:
    pdf.pages[0].Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=script())]
    )


def in_a_field(pdf: Pdf) -> None:
    field = Dictionary(FT=Name.Tx, T=String("total"), AA=Dictionary(C=script()))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]))


def in_a_bookmark(pdf: Pdf) -> None:
    item = pdf.make_indirect(Dictionary(Title=String("One"), A=script()))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=item, Last=item, Count=1))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (opening(script()), "when the file is opened"),
        (named, "script start"),
        (additional, "of the file"),
        (on_a_page, "page 1"),
        (behind_a_link, "page 1"),
        (in_a_field, "field total"),
        (in_a_bookmark, "a bookmark"),
    ],
)
def test_a_script_is_found_wherever_it_hangs(
    tmp_path: Path, change: Callable[[Pdf], None], place: str
) -> None:
    expected = Script(ActionKind.JAVASCRIPT, place, "app.alert(1)")
    assert facts_of(made(tmp_path, change)).scripts == (expected,)


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (Dictionary(S=Name.Launch, F=String("cmd.exe")), (ActionKind.LAUNCH, "cmd.exe")),
        (Dictionary(S=Name.Launch, F=Dictionary(F=String("a.sh"))), (ActionKind.LAUNCH, "a.sh")),
        (
            Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=String("https://example.org/in"))),
            (ActionKind.SUBMIT_FORM, "https://example.org/in"),
        ),
        (Dictionary(S=Name.GoToR, F=String("other.pdf")), (ActionKind.GO_TO_FILE, "other.pdf")),
        (Dictionary(S=Name.ImportData, F=String("data.fdf")), (ActionKind.IMPORT_DATA, "data.fdf")),
        (
            Dictionary(S=Name.URI, URI=String("https://example.org/seen")),
            (ActionKind.OPEN_ADDRESS, "https://example.org/seen"),
        ),
    ],
)
def test_what_happens_on_opening_is_named(
    tmp_path: Path, action: Any, expected: tuple[ActionKind, str]
) -> None:
    (found,) = facts_of(made(tmp_path, opening(action))).scripts
    assert (found.kind, found.text) == expected


def test_a_link_to_click_on_is_no_script(tmp_path: Path) -> None:
    def link(pdf: Pdf) -> None:
        action = Dictionary(S=Name.URI, URI=String("https://example.org/"))
        pdf.pages[0].Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)]
        )

    assert facts_of(made(tmp_path, link)).scripts == ()


def test_a_long_script_is_cut_and_cleaned(tmp_path: Path) -> None:
    def long(pdf: Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(
            S=Name.JavaScript, JS=pdf.make_stream(b"var a;\x00\n\t" + b"x" * 5_000)
        )

    (found,) = facts_of(made(tmp_path, long)).scripts
    assert found.text == ("var a; " + "x" * 5_000)[:200]


def test_actions_that_follow_each_other_for_ever_come_to_an_end(tmp_path: Path) -> None:
    def loop(pdf: Pdf) -> None:
        action = pdf.make_indirect(script())
        action.Next = action
        pdf.Root.OpenAction = action

    assert len(facts_of(made(tmp_path, loop)).scripts) == 1


def test_answers_in_a_form_are_counted(tmp_path: Path) -> None:
    def form(pdf: Pdf) -> None:
        fields = [
            Dictionary(FT=Name.Tx, T=String("name"), V=String("Anna Sample")),
            Dictionary(FT=Name.Tx, T=String("city"), V=String("")),
            Dictionary(FT=Name.Btn, T=String("yes"), V=Name.Off),
        ]
        pdf.Root.AcroForm = Dictionary(Fields=Array(fields), XFA=pdf.make_stream(b"<xdp/>"))

    facts = facts_of(made(tmp_path, form))
    assert (facts.has_xfa, facts.filled_fields) == (True, 1)


def test_a_second_description_that_differs_is_kept(tmp_path: Path) -> None:
    def describe(pdf: Pdf) -> None:
        pdf.docinfo[Name.Author] = String("The Agency")
        pdf.docinfo[Name("/Company")] = String("Example Ltd")
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            xmp["dc:creator"] = ["jbell"]
            xmp["dc:title"] = "The Agency"

    assert facts_of(made(tmp_path, describe)).more_metadata == {"Company": "Example Ltd", "creator": "jbell"}


def test_more_than_are_kept_are_said_to_be_more(tmp_path: Path) -> None:
    def many(pdf: Pdf) -> None:
        names = [item for number in range(300) for item in (String(f"s{number}"), script(f"f({number})"))]
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(names)))

    facts = facts_of(made(tmp_path, many))
    assert (len(facts.scripts), facts.notes) == (200, (FactsNote.TOO_MANY,))


def test_a_broken_part_does_not_hide_the_others(tmp_path: Path) -> None:
    def broken(pdf: Pdf) -> None:
        pdf.Root.Metadata = pdf.make_stream(b"<not xml")
        pdf.Root.AcroForm = Dictionary(Fields=Array([Dictionary(AA=Array([1]))]))
        pdf.Root.OpenAction = script()

    facts = facts_of(made(tmp_path, broken))
    assert len(facts.scripts) == 1
    assert FactsNote.PARTLY in facts.notes


def test_a_file_that_is_none_was_not_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "nonsense.pdf"
    path.write_bytes(os.urandom(5_000))
    assert facts_of(path) == NOT_LOOKED_AT


def test_a_search_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = made(tmp_path, lambda pdf: None)
    open_files = len(list(Path("/proc/self/fd").iterdir()))
    children = {child.pid for child in psutil.Process().children()}  # of other tests in this process
    assert facts_of(path, seconds=0.0) == NOT_LOOKED_AT
    assert len(list(Path("/proc/self/fd").iterdir())) == open_files
    assert {child.pid for child in psutil.Process().children()} <= children


def test_the_facts_come_with_the_opening_and_the_pages_are_read(tmp_path: Path) -> None:
    path = made(tmp_path, opening(script()))
    with Sandbox(readers=1) as sandbox:
        events = list(sandbox.read([ReadTask("one", path, images=False, ocr=False)]))
    (opened,) = [event.opened for event in events if isinstance(event, TaskOpened)]
    assert opened.facts.scripts == (Script(ActionKind.JAVASCRIPT, "when the file is opened", "app.alert(1)"),)
    assert any(isinstance(event, TaskPage) for event in events)


def test_two_thousand_pages_are_looked_at(tmp_path: Path) -> None:
    def many(pdf: Pdf) -> None:
        for _ in range(1_999):
            pdf.add_blank_page()
        pdf.pages[-1].AA = Dictionary(O=script())

    facts = facts_of(made(tmp_path, many), seconds=30.0)
    assert [found.place for found in facts.scripts] == ["page 2000"] or facts.notes == (
        FactsNote.NOT_ALL_PAGES,
    )
