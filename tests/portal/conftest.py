"""The shop of the casework tests, with its doors open to the public."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, START, acts, both, shop, terms
from tests.portal.steps import followed

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.organisation.models import Organisation, RoleAssignment
from pasokh.kernel import clock
from pasokh.policy.taxonomy.models import OutsideBody

__all__ = ["acts", "shop", "terms"]


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path / "files"


@pytest.fixture
def portal(shop: SimpleNamespace, terms: SimpleNamespace) -> SimpleNamespace:
    """The shop, as the public finds it."""
    Organisation.objects.update(
        telephone="021 8800 1122",
        mailbox="complaints@example.org",
        opening_hours=both("Saturday to Wednesday, 8 to 16"),
    )
    OutsideBody.objects.create(
        code="line-124",
        name=both("The 124 line"),
        what_for=both("prices"),
        doubtful=True,
        position=1,
    )
    for name, role in (("reza", "handler"), ("sara", "manager")):
        colleague = shop.staff[name]
        RoleAssignment.objects.create(
            staff=colleague, role=role, unit=None, valid_from=START - 900 * DAY, by="clock:test"
        )
        setattr(shop, name, organisation.actor_for_staff(colleague.pk, START))
    return shop


@pytest.fixture
def browser(portal: SimpleNamespace) -> Client:
    return Client()


@pytest.fixture
def still(browser: Client) -> Iterator[None]:
    """The one clock stands still: a slow machine must not wait a pause out."""
    at = clock.now()
    clock.inject(lambda: at)
    yield
    clock.inject(None)


@pytest.fixture
def decided(browser: Client, acts: Acts, portal: SimpleNamespace) -> Callable[..., Complaint]:
    """A complaint filed in the portal and decided, its letter on its way."""

    def decide(second: str = "", **changes: Any) -> Complaint:
        case = followed(browser)
        at = clock.now()
        if second:
            actions.add_issue(case.ref, text=second, by=portal.reza, at=at)
        acts._assess(case, by=portal.reza, at=at)
        promise = acts.promise(case, at, amount=1_500_000, currency="IRR", description="تعویض")
        given = {"promises": [promise], "reasons": "چون حق با شماست"} | changes
        acts._decide(case, by=portal.reza, at=at, **given)
        actions.write(case.ref, kind=LetterKind.DECISION, facts={}, by=portal.reza, at=clock.now())
        case.refresh_from_db()
        return case

    return decide
