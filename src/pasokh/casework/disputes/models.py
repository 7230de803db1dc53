"""Matters in the hands of an outside body, and what it asks of us (ISO 10003:2018)."""

from django.db import models
from django.db.models import Q


class Referral(models.Model):
    """One matter with one outside body, from its beginning to its end."""

    complaint = models.ForeignKey("casework.Complaint", models.CASCADE, related_name="referrals")
    body = models.ForeignKey("policy.OutsideBody", models.PROTECT, related_name="+")
    their_ref = models.TextField(blank=True)
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


class Inquiry(models.Model):
    """One letter by which an authority asked about a file, and our answer to it.

    `number` and `dated_on` are the authority's own, `number_in` and `number_out` our secretariat's.
    `due_on` is the last day that the authority named, where it named one. An answer that is written
    counts from `answered_at` on, when it left, with its proof. `turn` counts the letters of a file.
    """

    complaint = models.ForeignKey(
        "casework.Complaint", models.CASCADE, related_name="inquiries", db_index=False
    )
    referral = models.ForeignKey(Referral, models.CASCADE, related_name="inquiries")
    turn = models.PositiveSmallIntegerField()
    stage = models.PositiveSmallIntegerField()
    number = models.TextField(blank=True)
    dated_on = models.DateField()
    officer = models.TextField(blank=True)
    asks = models.TextField()
    number_in = models.TextField(blank=True)
    received_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    number_out = models.TextField(blank=True)
    sent_by = models.CharField(max_length=20, blank=True)
    proof = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["turn"]
        constraints = [
            models.UniqueConstraint(name="inquiry_turn_once", fields=["complaint", "turn"]),
            models.CheckConstraint(
                name="inquiry_answered_with_proof",
                condition=Q(answered_at__isnull=True)
                | (~Q(answer="") & ~Q(sent_by="") & ~Q(proof="")),
            ),
        ]
