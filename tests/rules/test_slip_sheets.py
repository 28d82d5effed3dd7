"""A page that stands for one that was withheld is told from a page that speaks of withholding."""

from __future__ import annotations

import pytest

from archive.rules.slip_sheets import is_slip_sheet


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Page 12\nWITHHELD IN FULL\n(b)(5), (b)(7)(E)\nICE-000012", True),
        ("The following 14 pages have been\nwithheld pursuant to 5 U.S.C. 552(b)(5).", True),
        ("Document withheld in its entirety under Exemption 5", True),
        ("", False),
        ("Counties may not opt out.", False),
        ("Support was withheld from the counties.", False),
        ("We searched our files. 14 pages were withheld. " + "You may appeal this decision. " * 30, False),
    ],
)
def test_slip_sheets(text: str, is_one: bool) -> None:
    assert is_slip_sheet(text) == is_one
