"""Mail that came in: what became of each, what waits for somebody, and each day's count."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.labels import LANGUAGES
from pasokh.casework.inspection import queries as inspection
from pasokh.casework.intake.mailroom import actions, queries
from pasokh.casework.intake.mailroom.actions import Corrected
from pasokh.casework.intake.mailroom.labels import CHECKS, DISPOSITIONS, DOORS, REASONS, SIGNATURES
from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.mailroom.terms import FILED, LOG, SORT, WAITING
from pasokh.desk import lists, shell
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.desk.fields import line, listed, one_of, words
from pasokh.desk.settings_pages.fields import form
from pasokh.desk.settings_pages.frame import Data, Deed, Nothing, Sheet, answer
from pasokh.desk.templatetags.desk import trouble
from pasokh.kernel import dates
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.ui import errors, served
from pasokh.ui.posted import to_the_letter
from pasokh.ui.sentences import sentence
from pasokh.ui.templatetags.ui import code, isolate, moment

P = ParamSpec("P")
View = Callable[Concatenate[DeskRequest, P], HttpResponseBase]

#: Days that the count shows.
DAYS = 31


def sorters(view: View[P]) -> View[P]:
    """Let only those pass who see to mail, wherever that is."""

    @wraps(view)
    def guarded(request: DeskRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.actor.reach(SORT) == frozenset():
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return to_the_letter(staff_required(guarded))


@sorters
def mails(request: DeskRequest) -> HttpResponse:
    """The mails that came in, the newest first: at first those that wait for somebody."""
    many = queries.by_disposition(request.actor)
    tabs = _tabs(many)
    chosen = request.GET.get("show", "waiting")
    if chosen not in tabs:
        raise Http404
    before = _number(request.GET.get("before", ""))
    page = queries.mail_page(request.actor, dispositions=tabs[chosen][1], before=before)
    known = {
        "page": page,
        "troubled": [
            (one.address, trouble(one.trouble)) for one in queries.troubled(request.actor)
        ],
        "chosen": chosen,
        "tabs": [(name, *told) for name, told in tabs.items() if told[2] or name in _ALWAYS],
        "next": f"?show={chosen}&before={page.older}" if page.older else "",
        "previous": f"?show={chosen}" if before else "",
    }
    return shell.page(request, "desk/mails.html", known, at="mail")


_ALWAYS = ("waiting", "all")


def _tabs(many: Mapping[str, int]) -> dict[str, tuple[Any, Any, int]]:
    """What may be shown: its name, which mails that is, and how many there are."""
    waiting = sum(many.get(one, 0) for one in WAITING)
    return {
        "waiting": (_("Waiting for somebody"), sorted(WAITING), waiting),
        "all": (_("All"), None, sum(many.values())),
        "unsorted": (_("Not yet sorted"), [""], many.get("", 0)),
        **{str(one): (name, [one], many.get(one, 0)) for one, name in DISPOSITIONS.items()},
    }


@sorters
def mail(request: DeskRequest, mail_id: int) -> HttpResponse:
    """One mail: what it says, what became of it, and what a clerk may do with it."""
    held = _mail(request, mail_id)
    if request.method == "GET":
        actions.log_reading(held, what="mail", by=request.actor, at=now())
    seen = queries.shows_sender(held, request.actor)
    sheet = Sheet(
        isolate(held.heading or _("Without a subject")),
        [] if held.disposition in FILED else _deeds(held, request.actor),
        back=(reverse("desk:mail"), _("Mail")),
    )
    return answer(
        request,
        sheet,
        at="mail",
        template="desk/mail.html",
        more={"mail": held, "facts": facts(held), "masked": not seen},
    )


@sorters
def file(request: DeskRequest, mail_id: int, digest: str) -> HttpResponseBase:
    """A file that came with a mail, or the mail itself, to be saved and never opened as a page."""
    held = _mail(request, mail_id)
    names = {one["digest"]: one["name"] for one in held.files}
    names[held.digest] = f"mail-{held.pk}.eml"
    if digest not in names:
        raise Http404
    try:
        own = digest == held.digest
        if own and not queries.shows_sender(held, request.actor):
            raise Refused("contacts-masked")
        what = "original" if own else "file"
        actions.log_reading(held, what=what, by=request.actor, at=now())
        stored = inspection.opened_unless_harmful(digest) if own else inspection.opened(digest)
        return served.saved(stored, names[digest])
    except Refused as refused:
        return errors.closed(request, sentence(refused))
    except FileNotFoundError as gone:
        raise Http404 from gone


@sorters
def days(request: DeskRequest) -> HttpResponse:
    """Each day's count: what the mailboxes told of, what is kept, and what became of it."""
    counts = queries.day_counts(request.actor, since=now() - timedelta(days=DAYS))
    known = {"counts": [(one, _parts(one.kept), _difference(one)) for one in counts]}
    return shell.page(request, "desk/mail_days.html", known, at="mail")


@to_the_letter
@staff_required
def readings(request: DeskRequest) -> HttpResponse:
    """Who read which mail, for those who may see who read what."""
    if request.actor.reach(LOG) == frozenset():
        raise PermissionDenied
    before = _number(request.GET.get("before", ""))
    lines, older = queries.readings(request.actor, before=before)
    known = {
        "lines": lines,
        "next": f"?before={older}" if older else "",
        "previous": "?" if before else "",
    }
    return shell.page(request, "desk/mail_readings.html", known, at="mail-readings")


def _number(said: str) -> int | None:
    """A number in an address; None where there is none."""
    if said and not (said.isascii() and said.isdigit() and len(said) < 19):
        raise Http404
    return int(said) if said else None


