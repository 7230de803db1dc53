"""Every address of the product as every role and as nobody, generated from the URLconf.

A new address fails the first test until it is declared here with those to whom it opens.
"""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.casework.conftest import CAST, START, named, person
from tests.desk.addresses import HIRED, PROGRAMS, Filled, filled

from pasokh.api.aside import DOORS
from pasokh.casework.complaints.models import Complaint, Reading
from pasokh.directory.organisation.models import RoleAssignment
from pasokh.directory.organisation.roles import Role
from pasokh.kernel.ledger.models import Entry

__all__ = ["filled", "named", "person"]

pytestmark = pytest.mark.django_db

EVERYBODY = frozenset({*CAST, *HIRED})
#: The administrator, and a colleague of another branch: a file of Tehran is not there for them.
READERS = EVERYBODY - {"zahra", "shirin"}
TAKERS = frozenset({"nima", "reza", "leila", "sara", "parvin", "shirin"})
NOTERS = frozenset({"nima", "reza", "leila", "mina", "sara", "parvin", "omid", "yas"})
IMPORTERS = frozenset({"sara", "parvin"})
ADMINISTRATOR = frozenset({"zahra"})
KEEPERS = frozenset({"zahra", "parvin"})

#: Each address of the desk with those to whom it opens, and what anybody else is answered.
DESK: dict[str, tuple[frozenset[str], int]] = {
    "desk/": (EVERYBODY - {"zahra"}, 302),  # led to where their own work begins
    "desk/search/": (EVERYBODY, 0),
    "desk/calls/": (EVERYBODY, 0),
    "desk/letters/": (EVERYBODY, 0),
    "desk/authorities/": (EVERYBODY, 0),
    "desk/password/": (EVERYBODY, 0),
    "desk/away/": (EVERYBODY, 0),
    "desk/complaints/new/": (TAKERS, 403),
    "desk/complaints/<str:ref>/": (READERS, 404),
    "desk/complaints/<str:ref>/form/": (READERS, 404),
    "desk/complaints/<str:ref>/sheet/": (READERS, 404),
    "desk/scans/": (TAKERS, 403),
    "desk/scans/<int:scan_id>/": (TAKERS - {"shirin"}, 404),
    "desk/scans/<int:scan_id>/small/": (TAKERS - {"shirin"}, 404),
    "desk/scans/<int:scan_id>/pages/<int:number>/": (TAKERS - {"shirin"}, 404),
    "desk/complaints/<str:ref>/letters/<int:letter_id>/": (READERS, 404),
    "desk/complaints/<str:ref>/letters/<int:letter_id>/word/": (READERS, 404),
    "desk/complaints/<str:ref>/authority/<int:inquiry_id>/": (READERS, 404),
    "desk/complaints/<str:ref>/files/<str:digest>/": (READERS, 404),
    "desk/complaints/<str:ref>/files/<str:digest>/save/": (READERS, 404),
    "desk/complaints/<str:ref>/files/<str:digest>/original/": (READERS, 404),
    "desk/complaints/<str:ref>/files/<str:digest>/small/": (READERS, 404),
    "desk/complaints/<str:ref>/files/<str:digest>/pages/<int:number>/": (READERS, 404),
    "desk/complaints/<str:ref>/files/<str:digest>/sound/": (READERS, 404),
    "desk/complaints/<str:ref>/note/": (NOTERS, 403),
    "desk/mail/": (TAKERS, 403),
    "desk/mail/days/": (TAKERS, 403),
    "desk/mail/readings/": (frozenset({"ali", "neda"}), 403),
    "desk/mail/<int:mail_id>/": (TAKERS - {"shirin"}, 403),
    "desk/mail/<int:mail_id>/<str:digest>/": (TAKERS - {"shirin"}, 403),
    "desk/exports/": (EVERYBODY, 0),
    "desk/exports/<int:export_id>/": (frozenset({"ali"}), 404),
    "desk/imports/": (IMPORTERS, 403),
    "desk/imports/<int:sheet_id>/": (frozenset({"parvin"}), 404),
    "desk/imports/<int:sheet_id>/refused/": (frozenset({"parvin"}), 404),
    "desk/imports/<int:sheet_id>/columns/": (frozenset({"parvin"}), 404),
    "desk/imports/<int:sheet_id>/values/": (frozenset({"parvin"}), 404),
    "desk/set-up/": (KEEPERS, 403),
    "desk/set-up/organisation/": (ADMINISTRATOR, 403),
    "desk/set-up/units/": (ADMINISTRATOR, 403),
    "desk/set-up/units/<int:unit_id>/": (ADMINISTRATOR, 403),
    "desk/set-up/units/<int:unit_id>/week/": (KEEPERS, 403),
    "desk/set-up/units/<int:unit_id>/holidays/": (KEEPERS, 403),
    "desk/set-up/units/<int:unit_id>/holidays/<str:place>/": (KEEPERS, 403),
    "desk/set-up/units/<int:unit_id>/periods/": (ADMINISTRATOR, 403),
    "desk/set-up/units/<int:unit_id>/periods/<str:pack_id>/": (ADMINISTRATOR, 403),
    "desk/set-up/week/": (KEEPERS, 403),
    "desk/set-up/holidays/": (KEEPERS, 403),
    "desk/set-up/holidays/<str:place>/": (KEEPERS, 403),
    "desk/set-up/periods/": (ADMINISTRATOR, 403),
    "desk/set-up/periods/<str:pack_id>/": (ADMINISTRATOR, 403),
    "desk/set-up/lists/": (KEEPERS, 403),
    "desk/set-up/lists/<str:kind>/": (KEEPERS, 403),
    "desk/set-up/lists/<str:kind>/<str:code>/": (KEEPERS, 403),
    "desk/set-up/bodies/": (KEEPERS, 403),
    "desk/set-up/bodies/<str:code>/": (KEEPERS, 403),
    "desk/set-up/letters/": (KEEPERS, 403),
    "desk/set-up/letters/<str:letter>/<str:language>/": (KEEPERS, 403),
    "desk/set-up/letters/kinds/<int:kind_id>/": (KEEPERS, 403),
    "desk/set-up/replies/": (KEEPERS, 403),
    "desk/set-up/replies/<int:reply_id>/": (KEEPERS, 403),
    "desk/set-up/mail/": (ADMINISTRATOR, 403),
    "desk/set-up/messages/": (ADMINISTRATOR, 403),
    "desk/set-up/texts/": (ADMINISTRATOR, 403),
    "desk/set-up/texts/<str:template>/": (ADMINISTRATOR, 403),
    "desk/set-up/certificates/": (ADMINISTRATOR, 403),
    "desk/set-up/mailboxes/": (ADMINISTRATOR, 403),
    "desk/set-up/mailboxes/<int:mailbox_id>/": (ADMINISTRATOR, 403),
    "desk/set-up/staff/": (ADMINISTRATOR, 403),
    "desk/set-up/staff/<int:staff_id>/": (ADMINISTRATOR, 403),
    "desk/set-up/staff/<int:staff_id>/away/": (ADMINISTRATOR, 403),
    "desk/set-up/entrances/": (ADMINISTRATOR, 403),
    "desk/set-up/entrances/<int:entrance_id>/": (ADMINISTRATOR, 403),
    "desk/set-up/entrances/<int:entrance_id>/<str:sheet>/<str:language>/": (ADMINISTRATOR, 403),
    "desk/set-up/programs/": (ADMINISTRATOR, 403),
    "desk/set-up/programs/<int:client_id>/": (ADMINISTRATOR, 403),
    "desk/set-up/webhooks/": (KEEPERS, 403),
    "desk/set-up/webhooks/<int:webhook_id>/": (KEEPERS, 403),
    "desk/set-up/webhooks/<int:webhook_id>/log/": (KEEPERS, 403),
    "desk/set-up/files/": (KEEPERS, 403),
    "desk/set-up/files/<str:apart>/": (KEEPERS, 403),
    "desk/set-up/limits/": (ADMINISTRATOR, 403),
}
#: The route of every act on a file; `test_walk.py` tries them all.
ACT = "desk/complaints/<str:ref>/<str:name>/"
#: Addresses of the desk that lead elsewhere, or are for those who are not there yet.
LEADING = {
    "desk/letters/batch/",
    "desk/scans/sheets/",
    "desk/complaints/<str:ref>/read/",
    "desk/sign-in/",
    "desk/sign-out/",
}
#: Addresses for machines: each opens by the secret in it, whoever asks.
MACHINES = {"hooks/texts/<str:token>/", "hooks/messages/<str:token>/"}
#: Each address of the public, with what anybody without a tracking code is answered: a session of
#: the desk opens nothing there.
PUBLIC: dict[str, int] = {
    "/": 302,
    "api/": 200,
    "": 200,
    "complain/": 200,
    "complain/check/": 302,
    "complain/forget/": 405,
    "complain/receipt/": 302,
    "complain/receipt/proof.json": 302,
    "complain/receipt/receipt.pdf": 302,
    "confirm/<str:token>/": 404,
    "at/<str:code>/": 404,
    "form/<str:code>/": 404,
    "kiosk/": 403,
    "kiosk/home/": 403,
    "kiosk/still/": 403,
    "kiosk/complain/": 403,
    "kiosk/follow/": 403,
    "kiosk/pair/<str:token>/": 410,
    "follow/": 200,
    "follow/leave/": 405,
    "follow/lost/": 200,
    "follow/lost/asked/": 200,
    "follow/lost/code/": 302,
    "follow/lost/code/receipt.pdf": 302,
    "follow/lost/link/<str:token>/": 404,
    "follow/complaint/": 302,
    "follow/complaint/proof.json": 302,
    "follow/complaint/receipt.pdf": 302,
    "follow/complaint/file/<int:number>/": 302,
    "follow/complaint/file/<int:number>/small/": 302,
    "follow/complaint/file/<int:number>/sound/": 302,
    "follow/complaint/address/": 405,
    "follow/complaint/reach/": 302,
    "follow/complaint/details/": 302,
    "follow/complaint/letter/": 302,
    "follow/complaint/refuse/": 302,
    "follow/complaint/rate/": 405,
    "follow/complaint/<slug:answer>/": 302,
    "setup/done/": 200,
    "setup/<str:token>/": 410,
    "ui/": 404,
}


