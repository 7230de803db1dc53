"""One complaint as a story: who, what, where and in which words. The same seed, the same words."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from pasokh.demo.data import Data, plots, read
from pasokh.demo.hours import TEHRAN
from pasokh.demo.people import Person
from pasokh.kernel.dates import as_date, numerals

_ZWNJ = "\u200c"
#: The space after an *a* that has to be an *an*.
_AN = re.compile(r"(?<=\ba) (?=[AEIOU8])")
_SPOKEN = {"phone", "counter"}
#: What an anonymous person leaves out; and of a day so long ago people say the year, too.
_NAME, _LONG_AGO = "{name}", timedelta(days=300)


@dataclass(frozen=True)
class Bought:
    """What was bought, where and when; the price in tomans."""

    kind: str
    names: Data
    model: Data
    serial: str
    order: str
    shop: Data
    on: date


class Story:
    """The words of one file, in the language of whoever complains."""

    def __init__(
        self,
        rng: Random,
        plot: Data,
        person: Person,
        bought: Bought,
        channel: str,
        today: date,
        *,
        unsigned: bool = False,
    ) -> None:
        self.rng, self.plot, self.person, self.bought = rng, plot, person, bought
        self.channel, self.language, self.unsigned = channel, person.language, unsigned
        self.told, self.phrases = plot[self.language], read("phrases")[self.language]
        self.happened = max(bought.on, today - timedelta(days=rng.randrange(2, 24)))
        self._slots = self._facts(today)
        self._slots["offer"] = self.words("offer")
        #: What is told in the same breath and has nothing to do with it.
        self.second: Story | None = None
        for other in plots():
            if other["code"] == plot.get("apart"):
                self.second = Story(rng, other, person, bought, channel, today)

    def say(self, text: str) -> str:
        """Fill the facts of this story into a text."""
        filled = text.format_map(self._slots)
        return _AN.sub("n ", filled) if self.language == "en" else filled

    def phrase(self, name: str) -> str:
        """One of the phrases of a name, or the plot's own, with the facts of this story in it."""
        found = self.told[name] if name in self.told else self.phrases[name]
        if isinstance(found, str):
            return self.say(found)
        named = self.unsigned and name == "closers"
        return self.say(self.rng.choice([one for one in found if not named or _NAME not in one]))

    def words(self, name: str) -> str:
        """One of the plot's own texts of a name."""
        found = self.told[name]
        return self.say(found if isinstance(found, str) else self.rng.choice(found))

    def narrative(self) -> str:
        """What happened, as this person would write or say it."""
        parts = [part for part in self._parts() if part]
        text = ("\n\n" if len(parts) > 4 else " ").join(parts)
        return self._typed(text)

    def toman(self, amount: int) -> str:
        """A sum as people say it."""
        if self.language == "en":
            return f"{amount:,} tomans"
        millions, rest = divmod(amount, 1_000_000)
        said = [f"{millions} میلیون"] * bool(millions) + [f"{rest // 1000} هزار"] * bool(rest)
        return numerals(" و ".join(said) + " تومان", "fa")

    def _parts(self) -> list[str]:
        rng, length = self.rng, self.rng.random()
        body = self.words("said")
        if self.plot.get("plain"):
            return [self.phrase("greetings") if rng.random() < 0.6 else "", body]
        if length < 0.22 and self.channel != "letter":
            return [body]
        opener = "formal" if self.channel == "letter" else "greetings"
        bought = self.phrase("bought")
        if self.channel in _SPOKEN:
            chased = self.phrase("chased") if rng.random() < 0.4 else ""
            return [bought, body, chased] if rng.random() < 0.4 else [body, bought, chased]
        matter = [bought, body] if opener == "formal" or rng.random() < 0.45 else [body, bought]
        return [
            self.phrase(opener) if rng.random() < 0.7 or opener == "formal" else "",
            *matter,
            self.phrase("chased") if length > 0.5 else "",
            self.phrase(self._burden()) if length > 0.7 else "",
            self.phrase("closers") if rng.random() < 0.75 else "",
        ]

    def _burden(self) -> str:
        at_home = self.plot["unit"] in ("service", "delivery") and self.rng.random() < 0.65
        return "at_home" if at_home else "burden"

    def _typed(self, text: str) -> str:
        """As it comes from a keyboard: some know no half-space, some have an Arabic layout."""
        if self.language == "en" or self.channel in _SPOKEN:
            return text
        habit = self.rng.random()
        if habit < 0.22:
            text = text.replace(_ZWNJ, " ")
        if habit < 0.07:
            text = text.replace("ی", "ي").replace("ک", "ك")
        return text

    def _facts(self, today: date) -> dict[str, Any]:
        rng, language, bought = self.rng, self.language, self.bought
        price, days = bought.model["price"], max(3, (self.happened - bought.on).days)
        called = today - timedelta(days=rng.randrange(1, 9))
        numbers = {
            "days": min(days, rng.randrange(9, 60)),
            "times": rng.randrange(2, 6),
            "weeks": min(max(2, days // 7), rng.randrange(3, 9)),
            "receipt": rng.randrange(10**7, 10**8),
        }
        return {
            **{name: numerals(value, language) for name, value in numbers.items()},
            "kind": bought.names[language],
            "good": bought.model[language],
            "model": bought.model["model"],
            "serial": bought.serial,
            "order": bought.order,
            "shop": bought.shop["spoken"][language],
            "city": self.person.city[language],
            "name": self.person.name,
            "mobile": self.person.mobile,
            "price": self.toman(price),
            "part": self.toman(_round(price * rng.uniform(0.08, 0.2))),
            "loss": self.toman(_round(rng.uniform(1.2, 4.8) * 1_000_000)),
            "bought": self._spoken(bought.on, today),
            "happened": self._spoken(self.happened, today),
            "called": self._spoken(called, today),
        }

    def _spoken(self, day: date, today: date) -> str:
        """A day as people write it: number and month, and the year of one that is long ago."""
        parts = as_date(day, self.language, TEHRAN).split()
        return " ".join(parts[1 : 4 if today - day > _LONG_AGO else 3])


def _round(amount: float) -> int:
    return max(1, round(amount / 50_000)) * 50_000
