"""Letters signed with the office's certificate, and encrypted to whoever has one (S/MIME).

One whose certificate has ended, or whose key cannot be opened, leaves unsigned: a letter that is
owed by a day is not kept back for it. Before the signature of the domain, which covers this one.
"""

import logging
from datetime import datetime
from email.message import EmailMessage

from pasokh.casework.correspondence.certificates import queries as certificates
from pasokh.kernel.sealed import BrokenError

logger = logging.getLogger(__name__)


def sealed(message: EmailMessage, *, mailbox: str, at: datetime, reader: str = "") -> EmailMessage:
    """A mail from a mailbox as it leaves; encrypted only to a `reader`, if that is wanted.

    A notice has none: it says the same to everybody, and its address may be a stranger's.
    """
    try:
        signer, encrypts = certificates.outgoing(mailbox, at)
    except BrokenError:
        logger.exception("the key of the certificate cannot be opened; mail leaves unsigned")
        return message
    if signer is None and not (encrypts and reader):
        return message
    from pasokh.channels.smime import making, theirs  # noqa: PLC0415  slow import

    if signer:
        message = making.signed(message, signer)
    known = theirs.certificate(reader, at) if encrypts and reader else None
    return making.encrypted(message, known) if known else message
