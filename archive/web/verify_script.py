"""The program that checks a citation without this site, handed out as it is."""

from __future__ import annotations

from flask import Blueprint, Response

from archive.resources import static_dir
from archive.rules.access import public

blueprint = Blueprint("verify_script", __name__)
_NAME = "verify_citation.py"


@blueprint.get(f"/{_NAME}")
@public
def show() -> Response:
    """The program, to be read or saved."""
    response = Response((static_dir() / _NAME).read_bytes(), content_type="text/x-python; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_NAME}"'
    return response
