"""What is done to the texts of letters; the texts themselves are sealed beside the fact."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("wording.written", _("Text of a letter written: %(kind)s, %(language)s, version %(number)s"))
class Written:
    kind: str
    language: str
    number: int


@event("wording.ended", _("Back to our own text of a letter: %(kind)s, %(language)s"))
class Ended:
    kind: str
    language: str
    number: int


@event("reply.written", _("Prepared reply written: number %(reply)s, %(language)s"))
class ReplyWritten:
    reply: int
    kind: str
    language: str
    number: int
    category: int | None


@event("reply.changed", _("Prepared reply changed: number %(reply)s"))
class ReplyChanged:
    """Its name or category, or languages in which it is offered no more."""

    reply: int
    category: int | None
    withdrawn: tuple[str, ...]


@event("reply.ended", _("Prepared reply withdrawn: number %(reply)s"))
class ReplyEnded:
    reply: int


@event("wording.second_look", _("Which letters wait for approval was changed: %(kind)s"))
class SecondLookSet:
    kind: str
    waits: bool
    above: int | None
    currency: str


@event("letter_kind.added", _("Kind of letter added: %(kind)s"))
class KindAdded:
    kind: str


@event("letter_kind.changed", _("Kind of letter changed: %(kind)s"))
class KindChanged:
    kind: str


@event("letter_kind.retired", _("Kind of letter out of use: %(kind)s"))
class KindRetired:
    kind: str


@event("letter_kind.restored", _("Kind of letter in use again: %(kind)s"))
class KindRestored:
    kind: str
