"""Who is who, and who may what: actors, colleagues and those free to take a file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from pasokh.directory.organisation import limits, roles
from pasokh.directory.organisation.models import (
    Absence,
    RoleAssignment,
    SpendingLimit,
    Staff,
    User,
)
from pasokh.directory.organisation.queries import structure
from pasokh.directory.organisation.roles import Role
from pasokh.kernel import rows
from pasokh.kernel.actors import Actor, Kind, Reach
from pasokh.kernel.configuration import held, kept
from pasokh.kernel.fields import Bilingual

_LINE = """
WITH RECURSIVE line(id) AS (
    SELECT %s::bigint
    UNION
    SELECT boss.line_manager_id FROM directory_staff boss JOIN line ON boss.id = line.id
    WHERE boss.line_manager_id IS NOT NULL
)
SELECT id FROM line
"""

_SENIORITY = """
WITH RECURSIVE line(root, manager, above) AS (
    SELECT id, line_manager_id, 0 FROM directory_staff WHERE id = ANY(%s)
    UNION ALL
    SELECT line.root, boss.line_manager_id, above + 1
    FROM directory_staff boss JOIN line ON boss.id = line.manager
)
SELECT root, max(above) FROM line GROUP BY root
"""


@dataclass(frozen=True)
class Colleague:
    """A colleague as others see them in a list."""

    id: int
    number: str
    name: Bilingual
    post: Bilingual
    unit: int | None
    unit_name: Bilingual | None
    language: str
    line_manager: int | None = None
    signs_in: bool = False
    active_until: datetime | None = None


@dataclass(frozen=True)
class _Hired:
    """A colleague with every role they ever held."""

    id: int
    active_from: datetime
    active_until: datetime | None
    roles: tuple[RoleAssignment, ...]

    def active(self, at: datetime) -> bool:
        return _within(at, self.active_from, self.active_until)

    def held(self, at: datetime) -> list[limits.Held]:
        """The roles in force at an instant, each with its unit."""
        return [
            (Role(one.role), one.unit_id)
            for one in self.roles
            if _within(at, one.valid_from, one.valid_until)
        ]


def sign_in_of(user_id: int) -> User | None:
    """The sign-in with an id, if it may be used: a row of one's own, of what is kept of it."""
    told = _sign_in(user_id)
    return rows.loaded(User, told) if told else None


@kept
def _sign_in(user_id: int) -> Mapping[str, Any] | None:
    return User.objects.filter(pk=user_id, is_active=True).values().first()


@held()
def actor_for_user(user: User, at: datetime) -> Actor | None:
    """The actor behind a sign-in, with the rights of this moment; None for no active colleague."""
    return _actor(_signed_in(user.pk), at) if user.is_active else None


@held()
def actor_for_staff(staff_id: int, at: datetime) -> Actor | None:
    """The actor a colleague is at this moment; None when they are not active."""
    return _actor(_hired(staff_id), at)


@held()
def limits_in(staff_id: int, unit_id: int | None, at: datetime) -> dict[str, int]:
    """The most a colleague may promise in a unit: currency → smallest units."""
    chain = structure.chains([unit_id])[unit_id]
    hired = _hired(staff_id)
    return limits.in_unit(chain, hired.held(at) if hired else [], _limits())


def spending_limits() -> limits.Limits:
    """The most each role may promise: (role, currency, unit) → smallest units."""
    return dict(_limits())


def holds(staff_id: int, right: str, *, unit: int | None, at: datetime) -> bool:
    """Whether an active colleague holds a right in a unit at this moment."""
    actor = actor_for_staff(staff_id, at)
    return actor is not None and actor.may(right, unit=unit)


def people_with(right: str, unit_id: int | None, at: datetime) -> list[Colleague]:
    """Active colleagues who hold a right in a unit, by number; KeyError for an unknown right."""
    return _colleagues(_holding(roles.holders_of(right), unit_id, at), at)


def staff_free_to_take(
    right: str, unit_id: int | None, at: datetime, excluding: Collection[int] = frozenset()
) -> list[Colleague]:
    """Those who hold a right in a unit, are not absent and are not among the excluded."""
    away = Absence.objects.filter(from_at__lte=at, until_at__gt=at).values("staff")
    holding = _holding(roles.holders_of(right), unit_id, at)
    return _colleagues(holding.exclude(staff__in=away).exclude(staff__in=excluding), at)


def most_senior(excluding: Collection[int], unit_id: int | None, at: datetime) -> Colleague | None:
    """The most senior colleague who may decide in a unit and is not excluded, or None.

    Top management comes first, then whoever has the fewest line managers above them.
    """
    deciding = [
        one for one in people_with("complaint.decide", unit_id, at) if one.id not in excluding
    ]
    top = set(_holding({Role.TOP_MANAGEMENT}, unit_id, at).values_list("staff_id", flat=True))
    above = _managers_above([one.id for one in deciding])
    return min(deciding, key=lambda one: (one.id not in top, above[one.id], one.id), default=None)


def stand_in(staff_id: int, at: datetime) -> int | None:
    """Who stands in for a colleague: themselves when present, else the first deputy who is."""
    absences = Absence.objects.filter(from_at__lte=at, until_at__gt=at).order_by("pk")
    deputies = dict(absences.values_list("staff_id", "deputy_id"))
    seen: set[int] = set()
    present: int | None = staff_id
    while present in deputies and present not in seen:
        seen.add(present)
        present = deputies[present]
    if present is None or present in seen or not _active(at).filter(pk=present).exists():
        return None
    return present


