"""Mail to the organisation as people, servers and programs write it: handed over and sorted."""

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from hashlib import sha256
from typing import Any

from django.conf import settings

from pasokh.casework.complaints.matter import File
from pasokh.casework.correspondence import reply_address
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.intake.mailroom import queries
from pasokh.casework.intake.mailroom.actions import Handed
from pasokh.casework.intake.mailroom.terms import Door
from pasokh.channels.mail_in import pipeline
from pasokh.demo.data import read
from pasokh.demo.house import SERVER
from pasokh.kernel import files

_CHECKED = SERVER + "; spf=pass smtp.mailfrom={domain}; dmarc=pass header.from={domain}"


def mailbox() -> str:
    """The address at which people write."""
    return str(read("house")["organisation"]["mailbox"])


def reply_to(ref: str) -> str:
    """The address at which answers on one file arrive."""
    return reply_address.made(mailbox(), ref, str(settings.SECRET_KEY).encode())


def written(
    said: Mapping[str, Any], *, at: datetime, to: str = "", attached: tuple[File, ...] = ()
) -> EmailMessage:
    """A mail as the program of whoever writes makes it: `name`, `from`, `subject`, `text`.

    Whatever stands in `headers` is written above it as it is. Our own server writes there that the
    sender's domain stands for it, unless it was told otherwise.
    """
    mail = EmailMessage(policy=SMTP)
    domain = said["from"].rpartition("@")[2]
    mail["Authentication-Results"] = said.get("checked", _CHECKED.format(domain=domain))
    mail["From"] = formataddr((said["name"], said["from"]))
    mail["To"] = to or mailbox()
    mail["Subject"] = said["subject"]
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id(said, at)
    for name, value in said.get("headers", {}).items():
        mail[name] = value
    mail.set_content(said["text"], cte="base64")
    for file in attached:
        main, _, sub = file.kind.partition("/")
        with files.open(file.digest) as stored:
            content = stored.read()
        mail.add_attachment(content, maintype=main, subtype=sub, filename=file.name)
    return mail


def message_id(said: Mapping[str, Any], at: datetime) -> str:
    """What a mail is known by everywhere."""
    known = sha256(f"{at.isoformat()} {said['from']} {said['subject']}".encode()).hexdigest()
    return f"<{known[:20]}@{said['from'].partition('@')[2]}>"


def hand_over(mail: EmailMessage, *, at: datetime, sender: str | None = None) -> str:
    """Let our mail server bring a mail, and have it sorted; the file on which it stands, if any."""
    handed = Handed(mail.as_bytes(), Door.LMTP, sender, str(mail["To"]))
    pipeline.take_in(handed, at=at)
    pipeline.sort_mail(at)
    return queries.file_of(str(mail["Message-ID"]).strip("<>"))


def came_back(letter: Letter, to: str, *, at: datetime) -> EmailMessage:
    """What a mail server writes that could not deliver a letter of ours (RFC 3464)."""
    domain = to.partition("@")[2]
    known = f"{letter.message_id}@{mailbox().partition('@')[2]}"
    mail = EmailMessage(policy=SMTP)
    mail["From"] = formataddr(("Mail Delivery System", f"mailer-daemon@mx.{domain}"))
    mail["To"] = mailbox()
    mail["Subject"] = "Undelivered Mail Returned to Sender"
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<dsn-{letter.message_id[:16]}@mx.{domain}>"
    mail["Auto-Submitted"] = "auto-replied"
    mail["Content-Type"] = 'multipart/report; report-type="delivery-status"; boundary="=-parts"'
    mail.set_payload(_RETURNED.format(domain=domain, to=to, known=known))
    return mail


_RETURNED = """\
--=-parts
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.{domain}.
The message below could not be delivered.

<{to}>: host mx.{domain} said: 550 5.1.1 User unknown

--=-parts
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.{domain}

Final-Recipient: rfc822; {to}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--=-parts
Content-Type: text/rfc822-headers

Message-ID: <{known}>
To: <{to}>

--=-parts--
"""
