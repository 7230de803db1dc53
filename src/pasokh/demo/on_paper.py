"""Letters that go by post: printed, taken to the post together, and written down with the slip."""

from datetime import timedelta
from random import Random

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.lettering import Slip
from pasokh.casework.complaints.queries import outbox
from pasokh.demo import arriving, births, scanned
from pasokh.demo.case import Life, World
from pasokh.demo.data import read

_NEXT = timedelta(minutes=9)


def letters(world: World) -> Life:
    """People complain by letter, and the answers of the first ones are taken to the post."""
    told = read("words")["post"]
    refs = []
    for number in range(told["written"]):
        rng = Random(f"by post {number}")  # noqa: S311  a story, not a secret
        case = births.somebody(world, rng, ("fa", "en")[number % 2], by=("letter", "post"))
        next(arriving.at_the_desk(case))  # its acknowledgement waits for somebody's hands
        refs.append(case.ref)
        yield world.now + _NEXT
    yield world.office.after(world.now, 6)
    _taken(world, refs[: told["taken"]])


def _taken(world: World, refs: list[str]) -> None:
    """Write down that these letters were handed over together."""
    told, clerk = read("words")["post"], world.actor("rahimi")
    slip = scanned.letter(told["slip"], [told["said"]], "fa")
    ours = [one for one in outbox.post(clerk).by_hand if one.ref in refs]
    for one in ours:
        number = told["number"].format(number=1_000 * one.id % 9_999_999)
        actions.posted(
            one.ref,
            letter=one.id,
            slip=Slip(told["to"]["fa"], number, (slip,)),
            happened_at=world.now - timedelta(hours=1),
            by=clerk,
            at=world.now,
        )
