"""Keys with which the office signs its mail."""

from django.db import models
from django.db.models import Q


class SigningKey(models.Model):
    """One key for one domain (RFC 6376). `public` is what the domain name system is told.

    It signs from `used_from` until `retired_at`; its record must have been published before.
    """

    domain = models.CharField(max_length=253)
    selector = models.CharField(max_length=40)
    public = models.TextField()
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    used_from = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="selector_once", fields=["domain", "selector"]),
            models.UniqueConstraint(
                name="one_key_signs",
                fields=["domain"],
                condition=Q(used_from__isnull=False, retired_at=None),
            ),
        ]

    @property
    def subject(self) -> str:
        """The name of this key in the ledger."""
        return f"signing-key:{self.pk}"

    @property
    def record(self) -> tuple[str, str]:
        """The name and the text of the TXT record that lets others check the signature."""
        name = f"{self.selector}._domainkey.{self.domain}"
        return name, f"v=DKIM1; k=rsa; p={self.public}"
