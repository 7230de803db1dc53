"""The facts that receiving leaves in the ledger beside the complaint's own."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("complaint.code_replaced", _("The tracking code was replaced"))
class CodeReplaced:
    pass


@event("complaint.code_asked", _("A link for a new tracking code was asked for and mailed"))
class CodeAsked:
    contact_point: int


@event("complaint.address_confirmed", _("The complainant confirmed an address"))
class AddressConfirmed:
    contact_point: int
    how: str


@event("complaint.address_denied", _("Whoever reads the address says that they never complained"))
class AddressDenied:
    contact_point: int
