"""Product, purchase and the like, told after filing: kept where those told at filing are."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.portal.steps import followed, page, text

from pasokh.casework.complaints import actions, queries
from pasokh.casework.complaints.models import Complaint
from pasokh.directory.organisation.models import User
from pasokh.kernel import clock
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry

LANGUAGES = pytest.mark.parametrize("language", ["fa", "en"])
DETAILS = "/{}/follow/complaint/details/"
EMPTY = dict.fromkeys(
    (
        *("incident_on", "remedy_wanted", "product_model", "serial_number", "order_number"),
        *("purchase_place", "purchased_on", "guarantee"),
    ),
    "",
)
TOLD = {
    "product_model": "یخچال RT-450",
    "serial_number": "SN-77 1234/β",
    "order_number": "A-99",
    "purchase_place": "شعبهٔ ولیعصر",
    "purchased_on": "1405/02/13",
    "guarantee": "دو سال",
    "incident_on": "2026-05-20",
    "remedy_wanted": "تعویض",
}


def added(case: Complaint) -> list[Entry]:
    rows = Entry.objects.select_related("sealed").filter(subject=case.subject)
    return list(rows.filter(event="complaint.particulars_added").order_by("number"))


@LANGUAGES
@pytest.mark.clause("10002:7.2")
def test_what_is_told_later_stands_where_what_was_told_at_filing_does(
    browser: Client, portal: SimpleNamespace, language: str
) -> None:
    case = followed(browser, language)
    assert browser.post(DETAILS.format(language), EMPTY | TOLD).status_code == 302
    case.refresh_from_db()

    assert {name: getattr(case, name) for name in TOLD} == TOLD | {
        "purchased_on": date(2026, 5, 3),
        "incident_on": date(2026, 5, 20),
    }
    followed_page = page(browser, language)
    assert all(TOLD[name] in followed_page for name in ("serial_number", "guarantee"))
    again = text(browser.get(DETAILS.format(language)))
    assert 'value="SN-77 1234/β"' in again


@pytest.mark.parametrize("asked", ["SN-77 1234/β", "sn77", "یخچال rt450", "A-99"])
def test_a_serial_number_told_later_is_found(
    browser: Client, portal: SimpleNamespace, asked: str
) -> None:
    case = followed(browser)
    assert queries.search(portal.reza, "SN-77").lines == ()
    browser.post(DETAILS.format("fa"), EMPTY | TOLD)

    assert [line.ref for line in queries.search(portal.reza, asked).lines] == [case.ref]


@LANGUAGES
def test_it_stands_on_the_case_page_on_the_form_and_in_the_story(
    browser: Client, portal: SimpleNamespace, language: str
) -> None:
    case = followed(browser, serial_number="SN-OLD")
    browser.post(DETAILS.format("fa"), EMPTY | TOLD)
    reza = portal.staff["reza"]
    reza.user = User.objects.create(email="reza@example.org")
    reza.save()
    desk = Client()
    desk.force_login(reza.user)
    shown = text(desk.get(f"/{language}/desk/complaints/{case.ref}/"))
    printed = text(desk.get(f"/{language}/desk/complaints/{case.ref}/form/"))

    said = ("product_model", "serial_number", "order_number", "purchase_place", "guarantee")
    facts = re.findall(r"<dd>(?:<[^>]+>)?([^<]+)", shown)
    assert [TOLD[name] for name in said if TOLD[name] not in facts] == []
    assert [TOLD[name] for name in said if TOLD[name] not in printed] == []
    assert "SN-OLD" in shown
    assert "SN-OLD" not in printed


def test_old_and_new_are_kept_and_only_what_changed(browser: Client) -> None:
    case = followed(browser, serial_number="SN-1", guarantee="یک سال")
    browser.post(DETAILS.format("fa"), EMPTY | {"serial_number": "SN-2", "guarantee": "یک سال"})
    (entry,) = added(case)

    assert entry.facts == {"fields": ["serial_number"]}
    assert entry.private == {"changes": {"serial_number": ["SN-1", "SN-2"]}}
    assert entry.actor == f"complainant:{case.ref}"
    assert "You told us more about the product or the matter." in page(browser)


def test_told_twice_it_is_written_down_once(browser: Client) -> None:
    case = followed(browser)
    answers = [browser.post(DETAILS.format("fa"), EMPTY | TOLD).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert len(added(case)) == 1


def test_what_somebody_corrected_meanwhile_is_not_overwritten(
    browser: Client, portal: SimpleNamespace
) -> None:
    case = followed(browser, serial_number="SN-1")
    page(browser)
    case.refresh_from_db()
    seen = case.version
    correction = {"field": "serial_number", "value": "SN-3", "reason": "typed wrongly"}
    actions.correct(case.ref, **correction, by=portal.sara, at=clock.now())
    told = EMPTY | {"serial_number": "SN-2", "version": str(seen)}
    answer = browser.post(DETAILS.format("en"), told)
    case.refresh_from_db()

    assert (answer.status_code, case.serial_number) == (409, "SN-3")
    assert 'value="SN-2"' in text(answer)


def test_a_date_that_cannot_be_read_loses_nothing_else(browser: Client) -> None:
    case = followed(browser)
    answer = browser.post(DETAILS.format("en"), EMPTY | TOLD | {"purchased_on": "last spring"})

    assert (answer.status_code, 'value="last spring"' in text(answer)) == (200, True)
    assert 'value="A-99"' in text(answer)
    assert added(case) == []


def test_signs_that_no_database_holds_are_shown_as_gone(browser: Client) -> None:
    case = followed(browser)
    browser.post(DETAILS.format("fa"), EMPTY | {"guarantee": "دو\0سال\r\n تا پاییز "})
    case.refresh_from_db()

    assert case.guarantee == "دو\ufffdسال\n تا پاییز "


def test_an_ended_file_takes_it_too_and_nobody_elses_hand_does(
    browser: Client, portal: SimpleNamespace
) -> None:
    case = followed(browser)
    me = Actor(Kind.COMPLAINANT, case.ref)
    actions.withdraw(case.ref, reason="", by=me, at=clock.now())
    browser.post(DETAILS.format("fa"), EMPTY | TOLD)
    case.refresh_from_db()
    assert (case.state, case.serial_number) == ("withdrawn", TOLD["serial_number"])

    for by in (portal.reza, Actor(Kind.COMPLAINANT, "P-000000-0")):
        with pytest.raises(Refused, match="not-authorised"):
            actions.add_particulars(case.ref, told={}, by=by, at=clock.now())
    with pytest.raises(Refused, match="not-correctable"):
        actions.add_particulars(case.ref, told={"narrative": "…"}, by=me, at=clock.now())
