"""A spreadsheet through the pages: handed in, corrected, started, and what came of it."""

from collections.abc import Callable
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.intake.imports.models import Import, ImportLayout
from pasokh.channels.sheets import importing
from pasokh.kernel import files
from pasokh.kernel.errors import Refused
from pasokh.policy.taxonomy.models import Term

pytestmark = pytest.mark.django_db

TEXT = "no,when,what,kind\n1,3/4/2015,cold,Fridges\n2,3/19/2015,warm,Ovens\n3,,nothing,Ovens\n"
LIST = "/en/desk/imports/"


@pytest.fixture
def browser(at_desk: Callable[[str], Client], tmp_path: Any, settings: Any) -> Client:
    settings.FILES = tmp_path
    return at_desk("parvin")


def hand_in(browser: Client, text: str = TEXT, name: str = "old.csv") -> str:
    sent = SimpleUploadedFile(name, text.encode())
    return str(browser.post(LIST, {"sheet": sent})["Location"])


def asked(means: str, value: str) -> str:
    """The field that asks what a value stands for."""
    return f"{means}_{sha256(value.encode()).hexdigest()[:12]}"


def shown(browser: Client, address: str, language: str = "en") -> str:
    return browser.get(address.replace("/en/", f"/{language}/")).content.decode()


def test_a_sheet_goes_through_its_pages(browser: Client, shop: SimpleNamespace) -> None:
    assert "No spreadsheet was handed in yet" in shown(browser, LIST)
    address = hand_in(browser)
    sheet = Import.objects.get()
    assert "data-moving" in shown(browser, address)

    importing.look(sheet.pk)
    assert "No column tells when" in shown(browser, address)
    columns = {"column_0": "id", "column_1": "received", "column_2": "narrative"}
    told = {**columns, "column_3": "category", "order": "", "channel": "web", "language": "en"}
    unit = shop.units["tehran"].pk
    assert browser.post(f"{address}columns/", {**told, "unit": unit})["Location"] == address
    importing.look(sheet.pk)
    page = shown(browser, address)
    assert "There is no date of receipt." in page
    assert "cold" in page
    assert "What 2 values stand for" in page
    assert ImportLayout.objects.count() == 1

    assert "Make a new term of it" in shown(browser, f"{address}values/")
    browser.post(f"{address}values/", {asked("category", "Fridges"): "+"})
    importing.look(sheet.pk)
    assert [term.name.en for term in Term.objects.filter(kind="category")] == ["Fridges"]

    browser.post(address, {"act": "start", "mode": "receive"})
    assert "Stop" in shown(browser, address)
    importing.run(sheet.pk)
    page = shown(browser, address, "fa")
    assert "۲ ثبت شد" in page
    assert "۱ پذیرفته نشد" in page
    first = Complaint.objects.get(narrative="cold")
    assert first.received_at.date().isoformat() == "2015-03-03"  # midnight in Tehran
    assert first.issues.get().category == Term.objects.get(kind="category")

    answer: Any = browser.get(f"{address}refused/")
    assert answer["Content-Disposition"] == 'attachment; filename="old-refused.csv"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).decode("utf-8-sig").splitlines() == [
        "no,when,what,kind,Reason",
        "3,,nothing,Ovens,There is no date of receipt.",
    ]
    assert "old.csv" in shown(browser, LIST)


def test_a_page_that_is_old_changes_nothing_and_says_so(browser: Client) -> None:
    address = hand_in(browser, "date,text\n2015-03-04,cold\n")
    sheet = Import.objects.get()
    importing.look(sheet.pk)
    browser.post(address, {"act": "start", "mode": "receive"})
    again = browser.post(address, {"act": "start", "mode": "receive"}, follow=True)

    assert "moved on since this page was made" in again.content.decode()
    browser.post(address, {"act": "stop"})
    assert "Resume" in shown(browser, address)
    browser.post(address, {"act": "resume"})
    importing.run(sheet.pk)
    assert Complaint.objects.count() == 1


def test_a_full_disk_and_a_missing_file_are_told_on_the_form(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_told: Any) -> None:
        raise Refused("no-space")

    assert "Choose a file." in browser.post(LIST, {}).content.decode()
    monkeypatch.setattr(files, "put", full)
    answer = browser.post(LIST, {"sheet": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")})

    assert answer.status_code == 422
    assert not Import.objects.exists()


def test_whoever_may_not_keep_the_lists_makes_no_terms(
    browser: Client, at_desk: Callable[[str], Client]
) -> None:
    sara = at_desk("sara")
    address = hand_in(sara, "date,text,category\n2015-03-04,cold,Fridges\n")
    importing.look(Import.objects.get().pk)

    assert "Make a new term of it" not in shown(sara, f"{address}values/")
    sara.post(f"{address}values/", {asked("category", "Fridges"): "+"})
    assert not Term.objects.filter(kind="category").exists()
    assert browser.get(address).status_code == 404
