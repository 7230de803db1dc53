"""Why something of the past is not written down."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "past-not-whole": _("What is told of it is not enough."),
    "past-nobody": _("Nobody is named who could have been told."),
    "past-acknowledgement-unproved": _(
        "Nothing shows that it was sent: say who or what took it over."
    ),
    "past-no-assessment": _("No day of an assessment is told, and a decision needs one."),
    "past-no-answers": _(
        "An assessment needs how bad it is and how many it concerns (1 to 5 each), how hard it is "
        "to find out (1 to 3), and whether anybody was in danger."
    ),
    "past-no-decision": _("No day of a decision is told."),
    "past-no-outcome": _("No outcome is told that stands for one of ours."),
    "past-no-finding": _(
        "Settled and declined complaints need what a table does not tell. Do it in the file, or "
        "import the row as history."
    ),
    "past-no-reasons": _("A decision needs its reasons."),
    "past-remedy-unknown": _(
        "A remedy is told that stands for none of ours. Say under “What values stand for” which."
    ),
    "past-remedy-no-day": _("The remedy has no day on which it is due or was carried out."),
    "past-remedy-unproved": _("Nothing shows that the remedy was carried out."),
    "past-not-told": _("No day is told on which they heard of the decision."),
    "past-telling-unproved": _(
        "Nothing shows that the decision reached them: it needs a way (sent, or handed over and "
        "signed for) and who took it over or signed."
    ),
    "past-no-verdict": _("It is not told whether they accepted the decision."),
    "past-no-verdict-day": _("No day is told on which they answered the decision."),
    "past-not-authorised": _("You may not do this yourself. Somebody who may does it in the file."),
}
