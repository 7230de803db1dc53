"""What deadlines are called in the reader's language: clocks, states, holds, milestones, units."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from pasokh.casework.deadlines.clocks import State, Why
from pasokh.policy.regimes.pack import HoldCategory, Unit

CLOCKS = {
    "acknowledge": _("Acknowledgement"),
    "assess": _("Assessment"),
    "update": _("Progress report"),
    "decide": _("Decision"),
    "communicate": _("Telling the decision"),
    "respond": _("Written answer"),
    "verdict": _("The complainant's answer"),
    "silence": _("Waiting after the notice"),
    "internal": _("Time to ask for a review"),
    "standing": _("Decision on show to the anonymous complainant"),
    "authority": _("Answer to the authority"),
}

#: What may be the next thing due of a file: a clock, or what outlasts them.
DUE = {
    **CLOCKS,
    "promise": _("What we promised"),
    "remedy": _("A remedy to carry out"),
    "letter": _("A letter that did not arrive"),
}

PERIODS = {
    "accept": _("Time to complain"),
    "withdraw_undo": _("Time to undo a withdrawal"),
    "reopen": _("Time to reopen"),
}

STATES = {
    State.RUNNING: _("running"),
    State.HELD: _("on hold"),
    State.MET: _("kept"),
    State.MISSED: _("missed"),
    State.VOID: _("no longer needed"),
}

HOLDS = {
    HoldCategory.COMPLAINANT: _("waiting for the complainant"),
    HoldCategory.OUTSIDE_BODY: _("before an outside body"),
    HoldCategory.COURT: _("before a court"),
    HoldCategory.EXPERT: _("waiting for an expert"),
    HoldCategory.AGREED: _("agreed with the complainant"),
    HoldCategory.FORCE_MAJEURE: _("beyond our control"),
}

MILESTONES = {
    "incident": _("what happened"),
    "received": _("receipt"),
    "acknowledged": _("the acknowledgement"),
    "assessed": _("the assessment"),
    "investigated": _("the investigation"),
    "updated": _("the last progress report"),
    "decided": _("the decision"),
    "communicated": _("the telling of the decision"),
    "answered": _("the complainant's acceptance"),
    "refused": _("the complainant's refusal"),
    "routes_told": _("the telling of further routes"),
    "noticed": _("the notice before closing"),
    "tried_again": _("the second attempt"),
    "closed": _("closing"),
    "withdrawn": _("the withdrawal"),
}

WHY = {
    Why.STARTED: _("the clock began"),
    Why.STOPPED: _("what it waited for was done"),
    Why.VOID: _("it is no longer needed"),
    Why.HELD: _("a hold"),
    Why.RESUMED: _("it runs on"),
    Why.START: _("its start was corrected"),
    Why.EXTENDED: _("an extension"),
    Why.POLICY: _("the period was changed"),
    Why.CALENDAR: _("the calendar was changed"),
}

UNITS = {
    Unit.WORKING_HOURS: ngettext_lazy(
        "%(count)s working hour", "%(count)s working hours", "amount"
    ),
    Unit.CLOCK_HOURS: ngettext_lazy("%(count)s hour", "%(count)s hours", "amount"),
    Unit.WORKING_DAYS: ngettext_lazy("%(count)s working day", "%(count)s working days", "amount"),
    Unit.CALENDAR_DAYS: ngettext_lazy(
        "%(count)s calendar day", "%(count)s calendar days", "amount"
    ),
    Unit.WEEKS: ngettext_lazy("%(count)s week", "%(count)s weeks", "amount"),
    Unit.MONTHS: ngettext_lazy("%(count)s month", "%(count)s months", "amount"),
}
