"""The answers a complainant may give: when each is open, what it does, and its words."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.queries.tracking import Answered, Tracked
from pasokh.casework.complaints.terms import Closing, Reopening, Verdict
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now


@dataclass(frozen=True)
class Given:
    """What they said along: why, and the issues whose answer they do not accept (none: all)."""

    reason: str
    refused: frozenset[int] = frozenset()


Give = Callable[[Tracked, Given, Actor], None]


@dataclass(frozen=True)
class Answer:
    """One answer: when it may be given, whether it has been, how it is given, and its words.

    `asks` stands over the field for words of one's own; without it the field asks why. Where it
    `refuses`, it can be said of single issues.
    """

    step: Step
    open: Callable[[Tracked], bool]
    given: Callable[[Tracked, int], bool]
    give: Give
    title: str | Promise
    follows: str | Promise
    button: str | Promise
    done: str | Promise
    grave: bool = False
    asks: str | Promise = ""
    refuses: bool = False

    def of_issues(self, found: Tracked) -> tuple[Answered, ...]:
        """The answers of a decision of which it can be said for each that it is not accepted."""
        decided = found.decision.issues if self.refuses and found.decision else ()
        return decided if len(decided) > 1 and _unrefused(found) else ()


def _verdict(said: Verdict) -> Give:
    def give(found: Tracked, given: Given, by: Actor) -> None:
        actions.verdict(
            found.ref,
            verdict=said,
            issues=_of_issues(found, given.refused),
            comment=given.reason,
            happened_at=now(),
            by=by,
            at=now(),
        )

    return give


def _of_issues(found: Tracked, refused: frozenset[int]) -> dict[int, Verdict]:
    """What they said of each issue, where they told some of them apart."""
    if not refused or found.decision is None:
        return {}
    no, yes = Verdict.NOT_ACCEPTED, Verdict.ACCEPTED
    return {one.number: no if one.number in refused else yes for one in found.decision.issues}


def _review(found: Tracked, given: Given, by: Actor) -> None:
    if _unrefused(found):
        _verdict(Verdict.NOT_ACCEPTED)(found, Given("", given.refused), by)
    actions.review(found.ref, reason=given.reason, by=by, at=now())


def _unrefused(found: Tracked) -> bool:
    return found.state is State.COMMUNICATED and found.verdict != Verdict.NOT_ACCEPTED


def _reopen(why: Reopening) -> Give:
    def give(found: Tracked, given: Given, by: Actor) -> None:
        actions.reopen(found.ref, why=why, reason=given.reason, by=by, at=now())

    return give


def _withdraw(found: Tracked, given: Given, by: Actor) -> None:
    actions.withdraw(found.ref, reason=given.reason, by=by, at=now())


def _unanswered(found: Tracked) -> bool:
    return found.state is State.COMMUNICATED and Step.VERDICT in found.may


ANSWERS: dict[str, Answer] = {
    "accept": Answer(
        Step.VERDICT,
        lambda found: _unanswered(found) and found.verdict != Verdict.ACCEPTED,
        lambda found, stage: found.verdict == Verdict.ACCEPTED,
        _verdict(Verdict.ACCEPTED),
        _("Accept the decision"),
        _("If we promised something, we carry it out; then we close your complaint."),
        _("I accept the decision"),
        _("Thank you. We noted that you accept the decision."),
        asks=_("Anything you would like to add"),
    ),
    "review": Answer(
        Step.REVIEW,
        lambda found: Step.REVIEW in found.may,
        lambda found, stage: found.stage > stage,
        _review,
        _("Someone else looks again"),
        _(
            "A colleague who had no part in the decision looks at your complaint from the "
            "beginning. What you were offered stays yours."
        ),
        _("Ask for a review"),
        _("The review has begun. Somebody else looks at your complaint now."),
        refuses=True,
    ),
    "outside": Answer(
        Step.VERDICT,
        lambda found: _unanswered(found) and found.verdict != Verdict.NOT_ACCEPTED,
        lambda found, stage: found.verdict == Verdict.NOT_ACCEPTED,
        _verdict(Verdict.NOT_ACCEPTED),
        _("Go to somebody outside"),
        _(
            "We note that you do not accept the decision. Below are those who can help you; they "
            "do not belong to us."
        ),
        _("Note that I go outside"),
        _("We noted that you do not accept the decision. Those who can help you stand below."),
        refuses=True,
    ),
    "let-be": Answer(
        Step.VERDICT,
        lambda found: _unanswered(found) and found.verdict != Verdict.NOT_ACCEPTED,
        lambda found, stage: found.verdict == Verdict.NOT_ACCEPTED,
        _verdict(Verdict.NOT_ACCEPTED),
        _("Leave it"),
        _(
            "We note that you do not accept the decision and do nothing more. Until the time "
            "below you can still ask for a review."
        ),
        _("Note that I leave it"),
        _("We noted that you do not accept the decision, and that you leave it at that."),
        refuses=True,
    ),
    "withdraw": Answer(
        Step.WITHDRAW,
        lambda found: Step.WITHDRAW in found.may,
        lambda found, stage: found.state is State.WITHDRAWN,
        _withdraw,
        _("Withdraw your complaint"),
        _("We stop working on it. What you wrote is kept."),
        _("Withdraw the complaint"),
        _("Your complaint is withdrawn. You can undo this below."),
        grave=True,
    ),
    "undo": Answer(
        Step.REOPEN,
        lambda found: found.state is State.WITHDRAWN and Step.REOPEN in found.may,
        lambda found, stage: found.state not in (State.WITHDRAWN, State.CLOSED, State.SET_ASIDE),
        _reopen(Reopening.WITHDRAWAL_UNDONE),
        _("Undo the withdrawal"),
        _("We go on where we stopped."),
        _("Undo the withdrawal"),
        _("The withdrawal is undone. We go on where we stopped."),
    ),
    "object": Answer(
        Step.REOPEN,
        lambda found: found.state is State.SET_ASIDE and Step.REOPEN in found.may,
        lambda found, stage: found.state not in (State.WITHDRAWN, State.CLOSED, State.SET_ASIDE),
        _reopen(Reopening.OBJECTION),
        _("It is a complaint"),
        _("We take it up again as a complaint."),
        _("Take it up as a complaint"),
        _("We took it up again as a complaint."),
    ),
    "reopen": Answer(
        Step.REOPEN,
        lambda found: (
            found.state is State.CLOSED
            and found.closing == Closing.SILENCE
            and Step.REOPEN in found.may
        ),
        lambda found, stage: found.state not in (State.WITHDRAWN, State.CLOSED, State.SET_ASIDE),
        _reopen(Reopening.LATE_ANSWER),
        _("Answer after all"),
        _("We open your complaint again, so that you can answer the decision."),
        _("Open my complaint again"),
        _("Your complaint is open again. You can answer the decision now."),
    ),
}
