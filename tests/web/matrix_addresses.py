"""The addresses of the route matrix: which a route has for a document or a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.routing import Rule

from tests.web.matrix_requests import RequestCase, fill_request

if TYPE_CHECKING:
    from tests.web.matrix import Case

COLLECTION = "everything"


def is_of_a_document(rule: Rule) -> bool:
    """Whether its address names a document, or a citation of one."""
    return bool(rule.arguments & {"document_id", "citation_id"})


def methods_of(rule: Rule) -> list[str]:
    """What it answers to, apart from OPTIONS."""
    return sorted((rule.methods or set()) - {"OPTIONS"})


def fill(rule: Rule, case: Case | RequestCase) -> str:
    """The address of this route for this document or request."""
    values = fill_request(rule.rule, case) if isinstance(case, RequestCase) else _values(rule, case)
    missing = {name: 999 if name.endswith("_id") else "f" * 32 for name in rule.arguments}
    made = {name: values.get(name, missing[name]) for name in rule.arguments}
    built = rule.build(made, append_unknown=False)
    assert built is not None
    return built[1]


def _values(rule: Rule, case: Case) -> dict[str, object]:
    return {
        "document_id": case.document.id,
        "citation_id": case.citation_id,
        "style": "bluebook",
        "page_number": 1,
        "slug": COLLECTION if rule.rule.startswith("/collections/") else case.words[7],
        "form": "csv",
        "name": "site.css",
        "kind": "agencies",
        "number": 1,
        "batch_id": "b" * 32,
        "field": "title",
        "law_id": "us",
    }
