"""What is left of a number or address for who may not see it: enough to tell two apart. Pure.

The end of a telephone number, the ends of a mailbox's name with its domain, the first word of a
postal address; nothing of what is so short that its ends would be most of it.
"""

import re

from pasokh.directory.people.ways import Way

GONE = "…"
#: Characters of a name, digits of a number and characters of an address that are worth a hint.
_NAME, _NUMBER, _POST = 4, 8, 12
#: The longest first word of an address that is shown: a town, and no whole sentence.
_TOWN = 15

_PART = r"[^\s<>@,;:()\[\]\"'«»،؛\u2066-\u2069]+"
_EMAIL = re.compile(f"{_PART}@{_PART}")
#: As it is dialled; with a point between its digits it would be the code of a mail server.
_DIALLED = re.compile(r"[+＋]?\d(?:[\s()\-]*\d){7,}")


def masked(way: str, value: str) -> str:
    """A way to reach somebody as it is shown to who may not see it; nothing for none."""
    if not (value := value.strip()):
        return ""
    match way:
        case Way.EMAIL:
            return _mailbox(value)
        case Way.PHONE:
            return _number(value)
        case Way.POST:
            return _post(value)
    return "@" * value.startswith("@") + _name(value.removeprefix("@"))


def words(text: str) -> str:
    """A sentence, as a mail server says it, with every number and address in it masked."""
    without = _EMAIL.sub(lambda found: _mailbox(found[0]), text)
    return _DIALLED.sub(lambda found: _number(found[0]), without)


def name(called: str) -> str:
    """A person's name, which is masked only where nothing but an address or number is known."""
    whole = called.strip()
    if _EMAIL.fullmatch(whole):
        return _mailbox(whole)
    return _number(whole) if _DIALLED.fullmatch(whole) else called


def _mailbox(value: str) -> str:
    local, at, domain = value.rpartition("@")
    return f"{_name(local)}{at}{domain}" if at else _name(value)


def _name(value: str) -> str:
    return f"{value[0]}{GONE}{value[-1]}" if len(value) >= _NAME else GONE


def _number(value: str) -> str:
    digits = [char for char in value if char.isdecimal()]
    if len(digits) < _NUMBER:
        return GONE
    return f"{GONE}{''.join(digits[-4:-2])} {''.join(digits[-2:])}"


def _post(value: str) -> str:
    first = value.split()[0].rstrip("،,")
    town = len(value) >= _POST and len(first) <= _TOWN and not any(map(str.isdecimal, first))
    return f"{first} {GONE}" if town else GONE
