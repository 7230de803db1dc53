"""A working as sentences in the reader's language: for the case, letters and tracking page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from pasokh.casework.deadlines.labels import HOLDS, MILESTONES, UNITS
from pasokh.casework.deadlines.working import COUNTING, Code, Line
from pasokh.directory.organisation.labels import said_source
from pasokh.kernel import dates
from pasokh.policy.regimes.pack import HoldCategory, Length, Unit

_MIDNIGHT = "24:00"


class Show(Protocol):
    """How a reader is shown dates, instants and numbers."""

    def day(self, on: date) -> str: ...
    def moment(self, at: datetime) -> str: ...
    def number(self, number: object) -> str: ...


@dataclass(frozen=True)
class Plain:
    """Dates and numbers as the readers of a language know them, in the calendar's own zone."""

    language: str
    zone: tzinfo

    def day(self, on: date) -> str:
        return dates.as_date(on, self.language, self.zone)

    def moment(self, at: datetime) -> str:
        return dates.as_datetime(at, self.language, self.zone)

    def number(self, number: object) -> str:
        return dates.numerals(number, self.language)


def sentences(working: Iterable[Line], language: str, show: Show | None = None) -> list[str]:
    """One sentence for each line of a working, in a language; `show` writes dates otherwise."""
    lines = list(working)
    zone = next((line.facts["zone"] for line in lines if "zone" in line.facts), "UTC")
    with override(language):
        teller = _Teller(language, show or Plain(language, ZoneInfo(zone)))
        return [teller.sentence(line) for line in lines]


def length(of: Length, language: str) -> str:
    """A length in words: `20 working days`, «۲۰ روز کاری»."""
    with override(language):
        return _length(of.amount, of.unit, lambda number: dates.numerals(number, language))


def _length(amount: int, unit: Unit, number: Callable[[object], str]) -> str:
    return str(UNITS[unit] % {"amount": amount, "count": number(amount)})


