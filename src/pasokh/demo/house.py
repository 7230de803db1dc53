"""The organisation of the demonstration, set up by the verbs of set-up."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db import connection

from pasokh.casework.intake.mailroom import actions as boxes
from pasokh.demo.data import Data, read
from pasokh.demo.hours import TEHRAN
from pasokh.directory.organisation import actions, holidays, queries
from pasokh.directory.organisation.calendar import Hours, instant
from pasokh.directory.organisation.roles import Role
from pasokh.kernel.actors import Actor, clock
from pasokh.kernel.clock import now
from pasokh.kernel.fields import Bilingual
from pasokh.policy.taxonomy import actions as taxonomy
from pasokh.policy.taxonomy import queries as lists
from pasokh.policy.taxonomy.kinds import Kind

PACK = "iso10002-2018"
#: What every demonstration account opens with. It protects nothing: all of it is invented.
PASSWORD = "pasokh-demo-10002"  # noqa: S105  printed for everybody
MAIL_DOMAIN = "hirmand.example"
#: Who hands mail over, and whose word on senders is believed.
SERVER = "mx.hirmand.example"

#: Who sets the house up before anybody works there.
FOUNDER = clock(
    "demo",
    *("organisation.configure", "taxonomy.configure", "staff.manage", "calendar.configure"),
)

_DAY: Hours = ((time(8), time(17)),)
_SHORT: Hours = ((time(8), time(13)),)
#: Monday first: Thursday is short, Friday free.
WEEK: tuple[Hours, ...] = (_DAY, _DAY, _DAY, _SHORT, (), _DAY, _DAY)


@dataclass(frozen=True)
class House:
    """What a story needs of the organisation: ids of units, colleagues and terms by their code."""

    units: Mapping[str, int]
    staff: Mapping[str, int]
    terms: Mapping[tuple[Kind, str], int]
    bodies: Mapping[str, int]

    def actor(self, key: str, at: datetime) -> Actor:
        """A colleague as they may act at this moment."""
        actor = queries.actor_for_staff(self.staff[key], at)
        if actor is None:
            raise LookupError(key)
        return actor


@dataclass(frozen=True)
class Account:
    """One sign-in of the demonstration, as it is printed."""

    name: Bilingual
    roles: tuple[Role, ...]
    unit: Bilingual
    email: str


def found(at: datetime, until: date) -> House:
    """Set the organisation up at an instant, with the holidays known until a date."""
    told = read("house")
    words = {key: _both(value) for key, value in told["organisation"].items() if _is_both(value)}
    actions.describe_organisation(
        by=FOUNDER,
        at=at,
        **words,
        mailbox=told["organisation"]["mailbox"],
        telephone=told["organisation"]["telephone"],
        time_zone=TEHRAN.key,
        default_language="fa",
        demo=True,
    )
    units = _units(told["unit"], at)
    _working_time(at, until)
    boxes.add_mailbox(told["organisation"]["mailbox"], trusted=SERVER, by=FOUNDER, at=at)
    actions.bind_regime(PACK, parameters=told["periods"], valid_from=at, by=FOUNDER, at=at)
    taxonomy.plant(by=FOUNDER, at=at)
    _goods(at)
    staff = _staff(told["staff"], units, at)
    for role, amount in told["limits"].items():
        actions.set_limit(Role(role), "IRR", amount=amount, by=FOUNDER, at=at)
    return House(units, staff, _terms(), {body.code: body.pk for body in lists.outside_bodies()})


def accounts() -> tuple[Account, ...]:
    """Everybody who can sign in, first to last."""
    told = read("house")
    units = {unit["code"]: _both(unit["name"]) for unit in told["unit"]}
    return tuple(
        Account(
            name=_both(one["name"]),
            roles=tuple(Role(role[0]) for role in one["roles"]),
            unit=units[one["unit"]],
            email=address(one),
        )
        for one in told["staff"]
        if one["roles"]
    )


def smog(begin: date) -> datetime:
    """The evening in the winter of a year on which a closure is announced for the next day."""
    december = date(begin.year if begin.month < 12 else begin.year + 1, 12, 14)
    tuesday = december + timedelta(days=(1 - december.weekday()) % 7)
    return instant(TEHRAN, tuesday - timedelta(days=1), time(19, 40))


def announce_closure(house: House, at: datetime) -> None:
    """Close everything tomorrow because of the air, as it happens in big cities."""
    tomorrow = at.astimezone(TEHRAN).date() + timedelta(days=1)
    actions.add_closure(
        tomorrow,
        name=Bilingual("تعطیلی به سبب آلودگی هوا", "Closed because of the air"),
        source="اطلاعیهٔ استانداری",
        by=house.actor("eskandari", at),
        at=at,
    )


def absences(begin: date) -> list[tuple[date, Data]]:
    """The holidays of colleagues in a year, by the day on which they begin."""
    return [(begin + timedelta(days=one["after"]), one) for one in read("house")["absence"]]


def report_absence(house: House, one: Data, first: date, at: datetime) -> datetime:
    """Let a colleague say that they will be away, and for how long; return when they are back."""
    back = instant(TEHRAN, first + timedelta(days=one["days"]), time.min)
    actions.report_absence(
        house.staff[one["key"]],
        from_at=at,
        until_at=back,
        deputy_id=house.staff[one["deputy"]],
        by=house.actor(one["key"], at),
        at=at,
    )
    return back


def open_doors(house: House, at: datetime) -> None:
    """Give the accounts their sign-in: the last thing done, so it shows that all was done.

    Two at a time: to make a password hard to guess takes a core for a while.
    """
    with ThreadPoolExecutor(2) as pool:
        list(
            pool.map(
                partial(_open_door, house, at),
                (one for one in read("house")["staff"] if one["roles"]),
            )
        )


def _open_door(house: House, at: datetime, one: Data) -> None:
    try:
        actions.give_sign_in(
            house.staff[one["key"]],
            email=address(one),
            password=PASSWORD,
            to_change=False,
            by=FOUNDER,
            at=at,
        )
    finally:
        connection.close()  # this thread's own


def is_demo() -> bool:
    """Whether the organisation here is a demonstration's."""
    described = queries.organisation()
    return bool(described and described.demo)


