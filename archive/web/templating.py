"""What templates are given beside their own values: addresses, formats, the site's name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from jinja2 import StrictUndefined

from archive.models import Agency, Place, Production
from archive.rules import addresses, citation_addresses
from archive.rules.citing_links import host_of
from archive.rules.quality import is_doubtful
from archive.rules.review_words import STATE_WORDS
from archive.services.shelves import ShelfKind
from archive.settings import Settings
from archive.web.current import parts
from archive.web.formats import FILTERS
from archive.web.identity import viewer
from archive.web.workplaces import workplaces

ADDRESSES = (
    addresses.bates_path,
    citation_addresses.citation_embed_path,
    citation_addresses.citation_image_path,
    citation_addresses.citation_json_path,
    citation_addresses.citation_path,
    citation_addresses.citation_style_path,
    citation_addresses.cite_check_path,
    citation_addresses.cite_list_path,
    citation_addresses.cite_path,
    citation_addresses.cited_by_path,
    citation_addresses.collection_path,
    citation_addresses.collections_path,
    addresses.comparison_path,
    addresses.deadlines_path,
    addresses.document_path,
    addresses.document_redactions_path,
    addresses.document_search_path,
    addresses.document_text_path,
    citation_addresses.evidence_pack_path,
    addresses.law_path,
    addresses.laws_path,
    addresses.original_path,
    addresses.overdue_path,
    addresses.page_image_path,
    addresses.page_path,
    addresses.page_text_path,
    addresses.production_bates_path,
    addresses.production_edit_path,
    addresses.production_report_path,
    addresses.redactions_path,
    addresses.released_later_path,
    addresses.request_calendar_path,
    addresses.request_edit_path,
    addresses.request_event_path,
    addresses.request_import_path,
    addresses.request_letter_path,
    addresses.request_letters_path,
    addresses.request_mail_path,
    addresses.request_path,
    addresses.request_yield_path,
    addresses.requests_calendar_path,
    addresses.requests_path,
    addresses.search_path,
    addresses.shelf_path,
    addresses.shelves_path,
    citation_addresses.unapi_path,
    addresses.unread_path,
    addresses.upload_answer_path,
    addresses.upload_batch_path,
    addresses.upload_file_path,
    addresses.upload_path,
    addresses.vaughn_index_path,
    addresses.with_parameters,
    addresses.your_town_path,
)

SHELF_HEADINGS = {
    ShelfKind.AGENCIES: "Agencies",
    ShelfKind.PRODUCTIONS: "Productions",
    ShelfKind.PLACES: "Places",
}

FILTER_HEADINGS = {
    "agency": "Agency",
    "kind": "Kind",
    "place": "Place",
    "production": "Production",
    "exemption": "Exemption claimed",
    "year": "Year",
}


def install_templating(app: Flask, settings: Settings) -> None:
    """A name that a template misspells is an error, and blocks leave no empty lines."""
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.filters.update(
        FILTERS, shelf_name=shelf_name, document_state=STATE_WORDS.__getitem__, link_host=host_of
    )
    app.jinja_env.globals.update(
        {address.__name__: address for address in ADDRESSES},
        absolute=partial(absolute_address, settings),
        filter_headings=FILTER_HEADINGS,
        is_doubtful=is_doubtful,
        now=present_moment,
        partial=partial,
        shelf_headings=SHELF_HEADINGS,
        site_name=settings.site_name,
        url=local_address,
        viewer=viewer,
        workplaces=workplaces,
    )


def present_moment() -> datetime:
    """When this page is made: it stands on what is printed."""
    return parts().clock()


def local_address(path: str) -> str:
    """A path on this site, also when the site is not at the root of its host."""
    return f"{request.script_root}{path}"


def absolute_address(settings: Settings, path: str) -> str:
    """The address to give to others: the setting's, which a forged Host header cannot change."""
    if settings.base_url:
        return f"{settings.base_url}{path}"
    root = urlsplit(request.root_url)
    return f"{root.scheme}://{root.netloc}{local_address(path)}"


def address_for_others(path: str) -> str:
    """The address to give to others, outside of templates: theirs is ``absolute``."""
    return cast("Callable[[str], str]", current_app.jinja_env.globals["absolute"])(path)


def shelf_name(row: Agency | Place | Production) -> str:
    """What a shelf is called: ``ICE (Immigration and Customs Enforcement)``, ``Arlington County, VA``."""
    if isinstance(row, Production):
        return row.title
    if isinstance(row, Place):
        return f"{row.name}, {row.state}" if row.state else row.name
    return f"{row.name} ({row.abbreviation})" if row.abbreviation else row.name
