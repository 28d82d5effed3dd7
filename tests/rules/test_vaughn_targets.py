"""Pages as people write them into an index of withheld records."""

from __future__ import annotations

import pytest

from archive.rules.vaughn_errors import NotPages
from archive.rules.vaughn_targets import Target, parse_targets

ID = "2b3c4d5e6f7g"


@pytest.mark.parametrize(
    ("written", "spans"),
    [
        (ID, [(1, None)]),
        (f"/documents/{ID}", [(1, None)]),
        (f"https://a.example/room/documents/{ID}/", [(1, None)]),
        (f"https://a.example/documents/{ID}/pages/3?q=opt#page", [(3, 3)]),
        (f"/documents/{ID} 3-5, 9", [(3, 5), (9, 9)]),
        (f"/documents/{ID}: pages 3–5; 9", [(3, 5), (9, 9)]),
        (f"{ID} p. 4", [(4, 4)]),
        (f"\n  {ID}  \n\n{ID} 2\n", [(1, None), (2, 2)]),
        ("", []),
    ],
)
def test_an_address_with_or_without_pages_is_understood(
    written: str, spans: list[tuple[int, int | None]]
) -> None:
    assert parse_targets(written) == tuple(Target(ID, first, last) for first, last in spans)


@pytest.mark.parametrize(
    "written",
    ["the memo", "/documents/", "/documents/short 3", f"{ID} three", f"{ID} 5-3", f"{ID} 1-2-3", f"{ID} 3,x"],
)
def test_what_names_no_pages_is_refused_with_the_line(written: str) -> None:
    with pytest.raises(NotPages) as problem:
        parse_targets(f"{ID}\n{written}")
    assert written in problem.value.sentence
