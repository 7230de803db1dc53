"""What is written to the complainant by hand: answering whom, with what, to whom else, when."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.writing import NARRATIVE, Along, CopyTo
from pasokh.casework.complaints.labels import LETTERS
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.correspondence import fields, grammar
from pasokh.casework.correspondence.delivery import SECOND_THOUGHTS, LetterKind, LetterState
from pasokh.casework.correspondence.wording import labels
from pasokh.casework.correspondence.wording import queries as wording
from pasokh.casework.texting import queries as texting
from pasokh.desk.acts import Act, ActForm, Data
from pasokh.desk.fields import MomentField, line, listed, one_of, words
from pasokh.desk.uploads import WithFiles, names
from pasokh.directory.people import queries as people
from pasokh.directory.people.ways import Way
from pasokh.kernel import dates
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.text import isolate

#: Messages that are offered for a quotation, the newest first.
_OFFERED = 20
#: How much of a message names it in a list.
_NAMED = 60


#: What is always asked.
_FIRST = ("added", "reply", "text", "quotes")


class WritingForm(WithFiles, ActForm):
    """Words for the complainant, and what goes with them; `more` may be left alone."""

    kind = LetterKind.MESSAGE
    label: Any = _("Message")

    def prepare(self) -> None:
        """Offer the messages to answer, the files that may go along, and who may have a copy."""
        self.fields["text"] = words(self.label, rows=8)
        self._offer_kinds()
        self._offer_replies()
        self.fields["quotes"] = listed(
            _("Answer to"),
            _quotable(self.page),
            required=False,
            nothing=_("Nothing in particular"),
            help_text=_("What you choose is quoted below your words, in short."),
        )
        self._offer("enclosed", _("Files of this case that go along"), _files(self.page))
        self._offer("copies", _("A copy to"), _others(self.page))
        self.fields["copy_address"] = line(
            _("A copy to another address"),
            required=False,
            help_text=_("Only if they are to know of it; the reason is kept with the file."),
        )
        self.fields["copy_reason"] = line(_("Why do they get a copy?"), required=False)
        self.fields["leaves_at"] = MomentField(
            label=_("Send later"),
            required=False,
            help_text=_("A day and a time in either calendar; empty sends it now."),
        )
        self.fields["papers"].label = _("Further files")
        self.offer_again(self.initial.get("kept", ""))
        order = ("version", "kept", *_FIRST, "enclosed", "papers", "leave_out", "copies")
        self.order_fields([*order, "copy_address", "copy_reason", "leaves_at"])

    def _offer_kinds(self) -> None:
        """Let a message be of a kind that the organisation added, where there are some."""
        kinds = wording.offered(self.page.case.language) if self.kind is LetterKind.MESSAGE else []
        if kinds or self.data.get("added"):  # one that is offered no more is refused, not lost
            named = [(one.code, _named_kind(one)) for one in kinds]
            self.fields["added"] = one_of(
                _("Kind of letter"),
                [("", _("Message")), *named],
                required=False,
                help_text=_(
                    "It gives the letter its name and what stands around your words. It stops no "
                    "clock and tells no decision."
                ),
            )

    def _offer_replies(self) -> None:
        """Let prepared words be taken up, where there are some for this letter and file."""
        categories = {one.category for one in self.page.issues if one.category}
        language = self.page.case.language
        self.replies = wording.prepared(self.kind, language, sorted(categories))
        if self.replies:
            named = [(one.pk, str(one.reply.name)) for one in self.replies if one.reply]
            self.fields["reply"] = listed(
                _("Prepared reply"), named, required=False, nothing=_("None, in own words")
            )

    def clean_text(self) -> str:
        """Nothing leaves in which a field of a prepared reply still stands."""
        said: str = self.cleaned_data["text"]
        if left := grammar.slots(said, fields.names_by_hand(self.kind)):
            named = _listed(str(labels.FIELDS[code]) for code in dict.fromkeys(left))
            raise forms.ValidationError(
                _("Something still stands in braces: %(fields)s. Write it, or take it out."),
                params={"fields": named},
            )
        return said

    def _offer(self, name: str, label: Any, choices: list[tuple[int, str]]) -> None:
        if choices:
            self.fields[name] = forms.TypedMultipleChoiceField(
                label=label,
                choices=choices,
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> Data:
        """A copy to another address has its reason."""
        told = super().clean() or {}
        if told.get("copy_address", "").strip() and not told.get("copy_reason", "").strip():
            self.add_error("copy_reason", _("Write why they get a copy."))
        return told

    def first(self) -> list[forms.BoundField]:
        """What is always asked."""
        return [self[name] for name in _FIRST if name in self.fields]

    def more(self) -> list[forms.BoundField]:
        """What is asked of whoever wants more."""
        return [bound for bound in self.visible_fields() if bound.name not in _FIRST]

    @property
    def has_more(self) -> bool:
        """Whether something of that is filled in, so that it stands open."""
        filled = (self.errors.get(bound.name) or bound.value() for bound in self.more())
        return "leave_out" in self.fields or any(filled)

    def along(self, at: datetime) -> Along:
        """What goes with the words, the new files out of their draft."""
        return Along(**self._along(), files=self.taken(at))

    def _along(self) -> Data:
        told = self.cleaned_data
        return {
            "quotes": told["quotes"],
            "enclosed": tuple(told.get("enclosed", ())),
            "copies": tuple(self._copies()),
            "leaves_at": told["leaves_at"] or now() + SECOND_THOUGHTS,
            "reply": told.get("reply"),
            "added": told.get("added") or "",
        }

    def _copies(self) -> Iterator[CopyTo]:
        told = self.cleaned_data
        yield from (CopyTo(point=point) for point in told.get("copies", ()))
        if address := told["copy_address"].strip():
            yield CopyTo(address=address, reason=told["copy_reason"])

    def goes_along(self) -> list[str]:
        """The names of the files that would go with it now."""
        chosen = set(self.cleaned_data.get("enclosed", ()))
        there = [name for pk, name in _files(self.page) if pk in chosen]
        return there + names(self.data.get("kept", ""))

    def said(self) -> Data:
        """The words, and what goes along."""
        return {"text": self.cleaned_data["text"], "along": self.along(now())}


class AskForm(WritingForm):
    """A question to the complainant, and what goes with it."""

    kind = LetterKind.REQUEST
    label = _("What do you need to know?")


def _named_kind(kind: wording.Added) -> str:
    """Its name, with what it is for."""
    return f"{kind.name}: {kind.purpose}" if str(kind.purpose) else str(kind.name)


def _listed(named: Iterable[str]) -> str:
    return ("، " if (get_language() or "").startswith("fa") else ", ").join(named)


def _quotable(page: CasePage) -> list[tuple[int, str]]:
    theirs = [one for one in page.rows["messages"] if one.incoming]
    newest = sorted(theirs, key=lambda one: (one.at, one.pk), reverse=True)[:_OFFERED]
    said = [(one.pk, _named(one.at, one.text)) for one in newest]
    return [*said, (NARRATIVE, _named(page.case.received_at, page.case.narrative))]


def _named(at: datetime, text: str) -> str:
    day = dates.as_date(at, get_language() or "en", timezone.get_current_timezone())
    words = " ".join(text.split())
    short = words if len(words) <= _NAMED else f"{words[:_NAMED].rstrip()} …"
    return f"{day}: {isolate(short)}"


def _files(page: CasePage) -> list[tuple[int, str]]:
    outside = (one for one in page.rows["attachments"] if not one.inside)
    return [(one.pk, isolate(one.name)) for one in sorted(outside, key=lambda one: one.pk)]


def _others(page: CasePage) -> list[tuple[int, str]]:
    """The confirmed addresses of the parties, but for the one that the letter goes to."""
    whose = page.representative or page.complainant
    main = people.letter_box(whose.pk, texts=texting.leave()) if whose else None
    parties = [one for one in (page.complainant, page.representative) if one]
    return [
        (point.pk, f"{isolate(one.name)} · {isolate(point.value)}")
        for one in parties
        for point in one.contact_points.all()
        if point.kind == Way.EMAIL and point.confirmed_at and not point.refused_at
        if point.pk != main
    ]


class PendingForm(ActForm):
    """Which letter that has not left yet."""

    def prepare(self) -> None:
        """Offer them."""
        choices = [(one.pk, LETTERS[one.called]) for one in pending(self.page)]
        self.fields["letter"] = listed(_("Which letter?"), choices)


class PostponeForm(PendingForm):
    """When it leaves instead."""

    leaves_at = MomentField(label=_("When is it to leave?"))


def pending(page: CasePage) -> list[Any]:
    """The letters of a file that can still be taken back, copies not counted."""
    here = (LetterState.APPROVAL, LetterState.PENDING)
    return [one for one in page.rows["letters"] if one.state in here and not one.copy_of_id]


def _message(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.message(page.ref, **said, by=by, at=at)


def _ask(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    said = {**said, "question": said["text"]}
    del said["text"]
    return actions.ask(page.ref, **said, by=by, at=at)


def _take_back(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.take_back(page.ref, **said, by=by, at=at)


def _postpone(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.postpone(page.ref, **said, by=by, at=at)


ACTS = (
    Act(
        "message",
        Step.MESSAGE,
        _("Write to the complainant"),
        _("Send the message"),
        WritingForm,
        _message,
        help=_("It goes outside: the complainant reads it."),
        sends=_("Your message"),
        letter=LetterKind.MESSAGE,
        template="desk/act_write.html",
    ),
    Act(
        "ask",
        Step.ASK,
        _("Ask for information"),
        _("Send the question"),
        AskForm,
        _ask,
        help=_("Ask only for what the file needs, and once."),
        sends=_("Your question"),
        letter=LetterKind.REQUEST,
        template="desk/act_write.html",
    ),
    Act(
        "take_back",
        Step.WRITE,
        _("Take a letter back"),
        _("Take it back"),
        PendingForm,
        _take_back,
        help=_("It has not left yet. What you wrote comes back, so that you can go on with it."),
        offered=lambda page: bool(pending(page)),
    ),
    Act(
        "postpone",
        Step.WRITE,
        _("Send a letter at another time"),
        _("Set the time"),
        PostponeForm,
        _postpone,
        offered=lambda page: bool(pending(page)),
    ),
)
