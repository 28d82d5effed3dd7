"""Finding pages: a query tree, one analyzer, and the engines that answer."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from archive.errors import BadSetting
from archive.ports import SearchEngine
from archive.settings import Settings

WHOOSH_SCHEME = "whoosh"
_MEGABYTE = 1024 * 1024


def open_engine(settings: Settings) -> SearchEngine:
    """The engine that READING_ROOM_SEARCH_URL names. Raises ``BadSetting``."""
    address = urlsplit(settings.search_url)
    path = unquote(address.path)
    if address.scheme != WHOOSH_SCHEME or address.netloc or not path.startswith("/"):
        raise BadSetting(
            "READING_ROOM_SEARCH_URL names no search engine that this version has.",
            help="Write whoosh:///path/to/folder for an index in a folder, or leave it out.",
        )
    from archive.search.cache import ArrayCache
    from archive.search.whoosh_engine import WhooshEngine

    return WhooshEngine(Path(path), ArrayCache(settings.search_cache_mb * _MEGABYTE))
