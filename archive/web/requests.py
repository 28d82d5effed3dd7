"""Public-records requests: one of them, with its explained clocks."""

from __future__ import annotations

from flask import Blueprint

from archive.web.request_words import REQUEST_FILTERS

blueprint = Blueprint("requests", __name__)
blueprint.record_once(lambda state: state.app.jinja_env.filters.update(REQUEST_FILTERS))
