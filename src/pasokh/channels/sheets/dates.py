"""Dates as sheets have them: both calendars, every order, any digits, with or without a time.

Whether 03/04/2015 is in March or in April is told by the other dates of its column; where they
do not tell it either, somebody is asked.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, tzinfo
from functools import lru_cache

from pasokh.kernel import dates
from pasokh.kernel.text import digits

DMY, MDY = "dmy", "mdy"
_PARTS = re.compile(r"(\d{1,4})[/\-.](\d{1,2})[/\-.](\d{1,4})")
_TIME = re.compile(
    r"(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]m|[صقب]\.?[ظ]\.?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)


def possible(text: str) -> frozenset[str]:
    """The orders of day and month by which a date can be read; both where it makes no odds."""
    both = frozenset({DMY, MDY})
    found = _PARTS.fullmatch(_split(text)[0])
    if not found or len(found[3]) != 4:
        return both
    first, second = int(found[1]), int(found[2])
    if first == second:
        return both
    return frozenset({DMY} if second <= 12 else ()) | frozenset({MDY} if first <= 12 else ())


def order_of(texts: Iterable[str]) -> tuple[str, str]:
    """The one order by which all dates of a column can be read, and one that leaves it open.

    The first is empty where the column does not tell; the second then is a date that has two
    readings. Where the dates contradict each other, the order of most counts.
    """
    told, open_ = {DMY: 0, MDY: 0}, ""
    for text in texts:
        orders = possible(text)
        if len(orders) == 1:
            told[next(iter(orders))] += 1
        elif not open_ and _two_readings(text):
            open_ = text
    if not any(told.values()):
        return "", open_
    return max(told, key=lambda order: told[order]), ""


def _two_readings(text: str) -> bool:
    found = _PARTS.fullmatch(_split(text)[0])
    return bool(found and len(found[3]) == 4 and found[1] != found[2])


def read(text: str, order: str, zone: tzinfo) -> datetime | None:
    """The instant a text names: the beginning of a day that is named without a time."""
    try:
        return _read(text, order, zone)
    except OverflowError:
        return None


@lru_cache(maxsize=4096)
def _read(text: str, order: str, zone: tzinfo) -> datetime | None:
    day, clock = _split(text)
    if (on := _day(day, order)) is None:
        return None
    if clock is None:
        return datetime.combine(on, time(), zone)
    try:
        at, offset = _clock(clock)
    except ValueError:
        return None
    return datetime.combine(on, at, offset or zone)


def _split(text: str) -> tuple[str, "re.Match[str] | None"]:
    plain = digits(text.strip())[:60]
    found = _TIME.search(plain)
    return (plain[: found.start()].strip(" ,،"), found) if found else (plain, None)


def _day(text: str, order: str) -> date | None:
    found = _PARTS.fullmatch(text)
    if found and len(found[3]) == 4 and len(found[1]) <= 2:
        first, second, year = found.groups()
        day, month = (second, first) if order == MDY else (first, second)
        return dates.parse_date(f"{year}/{month}/{day}")
    return dates.parse_date(text)


def _clock(found: "re.Match[str]") -> tuple[time, tzinfo | None]:
    hour, minute, second, half, offset = found.groups()
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half[0].lower() in "pب" else 0)
    zone = None
    if offset:
        whole = "+0000" if offset in "Zz" else offset.replace(":", "")
        zone = datetime.strptime(whole, "%z").tzinfo
    return time(hours, int(minute), int(second or 0)), zone


def day_of(at: datetime, zone: tzinfo) -> date:
    """The day an instant lies in, where the office is."""
    return at.astimezone(zone).date()
