"""Each step as a test may take it, with everything it needs; and a file in each state."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from pasokh.casework.assessment import actions as assessment
from pasokh.casework.assessment.matrix import Answers
from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.judging import Found, Settlement
from pasokh.casework.complaints.actions.talking import Call
from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.matter import Filing, Matter
from pasokh.casework.complaints.models import Complaint, Issue
from pasokh.casework.complaints.terms import (
    Affected,
    Decline,
    Finding,
    NotAComplaint,
    Reopening,
    Verdict,
)
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.disputes import actions as disputes
from pasokh.casework.disputes.actions import AuthorityLetter, Ruling
from pasokh.casework.disputes.models import Inquiry, Referral
from pasokh.casework.investigation import actions as investigation
from pasokh.casework.remedies.actions import Promise
from pasokh.casework.remedies.models import Remedy
from pasokh.directory.organisation.models import Absence
from pasokh.kernel.actors import Actor

HOUR = timedelta(hours=1)

MILD = Answers(
    severity=3,
    safety=False,
    complexity=1,
    impact=2,
    immediate_needed=False,
    immediate_possible=False,
    recurrent=False,
)

PROOF = {"handed_over_to": "mx.example"}


def found(case: Complaint, finding: Finding = Finding.NOT_UPHELD) -> list[Found]:
    """A finding for each issue of a file."""
    issues = Issue.objects.filter(complaint=case, moved_to=None)
    return [Found(issue.number, finding, "دلیل") for issue in issues]


def letter(case: Complaint, kind: LetterKind, at: datetime) -> Letter:
    """A letter in the outbox, whatever the state of the file."""
    return correspondence.queue(
        case.pk, stage=case.stage, kind=kind, language="fa", to=None, facts={}, at=at
    )


def all_away(shop: SimpleNamespace, at: datetime) -> None:
    """Let every colleague be away for a day, so that nobody independent is there."""
    Absence.objects.bulk_create(
        Absence(staff=one, from_at=at, until_at=at + 24 * HOUR) for one in shop.staff.values()
    )


class Acts:
    """Takes each step with the actor and the shop given."""

    def __init__(self, shop: SimpleNamespace, terms: SimpleNamespace, body: int) -> None:
        self.shop, self.terms, self.body = shop, terms, body

    def take(self, step: Step, case: Complaint, by: Actor, at: datetime) -> Any:
        """Take one step."""
        act: Callable[..., Any] = getattr(self, f"_{step}")
        return act(case, by=by, at=at)

    def promise(self, case: Complaint, at: datetime, **changes: Any) -> Promise:
        given = {
            "kind": self.terms.remedy,
            "owner": self.shop.staff["reza"].pk,
            "due_on": (at + 7 * 24 * HOUR).date(),
        }
        return Promise(**(given | changes))

    def _receive(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        filing = Filing(Matter("متن"), "counter", "fa", case.unit_id, anonymous=True)
        return actions.receive(filing, received_at=at, by=by, at=at)

    def _acknowledge(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return self._tell(case, LetterKind.ACKNOWLEDGEMENT, by=by, at=at)

    def _unacknowledge(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return self._return(case, LetterKind.ACKNOWLEDGEMENT, by=by, at=at)

    def _assess(self, case: Complaint, *, by: Actor, at: datetime, answers: Answers = MILD) -> Any:
        return assessment.assess(
            case.ref,
            answers=answers,
            immediate_action="",
            override=None,
            override_reason="",
            by=by,
            at=at,
        )

    def _investigate(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return investigation.investigate(case.ref, plan="بازدید", by=by, at=at)

    def _gather(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return investigation.gather(
            case.ref, description="عکس", source="تعمیرگاه", digest="", by=by, at=at
        )

    def _decide(self, case: Complaint, *, by: Actor, at: datetime, **changes: Any) -> Any:
        given = {
            "findings": found(case),
            "promises": [],
            "reasons": "دلایل",
            "waives_review": False,
        }
        return actions.decide(case.ref, **(given | changes), by=by, at=at)

    def _decline(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.decline(case.ref, why=Decline.TOO_LATE, reasons="دلیل", by=by, at=at)

    def _communicate(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return self._tell(case, LetterKind.DECISION, by=by, at=at)

    def _undelivered(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return self._return(case, LetterKind.DECISION, by=by, at=at)

    def _verdict(
        self, case: Complaint, *, by: Actor, at: datetime, said: Verdict = Verdict.ACCEPTED
    ) -> Any:
        return actions.verdict(
            case.ref, verdict=said, issues={}, comment="", happened_at=at, by=by, at=at
        )

    def _settle(self, case: Complaint, *, by: Actor, at: datetime, **changes: Any) -> Any:
        given = {
            "what_was_done": "تعویض شد",
            "how_accepted": "حضوری گفت راضی است",
            "accepted_at": at,
            "danger": False,
            "causes": found(case, Finding.SETTLED),
            "promises": [],
        }
        return actions.settle(case.ref, settlement=Settlement(**(given | changes)), by=by, at=at)

    def _reconsider(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.reconsider(case.ref, reason="مدرک تازه", by=by, at=at)

    def _trace(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.trace(
            case.ref,
            issue=1,
            cause=self.terms.cause,
            others_affected=Affected.NO,
            by=by,
            at=at,
        )

    def _review(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.review(case.ref, reason="", by=by, at=at)

    def _notice(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return self._tell(case, LetterKind.NOTICE, by=by, at=at)

    def _close(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.close(case.ref, by=by, at=at)

    def _reopen(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        why = {
            State.WITHDRAWN: Reopening.WITHDRAWAL_UNDONE,
            State.SET_ASIDE: Reopening.OBJECTION,
        }.get(State(case.state), Reopening.NEW_FACT)
        return actions.reopen(case.ref, why=why, reason="", by=by, at=at)

    def _withdraw(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.withdraw(case.ref, reason="", by=by, at=at)

    def _set_aside(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.set_aside(
            case.ref, kind=NotAComplaint.ENQUIRY, reason="پرسش است", by=by, at=at
        )

    def _ask(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.ask(case.ref, question="شمارهٔ سفارش؟", by=by, at=at)

    def _hold(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.hold(case.ref, category="complainant", reason="منتظر مدرک", by=by, at=at)

    def _resume(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.resume(case.ref, by=by, at=at)

    def _extend(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.extend(
            case.ref, clock="decide", amount=2, reason="قطعه نرسیده", by=by, at=at
        )

    def _report_progress(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return self._tell(case, LetterKind.PROGRESS, by=by, at=at)

    def _assign(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.assign(case.ref, staff=self.shop.staff["reza"].pk, by=by, at=at)

    def _name(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.name(case.ref, staff=self.shop.staff["nima"].pk, by=by, at=at)

    def _waive(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        all_away(self.shop, at)
        return actions.waive(
            case.ref, staff=self.shop.staff["reza"].pk, reason="کس دیگری نیست", by=by, at=at
        )

    def _log_contact(self, case: Complaint, *, by: Actor, at: datetime, **changes: Any) -> Any:
        given = {"incoming": False, "reached": True, "channel": "phone", "said": "گفتیم"}
        return actions.log_contact(
            case.ref, call=Call(**(given | changes)), happened_at=at, by=by, at=at
        )

    def _write(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.write(case.ref, kind=LetterKind.SETTLED, facts={}, by=by, at=at)

    def _approve(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        row = letter(case, LetterKind.MESSAGE, at)
        told = {"state": LetterState.APPROVAL, "writer": "staff:0"}
        Letter.objects.filter(pk=row.pk).update(**told)
        return actions.approve_letter(case.ref, letter=row.pk, by=by, at=at)

    def _message(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.message(case.ref, text="سلام", by=by, at=at)

    def _hear(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.hear(
            case.ref, text="عکس دارم", files=[], channel="web", happened_at=at, by=by, at=at
        )

    def _note(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.note(case.ref, text="داخلی", by=by, at=at)

    def _refer(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return disputes.refer(case.ref, body=self.body, their_ref="۱۲۴", by=by, at=at)

    def _end_referral(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        row, _made = Referral.objects.get_or_create(
            complaint=case, body_id=self.body, ended_at=None, defaults={"referred_at": at}
        )
        return disputes.end_referral(
            case.ref, referral=row.pk, outcome=Ruling.CONFIRMED, ruling="تأیید", by=by, at=at
        )

    def _inquire(self, case: Complaint, *, by: Actor, at: datetime, **changes: Any) -> Any:
        letter = {
            "body": self.body,
            "their_ref": "۱۲۴/۷",
            "number": "۱۴۰۴/۳۳",
            "dated_on": (at - HOUR).date(),
            "asks": "لطفاً پاسخ دهید.",
            "received_at": at - timedelta(minutes=5),
        }
        return disputes.inquire(
            case.ref, letter=AuthorityLetter(**(letter | changes)), by=by, at=at
        )

    def _answer_inquiry(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        matter = Referral.objects.create(complaint=case, body_id=self.body, referred_at=at)
        row = Inquiry.objects.create(
            complaint=case,
            referral=matter,
            turn=1,
            stage=case.stage,
            dated_on=at.date(),
            asks="؟",
            received_at=at,
        )
        return disputes.write_answer(case.ref, inquiry=row.pk, answer="پاسخ", by=by, at=at)

    def _fulfil(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        owed = self.promise(case, at)
        row = Remedy.objects.create(
            complaint=case,
            stage=case.stage,
            kind_id=owed.kind,
            owner_id=owed.owner,
            due_on=owed.due_on,
        )
        return actions.fulfil(
            case.ref, remedy=row.pk, done_on=at.date(), proof="رسید ۱۲", by=by, at=at
        )

    def _rate(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.rate(case.ref, handling=4, outcome=2, comment="", by=by, at=at)

    def _correct(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.correct(
            case.ref, field="serial_number", value="SN-1", reason="تماس تلفنی", by=by, at=at
        )

    def _join(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        other = self._receive(case, by=by, at=at)
        return actions.join(case.ref, other=other.ref, by=by, at=at)

    def _add_issue(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.add_issue(case.ref, text="فیش پرداخت هم نرسید", by=by, at=at)

    def _split(self, case: Complaint, *, by: Actor, at: datetime) -> Any:
        return actions.split(case.ref, issue=2, by=by, at=at)

    def _tell(self, case: Complaint, kind: LetterKind, *, by: Actor, at: datetime) -> Any:
        row = letter(case, kind, at)
        Letter.objects.filter(pk=row.pk).update(state=LetterState.HANDED_OVER)
        return actions.told(
            case.ref, letter=row.pk, way=Way.SENT, proof=PROOF, happened_at=at, by=by, at=at
        )

    def _return(self, case: Complaint, kind: LetterKind, *, by: Actor, at: datetime) -> Any:
        sent = Letter.objects.filter(complaint=case, kind=kind, stage=case.stage)
        row = sent.last() or letter(case, kind, at)
        sent.update(state=LetterState.HANDED_OVER)
        return actions.returned(
            case.ref, letter=row.pk, why="نشانی نادرست", happened_at=at, by=by, at=at
        )


#: The steps that lead a fresh file into each state.
WAYS: dict[State, tuple[Step, ...]] = {
    State.RECEIVED: (),
    State.ASSESSED: (Step.ASSESS,),
    State.INVESTIGATING: (Step.ASSESS, Step.INVESTIGATE),
    State.DECIDED: (Step.ASSESS, Step.INVESTIGATE, Step.DECIDE),
    State.COMMUNICATED: (Step.ASSESS, Step.INVESTIGATE, Step.DECIDE, Step.COMMUNICATE),
    State.CLOSED: (Step.ASSESS, Step.DECIDE, Step.COMMUNICATE, Step.VERDICT, Step.CLOSE),
    State.WITHDRAWN: (Step.WITHDRAW,),
    State.SET_ASIDE: (Step.SET_ASIDE,),
}
