"""Document ids and slugs: addresses are promises, so they are made in one place."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlencode

DOCUMENT_ID_LENGTH = 12
_DOCUMENT_ID = re.compile(r"[a-z2-7]{12}")


def document_id_of(sha256_hex: str) -> str:
    """The first 12 characters of the lower-case base32 of the file's SHA-256.

    The same file has the same address in every archive.
    """
    return base64.b32encode(bytes.fromhex(sha256_hex)).decode("ascii").lower()[:DOCUMENT_ID_LENGTH]


def is_document_id(text: str) -> bool:
    """Whether ``text`` has the shape of a document id."""
    return _DOCUMENT_ID.fullmatch(text) is not None


def slug_of(name: str) -> str:
    """A name as part of an address: ``Santa Clara County, Calif.`` is ``santa-clara-county-calif``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80] or "unnamed"


def document_path(document_id: str, window: int = 1) -> str:
    """The permanent address of a document; ``window`` counts windows of thumbnails."""
    return with_parameters(f"/documents/{document_id}", _window(window))


def page_path(document_id: str, page_number: int, query: str = "") -> str:
    """The permanent address of a page; with ``query`` its words are marked on it."""
    return with_parameters(f"{document_path(document_id)}/pages/{page_number}", [("q", query)])


def page_image_path(document_id: str, page_number: int, size: str = "") -> str:
    """The page's image; ``size`` is 'thumb' or 'large', else reading size."""
    return with_parameters(f"{page_path(document_id, page_number)}.webp", [("size", size)])


def page_text_path(document_id: str, page_number: int) -> str:
    """The page's text, plain."""
    return f"{page_path(document_id, page_number)}.txt"


def document_text_path(document_id: str, window: int = 1) -> str:
    """The text of all pages, a window of pages at a time."""
    return with_parameters(f"{document_path(document_id)}/text", _window(window))


def document_search_path(document_id: str, query: str = "", window: int = 1) -> str:
    """The pages of one document that match."""
    return with_parameters(f"{document_path(document_id)}/search", [("q", query), *_window(window)])


def original_path(document_id: str) -> str:
    """The file, byte for byte as received."""
    return f"{document_path(document_id)}/file.pdf"


def shelves_path(shelf: str) -> str:
    """All agencies, all productions, or all places."""
    return f"/{shelf}"


def shelf_path(shelf: str, slug: str, window: int = 1) -> str:
    """All about one agency, production or place: ``shelf`` is 'agencies', 'productions' or 'places'."""
    return with_parameters(f"/{shelf}/{slug}", _window(window))


def unread_path(window: int = 1) -> str:
    """The pages that could not be read."""
    return with_parameters("/unread", _window(window))


def search_path(parameters: Iterable[tuple[str, str]] = ()) -> str:
    """The search page with these parameters."""
    return with_parameters("/search", parameters)


def sign_in_path(then: str = "") -> str:
    """Where people sign in; ``then`` is the path that they wanted to see."""
    return with_parameters("/sign-in", [("next", then)])


def upload_path() -> str:
    """Where files are sent in."""
    return "/upload"


def upload_batch_path(batch_id: str) -> str:
    """Files that came together; 'alone' for those that came without a batch."""
    return f"/upload/batches/{batch_id}"


def upload_file_path(upload_id: str) -> str:
    """One file on its way in, for clients of the tus protocol."""
    return f"/upload/files/{upload_id}"


def upload_answer_path(document_id: str) -> str:
    """Where an uploader's answer about a document goes."""
    return f"/upload/documents/{document_id}/answer"


def with_parameters(path: str, parameters: Iterable[tuple[str, str]]) -> str:
    """``path`` with those parameters that have a value."""
    text = urlencode([(name, value) for name, value in parameters if value])
    return f"{path}?{text}" if text else path


def _window(window: int) -> list[tuple[str, str]]:
    return [("window", str(window))] if window > 1 else []


def redactions_path(window: int = 1) -> str:
    """What was withheld, all over the archive, as figures."""
    return with_parameters("/redactions", _window(window))


def document_redactions_path(document_id: str) -> str:
    """What was withheld in one document, place by place."""
    return f"{document_path(document_id)}/redactions"


def released_later_path(window: int = 1) -> str:
    """The words that were withheld once and released later."""
    return with_parameters("/redactions/released-later", _window(window))


def comparison_path(withheld_id: str, shown_id: str, page_number: int | None = None) -> str:
    """Two releases of one record side by side; ``page_number`` is one of the second's."""
    path = f"/compare/{withheld_id}/{shown_id}"
    return path if page_number is None else f"{path}?page={page_number}"


def vaughn_index_path(index_id: int | None = None) -> str:
    """One withheld-records index, or all that the visitor keeps."""
    return "/vaughn" if index_id is None else f"/vaughn/{index_id}"


def bates_path(bates: str = "") -> str:
    """Where a Bates number leads to its page."""
    return with_parameters("/bates", [("number", bates)] if bates else [])


def production_bates_path(slug: str) -> str:
    """The Bates numbers of a production: its ranges, gaps and overlaps."""
    return f"/productions/{slug}/bates"


def requests_path(window: int = 1) -> str:
    """All requests that the visitor may see."""
    return with_parameters("/requests", _window(window))


def overdue_path() -> str:
    """The requests whose answer is overdue, and what comes next."""
    return "/requests/overdue"


def requests_calendar_path(key: str = "") -> str:
    """The dates of all requests for a calendar program; ``key`` is a member's, without one: the public's."""
    return with_parameters("/requests.ics", [("key", key)] if key else [])


def request_path(slug: str) -> str:
    """One public-records request."""
    return f"/requests/{slug}"


def request_calendar_path(slug: str) -> str:
    """The dates of one request for a calendar program."""
    return f"/requests/{slug}.ics"


def request_edit_path(slug: str) -> str:
    """Where a request is described."""
    return f"/requests/{slug}/edit"


def request_event_path(slug: str, event_id: int | None = None) -> str:
    """Where something that happened to a request is written down, or corrected."""
    return f"/requests/{slug}/events" if event_id is None else f"/requests/{slug}/events/{event_id}"


def request_letters_path(slug: str) -> str:
    """The letters of a request."""
    return f"/requests/{slug}/letters"


def request_letter_path(slug: str, letter_id: int, form: str = "") -> str:
    """One letter; ``form`` 'docx' or 'pdf': as a file."""
    return f"/requests/{slug}/letters/{letter_id}{f'.{form}' if form else ''}"


def request_mail_path(slug: str) -> str:
    """Where an e-mail file becomes an event of a request."""
    return f"/requests/{slug}/mail"


def request_yield_path(slug: str) -> str:
    """What a request yielded: its productions, documents and pages."""
    return f"/requests/{slug}/yield"


def request_import_path() -> str:
    """Where requests come in as a table."""
    return "/requests/import"


def deadlines_path() -> str:
    """The calculator of deadlines."""
    return "/deadlines"


def laws_path() -> str:
    """All public-records laws that deadlines are counted by."""
    return "/laws"


def law_path(law_id: str) -> str:
    """One law, row by row."""
    return f"/laws/{law_id}"


def your_town_path() -> str:
    """Could your town be next? A ready request to one's own county."""
    return "/your-town"


def production_edit_path(slug: str) -> str:
    """Where a production is described."""
    return f"/productions/{slug}/edit"


def production_report_path(slug: str) -> str:
    """What a cover letter says was released against what arrived."""
    return f"/productions/{slug}/report"
