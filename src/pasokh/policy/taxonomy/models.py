"""Terms and outside bodies. Written only by `actions.py`; read through `queries.py`."""

from django.db import models
from django.db.models import F, Q

from pasokh.kernel.fields import Bilingual, BilingualField
from pasokh.policy.taxonomy.kinds import Kind


def unwritten() -> Bilingual:
    """A text that nobody has written yet."""
    return Bilingual("", "")


class Term(models.Model):
    """One entry of one list. Its code means the same for ever; it is retired, never deleted."""

    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    code = models.CharField(max_length=40)
    name = BilingualField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="term_once", fields=["kind", "code"]),
            models.CheckConstraint(name="term_not_in_itself", condition=~Q(parent=F("id"))),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"


class OutsideBody(models.Model):
    """A body outside that hears disputes (ISO 10003): what for, how to reach it, how long it takes.

    Whatever is not `doubtful` was compared with what the body or the state publishes, on
    `verified_on`.
    """

    code = models.CharField(max_length=40, unique=True)
    name = BilingualField()
    what_for = BilingualField()
    url = models.URLField(blank=True)
    telephone = models.CharField(max_length=60, blank=True)
    time_limit = BilingualField(blank=True, default=unwritten)
    note = BilingualField(blank=True, default=unwritten)
    verified_on = models.DateField(null=True)
    doubtful = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="verified_or_doubtful",
                condition=Q(doubtful=True) | Q(verified_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.code
