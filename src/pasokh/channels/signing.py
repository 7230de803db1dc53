"""A mail's signature, by which other servers know that it is the office's own (RFC 6376)."""

import logging
from email.message import EmailMessage

from pasokh.casework.correspondence.signing import queries
from pasokh.casework.correspondence.signing.queries import Signer
from pasokh.kernel.sealed import BrokenError

logger = logging.getLogger(__name__)


def signer(mailbox: str) -> Signer | None:
    """What signs mail from a mailbox; None where nothing does, or its key cannot be opened."""
    try:
        return queries.signer(mailbox.strip().rpartition("@")[2].lower())
    except BrokenError:
        logger.exception("the key that signs mail cannot be opened; mail leaves unsigned")
        return None


def signature(message: EmailMessage, by: Signer) -> bytes:
    """The header that signs a mail, with its line's end: it goes before all others."""
    import dkim  # noqa: PLC0415  slow import

    made: bytes = dkim.sign(
        message.as_bytes(),
        by.selector.encode(),
        by.domain.encode(),
        by.private.encode(),
        canonicalize=(b"relaxed", b"relaxed"),
    )
    return made
