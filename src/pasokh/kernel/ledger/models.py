"""The ledger's tables. Only `writer`, `sequencer`, `follow` and `erase` write them.

References between these tables carry no database constraint: rows never go away (a trigger
refuses it), `verify` compares them anyway, and each constraint would write to the entry's row
again for every line that points to it.
"""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, NoReturn

from django.db import models

from pasokh.kernel import events


class _Kept(models.QuerySet[Any]):
    """A query set that reads only."""

    def _refuse(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError("the ledger is written by its writer and sequencer alone")

    create = get_or_create = update_or_create = bulk_create = _refuse
    update = bulk_update = delete = _refuse


class _AppendOnly(models.Model):
    """A row that is written once, by SQL in the ledger's own modules."""

    objects = _Kept.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError("the ledger is written by its writer and sequencer alone")

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError("what the ledger holds is never removed")


class Entry(_AppendOnly):
    """One act, told once: `canonical` is the truth, every other column is read from it."""

    subject = models.CharField(max_length=100)
    number = models.BigIntegerField()
    event = models.CharField(max_length=100)
    version = models.IntegerField()
    actor = models.CharField(max_length=200)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    seal = models.BinaryField(null=True)
    hash = models.BinaryField()
    canonical = models.BinaryField()

    class Meta:
        db_table = "ledger_entry"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "number"], name="ledger_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.number} {self.event}"

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """What the event said, as JSON holds it: instants and codes are text."""
        facts: Mapping[str, Any] = json.loads(bytes(self.canonical))["facts"]
        return facts

    @property
    def sentence(self) -> str:
        """The entry in words, in the reader's language."""
        return events.sentence(self.event, self.version, self.facts)

    @cached_property
    def private(self) -> Mapping[str, Any] | None:
        """The sealed texts; None when nothing was sealed or it has been erased."""
        texts = self.texts
        return None if texts is None else json.loads(bytes(texts.json))

    @property
    def texts(self) -> "Sealed | None":
        """The row of the sealed texts, if it is still there."""
        return getattr(self, "sealed", None) if self.seal else None


class Sealed(_AppendOnly):
    """Texts and names that go with an entry and may be erased: never changed, perhaps deleted."""

    entry = models.OneToOneField(
        Entry, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="sealed"
    )
    salt = models.BinaryField()
    json = models.BinaryField()

    class Meta:
        db_table = "ledger_sealed"


class Pending(_AppendOnly):
    """An entry that waits for its place in the log."""

    entry = models.OneToOneField(
        Entry, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+"
    )

    class Meta:
        db_table = "ledger_pending"


class Sequenced(_AppendOnly):
    """The place of an entry in the log, counted from 0 without a gap."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(
        Entry, models.DO_NOTHING, db_constraint=False, related_name="sequenced"
    )

    class Meta:
        db_table = "ledger_sequenced"


class Node(_AppendOnly):
    """The hash over the 2^level entries that start at place index × 2^level."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "ledger_node"


class Checkpoint(_AppendOnly):
    """The signed head of the log at one size, as an outsider may hold it."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_checkpoint"


class Cursor(models.Model):
    """How far a follower has read, and what holds it up."""

    name = models.CharField(max_length=100, primary_key=True)
    position = models.BigIntegerField(default=0)
    failures = models.IntegerField(default=0)
    error = models.TextField(default="")
    retry_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ledger_cursor"
