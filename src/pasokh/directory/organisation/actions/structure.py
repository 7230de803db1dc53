"""The organisation and its units."""

from datetime import datetime
from typing import TypedDict, Unpack
from zoneinfo import available_timezones

from django.db import transaction

from pasokh.directory.organisation import events, queries
from pasokh.directory.organisation.actions.bracket import (
    allow,
    alone,
    change,
    known_language,
    named,
    put,
    take_unit,
    tell,
    unless_taken,
    valid_address,
    words,
)
from pasokh.directory.organisation.models import Organisation, Unit
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual

CONFIGURE = "organisation.configure"


class Particulars(TypedDict, total=False):
    """What the organisation says of itself; only what is given is changed."""

    name: Bilingual
    default_language: str
    time_zone: str
    mailbox: str
    telephone: str
    address: Bilingual
    opening_hours: Bilingual
    signatory_name: Bilingual
    signatory_post: Bilingual
    demo: bool


@transaction.atomic
def describe_organisation(
    *, by: Actor, at: datetime, **particulars: Unpack[Particulars]
) -> Organisation:
    """Say who the organisation is; the first time, with its name."""
    allow(CONFIGURE, by, unit=None)
    _check(particulars)
    alone("organisation")
    organisation = Organisation.objects.first()
    if organisation is None and "name" not in particulars:
        raise Refused("name-missing")
    organisation = organisation or Organisation(name=Bilingual("", ""))
    if told := change(organisation, particulars):
        event = events.OrganisationDescribed(changed=tuple(told))
        put(organisation, event, by=by, at=at, private=told)
    return organisation


@transaction.atomic
def add_unit(
    code: str, *, name: Bilingual, parent_id: int | None = None, by: Actor, at: datetime
) -> Unit:
    """Add a unit, under another or at the top; its code stays its own for ever."""
    allow(CONFIGURE, by, unit=parent_id)
    named(name)
    if parent_id is not None:
        take_unit(parent_id)
    with unless_taken("unit-code-taken", unit_code=code):
        unit = Unit.objects.create(code=code, name=name, parent_id=parent_id)
    event = events.UnitAdded(code=code, parent=parent_id)
    tell(unit, event, by=by, at=at, private={"name": words(name)})
    return unit


@transaction.atomic
def rename_unit(unit_id: int, *, name: Bilingual, by: Actor, at: datetime) -> Unit:
    """Give a unit another name; old and new are kept."""
    allow(CONFIGURE, by, unit=unit_id)
    named(name)
    unit = take_unit(unit_id)
    if told := change(unit, {"name": name}):
        put(unit, events.UnitRenamed(), by=by, at=at, private=told)
    return unit


@transaction.atomic
def move_unit(unit_id: int, *, parent_id: int | None, by: Actor, at: datetime) -> Unit:
    """Put a unit, with all below it, under another or at the top; never under itself."""
    allow(CONFIGURE, by, unit=unit_id)
    allow(CONFIGURE, by, unit=parent_id)
    alone("units")
    unit, before = take_unit(unit_id), queries.subtree(unit_id)
    if parent_id is not None and take_unit(parent_id).pk in before:
        raise Refused("unit-in-itself", unit=unit_id, parent=parent_id)
    if told := change(unit, {"parent_id": parent_id}):
        [old, new] = told["parent_id"]
        put(unit, events.UnitMoved(before=old, after=new), by=by, at=at)
    return unit


@transaction.atomic
def retire_unit(unit_id: int, *, by: Actor, at: datetime) -> Unit:
    """Take a unit out of use; its files, its people's history and its code stay."""
    allow(CONFIGURE, by, unit=unit_id)
    alone("units")
    unit = take_unit(unit_id)
    if unit.children.filter(retired_at=None).exists():
        raise Refused("unit-has-units", unit_code=unit.code)
    if unit.staff.exclude(active_until__lte=at).exists():
        raise Refused("unit-has-staff", unit_code=unit.code)
    unit.retired_at = at
    put(unit, events.UnitRetired(), by=by, at=at)
    return unit


@transaction.atomic
def restore_unit(unit_id: int, *, by: Actor, at: datetime) -> Unit:
    """Take a retired unit into use again, where it stood."""
    allow(CONFIGURE, by, unit=unit_id)
    alone("units")
    unit = Unit.objects.select_for_update(no_key=True).filter(pk=unit_id).first()
    if unit is None or unit.retired_at is None:
        raise Refused("unit-not-retired", unit=unit_id)
    if unit.parent_id is not None:
        take_unit(unit.parent_id)
    unit.retired_at = None
    put(unit, events.UnitRestored(), by=by, at=at)
    return unit


def _check(particulars: Particulars) -> None:
    if strange := particulars.keys() - Particulars.__annotations__.keys():
        raise TypeError(f"an organisation has no {', '.join(sorted(strange))}")
    if "name" in particulars:
        named(particulars["name"])
    if "default_language" in particulars:
        known_language(particulars["default_language"])
    if mailbox := particulars.get("mailbox"):
        particulars["mailbox"] = valid_address(mailbox)
    if (zone := particulars.get("time_zone", "UTC")) not in available_timezones():
        raise Refused("time-zone-unknown", zone=zone)
