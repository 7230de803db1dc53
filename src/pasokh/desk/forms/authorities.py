"""Outside bodies: referred to, asked by, answered, and what they ruled (ISO 10003)."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.labels import RULINGS, SENT_BY
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.disputes import actions as disputes
from pasokh.casework.disputes.actions import AuthorityLetter, Ruling, Sent, SentBy
from pasokh.desk import lists
from pasokh.desk.acts import Act, ActForm, Data
from pasokh.desk.fields import line, listed, moment, one_of, words
from pasokh.desk.forms.remedies import RemedyLines
from pasokh.desk.uploads import WithFiles
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.ui.forms import DateField


class ReferForm(ActForm):
    """To which body, and under which number there."""

    def prepare(self) -> None:
        """Offer the outside bodies."""
        self.fields["body"] = listed(_("Which body?"), lists.bodies())
        self.fields["their_ref"] = line(_("Its own reference"), required=False, short=True)


class InquireForm(WithFiles, ActForm):
    """A letter of an authority: its numbers and dates, what it asks, and the scan."""

    def prepare(self) -> None:
        """Ask in the order in which a letterhead is read."""
        self.fields["body"] = listed(_("Which body?"), lists.bodies())
        self.fields["their_ref"] = line(
            _("Its number of the matter"),
            required=False,
            short=True,
            help_text=_("The one it keeps in all its letters about this complaint."),
        )
        self.fields["number"] = line(_("Number of this letter"), required=False, short=True)
        self.fields["dated_on"] = DateField(label=_("Date of the letter"))
        self.fields["officer"] = line(_("Its officer, and how to reach them"), required=False)
        self.fields["asks"] = words(_("What does it ask?"), rows=4)
        self.fields["due_on"] = DateField(
            label=_("By which day does it want an answer?"),
            required=False,
            help_text=_("The day named in the letter. It runs beside our own deadlines."),
        )
        self.fields["received_at"] = moment(_("When did it really reach us?"))
        self.fields["number_in"] = line(_("Our secretariat's number"), required=False, short=True)
        self.order_fields(_ON_THE_LETTER)

    def clean(self) -> Data:
        """The day it names cannot lie before its date."""
        told = super().clean() or {}
        dated, due = told.get("dated_on"), told.get("due_on")
        if dated and due and due < dated:
            self.add_error("due_on", _("This day lies before the date of the letter."))
        return told

    def said(self) -> Data:
        """The letter."""
        told = {name: self.cleaned_data[name] for name in _ON_THE_LETTER}
        return {"letter": AuthorityLetter(**told, files=self.taken(now()))}


_ON_THE_LETTER = (
    *("body", "their_ref", "number", "dated_on", "officer", "asks", "due_on"),
    *("received_at", "number_in"),
)


def unanswered(page: CasePage) -> list[Any]:
    """The authorities' letters of a file that are not answered yet."""
    found = (one for matter in page.rows["referrals"] for one in matter.inquiries.all())
    return sorted((one for one in found if one.answered_at is None), key=lambda one: one.turn)


def _letters(page: CasePage, inquiries: list[Any]) -> list[tuple[int, str]]:
    bodies = {matter.pk: str(matter.body.name) for matter in page.rows["referrals"]}
    return [
        (one.pk, " · ".join(filter(None, (bodies[one.referral_id], one.number, one.asks[:60]))))
        for one in inquiries
    ]


class AnswerForm(ActForm):
    """What the authority is told."""

    def prepare(self) -> None:
        """Offer the unanswered letters; one that has an answer is written anew."""
        open_ = unanswered(self.page)
        chosen = str(self.data.get("inquiry") or self.initial.get("inquiry") or "")
        known = next((one for one in open_ if str(one.pk) == chosen), open_[0] if open_ else None)
        self.fields["inquiry"] = listed(
            _("Which letter?"), _letters(self.page, open_), initial=known.pk if known else None
        )
        self.fields["answer"] = words(
            _("Our answer"),
            rows=12,
            help_text=_(
                "Head, number, date and addressee are put around it. The complainant does not get "
                "this letter; write to them separately."
            ),
        )
        if known:
            self.initial.setdefault("answer", known.answer)


