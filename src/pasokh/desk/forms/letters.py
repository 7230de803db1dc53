"""Letters: written, told in one of four ways, returned."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.labels import LETTER_STATES, LETTERS, WAYS
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.correspondence.delivery import (
    SECOND_THOUGHTS,
    LetterKind,
    LetterState,
    may_become,
)
from pasokh.casework.correspondence.telling import PROOF, Way
from pasokh.desk.acts import Act, ActForm, Data
from pasokh.desk.fields import line, listed, moment, one_of, words
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.ui.forms import DateField

#: The choice that only puts the letter in the outbox; the others say how it was told.
SEND = "send"
_TOLD = (Way.TELEPHONED, Way.HANDED, Way.SENT)
#: Every part of a proof that somebody may be asked for.
_PARTS = frozenset().union(*(PROOF[way] for way in _TOLD))
_HOW = {
    SEND: _("Send the letter now; it counts as told when it has been handed over"),
    Way.TELEPHONED: _("It was told by telephone"),
    Way.HANDED: _("It was handed over on paper and signed for"),
    Way.SENT: _("It was sent by mail or post outside Pasokh"),
}


class TellingForm(ActForm):
    """How a letter was told, and what proves it; only the proof of the chosen way is asked for."""

    def _ask_how(self, choices: Mapping[Any, Any]) -> None:
        self.fields["way"] = one_of(_("How?"), choices.items(), initial=next(iter(choices)))
        self.fields["happened_at"] = moment(_("When was that?"))
        self.fields["number"] = line(_("Telephone number"), short=True)
        self.fields["person"] = line(_("Who answered"))
        self.fields["said"] = words(_("What was said"), rows=3)
        self.fields["written_copy_on"] = line(_("Date of the written copy"), short=True)
        self.fields["signed_by"] = line(_("Who signed for it"))
        self.fields["handed_over_to"] = line(
            _("Handed over to (post office and number, or mail server)")
        )
        if self.is_bound:
            self._need_only(PROOF.get(self.data.get("way", ""), frozenset()))

    def _need_only(self, parts: Collection[str]) -> None:
        for part in _PARTS:
            self.fields[part].required = part in parts

    def before(self) -> list[forms.BoundField]:
        """The bound fields before the proof."""
        proofs = {"happened_at", *_PARTS}
        return [field for field in self.visible_fields() if field.name not in proofs]

    def proofs(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The bound fields of each way's proof."""
        order = list(self.fields)
        return [
            (str(way), [self[part] for part in sorted(PROOF[way], key=order.index)])
            for way in _TOLD
        ]

    def proof(self) -> dict[str, str]:
        """The proof of the way that was chosen."""
        return {part: self.cleaned_data[part] for part in PROOF[Way(self.cleaned_data["way"])]}


class LetterForm(TellingForm):
    """Write a letter of one kind, or say how it was told already."""

    has_words = False

    def prepare(self) -> None:
        """Ask for words where the kind has some, then for the way."""
        if self.has_words:
            self.fields["words"] = words(
                _("Your words in the letter"),
                required=False,
                help_text=_("Everything else is written by Pasokh from the file."),
            )
        self._ask_how(_HOW)

    def said(self) -> Data:
        """The words, the way, its proof and its time."""
        told = self.cleaned_data
        proof = {} if told["way"] == SEND else self.proof()
        return {
            "words": told.get("words", ""),
            "way": told["way"],
            "proof": proof,
            "happened_at": told["happened_at"],
        }


class WordedLetterForm(LetterForm):
    """A letter that carries words of its writer."""

    has_words = True


_WAITING = (LetterState.PENDING, LetterState.QUEUED, LetterState.SHOWN_ONLY)


def _letter(kind: LetterKind) -> Any:
    @transaction.atomic
    def do(page: CasePage, said: Data, by: Actor, at: datetime) -> None:
        waiting = [
            letter
            for letter in page.rows["letters"]
            if letter.kind == kind and letter.stage == page.case.stage and letter.state in _WAITING
        ]
        facts = {"words": said["words"]} if said["words"].strip() else {}
        if said["way"] == SEND or not waiting or facts:
            later = at + SECOND_THOUGHTS if said["way"] == SEND else None
            letter = actions.write(page.ref, kind=kind, facts=facts, leaves_at=later, by=by, at=at)
        else:
            letter = waiting[-1]
        if said["way"] != SEND:
            actions.told(
                page.ref,
                letter=letter.pk,
                way=Way(said["way"]),
                proof=said["proof"],
                happened_at=said["happened_at"],
                by=by,
                at=at,
            )

    return do


def _letters(page: CasePage, *, returnable: bool = False) -> list[tuple[Any, Any]]:
    return [
        (letter.pk, f"{LETTERS[letter.called]} ({LETTER_STATES[letter.state]})")
        for letter in reversed(page.rows["letters"])
        if letter.state != LetterState.CANCELLED
        and (not returnable or may_become(LetterState(letter.state), LetterState.RETURNED))
    ]


class ToldForm(TellingForm):
    """Say how a letter in the file reached the person."""

    def prepare(self) -> None:
        """Offer the letters of the file."""
        self.fields["letter"] = listed(_("Which letter?"), _letters(self.page))
        self._ask_how({way: WAYS[way] for way in _TOLD})

    def said(self) -> Data:
        """The letter, the way, its proof and its time."""
        told = self.cleaned_data
        return {
            "letter": told["letter"],
            "way": Way(told["way"]),
            "proof": self.proof(),
            "happened_at": told["happened_at"],
        }


def _today() -> date:
    return timezone.localdate(now())


