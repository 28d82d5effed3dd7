"""Looks for what a file holds beside its pages, by pikepdf. Only ever used in a process of its own.

qpdf, which pikepdf stands on, is not made for files that mean harm: it may end its process or never end.
``ingest.facts_process`` bears both.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any, BinaryIO

import pikepdf

from ingest.file_facts import (
    MAX_ATTACHMENTS,
    MAX_NAME_CHARACTERS,
    MAX_SCRIPT_CHARACTERS,
    MAX_SCRIPTS,
    MAX_VALUE_CHARACTERS,
    MAX_VALUES,
    ActionKind,
    Attachment,
    FactsNote,
    FileFacts,
    Script,
)
from ingest.layout import clean_text

import_module("lxml.etree")  # pikepdf needs it late; here it is loaded once for all processes

_MAX_ITEMS = 5_000  # of one list or tree
_MAX_DEPTH = 10
_MAX_CHAIN = 20  # actions that follow each other
_MAX_XMP_BYTES = 500_000
_BUILT_IN = {kind.value: kind for kind in ActionKind}
_COMMON = frozenset(
    {"Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate", "Trapped"}
)
# Of the second description (XMP) what may say who: not dates, versions and numbers that programs give
_TELLING = (
    "http://purl.org/dc/elements/1.1/",
    "http://ns.adobe.com/pdf/1.3/",
    "http://ns.adobe.com/pdfx/1.3/",
    "http://ns.adobe.com/photoshop/1.0/",
)
_CREATOR_TOOL = "{http://ns.adobe.com/xap/1.0/}CreatorTool"
_SAYS_NOTHING = frozenset(
    {"SourceModified", "format", "date", "PDFVersion", "Trapped", "ColorMode", "ICCProfile"}
)


def read_facts(file: BinaryIO, *, seconds: float) -> FileFacts:
    """All facts of an open file; pages are looked at for ``seconds``. Raises whatever pikepdf raises."""
    with pikepdf.open(
        file, suppress_warnings=True, access_mode=pikepdf.AccessMode.mmap, inherit_page_attributes=False
    ) as pdf:
        return _Search(pdf, time.monotonic() + seconds).facts()


class _Search:
    """One file's search: what was found so far, and what could not be looked at."""

    def __init__(self, pdf: pikepdf.Pdf, until: float) -> None:
        self._pdf, self._until = pdf, until
        self._attachments: list[Attachment] = []
        self._scripts: list[Script] = []
        self._metadata: dict[str, str] = {}
        self._notes: set[FactsNote] = set()
        self._seen: set[tuple[int, int]] = set()

    def facts(self) -> FileFacts:
        root = self._pdf.Root
        form = _inside(root, "/AcroForm")
        self._try(lambda: self._document(root))
        self._try(lambda: self._names(_inside(root, "/Names")))
        self._try(lambda: self._bookmarks(_inside(root, "/Outlines", "/First")))
        fields = list(self._fields(_inside(form, "/Fields"), 0))
        self._try(lambda: self._field_actions(fields))
        self._try(self._pages)
        self._try(self._describe)
        return FileFacts(
            attachments=tuple(self._attachments[:MAX_ATTACHMENTS]),
            scripts=tuple(self._scripts[:MAX_SCRIPTS]),
            more_metadata=self._metadata,
            has_xfa=_inside(form, "/XFA") is not None,
            filled_fields=sum(_is_filled(field) for field in fields),
            notes=tuple(sorted(self._notes)),
        )

    def _try(self, look: Callable[[], object]) -> None:
        try:
            look()
        except Exception:  # noqa: BLE001  whatever a broken part made a library raise is about that part only
            self._notes.add(FactsNote.PARTLY)

    # Where things hang --------------------------------------------------------------------------------

    def _document(self, root: Any) -> None:
        for specification in _items(root.get("/AF")):
            self._attach(specification, "", 0)
        opening = root.get("/OpenAction")
        if isinstance(opening, pikepdf.Dictionary):
            self._action(opening, "when the file is opened", by_itself=True)
        self._additional(root, "of the file")

    def _names(self, names: Any) -> None:
        for name, specification in _tree(_inside(names, "/EmbeddedFiles")):
            self._attach(specification, name, 0)
        for name, action in _tree(_inside(names, "/JavaScript")):
            self._action(action, f"script {_text(name, 60)}", by_itself=True)

    def _bookmarks(self, bookmark: Any) -> None:
        """The upper level, and those beneath, as long as there are not too many."""
        waiting, left = [bookmark], _MAX_ITEMS
        while waiting and left:
            item = waiting.pop()
            if not isinstance(item, pikepdf.Dictionary) or not self._is_new(item):
                continue
            left -= 1
            if "/A" in item:
                self._action(item["/A"], "a bookmark")
            waiting += [item.get("/Next"), item.get("/First")]

    def _fields(self, fields: Any, depth: int) -> Iterator[Any]:
        for field in _items(fields):
            if isinstance(field, pikepdf.Dictionary) and depth < _MAX_DEPTH:
                yield field
                yield from self._fields(field.get("/Kids"), depth + 1)

    def _field_actions(self, fields: Iterable[Any]) -> None:
        for field in fields:
            self._actions(field, f"field {_text(field.get('/T', ''), 60)}".strip())

    def _pages(self) -> None:
        for number, page in enumerate(self._pdf.pages, start=1):
            if time.monotonic() > self._until:
                self._notes.add(FactsNote.NOT_ALL_PAGES)
                return
            self._additional(page.obj, f"page {number}")
            for annotation in _items(page.obj.get("/Annots")):
                if not isinstance(annotation, pikepdf.Dictionary):
                    continue
                self._actions(annotation, f"page {number}")
                if annotation.get("/Subtype") == "/FileAttachment":
                    self._attach(annotation.get("/FS"), "", number)

    def _is_new(self, item: Any) -> bool:
        place = item.objgen
        if place == (0, 0):
            return True
        is_new = place not in self._seen
        self._seen.add(place)
        return is_new

    # What they are ------------------------------------------------------------------------------------

    def _attach(self, specification: Any, name: Any, page_number: int) -> None:
        if not isinstance(specification, pikepdf.Dictionary) or not self._is_new(specification):
            return
        if len(self._attachments) >= MAX_ATTACHMENTS:
            self._notes.add(FactsNote.TOO_MANY)
            return
        own_name = specification.get("/UF") or specification.get("/F") or name
        size = _inside(specification, "/EF", "/F", "/Params", "/Size")
        known = int(size) if isinstance(size, int) and 0 <= size < 1 << 53 else None
        self._attachments.append(
            Attachment(_text(own_name, MAX_NAME_CHARACTERS) or "without a name", known, page_number)
        )

    def _actions(self, holder: Any, place: str) -> None:
        if "/A" in holder:
            self._action(holder["/A"], place)
        self._additional(holder, place)

    def _additional(self, holder: Any, place: str) -> None:
        """Actions that start when something happens: a page is turned, a field is left."""
        if "/AA" in holder:
            for action in islice(holder["/AA"].values(), 50):
                self._action(action, place, by_itself=True)

    def _action(self, action: Any, place: str, *, by_itself: bool = False) -> None:
        for _ in range(_MAX_CHAIN):
            if not isinstance(action, pikepdf.Dictionary):
                return
            kind = _BUILT_IN.get(str(action.get("/S", ""))[1:])
            if kind is not None and (by_itself or kind != ActionKind.OPEN_ADDRESS) and self._is_new(action):
                if len(self._scripts) >= MAX_SCRIPTS:
                    self._notes.add(FactsNote.TOO_MANY)
                    return
                self._scripts.append(Script(kind, place, _what(action)))
            action = action.get("/Next")

    def _describe(self) -> None:
        for name, text in self._more_metadata():
            if name and text and len(self._metadata) < MAX_VALUES:
                self._metadata.setdefault(name, text)

    def _more_metadata(self) -> Iterator[tuple[str, str]]:
        """The file's own entries, and what its second description says that the first does not."""
        common = set()
        for name, value in islice(self._pdf.docinfo.items(), MAX_VALUES):
            if name[1:] in _COMMON:
                common.add(_text(value, MAX_VALUE_CHARACTERS))
            elif "Date" not in name and name[1:] not in _SAYS_NOTHING:
                yield _text(name[1:], MAX_NAME_CHARACTERS), _text(value, MAX_VALUE_CHARACTERS)
        stream = self._pdf.Root.get("/Metadata")
        if stream is None or len(stream.read_raw_bytes()) > _MAX_XMP_BYTES:
            return
        for name, value in islice(self._pdf.open_metadata().items(), 500):
            space, _, short = name.removeprefix("{").rpartition("}")
            text = _text(_joined(value), MAX_VALUE_CHARACTERS)
            is_telling = (space in _TELLING and short not in _SAYS_NOTHING) or name == _CREATOR_TOOL
            if is_telling and text not in common:
                yield short, text


