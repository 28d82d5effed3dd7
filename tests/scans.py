"""Scanned pages for tests: words drawn as a picture, with no text layer."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

DPI = 200
SIZE_PX = (int(8.5 * DPI), 11 * DPI)


def scan_image(text: str, *, size_pt: float = 12.0) -> Image.Image:
    """A letter-size page with this text, as a scanner would see it."""
    image = Image.new("L", SIZE_PX, 255)
    font = ImageFont.load_default(size=size_pt * DPI / 72)
    ImageDraw.Draw(image).multiline_text((DPI, DPI), text, fill=0, font=font, spacing=12)
    return image


def write_scan(path: Path, *pages: str) -> Path:
    """A PDF of pictures only, one page a text."""
    images = [scan_image(text) for text in pages]
    path.parent.mkdir(parents=True, exist_ok=True)
    images[0].save(path, "PDF", resolution=DPI, save_all=True, append_images=images[1:])
    return path
