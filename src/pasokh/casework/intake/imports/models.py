"""Sheets that were handed in, what became of each row, and how layouts are read."""

from django.db import models
from django.db.models import Q

from pasokh.casework.intake.imports.states import Fate, Mode, State


class Import(models.Model):
    """One sheet on its way to becoming files.

    `form` is what the bytes turned out to be, `headings` and `reading` what its columns are and
    mean, `found` what a look through it showed. `place` is the last row that was dealt with; rows
    are counted from 1 with the headings. `refused_digest` is the file of refused rows.
    """

    by = models.ForeignKey("directory.Staff", models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=10, choices=[(s, s) for s in State])
    mode = models.CharField(max_length=10, choices=[(m, m) for m in Mode], default=Mode.RECEIVE)
    letters = models.BooleanField(default=False)
    form = models.JSONField(default=dict)
    headings = models.JSONField(default=list)
    reading = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    place = models.PositiveIntegerField(default=0)
    filed = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    refused_digest = models.CharField(max_length=64, blank=True)
    failure = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["by", "-id"], name="import_by_whom")]

    @property
    def subject(self) -> str:
        """The name of this import in the ledger."""
        return f"import:{self.pk}"


class ImportRow(models.Model):
    """What became of one row; while a sheet is only looked at, only those to be refused.

    `key` knows a row again: by its own number where it came from, or by its place in its file.
    """

    sheet = models.ForeignKey(Import, models.CASCADE, related_name="outcomes", db_index=False)
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=200)
    fate = models.CharField(max_length=10, choices=[(f, f) for f in Fate])
    complaint = models.ForeignKey("casework.Complaint", models.CASCADE, null=True, related_name="+")
    code = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="import_row_once", fields=["sheet", "number"]),
            models.UniqueConstraint(
                name="import_row_filed_once", fields=["key"], condition=Q(fate=Fate.FILED)
            ),
        ]


class ImportLayout(models.Model):
    """How sheets with these headings were read last; the next one begins with it."""

    layout = models.CharField(max_length=16)
    reading = models.JSONField()
    by = models.ForeignKey("directory.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="layout_read_once", fields=["layout"])]
