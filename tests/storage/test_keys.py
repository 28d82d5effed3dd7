"""Object keys."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.storage.keys import image_key, is_key, mail_key, original_key, sha256_in


@given(st.binary())
def test_a_key_names_its_content(data: bytes) -> None:
    sha256 = hashlib.sha256(data).hexdigest()
    assert original_key(sha256) == f"originals/{sha256[:2]}/{sha256}.pdf"
    assert image_key(sha256) == f"images/{sha256[:2]}/{sha256}.webp"
    assert mail_key(sha256) == f"mails/{sha256[:2]}/{sha256}.eml"
    assert {sha256_in(make(sha256)) for make in (original_key, image_key, mail_key)} == {sha256}


@given(st.text())
def test_any_other_text_is_no_key(text: str) -> None:
    assert not is_key(text)


@pytest.mark.parametrize(
    "text",
    [
        f"originals/00/{'a' * 64}.pdf",  # in the wrong folder
        f"originals/aa/{'a' * 64}.webp",
        f"images/aa/{'a' * 64}.pdf",
        f"originals/aa/{'a' * 64}.pdf\n",
        f"originals/AA/{'A' * 64}.pdf",
        f"mails/aa/{'a' * 64}.pdf",
        f"mails/ab/{'a' * 64}.eml",
        f"/originals/aa/{'a' * 64}.pdf",
        f"originals/aa/../aa/{'a' * 64}.pdf",
        f"other/aa/{'a' * 64}.pdf",
    ],
)
def test_nearly_a_key_is_no_key(text: str) -> None:
    assert not is_key(text)
    with pytest.raises(ValueError, match="not an object key"):
        sha256_in(text)


@pytest.mark.parametrize("sha256", ["", "a" * 63, "A" * 64, "g" * 64, "../" + "a" * 61, "a" * 64 + "\n"])
def test_a_key_is_made_of_a_sha256_only(sha256: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        original_key(sha256)
    with pytest.raises(ValueError, match="not a SHA-256"):
        image_key(sha256)
    with pytest.raises(ValueError, match="not a SHA-256"):
        mail_key(sha256)
