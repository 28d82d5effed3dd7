"""Reads a draft out of the file that somebody sends: text, Markdown, HTML or DOCX. Nothing is trusted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from archive.errors import ArchiveError
from archive.rules.draft_text import MOST_DRAFT_CHARACTERS, DraftText, DraftWriter, plain_draft

MOST_FILE_BYTES = 5_000_000
_MOST_UNPACKED_BYTES = 60_000_000  # of a DOCX: its text is packed to a tenth, pictures hardly
_MOST_MEMBERS = 2_000
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "br",
        "tr",
        "td",
        "th",
        "section",
        "article",
        "header",
        "footer",
        "figcaption",
    ]
)
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})
_QUOTE_STYLES = ("quote", "block text", "zitat")


class UnreadableDraft(ArchiveError):
    code = "unreadable_draft"
    sentence = "This file could not be read as a draft."
    help = "Send a DOCX, an HTML file or plain text of at most 5 MB, or paste the text."
    status = 400


def read_draft(content: bytes) -> DraftText:
    """The draft in a file, told by its bytes. Raises ``UnreadableDraft``."""
    if len(content) > MOST_FILE_BYTES:
        raise UnreadableDraft("This file is larger than 5 MB.")
    if content[:4] == b"PK\x03\x04":
        return _docx(content)
    if content[:5] == b"%PDF-":
        raise UnreadableDraft("This is a PDF: the links in it cannot be told from its words.")
    text = _decoded(content)
    if "\0" in text:
        raise UnreadableDraft
    return pasted_draft(text)


def pasted_draft(text: str) -> DraftText:
    """The draft that somebody pasted: HTML when it is, else text or Markdown. Raises ``UnreadableDraft``."""
    if len(text) > MOST_DRAFT_CHARACTERS:
        raise UnreadableDraft("This draft is longer than a million characters. Check it in parts.")
    start = text.lstrip()[:2000].lower()
    is_html = start.startswith("<") and any(
        f"<{tag}" in start for tag in ("html", "p", "div", "a ", "!doctype")
    )
    if not is_html:
        return plain_draft(text)
    reader = _HtmlDraft()
    reader.feed(text)
    reader.close()
    return reader.writer.draft()


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", "replace")


class _HtmlDraft(HTMLParser):
    """Words, links and block quotations of a page; what is not shown is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.writer = DraftWriter()
        self._unseen = 0
        self._links: list[tuple[int, str]] = []
        self._blocks: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See ``HTMLParser``."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "a":
            self._links.append((self.writer.length, dict(attrs).get("href") or ""))
        elif tag == "blockquote":
            self.writer.write("\n")
            self._blocks.append(self.writer.length)
        elif tag == "q":
            self.writer.write("\u201c")
        elif tag in _BLOCKS:
            self.writer.write("\n" if not self._blocks else " ")

    def handle_endtag(self, tag: str) -> None:
        """See ``HTMLParser``."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "a" and self._links:
            start, address = self._links.pop()
            if address:
                self.writer.link(start, address)
        elif tag == "blockquote" and self._blocks:
            self.writer.block(self._blocks.pop())
            self.writer.write("\n")
        elif tag == "q":
            self.writer.write("\u201d")
        elif tag in _BLOCKS:
            self.writer.write("\n" if not self._blocks else " ")

    def handle_data(self, data: str) -> None:
        """See ``HTMLParser``."""
        if not self._unseen:
            self.writer.write(" ".join(data.split()) if data.strip() else " ")
            if data[-1:].isspace() and data.strip():
                self.writer.write(" ")


def _docx(content: bytes) -> DraftText:
    _check_packed(content)
    from docx import Document  # imported when needed: it takes a third of a second
    from docx.opc.exceptions import OpcError

    try:
        document = Document(io.BytesIO(content))
        writer = DraftWriter()
        for paragraph in _paragraphs(document):
            start = writer.length
            for run in paragraph.iter_inner_content():
                begin = writer.length
                writer.write(run.text)
                if address := getattr(run, "url", ""):
                    writer.link(begin, address)
            style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
            if any(name in style for name in _QUOTE_STYLES):
                writer.block(start)
            writer.write("\n")
        return writer.draft()
    except (OpcError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, SyntaxError) as error:
        raise UnreadableDraft("This file is no DOCX that can be read.") from error


def _paragraphs(document: Any) -> Iterator[Any]:
    """All paragraphs in order, those in tables among them."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell)
        else:
            yield block


def _check_packed(content: bytes) -> None:
    """A file of a few bytes may unpack to more than there is room for: asked before anything is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableDraft from error
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_UNPACKED_BYTES:
        raise UnreadableDraft("This file unpacks to more than a draft can be.")
    if not any(member.filename == "word/document.xml" for member in members):
        raise UnreadableDraft("This is a packed file, but no DOCX.")
