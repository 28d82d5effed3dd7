"""One table of a law file, read field by field, so that whoever wrote it is told what is wrong and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from archive.errors import ArchiveError

Word = TypeVar("Word", bound=StrEnum)


class BadLawFile(ArchiveError):
    """A file of the law cannot be read. The sentence names the file, the place in it, and what to write."""

    code = "bad_law_file"
    sentence = "A file of the public-records laws cannot be read."
    help = "Correct the file in archive/law_files; CONTRIBUTING.md says what is in one."
    status = 500


class LawTable:
    """``where`` is how the place is named to people: 'us-ca.toml, [limit.answer]'."""

    def __init__(self, where: str, fields: Mapping[str, object]) -> None:
        self.where = where
        self._fields = dict(fields)

    def wrong(self, sentence: str) -> BadLawFile:
        """The error to raise for this place."""
        return BadLawFile(f"{self.where}: {sentence}")

    def text(self, name: str, default: str | None = None) -> str:
        """Line breaks count as spaces. Without ``default`` it must be there and say something."""
        value = self._fields.pop(name, default)
        if value is None:
            raise self.wrong(f"'{name}' is missing.")
        if not isinstance(value, str):
            raise self.wrong(f"'{name}' must be words in quotation marks, not {value!r}.")
        said = " ".join(value.split())
        if not said and default is None:
            raise self.wrong(f"'{name}' is empty.")
        return said

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of words; empty where it is not there."""
        value = self._fields.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.wrong(f"'{name}' must be a list of words in quotation marks.")
        return tuple(" ".join(item.split()) for item in value)

    def number(self, name: str) -> int | None:
        """A whole number above 0; None where it is not there."""
        value = self._fields.pop(name, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self.wrong(f"'{name}' must be a whole number above 0, not {value!r}.")
        return value

    def yes(self, name: str, *, default: bool = False) -> bool:
        """True or false; ``default`` where it is not there."""
        value = self._fields.pop(name, default)
        if not isinstance(value, bool):
            raise self.wrong(f"'{name}' must be true or false, not {value!r}.")
        return value

    def day(self, name: str) -> date:
        """A date without quotation marks."""
        value = self._fields.pop(name, None)
        if type(value) is not date:
            raise self.wrong(f"'{name}' must be a date like 2026-11-29, without quotation marks.")
        return value

    def word(self, name: str, words: type[Word], default: Word | None = None) -> Word:
        """One of a few words."""
        said = self.text(name, default)
        try:
            return words(said)
        except ValueError:
            raise self.wrong(f"'{name}' must be one of {', '.join(words)}, not '{said}'.") from None

    def has(self, name: str) -> bool:
        """Whether it is there and was not read yet."""
        return name in self._fields

    def table(self, name: str) -> LawTable:
        """The table [name], empty where it is not there."""
        value = self._fields.pop(name, {})
        if not isinstance(value, dict):
            raise self.wrong(f"'{name}' must be a table: write [{name}] on a line of its own.")
        return LawTable(f"{self.where}, [{name}]", value)

    def tables(self, name: str) -> Iterator[LawTable]:
        """The tables [[name]], in order."""
        value = self._fields.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(f"'{name}' must be tables: write [[{name}]] on a line of its own before each.")
        for place, item in enumerate(value, start=1):
            yield LawTable(f"{self.where}, [[{name}]] {place}", item)

    def named_tables(self) -> Iterator[tuple[str, LawTable]]:
        """All that is in this table, each a table of its own: [limit.answer], [limit.appeal]."""
        for name in tuple(self._fields):
            value = self._fields.pop(name)
            if not isinstance(value, dict):
                raise self.wrong(f"'{name}' must be a table of its own.")
            yield name, LawTable(f"{self.where.removesuffix(']')}.{name}]", value)

    def end(self) -> None:
        """Nothing may be left: a field with a slip in its name would be lost without a word."""
        if self._fields:
            names = ", ".join(f"'{name}'" for name in sorted(self._fields))
            raise self.wrong(f"nothing is called {names} here.")
