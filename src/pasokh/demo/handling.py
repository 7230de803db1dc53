"""What is done with a complaint until it is decided."""

from dataclasses import replace

from pasokh.casework.assessment import actions as assessment
from pasokh.casework.assessment.matrix import Answers
from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.judging import Found, Settlement
from pasokh.casework.complaints.terms import Affected, Decline, Finding, NotAComplaint
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.investigation import actions as investigation
from pasokh.casework.remedies.actions import Promise
from pasokh.demo import arriving
from pasokh.demo.case import Case, Life
from pasokh.kernel.errors import Refused
from pasokh.policy.taxonomy.kinds import Kind

#: Rials that a case officer may promise; more is decided by the approver.
OFFICER = 150_000_000
_RIGHT = frozenset({Finding.UPHELD, Finding.PARTLY})
#: Remedies that are a sum of money.
PAID = frozenset({"compensation", "refund_advance", "refund_other", "discount", "cancel_sale"})


def assign(case: Case) -> Life:
    """The manager sorts a new file and gives it to somebody."""
    yield case.soon(2.2)
    arriving.sort(case)
    case.handler = case.world.present(case.handler)
    actions.assign(
        case.ref, staff=case.world.house.staff[case.handler], by=case.by("amini"), at=case.at
    )


def assign_again(case: Case, staff: str) -> Life:
    """Give a file to somebody else: for a review, or when its officer is away."""
    yield case.soon(4)
    case.handler = staff
    actions.assign(case.ref, staff=case.world.house.staff[staff], by=case.by("amini"), at=case.at)


def assess(case: Case) -> Life:
    """The short form; who is told of danger reads of it the same day."""
    yield case.soon(3)
    plot = case.story.plot
    if case.story.channel in arriving.BY_THEMSELVES:
        category = case.term(Kind.CATEGORY, plot["category"])
        actions.recategorise(case.ref, categories={1: category}, by=case.by(""), at=case.at)
    danger = bool(plot.get("safety"))
    higher = not danger and case.chance(0.05)
    assessment.assess(
        case.ref,
        answers=Answers(
            severity=plot["severity"],
            safety=danger,
            complexity=plot.get("complexity", 1),
            impact=plot["impact"],
            immediate_needed=danger,
            immediate_possible=danger or case.chance(0.2),
            recurrent=bool(plot.get("recurrent")) or case.chance(0.15),
        ),
        immediate_action=case.story.phrase("immediate") if danger else "",
        override=1 if higher else None,
        override_reason=case.story.phrase("overridden") if higher else "",
        by=case.by(""),
        at=case.at,
    )
    if danger:
        yield case.soon(2.5)
        assessment.read(case.ref, by=case.by("bahrami"), at=case.at)


def investigate(case: Case) -> Life:
    """Plan, ask, wait, look, write down; keep the person informed meanwhile."""
    yield case.soon(5)
    story = case.story
    investigation.investigate(case.ref, plan=story.words("plan"), by=case.by(""), at=case.at)
    if case.chance(0.3):
        yield from _ask(case)
    if case.chance(0.35):
        yield from _telephone(case)
    yield from look(case)
    if case.chance(0.22):
        yield case.later(30)
        case.hear(story.phrase("nudge"))
        yield case.soon(6)
        actions.message(case.ref, text=story.phrase("reply"), by=case.by(""), at=case.at)
        case.world.posted = True
    if case.pace < 2 and case.chance(0.12):
        yield from _slow(case)


def look(case: Case) -> Life:
    """Look for what shows how it was, and write it down with where it was found."""
    story = case.story
    for number, (description, source) in enumerate(story.told["found"]):
        if number and not case.chance(0.4):
            break
        yield case.soon(13)
        investigation.gather(
            case.ref,
            description=story.say(description),
            source=story.say(source),
            digest="",
            by=case.by(""),
            at=case.at,
        )
        if case.chance(0.2):
            case.note()


