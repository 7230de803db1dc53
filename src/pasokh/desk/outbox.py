"""Letters that somebody must look after: what failed, what came back, what goes by hand."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.lettering import Slip
from pasokh.casework.complaints.queries import outbox, papers
from pasokh.casework.correspondence.queries import Trouble
from pasokh.desk import shell
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.desk.fields import line, moment
from pasokh.desk.uploads import WithFiles
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import paper
from pasokh.kernel.clock import now
from pasokh.kernel.dates import numerals
from pasokh.kernel.errors import Refused
from pasokh.kernel.text import isolate
from pasokh.ui.posted import to_the_letter
from pasokh.ui.sentences import sentence


@staff_required
def letters(request: DeskRequest) -> HttpResponse:
    """How the outbox stands, and the letters in it that need somebody's hands."""
    own = organisation.organisation()
    known = {"post": outbox.post(request.actor), "mailbox": own.mailbox if own else ""}
    return shell.page(request, "desk/letters.html", known, at="queue")


class PostedForm(WithFiles):
    """Where and when letters were handed over together; each may have a number of its own."""

    happened_at = moment(_("When was that?"), required=True)
    to = line(_("Handed over to"), help_text=_("The post office, or who carries them."))

    def __init__(self, data: Any = None, *, chosen: Sequence[Trouble]) -> None:
        super().__init__(data, initial={"happened_at": now()})
        self.chosen = chosen
        for one in chosen:
            self.fields[f"number-{one.id}"] = line(_("Number"), required=False, short=True)
        self.fields["papers"].label = _("A picture of the slip")
        self.fields["papers"].help_text = _("Colleagues alone see it, in each of the files.")

    def first(self) -> list[forms.BoundField]:
        """What is asked for all of them together."""
        names = ("happened_at", "to", "papers", "leave_out")
        return [self[name] for name in names if name in self.fields]

    def numbers(self) -> list[tuple[Trouble, forms.BoundField]]:
        """Each letter with the field of its number."""
        return [(one, self[f"number-{one.id}"]) for one in self.chosen]


@to_the_letter
@staff_required
def batch(request: DeskRequest) -> HttpResponse:
    """Print the letters that were chosen as one, or write down that they were posted together."""
    chosen = _chosen(request.actor, request.POST)
    if not chosen:
        if request.method == "POST":
            messages.error(request, _now("Choose at least one letter that is still to be printed."))
        return redirect("desk:letters")
    step = request.POST.get("step")
    if step == "print":
        return _printed(request, chosen)
    form = PostedForm(request.POST if step == "posted" else None, chosen=chosen)
    if step == "posted":
        form.take_in(request)
        if form.is_valid() and _write_down(request, form):
            return redirect("desk:letters")
    return shell.page(request, "desk/posted.html", {"form": form, "chosen": chosen}, at="queue")


def _chosen(actor: Any, sent: QueryDict) -> list[Trouble]:
    """The letters that wait for somebody's hands, as far as they were chosen and may be seen."""
    wanted = set(sent.getlist("letter")[: outbox.SHOWN])
    return [one for one in outbox.post(actor).by_hand if str(one.id) in wanted] if wanted else []


def _printed(request: DeskRequest, chosen: Sequence[Trouble]) -> HttpResponse:
    made = [papers.letter_pdf(request.actor, one.ref, one.id) for one in chosen]
    actions.log_readings(
        [one.complaint for one in chosen], what="letter", by=request.actor, at=now()
    )
    answer = HttpResponse(paper.bound(made), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="letters.pdf"'
    return answer


@transaction.atomic
def _write_down(request: DeskRequest, form: PostedForm) -> bool:
    """Tell of each letter by itself: one that cannot be told of keeps back no other.

    Where none can, nothing was done, and the form says why.
    """
    told, at = form.cleaned_data, now()
    files, why = form.taken(at), []
    for one in form.chosen:
        slip = Slip(told["to"], told[f"number-{one.id}"], files)
        given = {"slip": slip, "happened_at": told["happened_at"], "by": request.actor, "at": at}
        try:
            actions.posted(one.ref, letter=one.id, **given)
        except Refused as refused:
            why.append(f"{isolate(one.ref)}: {sentence(refused)}")
    if len(why) == len(form.chosen):
        transaction.set_rollback(True)
        for said in why:
            form.add_error(None, said)
        return False
    for said in why:
        messages.error(request, said)
    done = len(form.chosen) - len(why)
    said = ngettext("%(n)s letter counts as sent.", "%(n)s letters count as sent.", done)
    messages.success(request, said % {"n": numerals(done, get_language() or "en")})
    return True
