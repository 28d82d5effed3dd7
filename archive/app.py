"""Joins the parts into one web application. The only place that knows all routes."""

from __future__ import annotations

import gc

from flask import Flask, Response

from archive.api import search as search_api
from archive.api.errors import answer_as_json
from archive.parts import Parts, open_parts
from archive.resources import templates_dir
from archive.settings import Settings
from archive.web import (
    account,
    account_requests,
    admin,
    admin_accounts,
    audit,
    authenticator,
    bates,
    better_copies,
    citation_files,
    citations,
    cite_check,
    cite_list,
    citing,
    citing_works,
    collection_editing,
    collection_feed,
    collections,
    comparisons,
    deadline_calculator,
    description_table,
    descriptions,
    documents,
    embeds,
    evidence_pack,
    files,
    home,
    invitations,
    laws,
    letters,
    pages,
    productions,
    questions,
    record_matches,
    redaction_figures,
    redactions,
    released_later,
    renaming,
    request_calendars,
    request_details,
    request_editing,
    request_events,
    request_import,
    request_mail,
    request_publication,
    request_yields,
    requests,
    requests_csv,
    review,
    review_decisions,
    saved_searches,
    search,
    search_csv,
    search_feed,
    search_help,
    shelves,
    sign_in,
    sitemap,
    splitting,
    suggest,
    term_report,
    tus,
    unapi,
    uploads,
    vaughn_editing,
    vaughn_indexes,
    verify_script,
    your_town,
)
from archive.web.assets import install_assets
from archive.web.compression import install_compression
from archive.web.current import PARTS, RENDERER, wants_json
from archive.web.errors import add_error_headers, answer_as_html, as_archive_error
from archive.web.form_tokens import install_form_tokens
from archive.web.headers import install_headers
from archive.web.identity import install_identity
from archive.web.large_bodies import install_large_bodies
from archive.web.permissions import install_permissions
from archive.web.renderer import Renderer
from archive.web.same_origin import install_same_origin
from archive.web.templating import install_templating

BLUEPRINTS = (
    home.blueprint,
    search.blueprint,
    search_help.blueprint,
    search_csv.blueprint,
    search_feed.blueprint,
    term_report.blueprint,
    saved_searches.blueprint,
    suggest.blueprint,
    documents.blueprint,
    pages.blueprint,
    redactions.blueprint,
    redaction_figures.blueprint,
    better_copies.blueprint,
    citing.blueprint,
    cite_check.blueprint,
    cite_list.blueprint,
    citations.blueprint,
    citing_works.blueprint,
    citation_files.blueprint,
    embeds.blueprint,
    files.blueprint,
    evidence_pack.blueprint,
    collections.blueprint,
    collection_feed.blueprint,
    collection_editing.blueprint,
    shelves.blueprint,
    bates.blueprint,
    vaughn_indexes.blueprint,
    vaughn_editing.blueprint,
    comparisons.blueprint,
    released_later.blueprint,
    renaming.blueprint,
    sitemap.blueprint,
    unapi.blueprint,
    verify_script.blueprint,
    uploads.blueprint,
    tus.blueprint,
    descriptions.blueprint,
    description_table.blueprint,
    splitting.blueprint,
    review.blueprint,
    review_decisions.blueprint,
    questions.blueprint,
    record_matches.blueprint,
    audit.blueprint,
    sign_in.blueprint,
    invitations.blueprint,
    account.blueprint,
    authenticator.blueprint,
    admin_accounts.blueprint,
    admin.blueprint,
    request_calendars.blueprint,
    requests.blueprint,
    requests_csv.blueprint,
    deadline_calculator.blueprint,
    account_requests.blueprint,
    request_details.blueprint,
    request_editing.blueprint,
    request_events.blueprint,
    request_mail.blueprint,
    request_publication.blueprint,
    request_yields.blueprint,
    productions.blueprint,
    letters.blueprint,
    your_town.blueprint,
    request_import.blueprint,
    laws.blueprint,
    search_api.blueprint,
)
MOST_FORM_BYTES = 1_000_000  # a form is text: 200 queries of the greatest length, or a small file


def create_app(settings: Settings, parts: Parts | None = None) -> Flask:
    """The site of one archive. ``parts`` are opened from the settings when none are given."""
    app = Flask("archive", template_folder=str(templates_dir()), static_folder=None)
    app.extensions[PARTS] = parts or open_parts(settings)
    app.extensions[RENDERER] = Renderer()
    app.json.sort_keys = False  # type: ignore[attr-defined]  # Flask's own provider has it
    app.url_map.strict_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = MOST_FORM_BYTES
    app.url_map.merge_slashes = False  # the framework never redirects, so it cannot be led elsewhere
    # The order of after_request is reversed: headers are added first, then the body is compressed.
    install_compression(app)
    install_headers(app, settings)
    # The order of before_request: who asks, may they, is it their own doing.
    install_identity(app)
    install_permissions(app)
    install_large_bodies(app, settings)
    install_same_origin(app, settings)
    install_form_tokens(app, settings)
    install_templating(app, settings)
    install_assets(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    _install_errors(app)
    return app


def serving_app(settings: Settings) -> Flask:
    """The site, in a process that does nothing else. What is in memory after a first answer stays there
    for good, so the garbage collector need not walk through it: that takes 90 ms each time, and a reader
    waits."""
    app = create_app(settings)
    app.test_client().get("/")  # makes what is made on first use
    gc.collect()
    gc.freeze()
    return app


def _install_errors(app: Flask) -> None:
    """HTML for people, JSON for programs."""

    @app.errorhandler(Exception)
    def answer(error: Exception) -> Response:
        said = as_archive_error(error)
        response = answer_as_json(said) if wants_json() else answer_as_html(said)
        return add_error_headers(response, said)
