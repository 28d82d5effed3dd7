"""The words of letters, written at the moment of sending from what is published then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import OutgoingLetter, SavedSearch, SavedSearchSeen
from archive.ports import Letter, SearchEngine
from archive.rules.addresses import document_path, page_path, search_path
from archive.rules.statuses import HowOften, LetterKind
from archive.rules.tokens import Purpose, sign
from archive.services.feeds import MatchedDocument, describe_matches
from archive.services.saved_searches import TIME_TO_CONFIRM, saved_query

DOCUMENTS_IN_LETTER = 50
HOW_OFTEN_WORDS = {
    HowOften.AT_ONCE: "as soon as there are new documents",
    HowOften.DAILY: "once a day, when there are new documents",
    HowOften.WEEKLY: "once a week, when there are new documents",
}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the archive's name, its public address, and the key that signs links."""

    site_name: str
    base_url: str
    key: str

    def link(self, purpose: Purpose, saved: SavedSearch, expires_at: datetime | None = None) -> str:
        """A signed link about a saved search."""
        return f"{self.base_url}/search/saved/{purpose}/{sign(self.key, purpose, saved.id, expires_at)}"


def write_letter(
    session: Session, engine: SearchEngine, outgoing: OutgoingLetter, sender: Sender
) -> tuple[Letter | None, tuple[str, ...]]:
    """The letter, and the ids of the documents that it tells of.

    None when nothing that it would tell of is published any more. Raises ``IndexUnavailable``.
    """
    saved = session.get_one(SavedSearch, outgoing.saved_search_id)
    host = urlsplit(sender.base_url).hostname or "localhost"
    message_id = f"<{outgoing.kind}.{outgoing.id}.{saved.id}@{host}>"
    if outgoing.kind is LetterKind.CONFIRM:
        return _confirm_letter(saved, sender, message_id), ()
    told = session.scalars(
        select(SavedSearchSeen.document_id)
        .where(SavedSearchSeen.letter_id == outgoing.id)
        .order_by(SavedSearchSeen.document_id)
    ).all()
    shown, there = describe_matches(session, engine, saved_query(saved), told, most=DOCUMENTS_IN_LETTER)
    return (_news_letter(saved, shown, len(there), sender, message_id) if shown else None), there


def search_in_words(saved: SavedSearch) -> str:
    """The search as people read it: ``opt out (agency: ice)``."""
    parameters = parse_qs(saved.search)
    words = " ".join(parameters.pop("q", []))
    filters = ", ".join(f"{name}: {value}" for name, values in parameters.items() for value in values)
    return f"{words} ({filters})" if words and filters else words or filters or "all new documents"


def _search_link(saved: SavedSearch, sender: Sender) -> str:
    pairs = [(name, value) for name, values in parse_qs(saved.search).items() for value in values]
    return sender.base_url + search_path(pairs)


def _confirm_letter(saved: SavedSearch, sender: Sender, message_id: str) -> Letter:
    link = sender.link(Purpose.CONFIRM, saved, saved.created_at + TIME_TO_CONFIRM)
    paragraphs = [
        f"Somebody, probably you, asked {sender.site_name} for letters about this search:",
        search_in_words(saved),
        f"They would come {HOW_OFTEN_WORDS[saved.how_often]}.",
        "If you want them, open this link within 7 days:",
    ]
    otherwise = "If not, do nothing: no further letter comes, and your address is deleted after 7 days."
    text = "\n\n".join([*paragraphs, link, otherwise, sender.base_url]) + "\n"
    html = Markup("").join(Markup("<p>{}</p>\n").format(said) for said in paragraphs)
    html += Markup('<p><a href="{0}">{0}</a></p>\n<p>{1}</p>\n').format(link, otherwise)
    subject = f"Please confirm: letters from {sender.site_name}"
    return Letter(saved.address, subject, text, str(html), message_id)


def _news_letter(
    saved: SavedSearch, shown: tuple[MatchedDocument, ...], total: int, sender: Sender, message_id: str
) -> Letter:
    count = f"{total:,} new {'document' if total == 1 else 'documents'}"
    more = total - len(shown)
    further = [f"And {more:,} more, not listed here: open the search."] if more else []
    search_link = _search_link(saved, sender)
    unsubscribe = sender.link(Purpose.UNSUBSCRIBE, saved)
    manage = sender.link(Purpose.MANAGE, saved)
    head = f"{count} in {sender.site_name} for: {search_in_words(saved)}"
    text = "\n\n".join(
        [
            head,
            *(_document_text(one, sender) for one in shown),
            *further,
            f"The search: {search_link}",
            f"No more letters about this search: {unsubscribe}",
            f"All your letters: {manage}",
        ]
    )
    html = Markup("<p>{}</p>\n<ul>\n{}</ul>\n{}{}").format(
        head,
        Markup("").join(_document_html(one, sender) for one in shown),
        Markup("").join(Markup("<p>{}</p>\n").format(said) for said in further),
        Markup(
            '<p><a href="{}">The search</a></p>\n<p><a href="{}">No more letters about this search</a>'
            ' · <a href="{}">All your letters</a></p>\n'
        ).format(search_link, unsubscribe, manage),
    )
    subject = f"{count}: {search_in_words(saved)}"
    return Letter(saved.address, subject, text + "\n", str(html), message_id, unsubscribe)


def _facts(found: MatchedDocument) -> str:
    document = found.document
    dated = f"{document.dated_on.day} {document.dated_on:%B %Y}" if document.dated_on else ""
    pages = ", ".join(page.label for page in found.pages)
    further = (
        f" and {found.total_pages - len(found.pages):,} more" if found.total_pages > len(found.pages) else ""
    )
    agency = document.agency.short_name if document.agency else ""
    return " · ".join(filter(None, (agency, dated, f"page {pages}{further}")))


def _link(found: MatchedDocument, sender: Sender) -> str:
    """The only matching page; the document when there are several."""
    path = document_path(found.document.id)
    return sender.base_url + (
        page_path(found.document.id, found.pages[0].page_number) if found.total_pages == 1 else path
    )


def _document_text(found: MatchedDocument, sender: Sender) -> str:
    return f"{found.document.title}\n{_facts(found)}\n{_link(found, sender)}"


def _document_html(found: MatchedDocument, sender: Sender) -> Markup:
    return Markup('<li><a href="{}">{}</a><br>{}</li>\n').format(
        _link(found, sender), found.document.title, _facts(found)
    )
