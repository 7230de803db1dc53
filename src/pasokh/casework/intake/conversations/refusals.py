"""Why something about conversations was refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no-such-source": _("There is no such source of messages. Nothing was changed."),
    "source-token-missing": _(
        "A bot needs its token. Nothing was saved; whoever made the bot has it from the messenger."
    ),
    "bot-not-reached": _(
        "The messenger did not take our address, so nothing was saved. It said: %(said)s."
    ),
}
