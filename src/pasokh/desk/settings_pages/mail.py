"""How letters by e-mail leave the house: what is set, what waits, and a letter to try it."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pasokh.casework.correspondence import queries as correspondence
from pasokh.casework.correspondence.queries import Outbox
from pasokh.casework.correspondence.signing import actions as signing
from pasokh.casework.correspondence.signing import queries as keys
from pasokh.casework.intake.mailroom import actions as mailroom
from pasokh.casework.intake.mailroom import queries as boxes
from pasokh.casework.intake.mailroom.actions import Granted
from pasokh.casework.intake.mailroom.labels import SIGN_INS, TROUBLES
from pasokh.casework.intake.mailroom.terms import SignIn
from pasokh.desk.access import DeskRequest
from pasokh.desk.settings_pages import grants
from pasokh.desk.settings_pages.frame import Data, Deed, Nothing, Row, Sheet, Text, answer, setting
from pasokh.desk.templatetags.desk import trouble
from pasokh.directory.organisation import queries
from pasokh.kernel.actors import Actor
from pasokh.kernel.dates import numerals
from pasokh.ui.templatetags.ui import code, moment

RIGHT = "organisation.configure"


@setting(RIGHT)
def mail(request: DeskRequest) -> HttpResponse:
    """Show how letters leave, and send a test letter to the reader."""
    to = queries.address_of(int(request.actor.id))
    outbox = correspondence.outbox()

    def send(data: Data, by: Actor, at: datetime) -> None:
        import_string(settings.TRIAL_LETTER)(to, language=get_language() or "en", at=at)

    sent: Text = _("The mail server took the letter. Look whether it arrived.")
    if outbox.way == "folder":
        sent = _("The letter was written to the folder; nothing left the house.")
    deed = Deed(
        *("test", Nothing, send, _("Send a test letter to me"), sent),
        title=_("Try it"),
        help=_("It goes to %(address)s at once, and is about no complaint.") % {"address": to},
    )
    sheet = Sheet(
        _("Letters by e-mail"),
        [*([] if outbox.way == "none" else [deed]), *_opening(), *_signing()],
        help=_HELP,
        notes=notes(),
        columns=(_("Setting"), _("State")),
        rows=list(_rows(outbox)),
    )
    return answer(request, sheet)


def _opening() -> Iterator[Deed]:
    """Ask for what renews the token, where a token opens the mail server."""
    if not _by_token():
        return

    def give(grant: Granted, by: Actor, at: datetime) -> None:
        mailroom.give_outgoing_grant(grant=grant, by=by, at=at)

    yield grants.granting(
        boxes.outgoing_grant(),
        give,
        title=_("What opens the mail server"),
        help=_(
            "Register Pasokh with your mail provider as a program that sends mail by SMTP, sign in "
            "there once as the user of the server’s address, and write here what it gives. Pasokh "
            "renews the token by itself."
        ),
        scope=_(
            "What is asked for, as the provider names it, such as https://mail.google.com/ or "
            "https://outlook.office.com/SMTP.Send. Often it may be left empty."
        ),
        done=_("It is kept sealed, and used for the next letter."),
    )


def _domain() -> str:
    return _mailbox().strip().rpartition("@")[2].lower()


def _signing() -> Iterator[Deed]:
    """What can be done about the signature of our mail (DKIM)."""
    if not (domain := _domain()):
        return
    key = keys.key_of(domain)
    if key is None:

        def make(data: Data, by: Actor, at: datetime) -> None:
            signing.make_key(domain, by=by, at=at)

        made = _("The key is made. Publish its record, then let it sign.")
        yield Deed(*("make", Nothing, make, _("Make a key"), made), title=_SIGN, help=_WHY)
        return
    number = key.pk

    def use(data: Data, by: Actor, at: datetime) -> None:
        signing.use_key(number, by=by, at=at)

    def retire(data: Data, by: Actor, at: datetime) -> None:
        signing.retire_key(number, by=by, at=at)

    if key.used_from is None:
        begun = _("Every mail is signed from now on.")
        help_text = _(
            "Only once the record above is published: others reject what they cannot check."
        )
        yield Deed(
            *("use", Nothing, use, _("Sign from now on"), begun), title=_SIGN, help=help_text
        )
    ended = _("The key signs no more. Take its record away in a week, when all mail has arrived.")
    yield Deed(
        *("retire", Nothing, retire, _("Retire the key"), ended),
        title=_("Retire the key that signs"),
        help=_("Its private part is forgotten. Mail leaves unsigned until there is another one."),
        grave=True,
    )


_FIRST = _("Only once the record above is published: others reject what they cannot check.")
_SIGN = _("Sign our mail (DKIM)")
_WHY = _(
    "A signature shows other mail servers that a letter is yours, so fewer end among the unwanted. "
    "You need to be able to add a record to your domain. Not needed if your mail server signs."
)

_HELP = _(
    "The mail server is set by whoever runs the server, not on this page: its address holds a "
    "password."
)


def notes() -> list[tuple[str, Text]]:
    """What becomes of letters by e-mail while they reach nobody."""
    if correspondence.way() == "none":
        lacking: Text = _(
            "No mail server is set, so letters by e-mail stay queued and nobody receives them. "
            "Whoever runs the server sets one with PASOKH_SMTP_URL."
        )
        return [("soon", lacking)]
    if _by_token() and boxes.outgoing_grant() is None:
        why = gettext("Letters by e-mail wait: %(why)s")
        return [("soon", why % {"why": TROUBLES["token-grant-missing"]})]
    if not _mailbox():
        lacking = _(
            "The office has no mailbox yet, so letters by e-mail stay queued. Write it on the "
            "page about the organisation."
        )
        return [("soon", lacking)]
    if not on_trial():
        return []
    told = _(
        "Letters by e-mail are written to a folder instead of being sent. That is meant "
        "for trying Pasokh out; nobody receives them."
    )
    return [("info", told)]


def on_trial() -> Text:
    """Say that letters leave into a folder, as whoever runs the server chose; empty otherwise."""
    into_a_folder = correspondence.way() == "folder" and _mailbox()
    return _("On trial: letters go into a folder") if into_a_folder else ""


def _mailbox() -> str:
    return getattr(queries.organisation(), "mailbox", "")


def _rows(outbox: Outbox) -> Iterator[Row]:
    language = get_language() or "en"
    mailbox = _mailbox()
    yield Row(_("Mail server"), (_server(outbox.way),))
    if _by_token():
        opened = SIGN_INS[SignIn.RENEWED] if boxes.outgoing_grant() else _("Nothing opens it yet")
        yield Row(_("What opens it?"), (opened,))
    yield Row(_("The office’s own mailbox"), (code(mailbox) if mailbox else _("Not set"),))
    yield Row(_("Letters waiting"), (numerals(outbox.waiting, language),))
    if outbox.since:
        yield Row(_("Waiting since"), (moment(outbox.since),))
    if (domain := _domain()) and (key := keys.key_of(domain)):
        name, text = key.record
        stands = _("Signs every mail") if key.used_from else _("Waits: publish its record first")
        yield Row(_("Signature (DKIM)"), (stands,))
        yield Row(_("Name of the TXT record"), (code(name),))
        yield Row(_("Text of the TXT record"), (code(text),))
    if outbox.told:
        yield Row(_("Why they wait"), (trouble(outbox.told),))


def _by_token() -> bool:
    """Whether a token opens the mail server: its address names a user and no password."""
    try:
        parts = urlsplit(str(settings.SMTP_URL or ""))
    except ValueError:
        return False
    return correspondence.way() == "smtp" and bool(parts.username and not parts.password)


def _server(way: str) -> object:
    """Where the mail server is; never the name and password it is entered with."""
    if way == "folder":
        return _("A folder, for trying Pasokh out")
    if way == "none":
        return _("Not set")
    try:
        parts = urlsplit(str(settings.SMTP_URL))
        port = parts.port or (465 if parts.scheme == "smtps" else 25)
    except ValueError:
        return _("PASOKH_SMTP_URL is not the address of a mail server")
    return code(f"{parts.hostname}:{port}")
