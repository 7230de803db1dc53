"""Letters that wait for somebody's hands: posted together with a slip, and day by day."""

from datetime import timedelta
from random import Random

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.lettering import Slip
from pasokh.casework.complaints.queries import outbox
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.telling import Way
from pasokh.demo import arriving, births, scanned
from pasokh.demo.case import Life, World
from pasokh.demo.data import read
from pasokh.demo.hours import TEHRAN
from pasokh.directory.people.ways import Way as Reach
from pasokh.kernel import dates

_NEXT = timedelta(minutes=9)
#: So long a letter waits before somebody catches up with it; until then its own story may.
_LEFT_LYING = timedelta(days=6)


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
        number = told["number"].format(number=7_919 * one.id % 9_999_999)
        actions.posted(
            one.ref,
            letter=one.id,
            slip=Slip(told["to"]["fa"], number, (slip,)),
            happened_at=world.now - timedelta(hours=1),
            by=clerk,
            at=world.now,
        )


def caught_up(world: World) -> Life:
    """Whatever still waits for somebody's hands is posted, or read out on the telephone."""
    clerk = world.actor("rahimi")
    waiting = (one for one in outbox.post(clerk).by_hand if world.now - one.at > _LEFT_LYING)
    for one in list(waiting):
        letter = Letter.objects.select_related("to__person").get(pk=one.id)
        posted = letter.to is None or letter.to.kind == Reach.POST
        actions.told(
            one.ref,
            letter=one.id,
            way=Way.SENT if posted else Way.TELEPHONED,
            proof=_proof(letter, posted, world),
            happened_at=world.now,
            by=clerk,
            at=world.now,
        )
        yield world.now + _NEXT


def _proof(letter: Letter, posted: bool, world: World) -> dict[str, str]:
    """What shows that it left, or was said, in the language of the letter."""
    said = read("phrases")[letter.language]
    if posted or letter.to is None:
        number = dates.numerals(10_000_000 + 7_919 * letter.pk, letter.language)
        return {"handed_over_to": said["posted"].format(receipt=number)}
    return {
        "number": letter.to.value,
        "person": letter.to.person.name,
        "said": said["told_by_phone"],
        "written_copy_on": world.now.astimezone(TEHRAN).date().isoformat(),
    }
