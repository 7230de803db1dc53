"""Why a referral was refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "already-referred": _("This matter is already with that outside body."),
    "no-such-referral": _("There is no open referral of this kind in this file."),
    "no-such-inquiry": _(
        "There is no unanswered letter of an authority of this kind in this file. Perhaps a "
        "colleague has just written down that it was answered."
    ),
    "authority-day-before-letter": _(
        "The day by which the authority wants its answer lies before the date of its letter. "
        "Check both; nothing was saved."
    ),
    "authority-answer-not-written": _(
        "The answer to the authority is not written yet. Write it first, then say how it left."
    ),
    "authority-answered-when": _(
        "The answer cannot have left before the letter came, nor in the future. Check the time; "
        "nothing was saved."
    ),
}
