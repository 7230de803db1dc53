"""Sign-ins and their passwords; one place judges a password.

A password that somebody else gave is known to two, so its owner has to choose their own at the
first sign-in: `User.password_given` says so.
"""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from pasokh.directory.organisation import events
from pasokh.directory.organisation.actions.bracket import (
    allow,
    put,
    take_staff,
    tell,
    unless_taken,
    valid_address,
)
from pasokh.directory.organisation.models import Staff, User
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused

MANAGE = "staff.manage"


def sign_in(email: str, password: str | None) -> User:
    """Make a sign-in; without a password it opens only by a new one.

    Refused: `address-invalid`, `address-taken`, `password-weak`.
    """
    user = User(email=valid_address(email).lower())
    if password is not None:
        _check(password, user)
    user.set_password(password)
    with unless_taken("address-taken", address=user.email):
        user.save()
    return user


@transaction.atomic
def give_sign_in(
    staff_id: int,
    *,
    email: str,
    password: str | None = None,
    to_change: bool = True,
    by: Actor,
    at: datetime,
) -> User:
    """Let a colleague sign in, with a password to begin with or, without one, not yet.

    Only the accounts of a demonstration need not change theirs: everybody is to know it.
    """
    allow(MANAGE, by, unit=None)
    staff = take_staff(staff_id, at)
    if staff.user_id is not None:
        raise Refused("has-sign-in", staff=staff_id)
    staff.user = sign_in(email, password)
    staff.user.password_given = to_change
    staff.user.save()
    event = events.SignInGiven(user=staff.user.pk)
    put(staff, event, by=by, at=at, private={"address": staff.user.email})
    return staff.user


@transaction.atomic
def renew_password(staff_id: int, *, password: str, by: Actor, at: datetime) -> User:
    """Give a colleague a new password to begin with; the old one opens nothing any more."""
    allow(MANAGE, by, unit=None)
    staff = take_staff(staff_id, at)
    user = _user_of(staff)
    _set(user, password, given=True)
    tell(staff, events.PasswordRenewed(), by=by, at=at)
    return user


@transaction.atomic
def choose_password(*, present: str, password: str, by: Actor, at: datetime) -> User:
    """Choose one's own password, known to nobody else."""
    if by.kind is not Kind.STAFF:
        raise Refused("not-authorised")
    staff = take_staff(int(by.id), at)
    user = _user_of(staff)
    if not user.check_password(present):
        raise Refused("password-wrong")
    if present == password:
        raise Refused("password-same")
    _set(user, password, given=False)
    tell(staff, events.PasswordChosen(), by=by, at=at)
    return user


def _user_of(staff: Staff) -> User:
    if staff.user is None:
        raise Refused("no-sign-in", staff=staff.pk)
    return staff.user


def _set(user: User, password: str, *, given: bool) -> None:
    _check(password, user)
    user.set_password(password)
    user.password_given = given
    user.save()


def _check(password: str, user: User) -> None:
    """Refuse a password that is too short, too common or too like the address."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        faults = sorted(fault.code or "" for fault in error.error_list)
        raise Refused("password-weak", faults=faults) from None
