"""What the codes of imports are called in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pasokh.casework.intake.imports.columns import Means
from pasokh.casework.intake.imports.states import Mode, State

STATES = {
    State.LOOKING: _("Being looked through"),
    State.READY: _("Ready to be started"),
    State.RUNNING: _("Being imported"),
    State.STOPPED: _("Stopped"),
    State.DONE: _("Imported"),
    State.FAILED: _("Cannot be read"),
}

MODES = {
    Mode.RECEIVE: _(
        "As complaints to be handled here, each received on its own date and led as far as its "
        "dates and proofs show"
    ),
    Mode.HISTORY: _("As history: handled and ended elsewhere, without letters and deadlines"),
}

MEANS = {
    Means.ID: _("Its number where it comes from"),
    Means.RECEIVED: _("Date received"),
    Means.NARRATIVE: _("What happened, in their words"),
    Means.CATEGORY: _("Category"),
    Means.DETAIL: _("More about the matter"),
    Means.PRODUCT: _("Product"),
    Means.MODEL: _("Product and model"),
    Means.NAME: _("Their name"),
    Means.PHONE: _("Telephone"),
    Means.EMAIL: _("E-mail address"),
    Means.POST: _("Postal address"),
    Means.CHANNEL: _("Channel"),
    Means.LANGUAGE: _("Language"),
    Means.WANTED: _("What they want"),
    Means.ORDER: _("Order number"),
    Means.SERIAL: _("Serial number"),
    Means.PLACE: _("Where it was bought"),
    Means.INCIDENT: _("When it happened"),
    Means.PURCHASED: _("When it was bought"),
    Means.GUARANTEE: _("Guarantee"),
    Means.OUTCOME: _("Outcome"),
    Means.ANSWER: _("What they were answered"),
    Means.CLOSED: _("Date closed"),
    Means.ACKNOWLEDGED: _("Date acknowledged"),
    Means.ACKNOWLEDGED_BY: _("Who took the acknowledgement over"),
    Means.ASSESSED: _("Date assessed"),
    Means.SEVERITY: _("How bad it was, 1 to 5"),
    Means.IMPACT: _("How many it concerned, 1 to 5"),
    Means.COMPLEXITY: _("How hard it was to find out, 1 to 3"),
    Means.DANGER: _("Whether anybody was in danger"),
    Means.DECIDED: _("Date decided"),
    Means.REASONS: _("Reasons of the decision"),
    Means.DECLINED_FOR: _("Why it was not examined"),
    Means.CAUSE: _("Cause"),
    Means.AFFECTED: _("Whether others were affected"),
    Means.REMEDY: _("Remedy"),
    Means.REMEDY_DUE: _("When the remedy is due"),
    Means.REMEDY_DONE: _("When the remedy was carried out"),
    Means.REMEDY_PROOF: _("What proves the remedy"),
    Means.AMOUNT: _("Amount of money"),
    Means.CURRENCY: _("Currency"),
    Means.TOLD: _("Date the decision was told"),
    Means.WAY: _("How the decision was told"),
    Means.PROOF: _("Who took the decision over, or signed for it"),
    Means.NOTICED: _("Date of the notice before closing"),
    Means.NOTICE_PROOF: _("Who took the notice before closing over"),
    Means.TRIED: _("Date of the second attempt"),
    Means.TRIED_BY: _("How they were tried a second time"),
    Means.VERDICT: _("Whether they accepted the decision"),
    Means.ANSWERED: _("Date they answered the decision"),
    Means.ACCEPTED_HOW: _("In what words or by what sign they accepted"),
    Means.REMARK: pgettext_lazy("column", "A remark, kept with the file"),
    Means.NOTHING: pgettext_lazy("column", "Nothing: left out"),
}

ORDERS = {
    "": _("As the dates themselves tell"),
    "dmy": _("Day first: 31/12/2026"),
    "mdy": _("Month first: 12/31/2026"),
}
