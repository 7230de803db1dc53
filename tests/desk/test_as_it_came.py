"""Every act of the desk that takes words: what no database holds as text is kept as it came."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.test import Client
from tests.casework.acts import Acts, all_away, letter
from tests.casework.conftest import DAY, HOUR, START, complainant, named, person, told
from tests.casework.telling import refused
from tests.desk.conftest import NOW
from tests.fixtures.pages import Form, Page

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Attachment, Complaint
from pasokh.casework.complaints.queries import tracking
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.desk.fields import MomentField
from pasokh.desk.forms import ACTS
from pasokh.directory.organisation.models import RoleAssignment
from pasokh.directory.organisation.roles import Role
from pasokh.directory.people import actions as people
from pasokh.kernel import files
from pasokh.ui.forms import DateField, Words

__all__ = ["named", "person"]

pytestmark = pytest.mark.django_db

CAME = b" caf\xe9 a\0b\r\nend "
#: Acts without a word to say.
WORDLESS = {
    *("assign", "name", "close", "resume", "split", "categorise", "trace", "join"),
    *("keep_promise", "write", "send_letter_again", "take_back", "postpone"),
    "approve_letter",
}
#: What must have been done before an act is open.
BEFORE: dict[str, tuple[Step, ...]] = {
    **dict.fromkeys(("gather", "decide", "investigate"), (Step.ASSESS,)),
    **dict.fromkeys(
        ("communicate", "reconsider", "trace"), (Step.ASSESS, Step.INVESTIGATE, Step.DECIDE)
    ),
    **dict.fromkeys(
        ("notice", "verdict", "review", "close", "returned", "rate"),
        (Step.ASSESS, Step.INVESTIGATE, Step.DECIDE, Step.COMMUNICATE),
    ),
    **dict.fromkeys(("told", "number_letter"), (Step.WRITE,)),
    "send_letter_again": (Step.ACKNOWLEDGE, Step.UNACKNOWLEDGE),
    "resume": (Step.HOLD,),
    "unjoin": (Step.JOIN,),
    "reopen": (Step.WITHDRAW,),
    "end_referral": (Step.REFER,),
    "answer_inquiry": (Step.INQUIRE,),
    "inquiry_answered": (Step.ANSWER_INQUIRY,),
}
#: What has to be chosen where not every choice will do.
CHOSEN: dict[str, dict[str, str | bytes]] = {
    "add_contact": {"kind": "post"},
    "extend": {"clock": "decide"},
    "settle": {"danger": "no"},
    **{key: {"leaves_at": ""} for key in ("message", "ask")},
}
#: Fields of a line that are no words of anybody's, but must be one thing exactly.
EXACT = {"other", "copy_address", "copy_reason"}


@pytest.fixture
def everything(shop: SimpleNamespace, at_desk: Callable[[str], Client]) -> Client:
    """The desk of one who holds every role everywhere."""
    for role in Role:
        RoleAssignment.objects.get_or_create(
            staff=shop.staff["parvin"],
            role=role,
            unit=None,
            defaults={"valid_from": START - DAY, "by": "clock:test"},
        )
    return at_desk("parvin")


def prepared(name: str, case: Complaint, acts: Acts) -> None:
    """Let a file be where an act is open."""
    shop = acts.shop
    for step in BEFORE.get(name, ()):
        by = complainant(case) if step is Step.WITHDRAW else shop.reza
        acts.take(step, case, by, START + HOUR)
    if name == "waive":
        all_away(shop, NOW)
    if name in ("approve_letter", "send_back_letter"):
        row = letter(case, LetterKind.MESSAGE, START)
        Letter.objects.filter(pk=row.pk).update(state="approval", writer="staff:0")
    if name in ("give_mandate", "end_mandate"):
        speaker = people.register_person("سارا", language="fa", by=shop.nima, at=START)
        Complaint.objects.filter(pk=case.pk).update(representative=speaker)
    if name == "end_mandate":
        told = {"scope": "all", "shown_by": "", "until": None}
        actions.give_mandate(case.ref, **told, by=shop.reza, at=START + HOUR)
    if name == "keep_promise":
        promise = {"promised": "زنگ می‌زنیم", "promised_by": NOW + DAY}
        acts._log_contact(case, by=shop.reza, at=START + HOUR, **promise)
    if name == "fulfil":
        acts.take(Step.ASSESS, case, shop.reza, START + HOUR)
        promises = [acts.promise(case, START)]
        acts._decide(case, by=shop.reza, at=START + HOUR, promises=promises)


def filled(form: Form, asked: forms.Form) -> list[str]:
    """Fill a form with what each field takes, and its words with bytes that are none."""
    broken = []
    for name, field in asked.fields.items():
        if isinstance(field, Words) and name not in EXACT:
            broken.append(name)
        elif isinstance(field, MomentField):
            form.fields[name] = ["2026-06-01 10:00" if field.ends else "2026-05-04 11:15"]
        elif isinstance(field, DateField):
            form.fields[name] = [form.fields[name][0] or "2026-05-04"]
        elif isinstance(field, forms.MultipleChoiceField):
            form.fields[name] = [str(choice) for choice, _said in field.choices]
        elif isinstance(field, forms.ChoiceField) and not any(form.fields.get(name, ())):
            choices = [str(choice) for choice, _said in field.choices if str(choice)]
            form.fields[name] = choices[:1]
        elif isinstance(field, forms.IntegerField) and not any(form.fields[name]):
            form.fields[name] = ["2"]
    return broken


@pytest.mark.parametrize("name", ACTS)
def test_bytes_that_are_no_text_are_kept_beside_what_was_written(
    name: str, named: Complaint, acts: Acts, everything: Client, terms: SimpleNamespace
) -> None:
    prepared(name, named, acts)
    at = f"/en/desk/complaints/{named.ref}/{name}/"
    asked: Any = everything.get(f"{at}?field=serial_number")
    assert asked.status_code == 200
    form = Page(asked).form("version")
    broken = filled(form, asked.context["form"])
    assert bool(broken) == (name not in WORDLESS)
    if not broken:
        return

    answer = form.post(everything, at, CHOSEN.get(name, {}) | dict.fromkeys(broken, CAME))

    assert answer.status_code in (200, 302), answer.context and answer.context["form"].errors
    kept = {one.name: one for one in Attachment.objects.filter(complaint=named)}
    assert set(kept) == {f"{field}.txt" for field in broken}
    for one in kept.values():
        with files.open(one.digest) as content:
            assert (content.read(), one.inside) == (CAME, True)
    assert told(named)[-1] == "complaint.kept_as_it_came"
    assert tracking.tracked(complainant(named)).files == ()


def test_words_that_can_be_kept_leave_no_file(
    named: Complaint, everything: Client, shop: SimpleNamespace
) -> None:
    at = f"/en/desk/complaints/{named.ref}/note/"
    Page(everything.get(at)).form("text").post(everything, at, {"text": "سطر\r\n 中"})

    assert named.notes.get().text == "سطر\n 中"
    assert not Attachment.objects.exists()


def test_bytes_outlive_a_form_that_was_sent_back(
    named: Complaint, everything: Client, shop: SimpleNamespace
) -> None:
    at = f"/en/desk/complaints/{named.ref}/correct_name/"
    first = Page(everything.get(at)).form("reason")
    back = first.post(everything, at, {"name": "", "reason": CAME})
    again = Page(back).form("reason").post(everything, at, {"name": ""})
    assert (back.status_code, again.status_code) == (422, 422)

    Page(again).form("reason").post(everything, at, {"name": "مریم"})

    (kept,) = Attachment.objects.filter(complaint=named)
    with files.open(kept.digest) as content:
        assert (kept.name, content.read()) == ("reason.txt", CAME)


def test_bytes_of_words_that_their_writer_wrote_anew_are_carried_no_further(
    named: Complaint, everything: Client, shop: SimpleNamespace
) -> None:
    at = f"/en/desk/complaints/{named.ref}/correct_name/"
    back = (
        Page(everything.get(at)).form("reason").post(everything, at, {"name": "", "reason": CAME})
    )

    Page(back).form("reason").post(everything, at, {"name": "مریم", "reason": "گذرنامه"})

    assert told(named)[-1] == "complaint.name_corrected"
    assert not Attachment.objects.exists()


def test_nobody_hangs_bytes_on_what_another_wrote(named: Complaint, shop: SimpleNamespace) -> None:
    actions.note(named.ref, text="x", by=shop.reza, at=NOW)

    refused("not-authorised", actions.keep_as_it_came, named.ref, files=[], by=shop.leila, at=NOW)
