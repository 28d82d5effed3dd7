"""Letters as files: for a word processor, for the printer, for an e-mail."""

from __future__ import annotations

from datetime import date, datetime

from flask import Response

from archive.exports.letter_docx import write_letter_docx
from archive.exports.letter_paper import LetterPaper, plain_letter
from archive.exports.letter_pdf import write_letter_pdf
from archive.rules.addresses import slug_of
from archive.rules.letter_forms import LetterForm

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}


def paper_of(written: LetterForm, dated_on: date, made_at: datetime) -> LetterPaper:
    """The letter on paper: its head is whoever signs, once that is filled in."""
    return LetterPaper(
        letterhead=_letterhead(written.signature),
        dated_on=dated_on,
        addressee=written.addressee,
        subject=written.subject,
        text=written.text,
        signature=written.signature,
        made_at=made_at,
    )


def letter_response(paper: LetterPaper, form: str) -> Response:
    """The file; ``form`` is 'docx', 'pdf' or 'txt'."""
    match form:
        case "docx":
            body = write_letter_docx(paper)
        case "pdf":
            body = write_letter_pdf(paper)
        case _:
            body = plain_letter(paper).encode()
    response = Response(body, content_type=_TYPES[form])
    name = f"{slug_of(paper.subject)[:60].strip('-') or 'letter'}-{paper.dated_on:%Y-%m-%d}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _letterhead(signature: str) -> str:
    """The first line after the closing; nothing while it is a gap."""
    lines = [line.strip() for line in signature.splitlines() if line.strip()]
    names = [line for line in lines if not line.endswith(",")]
    return "" if not names or names[0].startswith("[") else names[0]
