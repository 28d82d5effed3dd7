"""E-mail files as values: what they say is read, and no file takes the reader down."""

from __future__ import annotations

import contextlib
import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.rules.mail_message import MOST_HEADER_CHARACTERS, MailNotReadable, read_mail
from archive.rules.mail_text import own_words, sentences_of, text_of_html
from tests.files.make_mails import HOSTILE_MAILS, MAILS, mail

SLOWEST_SECONDS = 10  # on a machine that does much else; they take a tenth of that


def test_the_day_is_that_of_the_sender_and_not_moved() -> None:
    found = read_mail(mail(date="Tue, 17 Aug 2010 23:30:00 -0500"))
    assert found.sent_on == date(2010, 8, 17)
    assert found.sent_at is not None
    assert found.sent_at.utcoffset() == timedelta(hours=-5)
    assert found.says_offset


def test_a_mail_without_an_offset_says_so() -> None:
    found = read_mail(mail(date="Tue, 17 Aug 2010 23:30:00 -0000"))
    assert (found.sent_on, found.says_offset) == (date(2010, 8, 17), False)


def test_who_wrote_to_whom_is_read() -> None:
    found = read_mail(mail(sender='"Office, FOIA" <foia@agency.example>'))
    assert found.sender == "Office, FOIA <foia@agency.example>"
    assert found.recipients == "Jo Requester <jo@requester.example>"
    assert found.message_id == "one@agency.example"


def test_coded_words_in_headers_are_read() -> None:
    assert read_mail(mail(subject="=?utf-8?q?Caf=C3=A9_records?=")).subject == "Café records"


def test_plain_text_is_preferred_to_html() -> None:
    both = mail().split(b"Content-Type")[0] + (
        b'Content-Type: multipart/alternative; boundary="x"\r\n\r\n'
        b"--x\r\nContent-Type: text/plain\r\n\r\nPlain words.\r\n"
        b"--x\r\nContent-Type: text/html\r\n\r\n<p>Formatted words.</p>\r\n--x--\r\n"
    )
    found = read_mail(both)
    assert (found.text, found.is_from_html) == ("Plain words.", False)


def test_html_alone_is_reduced_to_what_a_reader_sees() -> None:
    found = read_mail(mail("<p>First&nbsp;line<br>second</p><script>no()</script><p>Third</p>", html=True))
    assert found.text == "First line\nsecond\n\nThird"
    assert found.is_from_html


def test_an_attachment_has_its_name_and_bytes() -> None:
    found = read_mail(mail(attached=(("../../etc/letter.pdf", "application/pdf", b"%PDF-1.7 words"),)))
    (one,) = found.attachments
    assert (one.name, one.data, one.is_pdf) == ("letter.pdf", b"%PDF-1.7 words", True)


def test_a_pdf_is_known_by_its_bytes() -> None:
    found = read_mail(
        mail(attached=(("a.pdf", "application/pdf", b"MZ"), ("b.bin", "application/x", b"\n%PDF-1.4")))
    )
    assert [one.is_pdf for one in found.attachments] == [False, True]


def test_a_mail_within_keeps_its_own_words_and_files() -> None:
    outer = read_mail(MAILS["forwarded_as_attachment.eml"]())
    assert [one.message_id for one in outer.all_mails] == ["outer@requester.example", "inner@agency.example"]
    assert outer.inner[0].text == "No responsive records were found."


def test_what_is_quoted_is_not_what_was_written() -> None:
    said = "We are looking.\n\nOn Mon, Aug 2, 2010 Jo wrote:\n> It was denied in full.\nMore"
    assert own_words(said) == "We are looking."
    assert own_words("-----Original Message-----\nFrom: x\nAll of it.").endswith("All of it.")


def test_sentences_end_where_people_end_them() -> None:
    said = "Under 5 U.S.C. 552 you may ask. Mr. Doe of St. Paul (No. 5) wrote.\nAgain!\n\nThe end"
    assert sentences_of(said) == [
        "Under 5 U.S.C. 552 you may ask.",
        "Mr. Doe of St. Paul (No. 5) wrote.",
        "Again!",
        "The end",
    ]


REFUSED = {
    "thousand_parts.eml": "1,001 parts",
    "mails_fifty_deep.eml": "more than 12 deep",
    "parts_two_thousand_deep.eml": "More parts",
    "not_a_mail.eml": "not an e-mail",
}


@pytest.mark.parametrize("name", HOSTILE_MAILS)
def test_a_hostile_mail_is_read_or_refused_soon(name: str) -> None:
    data, began = HOSTILE_MAILS[name](), time.perf_counter()
    if name in REFUSED:
        with pytest.raises(MailNotReadable, match=REFUSED[name]):
            read_mail(data)
    else:
        found = read_mail(data)
        assert len(found.recipients) <= 1000
        assert len(found.sender) <= 500
    assert time.perf_counter() - began < SLOWEST_SECONDS


def test_a_huge_header_is_cut_before_it_is_understood() -> None:
    assert len(HOSTILE_MAILS["huge_header.eml"]()) / 100 > MOST_HEADER_CHARACTERS
    assert read_mail(HOSTILE_MAILS["huge_header.eml"]()).text == "We have received your request."


def test_an_archive_in_a_mail_is_never_opened() -> None:
    (bomb,) = read_mail(HOSTILE_MAILS["zip_bomb.eml"]()).attachments
    assert not bomb.is_pdf
    assert len(bomb.data) < 100_000


def test_a_mail_that_was_cut_off_says_so() -> None:
    found = read_mail(HOSTILE_MAILS["broken_mime.eml"]())
    assert any("not whole" in remark for remark in found.remarks)


def test_a_date_that_cannot_be_is_said_and_not_guessed() -> None:
    found = read_mail(HOSTILE_MAILS["impossible_date.eml"]())
    assert found.sent_on is None
    assert any("no date" in remark for remark in found.remarks)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 600))
def test_no_bytes_do_more_than_be_refused(noise: bytes, place: int) -> None:
    whole = mail("Words.", attached=(("a.pdf", "application/pdf", b"%PDF-1.7"),))
    with contextlib.suppress(MailNotReadable):
        read_mail(whole[:place] + noise + whole[place:])


@given(st.text(alphabet="<>/!-&;ab \n\"'=", max_size=300))
def test_markup_of_any_kind_ends_as_text(markup: str) -> None:
    assert "\x00" not in text_of_html(markup)
