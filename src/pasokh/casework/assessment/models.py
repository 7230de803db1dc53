"""Assessments as they were made, and who was told of the significant ones."""

from django.db import models
from django.db.models import Q


class Assessment(models.Model):
    """One assessment; assessing again keeps the earlier one (ISO 10002:2018, 7.5)."""

    complaint = models.ForeignKey("casework.Complaint", models.CASCADE, related_name="assessments")
    stage = models.PositiveSmallIntegerField()
    severity = models.PositiveSmallIntegerField()
    safety = models.BooleanField()
    complexity = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    immediate_needed = models.BooleanField()
    immediate_possible = models.BooleanField()
    immediate_action = models.TextField(blank=True)
    recurrent = models.BooleanField()
    computed = models.PositiveSmallIntegerField()
    lines = models.JSONField()
    table = models.CharField(max_length=20)
    priority = models.PositiveSmallIntegerField()
    override_reason = models.TextField(blank=True)
    by = models.ForeignKey("directory.Staff", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_changed_priority_has_a_reason",
                condition=Q(priority=models.F("computed")) | ~Q(override_reason=""),
            ),
        ]


class SignificantNotice(models.Model):
    """Top management told of a significant complaint, and when they read it (5.4.1)."""

    complaint = models.ForeignKey(
        "casework.Complaint", models.CASCADE, related_name="significant_notices", db_index=False
    )
    staff = models.ForeignKey("directory.Staff", models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="told_once", fields=["complaint", "staff"]),
        ]
