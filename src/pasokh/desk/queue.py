"""The queue, the search and the telephone: ways to the next file."""

from dataclasses import asdict, fields
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints import queries
from pasokh.casework.complaints.labels import LANGUAGES, STATES
from pasokh.casework.complaints.queries import Day, Filters, Key, outbox
from pasokh.casework.deadlines.labels import CLOCKS
from pasokh.desk import lists, shell
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.desk.fields import labelled, line
from pasokh.directory.people import queries as people
from pasokh.directory.people.ways import Way
from pasokh.kernel import configuration
from pasokh.kernel.clock import now
from pasokh.policy.taxonomy.kinds import Kind
from pasokh.ui.select import Select


class FilterForm(forms.Form):
    """What narrows the queue, as it stands in the address."""

    text = forms.CharField(label=_("Words"), required=False, max_length=200)
    overdue = forms.BooleanField(label=_("Only what is late"), required=False)

    def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        states = [("open", _("Open")), ("all", _("All")), *labelled(STATES)]
        owners = [("me", _("Me")), ("nobody", _("Nobody")), *lists.colleagues()]
        self._offer("state", _("Where it lies"), states, every=False)
        self._offer("owner", _("Who has it"), owners)
        self._offer("clock", _("What is due"), labelled(CLOCKS))
        self._offer("unit", _("Unit"), lists.units())
        self._offer("category", _("Category"), lists.terms(Kind.CATEGORY))
        self._offer("channel", _("Channel"), lists.channels())
        self._offer("language", _("Language"), LANGUAGES.items())
        self.order_fields(["text", "state", "owner", "clock", "unit", "category"])

    def _offer(self, name: str, label: Any, choices: Any, *, every: bool = True) -> None:
        anything = [("", _("Any"))] if every else []
        numbers = name in ("unit", "category")
        self.fields[name] = forms.TypedChoiceField(
            label=label,
            choices=[*anything, *choices],
            required=False,
            coerce=int if numbers else str,
            empty_value=None if numbers else "",
            widget=Select,
        )

    def filters(self) -> Filters:
        """What was asked for; what cannot be read asks for nothing."""
        self.is_valid()
        asked = {name: told for name, told in self.cleaned_data.items() if told not in ("", None)}
        return Filters(**asked)

    def chips(self, filters: Filters) -> list[tuple[str, str]]:
        """Each filter in words, and the address without it."""
        return [
            (self._sentence(name, told), address(queries.without(filters, name)))
            for name, told in asdict(filters).items()
            if told != getattr(Filters(), name)
        ]

    def _sentence(self, name: str, told: Any) -> str:
        if name == "overdue":
            return str(self.fields[name].label)
        choices = dict(getattr(self.fields[name], "choices", ()))
        said = choices.get(told, choices.get(str(told), told))
        facts = {"what": self.fields[name].label, "which": str(said).strip()}
        return _say("%(what)s: %(which)s") % facts


def address(filters: Filters, **more: Any) -> str:
    """The filters as they stand in an address."""
    plain = {n: v for n, v in asdict(filters).items() if v != getattr(Filters(), n)}
    return "?" + urlencode({**plain, **{name: str(key) for name, key in more.items() if key}})


def today() -> Day:
    """The present, where the office is."""
    local = timezone.localtime(now())
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return Day.of(local, midnight)


_ASKED = frozenset(field.name for field in fields(Filters))


def _drawn(form: FilterForm) -> SafeString:
    return render_to_string("desk/filters.html", {"form": form})


@configuration.kept
def _unasked(language: str, on: date) -> SafeString:
    """The form when nothing is asked, as nearly always: drawn once a day in each language."""
    del language, on  # what it is kept for
    return _drawn(FilterForm({"state": Filters().state}))


@staff_required
def queue(request: DeskRequest) -> HttpResponse:
    """The files by what is due next; `whole` asks for as many as a register in print holds.

    Here every sign-in begins: who reads no complaints is led to where their own work does.
    """
    if _reads_none(request):
        return redirect(shell.home(shell.rail(request, "")).url)
    form = FilterForm(request.GET) if _ASKED & request.GET.keys() else None
    filters = form.filters() if form else Filters()
    whole = "whole" in request.GET
    page = queries.queue(
        request.actor,
        filters,
        today(),
        after=Key.read(request.GET.get("after", "")),
        before=Key.read(request.GET.get("before", "")),
        size=queries.MOST if whole else queries.PAGE,
    )
    more = {"whole": 1} if whole else {}
    known = {
        "filter_form": _drawn(form) if form else _unasked_now(),
        "chips": form.chips(filters) if form else [],
        "page": page,
        "late_url": address(Filters(overdue=True)),
        "mine_url": address(Filters(owner="me")),
        "whole_url": "" if whole else address(filters, whole=1),
        "letters_lost": outbox.lost(request.actor),
        "mail_leaves": outbox.leaves(),
        "export_url": reverse("desk:exports") + address(filters, wanted=1),
        "previous": address(filters, before=page.before, **more) if page.before else "",
        "next": address(filters, after=page.after, **more) if page.after else "",
    }
    return shell.page(request, "desk/queue.html", known, at="queue")


def _unasked_now() -> SafeString:
    return _unasked(get_language() or "en", today().now.date())


def _reads_none(request: DeskRequest) -> bool:
    """Whether somebody may read no file at all, wherever it is."""
    return request.actor.reach("complaint.read") == frozenset()


@staff_required
def search(request: DeskRequest) -> HttpResponse:
    """Files by what somebody remembers of them."""
    if _reads_none(request):
        return shell.page(request, "desk/no_files.html", {"section": _("Search")}, at="search")
    text = request.GET.get("q", "")[:400]
    found = queries.search(request.actor, text)
    wanted = address(Filters(state="all", text=text), wanted=1)
    known = {"found": found, "q": text, "export_url": reverse("desk:exports") + wanted}
    return shell.page(request, "desk/search.html", known, at="search")


class NumberForm(forms.Form):
    """The number of somebody who calls."""

    number = line(_("Telephone number"), short=True)


@staff_required
def calls(request: DeskRequest) -> HttpResponse:
    """Who is calling, and which files are theirs: from there a conversation is logged."""
    if _reads_none(request):
        return shell.page(request, "desk/no_files.html", {"section": _("Telephone")}, at="calls")
    form = NumberForm(request.GET if "number" in request.GET else None)
    known: dict[str, Any] = {"form": form, "lines": None}
    if form.is_valid():
        number = form.cleaned_data["number"]
        callers = people.found_by(Way.PHONE, number)
        known["lines"] = queries.of_persons(request.actor, [one.pk for one in callers])
    return shell.page(request, "desk/calls.html", known, at="calls")
