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
    "past-no-reasons": _("A decision needs its reasons."),
    "past-remedy-unknown": _(
        "A remedy is told that stands for none of ours. Say under “What values stand for” which."
    ),
    "past-remedy-no-day": _("The remedy has no day on which it is due or was carried out."),
    "past-remedy-unproved": _("Nothing shows that the remedy was carried out."),
    "past-amount-unread": _(
        "The amount of money cannot be read, or its currency stands neither beside it nor in the "
        "column “Currency”."
    ),
    "past-amount-no-remedy": _(
        "An amount of money is told, and the column “Remedy” does not say what for."
    ),
    "past-no-decline": _(
        "The reason for not examining it is missing: the column “Why it was not examined”, and "
        "what its values stand for."
    ),
    "past-declined-remedy": _("What was not examined cannot have promised a remedy."),
    "past-no-settling-day": _("No day is told on which it was settled: the column “Date closed”."),
    "past-no-settling": _(
        "It is not told what was done to settle it: the column “Reasons of the decision” or “What "
        "they were answered”."
    ),
    "past-no-acceptance": _(
        "Nothing shows that they accepted: the columns “Date they answered the decision” and “In "
        "what words or by what sign they accepted”."
    ),
    "past-no-danger": _(
        "Settling at once asks whether anybody was in danger: the column “Whether anybody was in "
        "danger”."
    ),
    "past-no-notice": _(
        "Silence counts only after a notice: the column “Date of the notice before closing”."
    ),
    "past-notice-unproved": _(
        "Nothing shows that the notice was sent: the column “Who took the notice before closing "
        "over”."
    ),
    "past-try-unproved": _(
        "A second attempt takes its day and a known way: the columns “Date of the second attempt” "
        "and “How they were tried a second time”."
    ),
    "past-not-told": _("No day is told on which they heard of the decision."),
    "past-telling-unproved": _(
        "Nothing shows that the decision reached them: it needs a way (sent, or handed over and "
        "signed for) and who took it over or signed."
    ),
    "past-no-verdict": _(
        "It is not told whether they accepted the decision, nor that notice was given and no "
        "answer came."
    ),
    "past-no-verdict-day": _("No day is told on which they answered the decision."),
    "past-not-authorised": _("You may not do this yourself. Somebody who may does it in the file."),
}
