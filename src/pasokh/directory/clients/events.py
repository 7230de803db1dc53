"""What is written in the ledger of programs and their tokens, each with its sentence."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("client.added", _("Program added"))
class ClientAdded:
    unit: int | None
    grants: tuple[str, ...]
    per_minute: int


@event("client.changed", _("What a program may do was changed"))
class ClientChanged:
    changed: tuple[str, ...]
    unit: int | None
    grants: tuple[str, ...]
    per_minute: int


@event("client.retired", _("Program shut out"))
class ClientRetired:
    pass


@event("client.restored", _("Program let in again"))
class ClientRestored:
    pass


@event("client.token_given", _("Token given to a program"))
class TokenGiven:
    token: int
    expires_at: datetime | None


@event("client.token_rotated", _("Token of a program replaced"))
class TokenRotated:
    token: int
    instead_of: int
    overlaps_until: datetime


@event("client.token_revoked", _("Token of a program revoked"))
class TokenRevoked:
    token: int
