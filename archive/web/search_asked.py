"""A search as the address has it, for what also answers when nothing is asked for."""

from __future__ import annotations

from flask import request

from archive.rules.access import READER, Viewer
from archive.rules.query import All, Query
from archive.services.search import SearchRequest, parse_search
from archive.services.search_request import Parameters
from archive.web.current import parts
from archive.web.identity import viewer
from archive.web.search_address import SearchAddress


def address_of(parameters: Parameters) -> SearchAddress:
    """What of these parameters says what is looked for."""
    return SearchAddress.from_pairs((name, value) for name, values in parameters.items() for value in values)


def searcher() -> Viewer:
    """For whom is searched: whoever looks; with ``shown=published`` anybody."""
    return READER if request.args.get("shown") == "published" else viewer()


def asked_or_everything(parameters: Parameters, *, as_written: bool = False) -> SearchRequest:
    """The search; every page when neither words nor filters are given. ``as_written``: without other names
    of a thing, so that what is followed for years does not change with a list. Raises ``BadQuery``."""
    address = address_of(parameters)
    if address.query_text or address.filters:
        return parse_search(parameters, None if as_written else parts().synonyms)
    return SearchRequest(Query("", All()))
