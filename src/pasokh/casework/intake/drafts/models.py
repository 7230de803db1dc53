"""What somebody is still writing, and how often somebody knocked. Nothing here is readable."""

from django.db import models


class Draft(models.Model):
    """What somebody is writing, sealed under a key that only their browser holds.

    `token_hash` finds it, `sealed` is AES-GCM, `number` is the source id of what is filed from
    it. After filing, `sealed` holds only reference and tracking code, for one hour. `address` is
    a keyed hash, for the quotas alone.
    """

    number = models.UUIDField(unique=True)
    token_hash = models.BinaryField(max_length=32, unique=True)
    sealed = models.BinaryField()
    address = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="draft_by_end")]


class StagedFile(models.Model):
    """A file chosen for a draft: where its encrypted bytes are. What it is stands in the draft."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="staged")
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()


class Knocks(models.Model):
    """How often somebody came to one door in a row: `who` is a keyed hash and says nothing."""

    door = models.CharField(max_length=20)
    who = models.BinaryField(max_length=32)
    count = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="knocks_once", fields=["door", "who"])]
        indexes = [models.Index(fields=["last_at"], name="knocks_by_time")]
