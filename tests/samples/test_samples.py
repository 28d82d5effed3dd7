"""What the samples promise: enough pages, the same bytes, a mark on each page, nothing under a box."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from archive.rules.statuses import DocumentKind
from archive.samples import Sample, make_samples, scanning
from archive.samples.maker import sample_documents
from archive.samples.markup import parse_blocks, parse_spans, read_text
from archive.samples.paper import SAMPLE_MARK

MEGABYTE = 1024**2
SCANS = {
    "memo-five-cases-2010-12-02",
    "talking-points-opt-out",
    "letter-cjis-ident-query-fax",
    "note-for-the-file-arlington",
    "form-i-247-detainer",
    "letter-dhs-to-santa-clara",
    "foia-10-2674-second-interim-response",
    "resolution-arlington-2010-09-28",
    "agreement-ice-illinois-state-police",
}
WITHHOLDING_TEXTS = {  # a document, and the text it is set from
    "emails-santa-clara-activation": "emails-santa-clara",
    "memo-is-participation-mandatory": "memo-is-participation-mandatory",
    "talking-points-opt-out": "talking-points-opt-out",
    "emails-opt-out-messaging": "emails-messaging",
    "note-for-the-file-arlington": "note-arlington-visit",
    "slides-coordinator-training": "slides",
    "emails-clearing-the-hatherley-letter": "response-margin-emails",
}


def text_of(path: Path) -> list[str]:
    """The text layer of each page, as pdfium gives it, with white space made even."""
    document = PdfDocument(path)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def named(samples: tuple[Sample, ...], name: str) -> Sample:
    return next(sample for sample in samples if sample.path.stem == name)


def withheld_words(text: str) -> list[str]:
    """The withheld passages that are long enough not to stand elsewhere by chance."""
    spans = (span for block in parse_blocks(text) for span in parse_spans(block.text))
    return [" ".join(span.text.split()) for span in spans if span.codes and len(span.text) > len("Calvin")]


def test_there_are_about_thirty_files_and_120_to_150_pages(samples: tuple[Sample, ...]) -> None:
    pages = sum(len(text_of(sample.path)) for sample in samples)
    assert 24 <= len(samples) <= 32
    assert 120 <= pages <= 150


def test_all_files_together_are_small(samples: tuple[Sample, ...]) -> None:
    assert sum(sample.path.stat().st_size for sample in samples) < 8 * MEGABYTE


def test_the_same_bytes_are_made_each_time(samples: tuple[Sample, ...], tmp_path: Path) -> None:
    def digests(made: tuple[Sample, ...]) -> dict[str, str]:
        return {sample.path.name: hashlib.sha256(sample.path.read_bytes()).hexdigest() for sample in made}

    assert digests(make_samples(tmp_path)) == digests(samples)


def test_no_two_files_are_the_same(samples: tuple[Sample, ...]) -> None:
    assert len({sample.path.read_bytes() for sample in samples}) == len(samples)


def test_every_file_is_sound(samples: tuple[Sample, ...]) -> None:
    for sample in samples:
        with pikepdf.open(sample.path) as pdf:
            assert pdf.check_pdf_syntax() == [], sample.path.name


def test_every_page_is_marked_as_a_sample(samples: tuple[Sample, ...], tmp_path: Path) -> None:
    """Scans carry the mark in their picture, so it is looked for in what was put on the glass."""
    for sample in samples:
        if sample.path.stem not in SCANS:
            assert all(SAMPLE_MARK in page for page in text_of(sample.path)), sample.path.name
    for document in sample_documents():
        if document.scanner:
            unscanned = tmp_path / "unscanned.pdf"
            unscanned.write_bytes(document.drawn())
            assert all(SAMPLE_MARK in page for page in text_of(unscanned)), document.name


def test_the_scans_are_pictures_without_the_words_on_them(samples: tuple[Sample, ...]) -> None:
    words = {name: " ".join(text_of(named(samples, name).path)).strip() for name in SCANS}
    stamps_only = words.pop("letter-cjis-ident-query-fax")
    bad_ocr = words.pop("foia-10-2674-second-interim-response")
    assert set(words.values()) == {""}
    assert re.fullmatch(r"(ICE FOIA 10-2674\.\d{7} ?)+", stamps_only)
    assert len(bad_ocr) > len("a page") * 100
    assert not {"determination", "Secure Communities", "Communities"} & set(bad_ocr.split())


def test_scanned_pages_are_askew_and_speckled() -> None:
    page = Image.new("L", (400, 400), 255)
    page.paste(0, (50, 190, 350, 210))
    scanner = scanning.Scanner(seed=3, skew_degrees=2, jpeg_quality=80)
    worn = scanning.worn_image(page, scanner, angle=2.0, chance=scanning.noise(scanner))
    assert worn.getpixel((60, 200)) != worn.getpixel((340, 200))
    assert len(set(worn.crop((100, 20, 300, 120)).tobytes())) > 1


@pytest.mark.parametrize("name", sorted(WITHHOLDING_TEXTS))
def test_withheld_words_are_nowhere_in_the_file(samples: tuple[Sample, ...], name: str) -> None:
    path = named(samples, name).path
    told = " ".join(text_of(path))
    with pikepdf.open(path) as pdf:
        content = b" ".join(page.obj.Contents.read_bytes() for page in pdf.pages).decode("cp1252")
    withheld = withheld_words(read_text(WITHHOLDING_TEXTS[name]))
    assert withheld
    for words in withheld:
        assert words not in told
        assert words not in content


def test_the_second_release_of_the_memo_shows_what_the_first_withheld(samples: tuple[Sample, ...]) -> None:
    first = " ".join(text_of(named(samples, "memo-is-participation-mandatory").path))
    second = " ".join(text_of(named(samples, "memo-is-participation-mandatory-second-release").path))
    advice = "We would not advise the program to say that participation is mandatory today."
    assert advice not in first
    assert advice in second
    assert "(b)(5)" in first
    assert "(b)(5)" not in second
    assert "Brandvold" not in first + second  # exemption 6 is claimed in both


def test_the_first_release_has_forty_pages_with_the_gap_and_the_overlap_that_the_appeal_names() -> None:
    stamped: list[str] = []
    for document in sample_documents():
        production = document.description.production
        if production and "first" in production.slug and "response" not in document.name:
            stamped += _stamps_of(document.drawn())
            if document.text_layer:
                stamped += [document.text_layer(page + 1)[0].words for page in range(len(document.pages))]
    numbers = [*range(1201, 1231), *range(1234, 1242), 1240, 1241]
    assert stamped == [f"ICE FOIA 10-2674.{number:07d}" for number in numbers]
    assert len(stamped) == 40
    appeal = " ".join(block.text for block in parse_blocks(read_text("appeal-letter")))
    assert "0001231 to 0001233" in appeal
    assert "0001240 and 0001241" in appeal


def _stamps_of(data: bytes) -> list[str]:
    document = PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return [stamp for page in pages for stamp in re.findall(r"ICE FOIA 10-2674\.\d{7}", page)]


@pytest.mark.parametrize(
    ("name", "first_number", "last_number"),
    [  # as the appeal, the declaration and the second response quote them
        ("emails-santa-clara-activation", 1201, 1206),
        ("memo-is-participation-mandatory", 1207, 1210),
        ("talking-points-opt-out", 1211, 1213),
        ("letter-cjis-ident-query-fax", 1219, 1221),
        ("slides-coordinator-training", 1234, 1241),
        ("form-i-247-detainer", 1240, 1241),
        ("memo-is-participation-mandatory-second-release", 4871, 4874),
    ],
)
def test_documents_stand_at_the_numbers_by_which_others_quote_them(
    name: str, first_number: int, last_number: int
) -> None:
    document = next(each for each in sample_documents() if each.name == name)
    stamped = _stamps_of(document.drawn())
    if document.text_layer:
        stamped = [document.text_layer(page + 1)[0].words for page in range(len(document.pages))]
    assert [stamp[-7:] for stamp in (stamped[0], stamped[-1])] == [
        f"{first_number:07d}",
        f"{last_number:07d}",
    ]


def test_one_page_of_the_release_is_withheld_in_full(samples: tuple[Sample, ...]) -> None:
    pages = text_of(named(samples, "emails-opt-out-messaging").path)
    slip = [page for page in pages if "PAGE WITHHELD IN FULL" in page]
    assert len(slip) == 1
    assert "10-2674.0001216" in slip[0]
    assert "0001216" in " ".join(block.text for block in parse_blocks(read_text("second-response-letter")))


def test_the_sign_on_letter_has_sixty_signatories(samples: tuple[Sample, ...]) -> None:
    text = " ".join(text_of(named(samples, "sign-on-letter-sixty-organizations").path))
    assert "Tamien Street Vendors Socorro Vela San Jose, CA" in text
    assert "60 Witness for Neighbors" in text


def test_the_statistics_lie_on_their_side(samples: tuple[Sample, ...]) -> None:
    document = PdfDocument(named(samples, "statistics-by-jurisdiction-2010-09").path)
    try:
        assert {page.get_rotation() for page in document} == {90}
        assert {page.get_size() for page in document} == {(792.0, 612.0)}
    finally:
        document.close()


def test_the_reports_contents_give_the_right_pages(samples: tuple[Sample, ...]) -> None:
    pages = text_of(named(samples, "report-oig-what-jurisdictions-were-told").path)
    assert len(pages) >= 25
    for heading in ("Executive Summary", "Background", "Recommendations"):
        listed = re.search(rf"{heading} (\d+)", pages[2])
        assert listed
        body = pages[int(listed[1]) - 1].partition(SAMPLE_MARK)
        assert heading in "".join(body)
    for letter in "ABCDE":
        listed = re.search(rf"Appendix {letter}: \D*?(?:90 jurisdictions )?(\d+)", pages[2])
        assert listed
        assert f"Appendix {letter}" in pages[int(listed[1]) - 1]


def test_accents_survive(samples: tuple[Sample, ...]) -> None:
    text = " ".join(text_of(named(samples, "volante-comunidades-seguras").path))
    assert "¿QUÉ ES «COMUNIDADES SEGURAS»?" in text
    assert "condado ya no retiene a nadie" in text


def test_most_kinds_of_record_are_there_and_one_is_not_published(samples: tuple[Sample, ...]) -> None:
    kinds = {sample.kind for sample in samples}
    assert kinds == set(DocumentKind)
    assert [sample.published for sample in samples].count(False) == 1


def test_every_sample_is_described(samples: tuple[Sample, ...]) -> None:
    for sample in samples:
        assert sample.title
        assert sample.agency
        assert sample.dated_on
        assert 2009 <= sample.dated_on.year <= 2011
