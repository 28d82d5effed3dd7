"""The bytes: the file as received, the pictures, the plain text."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from archive.parts import Parts
from archive.services.page_images import LARGE_WIDTH_PX
from archive.storage.keys import original_key
from archive.web.files import attachment
from tests.web.conftest import MakeDocument


def test_the_file_is_what_was_received(client: FlaskClient, add: MakeDocument) -> None:
    document = add()
    answer = client.get(f"/documents/{document.id}/file.pdf")
    assert hashlib.sha256(answer.data).hexdigest() == document.sha256
    assert answer.content_length == document.byte_count
    assert answer.headers["ETag"] == f'"{document.sha256}"'
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_a_pdf_is_handed_over_and_never_run_here(client: FlaskClient, add: MakeDocument) -> None:
    document = add(source_file="memo.pdf")
    answer = client.get(f"/documents/{document.id}/file.pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.mimetype == "application/pdf"


def test_head_tells_all_but_the_bytes(client: FlaskClient, add: MakeDocument) -> None:
    document = add()
    answer = client.head(f"/documents/{document.id}/file.pdf")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.content_length == document.byte_count


@pytest.mark.parametrize("asked", ["bytes=0-9", "bytes=100-199", "bytes=-20"])
def test_a_part_of_the_file(client: FlaskClient, add: MakeDocument, parts: Parts, asked: str) -> None:
    document = add()
    whole = parts.storage.read(original_key(document.sha256))
    answer = client.get(f"/documents/{document.id}/file.pdf", headers={"Range": asked})
    first, last = asked.removeprefix("bytes=").split("-")
    expected = whole[int(first) : int(last) + 1] if first else whole[-int(last) :]
    assert answer.status_code == 206
    assert answer.data == expected
    start = whole.index(expected)
    assert answer.headers["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/{len(whole)}"


def test_several_parts_at_once_are_answered_with_the_whole(client: FlaskClient, add: MakeDocument) -> None:
    document = add()
    answer = client.get(f"/documents/{document.id}/file.pdf", headers={"Range": "bytes=0-1,5-9"})
    assert (answer.status_code, len(answer.data)) == (200, document.byte_count)


def test_a_part_after_the_end(client: FlaskClient, add: MakeDocument) -> None:
    document = add()
    answer = client.get(f"/documents/{document.id}/file.pdf", headers={"Range": "bytes=99999999-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{document.byte_count}"


def test_who_has_the_file_is_not_sent_it_again(client: FlaskClient, add: MakeDocument) -> None:
    document = add()
    for etag in (f'"{document.sha256}"', f'W/"{document.sha256}"', "*"):
        answer = client.get(f"/documents/{document.id}/file.pdf", headers={"If-None-Match": etag})
        assert (answer.status_code, answer.data) == (304, b"")


def test_a_part_of_other_bytes_is_not_sent(client: FlaskClient, add: MakeDocument) -> None:
    document = add()
    part = {"Range": "bytes=0-9"}
    same = client.get(
        f"/documents/{document.id}/file.pdf", headers=part | {"If-Range": f'"{document.sha256}"'}
    )
    other = client.get(f"/documents/{document.id}/file.pdf", headers=part | {"If-Range": '"other"'})
    dated = client.get(
        f"/documents/{document.id}/file.pdf", headers=part | {"If-Range": "Wed, 21 Oct 2015 07:28:00 GMT"}
    )
    assert (same.status_code, other.status_code, dated.status_code) == (206, 200, 200)


def test_a_file_that_the_store_lost_is_an_error_and_not_an_empty_file(
    client: FlaskClient, add: MakeDocument, parts: Parts
) -> None:
    document = add()
    parts.storage.delete(original_key(document.sha256))
    answer = client.get(f"/documents/{document.id}/file.pdf")
    assert answer.status_code == 500
    assert "missing from the store" in answer.text


def test_pictures_in_their_sizes(client: FlaskClient, add: MakeDocument) -> None:
    document = add()
    for size, width in (("", 1000), ("thumb", 240)):
        answer = client.get(f"/documents/{document.id}/pages/1.webp?size={size}")
        assert answer.mimetype == "image/webp"
        assert Image.open(io.BytesIO(answer.data)).width == width
        assert answer.headers["Cache-Control"] == "no-cache"
        again = client.get(
            f"/documents/{document.id}/pages/1.webp?size={size}",
            headers={"If-None-Match": answer.headers["ETag"]},
        )
        assert again.status_code == 304


def test_the_large_picture_is_drawn_once_and_kept(
    client: FlaskClient, add: MakeDocument, parts: Parts
) -> None:
    document = add(pages=("one", "two"))
    before = set(parts.storage.iter_keys("images/"))
    first = client.get(f"/documents/{document.id}/pages/2.webp?size=large")
    assert Image.open(io.BytesIO(first.data)).width == LARGE_WIDTH_PX
    assert len(set(parts.storage.iter_keys("images/")) - before) == 1
    again = client.get(f"/documents/{document.id}/pages/2.webp?size=large")
    assert again.data == first.data
    assert len(set(parts.storage.iter_keys("images/")) - before) == 1


def test_a_picture_that_is_not_there(client: FlaskClient, add: MakeDocument) -> None:
    document = add(pages=("one", None))
    for address in ("2.webp", "2.webp?size=thumb", "1.webp?size=enormous", "3.webp", "0.webp?size=large"):
        assert client.get(f"/documents/{document.id}/pages/{address}").status_code == 404


def test_the_text_of_a_page(client: FlaskClient, add: MakeDocument) -> None:
    document = add(pages=("Opt out – no.\nSecond line", None))
    answer = client.get(f"/documents/{document.id}/pages/1.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.data.decode() == "Opt out – no.\nSecond line\n"
    assert client.get(f"/documents/{document.id}/pages/2.txt").status_code == 404


@given(st.text(max_size=300))
def test_any_file_name_makes_a_header_that_names_it_and_nothing_else(name: str) -> None:
    header = attachment(name.encode("utf-8", "replace").decode())
    assert header.isascii()
    assert not set(header) & set("\r\n\0")
    kind, plain, full = header.split("; ")
    assert kind == "attachment"
    assert plain.startswith('filename="')
    assert plain.count('"') == 2
    named = unquote(full.removeprefix("filename*=UTF-8''"))
    assert named.lower().endswith(".pdf")
    assert "/" not in named
    assert "\\" not in named


def test_a_file_keeps_its_own_name() -> None:
    name = unicodedata.normalize("NFC", "Política de la policía (final).pdf")
    assert unquote(attachment("C:\\scans\\" + name).split("UTF-8''")[1]) == name
