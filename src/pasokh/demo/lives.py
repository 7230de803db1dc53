"""A complaint from its arrival to its end, as chance and office hours have it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.terms import Reopening
from pasokh.demo import arriving, ending, handling, people
from pasokh.demo.case import Case, Life, World
from pasokh.demo.data import Data, plots, read
from pasokh.demo.story import Bought, Story

#: Persian among all, and the channels of each language with their weights.
_PERSIAN = 0.67
_CHANNELS = {
    "fa": {"web": 46, "phone": 24, "counter": 16, "letter": 9, "email": 5},
    "en": {"web": 60, "email": 20, "phone": 13, "letter": 7},
}
#: How people of each channel can be answered.
_REACH = {
    "web": {"email": 66, "page": 22, "standing": 12},
    "phone": {"phone": 62, "email": 38},
    "counter": {"hand": 48, "phone": 24, "email": 28},
    "letter": {"post": 100},
    "email": {"email": 100},
}
#: What becomes of a complaint, in the main; some plots know it themselves.
_ROADS = {"whole": 77, "settle": 11, "withdraw": 6, "decline": 2, "stall": 4}
#: Where files of the last weeks are left lying, in turn, by how many came after them: work of every
#: kind is on the desk, and most of it no longer than is promised.
_HALTS = (
    (5, ("",)),
    (13, ("received", "assessed", "")),
    (25, ("investigating", "assessed", "", "investigating")),
    (45, ("communicated", "investigating", "decided", "communicated", "")),
)


def born(world: World, rng: Random, *, left: int) -> Case:
    """Make up who complains of what, and by which way; `left` is how many come after."""
    language = "fa" if rng.random() < _PERSIAN else "en"
    plot = rng.choices(plots(), [one.get("weight", 1) for one in plots()])[0]
    channel = _weighed(rng, _CHANNELS[language])
    reach = _weighed(rng, _REACH[channel])
    if plot.get("who") == "colleague":
        channel, reach = "web", "email"
    person = people.invent(rng, language)
    today = world.office.day(world.now)
    bought = _bought(rng, plot, person, today)
    story = Story(rng, plot, person, bought, channel, today)
    pace = rng.choices((1.1, 1.7, 2.6, 5.0), (32, 42, 19, 7))[0]
    case = Case(world, story, rng, reach=reach, pace=pace)
    case.handler = _handler(rng, language, case.unit)
    case.halt = next((halts[left % len(halts)] for until, halts in _HALTS if left < until), "")
    return case


def live(case: Case) -> Life:
    """One life; it ends where the year does."""
    plot = case.story.plot
    road = plot.get("road") or _weighed(case.rng, _ROADS)
    if road == "settle" and (plot["severity"] > 3 or plot["remedy"] in handling.PAID):
        road = "whole"
    if plot.get("safety") or (case.halt and "road" not in plot):
        road = "whole"
    yield from _arrive(case)
    yield from _ROUTES[road](case)


def _arrive(case: Case) -> Life:
    if case.story.channel == "web":
        yield from arriving.on_the_portal(case)
    else:
        yield from arriving.at_the_desk(case)


def _whole(case: Case) -> Life:
    yield from handling.assign(case)
    if case.halt == "received":
        return
    yield from handling.assess(case)
    if case.halt == "assessed":
        return
    if case.chance(0.88) or case.halt or case.story.plot.get("safety"):
        yield from handling.investigate(case)
    if case.halt == "investigating":
        return
    yield from handling.decide(case)
    if case.halt == "decided":
        return
    yield from ending.tell(case)
    if case.halt == "communicated":
        return
    yield from ending.answered(case)


def _settle(case: Case) -> Life:
    yield from handling.assign(case)
    yield from handling.settle(case)
    yield from ending.carry_out(case)


def _withdraw(case: Case) -> Life:
    yield from handling.assign(case)
    if case.chance(0.6):
        yield from handling.assess(case)
    yield case.later(50)
    own = case.reach in ("email", "page", "standing")
    by = case.person if own else case.by("rahimi")
    reason = case.story.phrase("withdrawn")
    actions.withdraw(case.ref, reason=reason, by=by, at=case.at)
    case.world.posted = True
    if own and case.chance(0.35):
        yield case.later(60)
        undone = case.story.phrase("undone")
        why = Reopening.WITHDRAWAL_UNDONE
        actions.reopen(case.ref, why=why, reason=undone, by=case.person, at=case.at)
        yield from _from_assessment(case)


def _set_aside(case: Case) -> Life:
    yield from handling.assign(case)
    yield from handling.set_aside(case)


def _decline(case: Case) -> Life:
    yield from handling.assign(case)
    yield from handling.decline(case)
    yield from ending.tell(case)
    yield from ending.answered(case)


def _stall(case: Case) -> Life:
    """Left lying: by nobody in particular, until somebody wakes up."""
    steps = case.rng.randrange(3)
    if steps:
        yield from handling.assign(case)
    if steps > 1:
        yield from handling.assess(case)
    yield case.days(case.rng.randrange(24, 60))
    yield from (_whole if steps == 0 else _from_assessment)(case)


def _from_assessment(case: Case) -> Life:
    yield from handling.assess(case)
    yield from handling.investigate(case)
    yield from handling.decide(case)
    yield from ending.tell(case)
    yield from ending.answered(case)


_ROUTES = {
    "whole": _whole,
    "settle": _settle,
    "withdraw": _withdraw,
    "set_aside": _set_aside,
    "decline": _decline,
    "stall": _stall,
}


def mornings(world: World, begin: date, end: date, count: int, rng: Random) -> list[datetime]:
    """The days on which so many complaints come in: more in summer and before the new year."""
    days = [begin + timedelta(days=n) for n in range((end - begin).days)]
    chosen = rng.choices(days, [_busy(world, day) for day in days], k=count)
    return [world.office.calendar.midnight(day - timedelta(days=1)) for day in sorted(chosen)]


def _busy(world: World, day: date) -> float:
    season = 1.5 if day.month in (7, 8) else 1.35 if day.month in (2, 3) else 1.0
    return season if world.office.calendar.day(day).worked else season * 0.3


def arrival(case: Case, morning: datetime) -> datetime:
    """When a complaint comes in: in working time at the desk, at any waking hour on line."""
    if case.story.channel != "web":
        return case.world.office.after(morning, case.rng.uniform(0.2, 4.8))
    return morning + timedelta(hours=case.rng.triangular(7.5, 23.5, 13))


def _bought(rng: Random, plot: Data, person: people.Person, today: date) -> Bought:
    goods = [good for good in read("goods")["good"] if good["kind"] in plot["goods"]]
    good = rng.choice(goods)
    model = rng.choice(good["models"])
    units = {unit["code"]: unit for unit in read("house")["unit"]}
    there = plot["unit"] in ("shop", "relations")
    online = plot["unit"] == "online" or (not there and rng.random() < 0.35)
    shop = units["online"] if online else units[person.city["code"]]
    on = today - timedelta(days=int(rng.triangular(6, plot.get("within", 400), 20)))
    return Bought(
        kind=good["kind"],
        names=good,
        model=model,
        serial=f"{model['serial']}{rng.randrange(10**7, 10**8)}",
        order=f"HM-{rng.randrange(10**7, 10**8)}",
        shop=shop,
        on=on,
    )


def _handler(rng: Random, language: str, unit: str) -> str:
    if language == "en":
        return "daneshvar"
    if unit == "service" and rng.random() < 0.7:
        return "rostami"
    return rng.choice(("sotoudeh", "noori"))


def _weighed(rng: Random, weights: Mapping[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
