"""A scan is turned and cleaned where that helps, and left alone where it does not."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFilter

from ingest.preprocess import Grain, find_skew, grain_of, median_3x3, prepare, turn_quarters
from tests.ingest.scans import as_scan, draw_page

DPI = 200


def pixels(image: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(image)


@pytest.mark.parametrize("skew", [-4.0, -1.7, 0.0, 0.2, 1.2, 2.5])
@pytest.mark.parametrize("font", ["Times-Roman", "Courier"])
def test_skew_is_found_to_a_fifth_of_a_degree_even_on_a_rough_copy(skew: float, font: str) -> None:
    scan = as_scan(draw_page(font=font), skew_degrees=skew, noise=22, specks=0.004)
    assert find_skew(pixels(scan), DPI) == pytest.approx(skew, abs=0.2)


def test_a_page_with_hardly_any_ink_has_no_skew() -> None:
    assert find_skew(pixels(Image.new("L", (1700, 2200), 255)), DPI) == 0.0
    assert find_skew(pixels(Image.new("L", (2, 2), 0)), DPI) == 0.0


def test_black_redaction_boxes_do_not_outweigh_the_words() -> None:
    page = draw_page()
    page.paste(0, (200, 300, 1400, 700))
    assert find_skew(pixels(as_scan(page, skew_degrees=1.5)), DPI) == pytest.approx(1.5, abs=0.2)


@pytest.mark.parametrize(
    ("native_dpi", "noise", "specks", "expected"),
    [
        (200, 0, 0, Grain.CLEAN),
        (200, 4, 0, Grain.CLEAN),
        (200, 0, 0.01, Grain.FINE),
        (300, 12, 0, Grain.CLEAN),
        (200, 12, 0.001, Grain.FINE),  # a little of both
        (150, 12, 0, Grain.CLEAN),
        (150, 25, 0.004, Grain.COARSE),  # scanned with few dots an inch, drawn larger
    ],
)
def test_the_roughness_of_the_paper_is_known_whatever_the_scanner(
    native_dpi: int, noise: float, specks: float, expected: Grain
) -> None:
    scan = as_scan(draw_page(dpi=native_dpi), noise=noise, specks=specks)
    assert grain_of(pixels(scan.resize((1700, 2200), Image.Resampling.BICUBIC))) is expected


def test_a_page_of_specks_is_smoothed_until_only_letters_are_left() -> None:
    # a bad fax, drawn larger: Tesseract looked at its specks for 16 seconds
    scan = as_scan(draw_page(dpi=100), noise=30, specks=0.01).resize((1700, 2200), Image.Resampling.BICUBIC)
    ink = pixels(prepare(scan, DPI).image) < 128
    starts = (ink[:, 1:] & ~ink[:, :-1]).mean()
    assert starts < 0.02


def test_the_median_is_pillow_s_median() -> None:
    scan = as_scan(draw_page(), noise=22, specks=0.01).crop((300, 200, 500, 330))
    by_pillow = pixels(scan.filter(ImageFilter.MedianFilter(3)))
    assert np.array_equal(median_3x3(pixels(scan))[1:-1, 1:-1], by_pillow[1:-1, 1:-1])


def test_images_too_small_for_a_median_stay_as_they_are() -> None:
    tiny = pixels(Image.new("L", (2, 5), 7))
    assert np.array_equal(median_3x3(tiny), tiny)


def test_a_clean_straight_page_is_not_touched() -> None:
    page = draw_page()
    assert prepare(page, DPI).image is page


@pytest.mark.parametrize("skew", [2.0, -2.0])
def test_a_pixel_of_the_straightened_page_is_found_on_the_page_as_it_came(skew: float) -> None:
    straight = Image.new("L", (1700, 2200), 255)
    straight.paste(draw_page().crop((0, 0, 1700, 900)), (0, 0))
    straight.paste(0, (1390, 1790, 1410, 1810))  # a mark to find again
    scan = straight.rotate(-skew, Image.Resampling.BICUBIC, fillcolor=255)
    prepared = prepare(scan, DPI)
    x, y = prepared.to_original.point(1400, 1800)
    # the mark on the skewed scan
    rows, columns = np.nonzero(pixels(scan)[1500:] < 100)
    assert x == pytest.approx(float(columns.mean()), abs=8)
    assert y == pytest.approx(float(rows.mean()) + 1500, abs=8)


@pytest.mark.parametrize("clockwise", [90, 180, 270])
def test_a_quarter_turn_leads_back_to_the_same_pixel(clockwise: int) -> None:
    image = Image.new("L", (30, 20), 255)
    image.putpixel((4, 7), 0)
    turned = turn_quarters(image, clockwise)
    assert turned.image.size == ((30, 20) if clockwise == 180 else (20, 30))
    (v,), (u,) = np.nonzero(pixels(turned.image) == 0)
    x, y = turned.to_original.point(u + 0.5, v + 0.5)
    assert (int(x), int(y)) == (4, 7)


def test_turning_clockwise_turns_clockwise() -> None:
    image = Image.new("L", (30, 20), 255)
    image.putpixel((0, 0), 0)  # top left goes to top right
    assert turn_quarters(image, 90).image.getpixel((19, 0)) == 0
