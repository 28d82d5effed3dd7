"""The address of one's calendar, shown once, and the switch for reminders."""

from __future__ import annotations

import re

from archive.models import Account
from archive.parts import Parts
from archive.rules.statuses import Role
from tests.visitors import Visitor
from tests.web.conftest import Visit

HERE = "/account/requests"
ADDRESS = re.compile(r'value="(http://localhost)?(/requests\.ics\?key=[\w-]{43})"')


def make(visitor: Visitor) -> str:
    """Makes a new address; the path of it."""
    answer = visitor.post(f"{HERE}/calendar", data={"what": "make"})
    assert answer.status_code == 303
    found = ADDRESS.search(visitor.get(answer.headers["Location"]).text)
    assert found
    return found[2]


def account(parts: Parts, email: str) -> Account:
    with parts.database.reading() as session:
        return session.query(Account).filter_by(email=email).one()


def test_the_address_is_shown_once_and_works(visit: Visit) -> None:
    member = visit(Role.MEMBER)
    path = make(member)
    assert path not in member.get(f"{HERE}/calendar").text
    assert "is not kept" in member.get(f"{HERE}/calendar").text
    assert "has an address" in member.get(HERE).text
    assert visit(None).get(path).status_code == 200


def test_a_new_address_ends_the_old_one_and_a_removed_one_is_gone(visit: Visit) -> None:
    member, program = visit(Role.MEMBER), visit(None)
    old, new = make(member), make(member)
    assert program.get(old).status_code == 404
    assert program.get(new).status_code == 200
    answer = member.post(f"{HERE}/calendar", data={"what": "remove"})
    assert "has no address any more" in member.get(answer.headers["Location"]).text
    assert program.get(new).status_code == 404


def test_reminders_are_switched_off_and_on(visit: Visit, parts: Parts) -> None:
    volunteer = visit(Role.VOLUNTEER)
    assert volunteer.account is not None
    for wanted in ("0", "1"):
        answer = volunteer.post(f"{HERE}/reminders", data={"wanted": wanted})
        assert "eminders come to you" in volunteer.get(answer.headers["Location"]).text
        assert account(parts, volunteer.account.email).wants_reminders is (wanted == "1")


def test_the_account_leads_there(visit: Visit) -> None:
    assert f'href="{HERE}"' in visit(Role.MEMBER).get("/account").text


def test_readers_and_forms_of_other_sites_change_nothing(visit: Visit) -> None:
    assert visit(None).get(HERE).status_code == 303
    assert visit(None).post(f"{HERE}/calendar", data={"what": "make"}).status_code in (401, 403)
    careless = visit(Role.MEMBER)
    careless.sends_tokens = False
    assert careless.post(f"{HERE}/calendar", data={"what": "make"}).status_code in (400, 403)
