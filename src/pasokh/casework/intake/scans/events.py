"""The facts about scanned letters: each scan is a subject of its own."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("scan.dropped", _("A scanned letter was handed in"))
class Dropped:
    digest: str


@event("scan.divided", _("Divided into %(parts)s letters at the reference sheets"))
class Divided:
    parts: int


@event("scan.filed", _("Filed with the complaint %(complaint)s"))
class Filed:
    complaint: str
    by_its_sheet: bool


@event("scan.set_aside", _("Set aside: not for the complaints office"))
class SetAside:
    pass