@pytest.fixture(autouse=True)
def _beyond_the_example(db: None) -> None:
    """Number the files past `P-000042-7`, the example that pages for everybody show."""
    with connection.cursor() as cursor:  # taken back with the test
        cursor.execute("ALTER SEQUENCE complaint_number RESTART WITH 1000")


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Every route of the URLconf, without the language."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            inside = before if "Locale" in type(one.pattern).__name__ else before + str(one.pattern)
            yield from routes(one.url_patterns, inside or "~")
        else:
            assert isinstance(one, URLPattern)
            yield (before.removeprefix("~") + str(one.pattern)) if before else "/"


def test_every_role_is_somebody_s() -> None:
    held = {role for roles in CAST.values() for role, _unit in roles}

    assert held | {role for role, _unit in HIRED.values()} == {str(role) for role in Role}


def test_every_address_is_declared() -> None:
    machines = {*PROGRAMS, *MACHINES}
    declared = {*DESK, *LEADING, *PUBLIC, *machines, ACT} - {"desk/complaints/<str:ref>/note/"}

    doors = {f"{begin[1:]}<whatever:path>" for begin in DOORS}
    assert {*routes(), *doors} == declared


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_an_address_of_the_desk_opens_to_those_declared(
    at_desk: Callable[[str], Client], filled: Filled, name: str
) -> None:
    browser = at_desk(name)
    for route, (opens, refused) in DESK.items():
        strange = "<str:ref>" in route and name not in READERS
        strange |= "<int:mail_id>" in route and name in TAKERS  # a mail of another unit
        expected = 200 if name in opens else 404 if strange else refused
        assert browser.get(filled(route)).status_code == expected, route


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_who_may_not_open_a_page_does_nothing_there(
    at_desk: Callable[[str], Client], filled: Filled, name: str
) -> None:
    browser, before = at_desk(name), Entry.objects.count()
    for route, (opens, refused) in DESK.items():
        if name not in opens:
            given = {"act": "retire", "version": 1, "text": "x"}
            assert browser.post(filled(route), given).status_code in {403, 404, 409, refused}, route
    if name not in READERS:
        assert browser.post(filled("desk/complaints/<str:ref>/read/")).status_code == 404
    assert Entry.objects.count() == before


