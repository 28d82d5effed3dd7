"""The words of an e-mail as plain text: out of HTML, without what was quoted, cut into sentences."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MOST_TEXT_CHARACTERS = 200_000
_UNREAD = frozenset({"head", "script", "style", "title", "template", "noscript", "svg", "object"})
_LINES = frozenset(
    {"address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3"}
    | {"h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
)
# Where the letter before begins, as mail programs write it above what they quote.
_QUOTED_FROM = re.compile(
    r"^\s*(?:-{2,}\s*(?:Original Message|Forwarded message).*|On .{0,200}\bwrote:|_{10,}|From:\s.*)\s*$",
    re.IGNORECASE,
)
_HEADER = re.compile(r"\s*(?:From|Sent|Date|To|Cc|Subject):", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”')\]]*\s+(?=[\"“(\[]?[A-Z0-9])|\n\s*\n")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|No|Nos|St|Inc|Co|vs?|Dept|Sec|U\.S|U\.S\.C|C\.F\.R|F\.\dd)|\s[A-Z])\.$"
)


class _Words(HTMLParser):
    """Collects what a reader would see. Nothing of the page is run, fetched or kept."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._unread += 1
        elif tag in _LINES:
            self.said.append("\n\n" if tag == "p" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag in _LINES:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.said.append(re.sub(r"\s+", " ", data))


def text_of_html(html: str) -> str:
    """What a reader of this HTML would see, as plain text."""
    words = _Words()
    for start in range(0, min(len(html), MOST_TEXT_CHARACTERS), 65_536):
        words.feed(html[start : min(start + 65_536, MOST_TEXT_CHARACTERS)])
    words.close()
    return clean_text("".join(words.said))


def clean_text(text: str) -> str:
    """One kind of line end, no characters that cannot be shown, at most one empty line between two."""
    text = text[:MOST_TEXT_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    text = "".join(char for char in text if char in "\n\t" or (char.isprintable() or ord(char) > 0xFFFF))
    lines = [line.strip() if not line.strip() else line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def own_words(text: str) -> str:
    """What the sender wrote: without lines that quote, and without the letter before that is quoted below.

    A mail that begins with such a line was sent on as a whole, and all of it is kept.
    """
    kept: list[str] = []
    has_words = False
    for line in text.split("\n"):
        if (is_head := _QUOTED_FROM.match(line) is not None) and has_words:
            break
        has_words = has_words or bool(line.strip() and not is_head and not _HEADER.match(line))
        if not line.lstrip().startswith(">"):
            kept.append(line)
    return "\n".join(kept).strip()


def sentences_of(text: str) -> list[str]:
    """The sentences, each on one line."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(text):
        said = " ".join(piece.split())
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] = f"{found[-1]} {said}"
        elif said:
            found.append(said)
    return found
