"""The certificate to which a person's letters are encrypted: from the newest mail they signed.

It is read anew out of that mail each time, so that it is kept nowhere else, goes with the mail, and
is judged as of today.
"""

from datetime import datetime

from cryptography import x509

from pasokh.casework.correspondence.certificates import authorities
from pasokh.casework.intake.mailroom import queries
from pasokh.casework.intake.mailroom.terms import Signature
from pasokh.channels.mail_in import wrapped
from pasokh.channels.smime import checking
from pasokh.kernel import files
from pasokh.kernel.certificates import ODD, addresses, opens_mail


def certificate(address: str, at: datetime) -> x509.Certificate | None:
    """The certificate of an address, valid and vouched for at an instant; None without one."""
    if (mail := queries.signed_by(address)) is None:
        return None
    try:
        with files.open(mail.digest) as stored:
            signed = wrapped.signed(stored.read())
    except FileNotFoundError:
        return None
    if signed is None:
        return None
    known = authorities.known()
    found = checking.check(
        signed.wrapped, signed.beside, sender=address, authorities=known, at=mail.received_at
    )
    if found.state != Signature.VALID:
        return None
    fit = (one for one in found.certificates if _fits(one, address))
    return next((one for one in fit if _stands(one, found.certificates, known, at)), None)


def _fits(one: x509.Certificate, address: str) -> bool:
    return opens_mail(one) and address.casefold() in addresses(one)


def _stands(
    one: x509.Certificate,
    others: tuple[x509.Certificate, ...],
    known: list[x509.Certificate],
    at: datetime,
) -> bool:
    try:
        return checking.standing(one, others, known, at) is None
    except ODD:
        return False
