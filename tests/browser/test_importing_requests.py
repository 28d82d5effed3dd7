"""A table and an e-mail come in with a real browser, and the pages for it look right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.rules.statuses import Role
from tests.browser.looks import problems_of
from tests.browser.upload_site import UploadSite, upload_site
from tests.factories import draw_pdf
from tests.files.make_mails import mail
from tests.requests_made import make_request

TABLE = (
    "title,agency,law,number,sent,answered,outcome\n"
    "Opting out of the programme,ICE,us,2010-F-1,2010-02-03,2010-09-01,granted in part\n"
    "Deployment plans,ICE,California,,3/4/2010,,\n"
    "The same again,ICE,us,2010-F-1,2010-02-03,,\n"
)
LETTER = (
    "Dear Ms. Doe,\n\nThis responds to your request of February 3, 2010. We searched and located 214 pages "
    "of responsive records. 180 pages are released in part.\n\nYou may appeal within 90 days.\n"
)
LOOKS = [(390, "dark"), (1280, "light")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UploadSite]:
    with upload_site(tmp_path_factory.mktemp("importing") / "home") as site:
        with site.parts.database.transaction() as session:
            make_request(session)
        yield site


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    pdf = draw_pdf("Answer", ("The answer of the agency.",))
    attached = (("answer.pdf", "application/pdf", pdf), ("list.xlsx", "application/vnd.ms-excel", b"PK"))
    made = {
        "table": (folder / "requests.csv", TABLE.encode()),
        "mail": (folder / "answer.eml", mail(LETTER, subject="Final response", attached=attached)),
    }
    for path, data in made.values():
        path.write_bytes(data)
    return {name: path for name, (path, _) in made.items()}


@pytest.fixture
def volunteer(site: UploadSite, browser: Browser, chromium: str) -> Iterator[Page]:
    context = site.signed_in(browser, site.account(Role.VOLUNTEER))
    yield context.new_page()
    context.close()


def test_a_table_is_looked_at_corrected_and_made(volunteer: Page, files: dict[str, Path]) -> None:
    volunteer.goto("/requests/import")
    volunteer.get_by_label("The table as CSV").set_input_files(files["table"])
    volunteer.get_by_role("button", name="Look at it").click()
    expect(volunteer.get_by_text("can be two days")).to_be_visible()
    volunteer.get_by_label("A day written 3/4/2010 is").select_option("month_first")
    volunteer.get_by_role("button", name="Look at it again").click()
    expect(volunteer.get_by_text("2 requests to be made, 1 twice in the file")).to_be_visible()
    volunteer.get_by_role("button", name="Make 2 requests").click()
    expect(volunteer.get_by_text("2 requests made.")).to_be_visible()


def test_a_mail_is_read_and_written_down(volunteer: Page, files: dict[str, Path]) -> None:
    volunteer.goto("/requests/opt-out-records/mail")
    volunteer.get_by_label("E-mail files").set_input_files(files["mail"])
    volunteer.get_by_role("button", name="Send").click()
    expect(volunteer.get_by_role("heading", level=1)).to_have_text("Final response")
    expect(volunteer.get_by_label("What happened")).to_have_value("determined")
    expect(volunteer.get_by_label("Outcome")).to_have_value("granted_in_part")
    volunteer.get_by_role("button", name="Write it down").click()
    expect(volunteer.get_by_text("Written down as")).to_be_visible()
    expect(volunteer.get_by_text("in the archive: open it")).to_be_visible()
    volunteer.get_by_role("link", name="agency answered").click()
    expect(volunteer.get_by_role("heading", level=1)).to_have_text("Opt-out records")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_look_right(
    site: UploadSite, browser: Browser, files: dict[str, Path], width: int, scheme: str, tmp_path: Path
) -> None:
    context = site.signed_in(browser, site.account(Role.VOLUNTEER), width=width, color_scheme=scheme)
    page = context.new_page()
    found = []
    page.goto("/requests/import")
    found += problems_of(page, width)
    page.get_by_label("The table as CSV").set_input_files(files["table"])
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would be imported")
    page.wait_for_load_state("load")
    found += problems_of(page, width)
    page.goto("/requests/opt-out-records/mail")
    found += problems_of(page, width)
    letter = tmp_path / f"{scheme}{width}.eml"
    letter.write_bytes(mail(LETTER, message_id=f"<{scheme}{width}@a.example>", subject=f"{scheme} {width}"))
    page.get_by_label("E-mail files").set_input_files(letter)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{scheme} {width}")
    page.wait_for_load_state("load")
    found += problems_of(page, width)
    context.close()
    assert found == []
