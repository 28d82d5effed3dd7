"""The addresses of citations, lists and collections."""

from __future__ import annotations

from collections.abc import Iterable

from archive.rules.addresses import _window, document_path, with_parameters


def cite_path() -> str:
    """Where a passage is cited: the form, and where it is sent."""
    return "/cite"


def citation_path(citation_id: str) -> str:
    """The permanent address of a citation."""
    return f"/cite/{citation_id}"


def citation_json_path(citation_id: str) -> str:
    """The citation as JSON-LD: what can be checked without this site."""
    return f"{citation_path(citation_id)}.json"


def citation_image_path(citation_id: str) -> str:
    """A picture of the cited passage with its source."""
    return f"{citation_path(citation_id)}.png"


def citation_embed_path(citation_id: str) -> str:
    """The citation as it is shown inside other sites."""
    return f"{citation_path(citation_id)}/embed"


def citation_style_path(citation_id: str, style: str) -> str:
    """The citation in one style, as a file: ``style`` is an id in ``archive.exports.citation_styles``."""
    return f"{citation_path(citation_id)}/styles/{style}"


def cite_check_path() -> str:
    """Where the citations of a draft are checked."""
    return "/cite/check"


def cite_list_path(citation_ids: Iterable[str] = (), form: str = "") -> str:
    """A reader's list of citations; ``form`` is an id in ``archive.exports.citation_lists``: as a file."""
    path = f"/cite/list.{form}" if form else "/cite/list"
    return with_parameters(path, [("id", citation_id) for citation_id in citation_ids])


def evidence_pack_path() -> str:
    """Where an evidence pack is put together."""
    return "/cite/pack"


def unapi_path() -> str:
    """Where reference managers ask for a record by its number (http://unapi.info/specs/)."""
    return "/unapi"


def collections_path(window: int = 1) -> str:
    """All collections that the visitor may see."""
    return with_parameters("/collections", _window(window))


def collection_path(slug: str) -> str:
    """One collection."""
    return f"/collections/{slug}"


def cited_by_path(document_id: str) -> str:
    """Where a link to something that cites this document is proposed."""
    return f"{document_path(document_id)}/cited-by"
