"""Mail from a pipe: one on standard input, kept before the program ends well.

Mail servers read the exit code: 0 means taken, 75 means bring it again, anything else sends it
back to whoever wrote it (sysexits.h).
"""

import logging
from typing import BinaryIO

from pasokh.casework.intake.mailroom import queries
from pasokh.casework.intake.mailroom.actions import Handed
from pasokh.casework.intake.mailroom.terms import Door
from pasokh.channels.mail_in import pipeline
from pasokh.kernel import clock
from pasokh.kernel.errors import Refused

TAKEN, DATA_ERROR, NO_USER, LATER = 0, 65, 67, 75
_CODES = {"no-recipient-here": NO_USER, "mail-too-large": DATA_ERROR}

logger = logging.getLogger(__name__)


def take(stream: BinaryIO, *, sender: str | None, recipient: str) -> tuple[int, Refused | None]:
    """Keep the mail on a stream; return the exit code, and why not.

    Without a recipient it goes to the one mailbox in use, where there is just one.
    """
    try:
        content = stream.read(pipeline.limits().bytes + 1)
        if not content:
            return LATER, None  # whoever should have written it died
        handed = Handed(content, Door.PIPE, sender, recipient or _only())
        pipeline.take_in(handed, at=clock.now())
    except Refused as refused:
        return _CODES.get(refused.code, LATER), refused
    except Exception:
        logger.exception("a mail from the pipe could not be kept; the server brings it again")
        return LATER, None
    return TAKEN, None


def _only() -> str:
    in_use = [one.address for one in queries.mailboxes() if one.retired_at is None]
    return in_use[0] if len(in_use) == 1 else ""
