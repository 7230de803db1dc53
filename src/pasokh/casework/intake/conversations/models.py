"""Where messages come from, each message until it is answered, and what was said so far.

Nothing of a conversation lies here in clear; it is over when it is filed, or a day after its last
word.
"""

from django.db import models
from django.db.models import Q

from pasokh.casework.intake.conversations.terms import SourceKind, Stage


class Source(models.Model):
    """One place that messages come from, with the secret address they come to.

    `sealed` holds what a bot knows itself by, and what it must show us.
    """

    kind = models.CharField(max_length=10, choices=[(k, k) for k in SourceKind])
    name = models.CharField(max_length=60)
    base = models.CharField(max_length=200, blank=True)
    token_hash = models.BinaryField(max_length=32, unique=True)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)


class Heard(models.Model):
    """One message as it came, once: `sealed` is what came, then what is to be answered, then none.

    `who` is a keyed hash of whose chat or number it is.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="heard", db_index=False)
    their_id = models.CharField(max_length=100)
    who = models.BinaryField(max_length=32)
    stage = models.CharField(max_length=10, choices=[(s, s) for s in Stage])
    sealed = models.BinaryField()
    at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="heard_once", fields=["source", "their_id"])]
        indexes = [
            models.Index(
                fields=["try_at"],
                name="heard_waiting",
                condition=Q(stage__in=[Stage.WAITING, Stage.ANSWERING]),
            ),
            models.Index(fields=["who", "at"], name="heard_by_who"),
            models.Index(fields=["at"], name="heard_by_time"),
        ]


class Conversation(models.Model):
    """What somebody said so far, sealed under a key of this conversation."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="+", db_index=False)
    who = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_conversation", fields=["source", "who"])]
        indexes = [models.Index(fields=["expires_at"], name="conversation_by_end")]


class Party(models.Model):
    """From which chat or number a complaint was filed: whoever writes there may ask about it."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="+", db_index=False)
    who = models.BinaryField(max_length=32)
    complaint = models.ForeignKey("casework.Complaint", models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="party_once", fields=["source", "who", "complaint"])
        ]
