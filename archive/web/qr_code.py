"""A QR code as part of a page: drawn here, so that no secret goes to a picture service."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr_code(text: str) -> Markup:
    """The code as SVG, dark on white in any colour scheme: scanners need it so. Holds no style, which the
    page's policy would refuse."""
    drawn = segno.make(text, error="m").svg_inline(omitsize=True, border=4, dark="#000", light="#fff")
    return Markup(drawn)  # noqa: S704  made of squares only; the text is not in it
