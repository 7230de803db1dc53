"""What a mail provider grants us: a refresh token, and the tokens that it is exchanged for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from pasokh.casework.intake.mailroom import events
from pasokh.casework.intake.mailroom.actions.boxes import CONFIGURE, take_mailbox
from pasokh.casework.intake.mailroom.models import Mailbox, MailboxGrant
from pasokh.casework.intake.mailroom.terms import ACCESS, GRANT, LOOPBACK, OUTGOING, REFRESH
from pasokh.kernel import sealed, targets
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.writer import record


@dataclass(frozen=True)
class Granted:
    """What a provider gave whoever registered us there (RFC 6749, 6); a `secret` may be empty."""

    token_url: str
    client_id: str
    refresh_token: str
    client_secret: str = ""
    scope: str = ""


@transaction.atomic
def give_grant(mailbox: int, *, grant: Granted, by: Actor, at: datetime) -> MailboxGrant:
    """Give what renews the token of a mailbox; secrets are sealed and never shown again."""
    box = take_mailbox(mailbox, by)
    made = _kept(box, grant, at)
    record(events.SecretGiven(sign_in=box.sign_in), subject=box.subject, by=by, at=at)
    return made


@transaction.atomic
def give_outgoing_grant(*, grant: Granted, by: Actor, at: datetime) -> MailboxGrant:
    """Give what renews the token of the server by which letters leave; sealed as any other."""
    if not by.may(CONFIGURE):
        raise Refused("not-authorised", right=CONFIGURE)
    made = _kept(None, grant, at)
    record(events.OutgoingGrantGiven(), subject=OUTGOING, by=by, at=at)
    return made


def _kept(box: Mailbox | None, grant: Granted, at: datetime) -> MailboxGrant:
    _fits(grant)
    owner = MailboxGrant(mailbox=box).owner
    given = {**_sealed(grant, owner), "given_at": at}
    made, _new = MailboxGrant.objects.update_or_create(mailbox=box, defaults=given)
    return made


def _fits(grant: Granted) -> None:
    if not (grant.client_id.strip() and grant.refresh_token.strip()):
        raise Refused("mailbox-grant-missing")
    target = targets.read(grant.token_url.strip())
    if target.scheme != "https" and target.host not in LOOPBACK:
        raise Refused("mailbox-grant-in-clear", host=target.host)


def _sealed(grant: Granted, owner: str) -> dict[str, Any]:
    """A grant as it is kept; the token that a former one had brought is forgotten."""
    return {
        "token_url": grant.token_url.strip(),
        "client_id": grant.client_id.strip(),
        "scope": grant.scope.strip(),
        "client_secret": sealed.seal(GRANT, owner, grant.client_secret),
        "refresh_token": sealed.seal(REFRESH, owner, grant.refresh_token.strip()),
        "access_token": None,
        "access_until": None,
        "rests_until": None,
    }


def keep_access(
    grant: MailboxGrant, *, token: str, lasts: timedelta, refresh_token: str, at: datetime
) -> None:
    """Keep a token until it ends, and the refresh token that took the place of the former."""
    owner = grant.owner
    given = {"access_token": sealed.seal(ACCESS, owner, token), "access_until": at + lasts}
    if refresh_token:
        given["refresh_token"] = sealed.seal(REFRESH, owner, refresh_token)
    same = MailboxGrant.objects.filter(pk=grant.pk, given_at=grant.given_at)
    same.update(**given)


def rest(*, until: datetime) -> None:
    """Leave the server by which letters leave alone until an instant; a new grant ends that."""
    MailboxGrant.objects.filter(mailbox=None).update(rests_until=until)


def forget_access(box: Mailbox | None) -> None:
    """Forget the token that a mail server would not take, so that the next look asks for one."""
    MailboxGrant.objects.filter(mailbox=box).update(access_token=None, access_until=None)
