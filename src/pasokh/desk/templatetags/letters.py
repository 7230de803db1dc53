"""The letters of a file, and what is to be done about each: `{% load letters %}`."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.correspondence import queries
from pasokh.casework.correspondence.delivery import Form, LetterState, may_become
from pasokh.casework.correspondence.fields import EDITABLE
from pasokh.casework.correspondence.wording.actions import RIGHT as CONFIGURES
from pasokh.casework.correspondence.wording.labels import LACKS
from pasokh.casework.correspondence.wording.queries import Version
from pasokh.desk.templatetags.desk import file_url, named, why_returned
from pasokh.directory.people.ways import Way
from pasokh.kernel.dates import numerals
from pasokh.ui.templatetags.ui import badge, code, day, isolate, moment, telephone

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
    LetterState.APPROVAL: _("It leaves once somebody else than its writer has approved it."),
    LetterState.LACKING: _(
        "The rules ask for more than it says. Fill in what is missing on the file, or mend the "
        "letter's text in set-up; it then leaves by itself within minutes."
    ),
    LetterState.PENDING: _("Until then it can be taken back, and stands nowhere."),
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

#: The shape of a state; any other is plain.
_SHAPES = {
    "failed": "late",
    "returned": "late",
    "handed_over": "done",
    "approval": "soon",
    "lacking": "late",
}


@register.simple_tag(name="letters")
def drawn(page: CasePage, letters: Iterable[Any], writes: bool) -> SafeString:
    """Draw the letters of a file. A file has many, so each is put together outside templates.

    `writes` is whether the reader may do something about them.
    """
    return SafeString("".join(f"<li>{''.join(_parts(one, page, writes))}</li>" for one in letters))


def _parts(letter: Any, page: CasePage, writes: bool) -> Iterator[str]:
    yield escape(named(letter.called, "letters"))
    if letter.copy_of_id:
        to = letter.address or (letter.to.value if letter.to else "")
        yield f" · {escape(gettext('Copy to'))} {isolate(to)}"
    if letter.secretariat_number:
        called, number = gettext("The secretariat's number"), isolate(letter.secretariat_number)
        yield f" · {escape(called)} {number}"
    yield f"<p>{_state(letter)}</p>"
    if letter.came_back_at and letter.state != LetterState.RETURNED:
        came_back = escape(gettext("Came back on %(day)s")) % {"day": day(letter.came_back_at)}
        yield _soft(came_back)
    if letter.lacks:
        missing = " · ".join(str(LACKS.get(each, each)) for each in letter.lacks)
        yield _soft(f"{escape(gettext('It would lack:'))} {escape(missing)}")
    if letter.failure:
        yield _soft(f"{escape(gettext('Said of it:'))} {isolate(why_returned(letter.failure))}")
    if said := _made_with(letter, page):
        yield _soft(said)
    yield from map(_text, letter.texts.all())
    yield from map(_telling, letter.tellings.all())
    if todo := to_do(letter):
        yield _soft(escape(str(todo)))
    if letter.state != LetterState.CANCELLED:
        yield f'<p class="rows__do">{" ".join(_links(letter, page.ref, writes))}</p>'


def _state(letter: Any) -> str:
    state = badge(named(letter.state, "letter_states"), _SHAPES.get(letter.state, "plain"))
    returned = letter.state == LetterState.RETURNED and letter.came_back_at
    when = day(letter.came_back_at) if returned else moment(letter.changed_at)
    return f'{state} <span class="soft">{when}</span>'


def _made_with(letter: Any, page: CasePage) -> str:
    """With whose text a letter was made, or would be now; nothing of one that has no other."""
    if letter.kind not in EDITABLE or letter.copy_of_id or letter.state == LetterState.CANCELLED:
        return ""
    own, kept = page.text_of(letter), bool(letter.text)
    if own is None:
        return escape(_WITH_OURS[kept])
    return escape(_WITH_THEIRS[kept]) % {"version": _version(own, page)}


#: Of a letter whose text stands, and of one that is still made anew each time it is read.
_WITH_OURS = {True: _("Made with our text."), False: _("With our text as of now.")}
_WITH_THEIRS = {
    True: _("Made with the organisation's own text: %(version)s"),
    False: _("With the organisation's own text as of now: %(version)s"),
}


def _version(one: Version, page: CasePage) -> str:
    """Which version, of when and by whom; a link for who may write texts."""
    said = escape(gettext("version %(number)s of %(day)s, saved by %(name)s")) % {
        "number": escape(numerals(one.number, get_language() or "en")),
        "day": day(one.made_at),
        "name": isolate(page.names.of(one.by)),
    }
    if not page.actor.may(CONFIGURES):
        return said
    url = reverse("desk:set-up-letter", args=[one.kind, one.language])
    return f'<a href="{url}?version={one.number}#version">{said}</a>'


def _text(one: Any) -> str:
    """A text about a letter: where it went, how it stands, and what the gateway said of it."""
    number = code(telephone(one.number))
    stands = escape(str(named(one.state, "text_states")))
    said = f" · {isolate(one.failure)}" if one.failure else ""
    return _soft(
        f"{escape(gettext('Text message'))} {number}: {stands} {moment(one.changed_at)}{said}"
    )


def _telling(one: Any) -> str:
    way = named(one.way, "ways")
    told = f"<s>{escape(way)}</s>" if one.undone_at else badge(way, "done")
    return _soft(f"{told} {moment(one.at)}")


def _links(letter: Any, ref: str, writes: bool) -> Iterator[str]:
    """What the reader may do about a letter."""
    number = str(letter.pk)
    pdf = _pdf_url(get_language() or "en").replace("REF", ref).replace("/0/", f"/{number}/")
    yield f'<a href="{pdf}">{escape(gettext("On paper (PDF)"))}</a>'
    yield f'<a href="{pdf}word/">{escape(gettext("As a Word file"))}</a>'
    if writes:
        here = file_url(ref)
        for act, title in _acts(letter):
            yield f'<a href="{here}{act}/?letter={number}">{escape(title)}</a>'


def _acts(letter: Any) -> Iterator[tuple[str, str]]:
    yield "number_letter", gettext("Number")
    if may_go_again(letter):
        yield "send_letter_again", gettext("Send again")
    if not is_told(letter) and letter.state not in _KEPT_BACK:
        yield "told", gettext("It was told")
    if may_return(letter):
        yield "returned", gettext("It came back")


#: What stands nowhere yet cannot have been told.
_KEPT_BACK = (LetterState.APPROVAL, LetterState.LACKING)


@cache
def _pdf_url(_language: str) -> str:
    return reverse("desk:letter", args=["REF", 0])


def _soft(said: str) -> str:
    return f'<p class="soft">{said}</p>'


def to_do(letter: Any) -> str | Promise:
    """What somebody should do about a letter in its state; empty when nothing."""
    state = LetterState(letter.state)
    if state in (LetterState.FAILED, LetterState.RETURNED) and is_told(letter):
        return _("It was told another way, so nothing is left to be done.")
    if state is LetterState.SHOWN_ONLY and is_told(letter):
        return ""
    if letter.form in (Form.TEXT, Form.NOTICE) and letter.to and letter.to.kind == Way.PHONE:
        return _of_text(letter, state)
    if state is LetterState.HANDED_OVER and letter.form == Form.NOTICE:
        return _(
            "Only a notice with a link went out, because the address is not confirmed. The letter "
            "itself counts as told once they open it on the tracking page."
        )
    return _waits(letter) if state is LetterState.QUEUED else _TODO[state]


def _of_text(letter: Any, state: LetterState) -> str | Promise:
    """What to do about a letter that goes by text."""
    if state is LetterState.HANDED_OVER and not is_told(letter):
        return _(
            "A text says that it stands on the tracking page. It counts as told once they open "
            "it there, or you tell it by telephone."
        )
    return _TEXTED.get(state, "")


_TEXTED: Mapping[LetterState, str | Promise] = {
    LetterState.QUEUED: _("It leaves by text message within minutes."),
    LetterState.SENDING: _("It is on its way to the gateway for texts."),
    LetterState.UNCERTAIN: _("The gateway fell silent. The text is sent once more by itself."),
    LetterState.FAILED: _TODO[LetterState.FAILED],
    LetterState.RETURNED: _TODO[LetterState.RETURNED],
}


def _waits(letter: Any) -> str | Promise:
    if letter.to is not None and letter.to.refused_at:
        return _("Its address is no longer in use. Print it, or tell it by telephone.")
    if letter.to is not None and letter.to.kind == Way.PHONE:
        return _TEXTED[LetterState.QUEUED]
    if letter.to is not None and letter.to.kind == Way.POST:
        return _("It goes by post: print it, send it, then write down that it was sent.")
    if letter.attempts and queries.way() == "smtp":
        return _("The mail server put it off. It is tried again by itself.")
    return _WAITS[queries.way()]


def is_told(letter: Any) -> bool:
    """Whether a letter counts as told, in whatever way."""
    return any(one.undone_at is None for one in letter.tellings.all())


def may_return(letter: Any) -> bool:
    """Whether a letter has left the house and can come back."""
    return may_become(LetterState(letter.state), LetterState.RETURNED)


def may_go_again(letter: Any) -> bool:
    """Whether a letter failed or came back, and can be sent once more."""
    return letter.state in (LetterState.FAILED, LetterState.RETURNED)
