"""One file from receipt to its end, by the verbs alone, in the ways a file can go."""

from datetime import timedelta

import pytest

from pasokh.casework.complaints import actions, queries
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.models import Complaint, Decision
from pasokh.casework.complaints.terms import Finding, Reopening, Verdict
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter, Telling
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.deadlines.models import Clock
from pasokh.casework.remedies.models import Remedy
from pasokh.directory.people import actions as people
from pasokh.directory.people.ways import Way as Reach
from pasokh.kernel.errors import Refused
from tests.casework.acts import PROOF, found
from tests.casework.conftest import DAY, HOUR, START, complainant, told

pytestmark = pytest.mark.django_db


def after(case: Complaint) -> Complaint:
    return Complaint.objects.get(pk=case.pk)


def refused(code, act, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    assert refusal.value.code == code
    return refusal.value


def clocks(case: Complaint) -> list[str]:
    """The clocks of a file that run."""
    running = Clock.objects.filter(complaint=case, state="running")
    return sorted(running.values_list("name", flat=True))


@pytest.fixture
def person(shop):
    """Somebody with a confirmed mailbox and a telephone."""
    one = people.register_person("رضا امینی", language="fa", by=shop.nima, at=START)
    people.add_contact_point(
        one.pk, kind=Reach.EMAIL, value="a@example.org", preferred=True, by=shop.nima, at=START
    )
    people.add_contact_point(
        one.pk, kind=Reach.PHONE, value="09121234567", by=shop.nima, at=START
    )
    return one


@pytest.fixture
def named(file, person):
    """A file with a known complainant."""
    return file(anonymous=False, complainant=person.pk)


def decided(case, acts, shop, finding=Finding.NOT_UPHELD, **changes):
    """Lead a file to its decision, by the colleagues whose work it is."""
    acts._assess(case, by=shop.reza, at=START + HOUR)
    acts._investigate(case, by=shop.reza, at=START + 2 * HOUR)
    acts._decide(
        case, by=shop.reza, at=START + 3 * HOUR, findings=found(case, finding), **changes
    )
    return after(case)


def sent(case, kind, shop, at, proof=PROOF):
    """Write a letter and let it be handed over to a mail server."""
    row = actions.write(case.ref, kind=kind, facts={}, by=shop.reza, at=at)
    Letter.objects.filter(pk=row.pk).update(state=LetterState.HANDED_OVER)
    actions.told(
        case.ref, letter=row.pk, way=Way.SENT, proof=proof, happened_at=at, by=shop.reza, at=at
    )
    return row


@pytest.mark.clause("10002:7.4")
def test_acknowledging_is_a_milestone_and_stops_its_clock(named, shop):
    assert clocks(named) == ["acknowledge", "assess", "decide", "update"]

    sent(named, LetterKind.ACKNOWLEDGEMENT, shop, START + HOUR)

    assert after(named).state == State.RECEIVED
    assert clocks(named) == ["assess", "decide", "update"]
    assert told(named) == [
        "complaint.received",
        "complaint.letter_written",
        "complaint.acknowledged",
    ]


@pytest.mark.clause("10002:7.4")
def test_an_acknowledgement_that_comes_back_starts_its_clock_again(named, shop):
    due = Clock.objects.get(complaint=named, name="acknowledge").due_at
    row = sent(named, LetterKind.ACKNOWLEDGEMENT, shop, START + HOUR)

    actions.returned(named.ref, letter=row.pk, why="550", by=shop.reza, at=START + 2 * HOUR)

    assert Clock.objects.get(complaint=named, name="acknowledge", state="running").due_at == due
    assert told(named)[-1] == "complaint.acknowledgement_undelivered"
    assert [t.undone_at for t in Telling.objects.filter(letter=row)] == [START + 2 * HOUR]


@pytest.mark.clause("10002:7.9")
def test_accepted_with_its_remedy_done_the_file_closes(named, shop, acts):
    promise = acts.promise(named, START)
    decided(named, acts, shop, Finding.UPHELD, promises=[promise])
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    acts._verdict(named, by=complainant(named), at=START + DAY)

    refusal = refused(
        "closing-contract", actions.close, named.ref, by=shop.reza, at=START + DAY
    )
    assert refusal.facts["unmet"] == ("cause-missing", "remedy-owed")
    for issue in (1, 2):
        actions.trace(
            named.ref,
            issue=issue,
            cause=acts.terms.cause,
            others_affected="no",
            by=shop.reza,
            at=START + DAY,
        )
    remedy = Remedy.objects.get(complaint=named)
    actions.fulfil(
        named.ref,
        remedy=remedy.pk,
        done_on=(START + DAY).date(),
        proof="رسید",
        by=shop.reza,
        at=START + DAY + HOUR,
    )
    actions.close(named.ref, by=shop.reza, at=START + DAY + 2 * HOUR)

    case = after(named)
    assert (case.state, case.closing, case.verdict) == (State.CLOSED, "accepted", "accepted")
    assert clocks(case) == []
    assert case.due_at is None


@pytest.mark.clause("10002:7.9")
def test_silence_closes_only_after_notice_second_attempt_and_the_published_period(
    named, shop, acts
):
    decided(named, acts, shop)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    at = START + 20 * DAY

    refusal = refused("closing-contract", actions.close, named.ref, by=shop.reza, at=at)
    assert refusal.facts["unmet"] == ("notice-not-delivered",)
    sent(named, LetterKind.NOTICE, shop, at)
    refusal = refused("closing-contract", actions.close, named.ref, by=shop.reza, at=at + HOUR)
    assert refusal.facts["unmet"] == ("second-attempt-missing", "silence-period-runs")
    acts._log_contact(named, by=shop.reza, at=at + DAY, reached=False, second_attempt=True)
    refusal = refused("closing-contract", actions.close, named.ref, by=shop.reza, at=at + 2 * DAY)
    assert refusal.facts["unmet"] == ("silence-period-runs",)
    actions.close(named.ref, by=shop.reza, at=at + 16 * DAY)

    case = after(named)
    assert (case.closing, case.verdict) == ("silence", "")


@pytest.mark.clause("10002:7.9")
def test_a_refused_decision_stays_open_until_the_internal_period_has_ended(named, shop, acts):
    decided(named, acts, shop)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    acts._verdict(named, by=complainant(named), at=START + DAY, said=Verdict.NOT_ACCEPTED)

    refusal = refused(
        "closing-contract", actions.close, named.ref, by=shop.reza, at=START + 20 * DAY
    )
    assert refusal.facts["unmet"] == ("internal-period-runs",)
    actions.close(named.ref, by=shop.reza, at=START + 40 * DAY)

    assert after(named).closing == "routes_exhausted"


@pytest.mark.clause("10002:7.9")
def test_an_anonymous_decision_stands_on_its_page_for_the_whole_period(file, shop, acts):
    case = file()
    decided(case, acts, shop)
    actions.write(case.ref, kind=LetterKind.DECISION, facts={}, by=shop.reza, at=START + 4 * HOUR)
    assert after(case).state == State.COMMUNICATED
    actions.write(case.ref, kind=LetterKind.NOTICE, facts={}, by=shop.reza, at=START + 5 * HOUR)

    refusal = refused("closing-contract", actions.close, case.ref, by=shop.reza, at=START + DAY)
    assert refusal.facts["unmet"] == ("standing-period-runs",)
    actions.close(case.ref, by=shop.reza, at=START + 32 * DAY)

    assert after(case).closing == "stood_anonymous"


@pytest.mark.clause("10002:7.8")
def test_a_decision_that_comes_back_was_never_communicated(named, shop, acts):
    decided(named, acts, shop)
    row = sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    assert "verdict" in clocks(named)

    actions.returned(named.ref, letter=row.pk, why="550", by=shop.reza, at=START + 5 * HOUR)

    assert after(named).state == State.DECIDED
    assert "verdict" not in clocks(named)
    refused("step-not-open", acts._verdict, named, by=complainant(named), at=START + DAY)


@pytest.mark.clause("10002:7.8")
def test_a_return_undoes_nothing_that_was_also_told_another_way(named, shop, acts):
    decided(named, acts, shop)
    row = sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    actions.told(
        named.ref,
        letter=row.pk,
        way=Way.SHOWN,
        proof={},
        happened_at=START + 5 * HOUR,
        by=shop.reza,
        at=START + 5 * HOUR,
    )

    actions.returned(named.ref, letter=row.pk, why="550", by=shop.reza, at=START + 6 * HOUR)

    assert after(named).state == State.COMMUNICATED
    assert told(named)[-1] == "complaint.letter_returned"


@pytest.mark.clause("10002:7.8")
def test_a_decision_that_comes_back_after_closing_opens_the_file_again(named, shop, acts):
    decided(named, acts, shop)
    row = sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    acts._verdict(named, by=shop.reza, at=START + DAY)
    actions.close(named.ref, by=shop.reza, at=START + DAY)

    actions.returned(named.ref, letter=row.pk, why="550", by=shop.reza, at=START + 2 * DAY)

    assert after(named).state == State.DECIDED


@pytest.mark.clause("10002:7.8")
@pytest.mark.parametrize("way", [Way.HANDED, Way.TELEPHONED, Way.SENT])
def test_what_cannot_be_proved_was_not_told(way, named, shop, acts):
    decided(named, acts, shop)
    row = actions.write(
        named.ref, kind=LetterKind.DECISION, facts={}, by=shop.reza, at=START + 4 * HOUR
    )

    refused(
        "proof-missing",
        actions.told,
        named.ref,
        letter=row.pk,
        way=way,
        proof={"signed_by": " "},
        happened_at=START + 4 * HOUR,
        by=shop.reza,
        at=START + 4 * HOUR,
    )
    assert after(named).state == State.DECIDED


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


@pytest.mark.clause("10002:7.7")
class TestSettlingAtOnce:
    def test_is_one_act_recorded_as_such(self, file, shop, acts):
        case = file()
        promise = acts.promise(case, START, amount=1_000_000, currency="IRR")

        acts._settle(case, by=shop.nima, at=START + HOUR, promises=[promise])

        case = after(case)
        assert (case.state, case.closing, case.outcome) == (State.CLOSED, "settled", "settled")
        assert told(case) == ["complaint.received", "complaint.settled"]
        assert Letter.objects.get(complaint=case).kind == LetterKind.SETTLED
        assert clocks(case) == []

    def test_is_refused_where_anyone_is_in_danger(self, file, shop, acts):
        case = file()

        refused(
            "safety-bars-settling", acts._settle, case, by=shop.nima, at=START + HOUR, danger=True
        )

    def test_is_refused_beyond_the_settlers_limit_counted_together(self, file, shop, acts):
        case = file()
        promises = [acts.promise(case, START, amount=1_500_000, currency="IRR")] * 2

        refused("over-limit", acts._settle, case, by=shop.nima, at=START + HOUR, promises=promises)
        assert after(case).state == State.RECEIVED

    def test_needs_how_and_when_it_was_accepted(self, file, shop, acts):
        case = file()

        refused(
            "acceptance-missing",
            acts._settle,
            case,
            by=shop.nima,
            at=START + HOUR,
            how_accepted=" ",
        )
        refused(
            "in-the-future",
            acts._settle,
            case,
            by=shop.nima,
            at=START + HOUR,
            accepted_at=START + 2 * HOUR,
        )

    def test_is_undone_when_it_was_not_right(self, file, shop, acts):
        case = file()
        acts._settle(case, by=shop.nima, at=START + HOUR)

        actions.reopen(
            case.ref,
            why=Reopening.LATE_ANSWER,
            reason="درست نشد",
            by=complainant(case),
            at=START + DAY,
        )

        assert after(case).state == State.RECEIVED
        assert "decide" in clocks(case)


@pytest.mark.clause("10002:7.7")
def test_a_decision_finds_every_issue_once(file, shop, acts):
    case = file()
    acts._assess(case, by=shop.reza, at=START + HOUR)
    one = found(case)[:1]

    for findings in (one, one * 2, [*found(case), *one]):
        refused(
            "finding-for-each-issue",
            acts._decide,
            case,
            by=shop.reza,
            at=START + 2 * HOUR,
            findings=findings,
        )
    assert Decision.objects.filter(complaint=case).count() == 0


def test_a_decision_without_reasons_is_refused(file, shop, acts):
    case = file()
    acts._assess(case, by=shop.reza, at=START + HOUR)

    refused("reasons-missing", acts._decide, case, by=shop.reza, at=START + 2 * HOUR, reasons=" ")


def test_reconsidering_drops_the_promises_and_the_unsent_letter(named, shop, acts):
    case = decided(named, acts, shop, Finding.UPHELD, promises=[acts.promise(named, START)])
    row = actions.write(
        case.ref, kind=LetterKind.DECISION, facts={}, by=shop.reza, at=START + 4 * HOUR
    )

    acts._reconsider(case, by=shop.reza, at=START + 5 * HOUR)

    assert after(case).state == State.ASSESSED
    assert Remedy.objects.get(complaint=case).dropped_at == START + 5 * HOUR
    assert Letter.objects.get(pk=row.pk).state == LetterState.CANCELLED
    acts._decide(case, by=shop.reza, at=START + 6 * HOUR)


def test_a_decision_that_went_out_is_not_reconsidered_even_if_it_came_back(named, shop, acts):
    decided(named, acts, shop)
    row = sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    actions.returned(named.ref, letter=row.pk, why="550", by=shop.reza, at=START + 5 * HOUR)

    refused("already-sent", acts._reconsider, named, by=shop.reza, at=START + 6 * HOUR)


@pytest.mark.clause("10002:7.9")
def test_taking_the_remedy_costs_no_review_unless_the_offer_said_so(named, shop, acts):
    decided(named, acts, shop, waives_review=True)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    acts._verdict(named, by=complainant(named), at=START + DAY)

    refused("review-given-up", acts._review, named, by=complainant(named), at=START + DAY)
    acts._verdict(named, by=complainant(named), at=START + DAY, said=Verdict.NOT_ACCEPTED)
    acts._review(named, by=complainant(named), at=START + DAY)

    assert after(named).stage == 2


@pytest.mark.clause("10002:7.9")
def test_a_withdrawal_can_be_undone_for_the_published_period(file, acts):
    case = file()
    acts._withdraw(case, by=complainant(case), at=START + DAY)

    refused("period-over", acts._reopen, after(case), by=complainant(case), at=START + 17 * DAY)
    acts._reopen(after(case), by=complainant(case), at=START + 14 * DAY)

    assert after(case).state == State.RECEIVED
    assert "decide" in clocks(case)


def test_a_complainant_acts_on_their_own_file_alone(file, acts):
    case, other = file(), file()

    refused("not-authorised", acts._hear, case, by=complainant(other), at=START + HOUR)
    refused("not-authorised", acts._assess, case, by=complainant(case), at=START + HOUR)
    refused("no-such-complaint", queries.complaint_for, complainant(other), case.ref)


def test_silence_is_established_by_the_organisation_alone(named, shop, acts):
    decided(named, acts, shop)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)

    refused(
        "not-authorised",
        acts._verdict,
        named,
        by=complainant(named),
        at=START + DAY,
        said=Verdict.NO_ANSWER,
    )


