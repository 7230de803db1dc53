"""Certificates of the office's own, with which its mail is signed and opened (S/MIME)."""

from django.db import models


class MailCertificate(models.Model):
    """One certificate (RFC 5280) with its key. `chain` is PEM: our own first, then who vouches.

    The newest that has not ended signs. Each opens what was encrypted to it until it is retired;
    then its key is forgotten. While `encrypts`, letters are encrypted to whoever has a certificate.
    """

    fingerprint = models.CharField(max_length=64)
    name = models.CharField(max_length=300)
    issuer = models.CharField(max_length=200)
    addresses = models.JSONField(default=list)
    chain = models.TextField()
    sealed = models.BinaryField()
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    encrypts = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="certificate_once",
                fields=["fingerprint"],
                condition=models.Q(retired_at=None),
            )
        ]

    @property
    def subject(self) -> str:
        """The name of this certificate in the ledger."""
        return f"mail-certificate:{self.pk}"
