"""Who complains of what, by which way and when, as chance has it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from pasokh.demo import people
from pasokh.demo.case import Case, World
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
#: Where files of the last weeks are left lying, in turn, by how many came after them: work of every
#: kind is on the desk, and most of it no longer than is promised.
_HALTS = (
    (5, ("",)),
    (13, ("received", "assessed", "")),
    (25, ("investigating", "assessed", "", "investigating")),
    (45, ("communicated", "investigating", "decided", "communicated", "")),
)
#: What seldom happens has its turn once among so many complaints, and time to come to its end.
_ROUND = 130


def born(world: World, rng: Random, *, left: int) -> Case:
    """Make up who complains of what, and by which way; `left` is how many come after."""
    language = "fa" if rng.random() < _PERSIAN else "en"
    case = _told(world, rng, _plot(rng, left), people.invent(rng, language))
    case.halt = next((halts[left % len(halts)] for until, halts in _HALTS if left < until), "")
    return case


def somebody(world: World, rng: Random, language: str, by: tuple[str, str]) -> Case:
    """Make up who complains of what, by a channel and a way to be answered."""
    plot = {**_plot(rng, 1), "by": by}
    return _told(world, rng, plot, people.invent(rng, language))


def workmate(case: Case) -> Case:
    """Make up who bought the same in the same order, and tells of it in words of their own."""
    one, rng = case.story, case.rng
    person = people.invent(rng, one.language, one.person.city)
    plot = {**one.plot, one.language: {**one.told, "said": one.told["again"]}}
    bought = replace(one.bought, serial=_serial(rng, one.bought.model))
    return _told(case.world, rng, plot, person, bought)


def parted(case: Case, ref: str, unit: int) -> Case:
    """Take up the second matter of a file where it goes on in a file of its own."""
    story = case.story.second
    if story is None:
        raise LookupError(case.ref)
    other = Case(case.world, story, case.rng, reach=case.reach, pace=case.pace)
    other.ref, other.placed = ref, unit
    other.handler = _handler(case.rng, story.language, other.unit)
    return other


def _plot(rng: Random, left: int) -> Data:
    """What seldom happens when it is its turn, or else anything, as often as it happens."""
    seldom = (one for one in plots() if one.get("turn") == left % _ROUND)
    return next(seldom, None) or rng.choices(plots(), [one.get("weight", 1) for one in plots()])[0]


def _told(
    world: World, rng: Random, plot: Data, person: people.Person, bought: Bought | None = None
) -> Case:
    channel = weighed(rng, _CHANNELS[person.language])
    reach = weighed(rng, _REACH[channel])
    channel, reach = plot.get("by", (channel, reach))
    today = world.office.day(world.now)
    bought = bought or _bought(rng, plot, person, today)
    unsigned = reach == "standing"
    story = Story(rng, plot, person, bought, channel, today, unsigned=unsigned)
    pace = rng.choices((1.1, 1.7, 2.6, 5.0), (32, 42, 19, 7))[0]
    case = Case(world, story, rng, reach=reach, pace=pace)
    case.handler = plot.get("handler") or _handler(rng, person.language, case.unit)
    return case


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
        serial=_serial(rng, model),
        order=f"HM-{rng.randrange(10**7, 10**8)}",
        shop=shop,
        on=on,
    )


def _serial(rng: Random, model: Data) -> str:
    return f"{model['serial']}{rng.randrange(10**7, 10**8)}"


def _handler(rng: Random, language: str, unit: str) -> str:
    if language == "en":
        return "daneshvar"
    if unit == "service" and rng.random() < 0.7:
        return "rostami"
    return rng.choice(("sotoudeh", "noori"))


def weighed(rng: Random, weights: Mapping[str, int]) -> str:
    """One of several, each as likely as its weight."""
    return rng.choices(list(weights), list(weights.values()))[0]
