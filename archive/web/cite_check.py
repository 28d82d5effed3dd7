"""``/cite/check``: an article or brief is checked before it runs. What is sent is not kept and not logged."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from archive.errors import ArchiveError
from archive.exports.draft_files import MOST_FILE_BYTES, pasted_draft, read_draft
from archive.exports.spreadsheets import csv_chunks
from archive.rules.access import Action, requires
from archive.rules.citation_addresses import cite_check_path
from archive.rules.draft_report import CheckedDraft, report_rows, summary
from archive.rules.draft_text import DraftText, UnreadableDraft, marked_up
from archive.rules.draft_verdicts import VERDICT_NAMES
from archive.services.draft_check import check_draft, count_check
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.large_bodies import takes_at_most
from archive.web.templating import address_for_others

blueprint = Blueprint("cite_check", __name__)
MOST_DRAFT_BYTES = 2 * MOST_FILE_BYTES  # the file, or the same text pasted and written with % signs


@blueprint.get(cite_check_path())
@requires(Action.CITE)
def show_form() -> str:
    """The form."""
    return render_template("cite_check/form.html", draft="", problem=None)


@blueprint.post(cite_check_path())
@requires(Action.CITE)
@takes_at_most(MOST_DRAFT_BYTES)
def check() -> ResponseReturnValue:
    """The report as a page, as CSV or as plain text."""
    pasted = request.form.get("draft", "")
    try:
        with parts().database.transaction() as session:
            count_check(session, viewer(), request.remote_addr or "", at=parts().clock())
        draft = _draft(pasted)
        with reading() as session:
            checked = check_draft(
                session,
                parts().engine,
                draft,
                hosts=_names_of_this_site(),
                viewer=viewer(),
                at=parts().clock(),
            )
    except ArchiveError as problem:
        return render_template("cite_check/form.html", draft=pasted, problem=problem), problem.status
    match request.form.get("as", ""):
        case "csv":
            return _download(b"".join(csv_chunks(report_rows(checked))), "text/csv", "csv")
        case "txt":
            return _download(_as_text(checked).encode(), "text/plain", "txt")
    return render_template(
        "cite_check/report.html",
        checked=checked,
        summary=summary(checked),
        names=VERDICT_NAMES,
        draft=marked_up(draft),
    )


def _names_of_this_site() -> frozenset[str]:
    public = urlsplit(address_for_others("/")).netloc
    return frozenset({public.lower(), request.host.lower()})


def _draft(pasted: str) -> DraftText:
    sent = request.files.get("file")
    content = sent.stream.read(MOST_FILE_BYTES + 1) if sent and sent.filename else b""
    if content:
        return read_draft(content)
    if not pasted.strip():
        raise UnreadableDraft("There is nothing to check.", help="Paste the draft, or choose its file.")
    return pasted_draft(pasted)


def _as_text(checked: CheckedDraft) -> str:
    said = [summary(checked), ""]
    for number, claim in enumerate(checked.claims, 1):
        said.append(f"{number}. {VERDICT_NAMES[claim.verdict]}. {claim.sentence}")
        if claim.claim.quote:
            said.append(f"   \u201c{claim.claim.quote}\u201d")
        if claim.source:
            said.append(f"   Source: {claim.source}")
        if claim.claim.target:
            said.append(f"   {claim.claim.target.address}")
        said.append("")
    return "\n".join(said)


def _download(content: bytes, media_type: str, extension: str) -> Response:
    response = Response(content, content_type=f"{media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="citations-checked.{extension}"'
    return response
