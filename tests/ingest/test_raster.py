"""Pictures of pages: bounded, alike each time, and of the page as displayed."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from ingest.limits import Limits
from ingest.page import PageImage
from ingest.webp import read_webp_size
from tests.ingest.drawn import draw, prose, read_page


def opened(image: PageImage | None) -> Image.Image:
    assert image is not None
    return Image.open(io.BytesIO(image.webp))


def test_each_page_has_a_picture_and_a_thumbnail(tmp_path: Path) -> None:
    page = read_page(draw(tmp_path / "plain.pdf", prose), images=True)
    assert opened(page.image).size == (1000, 1294)
    assert opened(page.thumbnail).size == (240, 311)


def test_the_same_page_gives_the_same_bytes(tmp_path: Path) -> None:
    path = draw(tmp_path / "plain.pdf", prose)
    assert read_page(path, images=True).image == read_page(path, images=True).image


def test_an_empty_page_looks_as_if_it_had_been_drawn(tmp_path: Path) -> None:
    path = draw(tmp_path / "empty.pdf", lambda canvas: None)
    assert read_page(path).trust_reason == "blank"
    page = read_page(path, images=True)
    assert opened(page.image).size == (1000, 1294)
    assert np.asarray(opened(page.image)).min() > 250


def test_the_picture_is_turned_as_the_page_is(tmp_path: Path) -> None:
    def corner(canvas: Canvas) -> None:
        canvas.rect(0, 692, 100, 100, stroke=0, fill=1)  # upper left

    path = draw(tmp_path / "turned.pdf", corner)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = 90
        pdf.save(path)
    pixels = np.asarray(opened(read_page(path, images=True).image).convert("L"))
    assert pixels.shape == (773, 1000)
    assert pixels[20, -20] < 50 < 200 < pixels[20, 20]  # upper right


@pytest.mark.parametrize("size", [(10.0, 14_400.0), (14_400.0, 10.0), (14_400.0, 14_400.0)])
def test_no_page_is_drawn_larger_than_the_limits(tmp_path: Path, size: tuple[float, float]) -> None:
    limits = Limits()
    page = read_page(draw(tmp_path / "long.pdf", prose, size=size), images=True)
    assert page.image is not None
    assert max(page.image.width_px, page.image.height_px) <= limits.max_image_side_px
    assert page.image.width_px * page.image.height_px <= limits.max_pixels


def test_annotations_are_in_the_picture(tmp_path: Path) -> None:
    path = draw(
        tmp_path / "form.pdf",
        lambda canvas: canvas.acroForm.textfield(value="HELLO", x=100, y=600, width=200, height=40),
    )
    pixels = np.asarray(opened(read_page(path, images=True).image).convert("L"))
    assert pixels.min() < 100


def test_print_is_kept_without_loss_and_colour_as_a_photograph(tmp_path: Path) -> None:
    def coloured(canvas: Canvas) -> None:
        canvas.setFillColor(Color(0.8, 0.1, 0.1))
        prose(canvas)

    grey = read_page(draw(tmp_path / "grey.pdf", prose), images=True).image
    colour = read_page(draw(tmp_path / "colour.pdf", coloured), images=True).image
    assert grey is not None
    assert colour is not None
    assert (grey.webp[12:16], colour.webp[12:16]) == (b"VP8L", b"VP8 ")
    red, green, _ = np.asarray(opened(colour)).reshape(-1, 3).min(axis=0)
    assert red > green + 60


@pytest.mark.parametrize("lossless", [True, False])
def test_the_size_of_a_webp_file_is_read_from_its_header(lossless: bool) -> None:
    buffer = io.BytesIO()
    Image.effect_noise((123, 45), 40).save(buffer, "WEBP", lossless=lossless)
    assert read_webp_size(buffer.getvalue()) == (123, 45)


@pytest.mark.parametrize("data", [b"", b"RIFF", b"\x89PNG\r\n\x1a\n" + bytes(40), b"RIFF" + bytes(60)])
def test_what_is_no_webp_file_has_no_size(data: bytes) -> None:
    assert read_webp_size(data) is None


def test_a_webp_file_that_was_cut_has_no_size() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (123, 45)).save(buffer, "WEBP")
    assert read_webp_size(buffer.getvalue()[:-1]) is None
