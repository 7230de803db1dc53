"""What is done with the keys that sign mail, in the ledger."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("signing_key.made", _("A key to sign mail was made"))
class KeyMade:
    domain: str
    selector: str


@event("signing_key.used", _("Mail is signed from now on"))
class KeyUsed:
    selector: str


@event("signing_key.retired", _("Mail is not signed with this key any more"))
class KeyRetired:
    selector: str