def _joined(value: Any) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(sorted(map(str, value)))
    return "" if value is None else str(value)


def _inside(holder: Any, *names: str) -> Any:
    """What is found by one name after another, None when one of them leads nowhere."""
    for name in names:
        holder = holder.get(name) if isinstance(holder, pikepdf.Dictionary | pikepdf.Stream) else None
    return holder


def _what(action: Any) -> str:
    for name in ("/JS", "/URI", "/F", "/Win"):
        if name in action:
            return _text(_inner(action[name]), MAX_SCRIPT_CHARACTERS)
    return ""


def _inner(value: Any) -> Any:
    """A script's text may be a stream, and a file's name a dictionary."""
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes()[: 4 * MAX_SCRIPT_CHARACTERS].decode("utf-8", "replace")
    if isinstance(value, pikepdf.Dictionary):
        return value.get("/UF") or value.get("/F") or ""
    return value


def _is_filled(field: Any) -> bool:
    value = field.get("/V")
    if field.get("/FT") == "/Sig":  # that the file is signed says nothing of anybody's answers
        return False
    return value is not None and str(value) not in ("", "/Off")


def _items(values: Any) -> Iterator[Any]:
    if isinstance(values, pikepdf.Array):
        for number in range(min(len(values), _MAX_ITEMS)):
            yield values[number]


def _tree(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Names and values of a name tree, wherever in it they hang."""
    waiting, left, seen = [tree], _MAX_ITEMS, set()
    while waiting and left:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or (node.objgen != (0, 0) and node.objgen in seen):
            continue
        seen.add(node.objgen)
        left -= 1
        pairs = list(_items(node.get("/Names")))
        yield from zip(pairs[0::2], pairs[1::2], strict=False)
        waiting += list(_items(node.get("/Kids")))


def _text(value: Any, most: int) -> str:
    return " ".join(clean_text(str(value)[: 4 * most]).split())[:most]
