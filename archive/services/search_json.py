"""The JSON object that ``search --json`` and ``/api/v1/search`` answer with."""

from __future__ import annotations

from typing import Any

from archive.rules.addresses import document_path, page_path
from archive.services.search import Facet, FoundDocument, FoundPage
from archive.services.search_answer import Answer


def search_as_json(answer: Answer) -> dict[str, Any]:
    """The answer as plain values, with exactly the names that scripts rely on."""
    window = answer.window
    loosened = [answer.loosened.sentence] if answer.loosened else []
    return {
        "query": window.query.text,
        "total_pages": window.total_pages,
        "total_documents": window.total_documents,
        "took_ms": window.took_ms,
        "facets": {facet.name: _facet(facet) for facet in window.facets},
        "documents": [_document(found, window.query.text) for found in window.documents],
        "warnings": [*loosened, *window.warnings],
        "synonyms": {use.name: list(use.added) for use in answer.synonyms},
    }


def _facet(facet: Facet) -> list[dict[str, Any]]:
    """An agency's value is its short name, as it stands on each document; a filter takes either."""
    named = facet.name == "agency"
    return [
        {
            "value": value.label if named else value.value,
            "label": value.label,
            "pages": value.pages,
            "documents": value.documents,
        }
        for value in facet.values
    ]


def _document(found: FoundDocument, query_text: str) -> dict[str, Any]:
    document = found.document
    return {
        "id": document.id,
        "title": document.title,
        "agency": document.agency.short_name if document.agency else None,
        "kind": document.kind.value if document.kind else None,
        "dated_on": document.dated_on.isoformat() if document.dated_on else None,
        "url": document_path(document.id),
        "source_file": document.source_file,
        "sha256": document.sha256,
        "page_count": document.page_count,
        "pages": [_page(document.id, page, query_text) for page in found.pages],
    }


def _page(document_id: str, page: FoundPage, query_text: str) -> dict[str, Any]:
    return {
        "page_number": page.page_number,
        "label": page.label,
        "score": page.score,
        "snippet": str(page.snippet),
        "url": page_path(document_id, page.page_number, query_text),
        "source": page.source,
        "quality": round(page.quality, 3),
    }
