"""The checklist of set-up: what is done, and what is missing before people can complain."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pasokh.casework.correspondence.certificates import queries as own
from pasokh.casework.correspondence.wording import queries as wording
from pasokh.casework.intake.conversations import queries as conversations
from pasokh.casework.intake.entrances import queries as doors
from pasokh.casework.intake.mailroom import queries as mailroom
from pasokh.casework.texting import queries as texting
from pasokh.casework.webhooks import queries as hooks
from pasokh.desk import shell
from pasokh.desk.access import DeskRequest
from pasokh.desk.settings_pages import certificates, mail, webhooks
from pasokh.desk.settings_pages.frame import Text, may, setting
from pasokh.desk.settings_pages.periods import in_force
from pasokh.desk.settings_pages.programs import RIGHT as PROGRAMS
from pasokh.directory.clients import queries as clients
from pasokh.directory.organisation import queries
from pasokh.kernel.clock import now
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind

CONFIGURE, CALENDAR = "organisation.configure", "calendar.configure"
LISTS, STAFF = "taxonomy.configure", "staff.manage"
FILES, WORDING = "file.release", "wording.configure"
WORDS: Mapping[str, tuple[Text, Text]] = {
    "organisation": (_("The organisation"), _("Names, time zone, mailbox, telephone, who signs.")),
    "units": (_("Units"), _("Branches, departments, teams.")),
    "week": (_("Working week"), _("Days and hours.")),
    "holidays": (_("Holidays and closures"), _("Days that do not count.")),
    "periods": (_("Rules and periods"), _("What you promise, and by when.")),
    "lists": (_("Lists"), _("Categories, causes, remedies, channels, outside bodies.")),
    "letters": (_("Texts of letters"), _("What letters say, and who looks before they leave.")),
    "mail": (_("Letters by e-mail"), _("The mail server, and a test letter.")),
    "certificates": (
        _("Signed and encrypted mail"),
        _("The certificate with which mail is signed and opened."),
    ),
    "entrances": (_("Entrances"), _("The form on your pages, posters and cards, tablets.")),
    "mailboxes": (_("Mailboxes"), _("Addresses at which people write to you.")),
    "programs": (_("Programs"), _("What may call over the interface, and its tokens.")),
    "webhooks": (_("Webhooks"), _("Programs that are told what happens to complaints.")),
    "files": (_("Files"), _("The virus scanner, and what lies in quarantine.")),
    "messages": (_("Messengers and messages"), _("Bots, texts and voice mails that come in.")),
    "texts": (_("Text messages"), _("The gateway, its limits, and a test text.")),
    "staff": (_("Colleagues"), _("Who works here, how they sign in, and what they may do.")),
    "limits": (_("Spending limits"), _("How much each role may promise.")),
}


@dataclass(frozen=True)
class Step:
    """One step: where it is done, what for, by whom, and whether the portal waits for it.

    `instead` is what is true of a step that is neither done nor left to do.
    """

    name: str
    title: Text
    help: Text
    right: str
    done: bool
    needed: bool = False
    instead: Text = ""

    @property
    def url(self) -> str:
        return reverse(f"desk:{self.name}")


@setting(*shell.SET_UP)
def index(request: DeskRequest) -> HttpResponse:
    """Show every step that is the reader's to take, and how it stands."""
    steps = list(_steps())
    known = {
        "steps": [step for step in steps if may(request.actor, step.right)],
        "missing": [step for step in steps if step.needed and not step.done],
        "notes": [*mail.notes(), *certificates.notes(), *webhooks.notes(request.actor)],
    }
    return shell.page(request, "desk/settings/index.html", known, at="set-up")


def _steps() -> Iterator[Step]:
    calendar = queries.calendar_for(None)
    organised = queries.organisation() is not None
    in_use = any(unit.retired_at is None for unit in queries.units())
    handled = bool(queries.people_with("complaint.handle", None, now()))
    listed, limited = bool(taxonomy.terms(Kind.CATEGORY)), bool(queries.spending_limits())
    holidays, bound = calendar.known_until is not None, in_force() is not None
    unused = _("Not used")
    optional = ("programs", "webhooks", "entrances", "texts", "messages", "certificates")
    instead: dict[str, Text] = dict.fromkeys(optional, unused)
    instead["mail"] = mail.on_trial()
    instead["letters"] = _("Our texts")
    for name, needed, right, done in (
        ("organisation", True, CONFIGURE, organised),
        ("units", True, CONFIGURE, in_use),
        ("week", True, CALENDAR, bool(calendar.weeks)),
        ("holidays", False, CALENDAR, holidays),
        ("periods", True, CONFIGURE, bound),
        ("lists", False, LISTS, listed),
        ("letters", False, WORDING, bool(wording.stand())),
        ("mail", False, CONFIGURE, not mail.notes()),
        ("mailboxes", False, CONFIGURE, bool(mailroom.mailboxes())),
        ("certificates", False, CONFIGURE, bool(own.certificates())),
        ("files", False, FILES, bool(settings.SCANNER)),
        ("texts", False, CONFIGURE, texting.leave()),
        ("messages", False, CONFIGURE, bool(conversations.sources(now()))),
        ("staff", False, STAFF, handled),
        ("limits", False, CONFIGURE, limited),
        ("entrances", False, CONFIGURE, bool(doors.entrances())),
        ("programs", False, PROGRAMS, bool(clients.names())),
        ("webhooks", False, webhooks.RIGHT, bool(hooks.wanted())),
    ):
        title, about = WORDS[name]
        yield Step(f"set-up-{name}", title, about, right, done, needed, instead.get(name, ""))
