"""Names, numbers and addresses put right in the file, each with its trace."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.casework.conftest import told
from tests.desk.test_acts import act
from tests.desk.test_entry import GIVEN, enter

from pasokh.casework.complaints.models import Attachment, Complaint, Rating
from pasokh.directory.people import queries as people
from pasokh.directory.people.ways import Way
from pasokh.kernel.clock import now
from pasokh.kernel.dates import numerals
from pasokh.kernel.ledger.models import Entry
from pasokh.kernel.text import isolate

pytestmark = pytest.mark.django_db

AtDesk = Callable[[str], Client]


@pytest.fixture
def taken_in(at_desk: AtDesk) -> Complaint:
    """A complaint by telephone, its number read back."""
    return Complaint.objects.get(ref=enter(at_desk("nima"), **GIVEN).context["ref"])


def person(case: Complaint) -> int:
    assert case.complainant_id
    return case.complainant_id


def test_a_new_address_is_kept_preferred_and_found(at_desk: AtDesk, taken_in: Complaint) -> None:
    browser, given = at_desk("nima"), {"kind": "email", "value": " maryam@example.org "}

    act(browser, taken_in, "add_contact", person=person(taken_in), **given, read_back="on")

    points = {p.kind: p for p in people.person(person(taken_in)).contact_points.all()}
    assert points["email"].value == "maryam@example.org"
    assert points["email"].preferred
    assert points["email"].confirmed_how == "read_back"
    assert not points["phone"].preferred
    assert told(taken_in)[-1] == "complaint.contact_added"
    found = browser.get("/en/desk/search/?q=maryam@example.org").context["found"].lines
    assert [line.ref for line in found] == [taken_in.ref]


def test_an_address_that_is_none_is_refused_and_stays_in_the_form(
    at_desk: AtDesk, taken_in: Complaint
) -> None:
    given = {"person": person(taken_in), "kind": "email", "value": "maryam"}

    answer = act(at_desk("nima"), taken_in, "add_contact", **given)

    assert answer.status_code == 409
    assert answer.context["form"]["value"].value() == "maryam"
    assert "complaint.contact_added" not in told(taken_in)


def test_a_number_is_confirmed_later_or_used_no_more(at_desk: AtDesk, taken_in: Complaint) -> None:
    browser = at_desk("nima")
    (point,) = people.person(person(taken_in)).contact_points.all()

    silent = act(browser, taken_in, "contact", point=point.pk, what="stop")
    act(browser, taken_in, "contact", point=point.pk, what="confirm")
    act(browser, taken_in, "contact", point=point.pk, what="stop", reason="شمارهٔ دیگری دارد")

    point.refresh_from_db()
    assert list(silent.context["form"].errors) == ["reason"]
    assert point.refused_at is not None
    assert told(taken_in)[-2:] == ["complaint.contact_confirmed", "complaint.contact_stopped"]


def test_a_name_is_corrected_and_both_are_kept(at_desk: AtDesk, taken_in: Complaint) -> None:
    given = {"person": person(taken_in), "name": "مریم احمدیان", "reason": "کارت شناسایی"}

    act(at_desk("nima"), taken_in, "correct_name", **given)

    assert people.person(person(taken_in)).name == "مریم احمدیان"
    entry = Entry.objects.get(subject=taken_in.subject, event="complaint.name_corrected")
    assert entry.private == {"old": "مریم احمدی", "new": "مریم احمدیان", "reason": "کارت شناسایی"}


def test_nobody_elses_person_is_touched_through_a_file(
    at_desk: AtDesk, taken_in: Complaint
) -> None:
    other = enter(at_desk("nima"), **{**GIVEN, "name": "سعید", "phone": "09121112233"})
    stranger = Complaint.objects.get(ref=other.context["ref"])

    answer = act(
        at_desk("nima"), taken_in, "correct_name", person=person(stranger), name="x", reason="y"
    )

    assert answer.status_code == 422
    assert people.person(person(stranger)).name == "سعید"


def test_who_speaks_for_another_is_confirmed_and_the_other_is_the_complainant(
    at_desk: AtDesk,
) -> None:
    given = {"on_behalf_of": "زهرا کاظمی", "behalf_contact": "zahra@example.org"}
    answer = enter(at_desk("nima"), **GIVEN, **given, needs_note="آهسته صحبت کنید")

    case = Complaint.objects.get(ref=answer.context["ref"])
    concerned, speaker = (
        people.person(one) for one in (case.complainant_id, case.representative_id)
    )
    assert (concerned.name, speaker.name) == ("زهرا کاظمی", "مریم احمدی")
    assert speaker.needs_note == "آهسته صحبت کنید"
    assert [p.confirmed_how for p in speaker.contact_points.all()] == ["read_back"]
    assert [(p.kind, p.confirmed_at) for p in concerned.contact_points.all()] == [(Way.EMAIL, None)]


def test_a_call_from_an_unknown_number_leads_to_a_form_that_has_it(at_desk: AtDesk) -> None:
    browser = at_desk("nima")
    page = browser.get("/en/desk/calls/?number=09121112233").content.decode()

    assert "/en/desk/complaints/new/?phone=09121112233" in page
    form = browser.get("/en/desk/complaints/new/?phone=09121112233").context["form"]
    assert form["phone"].value() == "09121112233"


def test_a_known_number_leads_to_a_call_that_came_in(at_desk: AtDesk, taken_in: Complaint) -> None:
    browser = at_desk("nima")
    page = browser.get("/en/desk/calls/?number=09123456789").content.decode()
    address = f"/en/desk/complaints/{taken_in.ref}/log_contact/?direction=in"

    assert address in page
    assert browser.get(address).context["form"]["direction"].value() == "in"


def test_a_promise_needs_only_a_day_and_stands_in_the_queue_until_it_is_kept(
    at_desk: AtDesk, taken_in: Complaint
) -> None:
    browser = at_desk("nima")
    call = {"direction": "in", "reached": "yes", "channel": "phone", "happened_at": "10:30"}
    said = {"said_words": "پرسید", "promised": "زنگ می‌زنیم", "promised_by": "1405/2/14"}

    act(browser, taken_in, "log_contact", **call, **said)

    contact = taken_in.contacts.get()
    assert contact.at.isoformat() == "2026-05-04T07:00:00+00:00"
    assert contact.promised_by.isoformat() == "2026-05-04T20:29:00+00:00"
    taken_in.refresh_from_db()
    assert (taken_in.due_clock, taken_in.due_at) == ("promise", contact.promised_by)
    act(browser, taken_in, "keep_promise", contact=contact.pk)
    taken_in.refresh_from_db()
    assert taken_in.due_clock == "acknowledge"


def test_a_conversation_without_a_promise_lists_none(at_desk: AtDesk, taken_in: Complaint) -> None:
    browser, address = at_desk("nima"), f"/en/desk/complaints/{taken_in.ref}/"
    call = {"direction": "in", "reached": "yes", "channel": "phone", "happened_at": "10:30"}

    act(browser, taken_in, "log_contact", **call, said_words="پرسید")

    assert taken_in.contacts.count() == 1
    assert "<h2>Promises</h2>" not in browser.get(address).content.decode()


def test_a_rating_given_by_telephone(at_desk: AtDesk, taken_in: Complaint) -> None:
    Complaint.objects.filter(pk=taken_in.pk).update(state="communicated")
    browser = at_desk("nima")

    nothing = act(browser, taken_in, "rate", comment="خوب")
    act(browser, taken_in, "rate", handling="4", comment="خوب")

    assert nothing.status_code == 422
    assert Rating.objects.values_list("handling", "outcome", "comment").get() == (4, None, "خوب")


def test_a_note_looks_like_what_stays_inside_and_a_message_does_not(
    at_desk: AtDesk, taken_in: Complaint
) -> None:
    browser, file = at_desk("nima"), f"/en/desk/complaints/{taken_in.ref}"

    note = browser.get(f"{file}/note/").content.decode()
    message = browser.get(f"{file}/message/").content.decode()

    assert "act--inside" in note
    assert "Internal: only colleagues see this" in note
    assert "What goes out" not in note
    assert "act--inside" not in message
    assert "What goes out" in message


@pytest.mark.parametrize("page", ["", "contact/", "form/"])
def test_a_telephone_number_stands_in_the_digits_of_its_reader(
    at_desk: AtDesk, taken_in: Complaint, page: str
) -> None:
    browser = at_desk("nima")
    points = people.person(person(taken_in)).contact_points
    for typed in ("0912 345", "۰۹۱۲ ۳۴۵"):
        points.filter(kind="phone").update(value=typed)
        for language, other in (("fa", "en"), ("en", "fa")):
            address = f"/{language}/desk/complaints/{taken_in.ref}/{page}"
            told = browser.get(address).content.decode()
            numbers = {one: numerals("0912 345", one) for one in ("fa", "en")}
            assert numbers[language] in told
            assert numbers[other] not in told
        assert points.get(kind="phone").value == typed


def test_a_telephone_number_stands_in_its_own_direction_on_paper(
    at_desk: AtDesk, taken_in: Complaint
) -> None:
    printed = at_desk("nima").get(f"/fa/desk/complaints/{taken_in.ref}/form/").content.decode()

    number = people.person(person(taken_in)).contact_points.get(kind="phone").value
    assert isolate(numerals(number, "fa")) in printed


@pytest.fixture
def for_another(at_desk: AtDesk) -> Complaint:
    """A complaint that a daughter takes down for her mother, with the paper that shows it."""
    given = {**GIVEN, "on_behalf_of": "زهرا احمدی"}
    return Complaint.objects.get(ref=enter(at_desk("nima"), **given).context["ref"])


@pytest.mark.clause("10002:7.2")
def test_who_writes_for_somebody_has_their_leave_written_down(
    at_desk: AtDesk, for_another: Complaint
) -> None:
    browser, paper = at_desk("nima"), "a" * 64
    Attachment.objects.create(
        complaint=for_another,
        digest=paper,
        name="وکالت‌نامه.pdf",
        kind="application/pdf",
        size=9,
        at=for_another.received_at,
    )
    page = f"/en/desk/complaints/{for_another.ref}/"
    assert "Nothing shows yet that they may act" in browser.get(page).content.decode()

    act(browser, for_another, "give_mandate", scope="everything in this", shown_by=paper)

    seen = browser.get(page).content.decode()
    assert "Nothing shows yet that they may act" not in seen
    shown = f'<a href="{page}files/{paper}/">A file shows it.</a>'
    assert ("everything in this" in seen, shown in seen) == (True, True)
    ids = person(for_another), for_another.representative_id or 0
    held = people.mandate(*ids, now())
    assert held is not None
    assert (held.evidence, held.scope) == (paper, "everything in this")

    silent = act(browser, for_another, "end_mandate", reason=" ")
    act(browser, for_another, "end_mandate", reason="They speak for themselves again")

    assert list(silent.context["form"].errors) == ["reason"]
    assert people.mandate(*ids, now()) is None
    assert told(for_another)[-2:] == ["complaint.mandate_given", "complaint.mandate_ended"]


def test_leave_to_act_is_asked_for_only_where_somebody_is_spoken_for(
    at_desk: AtDesk, taken_in: Complaint, for_another: Complaint
) -> None:
    browser, given = at_desk("nima"), {"scope": "everything", "shown_by": ""}

    alone = act(browser, taken_in, "give_mandate", **given)
    strange = act(browser, for_another, "give_mandate", **{**given, "shown_by": "b" * 64})
    late = act(browser, for_another, "give_mandate", **given, until="2001-01-01")
    nothing = act(browser, for_another, "end_mandate", reason="none was given")

    assert [one.status_code for one in (alone, late, nothing)] == [409, 409, 409]
    assert list(strange.context["form"].errors) == ["shown_by"]
    assert not {"complaint.mandate_given", "complaint.mandate_ended"} & set(told(for_another))
