"""What people write in a collection is looked through before everybody sees it."""

from __future__ import annotations

from collections.abc import Iterable

from archive.rules.access import Action, Viewer
from archive.rules.collection_errors import LikelyPrivate
from archive.rules.privacy import find_private
from archive.rules.privacy_words import FINDING_WORDS


def refuse_private(texts: Iterable[tuple[str, str]], *, viewer: Viewer, was_looked_at: bool) -> list[str]:
    """Raise ``LikelyPrivate`` for what may be private in ``texts``: each with the words for its place. An
    editor who says that it ``was_looked_at`` may have it shown: then the places are returned, for the log.
    """
    found = [
        (FINDING_WORDS[span.kind], place, text[span.start : span.end])
        for place, text in texts
        for span in find_private(text)
    ]
    if found and not (was_looked_at and viewer.may(Action.REVIEW)):
        raise LikelyPrivate([f"{kind} in {place}: {said}" for kind, place, said in found])
    return sorted({f"{kind} in {place}" for kind, place, _ in found})
