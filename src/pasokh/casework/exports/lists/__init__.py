"""Every list that can be handed out, by its name in addresses."""

from collections.abc import Mapping

from pasokh.casework.exports.lists.authorities import AUTHORITIES
from pasokh.casework.exports.lists.complaints import COMPLAINTS
from pasokh.casework.exports.lists.deliveries import DELIVERIES
from pasokh.casework.exports.lists.letters import LETTERS
from pasokh.casework.exports.lists.listed import Listed
from pasokh.casework.exports.lists.mail_days import MAIL_DAYS
from pasokh.casework.exports.lists.mail_readings import MAIL_READINGS
from pasokh.casework.exports.lists.mails import MAILS
from pasokh.casework.exports.lists.rows import ROWS
from pasokh.casework.exports.lists.scans import SCANS
from pasokh.kernel.actors import Actor

LISTS: Mapping[str, Listed] = {
    one.name: one
    for one in (
        *(COMPLAINTS, AUTHORITIES, MAILS, MAIL_DAYS, MAIL_READINGS),
        *(LETTERS, SCANS, ROWS, DELIVERIES),
    )
}

#: What the lists of set-up are kept as: they are written where they are shown, not asked for here.
SET_UP = "set-up"


def may_any(actor: Actor) -> bool:
    """Whether somebody sees any list that can be handed out."""
    return any(one.may(actor) for one in LISTS.values())