class AnsweredForm(ActForm):
    """How the answer left, and what proves it."""

    def prepare(self) -> None:
        """Offer the letters whose answer is written."""
        written = [one for one in unanswered(self.page) if one.answer]
        self.fields["inquiry"] = listed(_("Which letter?"), _letters(self.page, written))
        self.fields["way"] = one_of(_("How did the answer go?"), SENT_BY.items())
        self.fields["at"] = moment(_("When did it leave?"))
        self.fields["number"] = line(_("Our secretariat's number"), required=False, short=True)
        self.fields["proof"] = line(
            _("What proves it?"),
            help_text=_("The number of the registered letter, the receipt, or the entry there."),
        )


def open_referrals(page: CasePage) -> list[Any]:
    """The matters of a file that are still with an outside body."""
    return [one for one in page.rows["referrals"] if one.ended_at is None]


class EndReferralForm(RemedyLines, ActForm):
    """What the body found, and what it ordered to be done."""

    remedies_title = _("What it ordered to be done")
    groups = ()

    def prepare(self) -> None:
        """Offer the open referrals, and lines for what was ordered."""
        found = [(one.pk, one.body.name) for one in open_referrals(self.page)]
        self.fields["referral"] = listed(_("Which body?"), found)
        self.fields["outcome"] = one_of(_("What came of it?"), RULINGS.items())
        self.fields["ruling"] = words(_("What did it say?"), required=False)
        self.ask_for_remedies()

    @property
    def others(self) -> list[forms.BoundField]:
        """The bound fields before the orders."""
        return [self[name] for name in ("referral", "outcome", "ruling")]

    def said(self) -> Data:
        """What was found, and the orders."""
        told = self.cleaned_data
        return {
            "referral": told["referral"],
            "outcome": Ruling(told["outcome"]),
            "ruling": told["ruling"],
            "orders": self.promises(),
        }


def _refer(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return disputes.refer(page.ref, **said, by=by, at=at)


def _inquire(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return disputes.inquire(page.ref, **said, by=by, at=at)


def _answer(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return disputes.write_answer(page.ref, **said, by=by, at=at)


def _answered(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    sent = Sent(said["at"], SentBy(said["way"]), said["number"], said["proof"])
    return disputes.answered(page.ref, inquiry=said["inquiry"], sent=sent, by=by, at=at)


def _end_referral(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return disputes.end_referral(page.ref, **said, by=by, at=at)


ACTS = (
    Act("refer", Step.REFER, _("Refer to an outside body"), _("Refer"), ReferForm, _refer),
    Act(
        "inquire",
        Step.INQUIRE,
        _("Enter a letter from an authority"),
        _("Enter it"),
        InquireForm,
        _inquire,
        help=_(
            "For a letter by which an authority asks about this complaint, or sends it to us. "
            "The file may be in any state, closed too."
        ),
    ),
    Act(
        "answer_inquiry",
        Step.ANSWER_INQUIRY,
        _("Write the answer to an authority"),
        _("Keep the answer"),
        AnswerForm,
        _answer,
        help=_("Nothing leaves by this: print the letter, then write down how it left."),
        offered=lambda page: bool(unanswered(page)),
    ),
    Act(
        "inquiry_answered",
        Step.ANSWER_INQUIRY,
        _("Write down that the answer to an authority left"),
        _("Write it down"),
        AnsweredForm,
        _answered,
        offered=lambda page: any(one.answer for one in unanswered(page)),
    ),
    Act(
        "end_referral",
        Step.END_REFERRAL,
        _("Record the outside body's result"),
        _("Record"),
        EndReferralForm,
        _end_referral,
        help=_(
            "What it ordered becomes a remedy that we owe, with a day and a proof, whoever "
            "accepted our own decision."
        ),
        template="desk/act_issues.html",
        offered=lambda page: bool(open_referrals(page)),
    ),
)
