"""The first administrator: made once, through a link that only whoever runs the server sees."""

from datetime import datetime, timedelta

from django.db import transaction

from pasokh.directory.organisation import events, queries
from pasokh.directory.organisation.actions.bracket import (
    alone,
    known_language,
    named,
    tell,
    words,
)
from pasokh.directory.organisation.actions.passwords import sign_in
from pasokh.directory.organisation.models import (
    Organisation,
    RoleAssignment,
    SetupLink,
    Staff,
    User,
    unwritten,
)
from pasokh.directory.organisation.roles import Role
from pasokh.kernel import codes
from pasokh.kernel.actors import clock
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.writer import record

#: A setup link works for a day.
LIFE = timedelta(hours=24)

SETUP = clock("setup")


@transaction.atomic
def open_setup(*, at: datetime) -> str | None:
    """Make the one-time token of a setup link, or None when there is an administrator.

    192 random bits, kept nowhere in clear; it replaces every link that was not used.
    """
    alone("setup")
    if queries.administrator_exists():
        return None
    token = codes.new_token()
    SetupLink.objects.filter(used_at=None).delete()
    link = SetupLink(token_hash=queries.setup_hash(token), made_at=at, expires_at=at + LIFE)
    link.save()
    event = events.SetupOpened(expires_at=link.expires_at)
    record(event, subject=Organisation.subject, by=SETUP, at=at)
    return token


@transaction.atomic
def make_first_administrator(
    token: str, *, email: str, password: str, name: Bilingual, language: str = "fa", at: datetime
) -> Staff:
    """Use a setup link to make the administrator; of two who try at once, one wins.

    A refusal uses nothing up: the link can be tried again until it expires.
    """
    alone("setup")
    link = queries.setup_link(token, at)
    named(name)
    known_language(language)
    user = sign_in(email, password)
    staff = _administrator(user, name, language, at)
    link.used_at = at
    link.save()
    private = {"name": words(name), "address": user.email}
    tell(staff, events.AdministratorMade(staff=staff.pk), by=SETUP, at=at, private=private)
    return staff


def _administrator(user: User, name: Bilingual, language: str, at: datetime) -> Staff:
    staff = Staff.objects.create(
        user=user,
        number=f"admin-{user.pk}",
        name=name,
        post=unwritten(),
        language=language,
        active_from=at,
    )
    RoleAssignment.objects.create(
        staff=staff, role=Role.ADMINISTRATOR, unit=None, valid_from=at, by=SETUP.code
    )
    return staff
