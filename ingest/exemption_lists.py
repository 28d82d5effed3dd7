"""Reading a list of exemption codes that begins at one place of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from ingest import exemption_patterns as look
from ingest.exemption_law import StateLaw, exemptions, named_statutes, state_laws

_SURE, _BARE, _WEAK, _MENDED = 1.0, 0.9, 0.6, 0.7


class ListedCode(NamedTuple):
    """One code of a list: where it ends, what it is, how sure. ``family`` says what may go on after it."""

    end: int
    codes: tuple[str, ...]
    family: str
    confidence: float = _SURE
    statute: str = ""


class CodeList(NamedTuple):
    """Codes that stand together, each once."""

    end: int
    codes: tuple[str, ...]
    statute: str
    confidence: float
    family: str  # of the first


@dataclass(frozen=True, slots=True)
class CodeReader:
    """Reads lists of codes in one text. In a label bare codes count; OCR is mended only where asked."""

    text: str
    laws: tuple[StateLaw, ...]
    is_label: bool = False
    is_ocr: bool = False

    @classmethod
    def of(cls, text: str, *, is_label: bool = False, is_ocr: bool = False) -> CodeReader:
        """The reader of one text."""
        laws = (law for law in state_laws().values() if any(anchor in text for anchor in law.anchors))
        return cls(text, tuple(laws), is_label, is_ocr)

    def list_at(self, at: int) -> CodeList | None:
        """The list that begins at ``at``; None when none does."""
        found = self._first(at)
        if found is None or (self.is_label and look.CITED.search(self.text[max(0, at - 5) : at])):
            return None
        items, codes = [found], list(found.codes)
        # In the cells of a table the same codes come again: each time they stand for other words.
        while (following := self._next(items[-1])) and not set(following.codes) & set(codes):
            items.append(following)
            codes += following.codes
        statutes = dict.fromkeys(item.statute for item in items if item.statute)
        confidence = min(item.confidence for item in items)
        return CodeList(items[-1].end, tuple(codes), "; ".join(statutes), confidence, items[0].family)

    def _first(self, at: int) -> ListedCode | None:
        found = self._bracketed(at)
        if self.is_label:
            found = found or self._bare(at)
        if self.is_ocr:
            mended = self._mended(at)
            found = mended if mended and (found is None or mended.end > found.end) else found
        return self._with_what_is_beside(found) if found else None

    def _next(self, last: ListedCode) -> ListedCode | None:
        gap = look.GAP.match(self.text, last.end)
        assert gap is not None
        joined = gap[0].strip() != "" or gap[0] == "" or self.is_label
        found = self._gone_on(last, gap.end()) if joined else None
        if found is not None:
            return self._with_what_is_beside(found)
        return self._first(gap.end()) if joined or gap[0] == " " else None

    def _bracketed(self, at: int) -> ListedCode | None:
        if found := look.FOIA.match(self.text, at):
            return ListedCode(found.end(), (_foia(found),), "foia")
        if found := look.PRIVACY_ACT.match(self.text, at):
            code = f"{found['part']}{found['digit']}".lower()
            return ListedCode(found.end(), (code,), "privacy") if code in exemptions() else None
        if found := look.CLASSIFICATION.match(self.text, at):
            return ListedCode(found.end(), (_classification(found),), "order")
        return self._state(at)

    def _bare(self, at: int) -> ListedCode | None:
        if found := look.BARE.match(self.text, at):
            return ListedCode(self._after_number(found.end()), (_foia(found),), "bare", _BARE)
        if found := look.BARE_PRIVACY_ACT.match(self.text, at):
            code = f"{found['part']}{found['digit']}".lower()
            return ListedCode(found.end(), (code,), "bare", _WEAK) if code in exemptions() else None
        if found := look.SEVEN_ALONE.match(self.text, at):
            return ListedCode(found.end(), (f"b7{found['letter'].lower()}",), "alone", _WEAK)
        if found := look.PRIVILEGE.match(self.text, at):
            return ListedCode(found.end(), (str(found.lastgroup),), "alone", _WEAK)
        return None

    def _state(self, at: int) -> ListedCode | None:
        for law in self.laws:
            found = law.named.match(self.text, at)
            if found is None and law.bare is not None:
                found = law.bare.match(self.text, at)
            if found is not None:
                return ListedCode(found.end(), (law.code_of(found),), "state")
        return None

    def _mended(self, at: int) -> ListedCode | None:
        found = look.OCR_FOIA.match(self.text, at)
        if found and (self.is_label or found["b"] in "bB"):
            code = _mended_code(found["digit"], found["letter"])
            sure = _MENDED if found["b"] in "bB" and found["digit"] in "123456789" else _MENDED - 0.1
            return ListedCode(found.end(), (code,), "foia", sure) if code else None
        found = look.OCR_BARE.match(self.text, at) if self.is_label else None
        if found and (found["b"] == "B" or (found["digit"] or found["seven"]).isdigit()):
            code = _mended_code(found["digit"] or "", found["letter"])
            return ListedCode(found.end(), (code,), "bare", _MENDED - 0.2) if code else None
        return None

    def _gone_on(self, last: ListedCode, at: int) -> ListedCode | None:
        """A code of which only the number or the letter is written again."""
        sure = last.confidence
        foia = last.family in ("foia", "bare")
        if foia and last.codes[0][:2] == "b7" and (found := look.LETTER_ON.match(self.text, at)):
            return ListedCode(found.end(), (f"b7{found['letter'].lower()}",), last.family, sure)
        if last.family == "foia" and (found := look.NUMBER_ON.match(self.text, at)):
            return ListedCode(found.end(), (_foia(found),), "foia", sure)
        if last.family == "order" and (found := look.REASON_ON.match(self.text, at)):
            return ListedCode(found.end(), (f"1.4{found['reason'].lower()}",), "order", sure)
        bare = self.is_label and foia and at > last.end
        if bare and (found := look.BARE_ON.match(self.text, at)):
            return ListedCode(self._after_number(found.end()), (_foia(found),), last.family, sure)
        return None

    def _with_what_is_beside(self, item: ListedCode) -> ListedCode:
        match item.codes[0]:
            case "b5":
                return self._with_privileges(item)
            case "b2":
                beside = self._beside(item.end, look.HIGH_LOW)
                level = beside["level"].lower() if beside else ""
                return item._replace(end=beside.end(), codes=(f"b2{level}",)) if beside else item
            case "b3":
                end, statute = self._statute(item.end)
                return item._replace(end=end, statute=statute)
            case _:
                return item

    def _with_privileges(self, item: ListedCode) -> ListedCode:
        end, codes = item.end, list[str]()
        while (found := self._beside(end, look.PRIVILEGE)) is not None:
            end = found.end()
            codes.append(str(found.lastgroup))
        return item._replace(end=end, codes=tuple(dict.fromkeys(codes)) or item.codes)

    def _beside(self, end: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
        gap = look.BESIDE.match(self.text, end)
        assert gap is not None
        if "\n" in gap[0] and not self.is_label:
            return None
        return pattern.match(self.text, gap.end())

    def _statute(self, end: int) -> tuple[int, str]:
        """Where the law named with (b)(3) ends, and its name; where it began, and nothing."""
        for statute in named_statutes():
            if statute.named is not None and (known := self._beside(end, statute.named)):
                return known.end(), statute.name
        found = self._beside(end, look.STATUTE)
        if found and not (found["title"] == "5" and found["section"].startswith("552")):
            return self._closed(found), _statute_name(found)
        return end, ""

    def _closed(self, found: re.Match[str]) -> int:
        closing = re.compile(r"\s?[)\]]").match(self.text, found.end()) if found["opened"] else None
        return closing.end() if closing else found.end()

    def _after_number(self, end: int) -> int:
        number = look.NUMBERED.match(self.text, end) if self.is_label else None
        return number.end() if number else end


def _foia(found: re.Match[str]) -> str:
    return f"b{found['digit']}{(found['letter'] or '').lower()}"


def _classification(found: re.Match[str]) -> str:
    if found["reason"]:
        return f"1.4{found['reason'].lower()}"
    return "3.5c" if found["review"] else f"3.3b{found['after_25'] or found['marked_25']}"


def _mended_code(digit: str, letter: str | None) -> str | None:
    """Only (b)(7) has letters: what stands before one is a 7, however it was read."""
    if letter is not None:
        return f"b7{look.OCR_LETTERS.get(letter, letter.lower())}"
    number = look.OCR_DIGITS.get(digit, digit)
    return f"b{number}" if number else None


def _statute_name(found: re.Match[str]) -> str:
    if found["public"]:
        return f"Pub. L. {found['public'].replace('–', '-')}"
    section = re.sub(r"\s", "", found["section"]).replace("–", "-")
    return f"{found['title']} U.S.C. {section}"
