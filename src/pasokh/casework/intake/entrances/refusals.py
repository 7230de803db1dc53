"""Why something was not done with an entrance."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "entrance-not-yours": _(
        "You may not change by what people come to the form, so nothing was changed. "
        "Administrators may."
    ),
    "no-such-entrance": _("There is no such entrance, or it was closed."),
    "origin-unreadable": _(
        "“%(origin)s” is not the address of a site, so nothing was saved. Write each as "
        "https://shop.example.org, one to a line, without anything behind the name."
    ),
    "origins-too-many": _("At most %(most)s sites can hold one form; nothing was saved."),
    "pairing-over": _(
        "This link pairs no tablet any more: it works once, and for an hour. Make a new one in "
        "set-up."
    ),
}
