"""The facts about stored files: each file is a subject of its own, known by its digest."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("file.inspected", _("Checked for harmful software"))
class Inspected:
    digest: str
    verdict: str
    scanner: str
    signatures: str
    found: str


@event("file.released", _("Released from quarantine"))
class Released:
    digest: str


@event("file.removed", _("Deleted from quarantine"))
class Removed:
    digest: str
