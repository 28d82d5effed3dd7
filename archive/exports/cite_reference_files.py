"""BibTeX and RIS, for reference managers."""

from __future__ import annotations

from archive.exports.cite_words import (
    RANGE,
    better_copy,
    freed_by,
    kind_words,
    language_words,
    page_words,
    pages,
    senders,
    web_address,
)
from archive.rules.cited_source import CitedSource
from archive.rules.statuses import DocumentKind

_LATEX = {
    "\\": r"\textbackslash{}",
    # BibTeX counts braces even behind a backslash: these have none of their own
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
# https://en.wikipedia.org/wiki/RIS_(file_format): types that reference managers agree on
_RIS_TYPES = {
    DocumentKind.LETTER: "PCOMM",
    DocumentKind.SIGN_ON_LETTER: "PCOMM",
    DocumentKind.REQUEST_LETTER: "PCOMM",
    DocumentKind.RESPONSE_LETTER: "PCOMM",
    DocumentKind.EMAIL: "PCOMM",
    DocumentKind.RESOLUTION: "BILL",
    DocumentKind.TRANSCRIPT: "HEAR",
}


def bibtex(source: CitedSource) -> str:
    """One entry; names and titles stand in braces, so that nothing takes them apart."""
    names = senders(source) or ((source.agency,) if source.agency else ())
    issued = source.dated_on
    fields = {
        "author": " and ".join("{" + _latex(name) + "}" for name in names),
        "title": "{" + _latex(source.title) + "}",
        "institution": "{" + _latex(source.agency or source.archive_name) + "}",
        "type": _latex(_kind(source)),
        "number": _latex(source.bates or source.tracking_number),
        "year": str(issued.year) if issued else "",
        "month": f"{issued:%b}".lower() if issued else "",
        "day": str(issued.day) if issued else "",
        "pages": pages(source).replace(RANGE, "--"),
        "language": _latex(language_words(source)),
        "url": _url(source.address),
        "urldate": source.accessed_on.isoformat(),
        "note": _latex(_note(source)),
        "annote": _latex(source.words),
    }
    lines = [
        f"  {name} = {value}," if name == "month" else f"  {name} = {{{value}}},"
        for name, value in fields.items()
        if value.strip("{}")
    ]
    key = source.citation_id or source.document_id
    return "\n".join(["@techreport{" + key + ",", *lines, "}"]) + "\n"


def ris(source: CitedSource) -> str:
    """One record. A report unless it is something that reference managers have a type for."""
    kind = _RIS_TYPES.get(source.kind, "RPRT") if source.kind else "RPRT"
    issued = source.dated_on
    lines = [("TY", kind), ("ID", source.citation_id or source.document_id)]
    lines += [("AU", f"{name},") for name in senders(source) or ((source.agency,) if source.agency else ())]
    lines += [
        ("TI", source.title),
        ("PB", source.agency),
        ("M3", _kind(source)),
        ("PY", f"{issued.year}" if issued else ""),
        ("DA", f"{issued:%Y/%m/%d}" if issued else ""),
        ("SP", str(source.page_number)),
        ("EP", str(source.last_page_number or "")),
        ("M1", source.bates or source.tracking_number),
        ("LA", source.language),
        ("UR", web_address(source.address)),
        ("L1", web_address(source.file_address)),
        ("DB", source.archive_name),
        ("Y2", f"{source.accessed_on:%Y/%m/%d}"),
        ("N1", _note(source)),
        ("N1", f"{page_words(source)}: \u201c{source.words}\u201d" if source.words else ""),
    ]
    said = [f"{tag}  - {value}" for tag, value in lines if value]
    return "\r\n".join([*said, "ER  - ", ""])


def _note(source: CitedSource) -> str:
    said = [f"File {source.source_file}, SHA-256 {source.sha256}"]
    if freed_by(source):
        said.append(freed_by(source))
    if source.vote:
        said.append(f"adopted {source.vote}")
    if source.is_withheld:
        said.append("page withheld in full")
    if source.is_ocr and source.words:
        said.append("words read from a picture (OCR)")
    if better_copy(source):
        said.append(better_copy(source)[:1].lower() + better_copy(source)[1:])
    return "; ".join(said)


def _kind(source: CitedSource) -> str:
    """As it begins: ``Memo``."""
    kind = kind_words(source)
    return kind[:1].upper() + kind[1:]


def _latex(text: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in text)


def _url(address: str) -> str:
    """As packages for addresses take it; what could end the field is percent-encoded."""
    return web_address(address).replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
