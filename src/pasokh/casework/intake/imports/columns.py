"""What the columns of a sheet mean: told by their headings, corrected by people. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from pasokh.kernel.text import fold


class Means(StrEnum):
    """What a column holds. What is a remark is kept with the file; what means nothing is not."""

    ID = "id"
    RECEIVED = "received"
    NARRATIVE = "narrative"
    CATEGORY = "category"
    DETAIL = "detail"
    PRODUCT = "product"
    MODEL = "model"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    POST = "post"
    CHANNEL = "channel"
    LANGUAGE = "language"
    WANTED = "wanted"
    ORDER = "order"
    SERIAL = "serial"
    PLACE = "place"
    INCIDENT = "incident"
    PURCHASED = "purchased"
    GUARANTEE = "guarantee"
    OUTCOME = "outcome"
    ANSWER = "answer"
    CLOSED = "closed"
    ACKNOWLEDGED = "acknowledged"
    ACKNOWLEDGED_BY = "acknowledged_by"
    ASSESSED = "assessed"
    SEVERITY = "severity"
    IMPACT = "impact"
    COMPLEXITY = "complexity"
    DANGER = "danger"
    DECIDED = "decided"
    REASONS = "reasons"
    DECLINED_FOR = "declined_for"
    CAUSE = "cause"
    AFFECTED = "affected"
    REMEDY = "remedy"
    REMEDY_DUE = "remedy_due"
    REMEDY_DONE = "remedy_done"
    REMEDY_PROOF = "remedy_proof"
    AMOUNT = "amount"
    CURRENCY = "currency"
    TOLD = "told"
    WAY = "way"
    PROOF = "proof"
    NOTICED = "noticed"
    NOTICE_PROOF = "notice_proof"
    TRIED = "tried"
    TRIED_BY = "tried_by"
    VERDICT = "verdict"
    ANSWERED = "answered"
    ACCEPTED_HOW = "accepted_how"
    REMARK = "remark"
    NOTHING = "nothing"


#: What several columns may mean at once.
SEVERAL = frozenset({Means.REMARK, Means.NOTHING})
#: What is written as a date, and what as one of the organisation's own terms.
DATES = (
    *(Means.RECEIVED, Means.INCIDENT, Means.PURCHASED, Means.CLOSED, Means.ACKNOWLEDGED),
    *(Means.ASSESSED, Means.DECIDED, Means.REMEDY_DUE, Means.REMEDY_DONE, Means.TOLD),
    *(Means.NOTICED, Means.TRIED, Means.ANSWERED),
)
TERMS = (
    *(Means.CATEGORY, Means.PRODUCT, Means.CHANNEL, Means.OUTCOME, Means.LANGUAGE),
    *(Means.CAUSE, Means.REMEDY, Means.WAY, Means.VERDICT, Means.DECLINED_FOR),
)
#: What tells how a complaint was handled before, in the order of the handling.
HANDLING = (
    *(Means.ACKNOWLEDGED, Means.ACKNOWLEDGED_BY, Means.ASSESSED, Means.SEVERITY, Means.IMPACT),
    *(Means.COMPLEXITY, Means.DANGER, Means.DECIDED, Means.REASONS, Means.DECLINED_FOR),
    *(Means.CAUSE, Means.AFFECTED, Means.REMEDY, Means.REMEDY_DUE, Means.REMEDY_DONE),
    *(Means.REMEDY_PROOF, Means.AMOUNT, Means.CURRENCY, Means.TOLD, Means.WAY, Means.PROOF),
    *(Means.NOTICED, Means.NOTICE_PROOF, Means.TRIED, Means.TRIED_BY),
    *(Means.VERDICT, Means.ANSWERED, Means.ACCEPTED_HOW),
)

_HEADINGS: Mapping[Means, Sequence[str]] = {
    Means.ID: (
        *("complaint id", "id", "case id", "case number", "ticket", "ticket id", "reference"),
        *("number", "no", "شناسه", "شماره", "شماره شکایت", "کد شکایت", "شماره پرونده"),
        *("کد رهگیری", "شماره پیگیری", "ردیف"),
    ),
    Means.RECEIVED: (
        *("date received", "received", "received on", "received at", "date", "complaint date"),
        *("created", "created at", "opened", "تاریخ", "تاریخ شکایت", "تاریخ دریافت"),
        *("تاریخ ثبت", "دریافت", "زمان ثبت"),
    ),
    Means.NARRATIVE: (
        *("consumer complaint narrative", "narrative", "complaint", "description", "text"),
        *("what happened", "details", "message", "body", "شرح", "شرح شکایت", "متن"),
        *("متن شکایت", "توضیحات", "شکایت", "موضوع و شرح"),
    ),
    Means.CATEGORY: (
        *("issue", "category", "subject", "type", "complaint type", "reason", "topic"),
        *("دسته", "دسته بندی", "موضوع", "موضوع شکایت", "نوع شکایت", "علت شکایت"),
    ),
    Means.DETAIL: ("sub-issue", "subissue", "subcategory", "sub-category", "زیردسته", "جزئیات"),
    Means.PRODUCT: ("product", "product name", "service", "محصول", "کالا", "نام کالا", "خدمت"),
    Means.MODEL: ("sub-product", "subproduct", "model", "product model", "مدل", "مدل کالا"),
    Means.NAME: (
        *("name", "customer", "customer name", "complainant", "full name", "consumer"),
        *("نام", "نام و نام خانوادگی", "نام مشتری", "شاکی", "نام شاکی", "مشتری"),
    ),
    Means.PHONE: (
        *("phone", "telephone", "mobile", "phone number", "tel", "تلفن", "موبایل"),
        *("شماره تماس", "تلفن همراه", "شماره تلفن", "شماره موبایل"),
    ),
    Means.EMAIL: ("email", "e-mail", "e-mail address", "email address", "ایمیل", "رایانامه"),
    Means.POST: ("address", "postal address", "نشانی", "آدرس"),
    Means.CHANNEL: (
        *("submitted via", "channel", "source", "via", "received via", "کانال", "روش ثبت"),
        *("راه ارتباط", "راه دریافت", "نحوه دریافت", "منبع"),
    ),
    Means.LANGUAGE: ("language", "زبان"),
    Means.WANTED: ("remedy wanted", "desired outcome", "request", "خواسته", "درخواست"),
    Means.ORDER: ("order", "order number", "invoice", "شماره سفارش", "شماره فاکتور"),
    Means.SERIAL: ("serial", "serial number", "شماره سریال", "سریال"),
    Means.PLACE: ("shop", "store", "branch", "purchase place", "محل خرید", "فروشگاه"),
    Means.INCIDENT: ("incident date", "date of incident", "happened on", "تاریخ وقوع"),
    Means.PURCHASED: ("purchase date", "purchased on", "date of purchase", "تاریخ خرید"),
    Means.GUARANTEE: ("guarantee", "warranty", "گارانتی", "ضمانت"),
    Means.OUTCOME: (
        *("company response to consumer", "company response", "outcome", "result", "status"),
        *("state of complaint", "resolution", "finding", "نتیجه", "وضعیت", "نتیجه رسیدگی"),
    ),
    Means.ANSWER: (
        *("company public response", "answer", "response", "reply", "پاسخ", "پاسخ شرکت"),
        *("پاسخ داده شده", "متن پاسخ"),
    ),
    Means.CLOSED: (
        *("closed", "closed on", "date closed", "closing date", "resolved", "resolved on"),
        *("تاریخ بستن", "تاریخ پایان", "تاریخ پاسخ", "بسته شد"),
    ),
    Means.ACKNOWLEDGED: (
        *("acknowledged", "acknowledged on", "date acknowledged", "acknowledgement date"),
        *("تاریخ اعلام وصول", "اعلام وصول", "تاریخ رسید"),
    ),
    Means.ACKNOWLEDGED_BY: (
        *("acknowledgement proof", "acknowledged by", "proof of acknowledgement"),
        *("مدرک اعلام وصول", "تحویل اعلام وصول"),
    ),
    Means.ASSESSED: ("assessed", "assessed on", "date assessed", "تاریخ ارزیابی", "ارزیابی"),
    Means.SEVERITY: ("severity", "seriousness", "شدت", "وخامت"),
    Means.IMPACT: ("impact", "people concerned", "اثر", "گستره", "دامنه"),
    Means.COMPLEXITY: ("complexity", "پیچیدگی"),
    Means.DANGER: ("danger", "safety", "خطر", "خطر ایمنی", "ایمنی"),
    Means.DECIDED: (
        *("decided", "decided on", "date decided", "decision date", "تاریخ تصمیم"),
        *("تاریخ رأی", "تصمیم در"),
    ),
    Means.REASONS: (
        "reasons",
        "reasons for decision",
        "grounds",
        "دلایل",
        "دلیل تصمیم",
        "دلایل تصمیم",
    ),
    Means.DECLINED_FOR: (
        *("declined because", "not examined because", "reason for declining"),
        *("علت عدم رسیدگی", "دلیل عدم رسیدگی", "چرا رسیدگی نشد"),
    ),
    Means.CAUSE: ("cause", "root cause", "علت", "علت ریشه ای", "ریشه"),
    Means.AFFECTED: ("others affected", "دیگران هم", "سرایت به دیگران"),
    Means.REMEDY: ("remedy", "redress", "compensation", "جبران", "شیوه جبران", "نوع جبران"),
    Means.REMEDY_DUE: ("remedy due", "remedy due on", "مهلت جبران", "موعد جبران"),
    Means.REMEDY_DONE: ("remedy done", "remedy done on", "remedied on", "تاریخ جبران", "جبران در"),
    Means.REMEDY_PROOF: ("remedy proof", "proof of remedy", "مدرک جبران", "سند جبران"),
    Means.AMOUNT: (
        *("amount", "amount paid", "remedy amount", "compensation amount", "sum"),
        *("مبلغ", "مبلغ جبران", "مبلغ پرداختی", "مبلغ خسارت"),
    ),
    Means.CURRENCY: ("currency", "واحد پول", "ارز", "نوع ارز"),
    Means.TOLD: (
        *("told", "told on", "communicated", "communicated on", "answered on", "answer sent"),
        *("تاریخ ابلاغ", "ابلاغ", "ابلاغ در"),
    ),
    Means.WAY: ("told by", "answer sent by", "way of telling", "روش ابلاغ", "نحوه ابلاغ"),
    Means.PROOF: ("proof", "proof of telling", "مدرک ابلاغ", "سند ابلاغ", "تحویل گیرنده"),
    Means.NOTICED: (
        *("notice given", "notice given on", "notice sent", "notice before closing"),
        *("نامه پیش از بستن", "تاریخ نامه پیش از بستن", "تاریخ اخطار", "اخطار پیش از بستن"),
    ),
    Means.NOTICE_PROOF: (
        *("notice proof", "proof of notice", "notice taken over by"),
        *("مدرک نامه پیش از بستن", "مدرک اخطار", "تحویل اخطار"),
    ),
    Means.TRIED: (
        *("second attempt", "second attempt on", "tried again on", "تلاش دوم"),
        *("تاریخ تلاش دوم", "پیگیری دوم"),
    ),
    Means.TRIED_BY: ("second attempt by", "tried again by", "روش تلاش دوم", "روش پیگیری دوم"),
    Means.VERDICT: (
        *("complainant's answer", "accepted", "verdict", "consumer disputed"),
        *("پذیرش", "نظر شاکی", "پاسخ شاکی"),
    ),
    Means.ANSWERED: ("accepted on", "verdict on", "تاریخ پذیرش", "تاریخ نظر شاکی"),
    Means.ACCEPTED_HOW: (
        *("how accepted", "accepted how", "proof of acceptance"),
        *("نحوه پذیرش", "مدرک پذیرش", "چگونه پذیرفت"),
    ),
}


def plain(heading: str) -> str:
    """A heading as it is compared: folded, without what only separates words."""
    return " ".join(fold(heading).replace("_", " ").replace("‌", " ").strip(" ?:.*").split())


_MEANT = {plain(name): means for means, names in _HEADINGS.items() for name in names}


def recognise(headings: Sequence[str]) -> tuple[Means, ...]:
    """What each column seems to mean; the first that could mean something does."""
    found: list[Means] = []
    for heading in headings:
        means = _MEANT.get(plain(heading), Means.REMARK if heading.strip() else Means.NOTHING)
        taken = means in found and means not in SEVERAL
        found.append(Means.REMARK if taken else means)
    return tuple(found)


def layout_of(headings: Sequence[str]) -> str:
    """The name under which the meaning of such columns is remembered."""
    return sha256("\n".join(map(plain, headings)).encode()).hexdigest()[:16]


#: What a value of the sheet stands for: left empty, made a new term, or a code of ours.
LEFT, NEW = "", "+"


@dataclass(frozen=True)
class Reading:
    """How the rows of one layout become complaints.

    `order` is how dates are written where the day could be the month: `mdy`, `dmy` or, while
    nobody knows, empty. `values` tell for each kind of term what each value stands for. The rest
    is what every row is that does not say otherwise.
    """

    means: tuple[Means, ...]
    order: str = ""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    channel: str = ""
    language: str = ""
    unit: int | None = None

    def column(self, means: Means) -> int | None:
        """The place of the column that means something."""
        return self.means.index(means) if means in self.means else None

    def told(self) -> dict[str, Any]:
        """As plain values, to be kept."""
        return asdict(self)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Reading":
        """A reading from what was kept."""
        return cls(**{**told, "means": tuple(map(Means, told["means"]))})


def fault(reading: Reading) -> str | None:
    """Why such a reading makes no complaints, as a code; None where it does."""
    single = [one for one in reading.means if one not in SEVERAL]
    if len(single) != len(set(single)):
        return "column-meant-twice"
    if Means.RECEIVED not in single:
        return "no-column-received"
    if not {Means.NARRATIVE, Means.CATEGORY, Means.DETAIL} & set(single):
        return "no-column-words"
    return None
