"""A tablet on the counter: paired, few pages, and nothing left for the next person."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.casework.conftest import START, both
from tests.portal.steps import filed, text
from tests.portal.test_framed import NARRATIVE, step, token

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.intake.drafts.models import Draft
from pasokh.casework.intake.entrances import actions
from pasokh.casework.intake.entrances.actions import Sign
from pasokh.casework.intake.entrances.terms import Kind
from pasokh.kernel import clock

LANGUAGES = pytest.mark.parametrize("language", ["fa", "en"])
MARYAM = {"name": "مریم", "mobile": "0912 345 6789"}


@pytest.fixture
def tablet(portal: SimpleNamespace) -> SimpleNamespace:
    """A tablet at the counter in Tehran, paired."""
    sign = Sign(both("Counter"), unit=portal.units["tehran"].pk)
    one, link = actions.add(Kind.KIOSK, sign, by=portal.zahra, at=clock.now())
    browser = Client()
    page = f"/en/kiosk/pair/{link}/"
    assert "Counter" in text(browser.get(page))
    assert browser.post(page).url == "/en/kiosk/"
    return SimpleNamespace(one=one, browser=browser, link=link, by=portal.zahra)


def test_a_link_pairs_one_tablet_and_set_up_takes_it_back(tablet: SimpleNamespace) -> None:
    other, page = Client(), f"/en/kiosk/pair/{tablet.link}/"

    assert other.get(page).status_code == other.post(page).status_code == 410
    assert other.get("/en/kiosk/").status_code == 403
    assert tablet.browser.cookies["pasokh-kiosk"]["httponly"]
    assert tablet.browser.get("/en/kiosk/").status_code == 200
    actions.end(tablet.one.pk, by=tablet.by, at=START)
    gone = tablet.browser.get("/en/kiosk/")
    assert gone.status_code == 403
    assert gone.cookies["pasokh-kiosk"].value == ""


def test_it_leads_to_no_other_page(tablet: SimpleNamespace) -> None:
    for page in ("/en/", "/en/complain/", "/fa/follow/", "/en/follow/lost/"):
        assert tablet.browser.get(page).url == f"/{page[1:3]}/kiosk/"
    for page in ("", "home/", "complain/", "follow/", "still/"):
        shown = text(tablet.browser.get(f"/en/kiosk/{page}"))
        assert "mailto:" not in shown
        assert "tel:" not in shown.replace('type="tel"', "")
        links = [part.split('"')[0] for part in shown.split(' href="')[1:]]
        assert {link for link in links if not link.startswith(("/static/", "#"))} <= {
            *("/en/kiosk/", "/en/kiosk/home/", "/fa/kiosk/home/"),
            *("/en/kiosk/complain/", "/en/kiosk/follow/"),
        }


@LANGUAGES
@pytest.mark.clause("10002:4.8")
def test_a_complaint_is_filed_at_the_counter(tablet: SimpleNamespace, language: str) -> None:
    browser, page = tablet.browser, f"/{language}/kiosk/complain/"
    draft = token(browser.get(page))
    check = step(browser, page, "check", draft, narrative=NARRATIVE, **MARYAM)
    assert token(check) == draft
    receipt = step(browser, page, "send", draft)

    case = Complaint.objects.get()
    assert (case.channel, case.unit_id, case.language) == (
        "counter",
        tablet.one.unit_id,
        language,
    )
    assert case.ref in text(receipt)
    assert '<svg class="qr"' in text(receipt)
    assert case.ref in text(step(browser, page, "send", draft))  # a second tap

    step(browser, page, "end", draft)
    for name in ("send", "check", "back"):  # the next person goes back
        gone = step(browser, page, name, draft, narrative=NARRATIVE)
        assert gone.status_code == 410
        assert case.ref not in text(gone)
        assert NARRATIVE not in text(gone)
    assert not Draft.objects.exists()


def test_drafts_end_soon_by_themselves(tablet: SimpleNamespace) -> None:
    browser, page = tablet.browser, "/en/kiosk/complain/"
    draft = token(browser.get(page))
    step(browser, page, "check", draft, narrative=NARRATIVE, **MARYAM)
    kept = Draft.objects.get()
    assert kept.expires_at <= clock.now() + timedelta(minutes=10)
    step(browser, page, "send", draft)
    kept.refresh_from_db()
    assert kept.expires_at <= clock.now() + timedelta(minutes=2)


def test_pages_lead_back_without_scripts_and_are_not_stored(tablet: SimpleNamespace) -> None:
    lead = {"home/": (60, "still/"), "complain/": (300, "still/"), "still/": (15, "")}
    for page, (seconds, to) in lead.items():
        shown = tablet.browser.get(f"/en/kiosk/{page}")
        refresh = f'<noscript><meta http-equiv="refresh" content="{seconds};url=/en/kiosk/{to}">'
        assert refresh in text(shown)
        assert shown["Cache-Control"] == "no-store"
    assert "refresh" not in text(tablet.browser.get("/en/kiosk/"))


@LANGUAGES
def test_how_a_complaint_stands_is_shown_and_nothing_is_opened(
    tablet: SimpleNamespace, language: str
) -> None:
    ref, code = filed(Client(), language, narrative="محرمانه")
    page = f"/{language}/kiosk/follow/"

    shown = tablet.browser.post(page, {"ref": ref, "code": code})
    assert ref in text(shown)
    assert "محرمانه" not in text(shown)
    assert "sessionid" not in tablet.browser.cookies
    wrong = tablet.browser.post(page, {"ref": ref, "code": "1111-2222-3333-4444"})
    assert ref not in text(wrong).replace(f'value="{ref}"', "")
