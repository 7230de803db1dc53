"""One place that judges a password and makes a sign-in of it."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from pasokh.directory.organisation.actions.bracket import unless_taken, valid_address
from pasokh.directory.organisation.models import User
from pasokh.kernel.errors import Refused


def sign_in(email: str, password: str | None) -> User:
    """Make a sign-in; without a password it opens only by a reset.

    Refused: `address-invalid`, `address-taken`, `password-weak`.
    """
    user = User(email=valid_address(email).lower())
    if password is not None:
        _check(password, user)
    user.set_password(password)
    with unless_taken("address-taken", address=user.email):
        user.save()
    return user


def _check(password: str, user: User) -> None:
    """Refuse a password that is too short, too common or too like the address."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        faults = sorted(fault.code or "" for fault in error.error_list)
        raise Refused("password-weak", faults=faults) from None
