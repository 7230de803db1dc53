"""Dates as readers know them: Jalali in Persian, Gregorian in English. Nothing stores Jalali."""

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from django.utils.translation import get_language, gettext, ngettext, override
from persiantools.jdatetime import JalaliDate

from pasokh.kernel.text import fold

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")

_WEEKDAYS = {  # Monday first, as in date.weekday()
    "fa": ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_JALALI = (
    *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
    *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
)
_JALALI_IN_LATIN = (
    *("Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar"),
    *("Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"),
)
_GREGORIAN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTHS = {
    **{fold(name): (JalaliDate, number) for number, name in enumerate(_JALALI, 1)},
    **{fold(name): (JalaliDate, number) for number, name in enumerate(_JALALI_IN_LATIN, 1)},
    **{fold(name): (date, number) for number, name in enumerate(_GREGORIAN, 1)},
    **{fold(name[:3]): (date, number) for number, name in enumerate(_GREGORIAN, 1)},
}
_WEEKDAY_WORDS = {
    word
    for names in _WEEKDAYS.values()
    for name in (*names, "یک‌شنبه", "چهار‌شنبه", "پنج‌شنبه")
    for word in fold(name).split()
}


def numerals(value: object, language: str) -> str:
    """Write a number or a text with the digits of a language: Persian ones in Persian."""
    return str(value).translate(_PERSIAN_DIGITS) if _persian(language) else str(value)


def as_date(when: date, language: str, zone: tzinfo) -> str:
    """Write a day in full: «شنبه ۱۴ آذر ۱۴۰۵», `Saturday 5 December 2026`."""
    return _in_full(_day(when, zone), language)


def as_datetime(instant: datetime, language: str, zone: tzinfo) -> str:
    """Write an instant in full: «شنبه ۱۴ آذر ۱۴۰۵، ساعت ۱۲:۰۰», `Saturday 5 December …, 12:00`."""
    between = "، ساعت " if _persian(language) else ", "
    local = _local(instant, zone)
    return _in_full(local.date(), language) + between + numerals(_clock(local), language)


def short_date(when: date, language: str, zone: tzinfo) -> str:
    """Write a day exactly and briefly: «۱۴۰۵/۰۹/۱۴», `2026-12-05`."""
    day = _day(when, zone)
    if not _persian(language):
        return day.isoformat()
    jalali = _jalali(day)
    return numerals(f"{jalali.year}/{jalali.month:02}/{jalali.day:02}", language)


def short_datetime(instant: datetime, language: str, zone: tzinfo) -> str:
    """Write an instant exactly and briefly: «۱۴۰۵/۰۹/۱۴ ۱۲:۰۰», `2026-12-05 12:00`."""
    clock = numerals(_clock(_local(instant, zone)), language)
    return f"{short_date(instant, language, zone)} {clock}"


def due_phrase(due: datetime, now: datetime, zone: tzinfo, language: str) -> str:
    """Say when something is due, as people do: «فردا ساعت ۱۲», `tomorrow 12:00`, `4 days late`.

    Lateness counts whole days, or whole hours on the first day, and so never overstates.
    """
    with override(language) if get_language() != language else nullcontext():
        if due < now:
            return _lateness(now - due, language)
        day, today = _day(due, zone), _day(now, zone)
        facts = {
            "time": _spoken_time(_local(due, zone), language),
            "weekday": _WEEKDAYS["fa" if _persian(language) else "en"][day.weekday()],
            "date": _day_and_month(day, language),
            "year": numerals(_year(day, language), language),
        }
        if day == today:
            return gettext("today %(time)s") % facts
        if day == today + timedelta(days=1):
            return gettext("tomorrow %(time)s") % facts
        if day < today + timedelta(days=7):
            return gettext("%(weekday)s %(time)s") % facts
        if _year(day, language) == _year(today, language):
            return gettext("%(date)s, %(time)s") % facts
        return gettext("%(date)s %(year)s, %(time)s") % facts


def parse_date(text: str) -> date | None:
    """Read a date that somebody typed, in either calendar; None where it is not clear.

    Three parts with `/`, `-`, `.` or spaces between; Persian, Arabic and Latin digits. The year
    has four digits and comes first (year, month, day) or last (day, month, year); the month is
    never first, unless it is a name (آذر, Azar, December, Dec), and then the order is free. Years
    from 1200 to 1599 are Jalali, from 1700 to 2299 Gregorian; a weekday is passed over.
    """
    if len(text) > 60:
        return None
    folded = fold(text)
    mark = next((mark for mark in "/-." if mark in folded), None)
    if mark:
        parts = [part.strip() for part in folded.split(mark)]
    else:
        words = folded.replace("،", " ").replace(",", " ").split()
        parts = [word for word in words if word not in _WEEKDAY_WORDS]
    return _read(parts) if len(parts) == 3 else None


def jalali_month(instant: datetime, zone: tzinfo) -> tuple[int, int]:
    """Return the Jalali year and month in which an instant lies: the bucket for reports."""
    day = _jalali(_day(instant, zone))
    return day.year, day.month


def jalali_month_bounds(year: int, month: int, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the first instant of a Jalali month and of the next one, both in UTC."""
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    return _start(year, month, zone), _start(*following, zone)


def year_of(day: date, language: str) -> int:
    """The year a day lies in, as its reader counts: 1405 in Persian, 2026 in English."""
    return _year(day, language)


def month_of(day: date, language: str) -> str:
    """The name of the month a day lies in, as its reader counts: اردیبهشت in Persian, May."""
    return _JALALI[_jalali(day).month - 1] if _persian(language) else _GREGORIAN[day.month - 1]


def year_bounds(year: int, language: str) -> tuple[date, date]:
    """The first and the last day of a year, as its reader counts; ValueError where it has none."""
    if not _persian(language):
        return date(year, 1, 1), date(year, 12, 31)
    first: date = JalaliDate(year, 1, 1).to_gregorian()
    following: date = JalaliDate(year + 1, 1, 1).to_gregorian()
    return first, following - timedelta(days=1)


def _start(year: int, month: int, zone: tzinfo) -> datetime:
    first: date = JalaliDate(year, month, 1).to_gregorian()
    return datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(UTC)


def _read(parts: list[str]) -> date | None:
    named = next((part for part in parts if part in _MONTHS), None)
    calendar, month = _MONTHS[named] if named else (None, 0)
    numbers = [part for part in parts if part is not named]
    if not all(part.isascii() and part.isdigit() and len(part) in (1, 2, 4) for part in numbers):
        return None
    if [len(part) == 4 for part in numbers].count(True) != 1:
        return None
    if len(numbers[-1]) == 4:
        numbers.reverse()
    if len(numbers[0]) != 4:  # the year in the middle
        return None
    year, *rest = map(int, numbers)
    return _made(calendar, year, *([month] if named else []), *rest)


def _made(calendar: type | None, year: int, month: int, day: int) -> date | None:
    by_year = JalaliDate if 1200 <= year < 1600 else date if 1700 <= year < 2300 else None
    if by_year is None or calendar not in (None, by_year):
        return None
    try:
        if by_year is date:
            return date(year, month, day)
        gregorian: date = JalaliDate(year, month, day).to_gregorian()
    except ValueError:
        return None
    return gregorian


@lru_cache(maxsize=4096)
def _jalali(day: date) -> JalaliDate:
    """A day in the other calendar; a page names the same few days again and again."""
    jalali: JalaliDate = JalaliDate.to_jalali(day)
    return jalali


@lru_cache(maxsize=4096)
def _in_full(day: date, language: str) -> str:
    weekday = _WEEKDAYS["fa" if _persian(language) else "en"][day.weekday()]
    return f"{weekday} {_day_and_month(day, language)} {numerals(_year(day, language), language)}"


def _clock(local: datetime) -> str:
    return f"{local.hour:02}:{local.minute:02}"


def _persian(language: str) -> bool:
    return language.startswith("fa")


def _local(instant: datetime, zone: tzinfo) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return instant.astimezone(zone)


def _day(when: date, zone: tzinfo) -> date:
    return _local(when, zone).date() if isinstance(when, datetime) else when


def _year(day: date, language: str) -> int:
    return int(_jalali(day).year) if _persian(language) else day.year


def _day_and_month(day: date, language: str) -> str:
    if not _persian(language):
        return f"{day.day} {_GREGORIAN[day.month - 1]}"
    jalali = _jalali(day)
    return f"{numerals(jalali.day, language)} {_JALALI[jalali.month - 1]}"


def _spoken_time(local: datetime, language: str) -> str:
    """Persian says «ساعت ۱۲» where English writes 12:00."""
    if _persian(language) and local.minute == 0:
        return numerals(local.hour, language)
    return numerals(_clock(local), language)


def _lateness(late: timedelta, language: str) -> str:
    hours = late // timedelta(hours=1)
    count, days = numerals(hours, language), hours // 24
    if days:
        phrase = ngettext("%(count)s day late", "%(count)s days late", days)
        return phrase % {"count": numerals(days, language)}
    if hours:
        return ngettext("%(count)s hour late", "%(count)s hours late", hours) % {"count": count}
    return gettext("less than an hour late")
