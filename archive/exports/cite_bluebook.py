"""For briefs and law reviews, after The Bluebook: unpublished letters, memoranda and e-mail (rule 17.2), with
the address where the record can be seen (rule 18.2).

The Bluebook has no form of its own for records that were freed by a request. This one names writer and
reader, title, page and Bates number, date, the request, and who has it on file: what it takes to find it.
"""

from __future__ import annotations

from html import escape

from archive.exports.cite_words import (
    bates_pages,
    better_copy,
    freed_by,
    kept_by,
    language_words,
    law_date,
    pages,
    senders,
    web_address,
)
from archive.rules.cited_source import CitedSource
from archive.rules.statuses import DocumentKind

_FORMS = {
    DocumentKind.MEMO: "Memorandum",
    DocumentKind.LETTER: "Letter",
    DocumentKind.SIGN_ON_LETTER: "Letter",
    DocumentKind.REQUEST_LETTER: "Letter",
    DocumentKind.RESPONSE_LETTER: "Letter",
    DocumentKind.EMAIL: "E-mail",
}
_MOST_NAMES = 2  # more signatories are 'et al.'


def bluebook_text(source: CitedSource) -> str:
    """The citation as plain text."""
    return _cite(source, title=source.title, address=source.address)


def bluebook_html(source: CitedSource) -> str:
    """The same with the title in italics and the address as a link."""
    plain = _cite(source, title="\ue000", address="\ue001")
    address = escape(source.address)
    link = f'<a href="{address}">{address}</a>' if web_address(source.address) else address
    title = f"<i>{escape(source.title)}</i>"
    return escape(plain).replace("\ue000", title).replace("\ue001", link)


def bluebook_authority(source: CitedSource) -> tuple[str, str, str]:
    """The whole record, as a table of authorities names it, without a page: what stands before the title,
    the title (in italics), what stands after it."""
    before, _, after = _cite(
        source, title="\ue000", address=source.document_address, is_pinned=False
    ).partition("\ue000")
    return before, source.title, after


def _cite(source: CitedSource, *, title: str, address: str, is_pinned: bool = True) -> str:
    said = _head(source, title) + (f", at {pages(source)}" if is_pinned else "")
    if is_pinned and bates_pages(source):
        said += f", Bates {bates_pages(source)}"
    details = [law_date(source.dated_on) if source.dated_on else "n.d."]
    if source.vote:
        details.append(f"adopted {source.vote}")
    if source.language:
        details.append(f"in {language_words(source)}")
    if source.is_withheld and is_pinned:
        details.append("page withheld in full")
    said += f" ({', '.join(details)}) ({_filed(source)}), {address}."
    return f"{said} {better_copy(source)}." if better_copy(source) else said


def _head(source: CitedSource, title: str) -> str:
    names = senders(source)
    form = _FORMS.get(source.kind) if source.kind else None
    if form and names:
        writers = " & ".join(names) if len(names) <= _MOST_NAMES else f"{names[0]} et al."
        reader = f" to {source.recipient}" if source.recipient else ""
        return f"{form} from {writers}{reader}, {title}"
    return f"{source.agency}, {title}" if source.agency else title


def _filed(source: CitedSource) -> str:
    filed = f"on file with {source.archive_name}"
    kept = f"record of {kept_by(source)}" if kept_by(source) else ""
    return "; ".join(part for part in (kept, freed_by(source), filed) if part)
