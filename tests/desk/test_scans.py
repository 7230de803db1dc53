"""Scanned letters at the desk: handed in, filed onto a complaint, or made a new one."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.casework.conftest import START
from tests.channels.previews.test_cell import bundle, sheet
from tests.desk.conftest import NOW
from tests.desk.test_entry import GIVEN

from pasokh.casework.complaints.models import Attachment, Complaint, Message
from pasokh.casework.intake.scans import actions
from pasokh.casework.intake.scans.models import Scan, Sheet
from pasokh.channels import scan_in
from pasokh.policy.taxonomy.models import Term

pytestmark = pytest.mark.django_db

AtDesk = Callable[[str], Client]
SCANS = "/en/desk/scans/"


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any, channels: None) -> None:
    settings.FILES = tmp_path / "files"
    Term.objects.create(kind="channel", code="letter", name={"fa": "نامه", "en": "Letter"})


def paper(name: str = "scan.pdf", text: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, bundle("PDF", sheet(text)))


def hand_in(browser: Client, *papers: SimpleUploadedFile, day: str = "2026-05-03") -> Any:
    return browser.post(SCANS, {"papers": papers, "day": day, "kept": ""})


def waiting(browser: Client) -> Scan:
    hand_in(browser, paper())
    scan = Scan.objects.latest("pk")
    actions.leave(scan.pk, why="scan-has-no-sheet", pages=1)
    return scan


def test_scans_are_handed_in_together_with_the_day_of_their_stamp(at_desk: AtDesk) -> None:
    browser = at_desk("nima")

    undated = hand_in(browser, paper(), day="")
    kept = undated.context["form"]["kept"].value()
    dated = browser.post(
        SCANS,
        {
            "kept": kept,
            "day": "1405/2/13",
            "papers": [paper("b.pdf", "b"), SimpleUploadedFile("c.txt", b"words")],
        },
        follow=True,
    )
    page = dated.content.decode()

    assert (undated.status_code, list(undated.context["form"].errors)) == (422, ["day"])
    assert "2 scans were handed in" in page
    assert "c.txt" in page
    assert "is no scan" in page
    first, second = Scan.objects.order_by("pk")
    assert (first.name, second.name) == ("scan.pdf", "b.pdf")
    assert str(first.received_at) == "2026-05-03 08:30:00+00:00"
    assert hand_in(browser, paper("d.pdf", "d"), day="2026-06-01").status_code == 422
    assert list(hand_in(browser).context["form"].errors) == ["papers"]


def test_a_clerk_files_a_scan_onto_a_complaint_that_is_there(
    at_desk: AtDesk, file: Callable[..., Complaint]
) -> None:
    case, browser = file(), at_desk("nima")
    scan = waiting(browser)
    said = {"act": "onto", "ref": case.ref.lower(), "text": "ضمیمه", "day": "2026-05-03"}

    wrong = browser.post(f"{SCANS}{scan.pk}/", {**said, "ref": "P-000099-9"})
    done = browser.post(f"{SCANS}{scan.pk}/", said)
    late = browser.post(f"{SCANS}{scan.pk}/", said)

    assert wrong.status_code == 422
    assert done.status_code == 302
    assert (late.status_code, b"Somebody has filed this scan" in late.content) == (422, True)
    assert Message.objects.get(complaint=case).channel == "letter"
    assert Attachment.objects.get(complaint=case).name == "scan.pdf"
    assert case.ref in browser.get(SCANS).content.decode()


def test_a_scan_becomes_a_new_complaint_with_its_pages_beside_the_form(
    at_desk: AtDesk, django_capture_on_commit_callbacks: Any
) -> None:
    browser = at_desk("nima")
    scan = waiting(browser)
    scan_in.inspecting.inspect(scan.digest, NOW)
    address = f"/en/desk/complaints/new/?scan={scan.pk}"

    form = browser.get(address)
    unit = form.context["form"].fields["unit"].choices[1][0]
    given = {
        **GIVEN,
        "unit": unit,
        "channel": "letter",
        "received_at": "2026-05-03 12:00",
        "once": "once",
    }
    filed = browser.post(address, given)
    again = browser.post(address, {**given, "once": "twice"})

    page = form.content.decode()
    assert f"{SCANS}{scan.pk}/pages/1/" in page
    assert form.context["form"]["channel"].value() == "letter"
    assert form.context["form"]["received_at"].value() == scan.received_at
    assert browser.get(f"{SCANS}{scan.pk}/pages/1/")["Content-Type"] == "image/jpeg"
    case = Complaint.objects.get()
    assert filed.context["ref"] == case.ref
    assert [one.digest for one in case.attachments.all()] == [scan.digest]
    scan.refresh_from_db()
    assert (scan.state, scan.complaint) == ("filed", case)
    assert b"Somebody has filed this scan" in again.content


def test_a_scan_that_is_not_for_us_is_set_aside_with_a_reason(at_desk: AtDesk) -> None:
    browser = at_desk("nima")
    scan = waiting(browser)

    wordless = browser.post(f"{SCANS}{scan.pk}/", {"act": "aside", "reason": ""})
    browser.post(f"{SCANS}{scan.pk}/", {"act": "aside", "reason": "an advertisement"})

    assert wordless.status_code == 422
    assert "an advertisement" in browser.get(SCANS).content.decode()


def test_sheets_are_printed_blank_and_for_a_complaint(
    at_desk: AtDesk, file: Callable[..., Complaint]
) -> None:
    case, browser = file(), at_desk("nima")

    blank = browser.post(f"{SCANS}sheets/", {"many": "2"})
    own = browser.get(f"/fa/desk/complaints/{case.ref}/sheet/")

    assert (blank["Content-Type"], blank.content[:5]) == ("application/pdf", b"%PDF-")
    assert Sheet.objects.count() == 2
    assert own.content[:5] == b"%PDF-"
    assert browser.post(f"{SCANS}sheets/", {"many": "5000"}).status_code == 302


def test_the_list_costs_a_fixed_number_of_statements_and_has_pages(
    at_desk: AtDesk, shop: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, nima = at_desk("nima"), shop.staff["nima"]

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            browser.get(SCANS)
        return len(found)

    def more(many: int) -> None:
        before = Scan.objects.count()
        Scan.objects.bulk_create(
            Scan(
                unit=shop.units["tehran"],
                digest=f"{before + n:064}",
                name=f"{n}.pdf",
                kind="application/pdf",
                size=1,
                received_at=START,
                dropped_by=nima,
                dropped_at=START,
                state="waiting",
            )
            for n in range(many)
        )

    more(2)
    cost()
    few = cost()
    more(30)
    page = browser.get(SCANS)

    assert cost() == few
    assert len(page.context["tray"].waiting) == 25
    rest = browser.get(SCANS + page.context["next"])
    assert len(rest.context["tray"].waiting) == 7
