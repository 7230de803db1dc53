"""Who is who, and who may what: actors, colleagues and those free to take a file."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

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
from pasokh.kernel.actors import Actor, Kind, Reach
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


def actor_for_user(user: User, at: datetime) -> Actor | None:
    """The actor behind a sign-in, with the rights of this moment; None for no active colleague."""
    return _actor(Staff.objects.filter(user_id=user.pk, user__is_active=True), at)


def actor_for_staff(staff_id: int, at: datetime) -> Actor | None:
    """The actor a colleague is at this moment; None when they are not active."""
    return _actor(Staff.objects.filter(pk=staff_id), at)


def limits_in(staff_id: int, unit_id: int | None, at: datetime) -> dict[str, int]:
    """The most a colleague may promise in a unit, exactly: currency → smallest units.

    `Actor.limits` names no unit, so it holds what is safe in every unit the actor acts in; for
    one whose roles or limits differ from unit to unit, this is the true figure.
    """
    chain = structure.chains([unit_id])[unit_id]
    return limits.in_unit(chain, _held(staff_id, at), _limits())


def spending_limits() -> limits.Limits:
    """The most each role may promise: (role, currency, unit) → smallest units."""
    return _limits()


def holds(staff_id: int, right: str, *, unit: int | None, at: datetime) -> bool:
    """Whether an active colleague holds a right in a unit at this moment."""
    holding = _holding(roles.holders_of(right), unit, at).filter(staff=staff_id)
    return holding.filter(staff__in=_active(at)).exists()


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
    return [_colleague(one) for one in _active(at).select_related("unit").order_by("number")]


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


def _actor(staff: QuerySet[Staff], at: datetime) -> Actor | None:
    found = (staff & _active(at)).values_list("pk", flat=True).first()
    if found is None:
        return None
    held, table = _held(found, at), _limits()
    below = structure.subtrees({unit for _, unit in held if unit is not None})
    grants: dict[str, Reach] = {}
    for role, unit in held:
        for right in roles.rights_of(role):
            reach = None if unit is None else below[unit]
            grants[right] = _wider(grants.get(right, frozenset()), reach)
    chains = structure.chains(limits.places(held, table)).values()
    most = limits.wherever(chains, held, table)
    return Actor(Kind.STAFF, str(found), MappingProxyType(grants), MappingProxyType(most))


def _wider(one: Reach, other: Reach) -> Reach:
    return None if one is None or other is None else one | other


def _in_force(at: datetime) -> Q:
    return Q(valid_from__lte=at) & (Q(valid_until=None) | Q(valid_until__gt=at))


def _active(at: datetime) -> QuerySet[Staff]:
    return Staff.objects.filter(Q(active_until=None) | Q(active_until__gt=at), active_from__lte=at)


def _held(staff_id: int, at: datetime) -> list[limits.Held]:
    held = RoleAssignment.objects.filter(_in_force(at), staff=staff_id)
    return [(Role(role), unit) for role, unit in held.values_list("role", "unit_id")]


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
    )


def _managers_above(staff_ids: list[int]) -> dict[int, int]:
    if not staff_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SENIORITY, [staff_ids])
        return dict(cursor.fetchall())
