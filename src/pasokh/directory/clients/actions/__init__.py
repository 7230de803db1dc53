"""Every verb of programs, their tokens and what they were answered."""

from pasokh.directory.clients.actions.admitting import admit
from pasokh.directory.clients.actions.answering import remember, remembered
from pasokh.directory.clients.actions.keeping import (
    add_client,
    change_client,
    restore_client,
    retire_client,
)
from pasokh.directory.clients.actions.purging import purge
from pasokh.directory.clients.actions.tokens import (
    exchange,
    give_token,
    revoke_token,
    rotate_token,
)

__all__ = [
    "add_client",
    "admit",
    "change_client",
    "exchange",
    "give_token",
    "purge",
    "remember",
    "remembered",
    "restore_client",
    "retire_client",
    "revoke_token",
    "rotate_token",
]
