"""What follows a decision: it is told, answered, reviewed, carried out and closed."""

from datetime import timedelta

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.talking import Call
from pasokh.casework.complaints.terms import Affected, Reopening, Verdict
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.disputes import actions as disputes
from pasokh.casework.disputes.actions import Ruling
from pasokh.demo import handling, post
from pasokh.demo.case import Case, Life
from pasokh.demo.hours import TEHRAN
from pasokh.kernel.errors import Refused
from pasokh.policy.taxonomy.kinds import Kind

#: Who looks again with fresh eyes.
REVIEWER = "farrokhi"
#: Calendar days of the published periods, and a little more.
_SILENCE, _INTERNAL, _STANDING = 12, 32, 32


def tell(case: Case) -> Life:
    """Write the decision and let it reach the person; now and then it comes back first."""
    yield case.soon(2)
    letter = actions.write(case.ref, kind=LetterKind.DECISION, facts={}, by=case.by(""), at=case.at)
    case.world.posted = True
    yield from case.told(int(letter.pk))
    if case.reach in ("email", "post") and case.chance(0.04):
        yield case.soon(6)
        _came_back(case, letter)
        yield case.soon(3)
        case.tell(int(letter.pk), Way.TELEPHONED)


def _came_back(case: Case, letter: Letter) -> None:
    """A mail server says that a letter did not arrive, or the post brings it back."""
    if case.reach == "email":
        mail = post.came_back(letter, case.story.person.email, at=case.at)
        post.hand_over(mail, at=case.at, sender="")
        return
    why = case.story.phrase("bounced")
    by, at = case.by("rahimi"), case.at
    actions.returned(case.ref, letter=letter.pk, why=why, happened_at=at, by=by, at=at)


def answered(case: Case, *, stage: int = 1) -> Life:
    """Let the person answer, or not; then whatever follows from that."""
    if case.reach == "standing":
        yield from _stood(case)
        return
    say = case.rng.random()
    if say < 0.6 or (stage == 2 and say < 0.7):
        yield from _accepted(case, stage)
    elif say < 0.8:
        yield from _silent(case, stage)
    else:
        yield from _not_accepted(case, stage)


def _verdict(case: Case, verdict: Verdict, comment: str) -> None:
    own = case.reach in ("email", "page")
    actions.verdict(
        case.ref,
        verdict=verdict,
        issues={},
        comment=comment,
        happened_at=case.at,
        by=case.person if own else case.by(""),
        at=case.at,
    )


def _accepted(case: Case, stage: int) -> Life:
    yield case.later(50)
    _verdict(case, Verdict.ACCEPTED, case.story.phrase("accepted"))
    if case.chance(0.5):
        yield case.later(2)
        _rate(case, case.rng.choice((3, 4, 4, 5, 5)), case.rng.choice((3, 4, 5, 5)))
    yield from carry_out(case)
    yield from _close(case, 3)


def _rate(case: Case, handling_was: int, outcome: int) -> None:
    own = case.reach in ("email", "page", "standing")
    actions.rate(
        case.ref,
        handling=handling_was,
        outcome=outcome,
        comment=case.story.phrase("rating"),
        by=case.person if own else case.by("rahimi"),
        at=case.at,
    )


def carry_out(case: Case) -> Life:
    """Do what was promised, mostly in time, each with its proof."""
    if case.owed and case.chance(0.06):
        yield case.days(25)  # forgotten, and then done
    for remedy in case.owed:
        yield case.soon(16)
        today = case.at.astimezone(TEHRAN).date()
        proof = case.story.words("done")
        actions.fulfil(
            case.ref, remedy=remedy, done_on=today, proof=proof, by=case.by(""), at=case.at
        )
    case.owed = []


def _close(case: Case, hours: float) -> Life:
    yield case.soon(hours)
    if case.untraced:
        actions.trace(
            case.ref,
            issue=1,
            cause=case.term(Kind.CAUSE, case.story.plot["cause"]),
            others_affected=Affected.NO,
            by=case.by(""),
            at=case.at,
        )
        case.untraced = False
    while not _closed(case):
        yield case.days(4)  # a period that ends on a holiday ends later


def _closed(case: Case) -> bool:
    """Close a file, or learn that its contract is not met yet."""
    try:
        actions.close(case.ref, by=case.by(""), at=case.at)
    except Refused as refused:
        if refused.code != "closing-contract":
            raise
        return False
    case.world.posted = True
    return True


