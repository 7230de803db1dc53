"""What an investigation planned and gathered (ISO 10002:2018, 7.6)."""

from django.db import models


class Investigation(models.Model):
    """The plan of one stage's investigation, in proportion to the matter."""

    complaint = models.ForeignKey(
        "casework.Complaint", models.CASCADE, related_name="investigations"
    )
    stage = models.PositiveSmallIntegerField()
    plan = models.TextField()
    by = models.ForeignKey("directory.Staff", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class Evidence(models.Model):
    """One piece of evidence: what it is, where it came from, who obtained it, and its digest."""

    complaint = models.ForeignKey("casework.Complaint", models.CASCADE, related_name="evidence")
    stage = models.PositiveSmallIntegerField()
    description = models.TextField()
    source = models.TextField()
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey("directory.Staff", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
