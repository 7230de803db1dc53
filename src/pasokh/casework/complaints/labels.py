"""What the codes of a complaint are called in the reader's language."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.terms import (
    Affected,
    Closing,
    Complainant,
    Decline,
    Finding,
    NotAComplaint,
    Outcome,
    Reopening,
    Verdict,
)
from pasokh.casework.correspondence.caps import Held
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.correspondence.wording import queries as wording
from pasokh.casework.texting.states import TextState
from pasokh.directory.people.terms import Need
from pasokh.directory.people.ways import Way as Reach

STATES = {
    State.RECEIVED: _("Received"),
    State.ASSESSED: _("Assessed"),
    State.INVESTIGATING: _("Being investigated"),
    State.DECIDED: _("Decided, not yet told"),
    State.COMMUNICATED: _("Decision told"),
    State.CLOSED: _("Closed"),
    State.WITHDRAWN: _("Withdrawn"),
    State.SET_ASIDE: _("Set aside"),
}

STEPS = {
    Step.RECEIVE: _("Take in a complaint"),
    Step.RECORD_HISTORY: _("Record a complaint that ended elsewhere"),
    Step.ACKNOWLEDGE: _("Acknowledge receipt"),
    Step.UNACKNOWLEDGE: _("Note that the acknowledgement came back"),
    Step.ASSESS: _("Assess"),
    Step.INVESTIGATE: _("Start the investigation"),
    Step.GATHER: _("Add evidence"),
    Step.DECIDE: _("Decide"),
    Step.DECLINE: _("Decline to examine"),
    Step.COMMUNICATE: _("Tell the decision"),
    Step.UNDELIVERED: _("Note that the decision came back"),
    Step.VERDICT: _("Record the complainant's answer"),
    Step.SETTLE: _("Settle at once"),
    Step.RECONSIDER: _("Take the decision back"),
    Step.TRACE: _("Trace the cause"),
    Step.REVIEW: _("Open a review"),
    Step.NOTICE: _("Give notice before closing"),
    Step.CLOSE: _("Close"),
    Step.REOPEN: _("Take up again"),
    Step.WITHDRAW: _("Record a withdrawal"),
    Step.SET_ASIDE: _("Set aside"),
    Step.ASK: _("Ask for information"),
    Step.HOLD: _("Hold the clocks"),
    Step.RESUME: _("Let the clocks run on"),
    Step.EXTEND: _("Extend a deadline"),
    Step.REPORT_PROGRESS: _("Report progress"),
    Step.ASSIGN: _("Assign"),
    Step.NAME: _("Name a colleague complained about"),
    Step.WAIVE: _("Allow someone not independent"),
    Step.LOG_CONTACT: _("Log a conversation"),
    Step.WRITE: _("Write a letter"),
    Step.APPROVE: _("Look at a letter before it leaves"),
    Step.MESSAGE: _("Write to the complainant"),
    Step.HEAR: _("Add what the complainant said"),
    Step.NOTE: _("Write a note"),
    Step.REFER: _("Refer to an outside body"),
    Step.END_REFERRAL: _("Record the outside body's result"),
    Step.INQUIRE: _("Enter a letter from an authority"),
    Step.ANSWER_INQUIRY: _("Answer an authority"),
    Step.FULFIL: _("Record a remedy as done"),
    Step.RATE: _("Record a rating"),
    Step.CORRECT: _("Correct"),
    Step.JOIN: _("Join with another file"),
    Step.ADD_ISSUE: _("Write down another issue"),
    Step.SPLIT: _("Split an issue off"),
}

FINDINGS = {
    Finding.UPHELD: _("Upheld"),
    Finding.PARTLY: _("Partly upheld"),
    Finding.NOT_UPHELD: _("Not upheld"),
    Finding.UNDETERMINED: _("Could not be determined"),
    Finding.SETTLED: _("Settled without a finding"),
}

OUTCOMES = {
    **{Outcome(finding.value): label for finding, label in FINDINGS.items()},
    Outcome.DECLINED: _("Not examined"),
}

VERDICTS = {
    Verdict.ACCEPTED: pgettext_lazy("verdict", "Accepted"),
    Verdict.NOT_ACCEPTED: pgettext_lazy("verdict", "Not accepted"),
    Verdict.NO_ANSWER: _("No answer"),
    Verdict.UNREACHABLE: _("Could not be reached"),
}

AFFECTED = {
    Affected.YES: pgettext_lazy("affected", "Yes, others are affected"),
    Affected.NO: pgettext_lazy("affected", "No, nobody else"),
    Affected.UNKNOWN: pgettext_lazy("affected", "Not known yet"),
}

DECLINES = {
    Decline.OUT_OF_SCOPE: _("Outside what we handle"),
    Decline.TOO_LATE: _("Too late"),
    Decline.BEFORE_A_COURT: _("Before a court"),
    Decline.ALREADY_ANSWERED: _("Already answered"),
}

NOT_COMPLAINTS = {
    NotAComplaint.ENQUIRY: _("An enquiry"),
    NotAComplaint.SERVICE_REQUEST: _("A request for service"),
    NotAComplaint.FEEDBACK: _("Feedback"),
}

REOPENINGS = {
    Reopening.LATE_ANSWER: _("A late answer"),
    Reopening.NEW_FACT: _("A new fact"),
    Reopening.WITHDRAWAL_UNDONE: _("The withdrawal is undone"),
    Reopening.OBJECTION: _("An objection to setting aside"),
    Reopening.LETTER_RETURNED: _("A letter came back"),
}

CLOSINGS = {
    Closing.ACCEPTED: _("the decision was accepted"),
    Closing.SILENCE: _("no answer after the notice"),
    Closing.ROUTES_EXHAUSTED: _("not accepted, and the time for a review has ended"),
    Closing.STOOD_ANONYMOUS: _("the decision stood for the whole period"),
    Closing.SETTLED: _("settled at once"),
    Closing.ELSEWHERE: _("it was handled and ended before it came into these books"),
}

COMPLAINANTS = {
    Complainant.CUSTOMER: _("Customer"),
    Complainant.COLLEAGUE: _("Colleague"),
}

_LETTERS: Mapping[str, Any] = {
    LetterKind.ACKNOWLEDGEMENT: _("Acknowledgement of receipt"),
    LetterKind.PROGRESS: _("Progress report to the complainant"),
    LetterKind.REQUEST: _("Request for information"),
    LetterKind.EXTENSION: _("Notice of a later date"),
    LetterKind.DECISION: _("Decision letter"),
    LetterKind.NOTICE: _("Notice before closing"),
    LetterKind.CLOSING: _("Closing letter"),
    LetterKind.SET_ASIDE: _("Letter: set aside"),
    LetterKind.WITHDRAWN: _("Letter: withdrawal recorded"),
    LetterKind.SETTLED: _("Confirmation of the settlement"),
    LetterKind.REVIEW: _("Letter: a review has begun"),
    LetterKind.WAIVER: _("Letter: who looks at it again"),
    LetterKind.MESSAGE: _("Message"),
    LetterKind.ADDRESS: _("Letter: a new address was given"),
    LetterKind.OTHER_ADDRESS: _("Mail to the confirmed address: another one was given"),
    LetterKind.NEW_CODE: _("Mail: a link for a new tracking code"),
}


class _Letters(Mapping[str, Any]):
    """The product's kinds of letters, and by their codes those that the organisation added."""

    def __getitem__(self, kind: str) -> Any:
        return _LETTERS[kind] if kind in _LETTERS else wording.added()[kind].name

    def __iter__(self) -> Iterator[str]:
        return iter(_LETTERS)

    def __len__(self) -> int:
        return len(_LETTERS)


