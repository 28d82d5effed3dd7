"""Several names for one thing: ``S-Comm`` is also ``Secure Communities``.

They stand in a file that an operator may edit, one line for one thing. Only plain words are expanded:
what stands in quotation marks, beside ``/5``, in a field, in a shape or under NOT is left as it was asked.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from archive.errors import BadSetting
from archive.rules.query import And, AtLeast, Leaf, Node, Or, Phrase, Same, Term, Word
from archive.search.analysis import tokenize, words_of
from archive.search.query_leaves import units_of

_log = logging.getLogger(__name__)
FILE_NAME = "synonyms.txt"
SHIPPED = Path(__file__).with_name(FILE_NAME)
MAX_FILE_BYTES = 512 * 1024
MAX_NAMES = 12  # on one line
MAX_WORDS = 8  # of one name
MAX_USES = 20  # in one query

_HELP = "Write the names of one thing on one line: S-Comm = Secure Communities. A # begins a remark."
_COMMENT = re.compile(r"(?:^|\s)#.*")
_OPERATORS = re.compile(r'["*?~]|\b(?:AND|OR|NOT)\b')


class SynonymUse(NamedTuple):
    """What was added to a query: for which name, which others. As they are written in the file."""

    name: str
    added: tuple[str, ...]


class _Name(NamedTuple):
    """One of the names of a thing: as written, how it is recognised, and how it is looked for."""

    written: str
    keys: tuple[str, ...]
    leaf: Leaf


class SynonymBook:
    """The names that mean the same. ``lines`` are checked; see ``load``."""

    def __init__(self, lines: Sequence[Sequence[str]] = ()) -> None:
        self._others: dict[tuple[str, ...], tuple[_Name, list[_Name]]] = {}
        for line in lines:
            names = [_name(written) for written in line]
            for name in names:
                _, others = self._others.setdefault(name.keys, (name, []))
                others += [other for other in names if other.keys != name.keys and other not in others]
        self._longest = max(map(len, self._others), default=0)

    @classmethod
    def load(cls, path: Path) -> SynonymBook:
        """The book in a file. Raises ``BadSetting`` with the number of the line that is wrong."""
        return cls(list(_iter_lines(path)))

    def expand(self, tree: Node) -> tuple[Node, tuple[SynonymUse, ...]]:
        """The tree that also finds the other names, and what was added to it."""
        uses: dict[tuple[str, ...], SynonymUse] = {}
        return self._expanded(tree, uses), tuple(uses.values())

    def _expanded(self, node: Node, uses: dict[tuple[str, ...], SynonymUse]) -> Node:
        match node:
            case And(parts):
                said = tuple(dict.fromkeys(self._iter_expanded(parts, uses)))
                return said[0] if len(said) == 1 else And(said)
            case Or(parts):
                return Or(tuple(dict.fromkeys(self._expanded(part, uses) for part in parts)))
            case AtLeast(count, leaves):
                return AtLeast(count, tuple(self._expanded_leaf(leaf, uses) for leaf in leaves))
            case Term() | Phrase() | Same():
                return self._expanded_leaf(node, uses)
            case _:
                return node

    def _iter_expanded(
        self, parts: Sequence[Node], uses: dict[tuple[str, ...], SynonymUse]
    ) -> Iterator[Node]:
        """Words side by side may be a name together: the longest counts."""
        keys = [_key(part) for part in parts]
        at = 0
        while at < len(parts):
            count = self._name_length(keys, at)
            if count > 1 and (added := self._added(tuple(keys[at : at + count]), uses)):
                yield Or((And(tuple(parts[at : at + count])), _one_of(added)))
            else:
                count = 1
                yield self._expanded(parts[at], uses)
            at += count

    def _name_length(self, keys: Sequence[str], at: int) -> int:
        for count in range(min(self._longest, len(keys) - at), 1, -1):
            if tuple(keys[at : at + count]) in self._others:
                return count
        return 1

    def _expanded_leaf(self, leaf: Leaf, uses: dict[tuple[str, ...], SynonymUse]) -> Leaf:
        key = _key(leaf)
        added = self._added((key,), uses) if key else []
        return _one_of([leaf, *added]) if added else leaf

    def _added(self, keys: tuple[str, ...], uses: dict[tuple[str, ...], SynonymUse]) -> list[Leaf]:
        found = self._others.get(keys)
        if found is None or not found[1] or (keys not in uses and len(uses) >= MAX_USES):
            return []
        name, others = found
        uses[keys] = SynonymUse(name.written, tuple(other.written for other in others))
        return [other.leaf for other in others]


def open_synonyms(home: Path) -> SynonymBook:
    """The operator's book in the home, else the one that ships with the program. Raises ``BadSetting``."""
    return SynonymBook.load(synonyms_path(home))