def _ask(case: Case) -> Life:
    """Ask for papers; the clocks may be held while the complainant looks for them."""
    yield case.soon(1)
    story = case.story
    question, answer = case.rng.choice(story.phrases["ask"])
    actions.ask(case.ref, question=question, by=case.by(""), at=case.at)
    case.world.posted = True
    held = case.chance(0.5)
    if held:
        reason = story.phrase("hold")
        actions.hold(case.ref, category="complainant", reason=reason, by=case.by(""), at=case.at)
    yield case.later(40)
    case.hear(story.say(answer), asked=question)
    if held:
        yield case.soon(2)
        actions.resume(case.ref, by=case.by(""), at=case.at)
    if story.channel not in arriving.BY_THEMSELVES and case.chance(0.4):
        actions.correct(
            case.ref,
            field="serial_number",
            value=f"{story.bought.serial[:-1]}{case.rng.randrange(10)}",
            reason=story.phrase("corrected"),
            by=case.by(""),
            at=case.at,
        )


def _telephone(case: Case) -> Life:
    """Ring them; sometimes nobody answers, sometimes something is promised, mostly kept."""
    yield case.soon(3)
    if case.chance(0.3):
        case.log(case.call("missed", reached=False))
        yield case.soon(5)
    call = case.call("call_in", incoming=True) if case.chance(0.3) else case.call("call_out")
    if not case.chance(0.55):
        case.log(call)
        return
    promised, due = case.story.phrase("promised"), case.world.office.after(case.at, 18)
    kept = case.log(replace(call, promised=promised, promised_by=due))
    yield case.soon(9 if case.chance(0.9) else 30)
    case.log(case.call("call_out"))
    actions.keep_promise(case.ref, contact=kept, by=case.by(""), at=case.at)


def _slow(case: Case) -> Life:
    """A part does not come: more time, a reason, and a word to the complainant."""
    yield case.soon(8)
    if not _extended(case):
        return
    yield case.soon(25)
    yield from case.letter(LetterKind.PROGRESS)


def _extended(case: Case) -> bool:
    """Ask for more time; whoever asks after the deadline gets none."""
    try:
        actions.extend(
            case.ref,
            clock="decide",
            amount=case.rng.choice((5, 8, 10)),
            reason=case.story.phrase("extend"),
            by=case.by("amini"),
            at=case.at,
        )
    except Refused as refused:
        if refused.code != "extension-too-late":
            raise
        return False
    case.world.posted = True
    return True


def decide(case: Case, *, stage: int = 1) -> Life:
    """Decide with reasons; beyond the officer's limit the approver does."""
    yield case.soon(7)
    finding = _finding(case, stage)
    _decide(case, finding, stage)
    if stage == 1 and case.chance(0.03):  # somebody noticed something before the letter left
        yield case.soon(1)
        reason = case.story.phrase("note")
        judge = case.story.plot.get("judge", "zand")
        actions.reconsider(case.ref, reason=reason, by=case.by(judge), at=case.at)
        yield case.soon(4)
        _decide(case, finding, stage)


def _decide(case: Case, finding: Finding, stage: int) -> None:
    amount = _amount(case, finding)
    beyond = stage == 1 and (amount or 0) > OFFICER
    found, judge = _found(case, finding, stage), case.story.plot.get("judge", "")
    kept = actions.decide(
        case.ref,
        findings=[found],
        promises=_promises(case, finding, amount),
        reasons=case.story.phrase(f"decided_{finding}"),
        waives_review=False,
        by=case.by("zand" if beyond else judge),
        at=case.at,
    )
    case.owes(kept)
    case.untraced = finding in _RIGHT and found.cause is None


def _finding(case: Case, stage: int) -> Finding:
    kinds = [Finding.UPHELD, Finding.PARTLY, Finding.NOT_UPHELD, Finding.UNDETERMINED]
    weights = (52, 24, 21, 3) if stage == 1 else (22, 30, 48, 0)
    return case.rng.choices(kinds, weights)[0]


