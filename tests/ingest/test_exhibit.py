"""Pages of files as an exhibit: whole, upright, marked where the words are, stamped where nothing else is."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from ingest.copying import BadRecipe
from ingest.errors import DamagedPdf, EncryptedPdf, IngestError
from ingest.exhibit import (
    STRIP_HEIGHT_PT,
    STRIP_WIDTH_PT,
    Binding,
    Bookmark,
    ExhibitPage,
    ExhibitPart,
    Section,
    exhibit_from_json,
    exhibit_to_json,
    place_page,
)
from ingest.page import Box
from ingest.sandbox import Sandbox
from tests.files.make_hostile import HOSTILE
from tests.ingest.exhibits import SCALE, STAMP, make_part, pixels, read, strips, text_of, yellow_box
from tests.pdfs import pdf_bytes, write_pdf

MADE_AT = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
FORBIDDEN = (
    "/JS",
    "/JavaScript",
    "/AA",
    "/OpenAction",
    "/EmbeddedFiles",
    "/URI",
    "/Annots",
    "/AcroForm",
    "/Metadata",
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(readers=1) as opened:
        yield opened


def turned(path: Path, rotation: int, crop: tuple[int, int, int, int] | None) -> Path:
    """A page with three words, turned and cut."""
    with Pdf.open(io.BytesIO(pdf_bytes(["alpha\n\n\n\nbravo charlie delta"]))) as pdf:
        pdf.pages[0].obj.Rotate = rotation
        if crop:
            pdf.pages[0].obj.CropBox = Array(list(crop))
            pdf.pages[0].obj.TrimBox = Array([100, 650, 101, 651])
        pdf.save(path)
    return path


@pytest.mark.parametrize("crop", [None, (40, 500, 500, 780)])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270, 450, -90])
def test_marks_are_where_the_words_are(
    sandbox: Sandbox, tmp_path: Path, rotation: int, crop: tuple[int, int, int, int] | None
) -> None:
    source = turned(tmp_path / "source.pdf", rotation, crop)
    page = read(sandbox, source)[1]
    (word,) = [word for word in page.words if word.text == "charlie"]
    made = make_part(sandbox, source, [ExhibitPage(1, word.boxes)], tmp_path / "made.pdf")
    place = place_page(page.width_pt, page.height_pt)
    picture = pixels(made, 1)
    assert picture.shape[1] == pytest.approx(place.paper_width * SCALE, abs=2)
    assert picture.shape[0] == pytest.approx(place.paper_height * SCALE, abs=2)
    seen, box = yellow_box(picture), word.boxes[0]
    page_top = place.paper_height - place.bottom - page.height_pt * place.scale
    marked = picture[round(seen.top * SCALE) : round(seen.bottom * SCALE)]
    assert (marked.max(axis=2) < 90).any(), "the word is not to be seen"
    expected = [place.left + box.x0 * place.scale, page_top + box.top * place.scale]
    expected += [place.left + box.x1 * place.scale, page_top + box.bottom * place.scale]
    assert [seen.x0, seen.top, seen.x1, seen.bottom] == pytest.approx(expected, abs=2.5)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_words_can_be_taken_out_and_no_stamp_lies_on_them(
    sandbox: Sandbox, tmp_path: Path, rotation: int
) -> None:
    source = turned(tmp_path / "source.pdf", rotation, None)
    before = read(sandbox, source)[1]
    made = make_part(sandbox, source, [ExhibitPage(1)], tmp_path / "made.pdf")
    after = read(sandbox, made)[1]
    stamps = [word for word in after.words if word.text.startswith(STAMP)]
    others = [word for word in after.words if not word.text.startswith(STAMP)]
    assert sorted(word.text for word in stamps) == [f"{STAMP}1", f"{STAMP}R1"]
    assert sorted(word.text for word in others) == sorted(word.text for word in before.words)
    highest = min(box.top for word in stamps for box in word.boxes)
    assert max(box.bottom for word in others for box in word.boxes) < highest


@pytest.mark.parametrize("width", [30, 200, 612, 792, 1224, 3000, 20_000])
@pytest.mark.parametrize("height", [20, 150, 612, 792, 1008, 2400, 20_000])
def test_the_stamp_has_room_of_its_own_on_any_paper(width: float, height: float) -> None:
    place = place_page(width, height)
    assert place.bottom >= STRIP_HEIGHT_PT * place.strip_scale - 0.001
    assert place.left >= 0
    assert place.left + width * place.scale <= place.paper_width + 0.001
    assert place.bottom + height * place.scale <= place.paper_height + 0.001
    assert place.strip_left >= 0
    assert place.strip_left + STRIP_WIDTH_PT * place.strip_scale <= place.paper_width + 0.001
    assert max(place.paper_width, place.paper_height) <= 14_400
    assert place.strip_scale >= 0.85  # letters of 7 points stay legible
    if max(width, height) < 14_000:
        assert place.scale > 0.9


def busy_file(path: Path) -> Path:
    """Scripts, actions, attachments, comments, a link and metadata around words."""
    with Pdf.open(io.BytesIO(pdf_bytes(["public words"]))) as pdf:
        script = Dictionary(S=Name.JavaScript, JS="app.alert('zqscript')")
        page = pdf.pages[0]
        page.obj.AA = Dictionary(O=script)
        pdf.Root.OpenAction = script
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", pdf.make_indirect(script)])))
        pdf.attachments["zqattached.txt"] = b"zqattached"
        pdf.docinfo["/Author"] = "zqauthor"
        with pdf.open_metadata() as metadata:
            metadata["dc:creator"] = ["zqcreator"]
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([72, 700, 200, 720]),
            A=Dictionary(S=Name.URI, URI="https://zqlink.example"),
        )
        look = Stream(pdf, b"0 0 1 rg 0 0 50 50 re f")
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 50, 50])
        look.Metadata = Stream(pdf, b"zqinner")
        stamp = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Stamp,
            Rect=Array([300, 300, 350, 350]),
            F=4,
            Contents="zqcomment",
            AP=Dictionary(N=pdf.make_indirect(look)),
        )
        page.obj.Annots = Array([pdf.make_indirect(link), pdf.make_indirect(stamp)])
        pdf.save(path)
    return path


def bind(
    sandbox: Sandbox, folder: Path, front: bytes, parts: Sequence[Path], name: str = "bound.pdf"
) -> Path:
    with Pdf.open(io.BytesIO(front)) as pdf:
        sections = [Section(len(front), len(pdf.pages))]
    for part in parts:
        with Pdf.open(part) as pdf:
            sections.append(Section(part.stat().st_size, len(pdf.pages)))
    bundle = folder / "bundle.pdf"
    bundle.write_bytes(front + b"".join(part.read_bytes() for part in parts))
    bookmarks = (Bookmark("Cover", 1), Bookmark("Memo", 3))
    made = folder / name
    sandbox.make_exhibit(bundle, Binding(tuple(sections), 2, "Exhibit 12", MADE_AT, bookmarks), made)
    return made


def test_nothing_but_what_is_seen_comes_along(sandbox: Sandbox, tmp_path: Path) -> None:
    source = busy_file(tmp_path / "source.pdf")
    part = make_part(sandbox, source, [ExhibitPage(1)], tmp_path / "part.pdf")
    made = bind(sandbox, tmp_path, pdf_bytes(["cover", "contents", "lists"]), [part])
    with Pdf.open(made) as pdf:
        everything = "\n".join(repr(found) for found in pdf.objects)
        streams = b"".join(f.read_bytes() for f in pdf.objects if isinstance(f, pikepdf.Stream))
    assert [key for key in FORBIDDEN if f'"{key}"' in everything] == []
    assert "zq" not in everything
    assert b"zq" not in streams
    blue = pixels(made, 3)
    assert ((blue[..., 2] > 200) & (blue[..., 0] < 60)).sum() > 5_000, "the stamp of the file is gone"


def test_what_a_layer_hides_stays_hidden(sandbox: Sandbox, tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    with Pdf.open(io.BytesIO(pdf_bytes(["words"]))) as pdf:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="hidden"))
        page = pdf.pages[0]
        page.obj.Resources.Properties = Dictionary(L=layer)
        page.contents_add(Stream(pdf, b"/OC /L BDC 1 0 0 rg 100 100 300 300 re f EMC"))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        pdf.save(source)
    part = make_part(sandbox, source, [ExhibitPage(1)], tmp_path / "part.pdf")
    made = bind(sandbox, tmp_path, pdf_bytes(["cover", "contents"]), [part, part])
    for path, number in ((source, 1), (part, 1), (made, 3), (made, 4)):
        picture = pixels(path, number)
        assert not ((picture[..., 0] > 200) & (picture[..., 1] < 60)).any(), (path.name, number)


def test_papers_and_parts_are_bound_in_order(sandbox: Sandbox, tmp_path: Path) -> None:
    first = write_pdf(tmp_path / "first.pdf", "one", "two", "three")
    second = write_pdf(tmp_path / "second.pdf", "four", "five")
    parts = [
        make_part(sandbox, first, [ExhibitPage(3), ExhibitPage(1)], tmp_path / "a.pdf"),
        make_part(sandbox, second, [ExhibitPage(2)], tmp_path / "b.pdf"),
    ]
    made = bind(sandbox, tmp_path, pdf_bytes(["cover", "contents", "lists"]), parts)
    said = [text.split()[0] for text in text_of(made)]
    assert said == ["cover", "contents", "three", "one", "five", "lists"]
    with Pdf.open(made) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Exhibit 12"
        assert str(pdf.docinfo["/Producer"]) == "Reading Room"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261102120000Z"
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer", "/CreationDate"}
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Cover", "Memo"]
    again = bind(sandbox, tmp_path, pdf_bytes(["cover", "contents", "lists"]), parts, "again.pdf")
    assert made.read_bytes() == again.read_bytes()


def test_what_cannot_be_made_says_why(sandbox: Sandbox, tmp_path: Path) -> None:
    good = write_pdf(tmp_path / "good.pdf", "one", "two")
    locked, damaged = tmp_path / "locked.pdf", tmp_path / "damaged.pdf"
    with Pdf.open(good) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    damaged.write_bytes(good.read_bytes()[:200])
    part = ExhibitPart((ExhibitPage(1),), strips(1))
    beyond = ExhibitPart((ExhibitPage(3),), strips(1))
    unstamped = ExhibitPart((ExhibitPage(1), ExhibitPage(2)), strips(1))
    short = Binding((Section(10, 1),), 1, "x", MADE_AT)
    cases: list[tuple[Path, ExhibitPart | Binding, type[IngestError]]] = [
        (locked, part, EncryptedPdf),
        (damaged, part, DamagedPdf),
        (good, beyond, BadRecipe),
        (good, unstamped, BadRecipe),
        (good, short, DamagedPdf),
    ]
    for number, (path, exhibit, error) in enumerate(cases):
        made = tmp_path / f"made{number}.pdf"
        with pytest.raises(error):
            sandbox.make_exhibit(path, exhibit, made)
        assert not made.exists()


def test_a_file_that_its_owner_locked_against_copying_is_open_to_who_may_read_it(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    locked = tmp_path / "locked.pdf"
    with Pdf.open(io.BytesIO(pdf_bytes(["free to read"]))) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="", owner="secret"))
    made = make_part(sandbox, locked, [ExhibitPage(1)], tmp_path / "made.pdf")
    assert "free to read" in text_of(made)[0]


@pytest.mark.parametrize(
    "name",
    [
        "form_calls_itself.pdf",
        "page_box_of_words.pdf",
        "page_of_no_size.pdf",
        "page_of_a_million_points.pdf",
        "page_tree_loop.pdf",
        "rotated_by_37_degrees.pdf",
        "run_length_bomb.pdf",
        "user_unit_of_100000.pdf",
    ],
)
def test_a_hostile_file_gives_a_sound_page_or_a_sentence(sandbox: Sandbox, tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    source.write_bytes(HOSTILE[name]())
    problem = None
    try:
        make_part(sandbox, source, [ExhibitPage(1)], tmp_path / "made.pdf")
    except IngestError as error:
        problem = error.sentence
    assert problem.endswith(".") if problem else f"{STAMP}1" in text_of(tmp_path / "made.pdf")[0]


def test_an_exhibit_crosses_to_the_child_unchanged() -> None:
    part = ExhibitPart((ExhibitPage(2, (Box(1, 2, 3.5, 4),)), ExhibitPage(1)), b"%PDF strips")
    binding = Binding((Section(9, 2),), 1, "Ω", MADE_AT, (Bookmark("“a”", 2),))
    assert exhibit_from_json(exhibit_to_json(part)) == part
    assert exhibit_from_json(exhibit_to_json(binding)) == binding
    with pytest.raises(BadRecipe):
        exhibit_from_json({"is": "part"})
