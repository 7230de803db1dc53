"""Persons and how to reach them. Written only by `actions.py`; read through `queries.py`."""

from django.db import models
from django.db.models import F, Q

from pasokh.directory.people.terms import Kind
from pasokh.directory.people.ways import Confirmed, Way


class Person(models.Model):
    """Somebody who complains or speaks for one who does. Their words are kept as given."""

    name = models.TextField()
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    language = models.CharField(max_length=2, choices=[("fa", "fa"), ("en", "en")])
    needs = models.JSONField(default=list)  # codes of `Need`
    needs_note = models.TextField(blank=True)
    created_at = models.DateTimeField()

    @property
    def subject(self) -> str:
        """The name of this person in the ledger."""
        return f"person:{self.pk}"


class ContactPoint(models.Model):
    """One way to reach a person: `value` as given, `key` for looking it up.

    `refused_at` is when it was found not to reach them, or they asked not to be reached there;
    `texts_stopped_at` when they asked for no more texts to this number, which may still be called;
    `failing_since` when a mail server first said that it reaches nobody.
    """

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="contact_points", db_index=False
    )
    kind = models.CharField(max_length=10, choices=[(way.value, way.value) for way in Way])
    value = models.TextField()
    key = models.TextField()
    preferred = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_how = models.CharField(
        max_length=10, blank=True, choices=[(how.value, how.value) for how in Confirmed]
    )
    refused_at = models.DateTimeField(null=True)
    texts_stopped_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-preferred", "id"]
        constraints = [
            models.UniqueConstraint(name="contact_point_once", fields=["person", "kind", "key"]),
            models.UniqueConstraint(
                name="one_preferred_contact_point",
                fields=["person"],
                condition=Q(preferred=True),
            ),
            models.CheckConstraint(
                name="confirmation_says_how",
                condition=Q(confirmed_at__isnull=True) | ~Q(confirmed_how=""),
            ),
        ]
        indexes = [models.Index(fields=["key", "kind"], name="contact_point_by_key")]


class Mandate(models.Model):
    """Leave to act for another person, with the digest of the paper that shows it."""

    principal = models.ForeignKey(Person, models.CASCADE, related_name="mandates")
    representative = models.ForeignKey(Person, models.CASCADE, related_name="mandates_held")
    scope = models.TextField()
    evidence = models.CharField(max_length=64, blank=True)  # SHA-256 of the file, in hex
    given_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mandate_for_another", condition=~Q(principal=F("representative"))
            )
        ]