def _parts(kept: Mapping[str, int]) -> list[tuple[Any, int]]:
    named = [(DISPOSITIONS[one], kept[one]) for one in DISPOSITIONS if kept.get(one)]
    return [*named, *([(_("Not yet sorted"), kept[""])] if kept.get("") else [])]


def _difference(count: queries.Count) -> Any:
    """What does not add up, in a sentence; empty where everything does."""
    language = get_language() or "en"
    many = {"n": dates.numerals(abs(count.missing) or count.gone, language)}
    if count.missing > 0:
        return _("Not here yet: %(n)s. What was told of is fetched next.") % many
    if count.missing < 0:
        return _("More here than were told of: %(n)s.") % many
    if count.gone:
        return _("Taken out of the mailbox before it could be fetched: %(n)s.") % many
    return ""


def _mail(request: DeskRequest, mail_id: int) -> Mail:
    try:
        return queries.mail_for(request.actor, mail_id)
    except Refused as refused:
        raise Http404 from refused


def facts(held: Mail) -> list[tuple[Any, Any]]:
    """What is known of a mail, line by line."""
    reason = REASONS.get(held.reason, code(held.reason) if held.reason else "–")
    return [
        (_("What became of it"), DISPOSITIONS.get(held.disposition, _("Not yet sorted"))),
        (_("Why"), reason),
        (_("From"), _sender(held) if held.sender else "–"),
        (_("Is that who sent it?"), CHECKS[held.facts.get("checked", "")]),
        *_signature(held),
        (_("To"), code(held.sent_to)),
        (_("Came in"), moment(held.received_at)),
        (_("By which way"), DOORS[held.door]),
        (_("Unit"), held.unit.name),
    ]


def _signature(held: Mail) -> Iterator[tuple[Any, Any]]:
    """What was found of its digital signature, whose it says it is, and who vouches for that."""
    if found := held.facts.get("signature"):
        yield _("Digital signature"), SIGNATURES[found]
    if signer := held.facts.get("signer"):
        yield _("Signed by"), isolate(signer)
    if issuer := held.facts.get("issuer"):
        yield _("Certificate issued by"), isolate(issuer)


def _sender(held: Mail) -> SafeString:
    """Who wrote: the name apart from the address, so that neither turns the other round."""
    both = (isolate(held.sender_name), code(held.sender)) if held.sender_name else ()
    return format_html_join(" · ", "{}", ((one,) for one in both or (code(held.sender),)))


def _deeds(held: Mail, by: Actor) -> list[Deed]:
    return [_as_complaint(held, by), _to_case(held), _refuse(held), _again(held)]


def _as_complaint(held: Mail, by: Actor) -> Deed:
    reach = by.reach(SORT)
    units = [(pk, name) for pk, name in lists.units() if reach is None or pk in reach]
    fields: dict[str, forms.Field] = {
        "sender_name": line(_("Their name"), required=False),
        "sender": forms.EmailField(
            label=_("E-mail address"),
            error_messages={
                "required": _("Write the address to which we shall answer."),
                "invalid": _("This is not a whole e-mail address."),
            },
        ),
        "unit": listed(_("Unit"), units),
        "language": one_of(_("In which language shall we answer?"), LANGUAGES.items()),
    }
    if not (held.words or held.heading):
        fields["words"] = words(_("What it says, as far as you can tell"))

    def release(data: Data, actor: Actor, at: datetime) -> None:
        actions.release_as_complaint(held.pk, corrected=Corrected(**data), by=actor, at=at)

    return Deed(
        *("complaint", form(fields, **_known_of(held)), release, _("Begin a case with it")),
        done=_("The case is begun; the mail stands in it."),
        title=_("It is a new complaint"),
        help=_("Put right what is wrong first. An acknowledgement goes to the address."),
        leads=reverse("desk:mail"),
    )


def _known_of(held: Mail) -> dict[str, Any]:
    return {
        "sender_name": held.sender_name,
        "sender": held.sender,
        "unit": held.unit_id,
        "language": held.language or held.mailbox.language,
    }


def _to_case(held: Mail) -> Deed:
    def release(data: Data, actor: Actor, at: datetime) -> None:
        actions.release_to_case(held.pk, ref=data["ref"], by=actor, at=at)

    fields = {"ref": line(_("Reference of the case"), short=True)}
    return Deed(
        *("case", form(fields, ref=held.facts.get("ref", "")), release, _("Add it to the case")),
        done=_("The mail stands in the case now."),
        title=_("It belongs to a case"),
        help=_("What it says is added as a message of the complainant, with its files."),
        leads=reverse("desk:mail"),
    )


def _refuse(held: Mail) -> Deed:
    def refuse(data: Data, actor: Actor, at: datetime) -> None:
        actions.refuse_mail(held.pk, why=data["why"], by=actor, at=at)

    return Deed(
        *("refuse", form({"why": line(_("Why"))}), refuse, _("Refuse it")),
        done=_("The mail is refused; it stays and can be looked at."),
        title=_("It needs no answer"),
        help=_("Nothing is sent to anybody. It can be released later all the same."),
        grave=True,
        leads=reverse("desk:mail"),
    )


def _again(held: Mail) -> Deed:
    def again(_data: Data, actor: Actor, at: datetime) -> None:
        actions.read_again(held.pk, by=actor, at=at)

    return Deed(
        *("again", Nothing, again, _("Read it again")),
        done=_("It is read and sorted again within seconds."),
        title=_("Read it again"),
        help=_("Its kept bytes are read anew and every rule is asked again."),
    )
