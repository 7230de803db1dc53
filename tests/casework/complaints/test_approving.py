"""Letters that somebody else approves before they leave, or sends back with a reason."""

from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, HOUR, START
from tests.casework.correspondence.correspondents import complain, decided
from tests.casework.telling import refused

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions import telling
from pasokh.casework.complaints.actions.writing import Along, CopyTo
from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries import outbox, tracking
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.wording import actions as texts
from pasokh.kernel.ledger.models import Entry
from pasokh.kernel.money import Money

pytestmark = pytest.mark.django_db
AT = START + 2 * HOUR


def waits(shop: SimpleNamespace, kind: str, above: Money | None = None, *, on: bool = True) -> None:
    texts.set_second_look(kind, waits=on, above=above, by=shop.parvin, at=START)


def state(letter: Letter) -> str:
    return str(Letter.objects.get(pk=letter.pk).state)


@pytest.mark.clause("10002:7.8")
def test_a_message_leaves_only_once_somebody_else_approved_it(shop: SimpleNamespace) -> None:
    waits(shop, "message")
    case = complain(shop, "en")
    copies = (CopyTo(address="law@firm.example", reason="They asked for it."),)
    actions.message(case.ref, text="Dear Mary", along=Along(copies=copies), by=shop.reza, at=AT)
    letter, copy = Letter.objects.order_by("pk")
    assert (letter.state, copy.state) == (LetterState.APPROVAL, LetterState.APPROVAL)
    assert tracking._messages(case, {}, tracking._unsaid(case)) == ()
    assert [one.id for one in outbox.post(shop.sara).approval] == [letter.pk]
    assert outbox.post(shop.shirin).approval == ()

    known = {"letter": letter.pk, "at": AT + HOUR}
    refused("not-authorised", actions.approve_letter, case.ref, by=shop.reza, **known)
    Letter.objects.filter(pk=letter.pk).update(writer=shop.sara.code)
    refused("approval-needs-another", actions.approve_letter, case.ref, by=shop.sara, **known)
    actions.approve_letter(case.ref, by=shop.parvin, **known)
    assert (state(letter), state(copy)) == (LetterState.QUEUED, LetterState.QUEUED)
    refused("letter-waits-for-nothing", actions.approve_letter, case.ref, by=shop.parvin, **known)
    last = Entry.objects.filter(subject=case.subject).latest("number")
    assert (last.event, last.actor) == ("complaint.letter_approved", shop.parvin.code)


def test_a_letter_sent_back_leaves_no_more_and_says_why(shop: SimpleNamespace) -> None:
    waits(shop, "request")
    case = complain(shop, "en")
    actions.ask(case.ref, question="Which order?", by=shop.reza, at=AT)
    letter = Letter.objects.get()
    known: dict[str, Any] = {"letter": letter.pk, "by": shop.sara, "at": AT + HOUR}

    refused("reasons-missing", actions.send_back_letter, case.ref, reason=" ", **known)
    actions.send_back_letter(case.ref, reason="Ask for the day, too.", **known)
    letter.refresh_from_db()
    assert (letter.state, letter.failure) == (LetterState.CANCELLED, "Ask for the day, too.")
    last = Entry.objects.select_related("sealed").filter(subject=case.subject).latest("number")
    assert last.event == "complaint.letter_sent_back"
    assert last.private == {"reason": "Ask for the day, too."}


def test_the_amount_promised_decides_whether_a_decision_waits(
    shop: SimpleNamespace, acts: Acts
) -> None:
    case = complain(shop, "en")
    decided(case, acts, "en", AT)  # promises 1,250,000 rials
    known = {"kind": LetterKind.DECISION, "facts": {}, "by": shop.reza, "at": AT + HOUR}
    for above, waiting in ((1_250_000, False), (1_249_999, True), (None, True)):
        waits(shop, "decision", Money(above, "IRR") if above else None)
        found = telling.second_look(
            Complaint.objects.get(pk=case.pk), LetterKind.DECISION, shop.reza
        )
        assert bool(found) is waiting
    later = actions.write(case.ref, leaves_at=AT + DAY, **known)
    assert later.state == LetterState.APPROVAL
    assert tracking._decisions(case, tracking._letters(case), ()) == ()
    actions.approve_letter(case.ref, letter=later.pk, by=shop.parvin, at=AT + 2 * HOUR)
    assert state(later) == LetterState.PENDING  # its own time comes first
    waits(shop, "decision", on=False)
    assert actions.write(case.ref, **known).state == LetterState.QUEUED


def test_what_an_anonymous_person_finds_counts_as_told_once_it_is_approved(
    file: Any, acts: Acts, shop: SimpleNamespace
) -> None:
    waits(shop, "decision")
    case = file()
    for step in ("assess", "investigate", "decide"):
        getattr(acts, f"_{step}")(case, by=shop.reza, at=AT)
    letter = actions.write(case.ref, kind=LetterKind.DECISION, facts={}, by=shop.reza, at=AT + HOUR)
    assert not Complaint.objects.get(pk=case.pk).done(Milestone.COMMUNICATED)
    actions.approve_letter(case.ref, letter=letter.pk, by=shop.parvin, at=AT + 2 * HOUR)
    assert Complaint.objects.get(pk=case.pk).done(Milestone.COMMUNICATED)
    assert state(letter) == LetterState.SHOWN_ONLY
