"""The shop of the casework tests with a desk: every colleague can sign in, and the clock stands."""

from collections.abc import Callable, Iterator
from datetime import datetime
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.casework.conftest import HOUR, START, acts, file, shop, terms

from pasokh.directory.organisation.models import User
from pasokh.kernel import clock
from pasokh.policy.taxonomy.models import Term

__all__ = ["acts", "file", "shop", "terms"]

#: Two hours after the first complaint came in.
NOW = START + 2 * HOUR


@pytest.fixture(autouse=True)
def stands() -> Iterator[Callable[[datetime], None]]:
    """The time is what a test says."""
    clock.inject(lambda: NOW)
    yield lambda at: clock.inject(lambda: at)
    clock.inject(None)


@pytest.fixture
def channels(db: None) -> None:
    """The ways by which complaints come."""
    for position, (code, fa, en) in enumerate(
        [("phone", "تلفن", "Telephone"), ("counter", "حضوری", "In person"), ("web", "وب", "Web")]
    ):
        Term.objects.create(kind="channel", code=code, name={"fa": fa, "en": en}, position=position)


@pytest.fixture
def at_desk(shop: SimpleNamespace, channels: None) -> Callable[[str], Client]:
    """A browser in which a colleague, by first name, has signed in."""

    def sign_in(name: str) -> Client:
        staff = shop.staff[name]
        if staff.user is None:
            staff.user = User.objects.create(email=f"{name}@example.org")
            staff.save()
        browser = Client(raise_request_exception=True)
        browser.force_login(staff.user)
        return browser

    return sign_in
