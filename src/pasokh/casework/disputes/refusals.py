"""Why a referral was refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "already-referred": _("This matter is already with that outside body."),
    "no-such-referral": _("There is no open referral of this kind in this file."),
}
