from datetime import timedelta

import pytest
from tests.directory.conftest import NOON, acting, last, refusal, told

from pasokh.directory.people import actions, queries
from pasokh.directory.people.models import ContactPoint, Person
from pasokh.directory.people.terms import Kind, Need
from pasokh.directory.people.ways import Confirmed, Way

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
CLERK = acting(number="12")
ACT = {"by": CLERK, "at": NOON}


def person(name: str = "مریم احمدی", **changes) -> Person:
    return actions.register_person(name, **{"language": "fa", **ACT, **changes})


def mail(whose: Person, value: str = "m@khaneh.example", **changes) -> ContactPoint:
    return actions.add_contact_point(whose.pk, kind=Way.EMAIL, value=value, **changes, **ACT)


def phone(whose: Person, value: str = "۰۹۱۲ ۳۴۵ ۶۷۸۹", **changes) -> ContactPoint:
    return actions.add_contact_point(whose.pk, kind=Way.PHONE, value=value, **changes, **ACT)


@pytest.mark.clause("10002:4.5")
def test_a_person_is_written_down_as_given_with_what_they_need() -> None:
    name = "  مريم  احمدی\u200c "

    maryam = person(name, needs=[Need.SIGHT, Need.READING], needs_note="متن درشت")

    maryam.refresh_from_db()
    assert (maryam.name, maryam.kind, maryam.created_at) == (name, Kind.INDIVIDUAL, NOON)
    assert maryam.needs == ["reading", "sight"]
    entry = last(maryam.subject)
    assert entry.facts == {"kind": "individual", "language": "fa", "needs": ["reading", "sight"]}
    assert entry.private == {"name": name, "needs_note": "متن درشت"}
    assert "مريم".encode() not in bytes(entry.canonical)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "person-without-name"),
        ({"language": "de"}, "language-unknown"),
        ({"kind": "ghost"}, "person-kind-unknown"),
        ({"needs": ["wings"]}, "need-unknown"),
    ],
)
def test_a_person_is_not_written_down_when(changes: dict, code: str) -> None:
    assert refusal(person, **changes) == code
    assert Person.objects.count() == 0


def test_a_correction_keeps_old_and_new_and_why() -> None:
    maryam = person()

    actions.correct_person(maryam.pk, name="مریم احمدی‌نیا", reason="misheard", **ACT)

    entry = last(maryam.subject)
    assert entry.facts == {"changed": ["name"]}
    assert entry.private == {
        "reason": "misheard",
        "changes": {"name": ["مریم احمدی", "مریم احمدی‌نیا"]},
    }
    assert Person.objects.get().name == "مریم احمدی‌نیا"


def test_a_correction_says_why_and_changes_something() -> None:
    maryam = person()

    assert refusal(actions.correct_person, maryam.pk, name="x", reason=" ", **ACT) == (
        "reason-missing"
    )
    assert refusal(actions.correct_person, maryam.pk, name=" ", reason="r", **ACT) == (
        "person-without-name"
    )
    assert refusal(actions.correct_person, 999, reason="r", **ACT) == "no-such-person"
    actions.correct_person(maryam.pk, name=maryam.name, reason="r", **ACT)
    assert told(maryam.subject) == ["person.registered"]
    with pytest.raises(TypeError, match="colour"):
        actions.correct_person(maryam.pk, colour="blue", reason="r", **ACT)  # type: ignore[call-arg]


def test_a_way_to_reach_a_person_is_kept_as_given_and_found_however_it_is_written() -> None:
    maryam = person()
    mobile = phone(maryam)

    assert (mobile.value, mobile.key) == ("۰۹۱۲ ۳۴۵ ۶۷۸۹", "+989123456789")
    for written in ("09123456789", "+98 912 345 6789", "٠٩١٢٣٤٥٦٧٨٩"):
        assert queries.found_by(Way.PHONE, written) == [maryam]
    assert queries.found_by(Way.PHONE, "09123456780") == []
    assert queries.found_by(Way.PHONE, "ندارم") == []
    assert last(maryam.subject).facts == {
        "contact_point": mobile.pk,
        "kind": "phone",
        "preferred": False,
    }
    assert last(maryam.subject).private == {"value": "۰۹۱۲ ۳۴۵ ۶۷۸۹"}


