"""Where a request lies, in words that anybody may read: they say nothing of who asked for what."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.lifecycle import State

STANDING: dict[State, str | Promise] = {
    State.RECEIVED: _("It arrived, and we are looking at what it needs."),
    State.ASSESSED: _("We know what it needs and are getting to work on it."),
    State.INVESTIGATING: _("We are looking into what happened."),
    State.DECIDED: _("We are writing the answer."),
    State.COMMUNICATED: _("It was answered."),
    State.CLOSED: _("It was answered and is closed."),
    State.WITHDRAWN: _("It was withdrawn."),
    State.SET_ASIDE: _("It was answered in another way than as a complaint."),
}
