"""The codes by which complainants follow their files."""

from django.db import models
from django.db.models import Q


class AccessCode(models.Model):
    """A tracking code, kept only as a keyed hash; a replaced one stays, and opens nothing.

    What was split off from a file is opened by the code of that file, too.
    """

    complaint = models.ForeignKey(
        "casework.Complaint", models.CASCADE, related_name="codes", db_index=False
    )
    code_hash = models.BinaryField(max_length=32, db_index=True)
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_code_at_a_time",
                fields=["complaint"],
                condition=Q(replaced_at__isnull=True),
            ),
        ]
