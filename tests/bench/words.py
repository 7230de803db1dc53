"""What copies of one case say differently: names, numbers, addresses and some words of their own.

Made from the number alone, so every run fills the same database. Words are invented and as
unevenly spread as those of a language, so an index of them grows as it would in life.
"""

import random
from dataclasses import astuple, dataclass

from pasokh.directory.people import ways

#: Who looks at the queue and does things, a reviewer who sees every unit, and how they sign in.
OFFICER, PASSWORD = "mina@example.org", "چهار واژهٔ بی‌ربط در کنار هم"
#: How many words are invented, and how many of them each complaint says.
VOCABULARY, SAID = 20_000, 12

_FIRST = (
    *("مریم", "زهرا", "سعید", "حسین", "نرگس", "الهام", "بهروز", "کاوه", "شیرین", "فرهاد"),
    *("پریسا", "آرش", "لیلا", "منصور", "هدیه", "جواد", "سمیرا", "یاسر", "گلناز", "داریوش"),
)
_LAST = (
    *("احمدی", "مرادی", "کاظمی", "رستمی", "نوری", "صالحی", "قاسمی", "جعفری", "اکبری", "حیدری"),
    *("شریفی", "کریمی", "صادقی", "رضایی", "یوسفی", "باقری", "ملکی", "طاهری", "نجفی", "عباسی"),
)
_SYLLABLES = {
    "fa": ("بار", "دان", "سی", "مه", "رو", "تاب", "گل", "نیک", "شا", "پی", "زر", "کو", "لا", "ون"),
    "en": ("bar", "den", "si", "mo", "rol", "tab", "gan", "nek", "sha", "pit", "zor", "ku", "la"),
}


@dataclass(frozen=True)
class Marks:
    """What one complaint alone says; no two have a mark in common, but for words they share."""

    name: str
    email: str
    phone: str
    phone_key: str
    serial: str
    said: str

    @classmethod
    def of(cls, number: int, language: str) -> "Marks":
        """The marks of the complaint of a number (1, 2 …)."""
        chance = random.Random(number)
        first, last = chance.choice(_FIRST), chance.choice(_LAST)
        phone = f"0912{number:07}"
        return cls(
            name=f"{first} {last} {_invented(number, 'fa')}",
            email=f"person-{number:07}@example.org",
            phone=phone,
            phone_key=ways.phone_key(phone),
            serial=f"SN-{number:07}-K",
            said=" ".join(_invented(_rank(chance), language) for _ in range(SAID)) + ".",
        )

    @property
    def text(self) -> str:
        """All of it, for whoever gathers the words by which it is found."""
        return "\n".join(astuple(self))


def _rank(chance: random.Random) -> int:
    """A word's rank, the first ones far more often: as likely as one in its rank."""
    return int(VOCABULARY ** chance.random())


def _invented(number: int, language: str) -> str:
    """The word of a number, always the same."""
    syllables, word = _SYLLABLES[language], ""
    number += len(syllables)
    while number:
        number, syllable = divmod(number, len(syllables))
        word += syllables[syllable]
    return word
