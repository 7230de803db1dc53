"""The verbs of the mailroom."""

from pasokh.casework.intake.mailroom.actions.boxes import (
    add_mailbox,
    change_mailbox,
    give_secret,
    note_look,
    restore_mailbox,
    retire_mailbox,
)
from pasokh.casework.intake.mailroom.actions.clerks import (
    Corrected,
    read_again,
    read_closed_again,
    refuse_mail,
    release_as_complaint,
    release_to_case,
)
from pasokh.casework.intake.mailroom.actions.grants import (
    Granted,
    forget_access,
    give_grant,
    give_outgoing_grant,
    keep_access,
    rest,
)
from pasokh.casework.intake.mailroom.actions.keeping import (
    Handed,
    begin_mailbox,
    keep_fetched,
    keep_handed,
    note_gone,
    note_listing,
)
from pasokh.casework.intake.mailroom.actions.reading import log_reading
from pasokh.casework.intake.mailroom.actions.sorting import (
    Judged,
    claim,
    give_up,
    lock,
    note_trouble,
    sort,
    sort_together,
)

__all__ = [
    "Corrected",
    "Granted",
    "Handed",
    "Judged",
    "add_mailbox",
    "begin_mailbox",
    "change_mailbox",
    "claim",
    "forget_access",
    "give_grant",
    "give_outgoing_grant",
    "give_secret",
    "give_up",
    "keep_access",
    "keep_fetched",
    "keep_handed",
    "lock",
    "log_reading",
    "note_gone",
    "note_listing",
    "note_look",
    "note_trouble",
    "read_again",
    "read_closed_again",
    "refuse_mail",
    "release_as_complaint",
    "release_to_case",
    "rest",
    "restore_mailbox",
    "retire_mailbox",
    "sort",
    "sort_together",
]
