"""Acts as forms: done, refused with everything typed kept, and never lost to somebody else."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.casework.acts import Acts
from tests.casework.conftest import HOUR, START, told

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.models import Complaint, Contact, Reading
from pasokh.casework.correspondence.models import Letter, Telling
from pasokh.casework.remedies.models import Remedy
from pasokh.directory.people import actions as people

pytestmark = pytest.mark.django_db

File = Callable[..., Complaint]
AtDesk = Callable[[str], Client]

YES, NO = "yes", "no"
MILD = {
    "safety": NO,
    "severity": "3",
    "impact": "2",
    "complexity": "1",
    "immediate_needed": NO,
    "immediate_possible": NO,
    "recurrent": NO,
}
NOW = "2026-05-04 10:45"


def act(browser: Client, case: Complaint, name: str, /, **said: Any) -> Any:
    """Send an act's form as a browser does."""
    version = said.pop("version", Complaint.objects.get(pk=case.pk).version)
    address = f"/en/desk/complaints/{case.ref}/{name}/"
    return browser.post(address, {"version": version, **said})


def led_to(case: Complaint, acts: Acts, by: Any, *steps: Step) -> None:
    for step in steps:
        acts.take(step, case, by, START + HOUR)


DECIDED = (Step.ASSESS, Step.INVESTIGATE, Step.DECIDE)


def test_assess(at_desk: AtDesk, file: File) -> None:
    case = file()

    answer = act(at_desk("reza"), case, "assess", **MILD)

    assert (answer.status_code, answer["Location"]) == (302, f"/en/desk/complaints/{case.ref}/")
    case.refresh_from_db()
    assert (case.state, case.priority) == (State.ASSESSED, 3)


def test_needs_of_whoever_speaks_for_the_complainant_weigh_as_well(
    at_desk: AtDesk, file: File, shop: SimpleNamespace
) -> None:
    known: dict[str, Any] = {"language": "fa", "by": shop.nima, "at": START}
    speaker = people.register_person("مریم", needs=["hearing"], **known)
    concerned = people.register_person("زهرا", **known)
    case = file(anonymous=False, complainant=concerned.pk, representative=speaker.pk)

    act(at_desk("reza"), case, "assess", **MILD)

    case.refresh_from_db()
    assert case.priority == 2


def test_an_empty_form_says_what_is_missing_and_changes_nothing(
    at_desk: AtDesk, file: File
) -> None:
    case = file()

    answer = act(at_desk("reza"), case, "assess", **{**MILD, "severity": ""})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["severity"]
    case.refresh_from_db()
    assert case.state == State.RECEIVED


def test_a_refusal_is_said_and_what_was_typed_is_kept(at_desk: AtDesk, file: File) -> None:
    case = file()
    changed = {**MILD, "override": "1", "override_reason": "   "}

    answer = act(at_desk("reza"), case, "assess", immediate_action="شیر بسته شد", **changed)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "شیر بسته شد" in page
    assert 'role="alert"' in page


def test_two_at_once_the_second_is_told_and_may_send_again(
    at_desk: AtDesk, file: File, shop: SimpleNamespace
) -> None:
    case = file()
    stale = Complaint.objects.get(pk=case.pk).version
    actions.note(case.ref, text="قبلی", by=shop.leila, at=START + HOUR)

    answer = act(at_desk("reza"), case, "note", version=stale, text="یادداشت من")

    assert answer.status_code == 409
    assert "یادداشت من" in answer.content.decode()
    assert "Somebody else changed this file" in answer.content.decode()
    again = act(
        at_desk("reza"), case, "note", version=answer.context["form"]["version"].value(), text="من"
    )
    assert again.status_code == 302
    assert told(case).count("complaint.noted") == 2


def test_a_step_that_is_not_open_says_so(at_desk: AtDesk, file: File) -> None:
    case = file()
    browser = at_desk("reza")

    assert browser.get(f"/en/desk/complaints/{case.ref}/decide/").status_code == 409
    assert act(browser, case, "reconsider", reason="x").status_code == 409


def test_acknowledge_by_letter_and_by_telephone(
    at_desk: AtDesk, file: File, shop: SimpleNamespace
) -> None:
    by_letter, by_phone = file(anonymous=False), file(anonymous=False)
    browser = at_desk("reza")

    act(browser, by_letter, "acknowledge", way="send", happened_at=NOW)
    lacking = act(browser, by_phone, "acknowledge", way="telephoned", happened_at=NOW, number="1")
    proof = {"number": "0912", "person": "مریم", "said": "رسید", "written_copy_on": "1405/2/15"}
    act(browser, by_phone, "acknowledge", way="telephoned", happened_at=NOW, **proof)

    assert "complaint.acknowledged" not in told(by_letter)
    assert Letter.objects.filter(complaint=by_letter, kind="acknowledgement").exists()
    assert sorted(lacking.context["form"].errors) == ["person", "said", "written_copy_on"]
    assert "complaint.acknowledged" in told(by_phone)
    assert Telling.objects.get(letter__complaint=by_phone).proof == proof


