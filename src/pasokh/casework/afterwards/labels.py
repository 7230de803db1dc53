"""What the stages of a past are called in the reader's language."""

from django.utils.translation import gettext_lazy as _

from pasokh.casework.afterwards.past import Stage

STAGES = {
    Stage.ACKNOWLEDGED: _("The acknowledgement"),
    Stage.ASSESSED: _("The assessment"),
    Stage.SETTLED: _("The settling"),
    Stage.DECIDED: _("The decision"),
    Stage.TOLD: _("That the decision was told"),
    Stage.NOTICED: _("The notice before closing"),
    Stage.ANSWERED: _("Their answer to the decision"),
    Stage.CLOSED: _("The closing"),
}
