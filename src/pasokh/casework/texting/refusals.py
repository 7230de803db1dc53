"""Why something about texts was refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no-text-gateway": _(
        "No gateway for texts is set, so nothing was sent. Choose one on the set-up page."
    ),
    "text-gateway-unknown": _("There is no such gateway. Nothing was changed; choose another."),
    "text-credential-missing": _(
        "The gateway needs %(name)s. Nothing was saved; it stands in your account there."
    ),
    "text-not-taken": _(
        "The gateway did not take the text; nothing was sent. It said: %(said)s. Compare what "
        "is set here with your account there."
    ),
    "number-takes-no-texts": _(
        "This is no mobile number that a text could reach. Nothing was sent; write it with its "
        "country, or as 09…"
    ),
    "texts-not-stopped": _("Texts to this number were not stopped. Nothing was changed."),
}