@pytest.mark.clause("10002:7.7")
def test_decide_with_a_finding_for_each_issue_and_money(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace, terms: SimpleNamespace
) -> None:
    case = file()
    led_to(case, acts, shop.reza, Step.ASSESS)
    said = {
        "finding_1": "upheld",
        "reasons_1": "کمپرسور خراب بود",
        "cause_1": terms.cause,
        "others_1": "no",
        "finding_2": "not_upheld",
        "reasons_2": "به‌موقع رسید",
        "reasons": "یخچال عوض می‌شود",
        "remedy_101": terms.remedy,
        "amount_101": "۱٬۲۵۰٬۰۰۰ تومان",
        "owner_101": shop.staff["reza"].pk,
        "due_101": "1405/2/25",
    }

    answer = act(at_desk("reza"), case, "decide", **said)

    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.state, case.outcome) == (State.DECIDED, "partly_upheld")
    remedy = Remedy.objects.get(complaint=case)
    assert (remedy.amount, remedy.currency) == (12_500_000, "IRR")


def test_a_remedy_needs_somebody_and_a_day_and_a_clear_amount(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace, terms: SimpleNamespace
) -> None:
    case = file()
    led_to(case, acts, shop.reza, Step.ASSESS)

    answer = act(at_desk("reza"), case, "decide", remedy_101=terms.remedy, amount_101="12.5.0 چیز")

    wrong = set(answer.context["form"].errors)
    assert wrong >= {"amount_101", "owner_101", "due_101", "finding_1", "reasons"}


@pytest.mark.clause("10002:7.9")
def test_tell_record_the_answer_and_close(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace
) -> None:
    case = file()
    led_to(case, acts, shop.reza, *DECIDED)
    browser = at_desk("reza")

    act(browser, case, "communicate", way="handed", happened_at=NOW, signed_by="مریم احمدی")
    too_soon = act(browser, case, "close")
    act(browser, case, "verdict", verdict="accepted", happened_at=NOW)
    closed = act(browser, case, "close")

    assert too_soon.status_code == 409
    assert closed.status_code == 302
    case.refresh_from_db()
    assert (case.state, case.closing) == (State.CLOSED, "accepted")


def test_the_closing_page_names_what_is_missing(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace
) -> None:
    case = file()
    led_to(case, acts, shop.reza, *DECIDED, Step.COMMUNICATE)

    page = at_desk("reza").get(f"/en/desk/complaints/{case.ref}/close/").content.decode()

    assert "No notice naming the date of closing has been delivered." in page


def test_a_letter_comes_back(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace
) -> None:
    case = file()
    led_to(case, acts, shop.reza, *DECIDED, Step.COMMUNICATE)
    letter = Letter.objects.get(complaint=case, kind="decision")

    said = {"letter": letter.pk, "why": "نشانی نادرست"}
    browser = at_desk("reza")

    before = act(browser, case, "returned", **said, came_back_on="1405/2/13")
    tomorrow = act(browser, case, "returned", **said, came_back_on="2026-05-05")
    answer = act(browser, case, "returned", **said, came_back_on="1405/2/14")

    assert (before.status_code, tomorrow.status_code) == (409, 409)
    assert "it cannot have come back before that" in before.content.decode()
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == State.DECIDED
    for page, said in (("", "came back Monday"), ("form/", "Came back on Monday")):
        shown = browser.get(f"/en/desk/complaints/{case.ref}/{page}").content.decode()
        assert f"{said} 4 May 2026" in " ".join(re.sub("<[^>]+>", "", shown).split())


@pytest.mark.clause("10002:7.3")
def test_log_a_conversation_with_a_promise_and_keep_it(at_desk: AtDesk, file: File) -> None:
    case, browser = file(), at_desk("nima")
    call = {
        "direction": "in",
        "reached": YES,
        "channel": "phone",
        "said_words": "پرسید چه شد",
        "promised": "فردا زنگ می‌زنیم",
        "happened_at": NOW,
    }

    lacking = act(browser, case, "log_contact", **call)
    act(browser, case, "log_contact", **call, promised_by="1405/2/15 12:00")
    contact = Contact.objects.get(complaint=case)
    act(browser, case, "keep_promise", contact=contact.pk)

    assert list(lacking.context["form"].errors) == ["promised_by"]
    assert contact.promised_by is not None
    assert contact.promised_by.isoformat() == "2026-05-05T08:30:00+00:00"
    assert Contact.objects.get(pk=contact.pk).kept_at == START + 2 * HOUR


