"""By what letters leave: the carrier that the settings name, and the token that opens it."""

from contextlib import AbstractContextManager, suppress
from datetime import datetime, timedelta

from django.conf import settings

from pasokh.casework.intake.mailroom import actions, queries
from pasokh.channels import carriers, tokens
from pasokh.channels.carriers import Carrier, Unreachable
from pasokh.kernel import clock
from pasokh.kernel.sealed import BrokenError

#: How long a server, or the provider of its tokens, is left alone that would not let us in.
PAUSE = timedelta(minutes=5)


def carrier(at: datetime | None = None) -> AbstractContextManager[Carrier] | None:
    """What takes letters out of the house; None without one, or while it rests at an instant."""
    if settings.MAIL_FOLDER:
        return carriers.folder(settings.MAIL_FOLDER)
    if not settings.SMTP_URL or (at and by_token() and queries.rests(at)):
        return None
    return carriers.smtp(settings.SMTP_URL, _Tokens())


def by_token() -> bool:
    """Whether the mail server is opened by a token that we renew."""
    with suppress(ValueError):
        return carriers.server(settings.SMTP_URL or "").by_token
    return False


class _Tokens:
    """The token of the server by which letters leave; without one it is left alone for a while."""

    def access(self) -> str:
        try:
            return tokens.access(None)
        except tokens.NoToken as none:
            self._rest()
            raise Unreachable(none.code) from none
        except BrokenError as broken:
            self._rest()
            raise Unreachable("secret-unreadable") from broken

    def refused(self) -> None:
        actions.forget_access(None)
        self._rest()

    def _rest(self) -> None:
        actions.rest(until=clock.now() + PAUSE)
