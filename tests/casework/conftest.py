"""A small shop with a handful of colleagues, built from rows; what happens is done by verbs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.acts import Acts

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.matter import Filing, Matter, NewIssue
from pasokh.casework.complaints.models import Complaint
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.organisation.models import (
    Organisation,
    RegimeBinding,
    RoleAssignment,
    SpendingLimit,
    Staff,
    Unit,
    WorkingWeek,
)
from pasokh.directory.people import actions as people
from pasokh.directory.people.ways import Way as Reach
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.models import Entry
from pasokh.policy.taxonomy.models import OutsideBody, Term

#: A Monday, 09:30 in Tehran.
START = datetime(2026, 5, 4, 6, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

#: Everybody in the shop: the roles they hold, and where (None: everywhere).
CAST: dict[str, tuple[tuple[str, str | None], ...]] = {
    "nima": (("frontline", "tehran"),),
    "reza": (("handler", "tehran"),),
    "leila": (("handler", "tehran"),),
    "mina": (("reviewer", None),),
    "sara": (("manager", "tehran"),),
    "parvin": (("representative", None),),
    "omid": (("top_management", None),),
    "ali": (("auditor", None),),
    "zahra": (("administrator", None),),
    "shirin": (("handler", "shiraz"),),
}


def both(text: str) -> Bilingual:
    return Bilingual(fa=text, en=text)


@pytest.fixture
def shop(db: None) -> SimpleNamespace:
    """The organisation, its units and its colleagues' actors by first name."""
    Organisation.objects.create(name=both("Khaneh"), time_zone="Asia/Tehran")
    head = Unit.objects.create(code="head", name=both("Head office"))
    units = {"head": head} | {
        code: Unit.objects.create(code=code, name=both(code), parent=head)
        for code in ("tehran", "shiraz")
    }
    _working_week()
    RegimeBinding.objects.create(pack="iso10002-2018", valid_from=START - 900 * DAY)
    staff = {name: _colleague(name, roles, units) for name, roles in CAST.items()}
    for role, amount in (("frontline", 2_000_000), ("handler", 50_000_000), ("reviewer", 10**9)):
        SpendingLimit.objects.create(role=role, currency="IRR", amount=amount)
    actors = {name: organisation.actor_for_staff(one.pk, START) for name, one in staff.items()}
    return SimpleNamespace(units=units, staff=staff, **actors)


def _working_week() -> None:
    day = [["08:00", "16:00"]]
    week = [day, day, day, [], [], day, day]  # Thursday and Friday are free
    WorkingWeek.objects.create(valid_from=(START - 900 * DAY).date(), days=week)


def _colleague(
    name: str, roles: tuple[tuple[str, str | None], ...], units: dict[str, Unit]
) -> Staff:
    one = Staff.objects.create(
        number=name, name=both(name), unit=units["tehran"], active_from=START - 900 * DAY
    )
    for role, unit in roles:
        RoleAssignment.objects.create(
            staff=one,
            role=role,
            unit=units[unit] if unit else None,
            valid_from=START - 900 * DAY,
            by="clock:test",
        )
    return one


@pytest.fixture
def terms(db: None) -> SimpleNamespace:
    """A category, a cause and a remedy kind."""
    made = {
        kind: Term.objects.create(kind=kind, code=f"a-{kind}", name=both(kind), position=1)
        for kind in ("category", "cause", "remedy")
    }
    return SimpleNamespace(**{kind: term.pk for kind, term in made.items()})


@pytest.fixture
def file(shop: SimpleNamespace) -> Callable[..., Complaint]:
    """Begin a file taken in by Nima at the counter; anything may be told differently."""

    def begin(*, by: Actor | None = None, at: datetime = START, **changes: Any) -> Complaint:
        filing = Filing(
            matter=Matter(narrative=changes.pop("narrative", "یخچال از روز اول خراب بود.")),
            channel="counter",
            language="fa",
            unit=shop.units["tehran"].pk,
            anonymous=changes.pop("anonymous", True),
            issues=changes.pop("issues", (NewIssue("یخچال خراب"), NewIssue("تأخیر در تحویل"))),
            **changes,
        )
        return actions.receive(filing, received_at=at, by=by or shop.nima, at=at)

    return begin


def complainant(case: Complaint) -> Actor:
    return Actor(Kind.COMPLAINANT, case.ref)


def told(case: Complaint) -> list[str]:
    """The facts of a file in the ledger, in order."""
    entries = Entry.objects.filter(subject=case.subject).order_by("number")
    return list(entries.values_list("event", flat=True))


@pytest.fixture
def acts(shop: SimpleNamespace, terms: SimpleNamespace) -> Acts:
    """Every step as a test may take it."""
    body = OutsideBody.objects.create(
        code="124", name=both("124"), what_for=both("shops"), doubtful=True, position=1
    )
    return Acts(shop, terms, body.pk)


@pytest.fixture
def person(shop):
    """Somebody with a confirmed mailbox and a telephone."""
    one = people.register_person("رضا امینی", language="fa", by=shop.nima, at=START)
    people.add_contact_point(
        one.pk, kind=Reach.EMAIL, value="a@example.org", preferred=True, by=shop.nima, at=START
    )
    people.add_contact_point(one.pk, kind=Reach.PHONE, value="09121234567", by=shop.nima, at=START)
    return one


@pytest.fixture
def named(file, person):
    """A file with a known complainant."""
    return file(anonymous=False, complainant=person.pk)