class _Teller:
    """Tells the lines of one working in order, and remembers how much was counted."""

    def __init__(self, language: str, show: Show) -> None:
        self.language = language
        self.show = show
        self.counted = 0
        self.worked = timedelta()

    def sentence(self, line: Line) -> str:
        if line.code in COUNTING:
            return self._counted(line)
        tell = getattr(self, "_" + line.code.replace("-", "_"))
        told: str = tell(line)
        return told

    def _start(self, line: Line) -> str:
        milestone = MILESTONES[line.facts["milestone"]]
        facts = {"milestone": milestone, "moment": self._moment(line.since)}
        return _("It is counted from %(milestone)s, %(moment)s.") % facts

    def _no_start(self, line: Line) -> str:
        names = _(" or ").join(str(MILESTONES[name]) for name in line.facts["starts"])
        return _("It does not run yet: it is counted from %(milestone)s.") % {"milestone": names}

    def _named(self, line: Line) -> str:
        facts = {"moment": self._moment(line.since), "day": self._day(line)}
        return _("The authority's letter reached us on %(moment)s and names %(day)s.") % facts

    def _length(self, line: Line) -> str:
        return _("The time allowed is %(length)s.") % {"length": self._amount(line)}

    def _extension(self, line: Line) -> str:
        facts = {"length": self._amount(line), "moment": self._moment(line.since)}
        return _("It was extended by %(length)s on %(moment)s.") % facts

    def _counted(self, line: Line) -> str:
        if line.since and line.until:
            self.worked += line.until - line.since
            facts = {"span": self._span(line), "total": self._duration(self.worked)}
            return _("%(span)s: counted, %(total)s so far.") % facts
        self.counted += line.amount
        facts = {
            "days": self._days(line),
            "total": self.show.number(self.counted),
            "name": self._name(line.facts),
        }
        if line.code is Code.HALF_DAY:
            return _("%(days)s: counted, a half day (%(name)s); %(total)s so far.") % facts
        return _("%(days)s: counted, %(total)s so far.") % facts

    def _after_cutoff(self, line: Line) -> str:
        facts = {"day": self._days(line), "time": self.show.number(line.facts["time"])}
        return _("%(day)s: later than %(time)s, so it counts as the next day's.") % facts

    def _day_zero(self, line: Line) -> str:
        return _("%(day)s: not counted, the day it begins.") % {"day": self._days(line)}

    def _weekend(self, line: Line) -> str:
        return _("%(days)s: not counted, weekend.") % {"days": self._days(line)}

    def _holiday(self, line: Line) -> str:
        facts = {
            "days": self._days(line),
            "name": self._name(line.facts),
            "source": said_source(line.facts["source"]),
        }
        return _("%(days)s: not counted, holiday: %(name)s (%(source)s).") % facts

    def _outside_hours(self, line: Line) -> str:
        return _("%(span)s: not counted, outside working hours.") % {"span": self._span(line)}

    def _hold(self, line: Line) -> str:
        category = HOLDS[HoldCategory(line.facts["category"])]
        if line.since and line.until is None:
            facts = {"moment": self._moment(line.since), "category": category}
            return _("On hold since %(moment)s: %(category)s.") % facts
        facts = {"days": self._days(line), "category": category}
        return _("%(days)s: not counted, on hold: %(category)s.") % facts

    def _rolled(self, line: Line) -> str:
        if line.until:
            facts = {"moment": self._moment(line.until)}
            return _("It moves on to the next opening, %(moment)s.") % facts
        if line.facts["why"] == Code.HOLD:
            return _("It moves on to the first free day, %(day)s.") % {"day": self._days(line)}
        return _("It moves on to the next working day, %(day)s.") % {"day": self._days(line)}

    def _rolled_back(self, line: Line) -> str:
        if line.until:
            facts = {"moment": self._moment(line.until)}
            return _("It is brought back to the last closing, %(moment)s.") % facts
        return _("It is brought back to the last working day, %(day)s.") % {"day": self._days(line)}

    def _left(self, line: Line) -> str:
        if line.facts["unit"] == "seconds":
            left = self._duration(timedelta(seconds=line.amount))
        else:
            left = self._amount(line)
        return _("When the hold ends, %(length)s will be left.") % {"length": left}

    def _no_working_time(self, _line: Line) -> str:
        return _("The calendar has no working time for the next ten years; please correct it.")

    def _due(self, line: Line) -> str:
        if line.on and line.facts.get("time") == _MIDNIGHT:
            return _("It is due by the end of %(day)s.") % {"day": self._day(line)}
        return _("It is due by %(moment)s.") % {"moment": self._moment(line.until)}

    def _unknown(self, line: Line) -> str:
        if line.on is None:
            return _("No holidays have been entered in the calendar, so the date may still move.")
        facts = {"day": self.show.day(line.on)}
        return _("Holidays are known up to %(day)s, so the date may still move.") % facts

    def _day(self, line: Line) -> str:
        return self.show.day(line.on) if line.on else ""

    def _days(self, line: Line) -> str:
        if line.since:
            return self._span(line)
        first, last = line.on or date.min, line.to or line.on or date.min
        if first == last:
            return self.show.day(first)
        return _("%(first)s to %(last)s") % {
            "first": self.show.day(first),
            "last": self.show.day(last),
        }

    def _span(self, line: Line) -> str:
        facts = {"first": self._moment(line.since), "last": self._moment(line.until)}
        return _("%(first)s to %(last)s") % facts

    def _moment(self, at: datetime | None) -> str:
        return self.show.moment(at) if at else ""

    def _amount(self, line: Line) -> str:
        return _length(line.amount, Unit(line.facts["unit"]), self.show.number)

    def _duration(self, of: timedelta) -> str:
        minutes = of // timedelta(minutes=1)
        hours, minutes = divmod(minutes, 60)
        said = ngettext("%(count)s hour", "%(count)s hours", hours) % {
            "count": self.show.number(hours)
        }
        if not minutes:
            return said
        more = ngettext("%(count)s minute", "%(count)s minutes", minutes)
        return _("%(hours)s and %(minutes)s") % {
            "hours": said,
            "minutes": more % {"count": self.show.number(minutes)},
        }

    def _name(self, facts: Mapping[str, Any]) -> str:
        names = facts.get("name", {})
        return str(names.get(self.language) or next(iter(names.values()), ""))
