"""Programs that speak to us, and their tokens. No token is kept: only keyed hashes are."""

from django.db import models
from django.db.models import Q

from pasokh.directory.clients import terms
from pasokh.kernel.fields import BilingualField


class Client(models.Model):
    """A program outside: what it may do, in which unit and those below it, and how often.

    `grants` are rights of `terms.GRANTABLE`. Without a unit it reaches every unit.
    """

    name = BilingualField()
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, related_name="+")
    grants = models.JSONField(default=list)
    per_minute = models.PositiveIntegerField(default=terms.USUAL_RATE)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    @property
    def subject(self) -> str:
        """The name of this program in the ledger."""
        return f"client:{self.pk}"


class ClientToken(models.Model):
    """One token of a program. `hint` is its end, by which its owner knows it again.

    One for `access` belongs to the token it was got for and ends with it; `grants` are what it was
    asked for, or None for all.
    """

    client = models.ForeignKey(Client, models.CASCADE, related_name="tokens")
    purpose = models.CharField(max_length=10, choices=[(p, p) for p in terms.Purpose])
    token_hash = models.BinaryField(max_length=32, unique=True)
    hint = models.CharField(max_length=8)
    got_for = models.ForeignKey("self", models.CASCADE, null=True, related_name="got")
    grants = models.JSONField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_token_ends",
                condition=Q(purpose=terms.Purpose.KEY)
                | Q(expires_at__isnull=False, got_for__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                name="access_token_by_end",
                condition=Q(purpose=terms.Purpose.ACCESS),
            )
        ]


class ClientUse(models.Model):
    """How often a program called in the minute that began at `since`."""

    client = models.OneToOneField(Client, models.CASCADE, primary_key=True, related_name="use")
    since = models.DateTimeField()
    calls = models.PositiveIntegerField()


class ClientAnswer(models.Model):
    """What a program was answered under a key of its own, so that it is never done twice.

    `key_hash` is of the key, `asked` of what was sent. The answer is sealed with the key, which is
    kept nowhere: it may hold a tracking code.
    """

    client = models.ForeignKey(Client, models.CASCADE, related_name="+", db_index=False)
    key_hash = models.BinaryField(max_length=32)
    asked = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_answer_per_key", fields=["client", "key_hash"])
        ]
        indexes = [models.Index(fields=["made_at"], name="client_answer_by_age")]
