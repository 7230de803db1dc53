"""Why a list is not exported."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no-such-export": _("There is no such export of yours, or its days are over. Make it anew."),
    "exporter-gone": _("Whoever asked for this export may not see this list any more."),
    "export-broke-off": _(
        "The file could not be made. Nothing was changed; ask for it again. If it fails again, "
        "ask whoever runs the server to look at the log."
    ),
    "exports-too-many": _(
        "%(most)s exports of yours are being made already. Wait until one is ready, or remove it."
    ),
}
