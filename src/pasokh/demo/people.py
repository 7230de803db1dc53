"""People of the demonstration: names, towns, numbers and addresses that belong to nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from pasokh.demo.data import Data, read
from pasokh.kernel.dates import numerals

_MAILS = ("example.com", "example.org", "example.net", "mail.example", "post.example")


@dataclass(frozen=True)
class Person:
    """Somebody invented, with everything a complaint may need of them."""

    name: str
    language: str
    city: Data
    mobile: str
    email: str
    address: str


def invent(rng: Random, language: str, city: Data | None = None) -> Person:
    """Make somebody up, of a town or of any."""
    names, latin = read("people")[language], read("people")["en"]
    kind = rng.choice(("women", "men"))
    family = rng.choice(names["family"])
    name = f"{rng.choice(names[kind])} {family}"
    city = city or _weighted(rng, read("people")["city"])
    mobile = (
        f"09{rng.choice(('12', '13', '15', '35', '37', '19', '01'))}000{rng.randrange(10**4):04}"
    )
    known_as = family if language == "en" else rng.choice(latin["family"])
    account = f"{known_as}.{rng.randrange(60, 99)}".lower().replace("'", "")
    return Person(
        name=name,
        language=language,
        city=city,
        mobile=_written(rng, mobile, language),
        email=f"{account}{rng.randrange(9)}@{rng.choice(_MAILS)}",
        address=_address(rng, city, language),
    )


def _written(rng: Random, number: str, language: str) -> str:
    """A number as people write it: with Persian digits or Latin ones, with spaces or without."""
    spaced = f"{number[:4]} {number[4:7]} {number[7:]}" if rng.random() < 0.4 else number
    return numerals(spaced, language) if rng.random() < 0.6 else spaced


def _address(rng: Random, city: Data, language: str) -> str:
    persian, english = rng.choice(city["streets"])
    plate, flat = rng.randrange(3, 240), rng.randrange(1, 14)
    if language == "fa":
        said = f"{city['fa']}، {persian}، کوچهٔ {rng.randrange(2, 38)}، پلاک {plate}، واحد {flat}"
        return numerals(said, language)
    return f"Unit {flat}, No. {plate}, {english}, {city['en']}"


def _weighted(rng: Random, rows: Sequence[Data]) -> Data:
    return rng.choices(rows, [row["weight"] for row in rows])[0]
