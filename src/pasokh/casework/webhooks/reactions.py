"""What webhooks do about facts, a moment later: put them in the queue of those who asked."""

from collections.abc import Iterator, Mapping

from pasokh.casework.webhooks import actions, queries
from pasokh.kernel.ledger.follow import Reaction
from pasokh.kernel.ledger.models import Entry


def told(entry: Entry) -> None:
    """Queue an entry about a complaint for everybody who is to be told of it."""
    kind, _, ref = entry.subject.partition(":")
    if kind == "complaint":
        actions.queue(entry, ref)


class Wanted(Mapping[str, Reaction]):
    """The events that somebody asked for, read anew for each batch.

    Where nobody asked for anything, following the log costs one statement a batch.
    """

    def __getitem__(self, name: str) -> Reaction:
        return told

    def __iter__(self) -> Iterator[str]:
        return iter(queries.wanted())

    def __len__(self) -> int:
        return len(queries.wanted())
