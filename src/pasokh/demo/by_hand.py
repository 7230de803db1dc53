"""Letters by a colleague's hand: sent, sent later, begun and left, and one that came back."""

from datetime import timedelta

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.writing import NARRATIVE, Along
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries.preview import prepared
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.wording import queries as wording
from pasokh.casework.correspondence.writing import actions as writing
from pasokh.demo import post
from pasokh.demo.case import Life, World
from pasokh.demo.data import Data
from pasokh.directory.people.ways import Way

_UNTIL_IT_IS_BACK = timedelta(hours=1, minutes=40)
_HANDLED = (State.INVESTIGATING, State.ASSESSED, State.COMMUNICATED)
#: What a form has beside its words.
_EMPTY = {
    **dict.fromkeys(("quotes", "added", "copy_address", "copy_reason", "leaves_at", "kept"), ""),
    "enclosed": [],
    "copies": [],
}


def letter(world: World, told: Data) -> Life:
    """One letter on a file that somebody has."""
    case = _file(world, told)
    if case is None or case.handler_id is None:
        return
    by = world.by_number(case.handler_id)
    if told.get("draft"):
        content = {**_EMPTY, "text": told["text"]}
        writing.keep(case.pk, int(by.id), act="message", content=content, at=world.now)
        return
    later = world.now + timedelta(days=told["later"]) if "later" in told else None
    quotes, reply, text = NARRATIVE if told.get("quotes") else None, None, told.get("text", "")
    if "reply" in told:
        reply, text = _begun_with(told["reply"], case, world)
    along = Along(quotes=quotes, leaves_at=later, reply=reply, added=_kind(told))
    actions.message(case.ref, text=text, along=along, by=by, at=world.now)
    world.posted = True
    if told.get("back"):
        yield world.now + _UNTIL_IT_IS_BACK
        _bring_back(case, world)


def _file(world: World, told: Data) -> Complaint | None:
    """A file that somebody has, in the state that was asked for or, where none is, in another."""
    for state in dict.fromkeys((told["state"], *_HANDLED)):
        case = world.find(state, told["language"], told.get("category", ""), by_mail=True)
        if case and case.handler_id:
            return case
    return None


def _kind(told: Data) -> str:
    """The code of an added kind by its English name."""
    kinds = wording.added().values()
    return next((one.code for one in kinds if one.name.en == told.get("kind")), "")


def _begun_with(name: str, case: Complaint, world: World) -> tuple[int, str]:
    """A prepared reply by its name, and its words filled in from a file."""
    offered = wording.prepared(LetterKind.MESSAGE, case.language, ())
    chosen = next(one for one in offered if one.reply and one.reply.name.en == name)
    return chosen.pk, prepared(case, LetterKind.MESSAGE, body=chosen.body, at=world.now)


def _bring_back(case: Complaint, world: World) -> None:
    """A mail server says that the newest letter by hand did not arrive."""
    sent = Letter.objects.filter(complaint=case, kind=LetterKind.MESSAGE, to__kind=Way.EMAIL)
    newest = sent.select_related("to").latest("pk")
    back = post.came_back(newest, newest.to.key if newest.to else "", at=world.now)
    post.hand_over(back, at=world.now, sender="")
