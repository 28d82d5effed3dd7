"""A letter as it goes over the wire."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage

from archive.errors import BadMailAddress, LetterRefused
from archive.ports import Letter

MOST_SUBJECT = 150


def as_message(letter: Letter, *, sender: str, sender_name: str) -> EmailMessage:
    """Text and HTML, with the headers of RFC 5322 and RFC 8058.

    No header can be put in through a value: line breaks and control characters become spaces. Raises
    ``LetterRefused`` when the address is none.
    """
    message = EmailMessage()
    try:
        message["From"] = Address(one_line(sender_name), addr_spec=checked_address(sender))
        message["To"] = Address(addr_spec=checked_address(letter.to))
    except BadMailAddress as error:
        raise LetterRefused from error
    message["Subject"] = one_line(letter.subject)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notes in answer
    if letter.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(_encodable(letter.text))
    message.add_alternative(_encodable(letter.html), subtype="html")
    return message


def one_line(text: str) -> str:
    """Text that fits into a header."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    joined = " ".join(printable.split())
    return joined if len(joined) <= MOST_SUBJECT else joined[: MOST_SUBJECT - 1] + "…"


def _encodable(text: str) -> str:
    """Text from files may hold half of a surrogate pair, which no letter can."""
    return text.encode("utf-8", "replace").decode()


def checked_address(text: str) -> str:
    """A plain mail address. Raises ``BadMailAddress`` for anything else, lists and names included."""
    address = text.strip()
    local, at, domain = address.rpartition("@")
    plain = address.isascii() and address.isprintable() and not set(address) & set(' ,;:<>()[]"\\')
    has_domain = "." in domain.strip(".") and not domain.startswith((".", "-"))
    if not (at and local and plain and has_domain and len(address) <= 254 and "@" not in local):
        raise BadMailAddress
    try:
        Address(addr_spec=address)
    except Exception as error:  # the parser raises several kinds on hostile text
        raise BadMailAddress from error
    return address
