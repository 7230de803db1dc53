"""Remedies promised and done. Knows a case by its id."""

from django.db import models
from django.db.models import Q


class Remedy(models.Model):
    """One promised remedy, with its owner, its date, the day it was done and the proof (7.7, 7.9).

    `amount` is in the currency's smallest units (ISO 4217). One that an outside body ordered names
    the referral in which it did (ISO 10003:2018).
    """

    complaint = models.ForeignKey("casework.Complaint", models.CASCADE, related_name="remedies")
    stage = models.PositiveSmallIntegerField()
    issue = models.ForeignKey("casework.Issue", models.CASCADE, null=True, related_name="remedies")
    kind = models.ForeignKey("policy.Term", models.PROTECT, related_name="+")
    description = models.TextField(blank=True)
    amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    owner = models.ForeignKey("directory.Staff", models.PROTECT, related_name="+")
    ordered_in = models.ForeignKey(
        "casework.Referral", models.PROTECT, null=True, related_name="orders"
    )
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    proof = models.TextField(blank=True)
    proof_digest = models.CharField(max_length=64, blank=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_amount_has_a_currency",
                condition=Q(amount__isnull=True) | (Q(amount__gte=0) & ~Q(currency="")),
            ),
            models.CheckConstraint(
                name="done_has_proof", condition=Q(done_on__isnull=True) | ~Q(proof="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                name="remedy_owed",
                condition=Q(done_on__isnull=True, dropped_at__isnull=True),
            ),
        ]
