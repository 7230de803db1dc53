"""What is done with mailboxes, and by people with mail, in the ledger."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("mailbox.added", _("Mailbox added"))
class MailboxAdded:
    unit: int | None
    way: str


@event("mailbox.changed", _("A mailbox was set up differently"))
class MailboxChanged:
    changed: tuple[str, ...]


@event("mailbox.secret_given", _("What opens the mailbox was given anew"))
class SecretGiven:
    sign_in: str


@event("mail_server.grant_given", _("What opens the server by which letters leave was given"))
class OutgoingGrantGiven:
    pass


@event("mailbox.retired", _("Mailbox taken out of use"))
class MailboxRetired:
    pass


@event("mailbox.restored", _("Mailbox taken into use again"))
class MailboxRestored:
    pass


@event("complaint.sender_unverified", _("The sender of this mail could not be verified"))
class SenderUnverified:
    """Without a `message` it is the mail with which the file began."""

    message: int | None


@event("complaint.mail_signed", _("A mail with a digital signature was looked at"))
class MailSigned:
    """What was `found` of it is one of `Signature`; without a `message` as above."""

    message: int | None
    found: str


@event("mail.released", _("A mail was released by hand"))
class MailReleased:
    before: str
    became: str
    complaint: str
    corrected: tuple[str, ...]


@event("mail.refused", _("A mail was refused by hand"))
class MailRefused:
    before: str


@event("mail.read_again", _("A mail was given back to be read and sorted again"))
class MailReadAgain:
    before: str
