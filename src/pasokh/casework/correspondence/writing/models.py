"""What a colleague writes by hand: what goes with it, and what is not sent yet."""

from django.db import models

from pasokh.casework.correspondence.models import Letter


class Enclosure(models.Model):
    """A file of the case that goes with a letter; its copies carry the same."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="enclosures", db_index=False)
    attachment = models.ForeignKey("casework.Attachment", models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="enclosed_once", fields=["letter", "attachment"]),
        ]


class Writing(models.Model):
    """What one colleague is writing in one case: there is one, and it outlives every window.

    `letter` is what it became; until that leaves it can be taken back, and the words with it.
    """

    complaint = models.ForeignKey(
        "casework.Complaint", models.CASCADE, related_name="writings", db_index=False
    )
    staff = models.ForeignKey("directory.Staff", models.PROTECT, related_name="+")
    act = models.CharField(max_length=20)
    content = models.JSONField()
    changed_at = models.DateTimeField()
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_writing_each", fields=["complaint", "staff"]),
        ]
