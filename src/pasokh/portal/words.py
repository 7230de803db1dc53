"""What the codes of a complaint are called to the person who complained."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.terms import Decline, Finding, Outcome, Verdict

Word = str | Promise

#: What we do next, by the clock that measures it.
NEXT: dict[str, Word] = {
    "acknowledge": _("We confirm that we have your complaint"),
    "assess": _("We have looked at what your complaint needs"),
    "update": _("We write to you how things stand"),
    "decide": _("We decide"),
    "respond": _("You have our written answer"),
    "communicate": _("You have our decision, with its reasons"),
}

FINDINGS: dict[str, Word] = {
    Finding.UPHELD: _("You are right."),
    Finding.PARTLY: _("You are right in part."),
    Finding.NOT_UPHELD: _("We did not find that we did wrong."),
    Finding.UNDETERMINED: _("We could not find out for certain."),
    Finding.SETTLED: _("We settled it with you."),
}

OUTCOMES: dict[str, Word] = {
    Outcome.UPHELD: _("You are right."),
    Outcome.PARTLY: _("You are right in part."),
    Outcome.NOT_UPHELD: _("We did not find that we did wrong."),
    Outcome.UNDETERMINED: _("We could not find out for certain."),
    Outcome.SETTLED: _("We settled it with you."),
    Outcome.DECLINED: _("We do not examine this complaint."),
}

DECLINED: dict[str, Word] = {
    Decline.OUT_OF_SCOPE: _("It is about something that is not ours to decide."),
    Decline.TOO_LATE: _("It came after the time in which we can still look into it."),
    Decline.BEFORE_A_COURT: _("A court has the matter."),
    Decline.ALREADY_ANSWERED: _("We have answered the same complaint before."),
}

#: Where the file lies, in one sentence.
STANDING: dict[State, Word] = {
    State.RECEIVED: _("We have your complaint and are looking at what it needs."),
    State.ASSESSED: _("We know what your complaint needs and are getting to work on it."),
    State.INVESTIGATING: _("We are looking into what happened."),
    State.DECIDED: _("We are writing our answer to you."),
    State.COMMUNICATED: _("You have our decision. Now it is your turn."),
    State.CLOSED: _("Your complaint is closed."),
    State.WITHDRAWN: _("You withdrew your complaint."),
    State.SET_ASIDE: _("We answered you in another way than as a complaint."),
}

#: Where a decided file lies once its complainant has answered.
ANSWERED: dict[str, Word] = {
    Verdict.ACCEPTED: _("You accepted our decision. If we promised something, we carry it out."),
    Verdict.NOT_ACCEPTED: _("You did not accept our decision."),
}

ROAD: dict[str, Word] = {
    "received": pgettext_lazy("stage", "Your complaint reached us"),
    "review": pgettext_lazy("stage", "Someone else looks at it again"),
    "assessed": pgettext_lazy("stage", "We look at what it needs"),
    "decided": pgettext_lazy("stage", "We look into it and decide"),
    "communicated": pgettext_lazy("stage", "You have our decision"),
    "answered": pgettext_lazy("stage", "You tell us whether you accept it"),
    "closed": pgettext_lazy("stage", "Your complaint is closed"),
}
