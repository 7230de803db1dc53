"""Every act on a file as every role, and as nobody; `test_every_address.py` walks the rest."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.casework.conftest import CAST

from pasokh.casework.complaints.models import Complaint
from pasokh.desk.forms import ACTS

pytestmark = pytest.mark.django_db

DESK = "/en/desk/"
#: Colleagues to whom a file of the Tehran branch is not there at all.
STRANGERS = {"zahra", "shirin"}
#: What each role may do first to a file just taken in; anybody else is refused by name.
MAY = {
    "acknowledge": {"nima", "reza", "leila", "mina", "parvin"},
    "assess": {"reza", "leila", "mina", "sara", "parvin"},
    "assign": {"sara", "parvin", "omid"},
    "set_aside": {"reza", "leila", "sara", "parvin"},
    "settle": {"nima", "reza", "leila", "sara"},
    "note": {"nima", "reza", "leila", "mina", "sara", "parvin", "omid"},
    "waive": {"parvin", "omid"},
}


def addresses(ref: str) -> list[str]:
    """Every address under the desk that needs somebody, for one file."""
    plain = ["", "search/", "calls/", "complaints/new/"]
    return [
        *plain,
        *(f"complaints/{ref}/{end}" for end in ("", "form/", "files/" + "0" * 64 + "/")),
        *(f"complaints/{ref}/{name}/" for name in ACTS),
    ]


def test_nobody_is_led_to_the_sign_in_page_and_back(file: Callable[..., Complaint]) -> None:
    ref = file().ref
    for address in (*addresses(ref), f"complaints/{ref}/read/"):
        answer = Client().get(DESK + address)
        assert answer.status_code == 302, address
        assert answer["Location"] == f"/en/desk/sign-in/?next={DESK}{address}"


def test_nothing_is_done_for_nobody(file: Callable[..., Complaint]) -> None:
    case = file()
    for name in ACTS:
        answer = Client().post(f"{DESK}complaints/{case.ref}/{name}/", {"version": case.version})
        assert answer.status_code == 302, name
    assert Complaint.objects.get(pk=case.pk).version == case.version


@pytest.mark.parametrize("name", CAST)
def test_each_role_finds_its_own(
    at_desk: Callable[[str], Client], file: Callable[..., Complaint], name: str
) -> None:
    ref, browser = file().ref, at_desk(name)

    assert browser.get(DESK).status_code == (302 if name == "zahra" else 200)  # led to set-up
    for address in ("search/", "calls/"):
        assert browser.get(DESK + address).status_code == 200
    receives = name in {"nima", "reza", "leila", "sara", "parvin", "shirin"}
    assert browser.get(f"{DESK}complaints/new/").status_code == (200 if receives else 403)
    for end in ("", "form/"):
        found = browser.get(f"{DESK}complaints/{ref}/{end}").status_code
        assert found == (404 if name in STRANGERS else 200)
    assert browser.get(f"{DESK}complaints/{ref}/files/{'0' * 64}/").status_code == 404
    assert browser.get(f"{DESK}complaints/{ref}/no-such-act/").status_code == 404
    for act, those in MAY.items():
        found = browser.get(f"{DESK}complaints/{ref}/{act}/").status_code
        assert found == (404 if name in STRANGERS else 200 if name in those else 403), act


def test_a_colleague_complained_about_finds_nothing(
    at_desk: Callable[[str], Client], file: Callable[..., Complaint], shop: SimpleNamespace
) -> None:
    ref = file(complained_about=(shop.staff["reza"].pk,)).ref
    browser = at_desk("reza")

    for address in addresses(ref)[4:]:
        assert browser.get(DESK + address).status_code == 404, address
    assert ref not in browser.get(DESK).content.decode()


def test_a_sign_in_without_an_active_colleague_opens_no_desk(
    at_desk: Callable[[str], Client], shop: SimpleNamespace
) -> None:
    browser = at_desk("reza")
    shop.staff["reza"].active_until = shop.staff["reza"].active_from
    shop.staff["reza"].save()

    answer = browser.get(DESK)

    assert answer.status_code == 403
    assert "no desk" in answer.content.decode()
