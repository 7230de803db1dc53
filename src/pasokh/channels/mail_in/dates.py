"""When a mail says that it was written, in any form that mails have. Pure."""

import re
from datetime import UTC, datetime, timedelta, timezone

from pasokh.channels.mail_in import decoding

_NAMES = """
jan january janvier januar / feb february fev février februar / mar march mars märz mrz
/ apr april avr avril / may mai / jun june juin juni / jul july juil juillet juli
/ aug august août aout / sep sept september septembre / oct october okt oktober octobre
/ nov november novembre / dec december dez dezember décembre
"""
_MONTHS = {
    name: number
    for number, names in enumerate(_NAMES.split("/"), start=1)
    for name in names.split()
}
#: Hours before or after the world's time.
_HOURS = "ut=0 utc=0 gmt=0 z=0 wet=0 edt=-4 est=-5 cdt=-5 cst=-6 mdt=-6 mst=-7 pdt=-7 pst=-8 "
_HOURS += "cet=1 met=1 bst=1 cest=2 mest=2 eet=2 eest=3 msk=3 irst=3.5 irdt=4.5 jst=9"
_ZONES = {name: float(hours) for name, hours in (each.split("=") for each in _HOURS.split())}
_COMMENT = re.compile(r"\([^()]*+\)")
_CLOCK = re.compile(
    r"(\d{1,2})\s*[:.]\s*(\d{1,2})(?:\s*[:.]\s*(\d{1,2}))?(?:[.,]\d+)?\s*([ap]m\b)?", re.I
)
_LETTERS = re.compile(r"[a-z]+")
_OFFSET = re.compile(r"(?:gmt|utc?)?([+-])(\d{2}):?(\d{2})\b", re.I)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"\b(\d{1,2})[\s.-]+([^\W\d_]{3,9})\.?[\s,.-]+(\d{2,4})\b")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,9})\.?\s+(\d{1,2})\b(?:.*?)\b(\d{4})\b")


def date(raw: bytes) -> datetime | None:
    """When a mail says that it was written, in any form that is met; None for what is no date."""
    said = decoding.header(raw)[:200]
    for _ in range(3):  # one in another
        said = _COMMENT.sub(" ", said)
    clock = _CLOCK.search(said)
    behind = said[clock.end() :] if clock else ""
    days = said[: clock.start()] + " " + behind if clock else said
    day = _day(days, behind)
    if day is None:
        return None
    try:
        hour, minute, second = (
            (int(part or 0) for part in clock.groups()[:3]) if clock else (0, 0, 0)
        )
        if clock and clock[4]:
            hour = hour % 12 + (12 if clock[4].lower() == "pm" else 0)
        return datetime(*day, hour, minute, min(second, 59), tzinfo=_zone(behind))
    except ValueError:
        return None


def _day(said: str, behind: str) -> tuple[int, int, int] | None:
    if iso := _ISO.search(said):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if (found := _DAY_FIRST.search(said)) and (month := _MONTHS.get(found[2].lower())):
        return _year(found[3]), month, int(found[1])
    for found in _MONTH_FIRST.finditer(said):
        if month := _MONTHS.get(found[1].lower()):
            return int(found[3]), month, int(found[2])
    return None


def _year(written: str) -> int:
    """A year as mails of all times write it (RFC 5322, 4.3)."""
    year = int(written)
    if len(written) > 3:
        return year
    return year + (2000 if len(written) == 2 and year < 50 else 1900)


def _zone(behind: str) -> timezone:
    """The zone behind the clock; where none is told, the world's."""
    if offset := _OFFSET.search(behind):
        hours, minutes = int(offset[2]), int(offset[3])
        if hours > 23 or minutes > 59:
            return UTC
        return timezone((-1 if offset[1] == "-" else 1) * timedelta(hours=hours, minutes=minutes))
    for word in _LETTERS.findall(behind.lower())[:3]:
        if word in _ZONES:
            return timezone(timedelta(hours=_ZONES[word]))
    return UTC