def test_nobody_is_led_to_the_sign_in_page_and_does_nothing(filled: Filled) -> None:
    browser, before = Client(), Entry.objects.count()
    for route in (*DESK, "desk/complaints/<str:ref>/read/"):
        address = filled(route)
        for answer in (browser.get(address), browser.post(address, {"act": "retire"})):
            assert answer.status_code == 302, route
            assert answer["Location"] == f"/en/desk/sign-in/?next={address}"
    assert browser.get(filled("desk/sign-in/")).status_code == 200
    assert browser.get(filled("desk/sign-out/"))["Location"] == filled("desk/sign-in/")
    assert (Entry.objects.count(), Reading.objects.count()) == (before, 0)


@pytest.mark.parametrize("name", [None, *sorted(EVERYBODY)])
def test_without_a_tracking_code_the_portal_is_the_same_for_everybody(
    at_desk: Callable[[str], Client], filled: Filled, name: str | None
) -> None:
    browser = at_desk(name) if name else Client()
    for route, expected in (PUBLIC | PROGRAMS).items():
        answer = browser.get("/" if route == "/" else filled(route))
        assert answer.status_code == expected, route
        assert filled.ref not in b"".join(answer).decode(), route  # type: ignore[arg-type]


@pytest.mark.clause("10002:4.10")
def test_the_administrator_reads_no_complaint_by_any_door(
    at_desk: Callable[[str], Client], filled: Filled
) -> None:
    case = Complaint.objects.get(ref=filled.ref)
    assert case.complainant
    browser, name = at_desk("zahra"), case.complainant.name
    secrets = (case.narrative, name, case.ref, "photo.jpg")
    for address in (
        *("desk/", "desk/?state=all", "desk/letters/", "desk/calls/?number=09121234567"),
        *(f"desk/search/?q={sought}" for sought in (case.ref, name, "یخچال", "09121234567")),
        *(f"desk/complaints/{case.ref}/{end}" for end in ("", "form/", "note/", "message/")),
        f"desk/complaints/{case.ref}/files/{filled.digest}/",
        f"desk/complaints/{case.ref}/letters/{filled.letter_id}/",
        f"desk/complaints/{case.ref}/authority/{filled.inquiry_id}/",
        *(route for route, (opens, _other) in DESK.items() if "zahra" in opens),
    ):
        page = browser.get(filled(address)).content.decode(errors="replace")
        typed = filled(address)  # which a page may repeat
        assert [one for one in secrets if one in page and one not in typed] == [], address
    assert not Reading.objects.exists()


def test_given_the_right_the_administrator_reads(
    at_desk: Callable[[str], Client], filled: Filled, shop: SimpleNamespace
) -> None:
    RoleAssignment.objects.create(
        staff=shop.staff["zahra"], role="auditor", unit=None, valid_from=START, by="test"
    )

    page = at_desk("zahra").get(filled("desk/complaints/<str:ref>/"))

    assert Complaint.objects.get(ref=filled.ref).narrative in page.content.decode()
    assert Reading.objects.get().actor == f"staff:{shop.staff['zahra'].pk}"