def _silent(case: Case, stage: int) -> Life:
    """Nobody answers: notice, a second try by another way, and the published period."""
    yield from carry_out(case)
    yield case.days(12)
    yield from case.letter(LetterKind.NOTICE)
    yield case.days(3)
    said = case.story.phrase("second_try")
    case.log(Call(False, case.chance(0.4), "phone", said, second_attempt=True))
    if case.chance(0.25):
        yield case.later(60)
        _verdict(case, Verdict.ACCEPTED, case.story.phrase("accepted"))
        yield from _close(case, 4)
        return
    yield case.days(_SILENCE)
    yield from _close(case, 1)
    if stage == 1 and case.chance(0.16):
        yield case.days(9)
        reason = case.story.phrase("refused")
        actions.reopen(
            case.ref, why=Reopening.LATE_ANSWER, reason=reason, by=case.by(""), at=case.at
        )
        yield from reviewed(case)


def _stood(case: Case) -> Life:
    """An anonymous person: decision and notice stand on the page for the whole period."""
    yield from carry_out(case)
    yield case.days(11)
    yield from case.letter(LetterKind.NOTICE)
    yield case.days(_STANDING)
    yield from _close(case, 1)


def _not_accepted(case: Case, stage: int) -> Life:
    yield from refused(case)
    way = case.rng.random()
    if stage == 1 and way < 0.6:
        yield from reviewed(case)
    elif way < 0.8:
        yield from _outside(case)
    else:
        yield from carry_out(case)
        yield case.days(_INTERNAL)
        yield from _close(case, 2)


def refused(case: Case) -> Life:
    """The person does not accept, and says why; some rate it, too."""
    yield case.later(60)
    _verdict(case, Verdict.NOT_ACCEPTED, case.story.phrase("refused"))
    if case.chance(0.4):
        yield case.later(1)
        _rate(case, case.rng.choice((2, 3, 3, 4)), case.rng.choice((1, 1, 2)))


def reviewed(case: Case) -> Life:
    """Someone else looks again, from the issues on."""
    yield case.later(10)
    own = case.reach in ("email", "page")
    reason = case.story.phrase("refused") if case.chance(0.7) else ""
    actions.review(
        case.ref, reason=reason, by=case.person if own else case.by("rahimi"), at=case.at
    )
    case.world.posted, case.pace = True, max(case.pace, 1.2)
    yield from _looked_at_again(case)
    yield from handling.decide(case, stage=2)
    yield from tell(case)
    yield from answered(case, stage=2)


def _looked_at_again(case: Case) -> Life:
    """By the reviewer; where nobody independent is left, by whoever is allowed to, for a reason."""
    judge = case.story.plot.get("judge")
    yield from _let(case, judge) if judge else handling.assign_again(case, REVIEWER)
    yield from case.letter(LetterKind.ACKNOWLEDGEMENT)
    yield from handling.assess(case)
    yield from handling.look(case) if judge else handling.investigate(case)


def _let(case: Case, judge: str) -> Life:
    """Let somebody act who is not independent: the reason is written down, and told."""
    yield case.soon(4)
    staff, reason = case.world.house.staff[judge], case.story.words("waived")
    actions.waive(case.ref, staff=staff, reason=reason, by=case.by("eskandari"), at=case.at)
    case.world.posted = True


def _outside(case: Case) -> Life:
    """The person takes it to an outside body, which sometimes ends it within the year."""
    yield case.days(8)
    bodies = case.world.house.bodies
    body = bodies[case.rng.choice(("cppo_124", "consumer_association", "taazirat", "enamad"))]
    number = f"{case.rng.randrange(1404, 1406)}/{case.rng.randrange(10**4, 10**5)}"
    row = disputes.refer(case.ref, body=body, their_ref=number, by=case.by(""), at=case.at)
    yield from carry_out(case)
    yield case.at + timedelta(days=case.rng.randrange(30, 110))
    yield case.soon(2)
    outcome = case.rng.choice([Ruling.CONFIRMED, Ruling.CHANGED, Ruling.SETTLED])
    place = {Ruling.CONFIRMED: 0, Ruling.CHANGED: 1, Ruling.SETTLED: 2}[outcome]
    disputes.end_referral(
        case.ref,
        referral=row.pk,
        outcome=outcome,
        ruling=case.story.phrases["ruling"][place],
        by=case.by(""),
        at=case.at,
    )
    yield from _close(case, 6)
