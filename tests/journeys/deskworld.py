"""A shop with colleagues who can sign in, and some believable files, for journeys at the desk."""

from datetime import datetime, timedelta
from types import SimpleNamespace

from pasokh.casework.assessment import actions as assessment
from pasokh.casework.assessment.matrix import Answers
from pasokh.casework.complaints import actions
from pasokh.casework.complaints.matter import Matter
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.organisation.models import (
    Organisation,
    RegimeBinding,
    RoleAssignment,
    SpendingLimit,
    Staff,
    Unit,
    User,
    WorkingWeek,
)
from pasokh.directory.people.ways import Way
from pasokh.kernel import clock
from pasokh.kernel.actors import Actor
from pasokh.kernel.fields import Bilingual
from pasokh.policy.taxonomy import actions as taxonomy
from pasokh.policy.taxonomy.models import Term

PASSWORD = "چهار واژهٔ بی‌ربط در کنار هم"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)

_CAST = {
    "nima": ("نیما رضایی", "Nima Rezaei", "frontline", "tehran"),
    "reza": ("رضا کریمی", "Reza Karimi", "handler", "tehran"),
    "mina": ("مینا صادقی", "Mina Sadeghi", "reviewer", None),
    "parvin": ("پروین احمدی", "Parvin Ahmadi", "representative", None),
    "omid": ("امید نوری", "Omid Nouri", "top_management", None),
}
_STORIES = (
    ("مریم احمدی", "یخچالی که خریدم از روز اول صدا می‌دهد و بعد از سه بار تماس کسی نیامد.", "fa", 6),
    (
        "John Whitfield",
        "The oven arrived with a cracked door and nobody answers my mails.",
        "en",
        4,
    ),
    ("سعید مرادی", "پول سفارش لغوشده هنوز برنگشته است.", "fa", 3),
    ("زهرا کاظمی", "نصاب بدون خبر نیامد و یک روز مرخصی‌ام از دست رفت.", "fa", 1),
    ("حسین رستمی", "ماشین لباس‌شویی مدل SWM-84526 آب می‌دهد.", "fa", 0),
)


def open_shop() -> SimpleNamespace:
    """The organisation, its lists and its colleagues; each signs in as `name@example.org`."""
    at = clock.now() - 900 * DAY
    Organisation.objects.create(name=Bilingual("خانهٔ نو", "Khaneh-ye No"), time_zone="Asia/Tehran")
    head = Unit.objects.create(code="head", name=Bilingual("دفتر مرکزی", "Head office"))
    tehran = Unit.objects.create(
        code="tehran", name=Bilingual("شعبهٔ تهران", "Tehran branch"), parent=head
    )
    units = {"head": head, "tehran": tehran, None: None}
    day = [["08:00", "16:00"]]
    WorkingWeek.objects.create(valid_from=at.date(), days=[day, day, day, day, [], day, day])
    RegimeBinding.objects.create(pack="iso10002-2018", valid_from=at)
    SpendingLimit.objects.create(role="handler", currency="IRR", amount=50_000_000)
    keeper = Actor("clock", "test", {"taxonomy.configure": None})  # type: ignore[arg-type]
    taxonomy.plant(by=keeper, at=at)
    actors = {}
    for name, (fa, en, role, unit) in _CAST.items():
        user = User(email=f"{name}@example.org")
        user.set_password(PASSWORD)
        user.save()
        staff = Staff.objects.create(
            number=name, name=Bilingual(fa, en), unit=tehran, active_from=at, user=user
        )
        RoleAssignment.objects.create(
            staff=staff, role=role, unit=units[unit], valid_from=at, by="clock:test"
        )
        actors[name] = staff
    now = clock.now()
    return SimpleNamespace(
        unit=tehran.pk,
        staff=actors,
        **{name: organisation.actor_for_staff(one.pk, now) for name, one in actors.items()},
    )


def some_files(shop: SimpleNamespace) -> list[str]:
    """Five files of the last days, in different states, each by verbs; their references."""
    now = clock.now()
    refs = [_file(shop, *story, now) for story in _STORIES]
    for ref in refs[:3]:
        _assess(shop, ref, now - 2 * DAY, severity=4 if ref == refs[1] else 2)
        actions.assign(ref, staff=shop.staff["reza"].pk, by=shop.parvin, at=now - 2 * DAY)
    actions.message(refs[0], text="تعمیرکار فردا ساعت ۱۰ می‌آید.", by=shop.reza, at=now - DAY)
    actions.note(refs[0], text="این مدل را نمایندگی قبلاً هم پس گرفته است.", by=shop.reza, at=now)
    return refs


def _file(
    shop: SimpleNamespace, name: str, words: str, language: str, days: int, now: datetime
) -> str:
    category = Term.objects.filter(kind="category").exclude(parent=None).first()
    incoming = Incoming(
        channel="phone",
        language=language,
        matter=Matter(words, serial_number="SN-20441" if days == 6 else ""),
        received_at=now - days * DAY - HOUR,
        who=Who(name, language, reached=((Way.PHONE, "0912 345 67 89"),)),
        unit=shop.unit,
        category=category.pk if category and days > 2 else None,
    )
    return intake.receive(incoming, by=shop.nima, at=now - days * DAY - HOUR / 2).ref


def _assess(shop: SimpleNamespace, ref: str, at: datetime, *, severity: int) -> None:
    answers = Answers(severity, severity == 4, 1, 2, False, True, False)
    assessment.assess(
        ref,
        answers=answers,
        immediate_action="",
        override=None,
        override_reason="",
        by=shop.mina,
        at=at,
    )
