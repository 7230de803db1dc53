"""Lists that colleagues took out of the house as files."""

from django.db import models

from pasokh.casework.exports.states import Format, State


class Export(models.Model):
    """One list as one file, for whoever asked for it and for a few days.

    `list` is one of `lists.LISTS`, or `SET_UP`; `filters` narrow it as they stand in its address;
    `rows` is how many lines were expected, `done` how many stand in it.
    """

    by = models.ForeignKey("directory.Staff", models.PROTECT, related_name="+", db_index=False)
    list = models.CharField(max_length=20, default="complaints")
    filters = models.JSONField()
    format = models.CharField(max_length=10, choices=[(f, f) for f in Format])
    mark = models.BooleanField(default=False)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=10, choices=[(s, s) for s in State])
    rows = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    failure = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["by", "-id"], name="export_by_whom")]

    @property
    def subject(self) -> str:
        """The name of this export in the ledger."""
        return f"export:{self.pk}"
