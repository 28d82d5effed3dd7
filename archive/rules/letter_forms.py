"""What somebody typed into the form of a letter."""

from __future__ import annotations

from dataclasses import dataclass

from archive.rules.request_errors import BadRequestForm

MOST_SUBJECT, MOST_LINES, MOST_TEXT = 300, 2_000, 40_000  # characters
# Each line is a paragraph of its own in a file, which takes its time.
_MOST_LINES_OF = {"addressee": 20, "text": 800, "signature": 20}


@dataclass(frozen=True, slots=True)
class LetterForm:
    """``addressee`` and ``signature`` are lines, ``text`` is paragraphs with an empty line between two."""

    subject: str
    addressee: str
    text: str
    signature: str


def clean_letter(form: LetterForm) -> LetterForm:
    """With line ends of one kind and no space at the ends. Raises ``BadRequestForm``."""
    made = LetterForm(
        " ".join(form.subject.split()), _lines(form.addressee), _lines(form.text), _lines(form.signature)
    )
    if not made.text:
        raise BadRequestForm(
            "A letter needs words.", field="text", help="Write its text, or choose it again."
        )
    if not made.subject:
        raise BadRequestForm("A letter needs a subject.", field="subject", help="Write what it is about.")
    for name, text, most in (
        ("subject", made.subject, MOST_SUBJECT),
        ("addressee", made.addressee, MOST_LINES),
        ("text", made.text, MOST_TEXT),
        ("signature", made.signature, MOST_LINES),
    ):
        if len(text) > most:
            raise BadRequestForm(
                f"The {name} of this letter is too long.",
                field=name,
                help=f"Write {most:,} characters at most.",
            )
        if text.count("\n") >= _MOST_LINES_OF.get(name, 1):
            raise BadRequestForm(
                f"The {name} of this letter has too many lines.",
                field=name,
                help=f"Write {_MOST_LINES_OF.get(name, 1)} lines at most.",
            )
    return made


def _lines(text: str) -> str:
    kept = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip("\n").strip()
