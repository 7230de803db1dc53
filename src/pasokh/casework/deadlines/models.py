"""Clocks, holds and extensions. Written only by `actions.py`; read through `queries.py`."""

from django.db import models
from django.db.models import F, Q

from pasokh.casework.deadlines.clocks import State
from pasokh.policy.regimes.pack import HoldCategory


class Clock(models.Model):
    """One deadline of one stage with its working; a repeating clock has a row for each round.

    `working` is the answer as `working.dump` wrote it. `calendar_version` and `pack_digest`
    name the data it was last found with. `duty` is false for a time that is the complainant's.
    """

    complaint = models.ForeignKey(
        "casework.Complaint", models.CASCADE, related_name="clocks", db_index=False
    )
    name = models.CharField(max_length=20)
    stage = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=[(s, s) for s in State])
    duty = models.BooleanField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    working = models.JSONField()
    calendar_version = models.CharField(max_length=64)
    pack = models.CharField(max_length=40)
    pack_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_clock_per_round", fields=["complaint", "stage", "name", "round"]
            ),
            models.CheckConstraint(
                name="running_clock_has_a_deadline",
                condition=~Q(state=State.RUNNING) | Q(due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="stopped_clock_says_when",
                condition=~Q(state__in=[State.MET, State.MISSED]) | Q(stopped_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["warn_at", "id"],
                name="clock_to_warn",
                condition=Q(state=State.RUNNING, duty=True, warned_at__isnull=True),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="clock_to_alarm",
                condition=Q(state=State.RUNNING, duty=True, alarmed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.stage}.{self.round}"


class Hold(models.Model):
    """A time for which a complaint waits for someone else; open while it has no end."""

    complaint = models.ForeignKey("casework.Complaint", models.CASCADE, related_name="holds")
    category = models.CharField(max_length=20, choices=[(c, c) for c in HoldCategory])
    reason = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=60)  # an actor's code

    class Meta:
        ordering = ["from_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_hold", fields=["complaint"], condition=Q(until_at__isnull=True)
            ),
            models.CheckConstraint(
                name="hold_ends_after_it_began",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
            ),
        ]


class Extension(models.Model):
    """More time granted to one clock of one stage, with its reason and the letter that told it."""

    complaint = models.ForeignKey(
        "casework.Complaint", models.CASCADE, related_name="extensions", db_index=False
    )
    clock = models.CharField(max_length=20)
    stage = models.PositiveSmallIntegerField()
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20)
    reason = models.TextField()
    letter = models.ForeignKey("casework.Letter", models.PROTECT, null=True, related_name="+")
    by = models.CharField(max_length=60)  # an actor's code
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="extension_is_some_time", condition=Q(amount__gte=1)),
        ]
        indexes = [models.Index(fields=["complaint", "stage"], name="extension_of_stage")]
