"""Units, staff, roles and calendars. Written only by `actions`; read through `queries`."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from pasokh.directory.organisation.roles import Role
from pasokh.kernel.fields import Bilingual, BilingualField

LANGUAGES = [("fa", "fa"), ("en", "en")]
ROLES = [(role.value, role.value) for role in Role]


def unwritten() -> Bilingual:
    """A text that nobody has written yet."""
    return Bilingual("", "")


class Users(BaseUserManager["User"]):
    """Finds sign-ins; an address is one address, however its letters are written."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find the sign-in for an address as somebody typed it."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A sign-in, and nothing else: what a person may do hangs on `Staff`.

    `email` is kept in small letters. There is no superuser, so no `create_superuser`.
    `password_given` says that somebody else gave the password: its owner has to change it.
    """

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    password_given = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Users()


class Organisation(models.Model):
    """The organisation that runs this installation: one row, and never a second."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = BilingualField()
    default_language = models.CharField(max_length=2, choices=LANGUAGES, default="fa")
    time_zone = models.CharField(max_length=64, default="UTC")
    mailbox = models.EmailField(blank=True)
    telephone = models.CharField(max_length=60, blank=True)
    address = BilingualField(blank=True, default=unwritten)
    opening_hours = BilingualField(blank=True, default=unwritten)
    signatory_name = BilingualField(blank=True, default=unwritten)
    signatory_post = BilingualField(blank=True, default=unwritten)
    demo = models.BooleanField(default=False)

    subject = "organisation"

    class Meta:
        constraints = [models.CheckConstraint(name="one_organisation", condition=Q(id=1))]


class Unit(models.Model):
    """A part of the organisation: branch, department, team."""

    code = models.CharField(max_length=40, unique=True)
    name = BilingualField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="unit_not_in_itself", condition=~Q(parent=F("id")))
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def subject(self) -> str:
        """The name of this unit in the ledger."""
        return f"unit:{self.pk}"


class Staff(models.Model):
    """A colleague. `id` is the id they act under; `number` is the organisation's own."""

    user = models.OneToOneField(User, models.PROTECT, null=True, related_name="staff")
    number = models.CharField(max_length=40, unique=True)
    name = BilingualField()
    post = BilingualField(blank=True, default=unwritten)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="staff")
    line_manager = models.ForeignKey("self", models.PROTECT, null=True, related_name="reports")
    language = models.CharField(max_length=2, choices=LANGUAGES, default="fa")
    active_from = models.DateTimeField()
    active_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="staff_not_own_manager", condition=~Q(line_manager=F("id")))
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """The name of this colleague in the ledger."""
        return f"staff:{self.pk}"


class RoleAssignment(models.Model):
    """A role held by a colleague in a unit and all below it; without a unit, everywhere.

    Dated, never deleted (ISO 10002:2018, 5.4): who might do what when can always be told.
    """

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=ROLES)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    by = models.CharField(max_length=60)  # an actor's code

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            )
        ]
        indexes = [models.Index(fields=["role", "unit"], name="role_by_unit")]


class SpendingLimit(models.Model):
    """The most a role may promise as a remedy, in a currency's smallest units."""

    role = models.CharField(max_length=20, choices=ROLES)
    currency = models.CharField(max_length=3)
    amount = models.PositiveBigIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_limit", fields=["role", "currency", "unit"], nulls_distinct=False
            )
        ]


class Absence(models.Model):
    """A time in which a colleague takes no files; `deputy` stands in."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="absences")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    deputy = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_begins", condition=Q(until_at__gte=F("from_at"))
            ),
            models.CheckConstraint(name="deputy_is_another", condition=~Q(deputy=F("staff"))),
        ]
        indexes = [models.Index(fields=["staff", "until_at"], name="absence_by_end")]


class WorkingWeek(models.Model):
    """The ordinary week of a unit from a date on; without a unit, of the organisation."""

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    days = models.JSONField()  # Monday to Sunday, each as `hours.dump` writes it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_week_from_a_date", fields=["unit", "valid_from"], nulls_distinct=False
            )
        ]


class Holiday(models.Model):
    """A day not (wholly) worked in a unit and all below it; withdrawn, never deleted.

    A `closure` was announced for the occasion and says nothing of how far ahead the
    holidays are known.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    name = BilingualField()
    source = models.CharField(max_length=200)
    closure = models.BooleanField(default=False)
    hours = models.JSONField(default=list)  # those still worked, as `hours.dump` writes them
    known_from = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "on"], name="holiday_by_day")]


class RegimeBinding(models.Model):
    """Which pack of rules binds a unit and all below it, from when, with which parameters.

    A unit's row without a pack says that the rules of the unit above it bind again.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    pack = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    valid_from = models.DateTimeField()


class SetupLink(models.Model):
    """A one-time way to make the first administrator; its token is known only to its holder."""

    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
