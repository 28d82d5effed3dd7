"""Makes e-mail files, letters as agencies write them and hostile ones, each named for what it is.

``python tests/files/make_mails.py FOLDER`` writes them all; the tests make them in memory. Every word in them
was written for these tests; the same bytes every time.
"""

from __future__ import annotations

import base64
import io
import random
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

MakeBytes = Callable[[], bytes]
MAILS: dict[str, MakeBytes] = {}
HOSTILE_MAILS: dict[str, MakeBytes] = {}
AGENCY = "FOIA Office <foia@agency.example>"
US = "Jo Requester <jo@requester.example>"


def mail(
    text: str = "We have received your request.",
    *,
    subject: str = "Your request",
    date: str = "Tue, 17 Aug 2010 21:30:00 -0500",
    message_id: str = "<one@agency.example>",
    html: bool = False,
    attached: tuple[tuple[str, str, bytes], ...] = (),
    sender: str = AGENCY,
) -> bytes:
    """An e-mail; ``attached`` are (name, content type, bytes)."""
    head = f"From: {sender}\r\nTo: {US}\r\nSubject: {subject}\r\nDate: {date}\r\nMIME-Version: 1.0\r\n"
    head += f"Message-ID: {message_id}\r\n" if message_id else ""
    kind = f"Content-Type: text/{'html' if html else 'plain'}; charset=utf-8\r\n\r\n"
    body = kind.encode() + text.replace("\n", "\r\n").encode()
    if not attached:
        return head.encode() + body + b"\r\n"
    return head.encode() + mixed([body, *(attachment(*each) for each in attached)])


def mixed(parts: list[bytes], boundary: str = "part") -> bytes:
    """The end of a header, and a body of these parts."""
    edge = b"--" + boundary.encode()
    lines = [b'Content-Type: multipart/mixed; boundary="' + boundary.encode() + b'"\r\n\r\n']
    lines += [edge + b"\r\n" + part + b"\r\n" for part in parts]
    return b"".join([*lines, edge + b"--\r\n"])


def attachment(name: str, kind: str, data: bytes) -> bytes:
    """A file as a part. A mail (message/rfc822) stands in it as it is."""
    head = f'Content-Type: {kind}; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\n'
    if kind == "message/rfc822":
        return head.encode() + b"\r\n" + data
    return head.encode() + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(data)


def _named(registry: dict[str, MakeBytes], name: str) -> Callable[[MakeBytes], MakeBytes]:
    def register(make: MakeBytes) -> MakeBytes:
        registry[name] = make
        return make

    return register


def _hostile(name: str) -> Callable[[MakeBytes], MakeBytes]:
    return _named(HOSTILE_MAILS, name)


@_named(MAILS, "acknowledgement.eml")
def _acknowledgement() -> bytes:
    return mail(
        "Dear Ms. Requester,\n\nThis acknowledges receipt of your request of August 2, 2010. "
        "It has been assigned tracking number 2010-FOIA-0042.\n\nOn Mon, Aug 2, 2010 Jo wrote:\n"
        "> Please send all memoranda. I was denied in full the last time.\n",
        subject="Acknowledgement",
    )


@_named(MAILS, "forwarded_as_attachment.eml")
def _forwarded() -> bytes:
    inner = mail("No responsive records were found.", message_id="<inner@agency.example>")
    return mail(
        "See the letter of the agency.",
        subject="Fwd: their answer",
        message_id="<outer@requester.example>",
        sender=US,
        attached=(("answer.eml", "message/rfc822", inner),),
    )


@_hostile("broken_mime.eml")
def _broken_mime() -> bytes:
    return mail(attached=(("a.pdf", "application/pdf", b"%PDF-1.7 x" * 50),)).replace(b"--part--", b"--par")[
        :700
    ]


@_hostile("thousand_parts.eml")
def _thousand_parts() -> bytes:
    parts = [b"Content-Type: text/plain\r\n\r\nOne more." for _ in range(1000)]
    return mail().split(b"Content-Type")[0] + mixed(parts)


@_hostile("huge_header.eml")
def _huge_header() -> bytes:
    people = b",\r\n ".join(b"Somebody (%d) <a%d@b.example>" % (n, n) for n in range(60_000))
    return b"To: " + people + b"\r\n" + mail().replace(b"To: Jo", b"X-Was: Jo")


@_hostile("bad_charset.eml")
def _bad_charset() -> bytes:
    return mail("Caf\u00e9 records were requested.").replace(b"charset=utf-8", b"charset=klingon-8")


@_hostile("mails_fifty_deep.eml")
def _fifty_deep() -> bytes:
    inner = mail("The innermost.")
    for _ in range(50):
        inner = mail().split(b"Content-Type")[0] + b"Content-Type: message/rfc822\r\n\r\n" + inner
    return inner


@_hostile("parts_two_thousand_deep.eml")
def _two_thousand_deep() -> bytes:
    heads = [b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(2000)]
    return mail().split(b"Content-Type")[0] + b"".join(heads) + b"Content-Type: text/plain\r\n\r\nx"


@_hostile("zip_bomb.eml")
def _zip_bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("records.pdf", bytes(20_000_000))
    return mail("See attached.", attached=(("records.zip", "application/zip", file.getvalue()),))


@_hostile("impossible_date.eml")
def _impossible_date() -> bytes:
    return mail(date="Tue, 31 Feb 99999 25:61:61 +9999")


@_hostile("headers_made_to_break_parsers.eml")
def _broken_headers() -> bytes:
    return (
        b'From: "=?utf-8?q?\xff\xfe?= <@,;:\\"[]>\r\nTo: undisclosed-recipients:;;;<>\r\n'
        b"Subject: =?bogus?x?====?= \x00\x1b[31m\r\nDate: ,\r\nMessage-ID: <<[>\r\n"
        b'Content-Type: text/plain; charset*=;*0="; boundary\r\nContent-Disposition: ;;=;\r\n\r\nWords.\r\n'
    )


@_hostile("script_in_html.eml")
def _script() -> bytes:
    return mail(
        "<html><head><title>t</title><script>alert('x')</script></head><body onload=alert(1)>"
        "<p>Your request is denied in full.</p><img src=http://tracker.example/x><style>p{}</style>"
        "<a href='javascript:alert(2)'>Click</a>" + "<div>" * 20_000,
        html=True,
        subject="<script>alert('s')</script>",
    )


@_hostile("not_a_mail.eml")
def _not_a_mail() -> bytes:
    return random.Random(3).randbytes(50_000)


@_hostile("markup_that_never_ends.eml")
def _endless_markup() -> bytes:
    return mail("<!" * 100_000 + "<a " * 100_000, html=True)


def write_mails(folder: Path) -> list[Path]:
    """Write all of them; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    made = MAILS | HOSTILE_MAILS
    for name, make in made.items():
        (folder / name).write_bytes(make())
    return sorted(folder / name for name in made)


if __name__ == "__main__":
    write_mails(Path(sys.argv[1]))
