"""Letters of authorities on files: answered and ruled on, or waiting with a day of their own."""

from datetime import timedelta

from pasokh.casework.disputes import actions as disputes
from pasokh.casework.disputes.actions import AuthorityLetter, Ruling, Sent, SentBy
from pasokh.casework.disputes.models import Inquiry
from pasokh.casework.remedies.actions import Promise
from pasokh.demo import scanned
from pasokh.demo.case import Life, World
from pasokh.demo.data import Data
from pasokh.demo.hours import TEHRAN
from pasokh.policy.taxonomy.kinds import Kind

_DAY = timedelta(days=1)


def letter(world: World, told: Data) -> Life:
    """An authority's letter, and what follows of it within the weeks that are left."""
    wanted = told.get("category", ""), told.get("outcome", "")
    case = world.find(told["state"], "fa", wanted[0], outcome=wanted[1])
    if case is None:
        return
    ref = case.ref
    row = disputes.inquire(ref, letter=_letter(world, told), by=world.actor("rahimi"), at=world.now)
    begun = world.now
    if "answered" not in told:
        return
    yield world.office.after(begun + told["answered"] * _DAY, 1)
    by = world.actor("amini")
    disputes.write_answer(ref, inquiry=row.pk, answer=told["answer"], by=by, at=world.now)
    yield world.office.after(world.now, 3)
    sent = Sent(world.now, SentBy.PORTAL, told["number_out"], told["proof"])
    disputes.answered(ref, inquiry=row.pk, sent=sent, by=by, at=world.now)
    yield world.office.after(begun + told["ruled"] * _DAY, 2)
    _ruled(world, told, ref, row)


def _letter(world: World, told: Data) -> AuthorityLetter:
    today = world.now.astimezone(TEHRAN).date()
    page = f"{told['number']}\n{told['officer']}\n\n{told['asks']}"
    return AuthorityLetter(
        body=world.house.bodies[told["body"]],
        dated_on=today - 2 * _DAY,
        asks=told["asks"],
        received_at=world.now - timedelta(hours=1),
        their_ref=told["their_ref"],
        number=told["number"],
        officer=told["officer"],
        number_in=told["number_in"],
        due_on=today + told["due"] * _DAY,
        files=(scanned.letter(f"{told['number_in'].replace('/', '-')}.pdf", [page], "fa"),),
    )


def _ruled(world: World, told: Data, ref: str, row: Inquiry) -> None:
    """The authority finishes, and what it orders is owed from then on."""
    order = Promise(
        kind=world.house.terms[Kind.REMEDY, "exchange"],
        owner=world.house.staff["sotoudeh"],
        due_on=world.office.day(world.now + 20 * _DAY),
        description=told["ruling"],
    )
    disputes.end_referral(
        ref,
        referral=row.referral_id,
        outcome=Ruling.CHANGED,
        ruling=told["ruling"],
        orders=[order],
        by=world.actor("amini"),
        at=world.now,
    )
