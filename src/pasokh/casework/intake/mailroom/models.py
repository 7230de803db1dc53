"""Our mailboxes, what they told of, and every mail that came in with what became of it."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Lower

from pasokh.casework.intake.mailroom.terms import (
    OUTGOING,
    UNPROVEN,
    Disposition,
    Door,
    Security,
    Signature,
    SignIn,
    Way,
)

_LANGUAGES = [("fa", "fa"), ("en", "en")]


class Mailbox(models.Model):
    """An address of ours at which people write to us, and how its mail comes in.

    Of one that is fetched, `uid_validity` and `last_uid` say how far: mail up to `last_uid` is
    kept here; up to `told_uid` the server has told of it. `trouble` are the last words of a server
    that let us not in; `looked_at` is when it last did.
    """

    address = models.EmailField()
    unit = models.ForeignKey(
        "directory.Unit", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    language = models.CharField(max_length=2, choices=_LANGUAGES)
    way = models.CharField(max_length=10, choices=[(way, way) for way in Way])
    trusted = models.CharField(max_length=200, blank=True)
    host = models.CharField(max_length=253, blank=True)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=10, choices=[(each, each) for each in Security])
    sign_in = models.CharField(max_length=10, choices=[(each, each) for each in SignIn])
    user = models.CharField(max_length=254, blank=True)
    secret = models.BinaryField(null=True)
    folder = models.CharField(max_length=200, default="INBOX")
    old_mail = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)

    uid_validity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    told_uid = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("address"), name="one_mailbox_per_address")]

    def __str__(self) -> str:
        return self.address

    @property
    def subject(self) -> str:
        """The name of this mailbox in the ledger."""
        return f"mailbox:{self.pk}"


class MailboxGrant(models.Model):
    """What a mail provider granted us for one mailbox (RFC 6749): where and as whom a refresh token
    is exchanged, and the token that was got for it, as long as it lasts. All three are sealed.

    The one without a mailbox is for the server by which letters leave. That server is left alone
    until `rests_until` when it would not let us in.
    """

    mailbox = models.OneToOneField(Mailbox, models.CASCADE, null=True, related_name="grant")
    token_url = models.CharField(max_length=2000)
    client_id = models.CharField(max_length=300)
    scope = models.CharField(max_length=1000, blank=True)
    client_secret = models.BinaryField()
    refresh_token = models.BinaryField()
    access_token = models.BinaryField(null=True)
    access_until = models.DateTimeField(null=True)
    given_at = models.DateTimeField()
    rests_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(Coalesce("mailbox", Value(0)), name="one_grant_for_each")
        ]

    @property
    def owner(self) -> str:
        """Whom its secrets are sealed for."""
        return str(self.mailbox_id or OUTGOING)


class Listing(models.Model):
    """One look into a mailbox that told of new mail: how many, and by which numbers.

    `gone` counts those that somebody took away before they could be fetched.
    """

    mailbox = models.ForeignKey(Mailbox, models.PROTECT, db_index=False, related_name="+")
    uid_validity = models.BigIntegerField()
    first_uid = models.BigIntegerField()
    last_uid = models.BigIntegerField()
    many = models.PositiveIntegerField()
    gone = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["mailbox", "last_uid"], name="listing_by_uid"),
            models.Index(fields=["at"], name="listing_by_day"),
        ]


class Mail(models.Model):
    """One mail as it came in: its bytes by digest, and the one thing that became of it.

    Until it is sorted its `disposition` is empty. `sent_from` and `sent_to` are the servers'
    words beside the mail, `sender` and the rest what stands in it. `likeness` is equal for copies
    of one mail. What it says is kept here (`words`, `files`) unless it stands in a file; `rest` is
    what was folded away of it, quotations and signatures.
    """

    mailbox = models.ForeignKey(Mailbox, models.PROTECT, db_index=False, related_name="+")
    unit = models.ForeignKey("directory.Unit", models.PROTECT, db_index=False, related_name="+")
    listing = models.ForeignKey(Listing, models.PROTECT, null=True, related_name="mails")
    door = models.CharField(max_length=10, choices=[(door, door) for door in Door])
    uid_validity = models.BigIntegerField(null=True)
    uid = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    sent_from = models.CharField(max_length=320, null=True)
    sent_to = models.CharField(max_length=320)
    received_at = models.DateTimeField()
    kept_at = models.DateTimeField()

    disposition = models.CharField(
        max_length=20, blank=True, choices=[(each, each) for each in Disposition]
    )
    reason = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    sorted_at = models.DateTimeField(null=True)
    sorted_by = models.CharField(max_length=60, blank=True)  # an actor's code
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)
    complaint = models.ForeignKey("casework.Complaint", models.PROTECT, null=True, related_name="+")

    sender = models.CharField(max_length=320, blank=True)
    domain = models.CharField(max_length=255, blank=True)
    sender_name = models.TextField(blank=True)
    heading = models.TextField(blank=True)
    message_id = models.CharField(max_length=250, blank=True)
    likeness = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=2, blank=True)
    words = models.TextField(blank=True)
    rest = models.TextField(blank=True)
    files = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="mail_fetched_once",
                fields=["mailbox", "uid_validity", "uid"],
                condition=Q(uid__isnull=False),
            ),
            models.UniqueConstraint(
                name="mail_handed_over_once",
                fields=["digest", "sent_to"],
                condition=Q(uid__isnull=True),
            ),
            models.CheckConstraint(
                name="mail_filed_has_a_file",
                condition=~Q(disposition__in=sorted(("complaint", "answer")))
                | Q(complaint__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["tries", "id"], name="mail_to_sort", condition=Q(disposition="")),
            models.Index(fields=["disposition", "-id"], name="mail_by_disposition"),
            models.Index(fields=["domain", "kept_at"], name="mail_by_domain"),
            models.Index(fields=["likeness"], name="mail_by_likeness"),
            models.Index(fields=["message_id"], name="mail_by_message_id"),
            models.Index(fields=["kept_at"], name="mail_by_day"),
            models.Index(
                Lower("sender"),
                name="mail_signed_by",
                condition=Q(facts__signature=str(Signature.VALID)),
            ),
        ]

    @property
    def subject(self) -> str:
        """The name of this mail in the ledger."""
        return f"mail:{self.pk}"

    @property
    def unverified(self) -> bool:
        """Whether its sender was looked into and could not be verified."""
        return self.facts.get("checked") in UNPROVEN


class MailReading(models.Model):
    """Who read what of a mail and when: as of a file, apart from what was done with it."""

    mail = models.ForeignKey(Mail, models.CASCADE, db_index=False, related_name="readings")
    actor = models.CharField(max_length=60)  # an actor's code
    what = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["mail", "at"], name="mail_reading_by_time")]
