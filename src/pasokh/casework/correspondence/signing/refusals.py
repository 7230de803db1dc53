"""Why something about signing mail was refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no-such-signing-key": _("There is no such key, or it was retired. Look at the page again."),
    "signing-key-there": _(
        "There is a key for this domain already. Retire it first; nothing was changed."
    ),
}
