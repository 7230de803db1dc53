"""Matters in the hands of an outside body (ISO 10003:2018)."""

from django.db import models
from django.db.models import Q


class Referral(models.Model):
    """One matter with one outside body, from its beginning to its end."""

    complaint = models.ForeignKey("casework.Complaint", models.CASCADE, related_name="referrals")
    body = models.ForeignKey("policy.OutsideBody", models.PROTECT, related_name="+")
    their_ref = models.CharField(max_length=100, blank=True)
    referred_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    ruling = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_referral_per_body",
                fields=["complaint", "body"],
                condition=Q(ended_at__isnull=True),
            ),
        ]
