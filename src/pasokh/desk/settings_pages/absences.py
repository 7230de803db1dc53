"""When a colleague is away, and who stands in for them."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pasokh.desk import lists, shell
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.desk.fields import listed, moment
from pasokh.desk.settings_pages.fields import form
from pasokh.desk.settings_pages.frame import Chosen, Data, Deed, Row, Sheet, answer, setting
from pasokh.desk.settings_pages.working_time import heading
from pasokh.directory.organisation import actions, queries
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.ui.posted import to_the_letter
from pasokh.ui.templatetags.ui import moment as written

MANAGE = "staff.manage"


@setting(MANAGE)
def absences(request: DeskRequest, staff_id: int) -> HttpResponse:
    """List when a colleague is away; add an absence, or end one early."""
    held = next((one for one in queries.colleagues(now()) if one.id == staff_id), None)
    if held is None:
        raise Http404
    sheet = Sheet(
        heading(_("Absences"), held),
        _deeds(staff_id),
        help=_("While away a colleague is given no files; who stands in is offered instead."),
        columns=_COLUMNS,
        rows=_away(staff_id),
        empty=_NONE,
        back=(reverse("desk:set-up-colleague", args=[staff_id]), str(held.name)),
    )
    return answer(request, sheet)


@to_the_letter
@staff_required
def own(request: DeskRequest) -> HttpResponse:
    """List when the reader is away; add an absence of one's own, or end one early."""
    staff_id = int(request.actor.id)
    home = shell.home(shell.rail(request, ""))
    sheet = Sheet(
        _("Your absences"),
        _deeds(staff_id),
        help=_("While you are away you are given no files; who stands in is offered instead."),
        columns=_COLUMNS,
        rows=_away(staff_id),
        empty=_NONE,
        back=(home.url, home.title),
    )
    return answer(request, sheet, at="")


_COLUMNS = (_("Away from"), _("Away until"), _("Who stands in"))
_NONE = _("No absence is written down.")


def _deeds(staff_id: int) -> list[Deed]:
    """Write an absence down, or end one; whose it may be is for the verbs to say."""

    def report(data: Data, by: Actor, at: datetime) -> None:
        from_at, until_at = data["from_at"], data["until_at"]
        actions.report_absence(
            staff_id, from_at=from_at, until_at=until_at, deputy_id=data["deputy"], by=by, at=at
        )

    def end(data: Data, by: Actor, at: datetime) -> None:
        if data["id"] not in {one.pk for one in queries.absences(staff_id)}:
            raise Http404
        actions.end_absence(data["id"], by=by, at=at)

    others = [(pk, name) for pk, name in lists.colleagues() if pk != staff_id]
    fields = {
        "from_at": moment(_("Away from")),
        "until_at": moment(_("Away until"), now_first=False),
        "deputy": listed(_("Who stands in"), others, required=False),
    }
    told = _("The absence is written down.")
    back_now = _("The absence has ended; files can be given again.")
    return [
        Deed("report", form(fields), report, _("Save the absence"), told, _("Add an absence")),
        Deed("end", Chosen, end, _("Back already"), back_now),
    ]


def _away(staff_id: int) -> list[Row]:
    at = now()
    return [
        Row(
            written(one.from_at),
            (written(one.until_at), one.deputy.name if one.deputy else "–"),
            mark=_("Ended") if one.until_at <= at else _("Away now") if one.from_at <= at else "",
            act="end" if one.until_at > at else "",
            id=one.pk,
        )
        for one in queries.absences(staff_id)
    ]
