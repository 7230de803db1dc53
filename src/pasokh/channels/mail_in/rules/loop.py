"""What we wrote ourselves, and what goes round and round."""

from pasokh.casework.intake.mailroom.terms import Disposition
from pasokh.channels.mail_in.known import Known, Verdict
from pasokh.channels.mail_in.parsed import Parsed

#: Servers that a mail came through, beyond which it goes round (RFC 5321, 6.3).
HOPS = 100


def own(mail: Parsed, known: Known) -> Verdict | None:
    """Know our own mail when it comes back to us: by its number, its sender, its marks."""
    sender = mail.sender.address.lower() if mail.sender else ""
    if mail.message_id in known.letters:
        letter = known.letters[mail.message_id]
        return Verdict(Disposition.LOOP, "our-own-letter", {"letter": letter.id, "ref": letter.ref})
    if sender in known.mailboxes:
        return Verdict(Disposition.LOOP, "from-ourselves")
    if mail.header("x-pasokh-not-sent"):
        return Verdict(Disposition.LOOP, "our-own-letter")
    if len(mail.headers.get("received", ())) > HOPS:
        return Verdict(Disposition.LOOP, "too-many-servers")
    return None


def too_often(mail: Parsed, known: Known) -> Verdict | None:
    """Hold what comes faster than people write: two programs may be answering each other."""
    if known.of_sender >= known.limits.address:
        return Verdict(Disposition.HELD, "address-too-often", {"mails": known.of_sender})
    if known.of_domain >= known.limits.domain:
        return Verdict(Disposition.HELD, "domain-too-often", {"mails": known.of_domain})
    return None