LETTERS: Mapping[str, Any] = _Letters()

LETTER_STATES = {
    LetterState.APPROVAL: _("waits for approval"),
    LetterState.PENDING: _("leaves at its time"),
    LetterState.QUEUED: _("waits to be sent"),
    LetterState.SENDING: _("being sent"),
    LetterState.UNCERTAIN: _("perhaps sent; it will be sent once more"),
    LetterState.HANDED_OVER: _("handed over to mail or post"),
    LetterState.FAILED: _("could not be sent"),
    LetterState.RETURNED: _("came back"),
    LetterState.LACKING: _("kept back: it lacks something"),
    LetterState.SHOWN_ONLY: _("only on the tracking page"),
    LetterState.CANCELLED: _("cancelled"),
}

HELD = {
    Held.ADDRESS: _("held back: many mails went to this unconfirmed address within an hour"),
    Held.DOMAIN: _("held back: many mails went to unconfirmed addresses at this mail server"),
    Held.ALL: _("held back: very many mails went to unconfirmed addresses within an hour"),
}

TEXT_STATES = {
    TextState.QUEUED: _("waits to be sent"),
    TextState.SENDING: _("being sent"),
    TextState.UNCERTAIN: _("perhaps sent; it will be sent once more"),
    TextState.HANDED_OVER: _("the gateway has it"),
    TextState.DELIVERED: _("reached the telephone"),
    TextState.FAILED: _("could not be sent"),
    TextState.RETURNED: _("did not arrive"),
    TextState.CANCELLED: _("cancelled"),
}

