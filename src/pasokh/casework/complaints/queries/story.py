"""What of a file's ledger is told to the complainant, in plain words, and what never is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.terms import Closing, Verdict
from pasokh.kernel.ledger import reading
from pasokh.kernel.ledger.models import Entry
from pasokh.kernel.text import isolate


@dataclass(frozen=True)
class Happened:
    """One line of the story: when it was done, and what.

    An answer to a decision says of which stage, and what was said of single issues.
    """

    at: datetime
    sentence: str | Promise
    stage: int = 0
    said: Mapping[int, str] | None = None


#: An event and what it says to the complainant: one sentence, or one by the value of a fact.
TOLD: Mapping[str, str | Promise | tuple[str, Mapping[object, str | Promise]]] = {
    "complaint.received": _("Your complaint reached us."),
    "complaint.acknowledged": _("We confirmed that we have it."),
    "complaint.acknowledgement_undelivered": _("Our confirmation to you came back."),
    "complaint.assessed": _("We looked at how serious and how urgent it is."),
    "complaint.investigation_started": _("We began to look into it."),
    "complaint.asked": _("We asked you a question."),
    "complaint.message_sent": _("We wrote to you."),
    "complaint.message_heard": _("You wrote to us."),
    "complaint.held": _("The time stands still while we wait for something."),
    "complaint.resumed": _("The time runs on."),
    "complaint.extended": _("We need more time. A letter tells you why."),
    "complaint.progress_reported": _("We told you how things stand."),
    "complaint.deadlines_redrawn": _("A date moved, because a working day was added or taken."),
    "complaint.assigned": _("A colleague was given your complaint."),
    "complaint.letter_returned": _("A letter to you came back to us."),
    "complaint.communicated": _("We told you what we decided."),
    "complaint.undelivered": _("Our decision did not reach you. We will try again."),
    "complaint.verdict_given": (
        "verdict",
        {
            str(Verdict.ACCEPTED): _("You accepted our decision."),
            str(Verdict.NOT_ACCEPTED): _("You did not accept our decision."),
            str(Verdict.NO_ANSWER): _("We noted that you have not answered."),
            str(Verdict.UNREACHABLE): _("We noted that we could not reach you."),
        },
    ),
    "complaint.history_recorded": _(
        "Your complaint was handled and ended before it was kept here."
    ),
    "complaint.settled": _("We settled it with you at once."),
    "complaint.review_opened": _("A review was opened: your complaint is looked at again."),
    "complaint.noticed": _("We told you when your complaint will be closed."),
    "complaint.notice_undelivered": _("Our notice to you came back, so it does not count."),
    "complaint.closed": (
        "term",
        {
            str(Closing.SILENCE): _(
                "Your complaint was closed because no answer came. That does not mean that you "
                "accepted the decision."
            ),
        },
    ),
    "complaint.reopened": _("Your complaint was opened again."),
    "complaint.withdrawn": _("Your complaint was withdrawn."),
    "complaint.set_aside": _("We answered you in another way than as a complaint."),
    "complaint.referred": _("The matter went to an outside body."),
    "complaint.authority_asked": _("An authority wrote to us about your complaint."),
    "complaint.authority_answered": _("We answered the authority."),
    "complaint.referral_ended": _("The outside body has finished."),
    "complaint.contact_logged": ("reached", {True: _("We spoke with each other.")}),
    "complaint.issue_added": _("We look into one of the matters by itself as well."),
    "complaint.split": _(
        "One of the matters goes on as a complaint of its own, with the reference %(other)s."
    ),
    "complaint.remedy_fulfilled": _("Something we promised was carried out."),
    "complaint.rated": _("You told us how it went."),
    "complaint.particulars_added": _("You told us more about the product or the matter."),
    "complaint.themselves_told": _("You told us more about yourself and how we can help."),
    "complaint.name_corrected": _("We put your name right."),
    "complaint.mandate_given": _("We noted that you may act for the person you write for."),
    "complaint.mandate_ended": _("We noted that you may no longer act for that person."),
    "complaint.contact_added": _("We wrote down a new way to reach you."),
    "complaint.contact_confirmed": _("We read your number or address back to you."),
    "complaint.contact_stopped": _("We no longer use one of your numbers or addresses."),
    "complaint.texts_agreed": _("We write to the number that you gave us by text message."),
    "complaint.texts_stopped": _("Text messages to you were stopped."),
    "complaint.texts_wanted": _("You have text messages again."),
    "complaint.address_confirmed": _("You confirmed your address; our letters go there now."),
    "complaint.address_denied": _(
        "Your address turned out to be somebody else's; we do not write there any more."
    ),
    "complaint.code_asked": _("We mailed you a link, because a new tracking code was asked for."),
    "complaint.code_replaced": _("You were given a new tracking code; the old one is void."),
}

#: What stays inside, or is told by something else on the page.
OTHERWISE: Mapping[str, str | Promise] = {
    "complaint.closed": _("Your complaint was closed."),
}


def story(subject: str, *, without: Collection[int] = ()) -> tuple[Happened, ...]:
    """What happened in a file, as far as it is the complainant's to know, oldest first.

    `without` are messages that are not said yet.
    """
    entries = reading.entries(subject, of=tuple(TOLD))
    said = (entry for entry in entries if entry.facts.get("message") not in without)
    return tuple(line for entry in said if (line := _line(entry)))


def _line(entry: Entry) -> Happened | None:
    sentence = _sentence(entry.event, entry.facts)
    if sentence is None:
        return None
    if entry.event != "complaint.verdict_given":
        return Happened(entry.happened_at, sentence)
    each = {one["issue"]: one["verdict"] for one in entry.facts["issues"]}
    return Happened(entry.happened_at, sentence, entry.facts["stage"], each)


def _sentence(event: str, facts: Mapping[str, Any]) -> str | Promise | None:
    told = TOLD[event]
    if isinstance(told, tuple):
        name, sentences = told
        return sentences.get(facts.get(name)) or OTHERWISE.get(event)
    return str(told) % {"other": isolate(facts["other"])} if "other" in facts else told
