"""Who is told what happens, and each telling. Secrets are sealed; nothing here is prose."""

from django.db import models
from django.db.models import Q


class Subscription(models.Model):
    """A receiver: which events of which unit's files it is told, and how it has answered lately.

    `unit` reaches those below it; without one, the whole organisation. `former` signs beside
    `secret` until `former_until`. `through` is the place in the log up to which deliveries were
    queued: nothing is queued twice, however often the log is read again.
    """

    number = models.UUIDField(unique=True)
    name = models.CharField(max_length=200)
    url = models.CharField(max_length=2000)
    events = models.JSONField()
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, related_name="+")
    confidential = models.BooleanField(default=False)
    texts = models.BooleanField(default=False)
    secret = models.BinaryField()
    former = models.BinaryField(null=True)
    former_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=10, blank=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    through = models.BigIntegerField(default=-1)

    @property
    def subject(self) -> str:
        """Whose chain in the ledger its changes belong to."""
        return f"webhook:{self.pk}"


class Delivery(models.Model):
    """One fact for one receiver, under one id however often it is sent.

    `entry` is that of the ledger; a trial has none. `attempts` are the latest, each with its time
    (`at`), the answer's `status` or the `trouble`; `said` is how the last answer began. States and
    reasons are those of `terms`.
    """

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="deliveries", db_index=False
    )
    entry = models.ForeignKey(
        *("kernel.Entry", models.DO_NOTHING),
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    event = models.CharField(max_length=100)
    ref = models.CharField(max_length=40, blank=True)
    number = models.UUIDField(unique=True)
    state = models.CharField(max_length=10)
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    attempts = models.JSONField(default=list)
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="delivered_once", fields=["subscription", "entry"]),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="delivery_due",
                condition=Q(state__in=["waiting", "sending"]),
            ),
            models.Index(fields=["subscription", "-id"], name="delivery_log"),
        ]

    @property
    def message_id(self) -> str:
        """The id by which a receiver knows what it has had."""
        return f"msg_{self.number.hex}"
