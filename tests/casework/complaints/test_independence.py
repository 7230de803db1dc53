"""Who may handle, judge and see a file."""

import pytest
from tests.casework.conftest import DAY, HOUR, START, complainant, told
from tests.casework.telling import after, clocks, decided, refused, sent

from pasokh.casework.complaints import actions, queries
from pasokh.casework.complaints.actions.bracket import facts, with_facts
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.models import Complaint, Decision, Waiver
from pasokh.casework.complaints.queries.independence import independence
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.telling import Way
from pasokh.directory.organisation.models import Absence

pytestmark = pytest.mark.django_db


@pytest.mark.clause("10002:4.7")
def test_a_review_begins_again_from_the_issues_by_somebody_else(named, shop, acts):
    decided(named, acts, shop)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    actions.review(named.ref, reason="", by=complainant(named), at=START + DAY)

    case = after(named)
    assert (case.state, case.stage, case.handler, case.verdict) == (State.RECEIVED, 2, None, "")
    assert clocks(case) == ["acknowledge", "assess", "decide", "update"]
    refused("not-independent", acts._assess, case, by=shop.reza, at=START + 2 * DAY)
    refused(
        "not-independent",
        actions.assign,
        case.ref,
        staff=shop.staff["reza"].pk,
        by=shop.sara,
        at=START + 2 * DAY,
    )
    acts._assess(case, by=shop.mina, at=START + 2 * DAY)
    acts._decide(case, by=shop.mina, at=START + 3 * DAY)
    assert [d.stage for d in Decision.objects.filter(complaint=case).order_by("stage")] == [1, 2]
    sent_again = actions.write(
        case.ref, kind=LetterKind.DECISION, facts={}, by=shop.mina, at=START + 3 * DAY
    )
    actions.told(
        case.ref,
        letter=sent_again.pk,
        way=Way.SHOWN,
        proof={},
        happened_at=START + 3 * DAY,
        by=shop.mina,
        at=START + 3 * DAY,
    )
    refused("no-further-stage", acts._review, case, by=complainant(case), at=START + 4 * DAY)


@pytest.mark.clause("10002:4.7")
def test_where_nobody_is_independent_a_written_reason_is_told(named, shop, acts):
    decided(named, acts, shop)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    acts._review(named, by=complainant(named), at=START + DAY)

    acts._waive(named, by=shop.omid, at=START + DAY)
    acts._assess(named, by=shop.reza, at=START + 2 * DAY)

    assert after(named).state == State.ASSESSED
    assert Letter.objects.filter(complaint=named, kind=LetterKind.WAIVER).count() == 1
    assert "complaint.independence_waived" in told(named)


@pytest.mark.clause("10002:4.7")
def test_an_exception_is_refused_while_somebody_independent_is_present(named, shop, acts):
    decided(named, acts, shop)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    acts._review(named, by=complainant(named), at=START + DAY)
    reza, leila, mina = (shop.staff[name].pk for name in ("reza", "leila", "mina"))
    asked = {"staff": reza, "reason": "کس دیگری نیست", "by": shop.omid, "at": START + DAY}

    refused("somebody-independent", actions.waive, named.ref, **asked)

    assert not Waiver.objects.exists()
    away = [one for one in shop.staff.values() if one.pk not in (reza, leila)]
    until = {"from_at": START + DAY, "until_at": START + 2 * DAY}
    Absence.objects.bulk_create(Absence(staff=one, **until) for one in away)
    refused("somebody-independent", actions.waive, named.ref, **asked)
    actions.name(named.ref, staff=leila, by=shop.sara, at=START + DAY)
    refused("complained-about", actions.waive, named.ref, **(asked | {"staff": leila}))
    actions.waive(named.ref, **asked)
    assert [waiver.staff_id for waiver in Waiver.objects.all()] == [reza]
    later = asked | {"at": START + 3 * DAY}
    assert mina in {one.id for one in _independent(named, START + 3 * DAY)}
    refused("somebody-independent", actions.waive, named.ref, **later)


def _independent(case, at):
    return independence(facts(with_facts(Complaint.objects).get(pk=case.pk)), at).independent


@pytest.mark.clause("10002:4.7")
def test_one_let_act_by_an_exception_is_not_independent_because_of_it(named, shop, acts):
    decided(named, acts, shop)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    acts._review(named, by=complainant(named), at=START + DAY)

    acts._waive(named, by=shop.omid, at=START + DAY)

    reza = shop.staff["reza"].pk
    assert reza not in {one.id for one in _independent(named, START + 3 * DAY)}


@pytest.mark.clause("10002:4.7")
def test_a_colleague_complained_about_neither_handles_nor_sees_the_file(file, shop, acts):
    case = file(complained_about=(shop.staff["reza"].pk,))

    refused("complained-about", acts._assess, case, by=shop.reza, at=START + HOUR)
    refused(
        "complained-about",
        actions.assign,
        case.ref,
        staff=shop.staff["reza"].pk,
        by=shop.sara,
        at=START + HOUR,
    )
    refused("no-such-complaint", queries.complaint_for, shop.reza, case.ref)
    assert queries.complaint_for(shop.leila, case.ref).ref == case.ref


@pytest.mark.clause("10002:4.7")
def test_naming_the_handler_takes_the_file_from_them(file, shop):
    case = file()
    reza = shop.staff["reza"].pk
    actions.assign(case.ref, staff=reza, by=shop.sara, at=START + HOUR)

    actions.name(case.ref, staff=reza, by=shop.sara, at=START + 2 * HOUR)

    assert after(case).handler is None


def test_only_one_who_handles_complaints_there_is_given_a_file(file, shop):
    case = file()

    for name in ("shirin", "ali", "zahra"):
        refused(
            "may-not-handle",
            actions.assign,
            case.ref,
            staff=shop.staff[name].pk,
            by=shop.sara,
            at=START + HOUR,
        )
