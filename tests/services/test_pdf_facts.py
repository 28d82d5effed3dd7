"""What a file holds beside its pages is kept with the document in words for people."""

from __future__ import annotations

from archive.services.pdf_facts import pdf_facts_of
from ingest.file_facts import ActionKind, Attachment, FactsNote, FileFacts, Script
from ingest.page import FileOpened


def test_a_plain_file_has_empty_lists() -> None:
    assert pdf_facts_of(FileOpened(1)) == {
        "metadata": {},
        "attachments": [],
        "scripts": [],
        "forms": {"has_xfa": False, "filled_fields": 0},
        "notes": [],
    }


def test_each_attachment_and_script_is_one_line() -> None:
    facts = FileFacts(
        attachments=(Attachment("roster.xlsx", 12_345), Attachment("notes.txt", None, 3)),
        scripts=(
            Script(ActionKind.LAUNCH, "when the file is opened", "cmd.exe"),
            Script(ActionKind.SUBMIT_FORM, "page 2"),
        ),
    )
    kept = pdf_facts_of(FileOpened(3, {}, facts))
    assert kept["attachments"] == ["roster.xlsx, 12,345 bytes", "notes.txt, on page 3"]
    assert kept["scripts"] == ["Launch, when the file is opened: cmd.exe", "SubmitForm, page 2"]


def test_what_is_said_twice_and_differently_is_kept_twice() -> None:
    opened = FileOpened(1, {"Producer": "Writer"}, FileFacts(more_metadata={"Producer": "B", "creator": "C"}))
    assert pdf_facts_of(opened)["metadata"] == {"Producer": "Writer", "Producer (XMP)": "B", "creator": "C"}


def test_what_no_program_could_look_at_asks_for_a_person() -> None:
    kept = pdf_facts_of(FileOpened(1, {}, FileFacts(notes=(FactsNote.NOT_LOOKED_AT,))))
    assert kept["scripts"] == kept["notes"] == ["The file's attachments and scripts could not be looked at."]
