"""Why something was not done with the subscriptions of programs."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "webhook-not-yours": _(
        "You may not change what programs are told, so nothing was changed. Administrators and "
        "the complaints-handling representative may."
    ),
    "webhook-gives-too-much": _(
        "Nobody can give away what they may not read themselves, so nothing was saved. Leave out "
        "texts and confidential files, or let somebody who may read them set this up."
    ),
    "webhook-needs-tls": _(
        "Texts and confidential files go out over TLS only, so nothing was saved. Give an "
        "address that begins with https://."
    ),
    "webhook-without-events": _("Choose at least one event; nothing was saved."),
    "no-such-webhook": _("There is no such subscription."),
    "no-such-delivery": _(
        "This delivery is not in the log any more, or is under way already; nothing was queued."
    ),
    "webhook-ended": _(
        "This subscription is switched off, so nothing was queued. Switch it on first."
    ),
}
