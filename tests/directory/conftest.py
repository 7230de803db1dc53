"""A small organisation and whoever may do everything to it, or nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest

from pasokh.directory.organisation import actions
from pasokh.directory.organisation.models import Staff
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.models import Entry

#: A Monday, 09:30 in Tehran.
NOON = datetime(2026, 5, 4, 6, tzinfo=UTC)

EVERYTHING = ("organisation.configure", "staff.manage", "calendar.configure")


def both(text: str) -> Bilingual:
    return Bilingual(fa=f"{text} فا", en=text)


def acting(*rights: str, unit: int | None = None, number: str = "0") -> Actor:
    """A colleague who holds these rights everywhere, or in one unit alone."""
    reach = None if unit is None else frozenset({unit})
    return Actor(Kind.STAFF, number, MappingProxyType(dict.fromkeys(rights, reach)))


ADMIN = acting(*EVERYTHING)
NOBODY = acting()


def told(subject: str) -> list[str]:
    """The acts on a subject, in their order."""
    return list(
        Entry.objects.filter(subject=subject).order_by("number").values_list("event", flat=True)
    )


def last(subject: str) -> Entry:
    found = Entry.objects.filter(subject=subject).order_by("number").last()
    assert found is not None
    return found


def refusal(act: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """The code with which an act is refused."""
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.code


@pytest.fixture
def units(db: None) -> SimpleNamespace:
    """head ⊃ tehran ⊃ tajrish, head ⊃ shiraz."""
    made: dict[str, int] = {}
    for code, parent in (
        ("head", None),
        ("tehran", "head"),
        ("tajrish", "tehran"),
        ("shiraz", "head"),
    ):
        above = made[parent] if parent else None
        unit = actions.add_unit(code, name=both(code), parent_id=above, by=ADMIN, at=NOON)
        made[code] = unit.pk
    return SimpleNamespace(**made)


@pytest.fixture
def hire(db: None) -> Callable[..., Staff]:
    """Add a colleague with roles, each everywhere or as (role, unit)."""

    def add(number: str, *roles: Any, **changes: Any) -> Staff:
        staff = actions.add_staff(
            number,
            name=both(number),
            post=both("post"),
            **{"by": ADMIN, "at": NOON, **changes},
        )
        for role in roles:
            role, unit = role if isinstance(role, tuple) else (role, None)
            actions.appoint(staff.pk, role, unit_id=unit, by=ADMIN, at=NOON)
        return staff

    return add
