"""More facts of a complaint's letters: taken back, put off, and how those by hand once read."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("complaint.letter_taken_back", _("Taken back before it left: %(kind)s"))
class LetterTakenBack:
    stage: int
    kind: str
    letter: int


@event("complaint.letter_postponed", _("It leaves at another time: %(kind)s"))
class LetterPostponed:
    stage: int
    kind: str
    letter: int
    until: datetime


@event("complaint.letter_approved", _("Letter approved: %(kind)s"))
class LetterApproved:
    stage: int
    kind: str
    letter: int


@event("complaint.letter_sent_back", _("Letter sent back to its writer: %(kind)s"))
class LetterSentBack:
    stage: int
    kind: str
    letter: int


@event("complaint.asked", _("Information requested from the complainant"))
class AskedAlone:
    stage: int
    message: int


@event("complaint.message_sent", _("Message to the complainant"))
class MessageSentAlone:
    message: int
    channel: str


@event("complaint.message_sent", _("Message to the complainant"), version=2)
class MessageSentUnnamed:
    message: int
    channel: str
    letter: int
    attachments: tuple[str, ...]
    copies: int


@event("complaint.message_sent", _("Written to the complainant: %(kind)s"), version=3)
class MessageSent:
    message: int
    channel: str
    letter: int
    kind: str  # of the letter, perhaps one that the organisation added
    attachments: tuple[str, ...]
    copies: int
