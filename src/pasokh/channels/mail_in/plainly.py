"""One mail read into plain values, whatever state its bytes are in."""

from email import message_from_bytes
from email.policy import default
from email.utils import getaddresses, parseaddr
from typing import Any

from pasokh.channels.mail_in.parsed import Address, Enclosed, Parsed


def read(content: bytes) -> Parsed:
    """Read a mail."""
    mail: Any = message_from_bytes(content, policy=default)
    name, address = parseaddr(str(mail.get("From", "")))
    body = mail.get_body(("plain",))
    text = str(body.get_content()) if body else ""
    return Parsed(
        message_id=str(mail.get("Message-ID", "")).strip().strip("<>"),
        in_reply_to=_ids(mail, "In-Reply-To"),
        references=_ids(mail, "References"),
        sender=Address(address, name) if address else None,
        to=_addresses(mail, "To"),
        cc=_addresses(mail, "Cc"),
        delivered_to=tuple(str(one) for one in mail.get_all("Delivered-To", ())),
        subject=str(mail.get("Subject", "")),
        text=text,
        new=text,
        files=tuple(
            Enclosed(one.get_filename() or "", one.get_content_type(), one.get_payload(decode=True))
            for one in mail.iter_attachments()
        ),
        headers={name.lower(): tuple(map(str, mail.get_all(name))) for name in mail},
    )


def _ids(mail: Any, name: str) -> tuple[str, ...]:
    return tuple(one.strip("<>") for one in str(mail.get(name, "")).split())


def _addresses(mail: Any, name: str) -> tuple[Address, ...]:
    return tuple(
        Address(address, said) for said, address in getaddresses(map(str, mail.get_all(name, [])))
    )
