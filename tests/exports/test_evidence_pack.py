"""An evidence pack: pages in order and counted, lists that are true, the same bytes for the same moment."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest

from archive.errors import BlobDamaged
from archive.exports import evidence_pack_maker
from archive.exports.evidence_pack import Cover, Pack, compose_pack
from archive.exports.evidence_pack_fonts import NOT_SET, faces, markup_of, runs_of
from archive.exports.evidence_pack_maker import FileUnfit, PackBusy, PackTooMuch, _alone, make_pack
from archive.exports.right_to_left import as_displayed
from archive.models import Document
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.evidence_choice import BadChoice, Choice, NotForPack, parse_choice, parse_name
from archive.rules.statuses import Role, Visibility
from archive.services.citations import cite_passage
from archive.services.evidence_packs import choose_for_pack
from archive.storage.keys import original_key
from tests.factories import NOON, make_document

COVER = Cover(
    "Exhibit 12",
    "Jane Roe",
    marks=True,
    archive_name="The Room",
    address="https://room.example/",
    made_at=NOON,
)
MEMO = ("Counties may not opt out.\nThe sheriff asked.", "Second page", "Third page", "Fourth page")
Compose = Callable[..., Pack]


@pytest.fixture
def memo(parts: Parts) -> Document:
    with parts.database.transaction() as session:
        return make_document(
            session, parts.storage, title="Memo", pages=MEMO, bates="ICE.", dated_on=date(2010, 8, 17)
        )


@pytest.fixture
def letter(parts: Parts) -> Document:
    with parts.database.transaction() as session:
        return make_document(session, parts.storage, title="Letter & <answer>", pages=("Dear sheriff",))


def compose(parts: Parts, citations: str, pages: str, cover: Cover = COVER, viewer: Viewer = READER) -> Pack:
    with parts.database.reading() as session:
        packed = choose_for_pack(session, parse_choice(citations, pages), viewer)
        return compose_pack(
            session, packed, cover, absolute=lambda path: f"https://room.example{path}", viewer=viewer
        )


def cite(parts: Parts, document: Document, page_number: int, words: str) -> str:
    with parts.database.transaction() as session:
        return cite_passage(session, document.id, page_number, words, viewer=READER, at=NOON).id


def make(parts: Parts, pack: Pack) -> bytes:
    with make_pack(pack, parts.storage, parts.settings.home / "packs") as file:
        return file.read()


def texts_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_pages_come_in_order_each_with_its_stamp(parts: Parts, memo: Document, letter: Document) -> None:
    citation = cite(parts, memo, 1, "may not opt out")
    pack = compose(parts, citation, f"{letter.id}\n{memo.id} pages 3-4")
    texts = texts_of(make(parts, pack))
    assert pack.page_count == 4
    total = len(texts)
    for number, text in enumerate(texts, 1):
        assert f"Exhibit 12 · p. {number} of {total}" in text
    first = next(number for number, text in enumerate(texts) if "Counties may not" in text)
    expected = (
        ("Counties may not opt out.", memo, 1, "Bates ICE.000001"),
        ("Third page", memo, 3, "Bates ICE.000003"),
        ("Fourth page", memo, 4, "Bates ICE.000004"),
        ("Dear sheriff", letter, 1, ""),
    )
    for text, (words, document, number, bates) in zip(texts[first:], expected, strict=False):
        assert words in text
        assert f"https://room.example/documents/{document.id}/pages/{number}" in text
        assert f"Document {document.id} · page {number} of {document.page_count}" in text
        assert bates in text
    contents = texts[0]
    assert f"p. {first + 1}–{first + 3}" in contents
    assert f"p. {first + 4}" in contents
    assert "Letter & <answer>" in contents
    assert "Jane Roe" in contents


def test_the_lists_behind_the_pages_are_true(parts: Parts, memo: Document, letter: Document) -> None:
    citation = cite(parts, memo, 1, "may not opt out")
    pdf = make(parts, compose(parts, f"https://room.example/cite/{citation}", f"{letter.id} p. 1"))
    said = " ".join(" ".join(texts_of(pdf)).split())
    for document in (memo, letter):
        stored = parts.storage.read(original_key(document.sha256))
        assert hashlib.sha256(stored).hexdigest() in said
        assert f"{len(stored):,} bytes" in said
        assert f"/documents/{document.id}/file.pdf" in said
    assert "“may not opt out”" in said
    assert f"https://room.example/cite/{citation}" in said
    assert "The words are on this page of this file" in said
    assert "Received by this archive" in said
    assert "902(14)" in said
    assert "not legal advice" in said


def _page_of(item: pikepdf.OutlineItem) -> pikepdf.Object:
    destination = item.destination
    assert isinstance(destination, pikepdf.Array)
    return destination[0]


def test_bookmarks_lead_to_documents_and_lists(parts: Parts, memo: Document, letter: Document) -> None:
    pdf = make(parts, compose(parts, "", f"{memo.id} 1-2\n{letter.id}"))
    texts = texts_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        places = {item.title: opened.pages.index(pikepdf.Page(_page_of(item))) for item in outline.root}
    assert list(places) == [
        "Cover and contents", "Memo", "Letter & <answer>",
        "Citations", "Files and their hashes", "Custody", "Draft certification",
    ]  # fmt: skip
    assert "Counties may not" in texts[places["Memo"]]
    assert "Dear sheriff" in texts[places["Letter & <answer>"]]
    assert "Draft certification" in texts[places["Draft certification"]]


def test_marks_are_there_when_they_are_wanted(parts: Parts, memo: Document) -> None:
    citation = cite(parts, memo, 1, "may not opt out")
    for marks in (True, False):
        pack = compose(parts, citation, "", replace(COVER, marks=marks))
        (page,) = pack.files[0].pages
        assert len(page.marks) == int(marks), "words that follow on each other are one stroke"
        said = " ".join(texts_of(make(parts, pack))[0].split())
        assert ("Yellow over words was added here" in said) is marks


def test_the_same_moment_gives_the_same_bytes(parts: Parts, memo: Document) -> None:
    pack = compose(parts, cite(parts, memo, 1, "opt out"), f"{memo.id} 2")
    assert make(parts, pack) == make(parts, pack)
    assert re.search(rb"/(JS|AA|EmbeddedFiles|OpenAction)\b", make(parts, pack)) is None


def test_a_long_list_of_contents_still_counts_right(parts: Parts) -> None:
    with parts.database.transaction() as session:
        ids = [
            make_document(
                session, parts.storage, title=f"Record {n} " + "long title " * 20, pages=(f"zq{n}",)
            ).id
            for n in range(30)
        ]
    texts = texts_of(make(parts, compose(parts, "", "\n".join(ids))))
    front = next(number for number, text in enumerate(texts) if "zq0" in text)
    assert front > 1
    listed = re.findall(r"(?<!· )p\. (\d+)", " ".join(texts[:front]))
    assert list(map(int, listed)) == list(range(front + 1, front + 32))
    assert all(f"zq{number}" in texts[front + number] for number in range(30))


def test_nothing_is_left_behind_and_one_is_made_at_a_time(parts: Parts, memo: Document) -> None:
    pack, folder = compose(parts, "", memo.id), parts.settings.home / "packs"
    make(parts, pack)
    assert [path.name for path in folder.iterdir()] == [".lock"]
    with _alone(folder) as work:
        (work / "left.pdf").write_bytes(b"left")
        with pytest.raises(PackBusy):
            make(parts, pack)
    assert [path.name for path in folder.iterdir()] == [".lock"]


def test_a_pack_that_grows_too_large_is_given_up(
    parts: Parts, memo: Document, letter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = compose(parts, "", f"{memo.id}\n{letter.id}")
    monkeypatch.setattr(evidence_pack_maker, "MOST_BYTES", 1_000)
    with pytest.raises(PackTooMuch):
        make(parts, pack)
    assert [path.name for path in (parts.settings.home / "packs").iterdir()] == [".lock"]


def test_a_file_that_is_not_what_was_received_is_no_evidence(parts: Parts, memo: Document) -> None:
    pack = compose(parts, "", memo.id)
    stored = parts.settings.home / "files" / original_key(memo.sha256)
    stored.chmod(0o600)
    stored.write_bytes(stored.read_bytes() + b"%")
    with pytest.raises(BlobDamaged):
        make(parts, pack)


def test_a_locked_or_damaged_file_is_named(parts: Parts, memo: Document) -> None:
    good = pikepdf.open(io.BytesIO(parts.storage.read(original_key(memo.sha256))))
    locked = io.BytesIO()
    good.save(locked, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    for data in (locked.getvalue(), b"%PDF-1.7 and then nothing"):
        sha256 = hashlib.sha256(data).hexdigest()
        parts.storage.put(original_key(sha256), data)
        pack = compose(parts, "", memo.id)
        broken = replace(pack, files=(replace(pack.files[0], sha256=sha256),))
        with pytest.raises(FileUnfit) as refused:
            make(parts, broken)
        assert memo.id in refused.value.sentence
        assert refused.value.sentence.endswith(".")
    assert [path.name for path in (parts.settings.home / "packs").iterdir()] == [".lock"]


@pytest.mark.parametrize("visibility", [v for v in Visibility if v != Visibility.PUBLISHED])
def test_what_is_not_shown_is_refused_with_its_id_alone(
    parts: Parts, memo: Document, visibility: Visibility
) -> None:
    citation = cite(parts, memo, 1, "opt out")
    with parts.database.transaction() as session:
        hidden = session.get_one(Document, memo.id)
        hidden.visibility, hidden.published_at, hidden.withdrawn_at = visibility, NOON, NOON
    for written, id_ in (((citation, ""), citation), (("", memo.id), memo.id)):
        with pytest.raises(NotForPack) as refused:
            compose(parts, *written)
        assert refused.value.sentence == f"Not in the archive, or not shown: {id_}."
    with pytest.raises(NotForPack) as both:
        compose(parts, citation, f"{memo.id} 1\n{'a' * 12}")
    assert both.value.ids == (citation, memo.id, "a" * 12)
    editor = Viewer(Role.EDITOR, 1, "editor@example.org")
    assert compose(parts, citation, memo.id, viewer=editor).page_count == 4


def test_what_is_written_is_understood(parts: Parts, memo: Document) -> None:
    id_, cited = "abcdefghij23", "abcdefgh234567ij"
    for line, ranges in (
        (f"{id_} pages 3-5, 9", ((3, 5), (9, 9))),
        (f"{id_}: p. 4", ((4, 4),)),
        (f"https://room.example/documents/{id_}/pages/7", ((7, 7),)),
        (f"/documents/{id_}/pages/7?q=opt 1–2", ((1, 2),)),
        (id_, ()),
    ):
        (chosen,) = parse_choice("", line).pages
        assert (chosen.document_id, chosen.ranges) == (id_, ranges), line
    assert parse_choice(f"https://room.example/cite/{cited}\n {cited} \n", "") == Choice((cited,), ())
    for wrong in (("", ""), ("nonsense", ""), ("", "nonsense 3"), ("", f"{id_} 5-3"), ("", f"{id_} x")):
        with pytest.raises(BadChoice):
            parse_choice(*wrong)
    for beyond in ("5", "1-9", "1-99999"):
        with pytest.raises(BadChoice):
            compose(parts, "", f"{memo.id} {beyond}")
    with pytest.raises(BadChoice):
        parse_name("x" * 81, 80)
    assert parse_name(" Exhibit\r\n12\x00 ", 80) == "Exhibit 12"


def test_a_pack_has_a_greatest_size(parts: Parts) -> None:
    with parts.database.transaction() as session:
        ids = [make_document(session, parts.storage, title=str(n), pages=(str(n),)).id for n in range(51)]
        large = make_document(session, parts.storage, title="large", pages=("large",))
        large.byte_count = 200 * 1000**2 + 1
    for lines in ("\n".join(ids), large.id):
        with pytest.raises(BadChoice):
            compose(parts, "", lines)


def test_letters_of_any_script_are_set_or_told_never_boxes() -> None:
    vera = faces()[:1]
    assert [run.text for run in runs_of("Zoë — “x”", vera)] == ["Zoë — “x”"]
    assert "".join(run.text for run in runs_of("a Ж 漢字 b", vera)) == f"a {NOT_SET} {NOT_SET} b"
    assert "".join(run.text for run in runs_of("Ｆｕｌｌ", vera)) == "Full"
    assert markup_of("<b>&x").count("<font") == 1
    assert "&lt;b&gt;&amp;x" in markup_of("<b>&x")
    for run in runs_of("Zoë Ελληνικά Русский مذكرة 漢字 \u202e\x00"):
        assert {ord(letter) for letter in run.text} <= run.face.letters


def test_what_is_written_from_the_right_is_set_as_it_is_seen() -> None:
    assert as_displayed("plain (text) 12") == "plain (text) 12"
    assert as_displayed("שלום 2010 (א)") == "(א) 2010 םולש"
    assert as_displayed("see שלום now") == "see םולש now"
    assert as_displayed("שלום ICE") == "ICE םולש"
    assert as_displayed("שלום, at 3", in_english=True) == "םולש, at 3"
    joined = as_displayed("باب")
    assert [hex(ord(letter)) for letter in joined] == ["0xfe8f", "0xfe8e", "0xfe91"]
