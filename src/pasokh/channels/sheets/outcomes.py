"""What others call the ways in which complaints come, are answered and end. Pure."""

from collections.abc import Mapping

from pasokh.casework.complaints.terms import Affected, Decline, Outcome, Verdict
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.intake.imports.columns import Means, plain

#: Stands for a complaint that had not ended.
OPEN = "open"
#: What stands for a yes and a no.
YES, NO = "yes", "no"

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
_WAYS: Mapping[str, tuple[str, ...]] = {
    Way.SENT: (
        *("sent", "email", "e-mail", "post", "letter", "registered post", "mail"),
        *("پست", "پست سفارشی", "نامه", "ایمیل", "رایانامه", "ارسال شد"),
    ),
    Way.HANDED: ("handed over", "by hand", "in person", "حضوری", "تحویل حضوری", "دستی"),
}
_VERDICTS: Mapping[str, tuple[str, ...]] = {
    Verdict.ACCEPTED: ("accepted", "satisfied", "پذیرفت", "پذیرفته", "راضی"),
    Verdict.NOT_ACCEPTED: ("not accepted", "refused", "disputed", "نپذیرفت", "ناراضی"),
    Verdict.NO_ANSWER: ("no answer", "silent", "بی پاسخ", "پاسخ نداد"),
}
_DECLINES: Mapping[str, tuple[str, ...]] = {
    Decline.OUT_OF_SCOPE: ("out of scope", "not ours", "خارج از صلاحیت", "خارج از حوزه"),
    Decline.TOO_LATE: ("too late", "out of time", "دیرهنگام", "خارج از مهلت"),
    Decline.BEFORE_A_COURT: ("before a court", "in court", "در دادگاه", "نزد دادگاه"),
    Decline.ALREADY_ANSWERED: ("already answered", "duplicate", "پیش تر پاسخ داده شده", "تکراری"),
}
_YES = ("yes", "y", "true", "1", "بله", "آری", "دارد")
_NO = ("no", "n", "false", "0", "خیر", "نه", "ندارد")
_AFFECTED: Mapping[str, tuple[str, ...]] = {
    Affected.YES: _YES,
    Affected.NO: _NO,
    Affected.UNKNOWN: ("unknown", "not known", "نامعلوم", "نمی دانیم"),
}


def _table(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {plain(one): code for code, names in words.items() for one in names}


_KNOWN = {
    Means.OUTCOME: _table(_OUTCOMES),
    Means.CHANNEL: _table(_CHANNELS),
    Means.LANGUAGE: _table(_LANGUAGES),
    Means.WAY: _table(_WAYS),
    Means.VERDICT: _table(_VERDICTS),
    Means.AFFECTED: _table(_AFFECTED),
    Means.DECLINED_FOR: _table(_DECLINES),
    Means.TRIED_BY: _table(_CHANNELS),
    Means.DANGER: _table({YES: _YES, NO: _NO}),
}


def meant(means: Means, value: str) -> str:
    """The code that a value most likely stands for; empty where nobody can tell."""
    return _KNOWN.get(means, {}).get(plain(value), "")