def _reasons(case: Case, finding: Finding, stage: int) -> str:
    if stage == 2:
        kept = finding is Finding.NOT_UPHELD
        return case.story.phrase("review_kept" if kept else "review_upheld")
    names = {Finding.UPHELD: "upheld", Finding.PARTLY: "partly"}
    return case.story.words(names.get(finding, "rejected"))


def _found(case: Case, finding: Finding, stage: int) -> Found:
    cause = None
    if finding in _RIGHT and case.chance(0.85):
        cause = case.term(Kind.CAUSE, case.story.plot["cause"])
    affected = case.rng.choices([Affected.NO, Affected.YES, Affected.UNKNOWN], (6, 3, 1))[0]
    reasons = _reasons(case, finding, stage)
    return Found(1, finding, reasons, cause, affected if cause else None)


def _amount(case: Case, finding: Finding) -> int | None:
    """What is to be paid, in rials: a part of the price, or the whole of it."""
    plot = case.story.plot
    if finding not in _RIGHT or plot["remedy"] not in PAID:
        return None
    share = plot["money"] * (plot.get("in_part", 0.5) if finding is Finding.PARTLY else 1)
    return int(round(case.story.bought.model["price"] * share / 100_000) * 1_000_000) or 1_000_000


def _promises(case: Case, finding: Finding, amount: int | None) -> list[Promise]:
    if finding not in _RIGHT:
        return []
    due = case.world.office.day(case.days(case.rng.randrange(5, 16)))
    owner = case.world.house.staff[case.handler]
    promised = [
        Promise(
            kind=case.term(Kind.REMEDY, case.story.plot["remedy"]),
            owner=owner,
            due_on=due,
            description=case.story.words("offer"),
            amount=amount,
            currency="IRR" if amount else "",
        )
    ]
    if case.chance(0.18):
        promised.append(Promise(kind=case.term(Kind.REMEDY, "apology"), owner=owner, due_on=due))
    return promised


def decline(case: Case) -> Life:
    """Not examined on its merits: too late, or before a court."""
    yield case.soon(6)
    late = case.story.plot.get("road") == "decline"
    actions.decline(
        case.ref,
        why=Decline.TOO_LATE if late else Decline.BEFORE_A_COURT,
        reasons=case.story.phrase("too_late" if late else "court"),
        by=case.by(""),
        at=case.at,
    )


def set_aside(case: Case) -> Life:
    """Not a complaint: answered, told, and open to objection."""
    yield case.soon(3)
    kind = case.rng.choice([NotAComplaint.ENQUIRY, NotAComplaint.SERVICE_REQUEST])
    reason = case.story.phrase("enquiry")
    actions.set_aside(case.ref, kind=kind, reason=reason, by=case.by(""), at=case.at)
    case.world.posted = True


def settle(case: Case) -> Life:
    """Settled on the spot, by whoever took it down or has it."""
    yield case.soon(3 if case.story.channel in arriving.BY_THEMSELVES else 0.3)
    offer = case.story.words("offer")
    remedy = Promise(
        kind=case.term(Kind.REMEDY, case.story.plot["remedy"]),
        owner=case.world.house.staff[case.handler],
        due_on=case.world.office.day(case.days(4)),
        description=offer,
    )
    cause = case.term(Kind.CAUSE, case.story.plot["cause"])
    settlement = Settlement(
        what_was_done=case.story.phrase("settled"),
        how_accepted=case.story.phrase("agreed"),
        accepted_at=case.at,
        danger=False,
        causes=[Found(1, Finding.SETTLED, offer, cause, Affected.NO)],
        promises=[remedy] if case.chance(0.5) else [],
    )
    case.owes(actions.settle(case.ref, settlement=settlement, by=case.by(""), at=case.at))
    case.world.posted = True
