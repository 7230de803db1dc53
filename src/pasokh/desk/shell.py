"""What every page of the desk shows around its own matter: the rail and who is there."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pasokh.desk.access import DeskRequest
from pasokh.ui.parts import Link

#: Any of these, held for the whole organisation, opens set-up.
SET_UP = ("organisation.configure", "calendar.configure", "taxonomy.configure", "staff.manage")


def page(
    request: DeskRequest, template: str, known: dict[str, Any], *, at: str = "", status: int = 200
) -> HttpResponse:
    """Render a page of the desk; `at` names the section it belongs to."""
    sections = rail(request, at)
    shown = {"rail": sections, "home": home(sections).url, **known}
    return render(request, template, shown, status=status)


def home(sections: Sequence[Link]) -> Link:
    """Where the reader's own work begins: the first section that is open to them.

    Who has none still has a password of their own.
    """
    return next(iter(sections), Link(gettext("Password"), reverse("desk:password"), "key-round"))


def rail(request: DeskRequest, at: str) -> Sequence[Link]:
    """The sections a colleague may use."""
    actor = request.actor
    reads = actor.reach("complaint.read") != frozenset()
    receives = actor.reach("complaint.receive") != frozenset()
    configures = any(actor.may(right) for right in SET_UP)
    shown = dict.fromkeys(("queue", "calls", "search", "authorities"), reads)
    imports = actor.reach("complaint.import") != frozenset()
    sorts = actor.reach("mail.sort") != frozenset()
    shown |= {"new": receives, "mail": sorts, "scans": receives}
    shown |= {"imports": imports, "set-up": configures}
    shown["mail-readings"] = actor.reach("access_log.read") != frozenset()
    names = tuple(name for name in _SECTIONS if shown[name])
    return _links(get_language() or "", names, at)


_SECTIONS = {
    "queue": (_("Queue"), "inbox"),
    "new": (_("New complaint"), "pencil"),
    "scans": (_("Scans"), "scan-text"),
    "calls": (_("Telephone"), "phone"),
    "mail": (_("Mail"), "mail"),
    "mail-readings": (_("Who has read mail"), "eye"),
    "search": (_("Search"), "search"),
    "authorities": (_("Authorities"), "landmark"),
    "imports": (_("Spreadsheets"), "table"),
    "set-up": (_("Set-up"), "settings"),
}


@cache
def _links(_language: str, names: Sequence[str], at: str) -> Sequence[Link]:
    """The same for everybody who reads one language and may use as much."""
    named = ((name, *_SECTIONS[name]) for name in names)
    return tuple(
        Link(str(title), reverse(f"desk:{name}"), icon, current=name == at)
        for name, title, icon in named
    )
