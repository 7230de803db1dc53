"""An authority's letter at the desk: entered, answered, printed, registered, ruled."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.casework.acts import Acts
from tests.casework.conftest import HOUR, START
from tests.desk.test_acts import act

from pasokh.casework.complaints.models import Attachment, Complaint, Reading
from pasokh.casework.disputes import actions as disputes
from pasokh.casework.disputes.models import Inquiry, Referral
from pasokh.casework.remedies.models import Remedy

pytestmark = pytest.mark.django_db

File = Callable[..., Complaint]
AtDesk = Callable[[str], Client]

REGISTER = "/en/desk/authorities/"


def letter(acts: Acts, **changes: Any) -> dict[str, Any]:
    """What somebody types from an authority's letter."""
    return {
        "body": acts.body,
        "their_ref": "124/77",
        "number": "1404/33",
        "dated_on": "1405/2/12",
        "officer": "Ms Karimi, 021 1234",
        "asks": "Please answer the complaint.",
        "due_on": "2026-05-10",
        "received_at": "2026-05-04 10:00",
        "number_in": "In 18",
    } | changes


def test_a_letter_is_entered_answered_printed_and_ruled(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace, terms: SimpleNamespace
) -> None:
    case, reza = file(), at_desk("reza")

    assert act(reza, case, "inquire", **letter(acts)).status_code == 302
    row = Inquiry.objects.get()
    assert (row.dated_on.isoformat(), row.due_on.isoformat()) == ("2026-05-02", "2026-05-10")
    assert (row.number_in, row.officer) == ("In 18", "Ms Karimi, 021 1234")

    shown = reza.get(f"/en/desk/complaints/{case.ref}/answer_inquiry/?inquiry={row.pk}")
    assert "Please answer the complaint." in shown.content.decode()
    said = {"inquiry": row.pk, "answer": "It was examined."}
    assert act(reza, case, "answer_inquiry", **said).status_code == 302
    again = reza.get(f"/en/desk/complaints/{case.ref}/answer_inquiry/?inquiry={row.pk}")
    assert "It was examined." in again.content.decode()

    printed = reza.get(f"/en/desk/complaints/{case.ref}/authority/{row.pk}/")
    assert (printed.status_code, printed["Content-Type"]) == (200, "application/pdf")
    assert Reading.objects.filter(complaint=case, what="letter").exists()

    left = {"inquiry": row.pk, "way": "post", "at": "2026-05-04 11:00", "number": "", "proof": "RR"}
    assert act(reza, case, "inquiry_answered", **left).status_code == 302
    row.refresh_from_db()
    assert (row.sent_by, row.proof) == ("post", "RR")

    ordered = {"remedy_101": terms.remedy, "owner_101": shop.staff["reza"].pk}
    ruled = {"referral": row.referral_id, "outcome": "changed", "ruling": "Pay."}
    answer = act(reza, case, "end_referral", **ruled, **ordered, due_101="2026-05-20")
    assert answer.status_code == 302
    assert Remedy.objects.get().ordered_in_id == row.referral_id
    page = reza.get(f"/en/desk/complaints/{case.ref}/").content.decode()
    assert "Our decision was changed" in page
    assert "answered" in page


def test_the_scan_of_a_letter_stays_inside(at_desk: AtDesk, file: File, acts: Acts) -> None:
    case, nima = file(), at_desk("nima")
    scan = SimpleUploadedFile("letter.pdf", b"%PDF-1.4 scan", "application/pdf")

    assert act(nima, case, "inquire", **letter(acts), papers=scan).status_code == 302
    assert list(Attachment.objects.values_list("inside", "name")) == [(True, "letter.pdf")]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"due_on": "2026-05-01"}, "This day lies before the date of the letter."),
        ({"asks": ""}, "Write at least a few words here."),
        ({"dated_on": "nonsense"}, "nonsense"),
        ({"body": "999999"}, "124/77"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    at_desk: AtDesk, file: File, acts: Acts, changes: dict[str, Any], sentence: str
) -> None:
    case = file()

    answer = act(at_desk("reza"), case, "inquire", **letter(acts, **changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Ms Karimi, 021 1234" in answer.content.decode()
    assert not Referral.objects.exists()


def test_the_register_leads_to_what_is_to_be_done(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace
) -> None:
    reza = at_desk("reza")
    assert "No letter of an authority waits" in reza.get(REGISTER).content.decode()
    case = file()
    row = acts._inquire(case, by=shop.nima, at=START + HOUR, due_on=START.date())

    page = reza.get(REGISTER).content.decode()
    assert f"/en/desk/complaints/{case.ref}/answer_inquiry/?inquiry={row.pk}" in page
    assert "None has been answered yet." in reza.get(f"{REGISTER}?show=answered").content.decode()
    for wild in ("0", "-1", "٣", "9" * 400, "x", ""):
        assert reza.get(REGISTER, {"page": wild}).status_code == 200
    assert case.ref not in at_desk("shirin").get(REGISTER).content.decode()


def test_nobody_prints_an_answer_of_a_file_out_of_sight(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace
) -> None:
    case = file()
    row = acts._inquire(case, by=shop.nima, at=START + HOUR)

    address = f"/en/desk/complaints/{case.ref}/authority/{row.pk}/"
    assert at_desk("reza").get(address).status_code == 404  # nothing is written yet
    said = {"inquiry": row.pk, "answer": "a", "by": shop.reza, "at": START + HOUR}
    disputes.write_answer(case.ref, **said)
    assert at_desk("reza").get(address).status_code == 200
    assert at_desk("shirin").get(address).status_code == 404