class ReturnedForm(ActForm):
    """Say that a letter came back, and on which day."""

    came_back_on = DateField(label=_("When did it come back?"), initial=_today)
    why = words(_("What does the return say?"), rows=2)

    def prepare(self) -> None:
        """Offer the letters that can come back."""
        self.fields["letter"] = listed(_("Which letter?"), _letters(self.page, returnable=True))
        self.order_fields(["version", "letter", "came_back_on", "why"])

    def said(self) -> Data:
        """The letter, what its return says, and an instant of the day on which it came."""
        told = self.cleaned_data
        on = told["came_back_on"]
        left = next(one.left_at for one in self.page.rows["letters"] if one.pk == told["letter"])
        noon = datetime.combine(on, time(12), tzinfo=timezone.get_current_timezone())
        same_day = [known for known in (left, now()) if timezone.localdate(known) == on]
        return {
            "letter": told["letter"],
            "why": told["why"],
            "happened_at": same_day[-1] if same_day else noon,
        }


class NumberForm(ActForm):
    """The number under which the secretariat enters a letter."""

    def prepare(self) -> None:
        """Offer the letters of the file."""
        self.fields["letter"] = listed(_("Which letter?"), _letters(self.page))
        self.fields["number"] = line(
            _("The secretariat's number"),
            short=True,
            help_text=_("It is printed on the letter, beside the date."),
        )


class AgainForm(ActForm):
    """Which letter is to set out once more."""

    def prepare(self) -> None:
        """Offer the letters that failed or came back."""
        self.fields["letter"] = listed(_("Which letter?"), _lost(self.page))


def _lost(page: CasePage) -> list[tuple[Any, Any]]:
    lost = (LetterState.FAILED, LetterState.RETURNED)
    return [
        (letter.pk, f"{LETTERS[letter.called]} ({LETTER_STATES[letter.state]})")
        for letter in reversed(page.rows["letters"])
        if letter.state in lost
    ]


class WriteForm(ActForm):
    """A letter of any kind that needs no step of its own."""

    def prepare(self) -> None:
        """Offer the kinds."""
        kinds = (LetterKind.CLOSING, LetterKind.SETTLED, LetterKind.PROGRESS)
        self.fields["kind"] = listed(
            _("Which letter?"), [(str(kind), LETTERS[kind]) for kind in kinds], number=False
        )


def _write(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    kind, later = LetterKind(said["kind"]), at + SECOND_THOUGHTS
    return actions.write(page.ref, kind=kind, facts={}, leaves_at=later, by=by, at=at)


def _told(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.told(page.ref, **said, by=by, at=at)


def _number(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.number_letter(page.ref, **said, by=by, at=at)


def _again(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.send_letter_again(page.ref, **said, by=by, at=at)


def _returned(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.returned(page.ref, **said, by=by, at=at)


ACTS = (
    Act(
        "acknowledge",
        Step.ACKNOWLEDGE,
        _("Acknowledge receipt"),
        _("Acknowledge"),
        LetterForm,
        _letter(LetterKind.ACKNOWLEDGEMENT),
        help=_("The letter says what we understood, who has it, what comes next and by when."),
        sends=_("The acknowledgement of receipt"),
        template="desk/act_telling.html",
    ),
    Act(
        "report_progress",
        Step.REPORT_PROGRESS,
        _("Report progress"),
        _("Report"),
        WordedLetterForm,
        _letter(LetterKind.PROGRESS),
        help=_("Say what was done and what comes next, even when there is little to say."),
        sends=_("A progress report"),
        letter=LetterKind.PROGRESS,
        template="desk/act_telling.html",
    ),
    Act(
        "communicate",
        Step.COMMUNICATE,
        _("Tell the decision"),
        _("Tell the decision"),
        LetterForm,
        _letter(LetterKind.DECISION),
        help=_(
            "The letter gives the finding and the reasons for each issue, the remedies, and "
            "where else the complainant may go."
        ),
        sends=_("The decision letter"),
        letter=LetterKind.DECISION,
        grave=True,
        template="desk/act_telling.html",
    ),
    Act(
        "notice",
        Step.NOTICE,
        _("Give notice before closing"),
        _("Give notice"),
        WordedLetterForm,
        _letter(LetterKind.NOTICE),
        help=_(
            "It names the day on which the file will be closed if no answer comes, and says "
            "that silence is not taken as acceptance."
        ),
        sends=_("The notice before closing"),
        letter=LetterKind.NOTICE,
        template="desk/act_telling.html",
    ),
    Act(
        "write",
        Step.WRITE,
        _("Write a letter"),
        _("Put it in the outbox"),
        WriteForm,
        _write,
        sends=_("The letter you choose"),
    ),
    Act(
        "told",
        Step.WRITE,
        _("Say how a letter was told"),
        _("Write it down"),
        ToldForm,
        _told,
        help=_("A letter counts as told only with its proof: who, when and how."),
        offered=lambda page: bool(_letters(page)),
        template="desk/act_telling.html",
    ),
    Act(
        "returned",
        Step.WRITE,
        _("A letter came back"),
        _("Write it down"),
        ReturnedForm,
        _returned,
        help=_("What this letter had told no longer counts, and its clock runs again."),
        offered=lambda page: bool(_letters(page, returnable=True)),
    ),
    Act(
        "number_letter",
        Step.WRITE,
        _("Number a letter"),
        _("Write the number on it"),
        NumberForm,
        _number,
        offered=lambda page: bool(_letters(page)),
    ),
    Act(
        "send_letter_again",
        Step.WRITE,
        _("Send a letter again"),
        _("Send it again"),
        AgainForm,
        _again,
        help=_("It goes, as it was written, to the address that now stands in the file."),
        sends=_("The same letter"),
        offered=lambda page: bool(_lost(page)),
    ),
)
