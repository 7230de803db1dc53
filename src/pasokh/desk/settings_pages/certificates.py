"""The certificates with which mail is signed and opened (S/MIME), and who may vouch for others."""

from collections.abc import Iterator
from datetime import datetime

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pasokh.casework.correspondence.certificates import actions, queries
from pasokh.casework.correspondence.certificates.models import MailCertificate
from pasokh.casework.correspondence.certificates.terms import LARGEST
from pasokh.desk.access import DeskRequest
from pasokh.desk.fields import listed, secret
from pasokh.desk.settings_pages.fields import form
from pasokh.desk.settings_pages.frame import Data, Deed, Nothing, Row, Sheet, Text, answer, setting
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.ui.templatetags.ui import day, isolate

RIGHT = "organisation.configure"


@setting(RIGHT)
def certificates(request: DeskRequest) -> HttpResponse:
    """Show the certificates, take over another, switch encrypting, retire one."""
    held = queries.certificates()
    sheet = Sheet(
        _("Signed and encrypted mail"),
        list(_deeds(held)),
        help=_(
            "With a certificate (S/MIME) every letter by e-mail bears a digital signature, and "
            "what people encrypt to it can be read. Signatures of others are always looked at."
        ),
        notes=list(notes()),
        columns=(_("Certificate"), _("Issued by"), _("Valid until"), _("State")),
        rows=[*_rows(held), *_authorities()],
        empty=_("There is no certificate yet: letters leave unsigned."),
    )
    return answer(request, sheet)


def notes() -> Iterator[tuple[str, Text]]:
    """What somebody must see to before letters leave unsigned."""
    at = now()
    if (ending := queries.ending(_mailbox(), at)) is None:
        return
    if ending.ends < at:
        said = gettext(
            "The certificate that signed letters ended on %(day)s, so they leave unsigned. Take "
            "over a new one."
        )
        yield "late", SafeString(escape(said) % {"day": day(ending.ends)})
        return
    said = gettext(
        "The certificate that signs letters ends on %(day)s; from then on they leave unsigned. "
        "Take over a new one before."
    )
    yield "soon", SafeString(escape(said) % {"day": day(ending.ends)})


def _mailbox() -> str:
    return getattr(organisation.organisation(), "mailbox", "")


def _rows(held: list[MailCertificate]) -> Iterator[Row]:
    at, signing = now(), queries.signs(_mailbox(), now())
    for one in held:
        if signing and one.pk == signing.pk:
            state = _("Signs letters, and opens mail")
        elif one.ends < at:
            state = _("Has ended; still opens mail that was encrypted to it")
        elif _mailbox().strip().casefold() not in one.addresses:
            state = _("Opens mail; it does not name the office’s mailbox, so it signs none")
        else:
            state = _("Opens mail that was encrypted to it")
        yield Row(isolate(one.name), (isolate(one.issuer), day(one.ends), state), part=str(_OWN))


def _authorities() -> Iterator[Row]:
    if not settings.MAIL_AUTHORITIES:
        return
    from pasokh.casework.correspondence.certificates import (  # noqa: PLC0415  slow import
        authorities,
    )

    for one in authorities.named():
        yield Row(isolate(one.name), ("–", day(one.ends), _("Trusted")), part=str(_OTHERS))


_OWN, _OTHERS = _("Our certificates"), _("Trusted certificate authorities")


def _deeds(held: list[MailCertificate]) -> Iterator[Deed]:
    yield _giving()
    if held:
        yield _encrypting(on=any(one.encrypts for one in held))
        yield _retiring(held)


def _giving() -> Deed:
    def give(data: Data, by: Actor, at: datetime) -> None:
        content = data["file"].read(LARGEST + 1)  # enough to tell that it is too large
        actions.give_certificate(content, passphrase=data["passphrase"], by=by, at=at)

    passphrase = secret(_("Passphrase of the file"))
    passphrase.required = False
    fields = {
        "file": forms.FileField(
            label=_("File with certificate and key"),
            help_text=_("As the certificate authority gave it: .p12, .pfx, or .pem with both."),
            error_messages={
                "required": _("Choose a file."),
                "empty": _("This file is empty."),
            },
        ),
        "passphrase": passphrase,
    }
    return Deed(
        *("give", form(fields), give, _("Take it over")),
        done=_("The certificate is taken over; its key is kept sealed and never shown."),
        title=_("Take over a certificate"),
        help=_(
            "It signs letters at once if it names the office’s mailbox. Keep a copy of the file: "
            "whoever loses the key cannot read what was encrypted to it. Mail that waits because "
            "it was encrypted is then read again by itself."
        ),
    )


def _encrypting(*, on: bool) -> Deed:
    def turn(data: Data, by: Actor, at: datetime) -> None:
        (actions.encrypt_no_more if on else actions.encrypt)(by=by, at=at)

    if on:
        done = _("Letters are no longer encrypted.")
        return Deed(
            *("open", Nothing, turn, _("Encrypt no more"), done),
            title=_("Letters are encrypted"),
            help=_("To everybody of whom a valid certificate is known, from a mail they signed."),
        )
    return Deed(
        *("encrypt", Nothing, turn, _("Encrypt from now on")),
        done=_("Letters are encrypted where a valid certificate is known."),
        title=_("Encrypt letters"),
        help=_(
            "Whoever signed a mail to you with a valid certificate gets letters that only they can "
            "read; their subject stays readable. Without their key they cannot open them again."
        ),
    )


def _retiring(held: list[MailCertificate]) -> Deed:
    def retire(data: Data, by: Actor, at: datetime) -> None:
        actions.retire_certificate(data["certificate"], by=by, at=at)

    known = [(one.pk, f"{one.name} ({one.fingerprint[:8]})") for one in held]
    return Deed(
        *("retire", form({"certificate": listed(_("Which one?"), known)}), retire, _("Retire it")),
        done=_("The certificate is retired and its key forgotten."),
        title=_("Retire a certificate"),
        help=_(
            "Its key is forgotten: mail that was encrypted to it cannot be opened here any more. "
            "One that has ended may stay; it signs nothing."
        ),
        grave=True,
    )
