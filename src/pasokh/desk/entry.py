"""A complaint taken in by a colleague: on the telephone, at the counter, from a letter."""

import secrets
from contextlib import suppress
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints import matter, queries
from pasokh.casework.complaints.labels import COMPLAINANTS, LANGUAGES, NEEDS
from pasokh.casework.complaints.matter import File, Matter, NewIssue
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.complaints.terms import Complainant
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.incoming import Incoming, Receipt, Who
from pasokh.casework.intake.scans import actions as scans
from pasokh.casework.intake.scans.actions import CHANNEL
from pasokh.casework.intake.scans.queries import Scanned
from pasokh.desk import lists, shell
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.desk.fields import labelled, line, listed, moment, one_of, words
from pasokh.desk.scans import pages, scanned
from pasokh.desk.uploads import WithFiles
from pasokh.directory.people import actions as people
from pasokh.directory.people.ways import Confirmed, Way
from pasokh.kernel.actors import Actor, Reach
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.policy.taxonomy.kinds import Kind
from pasokh.ui import errors, posted
from pasokh.ui.forms import DateField
from pasokh.ui.posted import to_the_letter
from pasokh.ui.sentences import refusals_as_messages

_WAYS = ((Way.PHONE, "phone"), (Way.EMAIL, "email"), (Way.POST, "post"))


