"""What a colleague has begun to write in a case: kept, shown as it will arrive, taken up again."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.complaints.queries.preview import prepared, preview
from pasokh.casework.correspondence import rendering
from pasokh.casework.correspondence.texts import speaker
from pasokh.casework.correspondence.writing import actions, queries
from pasokh.desk.access import DeskRequest
from pasokh.desk.acts import Act, ActForm
from pasokh.desk.forms.writing import WritingForm
from pasokh.kernel.clock import now
from pasokh.kernel.text import visible

#: Fields that a draft keeps, and the most signs of it.
_KEPT = (
    *("text", "added", "reply", "quotes", "enclosed", "copies", "copy_address", "copy_reason"),
    *("leaves_at", "kept"),
)
_SEVERAL = ("enclosed", "copies")
MOST_SIGNS = 200_000


def begun(page: CasePage, request: DeskRequest) -> dict[str, Any]:
    """What the reader has begun to write in a case, as a form's first values."""
    row = queries.own(page.case.pk, int(request.actor.id))
    return dict(row.content) if row else {}


def here(page: CasePage, request: DeskRequest) -> dict[str, Any]:
    """What is being written in a case: by its reader, and by others."""
    rows, own = queries.begun(page.case.pk), int(request.actor.id)
    return {
        "own": next((row for row in rows if row.staff_id == own), None),
        "others": [row for row in rows if row.staff_id != own],
    }


def kept(request: DeskRequest, page: CasePage, act: Act, form: WritingForm) -> HttpResponse | None:
    """Keep what was typed; None when it cannot be, and the form says why."""
    content = _content(form)
    if sum(map(len, map(str, content.values()))) > MOST_SIGNS:
        form.add_error("text", _("This is too long to be kept. Shorten it, or send it in parts."))
        return None
    _keep(page, request, act.name, content, now())
    if "quietly" in request.POST:
        return HttpResponse(status=204)
    messages.success(request, _("Your draft is kept. Only you see it, until you send it."))
    return redirect("desk:case", page.ref)


def _content(form: WritingForm) -> dict[str, Any]:
    data: Any = form.data
    content = {name: visible(data.get(name, "")).text for name in _KEPT if name not in _SEVERAL}
    return content | {name: data.getlist(name)[:100] for name in _SEVERAL}


def _keep(
    page: CasePage, request: DeskRequest, act: str, content: dict[str, Any], at: datetime
) -> None:
    staff = int(request.actor.id)
    if content["text"].strip() or content["kept"]:
        actions.keep(page.case.pk, staff, act=act, content=content, at=at)
    else:
        actions.drop(page.case.pk, staff)


def taken_up(page: CasePage, request: DeskRequest) -> str:
    """Where one goes on with what came back: the act of the reader's draft, or nothing."""
    row = queries.own(page.case.pk, int(request.actor.id))
    return row.act if row else ""


def sent(page: CasePage, request: DeskRequest, act: Act, form: ActForm, made: Any) -> None:
    """Remember what became of a draft, so that it comes back when its letter is taken back."""
    if isinstance(form, WritingForm):
        _keep(page, request, act.name, _content(form), now())
        letter = queries.letter_of(made.pk, page.case.pk)
        actions.sent(page.case.pk, int(request.actor.id), letter=letter)


def filled(page: CasePage, request: DeskRequest, form: WritingForm) -> WritingForm:
    """The form with the words of the prepared reply that was chosen, behind what stands there.

    It is filled in from the file, and to be corrected before it is sent.
    """
    data: Any = form.data
    chosen = next((one for one in form.replies if str(one.pk) == data.get("reply")), None)
    if chosen is None:
        return form
    words = prepared(page.case, form.kind, body=chosen.body, at=now())
    again = data.copy()
    again["text"] = "\n\n".join(each for each in (data.get("text", "").strip(), words) if each)
    form.data = again
    return form


def seen(page: CasePage, request: DeskRequest, form: ActForm) -> dict[str, Any] | None:
    """The letter as it will arrive, when that was asked for and everything is in order."""
    if not isinstance(form, WritingForm) or request.POST.get("step") != "preview":
        return None
    told = form.cleaned_data
    names = form.goes_along()
    letter = preview(
        page.case,
        form.kind,
        text=told["text"],
        added=told.get("added") or "",
        quotes=told["quotes"],
        files=names,
        at=now(),
    )
    above = speaker(letter.language)("mail.write_above")
    return {"letter": letter, "text": rendering.text(letter, above=above)}
