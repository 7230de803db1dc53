"""The organisation's own texts of letters, its prepared replies, and what waits for a second look.

Set-up: a change here replaces the mark by which the process keeps what was read.
"""

from django.db import models
from django.db.models import Q

from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.kernel.fields import BilingualField


class AddedKind(models.Model):
    """A kind of letter that the organisation added: its name, and what it is for.

    Its texts and its second look are kept under its code, see `kinds.code`.
    """

    name = BilingualField()
    purpose = BilingualField(blank=True)
    retired_at = models.DateTimeField(null=True)


class Reply(models.Model):
    """A reply that was prepared for letters by hand, perhaps for one category only."""

    name = BilingualField()
    kind = models.CharField(max_length=30, choices=[(k, k) for k in LetterKind])
    category = models.ForeignKey("policy.Term", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)


class Wording(models.Model):
    """One version of a text in one language, of a kind of letter or of a prepared reply.

    A version is never changed: another one takes its place, and letters go on naming the one that
    they were made with. `by` is an actor's code.
    """

    kind = models.CharField(max_length=30)
    reply = models.ForeignKey(Reply, models.PROTECT, null=True, related_name="wordings")
    language = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    subject = models.TextField(blank=True)
    body = models.TextField()
    by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="wording_once",
                fields=["kind", "language", "number"],
                condition=Q(reply=None),
            ),
            models.UniqueConstraint(
                name="reply_wording_once",
                fields=["reply", "language", "number"],
                condition=Q(reply__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_wording_stands",
                fields=["kind", "language"],
                condition=Q(reply=None, ended_at=None),
            ),
            models.UniqueConstraint(
                name="one_reply_stands",
                fields=["reply", "language"],
                condition=Q(reply__isnull=False, ended_at=None),
            ),
        ]


class SecondLook(models.Model):
    """Which letters wait for somebody else's approval: all of a kind, or those above an amount.

    `above` is in the smallest units of `currency`; without it, all.
    """

    kind = models.CharField(max_length=30)
    above = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="second_look_once", fields=["kind"])]
