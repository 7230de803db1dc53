"""Letters on paper as they were scanned, until each lies where it belongs."""

from django.db import models
from django.db.models import Q


class Sheet(models.Model):
    """A reference sheet printed beforehand: it stands for the file its first letter came to."""

    printed_by = models.ForeignKey(
        "directory.Staff", models.PROTECT, related_name="+", db_index=False
    )
    printed_at = models.DateTimeField()
    complaint = models.ForeignKey("casework.Complaint", models.CASCADE, null=True, related_name="+")


class Scan(models.Model):
    """One letter as it was scanned; or several in one file, which were then divided.

    `said` is the reference that a sheet told; `why` a refusal's code that says why nobody could
    file it without a person.
    """

    class State(models.TextChoices):
        READING = "reading"
        WAITING = "waiting"
        FILED = "filed"
        DIVIDED = "divided"
        SET_ASIDE = "set_aside"

    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+", db_index=False)
    digest = models.CharField(max_length=64)
    name = models.TextField()
    kind = models.CharField(max_length=100)
    size = models.BigIntegerField()
    pages = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField()
    dropped_by = models.ForeignKey(
        "directory.Staff", models.PROTECT, related_name="+", db_index=False
    )
    dropped_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    readings = models.PositiveSmallIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    part_of = models.ForeignKey("self", models.CASCADE, null=True, related_name="parts")
    said = models.CharField(max_length=20, blank=True)
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+", db_index=False)
    why = models.CharField(max_length=40, blank=True)
    complaint = models.ForeignKey("casework.Complaint", models.CASCADE, null=True, related_name="+")
    settled_by = models.ForeignKey(
        "directory.Staff", models.PROTECT, null=True, related_name="+", db_index=False
    )
    settled_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["dropped_at"],
                name="scan_to_file",
                condition=Q(state__in=("reading", "waiting")),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="scanned_once",
                fields=["digest"],
                condition=~Q(state="set_aside") & Q(part_of=None),
            ),
            models.CheckConstraint(
                name="a_filed_scan_has_its_file",
                condition=~Q(state="filed") | Q(complaint__isnull=False),
            ),
        ]
