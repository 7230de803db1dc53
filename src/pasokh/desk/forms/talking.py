"""What is said: notes inside, messages outside, conversations, promises."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.talking import Call
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.queries import CasePage
from pasokh.desk import lists
from pasokh.desk.acts import Act, ActForm, Data
from pasokh.desk.fields import line, listed, moment, one_of, until, words
from pasokh.desk.uploads import WithFiles
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now


class NoteForm(ActForm):
    """Words for colleagues."""

    text = words(_("Note"))


def _note(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.note(page.ref, **said, by=by, at=at)


class HearForm(WithFiles, ActForm):
    """What the complainant added, by whatever door, with what came with it."""

    def prepare(self) -> None:
        """Offer the channels."""
        self.fields["text"] = words(_("What did they say or write?"), rows=6)
        self.fields["channel"] = listed(_("By which way?"), lists.channels(), number=False)
        self.fields["happened_at"] = moment(_("When did it reach us?"))
        self.order_fields(["text", "channel", "happened_at"])

    def said(self) -> Data:
        """Their words, the way, the time and the files."""
        told = self.cleaned_data
        names = ("text", "channel", "happened_at")
        return {**{name: told[name] for name in names}, "files": self.taken(now())}


def _hear(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.hear(page.ref, **said, by=by, at=at)


class ContactForm(ActForm):
    """A conversation, in fifteen seconds."""

    direction = one_of(
        _("Who called?"), [("out", _("We did")), ("in", _("They did"))], initial="out"
    )
    reached = one_of(
        _("Did you speak to them?"), [("yes", _("Yes")), ("no", _("No"))], initial="yes"
    )
    said_words = words(_("What was said"), required=False, rows=3)
    promised = line(_("What did you promise?"), required=False)
    promised_by = until(_("By when?"), required=False)
    second_attempt = forms.BooleanField(
        label=_("This was the second attempt after the notice before closing"), required=False
    )

    def prepare(self) -> None:
        """Offer the channels, the telephone first."""
        channels = lists.channels()
        first = next((code for code, _name in channels if code == "phone"), None)
        self.fields["channel"] = listed(_("By which way?"), channels, number=False, initial=first)
        self.fields["happened_at"] = moment(_("When?"))
        if Milestone.NOTICED not in self.page.facts.done:
            del self.fields["second_attempt"]

    def clean(self) -> Data:
        """A promise has words and a day, or is none."""
        told = super().clean() or {}
        if told.get("promised", "").strip() and not told.get("promised_by"):
            self.add_error("promised_by", _("Say by when you will do it."))
        if told.get("promised_by") and not told.get("promised", "").strip():
            self.add_error("promised", _("Say what you promised."))
        if told.get("reached") == "yes" and not told.get("said_words", "").strip():
            self.add_error("said_words", _("Write in a few words what was said."))
        return told

    def said(self) -> Data:
        """The call and its time."""
        told = self.cleaned_data
        call = Call(
            incoming=told["direction"] == "in",
            reached=told["reached"] == "yes",
            channel=told["channel"],
            said=told["said_words"],
            promised=told["promised"],
            promised_by=told["promised_by"],
            second_attempt=told.get("second_attempt", False),
        )
        return {"call": call, "happened_at": told["happened_at"]}


def _contact(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.log_contact(page.ref, **said, by=by, at=at)


class PromiseForm(ActForm):
    """Which promise was kept."""

    def prepare(self) -> None:
        """Offer the open promises."""
        promises = [(one.pk, one.promised) for one in open_promises(self.page)]
        self.fields["contact"] = listed(_("Which promise?"), promises)


def open_promises(page: CasePage) -> list[Any]:
    """The conversations of a file with a promise not yet kept."""
    return [one for one in page.rows["contacts"] if one.promised and one.kept_at is None]


def _keep(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.keep_promise(page.ref, **said, by=by, at=at)


ACTS = (
    Act(
        "note",
        Step.NOTE,
        _("Write a note"),
        _("Save the note"),
        NoteForm,
        _note,
        inside=True,
        help=_("Only colleagues read it. It is never in a letter or on the tracking page."),
    ),
    Act(
        "hear",
        Step.HEAR,
        _("Add what the complainant said"),
        _("Add"),
        HearForm,
        _hear,
        help=_("An answer by letter or a word at the counter, exactly as given."),
    ),
    Act(
        "log_contact",
        Step.LOG_CONTACT,
        _("Log a conversation"),
        _("Log"),
        ContactForm,
        _contact,
        help=_("What was promised with a day stands in the queue until it is kept."),
    ),
    Act(
        "keep_promise",
        Step.LOG_CONTACT,
        _("A promise was kept"),
        _("Mark as kept"),
        PromiseForm,
        _keep,
        offered=lambda page: bool(open_promises(page)),
    ),
)
