"""What is done to the subscriptions of programs. Names and addresses are sealed beside."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("webhook.subscribed", _("A program is told of events from now on"))
class Subscribed:
    events: tuple[str, ...]
    unit: int | None
    confidential: bool
    texts: bool


@event("webhook.changed", _("What a program is told was changed"))
class Changed:
    events: tuple[str, ...]
    unit: int | None
    confidential: bool
    texts: bool


@event("webhook.secret_rotated", _("A program was given a new secret"))
class SecretRotated:
    pass


@event("webhook.ended", _("A program is told of nothing any more: %(why)s"))
class Ended:
    why: str


@event("webhook.resumed", _("A program is told of events again"))
class Resumed:
    pass


@event("webhook.replayed", _("Deliveries to a program were queued once more: %(deliveries)s"))
class Replayed:
    deliveries: int


@event("webhook.tried", _("A test event was queued for a program"))
class Tried:
    pass
