"""When things happen: staff act in working time, complainants when they are awake."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from pasokh.directory.organisation.calendar import Calendar

_DAY = timedelta(days=1)
#: Complainants write between these hours.
_AWAKE = (time(8, 20), time(23, 10))


#: The organisation keeps the time of Tehran.
TEHRAN = ZoneInfo("Asia/Tehran")


class Office:
    """The working time of the organisation, to move along in."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar

    def day(self, at: datetime) -> date:
        """The local date of an instant."""
        return self.calendar.local(at).date()

    def after(self, at: datetime, hours: float) -> datetime:
        """The instant after so many working hours."""
        left, on = timedelta(hours=hours), self.day(at)
        while True:
            for start, end in self.calendar.spans(on):
                begin = max(start, at)
                if begin + left < end:
                    return begin + left
                left -= max(end - begin, timedelta())
            on += _DAY

    def days_after(self, at: datetime, days: int, rng: Random) -> datetime:
        """Some time in working hours, so many calendar days later."""
        begin = self.calendar.midnight(self.day(at) + (days - 1) * _DAY)
        return self.after(begin, rng.uniform(0.3, 6))

    def awake(self, at: datetime, rng: Random) -> datetime:
        """The same instant, or the first one after it at which people write."""
        on, now = self.day(at), self.calendar.local(at).time()
        if _AWAKE[0] <= now <= _AWAKE[1]:
            return at
        if now > _AWAKE[1]:
            on += _DAY
        return self.calendar.instant(on, _AWAKE[0]) + timedelta(minutes=rng.randrange(180))
