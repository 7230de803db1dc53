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
    refuse_mail,
    release_as_complaint,
    release_to_case,
)
from pasokh.casework.intake.mailroom.actions.keeping import (
    Handed,
    begin_mailbox,
    keep_fetched,
    keep_handed,
    note_gone,
    note_listing,
)
from pasokh.casework.intake.mailroom.actions.sorting import (
    claim,
    give_up,
    lock,
    note_trouble,
    sort,
)

__all__ = [
    "Corrected",
    "Handed",
    "add_mailbox",
    "begin_mailbox",
    "change_mailbox",
    "claim",
    "give_secret",
    "give_up",
    "keep_fetched",
    "keep_handed",
    "lock",
    "note_gone",
    "note_listing",
    "note_look",
    "note_trouble",
    "read_again",
    "refuse_mail",
    "release_as_complaint",
    "release_to_case",
    "restore_mailbox",
    "retire_mailbox",
    "sort",
]