def current_synonyms(home: Path) -> SynonymBook:
    """The book that counts now, read anew when its file has changed.

    A file with a mistake must not stop searches: the shipped book takes its place until the file is
    mended; the log and ``reading-room check`` tell.
    """
    path = synonyms_path(home)
    try:
        state = path.stat()
        return _loaded(path, state.st_mtime_ns, state.st_size)
    except OSError:  # taken away at this moment
        return _loaded(SHIPPED, 0, 0)


@lru_cache(maxsize=8)
def _loaded(path: Path, _changed_ns: int, _bytes: int) -> SynonymBook:
    try:
        return SynonymBook.load(path)
    except BadSetting as error:
        _log.warning("the shipped synonyms are used: %s", error.sentence)
        return SynonymBook.load(SHIPPED)


def synonyms_path(home: Path) -> Path:
    """The file that counts for an archive."""
    own = home / FILE_NAME
    return own if own.exists() else SHIPPED


def _iter_lines(path: Path) -> Iterator[list[str]]:
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise BadSetting(f"{path} cannot be read.", help="Check its permissions, or remove it.") from error
    except UnicodeDecodeError as error:
        at = data[: error.start].count(b"\n") + 1
        raise BadSetting(f"Line {at} of {path} is not UTF-8.", help="Save the file as UTF-8.") from error
    if len(data) > MAX_FILE_BYTES:
        raise BadSetting(f"{path} is larger than {MAX_FILE_BYTES // 1024} KiB.", help=_HELP)
    for number, line in enumerate(text.splitlines(), start=1):
        said = _COMMENT.sub("", line).strip()
        if said:
            names = [" ".join(name.split()) for name in re.split("[=,]", said)]
            if mistake := _mistake_in(names):
                raise BadSetting(f"Line {number} of {path}: {mistake}", help=_HELP)
            yield names


def _mistake_in(names: Sequence[str]) -> str:
    """What is wrong with a line; empty when nothing is."""
    if len(names) < 2:
        return f"“{names[0]}” has no other name beside it."
    if len(names) > MAX_NAMES:
        return f"There are more than {MAX_NAMES} names."
    for name in names:
        words = words_of(tokenize(name))
        if not words:
            return f"“{name}” has no word." if name else "A name is missing before or after a sign."
        if len(words) > MAX_WORDS:
            return f"“{name}” has more than {MAX_WORDS} words."
        if found := _OPERATORS.search(name):
            return f"“{found[0]}” cannot stand in a name."
    if len({_name(name).keys for name in names}) < len(names):
        return "Two of the names are the same to a search."
    return ""


def _name(written: str) -> _Name:
    units = units_of(written, exact=False)
    leaf: Leaf = units[0]
    if isinstance(leaf, Term) and leaf.word.isalpha():
        leaf = _in_both_numbers(leaf.word, is_abbreviation=written.isupper())
    if len(units) > 1:
        leaf = Phrase(tuple(word.form for word in words_of(tokenize(written))), exact=False)
    return _Name(written, tuple(map(_key, units)), leaf)


def _in_both_numbers(word: str, *, is_abbreviation: bool) -> Same | Phrase:
    """A single word, without its other endings: 'detained' is no name for an I-247."""
    if word.endswith("s") and is_abbreviation:
        return Phrase((word,))
    other = _singular(word) if word.endswith("s") else f"{word}s"
    return Same((Phrase((word,)), Phrase((other,))))


def _key(node: Node) -> str:
    """How a plain word or thing is recognised, in the singular or plural; empty for anything else."""
    match node:
        case Term(word, exact):
            return "" if exact else _singular(word)
        case Phrase(words, exact):
            return "" if exact else " ".join(map(_singular, words))
        case Same(parts):
            return _key(parts[0])
        case _:
            return ""


def _singular(word: str) -> str:
    """Stems would go too far: 'detained' has the stem of 'detainer'."""
    return word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word


def _one_of(leaves: Sequence[Leaf]) -> Leaf:
    ways: list[Word] = []
    for leaf in leaves:
        if isinstance(leaf, Same):
            ways += leaf.parts
        elif isinstance(leaf, Word):
            ways.append(leaf)
    different = tuple(dict.fromkeys(ways))
    return different[0] if len(different) == 1 else Same(different)
