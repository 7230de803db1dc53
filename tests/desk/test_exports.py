"""A list made into a file from the page that shows it, and fetched by whoever asked for it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.exports.models import Export
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db

PAGE = "/en/desk/exports/"


def test_the_queue_and_a_search_become_files(
    at_desk: Callable[[str], Client],
    file: Callable[..., Complaint],
    tmp_path: Any,
    settings: Any,
) -> None:
    settings.FILES = tmp_path
    case, browser = file(), at_desk("sara")
    assert "Nothing was exported yet" in browser.get(PAGE).content.decode()
    assert "/en/desk/exports/?wanted=1" in browser.get("/en/desk/").content.decode()
    found = browser.get("/en/desk/search/?q=یخچال").content.decode()
    assert "/en/desk/exports/?state=all&amp;text=" in found

    asked = browser.get(f"{PAGE}?state=all&text=یخچال&wanted=1").content.decode()
    assert 'name="text" value="یخچال"' in asked
    told = {"state": "all", "text": "یخچال", "format": "csv", "mark": "on"}
    page = browser.post(PAGE, told, follow=True).content.decode()
    export = Export.objects.get()
    assert f"{PAGE}{export.pk}/" in page

    answer: Any = browser.get(f"{PAGE}{export.pk}/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Reference,Where it lies,Stage")
    assert case.ref in text
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(subject=export.subject, event="export.fetched").count() == 1

    assert at_desk("omid").get(f"{PAGE}{export.pk}/").status_code == 404
    browser.post(PAGE, {"act": "forget", "id": export.pk})
    assert browser.get(f"{PAGE}{export.pk}/").status_code == 404
