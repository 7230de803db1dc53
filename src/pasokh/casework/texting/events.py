"""The facts that texting leaves in the ledger: of the gateway, and of the consent on a file."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("texting.gateway_set", _("The gateway for texts was set (%(template)s)"))
class GatewaySet:
    template: str
    notice_tells: bool
    per_number: int
    per_hour: int


@event("texting.gateway_ended", _("Texts leave no more"))
class GatewayEnded:
    template: str


@event("texting.reports_opened", _("A new address for reports of delivery was made"))
class ReportsOpened:
    template: str


@event("complaint.texts_agreed", _("A number given for the answer is written to by text"))
class TextsAgreed:
    contact_point: int


@event("complaint.texts_stopped", _("The person wants no more texts"))
class TextsStopped:
    contact_point: int
    by: str


@event("complaint.texts_wanted", _("The person wants texts again"))
class TextsWanted:
    contact_point: int