def line_above(staff_id: int) -> frozenset[int]:
    """A colleague, their line manager and so on up."""
    with connection.cursor() as cursor:
        cursor.execute(_LINE, [staff_id])
        return frozenset(one for (one,) in cursor.fetchall())


def colleagues(at: datetime) -> list[Colleague]:
    """Every active colleague, by number."""
    return [one for active_from, one in _everyone() if _within(at, active_from, one.active_until)]


def everyone() -> list[Colleague]:
    """Every colleague there ever was, those who left too, by number."""
    return [one for _active_from, one in _everyone()]


@kept
def staff_names() -> Mapping[int, Bilingual]:
    """What every colleague there ever was is called, by id."""
    return {one.id: one.name for one in everyone()}


def address_of(staff_id: int) -> str:
    """The address a colleague signs in with; empty when they cannot sign in."""
    found = User.objects.filter(staff=staff_id).values_list("email", flat=True).first()
    return found or ""


def absences(staff_id: int) -> list[Absence]:
    """When a colleague was, is and will be away, the latest first, each with who stands in."""
    away = Absence.objects.filter(staff=staff_id).select_related("deputy")
    return list(away.order_by("-from_at", "-pk"))


def assignments(staff_id: int) -> list[RoleAssignment]:
    """Every role a colleague ever held, the newest first."""
    held = RoleAssignment.objects.filter(staff=staff_id).select_related("unit")
    return list(held.order_by("-valid_from", "-pk"))


def lasting_administrators() -> QuerySet[RoleAssignment]:
    """Appointments as administrator that reach everywhere, have no end, and can be signed in to."""
    return RoleAssignment.objects.filter(
        role=Role.ADMINISTRATOR,
        unit=None,
        valid_until=None,
        staff__active_until=None,
        staff__user__is_active=True,
    )


def administrator_exists() -> bool:
    """Whether somebody can set the organisation up; once true, the verbs keep it true."""
    return lasting_administrators().exists()


def _actor(hired: _Hired | None, at: datetime) -> Actor | None:
    if hired is None or not hired.active(at):
        return None
    held = hired.held(at)
    below = structure.subtrees({unit for _, unit in held if unit is not None})
    grants: dict[str, Reach] = {}
    for role, unit in held:
        for right in roles.rights_of(role):
            reach = None if unit is None else below[unit]
            grants[right] = _wider(grants.get(right, frozenset()), reach)
    return Actor(Kind.STAFF, str(hired.id), MappingProxyType(grants))


def _wider(one: Reach, other: Reach) -> Reach:
    return None if one is None or other is None else one | other


def _within(at: datetime, begins: datetime, ends: datetime | None) -> bool:
    return begins <= at and (ends is None or at < ends)


def _in_force(at: datetime) -> Q:
    return Q(valid_from__lte=at) & (Q(valid_until=None) | Q(valid_until__gt=at))


def _active(at: datetime) -> QuerySet[Staff]:
    return Staff.objects.filter(Q(active_until=None) | Q(active_until__gt=at), active_from__lte=at)


@kept
def _hired(staff_id: int) -> _Hired | None:
    return _found(Staff.objects.filter(pk=staff_id))


@kept
def _signed_in(user_id: int) -> _Hired | None:
    return _found(Staff.objects.filter(user=user_id))


def _found(staff: QuerySet[Staff]) -> _Hired | None:
    one = staff.first()
    if one is None:
        return None
    return _Hired(one.pk, one.active_from, one.active_until, tuple(one.roles.all()))


@kept
def _limits() -> limits.Limits:
    rows = SpendingLimit.objects.values_list("role", "currency", "unit_id", "amount")
    return {(Role(role), currency, unit): amount for role, currency, unit, amount in rows}


def _holding(held: Collection[Role], unit_id: int | None, at: datetime) -> QuerySet[RoleAssignment]:
    above = [unit for unit in structure.chains([unit_id])[unit_id] if unit is not None]
    reaching = Q(unit=None) | Q(unit__in=above)
    return RoleAssignment.objects.filter(_in_force(at), reaching, role__in=held)


def _colleagues(holding: QuerySet[RoleAssignment], at: datetime) -> list[Colleague]:
    staff = _active(at).filter(pk__in=holding.values("staff")).select_related("unit")
    return [_colleague(one) for one in staff.order_by("number")]


@kept
def _everyone() -> tuple[tuple[datetime, Colleague], ...]:
    staff = Staff.objects.select_related("unit").order_by("number")
    return tuple((one.active_from, _colleague(one)) for one in staff)


def _colleague(staff: Staff) -> Colleague:
    return Colleague(
        staff.pk,
        staff.number,
        staff.name,
        staff.post,
        staff.unit_id,
        staff.unit.name if staff.unit else None,
        staff.language,
        staff.line_manager_id,
        staff.user_id is not None,
        staff.active_until,
    )


def _managers_above(staff_ids: list[int]) -> dict[int, int]:
    if not staff_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SENIORITY, [staff_ids])
        return dict(cursor.fetchall())
