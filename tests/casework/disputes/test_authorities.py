"""An authority asks, is answered, and rules: its day runs beside our own clocks."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.acts import WAYS, Acts
from tests.casework.conftest import DAY, HOUR, START, told
from tests.casework.telling import refused

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints import queries
from pasokh.casework.complaints.actions import sweeps
from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.deadlines.models import Clock
from pasokh.casework.deadlines.readd import readd
from pasokh.casework.deadlines.working import load
from pasokh.casework.disputes import actions
from pasokh.casework.disputes import queries as authorities
from pasokh.casework.disputes.actions import Ruling, Sent, SentBy
from pasokh.casework.disputes.models import Inquiry, Referral
from pasokh.casework.remedies.actions import Promise
from pasokh.casework.remedies.models import Remedy
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.clause("10003:7")]

Begin = Callable[..., Complaint]
#: A Wednesday, two days after the file began.
DUE = date(2026, 5, 6)


def sent(at: Any, **changes: Any) -> Sent:
    return Sent(**({"at": at, "way": SentBy.POST, "number": "۱۲", "proof": "RR123"} | changes))


@pytest.fixture
def everybody(shop: SimpleNamespace) -> Actor:
    """One who holds every right everywhere."""
    rights = {f"complaint.{step}": None for step in Step}
    return Actor(Kind.STAFF, str(shop.staff["parvin"].pk), rights | {"complaint.read": None})


def lead(case: Complaint, state: State, acts: Acts, by: Actor) -> Complaint:
    """Lead a fresh file into a state, an hour for each step."""
    for number, step in enumerate(WAYS[state], 1):
        acts.take(step, case, by, START + number * HOUR)
    return Complaint.objects.get(pk=case.pk)


def clock(case: Complaint, turn: int = 1) -> Clock:
    return Clock.objects.get(complaint=case, name="authority", round=turn)


def test_the_authoritys_day_runs_beside_our_clocks_with_its_working(
    file: Begin, shop: SimpleNamespace, acts: Acts
) -> None:
    case = file()
    acts._inquire(case, by=shop.nima, at=START + HOUR, due_on=DUE)

    row, case = clock(case), Complaint.objects.get(pk=case.pk)
    assert (row.state, row.duty, row.due_at.isoformat()) == (
        "running",
        True,
        "2026-05-06T20:29:59.999999+00:00",
    )
    opens = START + 2 * DAY - timedelta(hours=1, minutes=30)
    assert row.warn_at == opens  # there is no room for two days
    answer = load(row.working)
    assert readd(answer.working) == answer.at == row.due_at
    assert case.due_clock == "acknowledge"  # ours comes first
    assert told(case) == ["complaint.received", "complaint.authority_asked"]


def test_a_second_letter_belongs_to_the_same_matter_and_has_a_day_of_its_own(
    file: Begin, shop: SimpleNamespace, acts: Acts
) -> None:
    case = file()
    acts._inquire(case, by=shop.nima, at=START + HOUR, due_on=DUE, their_ref="")
    acts._inquire(case, by=shop.nima, at=START + DAY, due_on=DUE + DAY)

    matter = Referral.objects.get()
    assert matter.their_ref == "۱۲۴/۷"
    assert [one.turn for one in Inquiry.objects.all()] == [1, 2]
    assert clock(case, 2).due_at - clock(case, 1).due_at == DAY


def test_only_an_answer_that_left_keeps_the_day(
    file: Begin, shop: SimpleNamespace, acts: Acts
) -> None:
    case = file()
    row = acts._inquire(case, by=shop.nima, at=START + HOUR, due_on=DUE)
    by = {"by": shop.reza, "at": START + DAY}

    refused(
        "authority-answer-not-written",
        actions.answered,
        case.ref,
        inquiry=row.pk,
        sent=sent(START + DAY),
        **by,
    )
    refused("nothing-said", actions.write_answer, case.ref, inquiry=row.pk, answer=" ", **by)
    actions.write_answer(case.ref, inquiry=row.pk, answer="بررسی شد.", **by)
    assert clock(case).state == "running"
    for wrong, code in (
        (sent(START + 2 * DAY), "authority-answered-when"),
        (sent(START), "authority-answered-when"),
        (sent(START + DAY, proof=" "), "proof-missing"),
    ):
        refused(code, actions.answered, case.ref, inquiry=row.pk, sent=wrong, **by)
    actions.answered(case.ref, inquiry=row.pk, sent=sent(START + DAY), **by)

    assert (clock(case).state, clock(case).stopped_at) == ("met", START + DAY)
    for verb in (
        lambda: actions.write_answer(case.ref, inquiry=row.pk, answer="دیگر", **by),
        lambda: actions.answered(case.ref, inquiry=row.pk, sent=sent(START + DAY), **by),
    ):
        refused("no-such-inquiry", verb)


def test_a_late_answer_missed_the_day_and_both_were_told_of(
    file: Begin, shop: SimpleNamespace, acts: Acts
) -> None:
    case = file()
    row = acts._inquire(case, by=shop.nima, at=START + HOUR, due_on=DUE)
    sweeps.warn_of_deadlines(START + 2 * DAY)
    sweeps.tell_of_passed_deadlines(START + 3 * DAY)
    actions.write_answer(case.ref, inquiry=row.pk, answer="a", by=shop.reza, at=START + 3 * DAY)
    late = sent(START + 3 * DAY)
    actions.answered(case.ref, inquiry=row.pk, sent=late, by=shop.reza, at=START + 3 * DAY)

    assert clock(case).state == "missed"
    assert (clock(case).warned_at, clock(case).alarmed_at) == (START + 2 * DAY, START + 3 * DAY)


@pytest.mark.parametrize("state", [state for state in State if state is not State.RECEIVED])
def test_a_letter_is_joined_to_a_file_in_any_state_and_is_due_there(
    file: Begin, shop: SimpleNamespace, acts: Acts, everybody: Actor, state: State
) -> None:
    case = lead(file(), state, acts, everybody)
    at = START + 60 * DAY
    acts._inquire(case, by=shop.nima, at=at, due_on=(at + DAY).date())

    case.refresh_from_db()
    assert case.state == state
    assert clock(case).state == "running"
    assert case.due_at is not None


def test_what_makes_no_sense_is_refused_and_nothing_is_kept(
    file: Begin, shop: SimpleNamespace, acts: Acts
) -> None:
    case = file()
    for changes, code in (
        ({"asks": " "}, "nothing-said"),
        ({"received_at": START + DAY}, "in-the-future"),
        ({"due_on": date(2026, 5, 1)}, "authority-day-before-letter"),
    ):
        refused(code, acts._inquire, case, by=shop.nima, at=START + HOUR, **changes)
    refused(
        "no-such-complaint",
        acts._inquire,
        SimpleNamespace(ref="P-000999-1"),
        by=shop.nima,
        at=START + HOUR,
    )

    assert (Inquiry.objects.count(), Referral.objects.count()) == (0, 0)
    assert told(case) == ["complaint.received"]


def test_an_unanswered_letter_keeps_the_file_from_closing(
    file: Begin, shop: SimpleNamespace, acts: Acts, everybody: Actor
) -> None:
    case = lead(file(), State.COMMUNICATED, acts, everybody)
    at = START + 5 * DAY
    acts._inquire(case, by=shop.nima, at=at)

    page = queries.case_page(shop.reza, case.ref, at=at)
    assert page.closing is not None
    assert "authority-unanswered" in [term.code for term in page.closing.unmet]


def test_a_ruling_becomes_remedies_owed_that_no_limit_and_no_verdict_bears_on(
    file: Begin, shop: SimpleNamespace, acts: Acts, terms: SimpleNamespace
) -> None:
    case = file()
    matter = acts._inquire(case, by=shop.nima, at=START + HOUR).referral
    order = Promise(
        kind=terms.remedy,
        owner=shop.staff["reza"].pk,
        due_on=DUE,
        amount=10**12,
        currency="IRR",
    )
    actions.end_referral(
        case.ref,
        referral=matter.pk,
        outcome=Ruling.OVERTURNED,
        ruling="پرداخت شود.",
        orders=[order],
        by=shop.reza,
        at=START + DAY,
    )

    remedy = Remedy.objects.get()
    assert remedy.ordered_in == matter
    assert told(case)[-2:] == ["complaint.referral_ended", "complaint.remedies_ordered"]
    complaints.fulfil(
        case.ref,
        remedy=remedy.pk,
        done_on=DUE,
        proof="حوالهٔ ۱۲",
        by=shop.reza,
        at=START + 3 * DAY,
    )
    remedy.refresh_from_db()
    assert remedy.done_on == DUE


def test_an_order_outlives_a_decision_taken_back(
    file: Begin, shop: SimpleNamespace, acts: Acts, terms: SimpleNamespace, everybody: Actor
) -> None:
    case = lead(file(), State.DECIDED, acts, everybody)
    at = START + 5 * DAY
    matter = acts._inquire(case, by=shop.nima, at=at).referral
    order = Promise(kind=terms.remedy, owner=shop.staff["reza"].pk, due_on=at.date())
    ruled = {"outcome": Ruling.CHANGED, "ruling": "", "orders": [order]}
    actions.end_referral(case.ref, referral=matter.pk, **ruled, by=shop.reza, at=at)
    acts._reconsider(case, by=shop.reza, at=at)

    assert Remedy.objects.get(ordered_in=matter).dropped_at is None


def test_the_register_shows_what_its_reader_may_see_the_first_due_above(
    file: Begin, shop: SimpleNamespace, acts: Acts, django_assert_num_queries: Any
) -> None:
    late, soon, none = file(), file(), file()
    acts._inquire(none, by=shop.nima, at=START + HOUR)
    acts._inquire(late, by=shop.nima, at=START + HOUR, due_on=DUE + DAY)
    acts._inquire(soon, by=shop.nima, at=START + HOUR, due_on=DUE)

    with django_assert_num_queries(1):
        rows, more = authorities.register(shop.reza, answered=False)
    assert [row.ref for row in rows] == [soon.ref, late.ref, none.ref]
    assert not more
    assert authorities.register(shop.shirin, answered=False) == ([], False)
    assert authorities.register(shop.reza, answered=True) == ([], False)


@pytest.mark.parametrize("answer", ["شکایت بررسی شد.\n\nوجه پس داده شد.", "We looked into it."])
def test_the_answer_is_typeset_on_the_letterhead_in_its_own_language(
    file: Begin, shop: SimpleNamespace, acts: Acts, answer: str
) -> None:
    case = file()
    row = acts._inquire(case, by=shop.nima, at=START + HOUR)
    with pytest.raises(Refused, match="no-such-letter"):
        authorities.answer_pdf(shop.reza, case.ref, row.pk)
    actions.write_answer(case.ref, inquiry=row.pk, answer=answer, by=shop.reza, at=START + DAY)

    assert authorities.answer_pdf(shop.reza, case.ref, row.pk).startswith(b"%PDF")
    with pytest.raises(Refused, match="no-such-complaint"):
        authorities.answer_pdf(shop.shirin, case.ref, row.pk)
