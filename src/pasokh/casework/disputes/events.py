"""The facts that dealings with outside bodies leave in the ledger of a complaint (ISO 10003)."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("complaint.referred", _("Referred to an outside body"))
class Referred:
    referral: int
    body: int


@event("complaint.authority_asked", _("A letter from an authority came in"))
class AuthorityAsked:
    referral: int
    inquiry: int
    body: int
    due_on: str
    attachments: tuple[str, ...]


@event("complaint.authority_answer_written", _("An answer to an authority was written"))
class AuthorityAnswerWritten:
    inquiry: int


@event("complaint.authority_answered", _("An authority was answered (%(way)s)"))
class AuthorityAnswered:
    inquiry: int
    way: str


@event("complaint.referral_ended", _("The outside body has finished: %(outcome)s"))
class ReferralEnded:
    referral: int
    outcome: str