def test_several_people_may_share_a_number() -> None:
    maryam, ali = person("مریم"), person("علی")
    phone(maryam)
    phone(ali, "+98 912 345 6789")

    assert queries.found_by(Way.PHONE, "09123456789") == [maryam, ali]


def test_the_same_way_is_not_written_down_twice() -> None:
    maryam = person()

    assert phone(maryam).pk == phone(maryam, "+989123456789").pk
    assert told(maryam.subject) == ["person.registered", "person.contact_point_added"]


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (Way.EMAIL, "maryam", "address-invalid"),
        (Way.PHONE, "ندارم", "number-invalid"),
        (Way.POST, " ", "contact-point-empty"),
    ],
)
def test_what_reaches_nobody_is_refused(kind: Way, value: str, code: str) -> None:
    maryam = person()

    assert refusal(actions.add_contact_point, maryam.pk, kind=kind, value=value, **ACT) == code
    assert refusal(actions.add_contact_point, 999, kind=kind, value="x", **ACT) == "no-such-person"


@pytest.mark.clause("10002:4.6")
def test_one_way_is_preferred() -> None:
    maryam = person()
    first, second = mail(maryam, preferred=True), phone(maryam, preferred=True)

    def preferred() -> list[int]:
        return list(maryam.contact_points.filter(preferred=True).values_list("pk", flat=True))

    assert preferred() == [second.pk]
    actions.prefer_contact_point(first.pk, **ACT)
    actions.prefer_contact_point(first.pk, **ACT)
    assert preferred() == [first.pk]
    assert told(maryam.subject).count("person.contact_point_preferred") == 1


def test_a_way_is_confirmed_once_and_says_how() -> None:
    point = mail(person())

    actions.confirm_contact_point(point.pk, how=Confirmed.LINK, by=CLERK, at=NOON)
    again = actions.confirm_contact_point(point.pk, how=Confirmed.CODE, by=CLERK, at=NOON + DAY)

    assert (again.confirmed_at, again.confirmed_how) == (NOON, "link")
    assert refusal(actions.confirm_contact_point, 999, how=Confirmed.CODE, **ACT) == (
        "no-such-contact-point"
    )


def test_letters_go_to_the_preferred_way_that_takes_letters_and_is_in_use() -> None:
    maryam = person()
    assert queries.letter_box(maryam.pk, texts=False) is None

    phone(maryam, preferred=True)
    post = actions.add_contact_point(maryam.pk, kind=Way.POST, value="تهران، ۱۲", **ACT)
    assert queries.letter_box(maryam.pk, texts=False) == post.pk
    first, second = mail(maryam), mail(maryam, "second@khaneh.example")
    assert queries.letter_box(maryam.pk, texts=False) == first.pk
    actions.confirm_contact_point(second.pk, how=Confirmed.READ_BACK, **ACT)
    assert queries.letter_box(maryam.pk, texts=False) == second.pk
    actions.prefer_contact_point(post.pk, **ACT)
    assert queries.letter_box(maryam.pk, texts=False) == post.pk
    actions.refuse_contact_point(post.pk, **ACT)
    assert queries.letter_box(maryam.pk, texts=False) == second.pk


def test_a_way_no_longer_used_is_kept_and_not_counted() -> None:
    maryam = person()
    point = mail(maryam, preferred=True)
    phone(maryam)
    assert queries.ways_known(maryam.pk) == 2

    actions.refuse_contact_point(point.pk, **ACT)
    again = actions.refuse_contact_point(point.pk, by=CLERK, at=NOON + DAY)

    assert (again.refused_at, again.preferred) == (NOON, False)
    assert queries.ways_known(maryam.pk) == 1
    assert queries.found_by(Way.EMAIL, "m@KHANEH.example") == [maryam]


