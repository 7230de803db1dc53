"""The gateway that texts leave by, and each text on its way. Knows a case by its id."""

from django.db import models
from django.db.models import Q

from pasokh.casework.correspondence.delivery import Form
from pasokh.casework.texting.states import TextState


class Gateway(models.Model):
    """How texts leave: one row, or none.

    `template` names the wire format, `sealed` holds the credentials as JSON, `report_hash` is the
    keyed hash of the secret in the address to which reports come. `notice_tells` is what
    `states.tells` asks. `per_number` is texts to one number in a day, `per_hour` to all.
    """

    template = models.CharField(max_length=40)
    base = models.CharField(max_length=200, blank=True)
    sender = models.CharField(max_length=40, blank=True)
    sealed = models.BinaryField()
    report_hash = models.BinaryField(max_length=32, null=True)
    notice_tells = models.BooleanField(default=False)
    per_number = models.PositiveSmallIntegerField(default=10)
    per_hour = models.PositiveIntegerField(default=1000)
    used = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_gateway", fields=["used"], condition=Q(used=True)),
        ]


class Text(models.Model):
    """One text to one number.

    `key` is our own id, by which a gateway that knows such ids never sends twice; `their_id` is
    the gateway's. `words` is what was sent, without the secret of a link. A text without a letter
    answers somebody who wrote to us from that number.
    """

    letter = models.ForeignKey("casework.Letter", models.CASCADE, null=True, related_name="texts")
    to = models.ForeignKey("directory.ContactPoint", models.CASCADE, null=True, related_name="+")
    number = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    words = models.TextField(blank=True)
    form = models.CharField(max_length=10, blank=True, choices=[(f, f) for f in Form])
    key = models.CharField(max_length=32)
    their_id = models.CharField(max_length=100, blank=True)
    template = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, choices=[(s, s) for s in TextState])
    segments = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    uncertain_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    asked = models.PositiveSmallIntegerField(default=0)
    ask_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="text_once", fields=["key"])]
        indexes = [
            models.Index(
                fields=["id"],
                name="text_waiting",
                condition=Q(state__in=[TextState.QUEUED, TextState.UNCERTAIN]),
            ),
            models.Index(fields=["id"], name="text_leaving", condition=Q(state=TextState.SENDING)),
            models.Index(fields=["ask_at"], name="text_to_ask", condition=Q(ask_at__isnull=False)),
            models.Index(fields=["their_id"], name="text_by_their_id", condition=~Q(their_id="")),
            models.Index(fields=["number", "sent_at"], name="text_by_number"),
            models.Index(fields=["sent_at"], name="text_by_time"),
        ]
