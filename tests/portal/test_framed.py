"""The form inside pages of the organisation's own, and behind the code of a poster."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from tests.casework.conftest import START, both
from tests.portal.steps import MARYAM, text

from pasokh.casework.complaints.models import Attachment, Complaint
from pasokh.casework.intake.drafts.models import Draft
from pasokh.casework.intake.entrances import actions, given
from pasokh.casework.intake.entrances.actions import Sign
from pasokh.casework.intake.entrances.terms import Kind
from pasokh.kernel import clock
from pasokh.ui import headers

LANGUAGES = pytest.mark.parametrize("language", ["fa", "en"])
SHOP = "https://shop.example"
TOKEN = re.compile(r'name="draft" value="([^"]*)"')
NARRATIVE = "یخچال از روز اول خراب بود."


@pytest.fixture
def site(portal: SimpleNamespace) -> SimpleNamespace:
    """A page of the shop's own may hold the form; what comes by it is for Shiraz."""
    unit = portal.units["shiraz"].pk
    sign = Sign(both("The shop"), unit=unit, origins=(SHOP,))
    one, key = actions.add(Kind.SITE, sign, by=portal.zahra, at=START)
    return SimpleNamespace(one=one, key=key, unit=unit, by=portal.zahra)


def token(response: Any) -> str:
    found = TOKEN.search(text(response))
    assert found
    return found[1]


def step(browser: Client, page: str, what: str, draft: str = "", **given: Any) -> Any:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return browser.post(page, {"draft": draft, "step": what, **given})


@LANGUAGES
@pytest.mark.clause("10002:7.1")
def test_a_complaint_is_filed_without_a_single_cookie(site: SimpleNamespace, language: str) -> None:
    browser, page = Client(enforce_csrf_checks=True), f"/{language}/form/{site.one.code}/"
    photo = SimpleUploadedFile("a.txt", b"a bill")
    browser.get(page)
    check = step(browser, page, "check", narrative=NARRATIVE, files=photo, **MARYAM)
    assert NARRATIVE in text(check)
    changed = step(browser, page, "back", token(check))
    assert NARRATIVE in text(changed)
    receipt = step(browser, page, "send", token(check))
    again = step(browser, page, "send", token(check))

    case = Complaint.objects.get()
    assert case.ref in text(receipt)
    assert case.ref in text(again)
    assert (case.channel, case.unit_id, case.language) == ("web", site.unit, language)
    assert Attachment.objects.filter(complaint=case).count() == 1
    paper = step(browser, page, "paper", token(receipt))
    assert paper["Content-Type"] == "application/pdf"
    assert browser.cookies == {}


def test_only_the_pages_that_were_named_may_hold_it(site: SimpleNamespace) -> None:
    browser = Client()
    page = browser.get(f"/en/form/{site.one.code}/")
    assert page["Content-Security-Policy"].endswith(f"frame-ancestors {SHOP}")
    assert "X-Frame-Options" not in page

    sign = Sign(both("The shop"))
    actions.change(site.one.pk, sign, by=site.by, at=START)
    alone = browser.get(f"/en/form/{site.one.code}/")
    assert alone["Content-Security-Policy"] == headers.POLICY
    assert alone["X-Frame-Options"] == "DENY"
    for other in ("/en/complain/", "/en/", "/en/follow/"):
        assert browser.get(other)["X-Frame-Options"] == "DENY"
    actions.end(site.one.pk, by=site.by, at=START)
    assert browser.get(f"/en/form/{site.one.code}/").status_code == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, 200),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_ORIGIN": "http://testserver"}, 200),
        ({"HTTP_ORIGIN": SHOP}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
    ],
)
def test_a_form_of_another_site_s_is_refused(
    site: SimpleNamespace, sent: dict[str, str], status: int
) -> None:
    page = f"/en/form/{site.one.code}/"

    assert Client().post(page, {"step": "check", "narrative": "x"}, **sent).status_code == status


@LANGUAGES
def test_what_the_shop_signed_is_filled_in_and_can_be_changed(
    site: SimpleNamespace, language: str
) -> None:
    browser, page = Client(), f"/{language}/form/{site.one.code}/"
    now = clock.now()
    answers = {"order_number": "A-17", "name": "<b>مریم</b>", "email": "m@example.org"}
    signed = given.sign(site.one.code, site.key, answers, until=now + timedelta(hours=1))
    shown = text(browser.get(page, {"given": signed}))

    assert 'value="A-17"' in shown
    assert "&lt;b&gt;مریم&lt;/b&gt;" in shown
    told = {"narrative": NARRATIVE, **answers, "order_number": "A-18"}
    check = step(browser, page, "check", **told)
    step(browser, page, "send", token(check))
    assert Complaint.objects.get().order_number == "A-18"


def test_what_is_old_or_was_not_signed_gives_a_note_and_the_plain_form(
    site: SimpleNamespace,
) -> None:
    browser, page = Client(), f"/en/form/{site.one.code}/"
    now = clock.now()
    old = given.sign(site.one.code, site.key, {"order_number": "A-17"}, until=now)
    foreign = given.sign(
        "other", site.key, {"order_number": "A-17"}, until=now + timedelta(hours=1)
    )

    for signed, note in (
        (old, "too long ago"),
        (foreign, "could not be trusted"),
        ("x", "trusted"),
    ):
        shown = browser.get(page, {"given": signed})
        assert shown.status_code == 200
        assert note in text(shown)
        assert "A-17" not in text(shown)


def test_what_is_over_says_so_and_what_is_wrong_keeps_what_was_written(
    site: SimpleNamespace,
) -> None:
    browser, page = Client(), f"/en/form/{site.one.code}/"

    assert step(browser, page, "send", "no such token").status_code == 410
    wrong = step(browser, page, "check", narrative=NARRATIVE, email="maryam")
    assert NARRATIVE in text(wrong)
    assert "whole e-mail address" in text(wrong)
    step(browser, page, "forget", token(wrong))
    assert not Draft.objects.exists()
    assert not Complaint.objects.exists()


@LANGUAGES
def test_the_place_of_a_poster_is_told_and_its_unit_takes_it_in(
    portal: SimpleNamespace, language: str
) -> None:
    unit = portal.units["shiraz"].pk
    sign = Sign(both("Zand Street branch"), unit=unit)
    one, _ = actions.add(Kind.PLACE, sign, by=portal.zahra, at=START)
    browser, page = Client(), f"/{language}/at/{one.code}/"
    shown = text(browser.get(page))
    assert 'value="Zand Street branch"' in shown
    told = {"narrative": NARRATIVE, "purchase_place": "Zand Street branch", **MARYAM}
    check = step(browser, page, "check", **told)
    step(browser, page, "send", token(check))

    case = Complaint.objects.get()
    assert (case.unit_id, case.purchase_place) == (unit, "Zand Street branch")
    assert browser.get("/fa/at/nothing/").status_code == 404


def test_the_script_is_for_other_pages_to_load() -> None:
    script = Client().get("/form.js")

    assert script["Content-Type"].startswith("text/javascript")
    assert script["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "data-form" in text(script)