class EntryForm(WithFiles):
    """What is written down while somebody speaks; only their words are compulsory."""

    narrative = words(
        _("What happened, in their words"),
        rows=8,
        help_text=_("As they say it, not as we would put it."),
    )
    name = line(_("Their name"), required=False)
    phone = line(_("Telephone"), required=False, short=True)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        error_messages={"invalid": _("This is not a whole e-mail address.")},
    )
    post = words(_("Postal address"), required=False, rows=2)
    anonymous = forms.BooleanField(label=_("They do not want to give a name"), required=False)
    remedy_wanted = words(_("What do they want?"), required=False, rows=2)
    another = words(
        _("Another matter, told with it"),
        required=False,
        rows=3,
        help_text=_("It gets a finding of its own, and can go on in a file of its own."),
    )
    product_model = line(_("Product and model"), required=False)
    serial_number = line(_("Serial number"), required=False)
    order_number = line(_("Order number"), required=False, short=True)
    purchase_place = line(_("Where was it bought?"), required=False)
    guarantee = line(_("Guarantee: from whom, until when"), required=False)
    purchased_on = DateField(label=_("When was it bought?"), required=False)
    incident_on = DateField(label=_("When did it happen?"), required=False)
    confidential = forms.BooleanField(label=_("Confidential"), required=False)
    read_back = forms.BooleanField(
        label=_("I read it back, number and address too, and they agreed"), required=False
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=60)

    on_behalf_of = line(
        _("For whom do they speak?"),
        required=False,
        help_text=_("Only if they complain for somebody else: that person's name."),
    )
    behalf_contact = line(_("Telephone or e-mail of that person"), required=False, short=True)
    needs_note = line(_("What else would help them?"), required=False)

    def __init__(self, data: Any = None, *, reach: Reach = None, phone: str = "") -> None:
        super().__init__(data, initial={"once": secrets.token_urlsafe(18), "phone": phone})
        channels = lists.channels()
        first = next((code for code, _name in channels if code == "phone"), None)
        self.fields["channel"] = listed(
            _("By which way did it come?"), channels, number=False, initial=first
        )
        self.fields["received_at"] = moment(_("When did it really reach us?"))
        self.fields["language"] = one_of(
            _("In which language shall we answer?"), LANGUAGES.items(), initial=get_language()
        )
        self.fields["complainant_kind"] = one_of(
            _("Who complains?"), labelled(COMPLAINANTS), initial=str(Complainant.CUSTOMER)
        )
        self.fields["needs"] = forms.MultipleChoiceField(
            label=_("What do they need?"),
            choices=labelled(NEEDS),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        units = [(pk, name) for pk, name in lists.units() if reach is None or pk in reach]
        first = units[0][0] if reach is not None and units else None
        self.fields["unit"] = listed(_("Unit"), units, required=reach is not None, initial=first)
        self.fields["category"] = listed(_("Category"), lists.terms(Kind.CATEGORY), required=False)
        self.fields["complained_about"] = listed(
            _("Is it about a colleague?"), lists.colleagues(), required=False
        )

    def clean(self) -> dict[str, Any]:
        """A name and a way to answer, or anonymous."""
        told = super().clean() or {}
        given = {name for name, said in told.items() if str(said or "").strip()}
        reached = any(name in given for _way, name in _WAYS)
        if "behalf_contact" in given and "on_behalf_of" not in given:
            self.add_error("on_behalf_of", _("Write the name of the person they speak for."))
        if told.get("anonymous"):
            if given & {"name", "on_behalf_of"} or reached:
                self.add_error(
                    "anonymous", _("A name or an address was given; choose one of the two.")
                )
        else:
            if "name" not in given:
                self.add_error("name", _("Write their name, or mark that they do not give one."))
            if not reached and not {"phone", "email"} & set(self.errors):
                self.add_error("phone", _("Write at least one way to answer them."))
            if told.get("channel") in ("phone", "counter") and not told.get("read_back"):
                self.add_error("read_back", _("Read it back to them before you save it."))
        return told

    def incoming(self, files: tuple[File, ...], came: dict[str, str]) -> Incoming:
        """The complaint as every door hands it over; `came` are texts that cannot be stored."""
        told = self.cleaned_data
        about = told["complained_about"]
        return Incoming(
            channel=told["channel"],
            language=told["language"],
            matter=self._matter(),
            received_at=told["received_at"],
            who=None if told["anonymous"] else self._who(),
            on_behalf_of=self._concerned(),
            complainant_kind=Complainant(told["complainant_kind"]),
            confidential=told["confidential"],
            source_id=f"desk:{told['once']}",
            unit=told["unit"],
            category=told["category"],
            issues=self._issues(),
            complained_about=(about,) if about else (),
            files=files,
            originals=posted.originals(came),
        )

    def _matter(self) -> Matter:
        names = (
            *("narrative", "remedy_wanted", "product_model", "serial_number", "order_number"),
            *("purchase_place", "guarantee", "purchased_on", "incident_on"),
        )
        told = {name: self.cleaned_data[name] for name in names}
        if issues := self._issues():
            told["narrative"] = matter.told(issues)
        return Matter(**told)

    def _issues(self) -> tuple[NewIssue, ...]:
        """The two matters, where they told of another one; the category given is the first's."""
        told = self.cleaned_data
        if not told["another"].strip():
            return ()
        return NewIssue(told["narrative"], told["category"]), NewIssue(told["another"])

    def _who(self) -> Who:
        told = self.cleaned_data
        return Who(
            name=told["name"],
            language=told["language"],
            reached=tuple((way, told[name]) for way, name in _WAYS if told[name].strip()),
            needs=tuple(told["needs"]),
            needs_note=told["needs_note"],
        )

    def _concerned(self) -> Who | None:
        """The person concerned, where the speaker speaks for somebody else."""
        told = self.cleaned_data
        if not told["on_behalf_of"].strip():
            return None
        reached = told["behalf_contact"]
        way = Way.EMAIL if "@" in reached else Way.PHONE
        given = ((way, reached),) if reached else ()
        return Who(name=told["on_behalf_of"], language=told["language"], reached=given)

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields as they are asked."""
        return [
            (legend, [self[name] for name in names if name in self.fields])
            for legend, names in _GROUPS
        ]


_GROUPS = (
    (_("The matter"), ("narrative", "remedy_wanted")),
    (_("The person"), ("name", "phone", "email", "post", "anonymous", "language", "needs")),
    (_("How it came"), ("channel", "received_at", "complainant_kind")),
    (_("What came with it"), ("papers", "leave_out")),
)
MORE = (
    "another",
    *("product_model", "serial_number", "order_number", "purchase_place", "purchased_on"),
    *("guarantee", "on_behalf_of", "behalf_contact", "needs_note", "incident_on"),
    *("category", "unit", "complained_about", "confidential"),
)


@to_the_letter
@staff_required
def new(request: DeskRequest) -> HttpResponse:
    """Write a complaint down, and hand its code over, once."""
    reach = request.actor.reach("complaint.receive")
    if reach == frozenset():
        return errors.forbidden(request)
    phone, scan = request.GET.get("phone", "")[:60], _scan(request)
    form = EntryForm(request.POST if request.method == "POST" else None, reach=reach, phone=phone)
    if scan:
        form.initial.update(channel=CHANNEL, received_at=scan.row.received_at)
    if form.is_bound:
        form.take_in(request)
    if form.is_valid():
        with refusals_as_messages(request):
            came = posted.broken_in(form, request)
            receipt = _receive(form, came, request.actor, now(), scan)
            return _receipt(request, receipt, posted.gone(came))
    known = {"form": form, "more": [form[name] for name in MORE]}
    if scan:
        known |= {"scan": scan, **pages(scan)}
    known["carried"] = posted.carry(posted.broken_in(form, request)) if form.is_bound else ""
    status = 422 if form.is_bound else 200
    return shell.page(request, "desk/new.html", known, at="new", status=status)


def _scan(request: DeskRequest) -> Scanned | None:
    """The scan of which a complaint is being made, as the address says."""
    wanted = request.GET.get("scan", "")
    return scanned(request, int(wanted[:18])) if wanted.isdecimal() else None


@transaction.atomic
def _receive(
    form: EntryForm, came: dict[str, str], by: Actor, at: datetime, scan: Scanned | None
) -> Receipt:
    files, gone = _files(form, at)
    if scan:
        files = (scans.taken(scan.row.pk, by=by), *files)
    receipt = intake.receive(form.incoming(files, came), by=by, at=at)
    if scan and not receipt.again:
        scans.entered(scan.row.pk, receipt.ref, by=by, at=at)
    if gone and not receipt.again:
        raise gone
    if form.cleaned_data["read_back"] and not receipt.again:
        page = _page(by, receipt.ref, at)
        speaker = (page.representative or page.complainant) if page else None
        for point in speaker.contact_points.all() if speaker else ():
            people.confirm_contact_point(point.pk, how=Confirmed.READ_BACK, by=by, at=at)
    return receipt


def _files(form: EntryForm, at: datetime) -> tuple[tuple[File, ...], Refused | None]:
    """The files of a form; those of a form sent twice were taken the first time."""
    try:
        return form.taken(at), None
    except Refused as refused:
        return (), refused


def _page(by: Actor, ref: str, at: datetime) -> CasePage | None:
    """The file just begun; a confidential one may be out of sight at once."""
    with suppress(Refused):
        return queries.case_page(by, ref, at=at).loaded()
    return None


def _receipt(request: DeskRequest, receipt: Receipt, gone: list[str]) -> HttpResponse:
    page = _page(request.actor, receipt.ref, now())
    known = {"ref": receipt.ref, "code": receipt.code, "again": receipt.again, "page": page}
    told = [] if receipt.again else gone
    return shell.page(request, "desk/code.html", {**known, "gone": told}, at="new")
