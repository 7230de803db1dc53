"""Write the texts of letters and the prepared replies, and add kinds of letters."""

from pasokh.casework.correspondence.wording.actions.kinds import (
    add_kind,
    change_kind,
    restore_kind,
    retire_kind,
)
from pasokh.casework.correspondence.wording.actions.texts import (
    CHAIN,
    RIGHT,
    Prepared,
    add_reply,
    change_reply,
    editable,
    end,
    end_reply,
    keep_back,
    refused,
    required,
    set_second_look,
    unwritten,
    write,
)

__all__ = [
    "CHAIN",
    "RIGHT",
    "Prepared",
    "add_kind",
    "add_reply",
    "change_kind",
    "change_reply",
    "editable",
    "end",
    "end_reply",
    "keep_back",
    "refused",
    "required",
    "restore_kind",
    "retire_kind",
    "set_second_look",
    "unwritten",
    "write",
]
