"""What each refusal of the ways out says to a reader, and what they can do."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no-mail-server": _(
        "No mail server is set, so nothing was sent. Whoever runs the server sets one with "
        "PASOKH_SMTP_URL and starts Pasokh again."
    ),
    "no-mailbox": _(
        "The office has no mailbox yet, so nothing was sent. Write it on the page about the "
        "organisation; letters go out in its name."
    ),
    "mail-not-taken": _(
        "The mail server did not take the letter; nothing was sent. It said: %(said)s. Have "
        "whoever runs the server compare this with PASOKH_SMTP_URL."
    ),
}
