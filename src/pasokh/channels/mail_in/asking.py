"""What a mail makes us ask of the tables, and what is known of the house when it is judged."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice

from django.conf import settings

from pasokh.casework.complaints.matter import File
from pasokh.casework.correspondence import reply_address
from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.mailroom.queries import Asked, Found
from pasokh.casework.intake.mailroom.told import Told
from pasokh.channels.mail_in.grouping import Read
from pasokh.channels.mail_in.known import Known, OurLetter
from pasokh.channels.mail_in.limits import Limits
from pasokh.channels.mail_in.parsed import Enclosed, Parsed
from pasokh.kernel import files
from pasokh.kernel.text import visible

#: Most Message-IDs and addresses of one mail that are looked up, and most letters of a text.
IDS, ADDRESSES, TEXT = 60, 60, 400_000
_SIGN = re.compile(rb"<([^\s<>@]{1,120})@([A-Za-z0-9.-]{1,253})>")
#: Languages in which people are answered.
_OURS = ("fa", "en")


def told(mail: Parsed, content: bytes) -> Told:
    """What a mail says, as it is kept: storable text, files by their digest."""
    kept = tuple(map(_kept, mail.files))
    sender = mail.sender
    said = Told(
        sender=_plain(sender.address if sender else "")[:320],
        sender_name=_plain(sender.name if sender else "")[:300],
        heading=_plain(mail.subject)[:1000],
        message_id=_plain(mail.message_id)[:250],
        language=mail.language if mail.language in _OURS else "",
        words=_plain(mail.new or mail.text)[:TEXT],
        rest=_plain(mail.folded if mail.new else "")[:TEXT],
        files=kept,
    )
    return _with_likeness(said, content)


def asked(one: Read, ours: frozenset[str]) -> Asked:
    """What the tables are asked of a mail."""
    mail = one.parsed
    answers = [sign[:250] for sign in (*mail.in_reply_to, *reversed(mail.references))][:IDS]
    signs = _own_signs(mail, one.content, _domains(ours))
    keyed = _keyed(one.row, mail)
    return Asked(one.row, one.said, signs, answers, keyed)


def known(wanted: Asked, found: Found, ours: frozenset[str], within: Limits) -> Known:
    """Everything that the rules may want to know of a mail."""
    row = wanted.mail
    letters = {
        sign: OurLetter(*found.letters[local], sign=sign)
        for sign in wanted.ours
        if (local := sign.partition("@")[0]) in found.letters
    }
    return Known(
        mailbox=row.mailbox.address,
        mailboxes=ours,
        domains=_domains(ours),
        sender=row.sent_from,
        recipient=row.sent_to,
        letters=letters,
        keyed=wanted.keyed,
        threads=_threads(wanted.answers, letters, found.earlier),
        party_of=found.party_of,
        of_sender=found.of_sender,
        of_domain=found.of_domain,
        copy_of=found.copy_of,
        givers=found.givers,
        trusted=row.mailbox.trusted,
        limits=within,
    )


def _domains(ours: frozenset[str]) -> frozenset[str]:
    return frozenset(address.rpartition("@")[2] for address in ours)


def _threads(
    answers: Iterable[str], letters: Mapping[str, OurLetter], earlier: Mapping[str, str]
) -> tuple[str, ...]:
    """The files that a mail answers, the nearest first."""
    refs = (letters[one].ref if one in letters else earlier.get(one) for one in answers)
    return tuple(dict.fromkeys(ref for ref in refs if ref))


def _own_signs(mail: Parsed, content: bytes, domains: frozenset[str]) -> list[str]:
    """Every Message-ID in a mail, wherever it stands, that a letter of ours may have."""
    enclosed = (
        one.content for one in mail.files if one.kind.startswith(("message/", "text/rfc822"))
    )
    told = mail.text[:TEXT].encode("utf-8", "replace")
    signs = [one for one in (*mail.in_reply_to, *mail.references, mail.message_id) if "@" in one]
    for part in (content[:TEXT], told, *(each[:TEXT] for each in enclosed)):
        signs += [
            f"{local.decode('latin-1')}@{domain.decode()}" for local, domain in _SIGN.findall(part)
        ]
    ours = (one for one in signs if one.rpartition("@")[2].lower() in domains)
    return list(dict.fromkeys(ours))[:IDS]


def _keyed(row: Mail, mail: Parsed) -> str | None:
    """The file for which an address speaks that the mail was sent to."""
    key = str(settings.SECRET_KEY).encode()
    written = (one.address for one in (*mail.to, *mail.cc))
    for address in (row.sent_to, *mail.delivered_to[:ADDRESSES], *islice(written, ADDRESSES)):
        if ref := reply_address.read(address, key):
            return ref
    return None


def _kept(one: Enclosed) -> File:
    stored = files.put([one.content], len(one.content))
    return File(stored.digest, files.clean_name(one.name), one.kind[:100], stored.size)


def _plain(text: str) -> str:
    return visible(text).text


def _with_likeness(said: Told, content: bytes) -> Told:
    """Note what copies of one mail have in common; without a Message-ID only equal bytes are."""
    if not said.message_id:
        return replace(said, likeness=hashlib.sha256(content).hexdigest())
    common = (said.message_id, said.sender, said.heading, said.words, said.rest)
    digests = sorted(one.digest for one in said.files)
    return replace(said, likeness=hashlib.sha256(repr((common, digests)).encode()).hexdigest())
