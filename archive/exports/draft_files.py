"""Reads a draft out of the file that somebody sends: text, Markdown, HTML or DOCX. Nothing is trusted."""

from __future__ import annotations

from html.parser import HTMLParser

from archive.exports.draft_word import read_word
from archive.rules.draft_text import (
    MOST_DRAFT_CHARACTERS,
    DraftText,
    DraftWriter,
    UnreadableDraft,
    plain_draft,
)

MOST_FILE_BYTES = 5_000_000
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


def read_draft(content: bytes) -> DraftText:
    """The draft in a file, told by its bytes. Raises ``UnreadableDraft``."""
    if len(content) > MOST_FILE_BYTES:
        raise UnreadableDraft("This file is larger than 5 MB.")
    if content[:4] == b"PK\x03\x04":
        return read_word(content)
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
        self._link: tuple[int, str] | None = None
        self._blocks: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See ``HTMLParser``."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "a":
            self._end_link()  # a link within a link ends the first, as browsers read it
            self._link = (self.writer.length, dict(attrs).get("href") or "")
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
        elif tag == "a":
            self._end_link()
        elif tag == "blockquote" and self._blocks:
            start = self._blocks.pop()
            if not self._blocks:  # one within another is part of it
                self.writer.block(start)
            self.writer.write("\n")
        elif tag == "q":
            self.writer.write("\u201d")
        elif tag in _BLOCKS:
            self.writer.write("\n" if not self._blocks else " ")

    def _end_link(self) -> None:
        if self._link is not None and self._link[1]:
            self.writer.link(*self._link)
        self._link = None

    def handle_data(self, data: str) -> None:
        """See ``HTMLParser``."""
        if not self._unseen:
            self.writer.write(" ".join(data.split()) if data.strip() else " ")
            if data[-1:].isspace() and data.strip():
                self.writer.write(" ")
