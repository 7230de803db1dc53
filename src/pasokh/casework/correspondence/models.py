"""Letters, and how each came to be told. Knows a case by its id."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from pasokh.casework.correspondence.caps import Held
from pasokh.casework.correspondence.delivery import Form, LetterKind, LetterState


class Letter(models.Model):
    """One letter to one person, made in that person's language and kept as sent.

    `text` is the letter as `composed.dump` wrote it, kept before it first leaves the house and
    never changed again; `form` says whether all of it was mailed, or only the notice that it
    stands on the tracking page. `uncertain_at` is when a worker was found to have died over it,
    `came_back_at` when it was last returned, `held` the cap that keeps it back.

    `try_at` is when it may leave or be tried again. A copy says of which letter it is one; it goes
    to a contact point, or to an `address` that a colleague named with a reason.

    `wording` is the version of the organisation's text that it was made with, None for our own;
    `lacks` are the codes (`wording.labels`) of what keeps it back. `writer` is the code of whoever
    wrote it, where somebody else has to approve it.
    """

    complaint = models.ForeignKey("casework.Complaint", models.CASCADE, related_name="letters")
    stage = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30, choices=[(k, k) for k in LetterKind])
    language = models.CharField(max_length=2)
    facts = models.JSONField(default=dict)
    to = models.ForeignKey("directory.ContactPoint", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=[(s, s) for s in LetterState])
    message_id = models.CharField(max_length=120)
    secretariat_number = models.CharField(max_length=60, blank=True)
    queued_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    failure = models.CharField(max_length=200, blank=True)
    text = models.JSONField(null=True)
    form = models.CharField(max_length=10, blank=True, choices=[(f, f) for f in Form])
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True)
    uncertain_at = models.DateTimeField(null=True)
    came_back_at = models.DateTimeField(null=True)
    copy_of = models.ForeignKey("self", models.CASCADE, null=True, related_name="copies")
    address = models.TextField(blank=True)
    held = models.CharField(max_length=10, blank=True, choices=[(h, h) for h in Held])
    wording = models.ForeignKey("casework.Wording", models.PROTECT, null=True, related_name="+")
    lacks = models.JSONField(default=list)
    writer = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="letter_once", fields=["message_id"])]
        indexes = [
            models.Index(fields=["id"], name="letter_unkept", condition=Q(text__isnull=True)),
            models.Index(
                fields=["id"], name="letter_leaving", condition=Q(state=LetterState.SENDING)
            ),
            models.Index(
                fields=["queued_at"], name="letter_waiting", condition=Q(state=LetterState.QUEUED)
            ),
            models.Index(
                fields=["try_at"], name="letter_pending", condition=Q(state=LetterState.PENDING)
            ),
            models.Index(
                fields=["queued_at"],
                name="letter_kept_back",
                condition=Q(state__in=[LetterState.APPROVAL, LetterState.LACKING]),
            ),
            models.Index(
                fields=["changed_at"],
                name="letter_lost",
                condition=Q(state__in=[LetterState.FAILED, LetterState.RETURNED]),
            ),
        ]

    @property
    def leaves_at(self) -> datetime:
        """The day it bears: that of its writing, or the later one that was chosen for it."""
        chosen = self.try_at if not (self.attempts or self.held or self.lacks) else None
        return max(self.queued_at, chosen) if chosen else self.queued_at

    @property
    def left_at(self) -> datetime:
        """When it left the house; of one that nobody is sure of, the earliest it can have been."""
        return self.changed_at if self.state == LetterState.HANDED_OVER else self.queued_at

    @property
    def called(self) -> str:
        """The code under which it is named: that of an added kind, where it is of one."""
        return str(self.facts.get("added") or self.kind)


class Sending(models.Model):
    """One time that a letter set out by mail: under which Message-ID, to which mailbox.

    What comes back is found by it, later letters point to it, and those to unconfirmed addresses
    are counted by it. `mailbox` is the address as `caps.folded` has it.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="sendings")
    message_id = models.CharField(max_length=120)
    form = models.CharField(max_length=10, choices=[(f, f) for f in Form])
    mailbox = models.TextField()
    domain = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["message_id"], name="sending_by_message_id"),
            models.Index(fields=["at"], name="sending_notices", condition=Q(form=Form.NOTICE)),
        ]


class Telling(models.Model):
    """One way in which a letter's content reached the person, with who, when and proof."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="tellings")
    way = models.CharField(max_length=20)
    by = models.CharField(max_length=60)  # an actor's code
    at = models.DateTimeField()
    proof = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
