"""The facts that importing leaves in the ledger, beside those of the files it begins."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("import.started", _("Import of a spreadsheet started: %(rows)s rows, %(mode)s"))
class Started:
    digest: str
    rows: int
    mode: str
    letters: bool


@event("import.stopped", _("Import stopped at row %(place)s"))
class Stopped:
    place: int


@event("import.resumed", _("Import resumed at row %(place)s"))
class Resumed:
    place: int


@event(
    "import.ended",
    _("Import ended: %(filed)s filed, %(seen)s known before, %(refused)s refused"),
)
class Ended:
    filed: int
    seen: int
    refused: int
