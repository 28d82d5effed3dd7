"""Letters from plain text: what is known is filled in, what is not is a gap that can be seen.

A template in ``archive/letter_files`` has its subject on the first line, after ``Re:``, and then paragraphs
with an empty line between two. ``{name}`` is a fact. A line ``{?name}`` above a paragraph keeps it for
letters in which the fact is known, ``{?!name}`` for those in which it is not; several on one line must all
hold. Words in square brackets are for whoever sends the letter to fill in. Lines are joined, except those
that begin a list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from archive.resources import letter_files_dir
from archive.rules.request_states import RequestLetterKind

SUBJECT_MARK = "Re: "
ARGUMENTS_FILE = "exemptions.txt"
# What is written into the gap where a fact is not known. A fact that is not here is never shown when unknown.
GAP_WORDS: dict[str, str] = {
    "agency": "the agency",
    "answered_on": "day of the agency's answer",
    "appeal_to": "whoever decides the appeal",
    "appealed_on": "day on which you sent the appeal",
    "number": "number that the agency gave the request",
    "records_sought": "the records that you ask for, as exactly as you can name them",
    "requester": "your name",
    "sent_on": "day on which you sent the request",
    "title": "what the records are about",
    "request_statute": "the section under which requests are made",
    "exemption_arguments": (
        "which exemptions the answer claims, for which records, and why each does not apply"
    ),
}
OTHER_GAPS = (
    "your postal address",
    "your e-mail address and telephone number",
    "postal address or e-mail address of the office",
    "which of these it is",
    "the public-records law of your state",
)
_CONDITION = re.compile(r"\{\?(!?)([a-z_]+)\}")
_FACT = re.compile(r"\{([a-z_]+)\}")
_GAP = re.compile(r"\[([^\[\]]{2,300})\]")
_ITEM = re.compile(r"(?:- |\d{1,2}\. )")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``conditions``: a fact and whether it must be known."""

    conditions: tuple[tuple[str, bool], ...]
    text: str

    def holds(self, facts: Mapping[str, str]) -> bool:
        """Whether it belongs into a letter with these facts."""
        return all(bool(facts[name]) is wanted for name, wanted in self.conditions)


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """One kind of letter."""

    subject: str
    paragraphs: tuple[Paragraph, ...]


@cache
def letter_template(kind: RequestLetterKind) -> LetterTemplate:
    """The template of a kind. They change with the program and never while it runs."""
    return parse_template(_read(f"{kind.value}.txt"))


@cache
def exemption_arguments() -> Mapping[str, str]:
    """What is said against an exemption, by its code: ``b5``, ``b5dpp``; and ``state``, ``privacy_act``,
    ``classification``, ``other`` for all others of their kind."""
    pieces = re.split(r"^= (\w+)\n", _read(ARGUMENTS_FILE), flags=re.MULTILINE)
    return {code: _joined(text.strip()) for code, text in zip(pieces[1::2], pieces[2::2], strict=True)}


def parse_template(text: str) -> LetterTemplate:
    """Raises ``ValueError`` for a text without a subject."""
    first, _, rest = text.partition("\n")
    if not first.startswith(SUBJECT_MARK):
        raise ValueError("a letter begins with its subject")
    blocks = [block for block in re.split(r"\n\s*\n", rest.strip()) if block.strip()]
    return LetterTemplate(first.removeprefix(SUBJECT_MARK).strip(), tuple(map(_paragraph, blocks)))


def fill(template: LetterTemplate, facts: Mapping[str, str]) -> tuple[str, str]:
    """Subject and text. Raises ``KeyError`` for a fact that is neither given nor has words for its gap."""
    kept = (paragraph.text for paragraph in template.paragraphs if paragraph.holds(facts))
    subject = " ".join(fill_text(template.subject, facts).split())
    return subject, "\n\n".join(fill_text(text, facts) for text in kept)


def fill_text(text: str, facts: Mapping[str, str]) -> str:
    """Each ``{name}`` by its fact; nothing in a fact is taken for a place to fill."""
    return _FACT.sub(lambda found: facts[found[1]] or f"[{GAP_WORDS[found[1]]}]", text)


def gap(words: str) -> str:
    """A gap that is no fact of a template. ``words`` is one of ``OTHER_GAPS``."""
    return f"[{OTHER_GAPS[OTHER_GAPS.index(words)]}]"


def gaps_in(*texts: str) -> tuple[str, ...]:
    """What is still to be filled in, each once, in order: the words of our own gaps alone. Brackets that
    somebody wrote ('[sic]') are none."""
    known = _gap_words()
    found = (" ".join(match[1].split()) for text in texts for match in _GAP.finditer(text))
    return tuple(dict.fromkeys(words for words in found if words in known))


@cache
def _gap_words() -> frozenset[str]:
    names = [f"{kind.value}.txt" for kind in RequestLetterKind] + [ARGUMENTS_FILE]
    written = (" ".join(match[1].split()) for name in names for match in _GAP.finditer(_read(name)))
    return frozenset((*written, *GAP_WORDS.values(), *OTHER_GAPS))


def _paragraph(block: str) -> Paragraph:
    first, _, rest = block.partition("\n")
    conditions = _CONDITION.findall(first)
    if conditions and not _CONDITION.sub("", first).strip():
        return Paragraph(tuple((name, not negated) for negated, name in conditions), _joined(rest))
    return Paragraph((), _joined(block))


def _joined(text: str) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and not _ITEM.match(line):
            lines[-1] = f"{lines[-1]} {line.strip()}"
        else:
            lines.append(line.strip())
    return "\n".join(lines)


@cache
def _read(name: str) -> str:
    return (letter_files_dir() / name).read_text(encoding="utf-8")
