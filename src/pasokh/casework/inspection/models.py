"""What is known of stored bytes, by digest alone: whose they are stands elsewhere."""

from django.db import models
from django.db.models import Q

from pasokh.casework.inspection.verdicts import Drawn, Settled, Verdict


class Inspection(models.Model):
    """What a scanner said of a file, what a person decided then, and how far its pictures are.

    `looked` and `drawings` count attempts before they are made, so that one that ends the worker
    counts too.
    """

    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    verdict = models.CharField(
        max_length=10, choices=[(v, v) for v in Verdict], default=Verdict.UNCHECKED
    )
    scanner = models.CharField(max_length=100, blank=True)
    signatures = models.CharField(max_length=100, blank=True)
    found = models.CharField(max_length=200, blank=True)
    judged_at = models.DateTimeField(null=True)
    looked = models.PositiveSmallIntegerField(default=0)
    look_at = models.DateTimeField(null=True)
    settled = models.CharField(
        max_length=10, choices=[(s, s) for s in Settled], default=Settled.NOT, blank=True
    )
    settled_by = models.ForeignKey(
        "directory.Staff", models.PROTECT, null=True, related_name="+", db_index=False
    )
    settled_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    drawn = models.CharField(max_length=10, choices=[(d, d) for d in Drawn], default=Drawn.WAITS)
    drawings = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=100, blank=True)
    pages = models.PositiveIntegerField(default=0)
    shown = models.PositiveSmallIntegerField(default=0)
    cleaned = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_inspection_of_a_file", fields=["digest"]),
        ]
        indexes = [
            models.Index(
                fields=["look_at"], name="file_to_look_at", condition=Q(look_at__isnull=False)
            ),
            models.Index(
                fields=["asked_at"], name="file_not_checked", condition=Q(verdict=Verdict.UNCHECKED)
            ),
            models.Index(
                fields=["judged_at"], name="file_found_bad", condition=Q(verdict=Verdict.INFECTED)
            ),
        ]


class Picture(models.Model):
    """A picture of a file that we drew ourselves: its bytes are found by digest.

    A page has its number; the small one and the cleaned copy have none.
    """

    inspection = models.ForeignKey(
        Inspection, models.CASCADE, related_name="pictures", db_index=False
    )
    what = models.CharField(max_length=5, choices=[(w, w) for w in ("small", "page", "clean")])
    number = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_picture_of_a_page", fields=["inspection", "what", "number"]
            ),
        ]
