"""Which programs elsewhere are told of what, and how that has gone."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pasokh.casework.webhooks import actions, queries
from pasokh.casework.webhooks.actions import Terms
from pasokh.casework.webhooks.models import Subscription
from pasokh.casework.webhooks.queries import Logged
from pasokh.casework.webhooks.terms import DeliveryState, Trouble, Why
from pasokh.desk import lists, shell
from pasokh.desk.access import DeskRequest
from pasokh.desk.fields import listed
from pasokh.desk.settings_pages import once, webhook_events
from pasokh.desk.settings_pages.fields import form, text
from pasokh.desk.settings_pages.frame import (
    Chosen,
    Data,
    Deed,
    Nothing,
    Row,
    Sheet,
    Text,
    answer,
    may,
    setting,
)
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.kernel.refusals import SENTENCES as KERNEL
from pasokh.ui.sentences import sentence
from pasokh.ui.templatetags.ui import code, moment

RIGHT = queries.RIGHT
STATES: dict[DeliveryState, tuple[str, Text]] = {
    DeliveryState.WAITING: ("soon", _("Waits")),
    DeliveryState.SENDING: ("info", _("On its way")),
    DeliveryState.DELIVERED: ("done", _("Delivered")),
    DeliveryState.GIVEN_UP: ("late", _("Given up")),
    DeliveryState.WITHHELD: ("plain", _("Withheld")),
}
ENDED: dict[Why, Text] = {
    Why.BY_HAND: _("Switched off"),
    Why.GONE: _("Switched off: the receiver said that it is gone"),
    Why.FAILING: _("Switched off: it failed for days"),
}
TROUBLES: dict[Trouble, Text] = {
    Trouble.STATUS: _("the receiver did not take it"),
    Trouble.REDIRECT: _("it led elsewhere, which is not followed"),
    Trouble.REFUSED: _("this address may not be spoken to"),
    Trouble.UNREACHABLE: _("nobody answered"),
    Trouble.TLS: _("the receiver could not show that it is the one meant"),
    Trouble.SLOW: _("no answer in time"),
    Trouble.LOST: _("our worker ended over it"),
}
_SECRET = _("Enter this secret at the receiver. It is shown only this once: {secret}")


@setting(RIGHT)
def webhooks(request: DeskRequest) -> HttpResponse:
    """List the programs that are told of events, and add one."""

    def add(data: Data, by: Actor, at: datetime) -> None:
        once.hand_over(request, actions.subscribe(_terms(data), by=by, at=at)[1])

    deed = Deed(
        *("add", form(_fields()), add, _("Add the program")),
        done=_("The program is told of these events from now on."),
        title=_("Add a program"),
    )
    sheet = Sheet(
        _("Webhooks"),
        [deed],
        help=_HELP,
        notes=once.shown(request, _SECRET),
        columns=(_("Name"), _("Address"), _("How it goes")),
        rows=[_row(one) for one in queries.subscriptions()],
        empty=_("No program is told of anything yet."),
    )
    return answer(request, sheet)


_HELP = _(
    "Other programs of yours can be told at once what happens to complaints: a shop, a workshop, "
    "a bookkeeping. Each message is signed after the Standard Webhooks convention and tells facts "
    "only: the event, the reference, times and codes."
)


def _row(one: Subscription) -> Row:
    url = reverse("desk:set-up-webhook", args=[one.pk])
    kind, told = standing(one)
    mark = _("Look after it") if kind == "late" else ""
    return Row(one.name, (code(one.url), told), url, mark=mark, kind=kind)


def standing(one: Subscription) -> tuple[str, Text]:
    """How a receiver stands: the kind of its badge, and words."""
    if one.ended_at:
        return ("plain" if one.ended_why == Why.BY_HAND else "late"), ENDED[Why(one.ended_why)]
    if one.failing_since:
        return "late", format_html(gettext("Fails since {since}"), since=moment(one.failing_since))
    return "done", _("In order")


def notes(actor: Actor) -> list[tuple[str, Text]]:
    """Which receivers somebody must look after, for those who can."""
    if not may(actor, RIGHT):
        return []
    told = _("A program is not told what happens: %(name)s. Look at its log under Webhooks.")
    return [("late", told % {"name": one.name}) for one in queries.troubled()]


@setting(RIGHT)
def webhook(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """Change what a program is told; try it, give it a new secret, switch it off or on."""
    one = _held(webhook_id)

    def change(data: Data, by: Actor, at: datetime) -> None:
        actions.change(one.pk, _terms(data), by=by, at=at)

    told = {"name": one.name, "url": one.url, "events": one.events, "unit": one.unit_id}
    told |= {"texts": one.texts, "confidential": one.confidential}
    saved = _("What the program is told is saved.")
    changed = Deed(
        *("change", form(_fields(), **told), change, _("Save"), saved), title=_("What it is told")
    )
    log = reverse("desk:set-up-webhook-log", args=[one.pk])
    kind, stands = standing(one)
    notes = [*once.shown(request, _SECRET), (kind if kind == "late" else "info", stands)]
    sheet = Sheet(
        one.name,
        [*_deeds(request, one), changed] if not one.ended_at else [_resumed(one), changed],
        notes=notes,
        links=[("", [(log, _("Log of deliveries"))])],
        back=(reverse("desk:set-up-webhooks"), _("Webhooks")),
    )
    return answer(request, sheet)


def _deeds(request: DeskRequest, one: Subscription) -> list[Deed]:
    """What can be done with a program that is told of events."""

    def try_out(data: Data, by: Actor, at: datetime) -> None:
        actions.try_out(one.pk, by=by, at=at)

    def rotate(data: Data, by: Actor, at: datetime) -> None:
        once.hand_over(request, actions.rotate(one.pk, by=by, at=at))

    def end(data: Data, by: Actor, at: datetime) -> None:
        actions.end(one.pk, by=by, at=at)

    queued = _("The test event leaves within seconds. Look at the log.")
    given = _("A new secret is in use; enter it at the receiver within a day.")
    ended = _("The program is told of nothing any more.")
    return [
        Deed(
            *("try", Nothing, try_out, _("Send a test event"), queued),
            title=_("Try it"),
            help=_("It is about no complaint; its type is “webhook.trial”."),
        ),
        Deed(
            *("rotate", Nothing, rotate, _("Make a new secret"), given),
            title=_("The secret"),
            help=_("For a day the old one signs beside the new one, so nothing is lost."),
        ),
        Deed(
            *("end", Nothing, end, _("Switch it off"), ended),
            title=_("Switch it off"),
            help=_("What waits for it is given up; it stays in the log and can be replayed."),
            grave=True,
        ),
    ]


def _resumed(one: Subscription) -> Deed:
    def resume(data: Data, by: Actor, at: datetime) -> None:
        actions.resume(one.pk, by=by, at=at)

    return Deed(
        *("resume", Nothing, resume, _("Switch it on")),
        done=_("The program is told of what happens from now on."),
        title=_("Switch it on again"),
        help=_("What happened meanwhile is not sent; what was given up can be replayed."),
    )


@setting(RIGHT)
def log(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """Show what was delivered and what was not, and queue it once more where that is asked."""
    one, problem = _held(webhook_id), ""
    if request.method == "POST":
        try:
            _replay(request, one)
            return redirect(request.get_full_path())
        except Refused as refused:
            problem = sentence(refused)
    chosen = _Filter(request.GET)
    asked = chosen.cleaned_data if chosen.is_valid() else {"state": "", "event": ""}
    before = request.GET.get("before", "")
    lines, rest = queries.log(
        one, request.actor, **asked, before=int(before[:18]) if before.isdecimal() else None
    )
    kept = {name: value for name, value in asked.items() if value}
    known = {
        "one": one,
        "one_id": str(one.pk),
        "problem": problem,
        "filter_form": chosen,
        "lines": [_line(each) for each in lines],
        "filtered": bool(kept),
        "next": "?" + urlencode({**kept, "before": rest}) if rest else "",
        "first": "?" + urlencode(kept) if before else "",
        "counts": [(*STATES[DeliveryState(s)], n) for s, n in queries.counts(one).items() if n],
        "given_up": queries.counts(one)[DeliveryState.GIVEN_UP],
    }
    return shell.page(request, "desk/settings/webhook_log.html", known, at="set-up")


def _replay(request: DeskRequest, one: Subscription) -> None:
    """Queue one line of the log once more, or all that was given up."""
    if request.POST.get("act") == "all":
        actions.replay_all(one.pk, by=request.actor, at=now())
    else:
        line = Chosen(request.POST)
        if not line.is_valid():
            raise Http404
        actions.replay(one.pk, line.cleaned_data["id"], by=request.actor, at=now())
    messages.success(request, gettext("It is queued once more and leaves within seconds."))


def _line(logged: Logged) -> dict[str, Any]:
    """A delivery as the log shows it."""
    row = logged.row
    last = row.attempts[-1] if row.attempts else {}
    kind, state = STATES[DeliveryState(row.state)]
    trouble = Trouble(last["trouble"]) if "trouble" in last else None
    said = row.said
    if trouble is Trouble.REFUSED:
        said = str(KERNEL.get(row.said, ""))
    return {
        "row": row,
        "ref": logged.ref,
        "sentence": queries.offered().get(row.event, "") or _("Test event"),
        "kind": kind,
        "state": state,
        "status": last.get("status"),
        "at": datetime.fromisoformat(last["at"]) if last else None,
        "trouble": TROUBLES[trouble] if trouble else "",
        "said": said,
        "again": row.state not in (DeliveryState.WAITING, DeliveryState.SENDING),
    }


class _Filter(forms.Form):
    """Which deliveries to show."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every, states = _("All"), [(str(state), name) for state, (_kind, name) in STATES.items()]
        self.fields["state"] = listed(
            _("State"), states, required=False, number=False, nothing=every
        )
        self.fields["event"] = listed(
            _("Event"), queries.offered().items(), required=False, number=False, nothing=every
        )


def _held(pk: int) -> Subscription:
    try:
        return queries.subscription(pk)
    except Refused as refused:
        raise Http404 from refused


def _fields() -> dict[str, forms.Field]:
    secure = _("It begins with https://. Machines that only this server reaches are refused.")
    return {
        "name": text(_("Name of the program"), 200),
        "url": text(_("Address that receives"), 2000, help_text=secure, kind="url"),
        "unit": listed(
            *(_("Files of which unit"), lists.units()),
            required=False,
            nothing=_("The whole organisation"),
        ),
        "events": forms.MultipleChoiceField(
            label=_("Events"),
            choices=webhook_events.choices(),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one.")},
        ),
        "confidential": forms.BooleanField(
            label=_("Also tell it of confidential files"),
            required=False,
            help_text=_("Only somebody who may read them can allow this."),
        ),
        "texts": forms.BooleanField(
            label=_("Also send what people wrote, and names"),
            required=False,
            help_text=_("Only somebody who may read all of it can allow this. It leaves by TLS."),
        ),
    }


def _terms(data: Data) -> Terms:
    told = {name: data[name] for name in ("name", "url", "unit", "confidential", "texts")}
    return Terms(events=tuple(dict.fromkeys(webhook_events.chosen(data["events"]))), **told)
