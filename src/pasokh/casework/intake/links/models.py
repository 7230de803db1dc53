"""Links that were mailed. Nothing here opens anything: only keyed hashes are kept."""

from django.db import models

from pasokh.casework.intake.links.terms import Purpose


class MailedLink(models.Model):
    """One link in one mail: it does one thing, once, for a time.

    `number_hash` is of the number that stands beside the link, for those who read their mail on
    another machine; `tries` counts the wrong ones typed while it worked.
    """

    purpose = models.CharField(max_length=10, choices=[(p, p) for p in Purpose])
    complaint = models.ForeignKey("casework.Complaint", models.CASCADE, related_name="+")
    to = models.ForeignKey("directory.ContactPoint", models.CASCADE, related_name="+")
    token_hash = models.BinaryField(max_length=32, unique=True)
    number_hash = models.BinaryField(max_length=32)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="mailed_link_by_end")]
