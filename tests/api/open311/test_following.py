"""An app is told facts of what it filed itself: no word of anybody, and nothing of others."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from tests.api.conftest import NOW, Program
from tests.api.open311.conftest import App, count

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.models import Complaint, Reading
from pasokh.casework.complaints.terms import NotAComplaint
from pasokh.directory.clients.models import Client

Made = Callable[..., App]
SECRETS = {"first_name": "سارا", "email": "sara@example.org", "address_string": "خیابان آزادی"}


def refs(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["service_request_id"] for one in answer.json()]


@pytest.fixture
def file_api(program: Callable[..., Program]) -> str:
    """A complaint that another program filed by the other interface."""
    told = program().post("complaints", {"narrative": "x", "client_reference": "client:1:x"})
    ref: str = told.json()["reference"]
    return ref


def test_facts_are_told_and_no_word_of_anybody(app: Made, shop: SimpleNamespace) -> None:
    own = app(unit="tehran")
    ref = own.file(**SECRETS)

    (told,) = own.get(f"v2/requests/{ref}.json").json()

    assert told == {
        "service_request_id": ref,
        "status": "open",
        "status_notes": "It arrived, and we are looking at what it needs.",
        "service_name": "Fridge",
        "service_code": "fridge",
        "agency_responsible": "tehran",
        "requested_datetime": "2026-05-04T08:00:00Z",
        "updated_datetime": "2026-05-04T08:00:00Z",
        "expected_datetime": told["expected_datetime"],
    }
    assert told["expected_datetime"] > told["requested_datetime"]
    assert own.get(f"v2/request/{ref}.json").json() == [told]
    xml = own.get("v2/requests.xml").content.decode()
    for secret in (*SECRETS.values(), "It is broken."):
        assert secret not in xml
    assert not Reading.objects.exists()


def test_only_what_an_app_filed_is_there_for_it(
    app: Made, file: Callable[..., Complaint], file_api: str
) -> None:
    own, other = app(), app("complaint.receive", "complaint.read")
    mine, theirs, counter = own.file(), other.file(), file().ref

    assert refs(own.get("v2/requests.json")) == [mine]
    assert refs(other.get("v2/requests.json")) == [theirs]
    for strange in (theirs, counter, file_api, "P-000099-9", "nothing"):
        assert own.get(f"v2/requests/{strange}.json").status_code == 404
        assert refs(own.get("v2/requests.json", service_request_id=strange)) == []
    assert (
        own.http.get(
            f"/api/v1/complaints/{mine}", headers={"Authorization": f"Bearer {own.key}"}
        ).status_code
        == 404
    )


def test_who_may_not_file_any_more_is_told_nothing(app: Made) -> None:
    own = app()
    ref = own.file()
    Client.objects.filter(pk=own.id).update(grants=["complaint.read"])

    assert own.get(f"v2/requests/{ref}.json").status_code == 404


def test_a_file_that_became_confidential_is_not_told_of(app: Made, shop: SimpleNamespace) -> None:
    own, trusted = app(), app("complaint.receive", "complaint.read_confidential")
    for one in (own, trusted):
        ref = one.file()
        told = {"field": "confidential", "value": True, "reason": "x"}
        actions.correct(ref, **told, by=shop.parvin, at=NOW)
        shown = one.get(f"v2/requests/{ref}.json").status_code
        assert shown == (404 if one is own else 200)


def test_an_ended_file_is_closed_with_its_time(
    app: Made, shop: SimpleNamespace, stands: Callable[..., None]
) -> None:
    own = app(unit="tehran")
    kept, ended = own.file(), own.file(service_code="late")
    stands(NOW + timedelta(hours=5))
    actions.set_aside(
        ended, kind=NotAComplaint.ENQUIRY, reason="x", by=shop.parvin, at=NOW + timedelta(hours=5)
    )

    assert refs(own.get("v2/requests.json", status="open")) == [kept]
    (told,) = own.get("v2/requests.json", status="closed").json()
    assert (told["service_request_id"], told["status"]) == (ended, "closed")
    assert told["updated_datetime"] == "2026-05-04T13:00:00Z"
    assert "expected_datetime" not in told
    assert len(refs(own.get("v2/requests.json", status="open,closed"))) == 2
    assert refs(own.get("v2/requests.json", service_code="late")) == [ended]
    assert refs(own.get("v2/requests.json", service_code="not-sorted,house")) == []


def test_a_list_is_of_ninety_days_at_most_and_goes_on_by_its_key(
    app: Made, stands: Callable[..., None]
) -> None:
    own, made = app(), []
    for day in (0, 50, 100, 100):
        stands(NOW + timedelta(days=day))
        made.append(own.file())

    assert refs(own.get("v2/requests.json")) == made[:0:-1]
    assert refs(own.get("v2/requests.json", start_date="2026-05-04")) == [made[1], made[0]]
    assert refs(own.get("v2/requests.json", end_date="2026-05-05T00:00:00Z")) == [made[0]]
    assert refs(own.get("v2/requests.json", service_request_id=",".join(made))) == made[::-1]
    for wrong in (
        {"start_date": "2026-01-01", "end_date": "2026-12-31"},
        {"start_date": "2026-06-01", "end_date": "2026-05-01"},
        {"start_date": "2027-06-01"},
        {"start_date": "yesterday"},
        {"status": "lost"},
        {"page_size": "1001"},
        {"page_size": "0"},
        {"after": "x"},
        {"service_code": "a\0b"},
        {"service_request_id": ",".join(["P-1"] * 101)},
    ):
        assert own.get("v2/requests.json", **wrong).status_code == 400, wrong
    found, page = [], own.get("v2/requests.json", page_size=1)
    while True:
        found += refs(page)
        if "Link" not in page.headers:
            break
        link = page.headers["Link"]
        assert own.key not in link
        address = link[1 : link.index(">")]
        page = own.http.get(f"{address}&api_key={own.key}")
    assert found == made[:0:-1]


def test_a_list_takes_as_many_statements_however_long_it_is(app: Made) -> None:
    own = app()
    own.file()
    few = count(lambda: own.get("v2/requests.json"))
    for _ in range(3):
        own.file()

    assert count(lambda: own.get("v2/requests.json")) == few <= 2
