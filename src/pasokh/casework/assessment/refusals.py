"""Why an assessment was refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "assessment-out-of-range": _("One of the answers lies outside its scale. Choose again."),
    "override-needs-reason": _("Say why the priority should differ from what the table gives."),
    "not-told": _("You were not among those told of this complaint."),
}
