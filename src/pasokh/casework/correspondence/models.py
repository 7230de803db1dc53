"""Letters, and how each came to be told. Knows a case by its id."""

from django.db import models
from django.db.models import Q

from pasokh.casework.correspondence.delivery import LetterKind, LetterState


class Letter(models.Model):
    """One letter to one person, made in that person's language and kept as sent."""

    complaint = models.ForeignKey("casework.Complaint", models.CASCADE, related_name="letters")
    stage = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30, choices=[(k, k) for k in LetterKind])
    language = models.CharField(max_length=2)
    facts = models.JSONField(default=dict)
    to = models.ForeignKey("directory.ContactPoint", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=[(s, s) for s in LetterState])
    message_id = models.CharField(max_length=120, unique=True)
    secretariat_number = models.CharField(max_length=60, blank=True)
    queued_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["queued_at"], name="letter_waiting", condition=Q(state=LetterState.QUEUED)
            ),
        ]


class Telling(models.Model):
    """One way in which a letter's content reached the person, with who, when and proof."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="tellings")
    way = models.CharField(max_length=20)
    by = models.CharField(max_length=60)  # an actor's code
    at = models.DateTimeField()
    proof = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
