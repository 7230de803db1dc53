"""The ways to reach a person, and the form under which two spellings of one way are equal. Pure.

A key is for looking up only; what somebody wrote is kept as they wrote it.
"""

import re
from enum import StrEnum

from pasokh.kernel.text import digits, fold


class Way(StrEnum):
    """A kind of contact point."""

    EMAIL = "email"
    PHONE = "phone"
    POST = "post"
    OTHER = "other"


class Confirmed(StrEnum):
    """How it was made sure that a contact point is the person's own."""

    LINK = "link"
    CODE = "code"
    READ_BACK = "read_back"
    WROTE = "wrote"  # they wrote to us from there


#: The country a number belongs to that names none.
HOME = "98"

#: The longest number that is dialled as it stands anywhere in the country: 124, 1517.
_SHORTEST_FULL = 7
#: A mobile number of the home country, after its code; what abroad is mobile, nobody can tell.
_MOBILE = re.compile(r"9\d{9}")
_ABROAD = re.compile(r"\+[1-9]\d{7,14}")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NUMBER = re.compile(r"\+?[\d\s().\-/]*\d")


def key(way: Way, value: str, *, home: str = HOME) -> str:
    """The form of a contact point that all its spellings share; empty when it has none."""
    match way:
        case Way.EMAIL:
            return email_key(value)
        case Way.PHONE:
            return phone_key(value, home=home)
    return fold(value)


def email_key(value: str) -> str:
    """An address without space or invisible marks, its domain in small letters."""
    local, at, domain = _INVISIBLE.sub("", value).strip().rpartition("@")
    return f"{local}{at}{domain.lower()}"


def phone_key(value: str, *, home: str = HOME) -> str:
    """A number with its country: +989123456789 for ۰۹۱۲ ۳۴۵ ۶۷۸۹, 0098 912… and +98 (0) 912….

    What follows the number (an extension, a remark) is not part of it; a short number (124)
    stays as it is.
    """
    found = _NUMBER.search(digits(_INVISIBLE.sub("", value)).replace("＋", "+"))
    if not found:
        return ""
    dialled = "".join(char for char in found[0] if char.isdigit())
    if found[0].startswith("+"):
        return _abroad(dialled, home)
    if dialled.startswith("00"):
        return _abroad(dialled.removeprefix("00"), home)
    if len(dialled) < _SHORTEST_FULL:
        return dialled
    if dialled.startswith("0"):
        return f"+{home}{dialled[1:]}"
    if dialled.startswith(home) and len(dialled) == len(home) + 10:
        return f"+{dialled}"
    return f"+{home}{dialled}" if len(dialled) == 10 else dialled


def takes_texts(key: str, *, home: str = HOME) -> bool:
    """Whether a number, by its key, may be a mobile one that a text reaches."""
    if key.startswith(f"+{home}"):
        return bool(_MOBILE.fullmatch(key[len(home) + 1 :]))
    return bool(_ABROAD.fullmatch(key))


def _abroad(number: str, home: str) -> str:
    if number.startswith(home + "0"):  # +98 (0) 912…
        number = home + number[len(home) + 1 :]
    return f"+{number}" if number else ""
