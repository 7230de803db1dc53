"""What is done to the organisation's lists. Names are sealed beside the codes."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("taxonomy.planted", _("Lists to start from were installed"))
class Planted:
    terms: dict[str, int]
    outside_bodies: int


@event("taxonomy.term_added", _("Term added: %(kind)s %(code)s"))
class TermAdded:
    kind: str
    code: str
    parent: str | None


@event("taxonomy.term_renamed", _("Term renamed: %(kind)s %(code)s"))
class TermRenamed:
    kind: str
    code: str


@event("taxonomy.term_moved", _("Term moved: %(kind)s %(code)s"))
class TermMoved:
    kind: str
    code: str
    parent: str | None
    position: int


@event("taxonomy.term_retired", _("Term retired: %(kind)s %(code)s"))
class TermRetired:
    kind: str
    code: str


@event("taxonomy.term_restored", _("Term taken into use again: %(kind)s %(code)s"))
class TermRestored:
    kind: str
    code: str


@event("taxonomy.outside_body_added", _("Outside body added: %(code)s"))
class OutsideBodyAdded:
    code: str


@event("taxonomy.outside_body_corrected", _("Outside body corrected: %(code)s"))
class OutsideBodyCorrected:
    code: str
    changed: tuple[str, ...]


@event("taxonomy.outside_body_moved", _("Outside body moved: %(code)s"))
class OutsideBodyMoved:
    code: str
    position: int


@event("taxonomy.outside_body_retired", _("Outside body retired: %(code)s"))
class OutsideBodyRetired:
    code: str


@event("taxonomy.outside_body_restored", _("Outside body taken into use again: %(code)s"))
class OutsideBodyRestored:
    code: str
