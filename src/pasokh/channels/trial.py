"""A letter about no case, sent at once: it shows whoever sets Pasokh up that letters leave."""

from datetime import datetime
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from pasokh.casework.correspondence.composed import Composed, Office, Paragraph
from pasokh.casework.intake.mailroom.labels import TROUBLES
from pasokh.channels import outgoing, sealing
from pasokh.channels.carriers import Failed, LostSight, PutOff, Unreachable
from pasokh.channels.mail import mail
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import dates
from pasokh.kernel.errors import Refused


def send(to: str, *, language: str, at: datetime) -> None:
    """Send a test letter in a language to an address, and wait for the mail server's answer.

    Refused: `no-mailbox`, `no-mail-server`, or `mail-not-taken` with what the server `said`.
    """
    own, carrier = organisation.organisation(), outgoing.carrier()
    if carrier is None:
        raise Refused("no-mail-server")
    if own is None or not own.mailbox:
        raise Refused("no-mailbox")
    letter = _letter(own.name.in_(language), language, at)
    name = f"trial.{uuid4().hex}"
    try:
        message = mail(letter, to=to, mailbox=own.mailbox, message_id=name, at=at)
        sender, recipient = (message[name].addresses[0].addr_spec for name in ("From", "To"))
        message = sealing.sealed(message, mailbox=own.mailbox, at=at)
        with carrier as line:
            line.give(message, sender=sender, to=recipient)
    except (ValueError, UnicodeError, Unreachable, PutOff, Failed, LostSight) as error:
        said = str(TROUBLES.get(str(error), error))
        raise Refused("mail-not-taken", said=said) from error


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
