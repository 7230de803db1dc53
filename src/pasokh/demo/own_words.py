"""Letters in the organisation's own words: its texts and replies, and who looks a second time."""

from datetime import timedelta

from pasokh.casework.complaints import actions
from pasokh.casework.correspondence import kinds
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.wording import actions as wording
from pasokh.casework.correspondence.wording.actions import Prepared
from pasokh.demo import by_hand
from pasokh.demo.case import Life, World
from pasokh.demo.data import Data, read
from pasokh.kernel.fields import Bilingual
from pasokh.policy.taxonomy.kinds import Kind

#: Between two of several things that one colleague does after another.
_NEXT = timedelta(minutes=11)
_LANGUAGES = ("fa", "en")


def texts(world: World) -> Life:
    """The administrator writes texts for two letters, adds kinds, and prepares replies."""
    by = world.actor("kiani")
    for one in read("words")["text"]:
        said = {"subject": one["subject"], "body": one["body"], "since": 0}
        wording.write(one["kind"], one["language"], **said, by=by, at=world.now)
        yield world.now + _NEXT
    for one in read("words")["kind"]:
        _added(one, world)
        yield world.now + _NEXT
    for one in read("words")["reply"]:
        category = world.house.terms[Kind.CATEGORY, one["category"]] if "category" in one else None
        words = {language: one[language] for language in _LANGUAGES}
        told = Prepared(Bilingual(**one["name"]), category, words)
        wording.add_reply(one["kind"], told, by=by, at=world.now)
        yield world.now + _NEXT


def _added(told: Data, world: World) -> None:
    """A kind of letter of the organisation's own, with its texts."""
    by, at = world.actor("kiani"), world.now
    name, purpose = Bilingual(**told["name"]), Bilingual(**told["purpose"])
    kind = kinds.code(wording.add_kind(name=name, purpose=purpose, by=by, at=at).pk)
    for language in _LANGUAGES:
        wording.write(kind, language, **told[language], since=0, by=by, at=at)


def second_look(world: World) -> Life:
    """From now on messages wait: some are written, one is let go, one comes back."""
    by = world.actor("kiani")
    wording.set_second_look("message", waits=True, above=None, by=by, at=world.now)
    for one in read("words")["waiting"]:
        yield world.now + _NEXT
        yield from by_hand.letter(world, one)
        yield world.now + _NEXT
        _looked_at(world, one)


def _looked_at(world: World, told: Data) -> None:
    """The approver reads the message that was written last, and lets it go or sends it back."""
    by, at = world.actor("zand"), world.now
    newest = Letter.objects.filter(kind="message", state="approval").order_by("-pk").first()
    if newest is None:
        return
    if told.get("let_go"):
        actions.approve_letter(newest.complaint.ref, letter=newest.pk, by=by, at=at)
        world.posted = True
    if "returned" in told:
        actions.send_back_letter(
            newest.complaint.ref, letter=newest.pk, reason=told["returned"], by=by, at=at
        )