def test_correct_asks_first_what_and_then_keeps_both(at_desk: AtDesk, file: File) -> None:
    case, browser = file(), at_desk("reza")

    first = browser.get(f"/en/desk/complaints/{case.ref}/correct/?field=purchased_on")
    act(browser, case, "correct", field="purchased_on", value="1405/1/5", reason="فاکتور را دیدم")

    assert "value" in first.context["form"].fields
    case.refresh_from_db()
    assert case.purchased_on is not None
    assert case.purchased_on.isoformat() == "2026-03-25"


def test_only_who_is_free_is_offered(at_desk: AtDesk, file: File, shop: SimpleNamespace) -> None:
    case = file(complained_about=(shop.staff["leila"].pk,))
    page = at_desk("sara").get(f"/en/desk/complaints/{case.ref}/assign/")

    offered = {str(name) for _pk, name in page.context["form"].fields["staff"].choices}
    assert offered == {"Choose one", "reza", "mina"}
    act(at_desk("sara"), case, "assign", staff=shop.staff["reza"].pk)
    case.refresh_from_db()
    assert case.handler_id == shop.staff["reza"].pk


@pytest.mark.parametrize(
    ("name", "said", "event"),
    [
        ("note", {"text": "داخلی"}, "complaint.noted"),
        ("message", {"text": "سلام"}, "complaint.message_sent"),
        ("ask", {"text": "شمارهٔ سفارش؟"}, "complaint.asked"),
        ("hear", {"text": "عکس", "channel": "phone", "happened_at": NOW},
         "complaint.message_heard"),
        ("hold", {"category": "complainant", "reason": "مدرک"}, "complaint.held"),
        ("withdraw", {"reason": ""}, "complaint.withdrawn"),
        ("set_aside", {"kind": "enquiry", "reason": "پرسش است"}, "complaint.set_aside"),
        ("decline", {"why": "too_late", "reasons": "دیر است"}, "complaint.declined"),
        ("add_issue", {"text": "فیش هم نرسید"}, "complaint.issue_added"),
        ("split", {"issue": "2"}, "complaint.split"),
        ("report_progress", {"way": "send", "words": "در راه است", "happened_at": NOW},
         "complaint.letter_written"),
        ("settle", {"danger": NO, "what_was_done": "عوض شد", "how_accepted": "گفت خوب است",
                    "accepted_at": NOW}, "complaint.settled"),
    ],
)  # fmt: skip
def test_each_other_act_leaves_its_fact(
    at_desk: AtDesk, file: File, name: str, said: dict[str, str], event: str
) -> None:
    case = file()

    answer = act(at_desk("reza"), case, name, **said)

    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    assert event in told(case)


def test_white_space_is_kept_as_it_was_typed(at_desk: AtDesk, file: File) -> None:
    case = file()
    act(at_desk("reza"), case, "note", text="  سطر اول\r\n\tسطر دوم  ")

    assert case.notes.get().text.replace("\r\n", "\n") == "  سطر اول\n\tسطر دوم  "


def test_an_outward_act_says_to_whom_it_goes(at_desk: AtDesk, file: File) -> None:
    page = at_desk("reza").get(f"/en/desk/complaints/{file().ref}/message/").content.decode()

    assert "the complainant is anonymous" in page


def test_reading_a_file_is_written_down_once_for_each_time(at_desk: AtDesk, file: File) -> None:
    case, browser = file(), at_desk("reza")
    for _time in range(2):
        browser.get(f"/en/desk/complaints/{case.ref}/")

    assert list(Reading.objects.values_list("what", flat=True)) == ["case", "case"]


def test_top_management_confirms_having_read(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace
) -> None:
    case = file()
    act(at_desk("reza"), case, "assess", **{**MILD, "safety": YES})
    browser = at_desk("omid")
    assert (
        "somebody may be in danger"
        in browser.get(f"/en/desk/complaints/{case.ref}/").content.decode()
    )

    browser.post(f"/en/desk/complaints/{case.ref}/read/")

    assert "complaint.significant_read" in told(case)
    assert timedelta(0) <= case.significant_notices.get().read_at - START
