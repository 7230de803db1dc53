"""A file, what hangs on it, and every act on it as a form with its own address."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pasokh.casework.complaints import actions, closing, queries
from pasokh.casework.complaints.actions.telling import second_look
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.complaints.refusals import SENTENCES
from pasokh.casework.correspondence import queries as correspondence
from pasokh.casework.intake import actions as intake
from pasokh.casework.texting import queries as texting
from pasokh.desk import access, shell, writing
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.desk.acts import Act, ActForm, offered, refusal
from pasokh.desk.forms import ACTS
from pasokh.desk.forms.keeping import READ
from pasokh.desk.forms.writing import WritingForm, pending
from pasokh.desk.uploads import WithFiles
from pasokh.directory.people import queries as people
from pasokh.kernel import configuration, refs
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.ui import posted
from pasokh.ui.posted import to_the_letter
from pasokh.ui.sentences import refusals_as_messages, sentence

#: What brings a file on, in the order in which it is offered; the rest stands below.
NEXT = (
    *("acknowledge", "assess", "investigate", "decide", "communicate", "verdict"),
    *("notice", "trace", "fulfil", "close"),
)
#: What is said rather than done: always at hand, wherever the file lies.
TALK = ("message", "note", "log_contact", "ask", "hear")
#: What an address may say beforehand of a form.
PRESET = ("field", "letter", "direction", "inquiry", "quotes")
#: Refusals that are about the person and not about the file.
_PERSONAL = frozenset({"not-authorised", "complained-about", "not-independent"})


@staff_required
def case(request: DeskRequest, ref: str) -> HttpResponse:
    """The whole file; that it was read is written down."""
    try:
        page = queries.read_case(request.actor, refs.read(ref) or ref, what="case", at=now())
    except Refused as refused:
        raise Http404 from refused
    acts = {act.name: act for act in offered(page, ACTS, request.actor)}
    known = {
        "page": page,
        "case": page.case,
        "next": next_act(page, acts),
        "on_its_way": on_its_way(page),
        "talk": [acts[name] for name in TALK if name in acts],
        "more": [act for name, act in acts.items() if name not in TALK],
        "unmet": unmet(page),
        "to_read": to_read(page, request),
        "lost": correspondence.to_look_after(page.rows["letters"]),
        "pending": pending(page) if page.can(Step.WRITE) or page.can(Step.APPROVE) else [],
        "approves": page.can(Step.APPROVE),
        "writings": writing.here(page, request),
        "writes": page.can(Step.WRITE),
    }
    return shell.page(request, "desk/case.html", known, at="queue")


def next_act(page: CasePage, acts: dict[str, Act]) -> Act | None:
    """The one act that brings the file on now."""
    closable = page.closing is not None and not page.closing.unmet
    if closable and "close" in acts:
        return acts["close"]
    done = page.facts.done
    skipped = {"assess"} if "assessed" in done else set()
    skipped |= {"investigate"} if "investigated" in done else set()
    skipped |= {"close"} | ({"verdict"} if page.facts.verdict else set())
    skipped |= set(closing.MENDS.values()) - closing.mending(page.closing)
    skipped |= {"communicate", "verdict"} if on_its_way(page) else set()
    return next((acts[name] for name in NEXT if name in acts and name not in skipped), None)


def on_its_way(page: CasePage) -> bool:
    """Whether nothing is left to do but wait for the decision to arrive."""
    letters = page.rows["letters"]
    return closing.decision_on_its_way(page.facts.state, page.facts.stage, letters)


def unmet(page: CasePage) -> list[tuple[Any, Any]]:
    """The terms of the closing contract that are not met, as sentences, with their dates."""
    terms = page.closing.unmet if page.closing else ()
    return [(SENTENCES[term.code], term.until) for term in terms]


def to_read(page: CasePage, request: DeskRequest) -> bool:
    """Whether the reader was told of this file as significant and has not confirmed reading it."""
    return any(
        one.read_at is None and str(one.staff_id) == request.actor.id
        for one in page.rows["significant_notices"]
    )


@staff_required
def read_notice(request: DeskRequest, ref: str) -> HttpResponse:
    """Write down that a member of top management has read of a significant complaint."""
    page = access.case_page(request, ref)
    if request.method == "POST":
        with refusals_as_messages(request):
            READ(page, {}, request.actor, now())
    return redirect("desk:case", page.ref)


@to_the_letter
@configuration.held()
@staff_required
def act(request: DeskRequest, ref: str, name: str) -> HttpResponse:
    """One act: its form, then its verb, then back to the file. One view serves them all."""
    page = access.case_page(request, ref)
    if (wanted := ACTS.get(name)) is None:
        raise Http404
    if request.method != "POST":
        if code := refusal(wanted, page, request.actor):
            return _not_now(request, page, wanted, code)
        known = {name: request.GET[name] for name in PRESET if name in request.GET}
        if issubclass(wanted.form, WritingForm):
            known = writing.begun(page, request) | known
        return _form(request, page, wanted, wanted.form(page=page, initial=known))
    form = wanted.form(request.POST, page=page)
    if isinstance(form, WithFiles):
        form.take_in(request)
    if isinstance(form, WritingForm) and request.POST.get("step") == "keep":
        return writing.kept(request, page, wanted, form) or _form(request, page, wanted, form, 422)
    if isinstance(form, WritingForm) and request.POST.get("step") == "fill":
        return _form(request, page, wanted, writing.filled(page, request, form))
    if not form.is_valid():
        return _form(request, page, wanted, form, status=422)
    if letter := writing.seen(page, request, form):
        return _form(request, page, wanted, form, preview=letter)
    with refusals_as_messages(request):
        return _done(request, page, wanted, form)
    _freshen(form, page)
    return _form(request, page, wanted, form, status=409)


def _done(request: DeskRequest, page: CasePage, wanted: Act, form: ActForm) -> HttpResponse:
    came = posted.broken_in(form, request)
    with actions.unchanged(page.ref, version=form.cleaned_data["version"]):
        made = wanted.do(page, form.said(), request.actor, at := now())
        writing.sent(page, request, wanted, form, made)
        if came:
            intake.keep_as_it_came(page.ref, posted.originals(came), by=request.actor, at=at)
    if wanted.name == "replace_code":
        known = {"ref": page.ref, "code": made, "page": page.loaded(), "replaced": True}
        known["gone"] = posted.gone(came)
        return shell.page(request, "desk/code.html", known)
    messages.success(request, _("Done: %(act)s.") % {"act": wanted.title})
    if came:
        messages.warning(request, _gone(posted.gone(came)))
    if wanted.name == "take_back" and (again := writing.taken_up(page, request)):
        return redirect("desk:act", page.ref, again)
    return redirect("desk:case", page.ref)


def _gone(signs: list[str]) -> str:
    """Say which signs could not be stored as text."""
    said = _(
        "What was sent holds signs that cannot be stored as text (%(signs)s). They are shown as �; "
        "the text as it came is kept with the file."
    )
    return said % {"signs": ", ".join(signs)}


def _freshen(form: ActForm, page: CasePage) -> None:
    """Let what was typed be sent again once its writer has seen what others did meanwhile."""
    sent: Any = form.data
    again = sent.copy()
    again["version"] = page.case.version
    form.data = again


def _form(
    request: DeskRequest,
    page: CasePage,
    wanted: Act,
    form: ActForm,
    status: int = 200,
    preview: dict[str, Any] | None = None,
) -> HttpResponse:
    known = {
        "preview": preview,
        "writings": writing.here(page, request) if isinstance(form, WritingForm) else {},
        "page": page.loaded(),
        "case": page.case,
        "act": wanted,
        "form": form,
        "carried": posted.carry(posted.broken_in(form, request)) if form.is_bound else "",
        "recipient": _recipient(page) if wanted.sends else None,
        "waits": wanted.letter and second_look(page.case, wanted.letter, request.actor),
        "unmet": unmet(page) if wanted.step is Step.CLOSE else [],
    }
    return shell.page(request, wanted.template, known, at="queue", status=status)


def _recipient(page: CasePage) -> dict[str, Any]:
    """To whom a letter goes, and where."""
    person = page.representative or page.complainant
    if person is None:
        return {"name": "", "point": None}
    box = people.letter_box(person.pk, texts=texting.leave())
    points = [point for point in person.contact_points.all() if point.pk == box]
    return {"name": person.name, "point": points[0] if points else None}


def _not_now(request: DeskRequest, page: CasePage, wanted: Act, code: str) -> HttpResponse:
    refused = Refused(code, step=str(wanted.step), state=page.case.state, ref=page.ref)
    known = {"page": page, "act": wanted, "why": sentence(refused)}
    status = 403 if code in _PERSONAL else 409
    return shell.page(request, "desk/not_now.html", known, at="queue", status=status)
