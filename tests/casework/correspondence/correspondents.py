"""A file with a named complainant, and a letter of every kind written in it by the real verbs."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from tests.casework.acts import Acts, all_away
from tests.casework.conftest import DAY, HOUR, START

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.judging import Found
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.matter import Filing, Matter, NewIssue
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.terms import Finding
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.directory.organisation.models import Organisation
from pasokh.directory.people import actions as people
from pasokh.directory.people.ways import Confirmed, Way
from pasokh.kernel.fields import Bilingual

WORDS = {
    "fa": SimpleNamespace(
        name="مریم رضایی",
        narrative="یخچال از روز اول خراب بود.",
        issues=("یخچال خنک نمی‌کند", "کالا دیر رسید"),
        reasons="کمپرسور در دورهٔ ضمانت خراب شده است.",
        said="شمارهٔ سفارش را برایمان بنویسید.",
        wanted="یخچال را عوض کنید.",
    ),
    "en": SimpleNamespace(
        name="Mary Collins",
        narrative="The fridge was broken from the first day.",
        issues=("The fridge does not cool", "The delivery came late"),
        reasons="The compressor failed within the guarantee.",
        said="Please send us the order number.",
        wanted="Exchange the fridge.",
    ),
}


def describe_office() -> None:
    """Give the shop everything that a letterhead and a foot show."""
    Organisation.objects.update(
        name=Bilingual("فروشگاه خانه", "Khaneh Stores"),
        mailbox="shekayat@khaneh.example",
        telephone="021-88123456",
        address=Bilingual("تهران، خیابان انقلاب، شمارهٔ ۱۲", "12 Enghelab Street, Tehran"),
        opening_hours=Bilingual("شنبه تا چهارشنبه، ۸ تا ۱۶", "Saturday to Wednesday, 8 to 16"),
        signatory_name=Bilingual("پروین کاظمی", "Parvin Kazemi"),
        signatory_post=Bilingual("مدیر رسیدگی به شکایات", "Head of Complaints"),
    )


def complain(
    shop: Any,
    language: str,
    *,
    address: str = "maryam@example.org",
    confirmed: bool = True,
    issues: int = 2,
    at: datetime = START,
) -> Complaint:
    """A complaint by a named person with one address for letters."""
    words = WORDS[language]
    person = people.register_person(words.name, language=language, by=shop.nima, at=at)
    if address:
        point = people.add_contact_point(
            person.pk, kind=Way.EMAIL, value=address, preferred=True, by=shop.nima, at=at
        )
        if confirmed:
            people.confirm_contact_point(point.pk, how=Confirmed.LINK, by=shop.nima, at=at)
    texts = [words.issues[number % 2] for number in range(issues)]
    filing = Filing(
        matter=Matter(narrative=words.narrative, remedy_wanted=words.wanted),
        channel="counter",
        language=language,
        unit=shop.units["tehran"].pk,
        complainant=person.pk,
        issues=tuple(map(NewIssue, texts)),
    )
    return actions.receive(filing, received_at=at, by=shop.nima, at=at)


def decided(case: Complaint, acts: Acts, language: str, at: datetime) -> None:
    """Assess and decide: the first issue upheld with remedies, the others not."""
    shop, words = acts.shop, WORDS[language]
    acts.take(Step.ASSESS, case, shop.sara, at)
    numbers = case.issues.values_list("number", flat=True)
    findings = [
        Found(number, Finding.UPHELD if number == 1 else Finding.NOT_UPHELD, words.reasons)
        for number in numbers
    ]
    promises = [
        acts.promise(case, at, description=words.wanted),
        acts.promise(case, at, amount=1_250_000, currency="IRR"),
    ]
    actions.decide(
        case.ref,
        findings=findings,
        promises=promises,
        reasons=words.reasons,
        waives_review=False,
        by=shop.reza,
        at=at,
    )


def written(kind: LetterKind, language: str, acts: Acts, **changes: Any) -> Letter:
    """One letter of a kind, written by the verb that writes it, in a file of its own."""
    shop, words = acts.shop, WORDS[language]
    case = complain(shop, language, **changes)
    at = START + 2 * HOUR
    match kind:
        case LetterKind.DECISION | LetterKind.NOTICE | LetterKind.CLOSING | LetterKind.REVIEW:
            decided(case, acts, language, at)
            _after_decision(kind, case, acts, at + HOUR)
        case LetterKind.REQUEST:
            actions.ask(case.ref, question=words.said, by=shop.reza, at=at)
        case LetterKind.MESSAGE:
            actions.message(case.ref, text=words.said, by=shop.reza, at=at)
        case LetterKind.EXTENSION:
            actions.extend(
                case.ref, clock="decide", amount=2, reason=words.reasons, by=shop.sara, at=at
            )
        case LetterKind.SET_ASIDE:
            acts.take(Step.SET_ASIDE, case, shop.sara, at)
        case LetterKind.WITHDRAWN:
            acts.take(Step.WITHDRAW, case, shop.reza, at)
        case LetterKind.SETTLED:
            acts.take(Step.SETTLE, case, shop.nima, at)
        case LetterKind.WAIVER:
            all_away(shop, at)
            actions.waive(
                case.ref,
                staff=shop.staff["omid"].pk,
                reason=words.reasons,
                by=shop.parvin,
                at=at,
            )
        case LetterKind.PROGRESS:
            facts = {"words": words.said}
            actions.write(case.ref, kind=kind, facts=facts, by=shop.reza, at=at)
        case _:
            actions.write(case.ref, kind=kind, facts={}, by=shop.reza, at=at)
    return Letter.objects.filter(complaint=case, kind=kind).latest("pk")


def _after_decision(kind: LetterKind, case: Complaint, acts: Acts, at: datetime) -> None:
    shop = acts.shop
    if kind is LetterKind.DECISION:
        actions.write(case.ref, kind=kind, facts={}, by=shop.reza, at=at)
        return
    acts.take(Step.COMMUNICATE, case, shop.reza, at)
    if kind is LetterKind.NOTICE:
        actions.write(case.ref, kind=kind, facts={}, by=shop.reza, at=at + 15 * DAY)
    elif kind is LetterKind.REVIEW:
        acts.take(Step.REVIEW, case, shop.reza, at)
    else:
        acts.take(Step.VERDICT, case, shop.reza, at)
        acts.take(Step.TRACE, case, shop.reza, at)
        for remedy in case.remedies.all():
            actions.fulfil(
                case.ref, remedy=remedy.pk, done_on=at.date(), proof="12", by=shop.reza, at=at
            )
        acts.take(Step.CLOSE, case, shop.reza, at)
