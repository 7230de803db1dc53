"""A request becomes a complaint by the one intake: whole, once, and nothing of it is fetched."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from tests.api.open311.conftest import App, count

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.intake import actions as intake
from pasokh.directory.people.models import ContactPoint
from pasokh.kernel.ledger.models import Entry

Made = Callable[..., App]
WHOLE = {
    "service_code": "fridge",
    "description": "یخچال سرد نمی‌کند.\n<b>از روز اول</b>",
    "lat": "35.6892",
    "long": "51.3890",
    "address_string": "تهران، خیابان آزادی",
    "media_url": "http://127.0.0.1:1/photo.jpg",
    "device_id": "tt222111",
    "first_name": "سارا",
    "last_name": "کریمی",
    "email": "sara@example.org",
    "phone": "0912 345 6789",
    "language": "fa",
    "attribute[product_model]": "RF-200",
    "attribute[incident_on]": "2026-05-01T22:00:00+03:30",
    "attribute[needs][]": ["sight", "offline"],
    "attribute[on_behalf_of]": "مادرم",
    "attribute[behalf_contact]": "09121111111",
    "attribute[complainant_kind]": "customer",
    "jurisdiction_id": "testserver",
    "something_of_the_apps_own": "let be",
}


@pytest.mark.clause("10002:7.2")
def test_everything_that_was_told_is_in_the_file(app: Made, shop: SimpleNamespace) -> None:
    own = app(unit="tehran")

    (told,) = own.post(WHOLE).json()

    case = Complaint.objects.get(ref=told["service_request_id"])
    assert (case.channel, case.language, case.unit) == ("open311", "fa", shop.units["tehran"])
    assert (case.narrative, case.product_model) == (WHOLE["description"], "RF-200")
    assert str(case.incident_on) == "2026-05-01"
    assert [issue.category.code for issue in case.issues.all() if issue.category] == ["fridge"]
    assert case.representative
    assert case.complainant
    assert (case.representative.name, case.complainant.name) == ("سارا کریمی", "مادرم")
    assert sorted(case.representative.needs) == ["offline", "sight"]
    points = ContactPoint.objects.filter(person=case.representative)
    assert {one.value for one in points} == {"sara@example.org", "0912 345 6789"}
    first = Entry.objects.get(subject=case.subject, number=1)
    assert first.actor == f"client:{own.id}"
    assert first.private["remarks"].split("\n") == [
        "lat: 35.6892",
        "long: 51.3890",
        "address_string: تهران، خیابان آزادی",
        "media_url: http://127.0.0.1:1/photo.jpg",
        "device_id: tt222111",
    ]
    assert Letter.objects.get(complaint=case).kind == "acknowledgement"
    assert intake.complainant(case.ref, told["tracking_code"]).id == case.ref
    assert "service_notice" in told


def test_nobody_has_to_say_who_they_are_and_what_they_need_is_kept(app: Made) -> None:
    ref = app().file(**{"attribute[needs]": "sight", "attribute[needs_note]": "large, please"})

    case = Complaint.objects.get(ref=ref)
    first = Entry.objects.get(subject=case.subject, number=1)
    assert (case.anonymous, first.private["remarks"]) == (
        True,
        "needs: sight\nneeds_note: large, please",
    )


def test_what_was_chosen_says_what_is_wrong_where_nothing_was_written(app: Made) -> None:
    own = app()

    assert Complaint.objects.get(ref=own.file(description="")).narrative == "Fridge"
    assert own.post({"service_code": "not-sorted", "description": " "}).status_code == 400
    assert own.post({"service_code": "house", "description": "x"}).status_code == 404


def test_one_id_of_an_app_is_filed_once_and_leads_to_its_reference(app: Made) -> None:
    own, other = app(), app()
    form = {"service_code": "late", "description": "Late.", "client_reference": "app-17"}
    (first,), (again,) = own.post(form).json(), own.post(form).json()
    (others,) = other.post(form).json()

    assert again == {"service_request_id": first["service_request_id"]}
    assert others["service_request_id"] != first["service_request_id"]
    assert Complaint.objects.count() == 2
    found = {"service_request_id": first["service_request_id"], "token": "app-17"}
    assert own.get("v2/tokens/app-17.json").json() == [found]
    assert own.get("v2/tokens/app-18.json").status_code == 404
    assert app().get("v2/tokens/app-17.json").status_code == 404


def test_a_form_sent_again_under_a_key_gets_the_same_answer(app: Made) -> None:
    own, form = app(), {"service_code": "late", "description": "Late."}
    first, again = (own.post(form, Idempotency_Key="k") for _ in range(2))

    assert (again.content, again.headers["Idempotency-Replayed"]) == (first.content, "true")
    assert Complaint.objects.count() == 1
    other = own.post(form | {"description": "Later."}, Idempotency_Key="k")
    assert other.status_code == 400


def test_an_app_files_where_it_may_and_nowhere_else(app: Made) -> None:
    reader = app("complaint.read")

    assert reader.post({"service_code": "late", "description": "x"}).status_code == 403
    assert Complaint.objects.count() == 0


def test_filing_takes_as_many_statements_whatever_is_there(app: Made) -> None:
    own = app()
    own.file(email="a@example.org")
    counts = [count(lambda: own.file(email="a@example.org")) for _ in range(3)]

    assert counts[1] == counts[2] <= 7
