"""Redactions in words: what they look like, how they were found, what became of a page."""

from __future__ import annotations

from collections.abc import Iterable

from archive.rules.exemptions import EXEMPTION_WORDS, format_exemption
from archive.rules.redaction_states import RedactionState
from ingest.redaction_found import FoundBy, PageDisposition, RedactionLook

LOOK_WORDS: dict[RedactionLook, str] = {
    RedactionLook.BLACK: "black box",
    RedactionLook.GREY: "grey box",
    RedactionLook.FRAMED: "framed box",
    RedactionLook.WHITE: "white gap",
    RedactionLook.CODE: "code in place of words",
    RedactionLook.STRUCK: "words struck through",
    RedactionLook.ANNOTATION: "redaction marked but not carried out",
    RedactionLook.WHOLE_PAGE: "sheet in place of a page",
}
FOUND_BY_WORDS: dict[FoundBy, str] = {
    FoundBy.SHAPES: "found in what is drawn on the page",
    FoundBy.PICTURE: "found in the picture of the page",
    FoundBy.TEXT: "found in the words of the page",
    FoundBy.ANNOTATION: "found in the file's annotations",
    FoundBy.EDITOR: "marked by an editor",
}
STATE_OF_REDACTION_WORDS: dict[RedactionState, str] = {
    RedactionState.FOUND: "not checked",
    RedactionState.CONFIRMED: "confirmed by an editor",
    RedactionState.CORRECTED: "corrected by an editor",
    RedactionState.ADDED: "marked by an editor",
    RedactionState.REJECTED: "no redaction, an editor said",
}
DISPOSITION_WORDS: dict[PageDisposition, str] = {
    PageDisposition.RELEASED: "released in full",
    PageDisposition.IN_PART: "released in part",
    PageDisposition.WITHHELD: "withheld in full",
    PageDisposition.REFERRED: "referred to another agency",
}


def codes_in_words(codes: Iterable[str]) -> str:
    """The exemptions as lawyers write them, each with its words: ``(b)(6) personal privacy; (b)(5) ...``;
    empty for none."""
    return "; ".join(
        f"{format_exemption(code)} {words}"
        if (words := EXEMPTION_WORDS.get(code))
        else format_exemption(code)
        for code in codes
    )


def printed_codes(codes: Iterable[str]) -> str:
    """The exemptions as they are printed: ``(b)(6), (b)(7)(C)``; empty for none."""
    return ", ".join(map(format_exemption, codes))
