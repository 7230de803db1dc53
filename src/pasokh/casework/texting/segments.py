"""How many short messages a text takes, as networks count it (3GPP TS 23.038). Pure.

A text in the default alphabet has 160 septets in one message and 153 in each of several; any other
text goes as UCS-2, with 70 and 67 units of sixteen bits. What would be cut in two goes whole into
the next message: the escape of an extended sign, and a pair of surrogates.
"""

from collections.abc import Iterable
from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: Signs of the default alphabet that need an escape before them.
_EXTENDED = frozenset("^{}\\[~]|€\f")

GSM, UCS2 = "gsm", "ucs2"
#: Units in a message that is alone, and in each of several.
ROOM = {GSM: (160, 153), UCS2: (70, 67)}


@dataclass(frozen=True)
class Counted:
    """How a text goes: its alphabet, the units it takes, and in how many messages."""

    alphabet: str
    units: int
    segments: int


def counted(text: str) -> Counted:
    """Count a text as it is billed; an empty one goes as one message."""
    plain = all(sign in _BASIC or sign in _EXTENDED for sign in text)
    alphabet = GSM if plain else UCS2
    sizes = [_size(sign, alphabet) for sign in text]
    alone, among = ROOM[alphabet]
    units = sum(sizes)
    return Counted(alphabet, units, 1 if units <= alone else _messages(sizes, among))


def _size(sign: str, alphabet: str) -> int:
    if alphabet == GSM:
        return 2 if sign in _EXTENDED else 1
    return 2 if ord(sign) > 0xFFFF else 1


def _messages(sizes: Iterable[int], room: int) -> int:
    messages, taken = 1, 0
    for size in sizes:
        if taken + size > room:
            messages, taken = messages + 1, 0
        taken += size
    return messages