def test_somebody_acts_for_another_with_leave_shown_by_a_paper_until_it_ends() -> None:
    maryam, ali = person("مریم"), person("علی")

    leave = actions.give_mandate(
        maryam.pk,
        representative_id=ali.pk,
        scope="این شکایت",
        evidence="ab" * 32,
        valid_until=NOON + 2 * DAY,
        **ACT,
    )

    assert queries.mandate(maryam.pk, ali.pk, NOON) == leave
    assert queries.mandate(ali.pk, maryam.pk, NOON) is None
    assert queries.mandate(maryam.pk, ali.pk, NOON - DAY) is None
    assert queries.mandate(maryam.pk, ali.pk, NOON + 2 * DAY) is None
    assert last(maryam.subject).facts == {
        "mandate": leave.pk,
        "representative": ali.pk,
        "evidence": "ab" * 32,
        "valid_until": "2026-05-06T06:00:00.000000Z",
    }
    actions.end_mandate(leave.pk, by=CLERK, at=NOON + DAY)
    assert queries.mandate(maryam.pk, ali.pk, NOON + DAY) is None
    assert refusal(actions.end_mandate, leave.pk, by=CLERK, at=NOON + DAY) == "no-such-mandate"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"scope": " "}, "scope-missing"),
        ({"evidence": "photo.jpg"}, "digest-invalid"),
        ({"valid_until": NOON}, "ends-before-it-begins"),
        ({"representative_id": 999}, "no-such-person"),
    ],
)
def test_leave_is_not_given_when(changes: dict, code: str) -> None:
    maryam, ali = person("مریم"), person("علی")
    given = {"representative_id": ali.pk, "scope": "این شکایت"} | changes

    assert refusal(actions.give_mandate, maryam.pk, **given, **ACT) == code
    own = given | {"representative_id": maryam.pk}
    assert refusal(actions.give_mandate, maryam.pk, **own, **ACT) == "mandate-for-oneself"


def test_persons_cost_two_queries_for_any_number(django_assert_num_queries) -> None:
    everybody = [person(f"p{number}") for number in range(30)]
    for one in everybody:
        phone(one)
        mail(one, preferred=True)

    for some in (everybody[:1], everybody):
        with django_assert_num_queries(2):
            found = queries.persons(one.pk for one in some)
            assert [len(one.contact_points.all()) for one in found.values()] == [2] * len(some)
    with django_assert_num_queries(2):
        assert len(queries.found_by(Way.PHONE, "09123456789")) == 30
    loaded = queries.person(everybody[0].pk)
    assert loaded is not None
    assert loaded.contact_points.all()[0].kind == "email"
    assert queries.person(999_999) is None


def test_somebody_is_introduced_with_every_way_to_reach_them() -> None:
    reached = [
        (Way.EMAIL, "m@khaneh.example"),
        (Way.PHONE, "۰۹۱۲ ۳۴۵ ۶۷۸۹"),
        (Way.PHONE, "+98 912 345 6789"),  # the same number
    ]

    maryam, points = actions.introduce("مریم", language="fa", reached=reached, **ACT)

    stored = list(ContactPoint.objects.order_by("pk").values_list("kind", "value", "preferred"))
    assert stored == [("email", "m@khaneh.example", True), ("phone", "۰۹۱۲ ۳۴۵ ۶۷۸۹", False)]
    assert [point.value for point in points] == [value for _kind, value, _preferred in stored]
    added = "person.contact_point_added"
    assert told(maryam.subject) == ["person.registered", added, added]
    assert (
        queries.box_among(points, texts=False)
        == queries.letter_box(maryam.pk, texts=False)
        == points[0].pk
    )
    assert refusal(actions.introduce, " ", language="fa", reached=(), **ACT) == (
        "person-without-name"
    )
