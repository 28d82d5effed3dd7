"""Letters over the wire: what is sent, what no value can add, what goes wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.errors import BadMailAddress, BadSetting, LetterRefused, MailUnavailable
from archive.mail import open_mailer
from archive.mail.message import as_message, checked_address
from archive.mail.smtp import MailServer, SmtpMailer, parse_mail_url
from archive.ports import Letter
from archive.settings import Settings
from tests.mail.smtp_server import SmtpServer

LETTER = Letter(
    to="reader@example.org",
    subject="2 new documents: § opt out",
    text="Text with .\n.\ndots, and “quotes”.\n",
    html="<p>Text</p>",
    message_id="<news.1.abc@records.example.org>",
    unsubscribe_url="https://records.example.org/search/saved/unsubscribe/abc",
)


def mailer(server: SmtpServer) -> SmtpMailer:
    return SmtpMailer(
        MailServer("127.0.0.1", server.port, "none"),
        sender="no-reply@example.org",
        sender_name="Room, Reading",
    )


def test_a_letter_arrives_whole(server: SmtpServer) -> None:
    mailer(server).send(LETTER)
    (got,) = server.letters
    assert got["To"] == "reader@example.org"
    assert got["From"] == '"Room, Reading" <no-reply@example.org>'
    assert got["Subject"] == LETTER.subject
    assert got["Message-ID"] == LETTER.message_id
    assert got["List-Unsubscribe"] == f"<{LETTER.unsubscribe_url}>"
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    body = got.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == LETTER.text.splitlines()
    page = got.get_body(("html",))
    assert page is not None
    assert page.get_content().strip() == LETTER.html


@pytest.mark.parametrize(
    "hostile",
    [
        "a\r\nBcc: all@example.org",
        "a\nBcc: x@example.org\n\nbody",
        "a\x00b",
        "\u2028Bcc: b",
        "x" * 5000,
        "\ud800",
        "=?utf-8?q?Bcc=3A?=\r\n x",
    ],
)
def test_no_value_adds_a_header(server: SmtpServer, hostile: str) -> None:
    mailer(server).send(replace(LETTER, subject=hostile, text=hostile, html=hostile))
    (got,) = server.letters
    assert got["Bcc"] is None
    assert len(server.recipients) == 1
    assert "\n" not in str(got["Subject"])
    assert set(got.keys()) == set(as_message(LETTER, sender="a@example.org", sender_name="A").keys())


@pytest.mark.parametrize(
    "address",
    [
        *("", "a", "a@b", "a@b.c\r\nBcc: x@y.org", "a@b.org, c@d.org", "<a@b.org>", "A B <a@b.org>"),
        *("a@@b.org", "a b@c.org", "a@-b.org", "ä@b.org", "x" * 250 + "@b.org", ".a@b.org", "a..b@c.org"),
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadMailAddress):
        checked_address(address)


@pytest.mark.parametrize("address", ["a@b.org", "a.b+c@sub.example.co.uk", " a@b.org ", "O'Neil@x.org"])
def test_plain_addresses_are_taken(address: str) -> None:
    assert checked_address(address) == address.strip()


@pytest.mark.parametrize(
    ("command", "answer", "for_good"),
    [
        ("RCPT", "550 unknown", True),
        ("RCPT", "450 later", False),
        (".", "554 spam", True),
        (".", "452 full", False),
    ],
)
def test_a_refused_letter_says_whether_for_good(
    server: SmtpServer, command: str, answer: str, for_good: bool
) -> None:
    server.answers[command] = answer
    with pytest.raises(LetterRefused) as refused:
        mailer(server).send(LETTER)
    assert refused.value.for_good is for_good
    assert server.letters == []


@pytest.mark.parametrize(
    ("command", "answer"), [("MAIL", "hang up"), ("EHLO", "hang up"), ("MAIL", "421 busy")]
)
def test_a_server_that_does_not_answer_is_unavailable(server: SmtpServer, command: str, answer: str) -> None:
    server.answers[command] = answer
    with pytest.raises(MailUnavailable):
        mailer(server).send(LETTER)


def test_no_server_is_unavailable(server: SmtpServer) -> None:
    server.close()
    with pytest.raises(MailUnavailable):
        mailer(server).send(LETTER)


def test_a_letter_that_was_taken_is_sent_even_if_the_parting_goes_wrong(server: SmtpServer) -> None:
    server.answers["QUIT"] = "500 what"
    mailer(server).send(LETTER)
    assert len(server.letters) == 1


def test_addresses_of_servers() -> None:
    assert parse_mail_url("smtp://u%40x:p%2F@mail.example.org?starttls") == MailServer(
        "mail.example.org", 587, "starttls", "u@x", "p/"
    )
    assert parse_mail_url("smtps://mail.example.org") == MailServer("mail.example.org", 465, "at_once")
    assert parse_mail_url("smtp://localhost:2525") == MailServer("localhost", 2525, "none")


@pytest.mark.parametrize(
    "url", ["smtp://", "http://x.org", "smtp://x.org?tls", "smtp://x.org:a", "smtp://u:secret@x.org"]
)
def test_a_wrong_setting_is_said_without_its_password(settings: Settings, url: str) -> None:
    with pytest.raises(BadSetting) as wrong:
        open_mailer(replace(settings, mail_url=url))
    assert "secret" not in wrong.value.sentence + wrong.value.help


def test_without_a_setting_letters_go_to_the_log(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    open_mailer(settings).send(LETTER)
    assert LETTER.subject in caplog.text
    assert "quotes" in caplog.text
    with pytest.raises(LetterRefused):
        open_mailer(settings).send(replace(LETTER, to="a\nb@c.org"))


def test_a_sender_that_is_no_address_is_a_wrong_setting(settings: Settings) -> None:
    with pytest.raises(BadSetting):
        open_mailer(replace(settings, mail_from="nobody"))
