"""Describing many documents at once, in a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.rules.access import Action, requires
from archive.rules.addresses import with_parameters
from archive.rules.description_fields import (
    DATES,
    FIELD_LABELS,
    LONGEST,
    DescriptionField,
    squeeze,
)
from archive.rules.statuses import KIND_WORDS
from archive.services.description_lists import known_names
from archive.services.description_table import (
    ROWS_IN_WINDOW,
    SentRow,
    TableFilter,
    TableRow,
    get_table,
    save_table,
)
from archive.services.field_changes import find_changes
from archive.web.current import parts, reading, window_number
from archive.web.identity import viewer
from archive.web.templating import local_address

blueprint = Blueprint("description_table", __name__)
TABLE = "/describe/table"


@dataclass(frozen=True, slots=True)
class TableAddress:
    """What the table shows, as an address."""

    asked: TableFilter

    @classmethod
    def from_values(cls, given: Mapping[str, str]) -> TableAddress:
        """From the parameters of an address."""
        names = ("batch", "production", "agency")
        values = {name: given.get(name, "")[:100] for name in names}
        return cls(TableFilter(**values, undescribed=given.get("undescribed") == "yes"))

    def window(self, window: int = 1, **more: str) -> str:
        """A window of the table; ``more`` goes along."""
        asked = self.asked
        known = [("batch", asked.batch), ("production", asked.production), ("agency", asked.agency)]
        flags = [
            ("undescribed", "yes" if asked.undescribed else ""),
            ("window", str(window) if window > 1 else ""),
        ]
        return with_parameters(TABLE, [*known, *flags, *more.items()])


@blueprint.get("/describe/table")
@requires(Action.DESCRIBE)
def show_table() -> str:
    """The documents that whoever is signed in may change, a row each."""
    return _show({})


@blueprint.post("/describe/table")
@requires(Action.DESCRIBE)
def save() -> ResponseReturnValue:
    """Save what was edited: all of it, or nothing with the reasons beside the cells."""
    sent = _sent_rows()
    with parts().database.transaction() as session:
        saved = save_table(session, sent, viewer=viewer(), at=parts().clock())
    if saved.refused:
        kept = {row.document_id: _as_sent(row) for row in sent if row.is_edited}
        return _show(kept | dict(saved.refused), refused=len(saved.refused)), 409
    address = TableAddress.from_values(request.args)
    more = {"changes": saved.change_set} if saved.change_set else {"done": "nothing"}
    return redirect(local_address(address.window(window_number(), **more)), 303)


def _show(edited: Mapping[str, TableRow], refused: int = 0) -> str:
    address = TableAddress.from_values(request.args)
    name = request.args.get("changes", "")
    with reading() as session:
        table = get_table(session, address.asked, viewer=viewer(), window=window_number())
        names = known_names(session, viewer())
        saved = find_changes(session, name, viewer()) if name else None
    rows = [edited.get(row.document_id, row) for row in table.rows.items]
    shown = {row.document_id for row in rows}
    return render_template(
        "describe/table.html",
        table=table,
        rows=[*(row for key, row in edited.items() if key not in shown), *rows],
        address=address,
        fields=FIELD_LABELS,
        names=names,
        kinds=tuple(KIND_WORDS.values()),
        dates=DATES,
        longest=LONGEST,
        most_rows=ROWS_IN_WINDOW,
        saved=saved,
        refused=refused,
        nothing=request.args.get("done") == "nothing",
    )


def _sent_rows() -> list[SentRow]:
    """The rows that came; where a value is set for all that are ticked, with that value."""
    form = request.form
    ticked = set(form.getlist("ticked")) if form.get("action") == "fill" else set()
    fill = form.get("fill_field", "")
    rows = []
    for document_id in form.getlist("row")[: 2 * ROWS_IN_WINDOW]:
        values = {field: squeeze(form.get(f"{field}.{document_id}", "")) for field in DescriptionField}
        if document_id in ticked and fill in set(DescriptionField):
            values[DescriptionField(fill)] = squeeze(form.get("fill_value", ""))
        rows.append(SentRow(document_id, form.get(f"based_on.{document_id}", ""), values))
    return rows


def _as_sent(row: SentRow) -> TableRow:
    """A row that was edited and did not stand in the way, as it is shown again with the others."""
    title = row.values[DescriptionField.TITLE]
    return TableRow(row.document_id, title, row.based_on, row.values)