WAYS = {
    Way.SHOWN: _("shown on the tracking page"),
    Way.HANDED: _("handed over on paper"),
    Way.TELEPHONED: _("told by telephone"),
    Way.SENT: _("sent by mail or post"),
    Way.TEXTED: _("a text reached the telephone"),
    Way.CHATTED: _("a messenger took it into their chat"),
    Way.STANDING: _("stands on the tracking page"),
}

REACHED = {
    Reach.PHONE: _("Telephone"),
    Reach.EMAIL: _("E-mail address"),
    Reach.POST: _("Postal address"),
    Reach.OTHER: _("Another way"),
}

FIELDS = {
    "channel": _("Channel"),
    "language": _("Language"),
    "complainant_kind": _("Who complains"),
    "confidential": _("Confidential"),
    "remedy_wanted": _("What the complainant wants"),
    "incident_on": _("When it happened"),
    "product_id": _("Product"),
    "product_model": _("Model"),
    "serial_number": _("Serial number"),
    "purchase_place": _("Where it was bought"),
    "purchased_on": _("When it was bought"),
    "guarantee": _("Guarantee"),
    "order_number": _("Order number"),
    "received_at": _("When we received it"),
    "unit_id": _("Unit"),
}

#: What complainants tell later of themselves, beside what may be corrected.
THEMSELVES = {
    "needs": _("What they need"),
    "needs_note": _("What else they need"),
    "on_behalf_of": _("For whom they write"),
    "behalf_contact": _("How that person is reached"),
}

NEEDS = {
    Need.LANGUAGE: _("Another language"),
    Need.SIGHT: _("Sees badly"),
    Need.HEARING: _("Hears badly"),
    Need.SPEECH: _("Speaks with difficulty"),
    Need.MOVEMENT: _("Moves with difficulty"),
    Need.UNDERSTANDING: _("Needs things explained"),
    Need.READING: _("Reads or writes with difficulty"),
    Need.OFFLINE: _("Has no internet"),
    Need.OTHER: _("Something else"),
}

LANGUAGES = {"fa": _("Persian"), "en": _("English")}

RULINGS = {
    "confirmed": _("Our decision was confirmed"),
    "changed": _("Our decision was changed"),
    "overturned": _("Our decision was overturned"),
    "settled": _("The matter was settled there"),
    "dropped": _("The matter was dropped there"),
}

#: Why a mail server sent a letter back, by the status that it told (RFC 3463), or what a provider
#: tells of it.
RETURNED = {
    "5.0.0": _("The mail server there did not take it."),
    "5.1.0": _("The address was not accepted."),
    "5.1.1": _("There is no such mailbox."),
    "5.1.2": _("There is no such mail domain."),
    "5.1.3": _("The address is not written rightly."),
    "5.1.10": _("This domain takes no mail."),
    "5.2.1": _("The mailbox takes no mail any more."),
    "5.2.2": _("The mailbox is full."),
    "5.2.3": _("The letter is too large for the mailbox."),
    "5.4.1": _("The mail server there did not answer."),
    "5.4.4": _("No way to the mail server there was found."),
    "5.7.1": _("The mail server there refused it by its rules."),
    "feedback-abuse": _("Somebody there called it unwanted."),
    "feedback-fraud": _("Somebody there took it for fraud."),
    "feedback-opt-out": _("Somebody there wants no more mail from us."),
    "5.7.26": _("The mail server there did not believe who sent it."),
}

_STATUS = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")


def why_returned(said: str) -> Any:
    """Why a letter came back: by the status that a server told, else in the server's own words."""
    status = _STATUS.search(said)
    return RETURNED.get(status[0] if status else said, said)


#: How an answer went to an authority.
SENT_BY = {
    "post": _("By post"),
    "hand": _("By hand, against a receipt"),
    "portal": _("On the authority's own pages"),
    "email": _("By e-mail"),
}

#: What a colleague read, as the log of reading has it.
READ = {
    "case": _("the whole file"),
    "mail": _("the mail"),
    "file": _("an attached file"),
    "export": _("in an export"),
    "original": _("the original of an attached file"),
    "letter": _("a letter"),
}