def is_whole() -> bool:
    """Whether the making of the demonstration came to its end: every account can sign in."""
    here = {one.number for one in queries.colleagues(now()) if one.signs_in}
    return here >= {one["number"] for one in read("house")["staff"] if one["roles"]}


def address(one: Data) -> str:
    """The address under which a colleague signs in."""
    return f"{one['name']['en'].split()[-1].lower()}@{MAIL_DOMAIN}"


def _units(told: list[Data], at: datetime) -> dict[str, int]:
    made: dict[str, int] = {}
    for one in told:
        parent = made.get(one.get("parent", ""))
        unit = actions.add_unit(
            one["code"], name=_both(one["name"]), parent_id=parent, by=FOUNDER, at=at
        )
        made[one["code"]] = unit.pk
    return made


def _working_time(at: datetime, until: date) -> None:
    first = at.date() - timedelta(days=1)
    actions.set_working_week(WEEK, valid_from=first, by=FOUNDER, at=at)
    offered = holidays.offered("IR", "", range(first.year, until.year + 1))
    actions.add_holidays(offered, by=FOUNDER, at=at)


def _goods(at: datetime) -> None:
    for good in read("goods")["good"]:
        taxonomy.add_term(Kind.PRODUCT, good["kind"], name=_both(good), by=FOUNDER, at=at)


def _staff(told: list[Data], units: Mapping[str, int], at: datetime) -> dict[str, int]:
    made: dict[str, int] = {}
    for one in told:
        colleague = actions.add_staff(
            one["number"],
            name=_both(one["name"]),
            post=_both(one["post"]),
            unit_id=units[one["unit"]],
            line_manager_id=made.get(one.get("boss", "")),
            language=one.get("language", "fa"),
            by=FOUNDER,
            at=at,
        )
        made[one["key"]] = colleague.pk
        for role, *where in one["roles"]:
            unit = units[where[0]] if where else None
            actions.appoint(colleague.pk, Role(role), unit_id=unit, by=FOUNDER, at=at)
    return made


def _terms() -> dict[tuple[Kind, str], int]:
    return {(kind, term.code): term.id for kind in Kind for term in lists.terms(kind)}


def _is_both(value: object) -> bool:
    return isinstance(value, dict) and set(value) == {"fa", "en"}


def _both(told: Data) -> Bilingual:
    return Bilingual(fa=told["fa"], en=told["en"])
