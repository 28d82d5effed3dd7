"""A draft article or brief as text with links: whatever file it came in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.errors import ArchiveError

MOST_DRAFT_CHARACTERS = 1_000_000
# Markdown links, with or without pointed brackets, then bare addresses.
_BARE_ADDRESS = (
    r"(?P<bare>https?://[^\s<>\"\u201c\u201d\[\]{}|]{1,2000}"
    r"|(?<![\w/.:@-])(?:(?:[\w-]{1,63}\.){1,6}[a-z]{2,20}(?::\d{1,5})?)?/(?:cite|documents)/"
    r"[^\s<>\"\u201c\u201d\[\]{}|]{1,200})"
)
_BARE = re.compile(_BARE_ADDRESS)
_LINK = re.compile(
    r"\[(?P<words>(?:[^\[\]\\]|\\.){0,2000})\]\(<?(?P<address>[^\s<>()]{1,2000})>?\)|" + _BARE_ADDRESS
)
_ENDS = ".,;:!?)'\u2019\u201d"  # of a sentence around an address, not of the address
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BLOCK_QUOTE = re.compile(r"^ {0,3}> ?", re.MULTILINE)


class UnreadableDraft(ArchiveError):
    code = "unreadable_draft"
    sentence = "This file could not be read as a draft."
    help = "Send a DOCX, an HTML file or plain text of at most 5 MB, or paste the text."
    status = 400


@dataclass(frozen=True, slots=True)
class DraftLink:
    """A link over ``text[start:end]`` of the draft: its words, or the address itself."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class DraftText:
    """``blocks`` are ranges that are set apart as quotations, without quotation marks."""

    text: str
    links: tuple[DraftLink, ...] = ()
    blocks: tuple[tuple[int, int], ...] = ()


class DraftWriter:
    """Puts a draft together from runs of text, links and quoted blocks."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._length = 0
        self._links: list[DraftLink] = []
        self._blocks: list[tuple[int, int]] = []

    @property
    def length(self) -> int:
        """Characters so far."""
        return self._length

    def write(self, text: str) -> None:
        """Go on with these words."""
        self._text.append(text)
        self._length += len(text)

    def link(self, start: int, address: str) -> None:
        """What was written since ``start`` leads to ``address``."""
        self._links.append(DraftLink(start, self._length, address))

    def block(self, start: int) -> None:
        """What was written since ``start`` is set apart as a quotation."""
        if self._length > start:
            self._blocks.append((start, self._length))

    def draft(self) -> DraftText:
        """All of it. Addresses that stand there in words are links, too."""
        text = "".join(self._text)
        links = list(self._links)
        taken = bytearray(len(text))
        for link in links:
            taken[link.start : link.end] = b"\1" * (link.end - link.start)
        for found in _BARE.finditer(text):
            address = found[0].rstrip(_ENDS)
            start, end = found.start(), found.start() + len(address)
            if not any(taken[start:end]):
                links.append(DraftLink(start, end, address))
        return DraftText(text, tuple(sorted(links, key=lambda link: link.start)), tuple(self._blocks))


def plain_draft(text: str) -> DraftText:
    """Plain text or Markdown: links and bare addresses become links, ``>`` begins a block quotation."""
    writer = DraftWriter()
    for is_block, lines in _runs(text.replace("\r\n", "\n").replace("\r", "\n")):
        start = writer.length
        has_link = _write_with_links(writer, lines)
        if is_block and not has_link:
            writer.block(start)
        writer.write("\n")
    return writer.draft()


def _runs(text: str) -> list[tuple[bool, str]]:
    """Paragraphs; a block quotation is one without its marks, its source line another."""
    runs: list[tuple[bool, str]] = []
    for line in text.split("\n"):
        bare = _BLOCK_QUOTE.sub("", line)
        is_block = bare != line or line.startswith(">")
        go_on = runs and is_block and runs[-1][0] and bare.strip() and runs[-1][1].strip()
        if go_on and not _LINK.search(bare):
            runs[-1] = (True, f"{runs[-1][1]} {bare}")
        else:
            runs.append((is_block, bare))
    return runs


def _write_with_links(writer: DraftWriter, text: str) -> bool:
    at, found = 0, False
    for match in _LINK.finditer(text):
        writer.write(_unescaped(text[at : match.start()]))
        at, found = match.end(), True
        start = writer.length
        if match["address"]:
            writer.write(_unescaped(match["words"]))
            writer.link(start, match["address"])
            continue
        writer.write(match["bare"])  # made a link when the draft is complete
    writer.write(_unescaped(text[at:]))
    return found


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def marked_up(draft: DraftText) -> str:
    """The draft as Markdown that ``plain_draft`` reads back: so that a page can send it again."""
    marks: list[tuple[int, int, str]] = []
    for link in draft.links:
        if draft.text[link.start : link.end] != link.address:
            marks += [(link.start, 1, "["), (link.end, 0, f"](<{link.address}>)")]
    marks += [(start, 0, "> ") for start, _ in draft.blocks]
    said, at = [], 0
    for place, _, mark in sorted(marks, key=lambda mark: mark[:2]):
        said += [_escaped(draft.text[at:place]), mark]
        at = place
    return "".join(said) + _escaped(draft.text[at:])


def _escaped(text: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", text)
