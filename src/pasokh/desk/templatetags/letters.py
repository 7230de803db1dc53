"""What is to be done about a letter: `{% load letters %}`."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pasokh.casework.correspondence import queries
from pasokh.casework.correspondence.delivery import Form, LetterState, may_become
from pasokh.directory.people.ways import Way

register = template.Library()

#: What to do about a letter that waits, by the way in which mail leaves the house.
_WAITS = {
    "smtp": _("It leaves by itself within minutes."),
    "folder": _("Mail is only written to a folder here, for trying out; it reaches nobody."),
    "none": _(
        "No mail server is set, so it waits. Print it and hand it over, or tell it by telephone."
    ),
}
_TODO: Mapping[LetterState, str | Promise] = {
    LetterState.SENDING: _("It is on its way to the mail server."),
    LetterState.UNCERTAIN: _("The mail server fell silent. It is sent once more by itself."),
    LetterState.HANDED_OVER: _("If it comes back, write that down."),
    LetterState.FAILED: _(
        "Check the address, then send it again; or print it, or tell it by telephone."
    ),
    LetterState.RETURNED: _(
        "What it had told no longer counts. Send it again to a right address, or tell it "
        "another way."
    ),
    LetterState.SHOWN_ONLY: _(
        "No address is known. It counts as told once they open it on the tracking page, or you "
        "tell it by telephone or hand it over."
    ),
    LetterState.CANCELLED: "",
}


@register.filter
def to_do(letter: Any) -> str | Promise:
    """What somebody should do about a letter in its state; empty when nothing."""
    state = LetterState(letter.state)
    if state in (LetterState.FAILED, LetterState.RETURNED) and is_told(letter):
        return _("It was told another way, so nothing is left to be done.")
    if state is LetterState.SHOWN_ONLY and is_told(letter):
        return ""
    if state is LetterState.HANDED_OVER and letter.form == Form.NOTICE:
        return _(
            "Only a notice with a link went out, because the address is not confirmed. The letter "
            "itself counts as told once they open it on the tracking page."
        )
    return _waits(letter) if state is LetterState.QUEUED else _TODO[state]


def _waits(letter: Any) -> str | Promise:
    if letter.to is not None and letter.to.refused_at:
        return _("Its address is no longer in use. Print it, or tell it by telephone.")
    if letter.to is not None and letter.to.kind == Way.POST:
        return _("It goes by post: print it, send it, then write down that it was sent.")
    if letter.attempts and queries.way() == "smtp":
        return _("The mail server put it off. It is tried again by itself.")
    return _WAITS[queries.way()]


@register.filter
def is_told(letter: Any) -> bool:
    """Whether a letter counts as told, in whatever way."""
    return any(one.undone_at is None for one in letter.tellings.all())


@register.filter
def may_return(letter: Any) -> bool:
    """Whether a letter has left the house and can come back."""
    return may_become(LetterState(letter.state), LetterState.RETURNED)


@register.filter
def may_go_again(letter: Any) -> bool:
    """Whether a letter failed or came back, and can be sent once more."""
    return letter.state in (LetterState.FAILED, LetterState.RETURNED)
