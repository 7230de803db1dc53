"""A complaint from its arrival to its end, as chance and office hours have it."""

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.terms import Reopening
from pasokh.casework.intake import actions as intake
from pasokh.demo import arriving, births, ending, handling
from pasokh.demo.case import Case, Life

#: What becomes of a complaint, in the main; some plots know it themselves.
_ROADS = {"whole": 77, "settle": 11, "withdraw": 6, "decline": 2, "stall": 4}


def live(case: Case) -> Life:
    """One life; it ends where the year does."""
    plot = case.story.plot
    road = plot.get("road") or births.weighed(case.rng, _ROADS)
    if road == "settle" and (plot["severity"] > 3 or plot["remedy"] in handling.PAID):
        road = "whole"
    if plot.get("safety") or (case.halt and "road" not in plot):
        road = "whole"
    yield from _arrive(case)
    yield from _ROUTES[road](case)


def _arrive(case: Case) -> Life:
    how = {"web": arriving.on_the_portal, "email": arriving.by_mail}
    yield from how.get(case.story.channel, arriving.at_the_desk)(case)


def _whole(case: Case) -> Life:
    yield from handling.assign(case)
    if case.halt == "received":
        return
    yield from handling.assess(case)
    if case.halt == "assessed":
        return
    if case.chance(0.88) or case.halt or case.story.plot.get("safety"):
        yield from handling.investigate(case)
    if case.halt == "investigating":
        return
    yield from handling.decide(case)
    if case.halt == "decided":
        return
    yield from ending.tell(case)
    if case.halt == "communicated":
        return
    yield from ending.answered(case)


def _settle(case: Case) -> Life:
    yield from handling.assign(case)
    yield from handling.settle(case)
    yield from ending.carry_out(case)


def _withdraw(case: Case) -> Life:
    yield from handling.assign(case)
    if case.chance(0.6):
        yield from handling.assess(case)
    yield case.later(50)
    own = case.reach in ("email", "page", "standing")
    by = case.person if own else case.by("rahimi")
    reason = case.story.phrase("withdrawn")
    actions.withdraw(case.ref, reason=reason, by=by, at=case.at)
    case.world.posted = True
    if own and case.chance(0.35):
        yield case.later(60)
        undone = case.story.phrase("undone")
        why = Reopening.WITHDRAWAL_UNDONE
        actions.reopen(case.ref, why=why, reason=undone, by=case.person, at=case.at)
        yield from _from_assessment(case)


def _set_aside(case: Case) -> Life:
    yield from handling.assign(case)
    yield from handling.set_aside(case)


def _decline(case: Case) -> Life:
    yield from handling.assign(case)
    yield from handling.decline(case)
    yield from ending.tell(case)
    yield from ending.answered(case)


def _stall(case: Case) -> Life:
    """Left lying: by nobody in particular, until somebody wakes up."""
    steps = case.rng.randrange(3)
    if steps:
        yield from handling.assign(case)
    if steps > 1:
        yield from handling.assess(case)
    yield case.days(case.rng.randrange(24, 60))
    yield from (_whole if steps == 0 else _from_assessment)(case)


def _together(case: Case) -> Life:
    """Somebody else complains of the same; the manager sees both files together from then on."""
    yield from handling.assign(case)
    other = births.workmate(case)
    yield case.later(30) if other.story.channel == "web" else case.soon(12)
    yield from _arrive(other)
    yield from handling.assign(other)
    actions.join(case.ref, other=other.ref, by=case.by("amini"), at=case.at)
    case.world.begun.append(_from_assessment(other))
    yield from _from_assessment(case)


def _apart(case: Case) -> Life:
    """Two matters were told at once; the second is another unit's and goes on by itself."""
    yield from handling.assign(case)
    new = intake.split(case.ref, issue=2, by=case.by("amini"), at=case.at)
    yield case.soon(2)
    other = births.parted(case, new.ref, new.unit_id)
    if code := case.world.codes.get(case.ref):
        case.world.codes[other.ref] = code
    case.world.posted = True
    yield from other.told(new.letters.get().pk)
    case.world.begun.append(_whole(other))
    yield from _from_assessment(case)


def _from_the_top(case: Case) -> Life:
    """About all who decide but the highest: who decides, and looks again, as nobody else may."""
    yield case.soon(2.2)
    arriving.sort(case)
    yield from handling.assess(case)
    yield from handling.look(case)
    yield from handling.decide(case)
    yield from ending.tell(case)
    yield from ending.refused(case)
    yield from ending.reviewed(case)


def _from_assessment(case: Case) -> Life:
    yield from handling.assess(case)
    yield from handling.investigate(case)
    yield from handling.decide(case)
    yield from ending.tell(case)
    yield from ending.answered(case)


_ROUTES = {
    "whole": _whole,
    "settle": _settle,
    "withdraw": _withdraw,
    "set_aside": _set_aside,
    "decline": _decline,
    "stall": _stall,
    "together": _together,
    "apart": _apart,
    "from_the_top": _from_the_top,
}
