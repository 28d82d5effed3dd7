"""Letters on the site: members write them, nobody else learns of them; anybody may ask their own county."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import pytest

from archive.models import FoiaRequest, RequestLetter
from archive.parts import Parts
from archive.rules.request_states import EventKind, Outcome
from archive.rules.statuses import Role
from tests.requests_made import make_request
from tests.visitors import Visitor
from tests.web.conftest import Visit

HERE = "/requests/opt-out-records/letters"
WRITTEN = {
    "kind": "follow_up",
    "subject": "Overdue: <b>10-2674</b>",
    "addressee": "FOIA Officer\nICE",
    "text": "Dear FOIA Officer:\n\nPlease answer. [your postal address]",
    "signature": "Sincerely,\n\nZq Writer",
}


@pytest.fixture
def asked(parts: Parts) -> FoiaRequest:
    with parts.database.transaction() as session:
        return make_request(session, numbers=("10-2674",), is_public=True, records_sought="All memos.")


@pytest.fixture
def keeper(visit: Visit, asked: FoiaRequest) -> Visitor:
    return visit(Role.VOLUNTEER)


def kept(keeper: Visitor, **fields: str) -> str:
    """Keeps a letter; its address."""
    answer = keeper.post(HERE, data={**WRITTEN, **fields})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def value_of(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found is not None, name
    return found[1]


def test_the_letters_that_make_sense_now_come_first_and_say_why(keeper: Visitor) -> None:
    page = keeper.get(HERE).text
    now, others = page.split("Kept letters")
    assert re.search(r"The answer is [\d,]+ days overdue\.", now)
    assert f"{HERE}/new?kind=follow_up" in now
    assert f"{HERE}/new?kind=appeal" in others
    assert "county_agreements" not in page


def test_a_letter_is_made_with_its_gaps_told_before_it_is_kept(keeper: Visitor, parts: Parts) -> None:
    page = keeper.get(f"{HERE}/new?kind=follow_up").text
    assert "4 gaps to fill" in page
    assert '<li data-gap="your postal address">your postal address</li>' in page
    text = value_of(page, "text")
    assert "my request 10-2674 of February 3, 2010" in text
    assert "5 U.S.C. 552(a)(6)(A)(i)" in text
    with parts.database.reading() as session:
        assert session.query(RequestLetter).count() == 0


def test_a_letter_is_kept_edited_and_carried_away(keeper: Visitor) -> None:
    here = kept(keeper)
    page = keeper.get(here).text
    assert "1 gap to fill" in page
    assert "Overdue: &lt;b&gt;10-2674&lt;/b&gt;" in page
    saved = keeper.post(here, data={**WRITTEN, "text": "Dear FOIA Officer:\r\n\r\nOther words."})
    assert saved.status_code == 303
    assert "No gaps" in keeper.get(here).text
    word = keeper.get(f"{here}.docx")
    assert 'filename="overdue-b-10-2674-b-2026-11-02.docx"' in word.headers["Content-Disposition"]
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(word.data)).paragraphs]
    assert "Other words." in texts
    assert texts[0] == "Zq Writer"
    assert keeper.get(f"{here}.pdf").data.startswith(b"%PDF")
    assert "\n\nOther words.\n\n" in keeper.get(f"{here}.txt").text
    assert keeper.get(f"{here}.exe").status_code == 404


def test_what_is_wrong_is_said_on_the_form_with_what_was_typed(keeper: Visitor) -> None:
    refused = keeper.post(HERE, data={**WRITTEN, "subject": ""})
    assert refused.status_code == 400
    assert "A letter needs a subject." in refused.text
    assert "Zq Writer" in refused.text
    here = kept(keeper)
    wrong = keeper.post(here, data={**WRITTEN, "text": " ", "signature": "Kept signature"})
    assert wrong.status_code == 400
    assert "Kept signature" in wrong.text
    for day in ("", "2010-13-45", "2999-01-01"):
        assert keeper.post(f"{here}/sent", data={"sent_on": day}).status_code == 400
    assert keeper.get(f"{HERE}/new?kind=nonsense").status_code == 400
    assert keeper.get(f"{HERE}/new?kind=county_agreements").status_code == 400


def test_marked_as_sent_it_is_an_event_in_one_click(keeper: Visitor) -> None:
    here = kept(keeper)
    assert keeper.post(f"{here}/sent", data={"sent_on": "2010-06-01"}).status_code == 303
    page = keeper.get(here).text
    assert "sent on 1 June 2010" in page
    assert "<textarea" not in page
    assert "/requests/opt-out-records/events/" in page
    assert keeper.post(here, data=WRITTEN).status_code == 400
    assert "Followed up" in keeper.get("/requests/opt-out-records").text
    assert "Sent on 1 June 2010" in keeper.get("/requests/opt-out-records").text
    assert "stays an event of the request" in keeper.get(f"{here}/delete").text
    assert keeper.post(f"{here}/delete").headers["Location"] == HERE
    assert keeper.get(here).status_code == 404


def test_an_appeal_takes_the_exemptions_that_are_typed(keeper: Visitor, parts: Parts) -> None:
    with parts.database.transaction() as session:
        make_request(session, title="Denied", answered_on=date(2026, 10, 20), sent_on=date(2026, 9, 1))
    here = "/requests/denied/letters/new?kind=appeal"
    assert "None was found on pages" in keeper.get(here).text
    page = keeper.get(f"{here}&exemptions=(b)(5),+(b)(7)(E)").text
    text = value_of(page, "text")
    assert "Exemption (b)(5)" in text
    assert "Exemption (b)(7)(E)" in text
    nonsense = keeper.get(f"{here}&exemptions=because").text
    assert "These are no exemptions that are known here." in nonsense


def test_members_read_letters_and_do_not_write_them(keeper: Visitor, visit: Visit) -> None:
    here, member = kept(keeper), visit(Role.MEMBER)
    page = member.get(here).text
    assert "Zq Writer" in page
    assert "<textarea" not in page
    assert "Delete this letter" not in page
    assert "Write it" not in member.get(HERE).text
    assert member.get(f"{here}.pdf").status_code == 200
    for path in (HERE, here, f"{here}/sent", f"{here}/delete"):
        assert member.post(path, data=WRITTEN).status_code == 403
    assert member.get(f"{HERE}/new?kind=appeal").status_code == 403


def test_readers_learn_of_no_letter(keeper: Visitor, visit: Visit) -> None:
    before = visit(None).get("/requests/opt-out-records").text
    here = kept(keeper)
    reader = visit(None)
    after = reader.get("/requests/opt-out-records").text
    strip = re.compile(r'value="[^"]{40,}"')
    assert strip.sub("", before) == strip.sub("", after)
    for path in (HERE, here, f"{here}.docx", f"{here}.pdf", f"{here}.txt", f"{HERE}/9999"):
        answer = reader.get(path)
        assert (answer.status_code, "sign-in" in answer.headers["Location"]) == (303, True)


def test_a_letter_of_another_request_is_absent(keeper: Visitor, parts: Parts) -> None:
    with parts.database.transaction() as session:
        make_request(session, title="Another", outcome=Outcome.DENIED)
    here = kept(keeper)
    other = here.replace("opt-out-records", "another")
    for path in (other, f"{other}.pdf", f"{other}/delete", "/requests/none/letters"):
        assert keeper.get(path).status_code == 404


def test_anybody_gets_a_request_to_their_county_and_nothing_is_stored(visit: Visit, parts: Parts) -> None:
    reader = visit(None)
    assert "Could your town be next?" in reader.get("/your-town").text
    page = reader.get("/your-town?county=Arlington+County&law=us-va").text
    text = value_of(page, "text")
    assert "the Virginia Freedom of Information Act, Va. Code 2.2-3704(A)" in text
    assert "made to Arlington County, Virginia" in text
    assert "8 U.S.C. 1357(g)" in text
    assert 'href="/deadlines?law=us-va"' in page
    assert "your postal address" in page
    form = {"subject": "Re this", "addressee": "Clerk", "text": text, "signature": "Sincerely,\nZq Neighbor"}
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF"), ("txt", b"Zq Neighbor")):
        answer = reader.post("/your-town/letter", data={**form, "form": kind})
        assert answer.status_code == 200
        assert answer.data.startswith(start)
        assert "Set-Cookie" not in answer.headers
    with parts.database.reading() as session:
        assert session.query(RequestLetter).count() == 0


def test_a_state_whose_law_is_not_known_leaves_a_gap(visit: Visit) -> None:
    page = visit(None).get("/your-town?county=Some+County&law=other").text
    assert "the public-records law of your state" in page
    assert "no deadline can be named" in page


@pytest.mark.parametrize(
    "asked",
    [
        "county=&law=us-va",
        "county=X&law=",
        "county=X&law=us",
        "county=X&law=zz",
        f"county={'x' * 200}&law=us-va",
    ],
)
def test_a_county_that_is_not_said_is_asked_for(visit: Visit, asked: str) -> None:
    answer = visit(None).get(f"/your-town?{asked}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "<textarea" not in answer.text


def test_what_anybody_may_have_made_is_limited(visit: Visit) -> None:
    reader = visit(None)
    form = {"subject": "s", "addressee": "a", "text": "t", "signature": "s", "form": "pdf"}
    for wrong in (
        {"text": "x" * 15_001},
        {"signature": "x" * 2_001},
        {"signature": "x\n" * 30},
        {"text": "x\n" * 1_000 + "x"},
        {"subject": "x" * 301},
        {"text": ""},
        {"form": "exe"},
    ):
        answer = reader.post("/your-town/letter", data={**form, **wrong})
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text


def test_a_draft_request_is_written_marked_as_sent_and_gets_its_clock(keeper: Visitor, parts: Parts) -> None:
    with parts.database.transaction() as session:
        make_request(session, title="Draft", sent_on=None)
    assert "It has not been sent yet." in keeper.get("/requests/draft/letters").text
    here = keeper.post("/requests/draft/letters", data={**WRITTEN, "kind": "request"}).headers["Location"]
    keeper.post(f"{here}/sent", data={"sent_on": "2026-10-30"})
    page = keeper.get("/requests/draft").text
    assert "Answer due" in page
    assert EventKind.SENT in page
