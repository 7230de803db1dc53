"""The verbs behind mailed links: who is offered a code, and two who press at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.db import connections
from tests.casework.conftest import HOUR, START, acts, both, shop, terms
from tests.casework.correspondence.correspondents import complain
from tests.fixtures.cloned import Cloned

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.actions.persons import confirm_contact
from pasokh.casework.complaints.matter import Matter
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence.delivery import Form, LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.telling import Way as Told
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.casework.intake.links import actions, queries
from pasokh.casework.intake.links.models import MailedLink
from pasokh.casework.intake.links.terms import Purpose
from pasokh.directory.organisation.models import Organisation, RegimeBinding, Unit, WorkingWeek
from pasokh.directory.people import actions as people
from pasokh.directory.people.models import ContactPoint
from pasokh.directory.people.ways import Confirmed, Way
from pasokh.kernel import actors
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused

__all__ = ["acts", "shop", "terms"]

CLERK = actors.clock("offer-code")
ADDRESS = "maryam@example.org"


def offered(case: Complaint, address: str = ADDRESS, at: datetime = START) -> bool:
    return actions.offer_code(case.ref, queries.address_hash(address), by=CLERK, at=at)


def minted(case: Complaint, purpose: Purpose, at: datetime = START) -> actions.Minted:
    """A link to the address of a file, as a mail would carry it."""
    letter = Letter.objects.filter(complaint=case).latest("pk")
    return actions.mint(purpose, letter=letter.pk, at=at)


@pytest.mark.django_db
def test_a_code_is_offered_to_a_confirmed_address_alone(shop: SimpleNamespace) -> None:
    yes, no, stopped = (
        complain(shop, "fa", confirmed=confirmed) for confirmed in (True, False, True)
    )
    point = ContactPoint.objects.get(person=stopped.complainant)
    people.refuse_contact_point(point.pk, by=shop.nima, at=START)

    assert [offered(case) for case in (yes, no, stopped)] == [True, False, False]
    assert offered(yes, "thief@example.org", START + 2 * HOUR) is False


@pytest.mark.django_db
def test_the_one_who_speaks_for_another_is_offered_the_code(shop: SimpleNamespace) -> None:
    maryam = Who("مریم", "fa", reached=((Way.EMAIL, ADDRESS),))
    mother = Who("مادر", "fa", reached=((Way.EMAIL, "mother@example.org"),))
    said = Incoming("web", "fa", Matter("یخچال"), START, who=maryam, on_behalf_of=mother)
    receipt = intake.receive(said, by=Actor(Kind.COMPLAINANT, "new"), at=START)
    case = Complaint.objects.get(ref=receipt.ref)
    for point in ContactPoint.objects.all():
        people.confirm_contact_point(point.pk, how=Confirmed.LINK, by=shop.nima, at=START)

    assert [offered(case, each) for each in ("mother@example.org", ADDRESS)] == [False, True]


@pytest.mark.django_db
def test_a_link_works_to_the_last_moment_of_its_time_and_then_no_more(
    shop: SimpleNamespace,
) -> None:
    case = complain(shop, "fa")
    offered(case)
    made = minted(case, Purpose.NEW_CODE)
    hour, instant = timedelta(hours=1), timedelta(microseconds=1)
    assert queries.address_of(Purpose.NEW_CODE, made.token, START + hour - instant) == ADDRESS

    assert queries.address_of(Purpose.NEW_CODE, made.token, START + hour) is None
    with pytest.raises(Refused, match="link-does-nothing"):
        actions.renew_code(made.token, at=START + hour)
    actions.purge_links(START + hour)
    assert MailedLink.objects.count() == 0


@pytest.mark.django_db
def test_an_address_given_up_meanwhile_gives_no_code(shop: SimpleNamespace) -> None:
    case = complain(shop, "fa")
    offered(case)
    made = minted(case, Purpose.NEW_CODE)
    point = ContactPoint.objects.get()
    people.refuse_contact_point(point.pk, by=shop.nima, at=START)

    with pytest.raises(Refused, match="link-does-nothing"):
        actions.renew_code(made.token, at=START)


@pytest.mark.django_db
def test_a_letter_handed_over_on_paper_is_not_mailed_when_the_address_is_confirmed(
    shop: SimpleNamespace,
) -> None:
    case = complain(shop, "fa", confirmed=False)
    letters = [
        complaints.write(case.ref, kind=LetterKind.PROGRESS, facts={}, by=shop.reza, at=START)
        for _ in range(2)
    ]
    for letter in letters:
        correspondence.begin(
            letter.pk, form=Form.NOTICE, to=letter.to_id, address="a@example.org", at=START
        )
        correspondence.handed_over(letter.pk, at=START)
    complaints.told(
        case.ref,
        letter=letters[0].pk,
        way=Told.HANDED,
        proof={"signed_by": "مریم"},
        happened_at=START,
        by=shop.reza,
        at=START,
    )
    actions.confirm(minted(case, Purpose.CONFIRM).token, at=START)

    states = Letter.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [LetterState.HANDED_OVER, LetterState.QUEUED]


@pytest.mark.django_db
def test_what_was_overtaken_while_it_was_held_back_is_not_sent(shop: SimpleNamespace) -> None:
    case = complain(shop, "fa", confirmed=False)
    for kind in (LetterKind.PROGRESS, LetterKind.ACKNOWLEDGEMENT):
        letter = complaints.write(case.ref, kind=kind, facts={}, by=shop.reza, at=START)
        correspondence.begin(
            letter.pk, form=Form.NOTICE, to=letter.to_id, address="a@example.org", at=START
        )
        correspondence.handed_over(letter.pk, at=START)
    complaints.withdraw(case.ref, reason="", by=Actor(Kind.COMPLAINANT, case.ref), at=START)
    actions.confirm(minted(case, Purpose.CONFIRM).token, at=START)

    queued = Letter.objects.filter(state=LetterState.QUEUED, form="")
    assert LetterKind.PROGRESS not in set(queued.values_list("kind", flat=True))
    assert queued.filter(kind=LetterKind.ACKNOWLEDGEMENT).exists()


@pytest.mark.django_db
def test_a_notice_on_its_way_while_the_address_is_confirmed_is_followed_by_the_letter(
    shop: SimpleNamespace,
) -> None:
    case = complain(shop, "fa", confirmed=False)
    letter = complaints.write(case.ref, kind=LetterKind.PROGRESS, facts={}, by=shop.reza, at=START)
    correspondence.begin(
        letter.pk, form=Form.NOTICE, to=letter.to_id, address="a@example.org", at=START
    )
    actions.confirm(minted(case, Purpose.CONFIRM).token, at=START)
    letter.refresh_from_db()
    assert letter.state == LetterState.SENDING
    correspondence.handed_over(letter.pk, at=START)
    letter.refresh_from_db()

    assert (letter.state, letter.form) == (LetterState.QUEUED, "")


@pytest.mark.django_db
def test_an_address_read_back_by_a_colleague_lets_go_what_was_held_back(
    shop: SimpleNamespace,
) -> None:
    case = complain(shop, "fa", confirmed=False)
    letter = complaints.write(case.ref, kind=LetterKind.PROGRESS, facts={}, by=shop.reza, at=START)
    correspondence.begin(
        letter.pk, form=Form.NOTICE, to=letter.to_id, address="a@example.org", at=START
    )
    correspondence.handed_over(letter.pk, at=START)
    point = ContactPoint.objects.get()
    confirm_contact(case.ref, point=point.pk, by=shop.parvin, at=START)
    letter.refresh_from_db()

    assert letter.state == LetterState.QUEUED
    made = minted(case, Purpose.CONFIRM)
    assert queries.address_of(Purpose.CONFIRM, made.token, START) is None


@pytest.fixture
def house(cloned_database: Cloned) -> None:
    long_ago = START - timedelta(days=900)
    Organisation.objects.create(name=both("Khaneh"), time_zone="Asia/Tehran")
    Unit.objects.create(code="head", name=both("Head office"))
    WorkingWeek.objects.create(valid_from=long_ago.date(), days=[[["08:00", "16:00"]]] * 7)
    RegimeBinding.objects.create(pack="iso10002-2018", valid_from=long_ago)


def test_of_four_who_press_the_button_at_once_one_has_the_code(house: None) -> None:
    person = Who("مریم", "fa", reached=((Way.EMAIL, ADDRESS),))
    said = Incoming("web", "fa", Matter("یخچال"), received_at=START, who=person)
    receipt = intake.receive(said, by=Actor(Kind.COMPLAINANT, "new"), at=START)
    case = Complaint.objects.get(ref=receipt.ref)
    point = ContactPoint.objects.get()
    people.confirm_contact_point(point.pk, how=Confirmed.LINK, by=CLERK, at=START)
    offered(case)
    made = minted(case, Purpose.NEW_CODE)
    together = Barrier(4)

    def press(_number: int) -> str:
        together.wait(30)
        try:
            return actions.renew_code(made.token, at=START).code or ""
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        given = sorted(pool.map(press, range(4)))

    assert given[1:] == ["link-does-nothing"] * 3
    assert intake.complainant(case.ref, given[0]) == Actor(Kind.COMPLAINANT, case.ref)