def test_nothing_happens_before_receipt_or_in_the_future(named, shop):
    row = actions.write(
        named.ref, kind=LetterKind.ACKNOWLEDGEMENT, facts={}, by=shop.reza, at=START + HOUR
    )
    for code, happened in (
        ("before-receipt", START - HOUR),
        ("in-the-future", START + 2 * HOUR),
    ):
        refused(
            code,
            actions.told,
            named.ref,
            letter=row.pk,
            way=Way.SENT,
            proof=PROOF,
            happened_at=happened,
            by=shop.reza,
            at=START + HOUR,
        )


def test_whoever_was_slower_is_refused_and_loses_nothing(file, shop, acts):
    case = file()
    acts._note(case, by=shop.leila, at=START + HOUR)

    with pytest.raises(Refused) as refusal, actions.unchanged(case.ref, version=case.version):
        acts._assess(case, by=shop.reza, at=START + HOUR)
    assert refusal.value.code == "changed-meanwhile"
    with actions.unchanged(case.ref, version=after(case).version):
        acts._assess(case, by=shop.reza, at=START + 2 * HOUR)

    assert after(case).state == State.ASSESSED


def test_an_issue_that_was_split_off_goes_its_own_way(file, shop, acts):
    case = file()

    other = actions.split(case.ref, issue=2, by=shop.reza, at=START + HOUR)

    assert other.received_at == case.received_at
    assert [issue.text for issue in other.issues.all()] == ["تأخیر در تحویل"]
    refused("no-such-issue", actions.split, case.ref, issue=1, by=shop.reza, at=START + HOUR)
    acts._assess(case, by=shop.reza, at=START + 2 * HOUR)
    acts._decide(case, by=shop.reza, at=START + 3 * HOUR)
    assert after(case).state == State.DECIDED


def test_a_correction_keeps_old_and_new_and_moves_the_deadlines(file, shop):
    case = file(at=START)
    due = Clock.objects.get(complaint=case, name="decide").due_at
    earlier = START - 7 * DAY

    actions.correct(
        case.ref,
        field="received_at",
        value=earlier,
        reason="تاریخ مهر پاکت",
        by=shop.nima,
        at=START + HOUR,
    )

    case = after(case)
    assert case.received_at == earlier
    assert Clock.objects.get(complaint=case, name="decide").due_at == due - 7 * DAY
    refused(
        "not-correctable",
        actions.correct,
        case.ref,
        field="narrative",
        value="",
        reason="x",
        by=shop.nima,
        at=START + timedelta(days=1),
    )
