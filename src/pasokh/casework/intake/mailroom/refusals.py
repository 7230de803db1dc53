"""Why something about mail was refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "mailbox-there-already": _("There is a mailbox with the address %(address)s already."),
    "mailbox-secret-missing": _("Write the password or the token. What was set before stays."),
    "mailbox-grant-missing": _(
        "Write the client id and the refresh token as the provider gave them."
    ),
    "mailbox-grant-in-clear": _(
        "The tokens would travel in clear to %(host)s. Write an address that begins with https://."
    ),
    "mailbox-host-missing": _(
        "To fetch mail, the name of the mail server and of the user are needed."
    ),
    "mailbox-in-clear": _(
        "The password would travel in clear to %(host)s. Choose TLS or STARTTLS; a line that is "
        "not secured is for this machine alone."
    ),
    "no-such-mailbox": _("There is no such mailbox."),
    "no-recipient-here": _("No mailbox of ours has the address %(recipient)s."),
    "mail-too-large": _("The mail is larger than what is taken in."),
    "no-such-mail": _("There is no such mail, or it is another unit’s."),
    "mail-filed-already": _(
        "This mail stands in a file already. What is to be changed is changed there."
    ),
    "mail-without-sender": _(
        "Nobody is named as the sender of this mail. Write the address to which we shall answer."
    ),
}
