"""Entrances: what they are called, whose unit takes in what comes by them, and their secrets."""

from django.db import models

from pasokh.kernel.fields import BilingualField


class Entrance(models.Model):
    """One entrance. Its `code` stands in addresses and is no secret.

    `origins` are the pages that may hold the form of a site; `key` is what they sign answers
    with, sealed. A tablet is known by `token_hash`; until it is paired that is the hash of its
    link, which works until `pairs_until`. `kind` is one of `terms`.
    """

    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=20)
    name = BilingualField()
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, related_name="+")
    origins = models.JSONField(default=list)
    key = models.BinaryField(null=True)
    token_hash = models.BinaryField(max_length=32, null=True, unique=True)
    pairs_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="entrance_once", fields=["code"])]

    @property
    def subject(self) -> str:
        """Whose chain in the ledger its changes belong to."""
        return f"entrance:{self.pk}"
