"""What is done to entrances. Names and addresses are sealed beside the codes."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("entrance.added", _("Entrance of the form added: %(kind)s %(code)s"))
class Added:
    kind: str
    code: str
    unit: int | None


@event("entrance.changed", _("Entrance of the form changed: %(kind)s %(code)s"))
class Changed:
    kind: str
    code: str
    unit: int | None


@event("entrance.renewed", _("Entrance of the form given a new secret: %(kind)s %(code)s"))
class Renewed:
    kind: str
    code: str


@event("entrance.paired", _("A tablet was paired: %(code)s"))
class Paired:
    code: str


@event("entrance.ended", _("Entrance of the form closed: %(kind)s %(code)s"))
class Ended:
    kind: str
    code: str
