"""``/cite/pack``: chosen pages and passages as one PDF, fit for an exhibit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.rules.access import Action, requires
from archive.rules.addresses import slug_of
from archive.rules.citation_addresses import evidence_pack_path
from archive.rules.evidence_choice import (
    MOST_DOCUMENTS,
    MOST_HEADING_CHARACTERS,
    MOST_NAME_CHARACTERS,
    MOST_PAGES,
    USUAL_HEADING,
    parse_choice,
    parse_name,
)
from archive.services.evidence_packs import choose_for_pack, note_pack
from archive.web.current import parts, reading
from archive.web.errors import add_error_headers
from archive.web.files import attachment
from archive.web.headers import SANDBOX_POLICY
from archive.web.identity import viewer
from archive.web.templating import absolute_address

if TYPE_CHECKING:
    from archive.exports.evidence_pack import Pack

blueprint = Blueprint("evidence_pack", __name__)
_CHUNK_BYTES = 256 * 1024
_FOLDER = "packs"


@blueprint.get(evidence_pack_path())
@requires(Action.CITE)
def show_form() -> ResponseReturnValue:
    """The form; ``id`` (a citation) and ``document`` with ``pages`` may be given, each several times."""
    documents, pages = request.args.getlist("document"), request.args.getlist("pages")
    pages += [""] * (len(documents) - len(pages))
    lines = [f"{document} {said}".strip() for document, said in zip(documents, pages, strict=False)]
    return _form("\n".join(request.args.getlist("id")), "\n".join(lines), marks=True)


@blueprint.post(evidence_pack_path())
@requires(Action.CITE)
def make() -> ResponseReturnValue:
    """The pack, or the form again with what is wrong."""
    try:
        pack = _compose()
        file, size = _make(pack)
    except ArchiveError as problem:
        return _refused(problem)
    response = Response(_chunks(file), mimetype="application/pdf")
    response.call_on_close(file.close)
    response.content_length = size
    response.headers["Content-Disposition"] = attachment(f"{slug_of(pack.heading)}.pdf")
    response.headers["Content-Security-Policy"] = SANDBOX_POLICY
    return response


def _compose() -> Pack:
    from archive.exports.evidence_pack import Cover, compose_pack

    opened, who = parts(), viewer()
    choice = parse_choice(request.form.get("citations", ""), request.form.get("pages", ""))
    cover = Cover(
        heading=parse_name(request.form.get("heading", ""), MOST_HEADING_CHARACTERS),
        prepared_by=parse_name(request.form.get("prepared_by", ""), MOST_NAME_CHARACTERS),
        marks=bool(request.form.get("marks")),
        archive_name=opened.settings.site_name,
        address=_absolute("/"),
        made_at=opened.clock(),
    )
    with reading() as session:
        packed = choose_for_pack(session, choice, who)
        pack = compose_pack(session, packed, cover, absolute=_absolute, viewer=who)
    with opened.database.transaction() as session:
        note_pack(
            session,
            [one.document for one in packed.documents],
            viewer=who,
            address=request.remote_addr or "",
            at=opened.clock(),
        )
    return pack


def _make(pack: Pack) -> tuple[BinaryIO, int]:
    # imported here: its libraries are for those who want a pack, and few do
    from archive.exports.evidence_pack_maker import make_pack

    file = make_pack(pack, parts().storage, parts().settings.home / _FOLDER)
    size = file.seek(0, 2)
    file.seek(0)
    return file, size


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def _absolute(path: str) -> str:
    return absolute_address(parts().settings, path)


def _refused(problem: ArchiveError) -> Response:
    form = _form(
        request.form.get("citations", ""),
        request.form.get("pages", ""),
        marks=bool(request.form.get("marks")),
        heading=request.form.get("heading", ""),
        prepared_by=request.form.get("prepared_by", ""),
        problem=problem,
    )
    return add_error_headers(make_response(form, problem.status), problem)


def _form(
    citations: str,
    pages: str,
    *,
    marks: bool,
    heading: str = "",
    prepared_by: str = "",
    problem: ArchiveError | None = None,
) -> str:
    return render_template(
        "evidence_pack/form.html",
        citations=citations,
        pages=pages,
        marks=marks,
        heading=heading,
        prepared_by=prepared_by,
        problem=problem,
        usual_heading=USUAL_HEADING,
        most_pages=MOST_PAGES,
        most_documents=MOST_DOCUMENTS,
        most_heading=MOST_HEADING_CHARACTERS,
        most_name=MOST_NAME_CHARACTERS,
    )
