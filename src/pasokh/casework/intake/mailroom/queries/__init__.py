"""What may be asked of the mailroom. Everything comes back fully loaded."""

from pasokh.casework.intake.mailroom.queries.boxes import (
    fetched,
    for_recipient,
    mailbox,
    mailboxes,
    own_addresses,
    secret_of,
)
from pasokh.casework.intake.mailroom.queries.counts import Count, day_counts
from pasokh.casework.intake.mailroom.queries.knowledge import Asked, Found, found
from pasokh.casework.intake.mailroom.queries.pages import (
    MailLine,
    MailPage,
    behind,
    by_disposition,
    file_of,
    mail_for,
    mail_line,
    mail_page,
    mails,
    waiting,
)

__all__ = [
    "Asked",
    "Count",
    "Found",
    "MailLine",
    "MailPage",
    "behind",
    "by_disposition",
    "day_counts",
    "fetched",
    "file_of",
    "for_recipient",
    "found",
    "mail_for",
    "mail_line",
    "mail_page",
    "mailbox",
    "mailboxes",
    "mails",
    "own_addresses",
    "secret_of",
    "waiting",
]
