"""What others call the ways in which complaints end, and the ways they come. Pure."""

from collections.abc import Mapping

from pasokh.casework.complaints.terms import Outcome
from pasokh.casework.intake.imports.columns import Means, plain

#: Stands for a complaint that had not ended.
OPEN = "open"

_OUTCOMES: Mapping[str, tuple[str, ...]] = {
    Outcome.UPHELD: ("upheld", "justified", "وارد", "وارد است", "به حق"),
    Outcome.PARTLY: ("partly upheld", "partially upheld", "تا حدی وارد", "نیمه وارد"),
    Outcome.NOT_UPHELD: ("not upheld", "rejected", "unjustified", "ناوارد", "وارد نیست", "رد شد"),
    Outcome.SETTLED: (
        *("settled", "closed with monetary relief", "closed with non-monetary relief"),
        *("closed with relief", "سازش", "توافق", "مصالحه"),
    ),
    Outcome.DECLINED: ("declined", "not examined", "out of scope", "خارج از صلاحیت"),
    OPEN: (
        *("in progress", "open", "pending", "new", "باز", "در حال بررسی", "در دست بررسی"),
        *("در جریان", "جدید"),
    ),
}
_CHANNELS: Mapping[str, tuple[str, ...]] = {
    "web": ("web", "website", "online", "internet", "سایت", "وب سایت", "اینترنت"),
    "phone": ("phone", "telephone", "call", "تلفن", "تلفنی", "تماس تلفنی"),
    "counter": ("counter", "in person", "walk in", "حضوری", "مراجعه حضوری"),
    "letter": ("letter", "postal mail", "post", "mail", "fax", "نامه", "پست", "نمابر"),
    "email": ("email", "e-mail", "ایمیل", "رایانامه"),
    "other": ("other", "referral", "سایر", "ارجاع"),
}
_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "fa": ("fa", "farsi", "persian", "فارسی"),
    "en": ("en", "english", "انگلیسی"),
}


def _table(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {plain(one): code for code, names in words.items() for one in names}


_KNOWN = {
    Means.OUTCOME: _table(_OUTCOMES),
    Means.CHANNEL: _table(_CHANNELS),
    Means.LANGUAGE: _table(_LANGUAGES),
}


def meant(means: Means, value: str) -> str:
    """The code that a value most likely stands for; empty where nobody can tell."""
    return _KNOWN.get(means, {}).get(plain(value), "")
