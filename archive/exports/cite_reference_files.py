"""BibTeX and RIS, for reference managers."""

from __future__ import annotations

from archive.exports.cite_words import better_copy, kind_words, pages, senders, web_address
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
        "type": _latex(kind_words(source)),
        "number": _latex(source.bates or source.tracking_number),
        "year": str(issued.year) if issued else "",
        "month": str(issued.month) if issued else "",
        "day": str(issued.day) if issued else "",
        "pages": pages(source).replace("\u2013", "--"),
        "language": _latex(source.language),
        "url": _url(source.address),
        "urldate": source.accessed_on.isoformat(),
        "note": _latex(_note(source)),
        "annote": _latex(source.words),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value.strip("{}")]
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
        ("M3", kind_words(source)),
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
        ("AB", source.words),
    ]
    said = [f"{tag}  - {value}" for tag, value in lines if value]
    return "\r\n".join([*said, "ER  - ", ""])


def _note(source: CitedSource) -> str:
    said = [f"File {source.source_file}, SHA-256 {source.sha256}"]
    if source.tracking_number:
        said.append(f"released in answer to request {source.tracking_number}")
    if source.vote:
        said.append(f"adopted {source.vote}")
    if source.is_withheld:
        said.append("page withheld in full")
    if better_copy(source):
        said.append(better_copy(source))
    return "; ".join(said)


def _latex(text: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in text)


def _url(address: str) -> str:
    """As packages for addresses take it; what could end the field is percent-encoded."""
    return web_address(address).replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
