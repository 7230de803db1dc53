"""Holidays offered at set-up, from the `holidays` library: data to look through, never a feed.

Pure but for that library. What the organisation keeps is its own copy, with source and date;
nothing here changes a calendar by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from pasokh.directory.organisation.labels import kept_source
from pasokh.kernel.dates import numerals

#: The countries offered, each with its parts that have holidays of their own.
COUNTRIES = {
    "IR": (),
    "GB": ("ENG", "WLS", "SCT", "NIR"),
}

#: The library's language for each of ours; it has no Persian for the United Kingdom.
_LANGUAGES = {"IR": {"en": "en_US", "fa": "fa_IR"}, "GB": {"en": "en_GB"}}

_ESTIMATED = {"en": " (estimated)", "fa": " (تخمینی)"}
_OBSERVED = {"en": " (observed)", "fa": " (روز جبرانی)"}

_GB_IN_PERSIAN = {
    "Battle of the Boyne": "نبرد بوین",
    "Boxing Day": "باکسینگ‌دی",
    "Christmas Day": "کریسمس",
    "Coronation of Charles III": "تاج‌گذاری چارلز سوم",
    "Diamond Jubilee of Elizabeth II": "شصتمین سال سلطنت الیزابت دوم",
    "Easter Monday": "دوشنبهٔ عید پاک",
    "Golden Jubilee of Elizabeth II": "پنجاهمین سال سلطنت الیزابت دوم",
    "Good Friday": "جمعهٔ نیک",
    "Late Summer Bank Holiday": "تعطیلی پایان تابستان",
    "May Day": "تعطیلی آغاز ماه مه",
    "New Year Holiday": "تعطیلی سال نو",
    "New Year's Day": "روز اول سال نو",
    "Platinum Jubilee of Elizabeth II": "هفتادمین سال سلطنت الیزابت دوم",
    "Saint Andrew's Day": "روز سنت اندرو",
    "Saint Patrick's Day": "روز سنت پاتریک",
    "Scotland's participation in the FIFA World Cup final": "حضور اسکاتلند در جام جهانی فوتبال",
    "Spring Bank Holiday": "تعطیلی بهار",
    "State Funeral of Queen Elizabeth II": "مراسم رسمی تشییع ملکه الیزابت دوم",
    "Summer Bank Holiday": "تعطیلی تابستان",
    "Wedding of William and Catherine": "عروسی ویلیام و کاترین",
}


@dataclass(frozen=True)
class Offered:
    """One holiday on offer; `estimated` where its date waits for the moon to be seen."""

    on: date
    name: dict[str, str]
    estimated: bool
    source: str


def offered(country: str, subdivision: str, years: Iterable[int]) -> list[Offered]:
    """The public holidays of a country, or of a part of it, in some years, in order.

    Each comes with its name in Persian and English. ValueError for a country or part that is
    not in `COUNTRIES`; an empty subdivision is the whole country.
    """
    import holidays as library  # noqa: PLC0415  slow import

    if country not in COUNTRIES or subdivision not in ("", *COUNTRIES[country]):
        raise ValueError(f"no holidays are offered for {country} {subdivision}".rstrip())
    years = sorted(set(years))
    by_language = {
        language: library.country_holidays(
            country, subdiv=subdivision or None, years=years, language=theirs
        )
        for language, theirs in _LANGUAGES[country].items()
    }
    edition, place = version("holidays"), country + f"-{subdivision}" * bool(subdivision)
    return [
        Offered(
            on=on,
            name=_names(country, {of: names[on] for of, names in by_language.items()}),
            estimated=(estimated := _ESTIMATED["en"] in by_language["en"][on]),
            source=kept_source(edition, place, estimated=estimated),
        )
        for on in sorted(by_language["en"])
    ]


def _names(country: str, given: dict[str, str]) -> dict[str, str]:
    """The names in both languages, without the marks the library puts on estimated dates."""
    plain = {language: name.replace(_ESTIMATED[language], "") for language, name in given.items()}
    if country == "GB":
        plain["fa"] = "؛".join(map(_persian, plain["en"].split("; ")))
    plain["fa"] = numerals("؛ ".join(name.strip() for name in plain["fa"].split("؛")), "fa")
    return {language: plain[language] for language in ("fa", "en")}


def _persian(name: str) -> str:
    """A British holiday in Persian; one without a name yet stays English."""
    plain = name.removesuffix(_OBSERVED["en"])
    persian = _GB_IN_PERSIAN.get(plain, plain)
    return persian + _OBSERVED["fa"] if plain != name else persian
