"""A letter about no case, sent at once: it shows whoever sets Pasokh up that letters leave."""

from contextlib import AbstractContextManager
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from pasokh.casework.correspondence.composed import Composed, Office, Paragraph
from pasokh.channels import carriers
from pasokh.channels.carriers import Carrier, Failed, LostSight, PutOff, Unreachable
from pasokh.channels.mail import mail
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import dates
from pasokh.kernel.errors import Refused


def send(to: str, *, language: str, at: datetime) -> None:
    """Send a test letter in a language to an address, and wait for the mail server's answer.

    Refused: `no-mailbox`, `no-mail-server`, or `mail-not-taken` with what the server `said`.
    """
    own, carrier = organisation.organisation(), _carrier()
    if carrier is None:
        raise Refused("no-mail-server")
    if own is None or not own.mailbox:
        raise Refused("no-mailbox")
    letter = _letter(own.name.in_(language), language, at)
    name = f"trial.{uuid4().hex}"
    try:
        message = mail(letter, to=to, mailbox=own.mailbox, message_id=name, at=at)
        sender, recipient = (message[name].addresses[0].addr_spec for name in ("From", "To"))
        with carrier as line:
            line.give(message, sender=sender, to=recipient)
    except (ValueError, UnicodeError, Unreachable, PutOff, Failed, LostSight) as error:
        raise Refused("mail-not-taken", said=str(error)) from error


def _carrier() -> AbstractContextManager[Carrier] | None:
    if settings.MAIL_FOLDER:
        return carriers.folder(settings.MAIL_FOLDER)
    return carriers.smtp(settings.SMTP_URL) if settings.SMTP_URL else None


def _letter(office: str, language: str, at: datetime) -> Composed:
    with override(language):
        return Composed(
            kind="trial",
            language=language,
            reference="",
            dated=dates.as_date(at, language, timezone.get_current_timezone()),
            subject=_("A test letter from Pasokh"),
            salutation=_("Hello,"),
            blocks=(
                Paragraph(
                    _(
                        "This letter shows that letters by e-mail leave the house and arrive. It "
                        "was asked for on the set-up page and is about no complaint."
                    )
                ),
                Paragraph(_("Look whether it is in your inbox and not among unwanted mail.")),
            ),
            valediction="",
            signature=(office,),
            office=Office(name=office),
        )
