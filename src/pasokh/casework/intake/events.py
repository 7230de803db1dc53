"""The facts that receiving leaves in the ledger beside the complaint's own."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("complaint.code_replaced", _("The tracking code was replaced"))
class CodeReplaced:
    pass
