"""Redactions that were planned but never applied say what was to be written on them."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.redaction_found import FoundBy, RedactionLook
from tests.ingest.boxes_drawn import found_on, from_top
from tests.ingest.drawn import draw, prose


def planned(folder: Path, **said: str) -> Path:
    """A page with a planned redaction over a name."""

    def page(canvas: Canvas) -> None:
        prose(canvas)
        canvas.drawString(104, 60, "Jane Roe")

    path = draw(folder / "planned.pdf", page)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Redact, Rect=pikepdf.Array([100, 56, 240, 72])
        )
        for name, value in said.items():
            note[f"/{name}"] = pikepdf.String(value)
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])
        pdf.save(path)
    return path


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({"OverlayText": "(b)(6)"}, ("b6",)),
        ({"Contents": "b7E"}, ("b7e",)),
        ({}, ()),
        ({"OverlayText": "Jos\u00e9 to check"}, ()),
    ],
)
def test_a_planned_redaction(tmp_path: Path, said: dict[str, str], codes: tuple[str, ...]) -> None:
    (found,) = found_on(planned(tmp_path, **said))
    assert (found.look, found.found_by) == (RedactionLook.ANNOTATION, FoundBy.ANNOTATION)
    assert (found.box, found.codes) == (from_top(100, 56, 240, 72), codes)
