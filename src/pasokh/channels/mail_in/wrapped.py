"""Mail that may be signed or encrypted (S/MIME), read with what the house has to judge it by.

For a mail that is neither nothing of this is loaded or asked for.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from pasokh.casework.correspondence.certificates import queries as certificates
from pasokh.casework.intake.mailroom.terms import Signature
from pasokh.channels.mail_in import reading
from pasokh.channels.mail_in.limits import Limits
from pasokh.channels.mail_in.parsed import Parsed, Signed, Vouched
from pasokh.kernel.sealed import BrokenError

logger = logging.getLogger(__name__)


def read(content: bytes, limits: Limits, at: datetime) -> Parsed:
    """Read a mail that came in at an instant, with our keys, and look at its signature."""
    mail = reading.read(content, limits, _keys)
    return replace(mail, vouched=_vouched(mail, mail.signed, at)) if mail.signed else mail


def signed(content: bytes) -> Signed | None:
    """The signature of a mail that was sorted before."""
    return reading.read(content, keys=_keys).signed


def _keys() -> Iterator[Any]:
    """Our keys, as far as they can be opened here."""
    from pasokh.channels.smime import opening  # noqa: PLC0415  slow import

    try:
        for held in certificates.openers():
            yield opening.key(held)
    except BrokenError:
        logger.exception("a key that opens mail cannot be read with this installation's key")


def _vouched(mail: Parsed, signed: Signed, at: datetime) -> Vouched:
    """What is to be thought of a signature; whatever a stranger made of it raises nothing."""
    from pasokh.casework.correspondence.certificates import (  # noqa: PLC0415  slow import
        authorities,
    )
    from pasokh.channels.smime import checking  # noqa: PLC0415  slow import

    sender = mail.sender.address if mail.sender else ""
    try:
        known = authorities.known()
        found = checking.check(
            signed.wrapped, signed.beside, sender=sender, authorities=known, at=at
        )
    except Exception:
        logger.exception("a signature could not be looked at")
        return Vouched(Signature.UNREADABLE)
    valid = found.state == Signature.VALID
    state = Signature.PARTIAL if valid and not signed.whole else found.state
    return Vouched(state, found.signer, found.issuer)
